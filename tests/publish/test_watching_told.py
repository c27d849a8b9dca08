"""The watch in words and in plots: every figure with its interval, a day without reports never nought."""

import csv
import io
import json
from datetime import date, timedelta

from truceline.model.series import (
    Alert,
    Change,
    DayCount,
    Finding,
    HeadingDays,
    Lag,
    LeftOut,
    Levels,
    PartyKind,
    Pattern,
    RateRatio,
    Silence,
    Watch,
)
from truceline.publish.pictures import drawn, file_of, find_files
from truceline.publish.plots import find_plots
from truceline.publish.watching import left_out_words, levels_words, pattern_words, silence_words, watch_words

SINCE = date(2016, 5, 1)
COUNTS = (0, 2, None, 5, 6, 4, 5)  # by day; None: no document


def pattern(finding: Finding, number: int = 0) -> Pattern:
    lags = tuple(Lag(days=each, count=3, expected=2.5, low=1, high=5) for each in range(-2, 3))
    return Pattern(
        first="A: shelling",
        then=f"B{number}: air or drone strike",
        anywhere=False,
        within_days=2,
        firsts=52,
        followed=34,
        expected=20.1,
        low=14,
        high=27,
        chance=0.001,
        adjusted=0.01,
        finding=finding,
        lags=lags if finding is Finding.MORE else (),
    )


def change() -> Change:
    day = date(2016, 5, 4)
    return Change(day=day, earliest=date(2016, 5, 3), latest=day, before=1.0, after=5.0)


def watched(**given: object) -> Watch:
    days = tuple(
        DayCount(
            day=SINCE + timedelta(days=at),
            incidents=count or 0,
            documents=0 if count is None else 3,
            sources=0 if count is None else 2,
        )
        for at, count in enumerate(COUNTS)
    )
    fields: dict = {
        "since": SINCE,
        "until": SINCE + timedelta(days=7),
        "days": days,
        "tallies": (),
        "ratios": (),
        "checks": (),
        "silent_sources": (),
        "headings": (HeadingDays(by="area", name="Aleppo", counts=tuple(each or 0 for each in COUNTS)),),
        "party_kinds": (
            PartyKind(party="Order", kind="Shelling", incidents=3),
            PartyKind(party="Order with its forces", kind="Shelling", incidents=3),
        ),
        "levels": (Levels(name="incidents", days=6, incidents=22, false_alarms=0.05, changes=(change(),)),),
    }
    return Watch(**{**fields, **given})


def plot(name: str, watch: Watch) -> list[dict]:
    (found,) = (each for each in find_plots(watch) if each.name == name)
    assert json.loads(found.text)["$schema"].endswith("v5.json")
    return list(csv.DictReader(io.StringIO(found.table)))


def test_a_day_without_reports_has_no_count_in_the_table() -> None:
    rows = plot("daily", watched())
    assert [row["incidents"] for row in rows] == ["0", "2", "", "5", "6", "4", "5"]
    assert [row["told"] for row in rows].count("no reports") == 1
    assert [row["level"] for row in rows[2:4]] == ["1.0", "5.0"]


def test_a_week_without_reports_is_no_nought() -> None:
    silent = tuple(DayCount(day=SINCE + timedelta(days=at), incidents=0, documents=0, sources=0) for at in range(7, 14))
    heading = HeadingDays(by="area", name="Aleppo", counts=(1,) * 7 + (0,) * 7)
    rows = plot("areas", watched(days=watched().days + silent, headings=(heading,)))
    assert [row["incidents"] for row in rows] == ["7", ""]


def test_days_without_reports_are_drawn_as_one_dashed_box_a_stretch() -> None:
    (found,) = (each for each in find_plots(watched()) if each.name == "daily")
    box = found.spec["layer"][0]
    assert box["data"]["values"] == [{"from": "2016-05-03", "to": "2016-05-04"}]
    assert box["mark"]["strokeDash"]
    assert found.words == (
        "Incidents by day, 1 to 7 May 2016: 22 on 6 observed days, most on 5 May: 6 [2–14]. "
        "1 day without a report, drawn as a dashed box."
    )


