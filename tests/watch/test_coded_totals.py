"""What a register of coded events adds up to, beside the data set's own totals."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from watch_makers import at, document, incident

from truceline.cli import main
from truceline.errors import UsageError
from truceline.flow.mission import load_mission
from truceline.flow.tools import fuse_tellings, tell_all
from truceline.gather import documents
from truceline.gauge.ucdp_totals import add_up_file, lay_beside
from truceline.model.document import Document, Form
from truceline.model.incident import Incident
from truceline.model.quantity import Range
from truceline.read.tables import read_row
from truceline.watch.coded import count_coded

MISSION = Path(__file__).parents[2] / "missions" / "ucdp-syria-2017-2019"
ZONE = "Asia/Damascus"


def row(name: str, *, kind: str = "1", low: int = 1, best: int = 2, high: int = 3) -> tuple[Document, Incident]:
    cells = (("type_of_violence", kind), ("low", str(low)), ("best", str(best)), ("high", str(high)))
    coded = replace(document(name, None, form=Form.UCDP_GED), cells=cells)
    return coded, replace(incident(name, at(4)), killed=Range(low=min(low, best, high), high=max(low, best, high)))


def test_an_event_counts_once_with_its_coders_estimates() -> None:
    rows = [row("a"), row("b", low=5, best=5, high=9), row("c", kind="3", low=0, best=4, high=4)]
    totals = count_coded([each for _, each in rows], [each for each, _ in rows], timezone=ZONE)
    assert [(each.kind, each.events, each.low, each.best, each.high) for each in totals] == [
        ("1", 2, 6, 7, 12),
        ("3", 1, 0, 4, 4),
    ]


def test_estimates_out_of_order_come_back_as_coded_and_show_as_a_range() -> None:
    coded, held = row("a", low=4, best=1, high=4)
    (total,) = count_coded([held], [coded], timezone=ZONE)
    assert (total.low, total.best, total.high) == (4, 1, 4)
    assert (total.least, total.most) == (1, 4)


def test_two_rows_in_one_incident_show_as_an_event_too_few() -> None:
    (first, held), (second, _) = row("a"), row("b")
    merged = replace(held, versions=(*held.versions, replace(held.versions[0], document="b")))
    (total,) = count_coded([merged], [first, second], timezone=ZONE)
    assert (total.events, total.best) == (1, 4)


def test_what_no_row_tells_is_no_coded_event() -> None:
    assert count_coded([incident("news", at(4))], [document("news", at(4))], timezone=ZONE) == ()


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,year\n1,2017\n")
    with pytest.raises(UsageError, match="no column best, date_start, high, low, type_of_violence"):
        add_up_file(tmp_path / "x.csv")


def test_a_figure_that_differs_shows_as_one(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("date_start,type_of_violence,low,best,high\n2016-06-04,1,1,2,4\n")
    coded, held = row("a")
    (line,) = lay_beside(count_coded([held], [coded], timezone=ZONE), add_up_file(tmp_path / "x.csv"))
    assert (line.register, line.file, line.is_same) == ((1, 1, 2, 3), (1, 1, 2, 4), False)


@pytest.mark.gold
@pytest.mark.slow
def test_the_totals_of_the_whole_data_set_come_back_exactly(shared: Path) -> None:
    path = shared / "gold" / "ucdp" / "ged_syria_2017_2019.csv"
    mission = load_mission(MISSION)
    rows = [each for each in documents([path], now=datetime(2020, 1, 1, tzinfo=UTC)) if isinstance(each, Document)]
    readings = [read_row(each, actors=mission.actors, timezone=mission.timezone) for each in rows]
    fused = fuse_tellings(tell_all(readings, mission), mission)
    held = count_coded(fused.incidents, rows, timezone=mission.timezone)
    lines = lay_beside(held, add_up_file(path))
    assert len(lines) == 9
    assert [line for line in lines if not line.is_same] == []
    assert sum(line.register[0] for line in lines) == 10_396
    # The incidents' own ranges: a row's least and most, which 86 rows have out of order.
    with path.open(encoding="utf-8", newline="") as stream:
        told = [sorted(int(row[name]) for name in ("low", "best", "high")) for row in csv.DictReader(stream)]
    assert sum(each.least for each in held) == sum(each[0] for each in told)
    assert sum(each.most for each in held) == sum(each[-1] for each in told)


@pytest.mark.gold
@pytest.mark.slow
def test_the_command_lays_a_register_beside_its_file(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (shared / "gold" / "ucdp" / "ged_syria_2017_2019.csv").open(encoding="utf-8") as stream:
        rows = list(islice(csv.reader(stream), 121))
    for name, kept in (("whole.csv", rows), ("part.csv", rows[:-1])):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(kept)
    register = ("-m", MISSION, "--register", tmp_path / "register")
    assert call("run", *register, tmp_path / "whole.csv", "--out", tmp_path / "out") == 0
    capsys.readouterr()
    assert call("totals", tmp_path / "whole.csv", *register) == 0
    assert "NO" not in capsys.readouterr().out
    assert call("totals", tmp_path / "part.csv", *register) == 1
    assert "NO" in capsys.readouterr().out


def call(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(each) for each in arguments])
    return int(str(stop.value.code or 0))
