"""The reliability diagram says in figures what it draws, and is drawn for chances alone."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from truceline.cli import main
from truceline.errors import UsageError
from truceline.gauge.case import Tally
from truceline.gauge.chances import Chances
from truceline.gauge.measure import Bootstrap, Score
from truceline.gauge.picture import reliability_svg, write_picture
from truceline.gauge.reliability import as_detail, count_chance, find_bins
from truceline.gauge.suites import Report

SVG = "{http://www.w3.org/2000/svg}"


def tally(*stated: tuple[float, bool]) -> Tally:
    counts: dict[str, float] = {}
    for chance, is_right in stated:
        adds = {
            **count_chance(chance, is_right=is_right),
            "sure": chance >= 0.9,
            "sure.right": chance >= 0.9 and is_right,
        }
        counts = {name: counts.get(name, 0) + adds.get(name, 0) for name in {*counts, *adds}}
    return Tally(counts=counts)


TALLIES = [
    tally((0.95, True), (0.95, True), (0.25, False)),
    tally((0.92, True), (0.25, True)),
    tally((0.97, False)),
] * 20


@pytest.fixture
def report() -> Report:
    drawn = Bootstrap(tallies=TALLIES)
    made = ((measure, drawn.estimate(measure)) for measure in Chances.measures)
    scores = (Score(name=each.name, value=e.value, low=e.low, high=e.high, n=e.n) for each, e in made)
    return Report(
        suite="chances", split="all", documents=len(TALLIES), scores=tuple(scores), bins=tuple(find_bins(TALLIES))
    )


def test_a_bin_tells_how_many_how_surely_and_how_many_right(report: Report) -> None:
    assert [(each.low, each.count) for each in report.bins] == [(0.2, 40), (0.9, 80)]
    low, high = report.bins
    assert (low.mean_chance, low.right.value) == (0.25, 0.5)
    assert (round(high.mean_chance, 4), high.right.value) == (0.9475, 0.75)
    assert high.right.low is not None
    assert high.right.high is not None
    assert high.right.low < 0.75 < high.right.high
    assert as_detail(report.bins).rows[0][:4] == ("0.2 to 0.3", "40", "0.250", "0.500")


def test_the_picture_has_a_mark_an_interval_and_a_number_for_every_bin(report: Report) -> None:
    root = ET.fromstring(reliability_svg(report))  # noqa: S314 -- made above
    words = [each.text or "" for each in root.iter(f"{SVG}text")]
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert {"40", "80", "chance stated", "share right"} <= set(words)
    assert any(each.startswith("Places given a chance of .9 or more are right in 75 of 100") for each in words)


def test_the_picture_is_told_to_those_who_cannot_see_it(report: Report) -> None:
    root = ET.fromstring(reliability_svg(report))  # noqa: S314 -- made above
    told = root.findtext(f"{SVG}desc") or ""
    assert "40 places with a chance of 0.2 to 0.3, 0.25 on average: 50 % right" in told


def test_the_picture_is_the_same_twice_and_is_written_by_the_name_of_the_file(report: Report, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg", "c.png"):
        write_picture(report, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UsageError, match="a picture is written as"):
        write_picture(report, tmp_path / "d.jpg")


def test_a_suite_without_chances_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="states no chances"):
        write_picture(Report(suite="geo", split="all", documents=1, scores=()), tmp_path / "a.svg")


@pytest.mark.parametrize("asked", [("geo", "a.svg"), ("all", "a.svg"), ("chances", "a.gif"), ("chances", "no/a.svg")])
def test_a_picture_that_cannot_be_is_refused_before_the_measuring(
    asked: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["gauge", asked[0], str(tmp_path), "--picture", str(tmp_path / asked[1])])
    assert stop.value.code == 2
    assert asked[1].partition("/")[0] in capsys.readouterr().err
