"""Real input through the whole walk: rows of UCDP GED, and the article of June 2016."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.store.sqlite import open_register
from truceline.testing import NOON

ROOT = Path(__file__).parents[2]
ROWS = 300


@pytest.fixture
def rows(shared: Path, tmp_path: Path) -> Iterator[Path]:
    """The first rows of the gold table, and the count of what they hold."""
    table = tmp_path / "ged.csv"
    with (shared / "gold" / "ucdp" / "ged_syria_2017_2019.csv").open(encoding="utf-8") as stream:
        table.write_text("".join(islice(stream, ROWS + 1)), encoding="utf-8")
    return table


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stop:
        main([str(each) for each in arguments])
    return int(str(stop.value.code or 0)), capsys.readouterr().out


@pytest.mark.gold
@pytest.mark.slow
def test_rows_of_a_data_set_become_incidents_a_map_and_rates_once(
    rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mission = ROOT / "missions" / "ucdp-syria-2017-2019"
    register, out = tmp_path / "register", tmp_path / "out"
    given = ("run", "-m", mission, rows, "--register", register, "--out", out)
    code, said = call(capsys, *given)
    assert code == 0
    assert "0 changed, 0 same" in said
    with open_register(register, now=NOON) as opened:
        before, counts = opened.fingerprint(), opened.counts()
    assert counts.documents == counts.tellings > ROWS * 0.9
    assert 0 < counts.incidents <= counts.tellings
    assert (out / "index.html").is_file()
    assert (
        len(json.loads((out / "data" / "incidents.geojson").read_text(encoding="utf-8"))["features"])
        == counts.incidents
    )

    _code, said = call(capsys, *given)
    assert "0 new, 0 changed" in said
    assert "nothing had changed" in said
    with open_register(register, now=NOON) as opened:
        assert opened.fingerprint() == before


@pytest.mark.gold
@pytest.mark.slow
def test_the_article_is_read_on_one_line_of_the_contract(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = shared / "cases" / "article-2016-06.txt"
    code, said = call(capsys, "read", article, "--published-at", "2016-06-04", "-f", "jsonl", "--with-text")
    (line,) = [json.loads(each) for each in said.splitlines()]
    assert code == 0
    assert line["text"] == article.read_bytes().decode("utf-8")
    assert line["document"]["published_at"] == "2016-06-04T00:00:00Z"
    for part in ("mentions", "places", "times", "quantities", "claims"):
        assert line[part]
        assert [each["text"] for each in line[part]] == [
            line["text"][each["start"] : each["end"]] for each in line[part]
        ]