def test_kinds_have_the_colours_of_the_legend_and_counts_their_interval() -> None:
    (found,) = (each for each in find_plots(watched()) if each.name == "parties")
    assert '"#E69F00"' in found.text  # shelling
    assert [(row["incidents"], row["low"], row["high"]) for row in found.rows] == [(3, 0, 9)]
    assert found.words.endswith("Most: Order 3, of them 3 [0–9] shelling.")


def test_a_picture_is_drawn_the_same_again_and_otherwise_on_a_dark_page() -> None:
    files = find_files(watched())
    assert {name for name in files if name.endswith(".svg")} == {
        f"{each}{dark}.svg" for each in ("daily", "parties", "areas") for dark in ("", "-dark")
    }
    drawn.cache_clear()
    assert find_files(watched()) == files
    assert "stroke-dasharray" in files["daily.svg"]
    assert "#1c1e21" in files["daily.svg"]
    assert "#1c1e21" not in files["daily-dark.svg"]
    assert "#e69f00" in files["parties-dark.svg"].lower()
    assert file_of(watched(), "areas.svg") == files["areas.svg"]


def test_an_alliance_of_one_is_drawn_once() -> None:
    assert [row["party"] for row in plot("parties", watched())] == ["Order"]


def test_lags_are_drawn_for_what_is_more_than_chance_alone() -> None:
    found = watched(patterns=(pattern(Finding.MORE), pattern(Finding.NO_MORE, 1)))
    assert [each.name for each in find_plots(found) if each.name.startswith("lags")] == ["lags-1"]
    assert [row["lag_days"] for row in plot("lags-1", found)] == ["-2", "-1", "0", "1", "2"]


def test_a_change_is_told_with_its_days_and_rates() -> None:
    words = levels_words(watched().levels[0])
    assert words == "incidents: a new rate from 4 May (95 %: 3 May to 4 May): 5.0 a day, 1.0 before."


def test_chance_is_told_as_readily_as_more_than_chance() -> None:
    figure = "34 of 52 days; by chance 20.1 [14–27]"
    assert pattern_words(pattern(Finding.MORE)).endswith(f"{figure}: more often than chance.")
    assert pattern_words(pattern(Finding.NO_MORE)).endswith(f"{figure}: no more often than chance.")


def test_of_many_that_are_chance_a_few_are_told_and_the_rest_counted() -> None:
    found = watched(patterns=tuple(pattern(Finding.NO_MORE, each) for each in range(8)))
    lines = dict(watch_words(found, {}))["Who follows whom"]
    assert len(lines) == 5 + 2
    assert lines[5].startswith("3 more are no more often than chance")


def test_one_source_that_turns_a_ratio_is_named() -> None:
    left = LeftOut(sources=4, least=0.8, most=2.1, source="sana", ratio=0.8, turns=True)
    assert "without SANA it is ×0.80" in left_out_words(left, {"sana": "SANA"})
    alone = LeftOut(sources=1, least=None, most=None, source="sana", ratio=None)
    assert left_out_words(alone, {}) == "All is told by sana alone."
    assert left_out_words(None, {}) == ""


def test_caveats_of_all_incidents_are_told_once() -> None:
    note = "The sources changed: 1 of 3 were heard in both periods; they told of 0 now and 1 before."
    both = [
        RateRatio(
            name=name,
            now_count=4,
            now_days=7,
            before_count=2,
            before_days=7,
            ratio=2.0,
            low=0.4,
            high=9.0,
            note=note,
        )
        for name in ("incidents", "Shelling")
    ]
    lines = next(iter(watch_words(watched(ratios=tuple(both)), {})))[1]
    assert ["sources changed" in line for line in lines] == [True, False]


def test_an_alert_says_how_often_alerts_are_false() -> None:
    day = date(2016, 5, 6)
    alert = Alert(name="incidents", day=day, began=day, chance=0.9, before=1, after=5, false_alert_days=365)
    lines = dict(watch_words(watched(alerts=(alert,)), {}))["Alerts"]
    assert lines[-1] == "Without any change there is one alert in 365 days."


def test_an_unusual_silence_is_told_as_such() -> None:
    silence = Silence(source="tass", last_heard=SINCE, quiet_days=20, days=30, chance=0.001, unusual=True)
    assert silence_words(silence, {"tass": "TASS"}).endswith("quiet for 20 days, which is unusual for it")
