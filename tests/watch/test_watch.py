from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from watch_makers import EMPTY_AGREEMENT, MISSION, at, daily, document, incident, strikes, telling

from truceline.model.agreement import Acceptance
from truceline.model.document import Form
from truceline.model.incident import Incident, Stance
from truceline.model.series import RateRatio, Tally, Watch
from truceline.watch import watch


def look(incidents: list[Incident], documents: list, tellings: tuple = ()) -> Watch:
    return watch(MISSION, incidents=incidents, assessments=(), tellings=tellings, documents=documents)


def look_told(incidents: list[Incident], documents: list) -> Watch:
    """Each incident told by the sources of its versions."""
    claims = [version.claim for each in incidents for version in each.versions]
    return look(incidents, documents, tuple(telling(claim, source=claim.rsplit("-", 1)[1]) for claim in claims))


def ratio(found: Watch, name: str = "incidents") -> RateRatio:
    return next(each for each in found.ratios if each.name == name)


def tallies(found: Watch, by: str) -> dict[str, Tally]:
    return {each.name: each for each in found.tallies if each.by == by}


def test_the_period_ends_with_the_last_day_whose_cutoff_has_passed() -> None:
    evening = look([], [document("d", at(14, 18))])
    noon = look([], [document("d", at(14, 12))])
    assert (evening.since, evening.until) == (date(2016, 6, 8), date(2016, 6, 15))
    assert (noon.since, noon.until) == (date(2016, 6, 7), date(2016, 6, 14))


def test_a_day_is_the_missions_local_day() -> None:
    found = look([incident("i", at(10, 0.5))], daily(1, 14))
    assert [each.day for each in found.days if each.incidents] == [date(2016, 6, 10)]


def test_a_day_without_documents_shows_that_nobody_looked() -> None:
    found = look([], [*daily(1, 5), *daily(7, 14)])
    assert [each.day.day for each in found.days if each.day.month == 6 and not each.documents] == [6]


def test_an_incident_told_only_for_a_whole_week_falls_on_no_day_but_within_the_period() -> None:
    found = look([incident("i", at(8, 0), hours=7 * 24)], daily(1, 14))
    assert sum(each.incidents for each in found.days) == 0
    assert ratio(found).now_count == 1


def test_what_straddles_two_periods_counts_in_neither() -> None:
    found = look([incident("i", at(6, 0), hours=4 * 24)], daily(1, 14))
    assert (ratio(found).now_count, ratio(found).before_count) == (0, 0)


def test_what_is_only_denied_is_not_counted() -> None:
    found = look([incident("i", at(10), stance=Stance.DENIES)], daily(1, 14))
    assert ratio(found).now_count == 0


def test_the_rate_ratio_is_per_observed_day() -> None:
    documents = [*daily(1, 3), *daily(8, 14)]
    found = ratio(look(strikes({2: 3, 9: 7}), documents))
    assert (found.now_count, found.now_days, found.before_count, found.before_days) == (7, 7, 3, 3)
    assert found.ratio == pytest.approx(1.0)


def test_nothing_before_gives_a_least_ratio_and_no_highest() -> None:
    found = ratio(look(strikes(dict.fromkeys(range(8, 15), 2)), daily(1, 14)))
    assert (found.ratio, found.high) == (None, None)
    assert found.low is not None
    assert found.low > 1
    assert "Nothing told in the period before" in found.note


def test_nothing_at_all_gives_no_ratio() -> None:
    found = ratio(look([], daily(1, 14)))
    assert (found.ratio, found.low, found.high) == (None, None, None)


def test_a_period_before_that_nobody_observed_cannot_be_compared() -> None:
    found = ratio(look(strikes({9: 12}), daily(8, 14)))
    assert found.ratio is None
    assert "not observed" in found.note


def test_talks_are_not_acts_of_force() -> None:
    talks = incident("talks", at(10), plover="CONSULT", mode="phone")
    found = look([talks, *strikes({10: 2})], daily(1, 14))
    assert (ratio(found).now_count, ratio(found, "acts of force").now_count) == (3, 2)


def test_changed_sources_are_noted_with_what_the_common_ones_told() -> None:
    documents = [*daily(1, 14), *daily(1, 7, publisher="SANA"), *daily(8, 14, publisher="TASS")]
    told = tuple(telling(f"s{day}-0-afp", source=source) for day, source in ((3, "afp"), (9, "tass")))
    found = ratio(look(strikes({3: 1, 9: 1}), documents, told))
    assert "1 of 3 were heard in both periods" in found.note
    assert "they told of 0 now and 1 before" in found.note


def test_the_same_sources_at_the_same_pace_need_no_note() -> None:
    assert ratio(look(strikes({3: 1, 9: 1}), daily(1, 14))).note == ""


def test_a_source_heard_before_and_not_in_the_period_is_silent() -> None:
    found = look([], [*daily(1, 14), *daily(1, 5, publisher="SANA"), *daily(20, 31, publisher="Tass", month=5)])
    assert found.silent_sources == ("sana", "tass")


def test_tallies_carry_their_origins_and_sources() -> None:
    told = (telling("a-afp"), telling("a-tass", source="tass"), telling("b-afp"))
    found = look([incident("a", at(10), told_by=("afp", "tass")), incident("b", at(11))], daily(1, 14), told)
    russia = tallies(found, "party")["Russia"]
    assert (russia.incidents, russia.origins, russia.sources) == (2, 2, 2)
    assert set(tallies(found, "area")) == {"Aleppo"}
    assert set(tallies(found, "kind")) == {"Air or drone strike"}


def test_nobody_named_is_a_heading_of_its_own() -> None:
    found = look([incident("a", at(10), agents=(), admin1=None)], daily(1, 14))
    assert set(tallies(found, "party")) == {"not named"}
    assert set(tallies(found, "area")) == {"not told closely enough"}


def test_a_table_watches_every_day_between_its_first_row_and_its_last() -> None:
    rows = [document(f"row{day}", at(day), publisher=None, form=Form.UCDP_GED) for day in (1, 14)]
    found = ratio(look([], [*rows, document("late", at(14, 20))]))
    assert (found.now_days, found.before_days) == (7, 7)


def test_no_document_at_all_is_survived() -> None:
    found = look([], [])
    assert found.silent_sources == ()


def test_ten_thousand_incidents_take_less_than_two_seconds() -> None:
    incidents = [incident(f"i{number}", at(1 + number % 28, number % 24)) for number in range(10_000)]
    documents = daily(1, 28) * 300
    began = perf_counter()
    found = look(incidents, documents)
    assert perf_counter() - began < 2
    assert ratio(found).now_count > 2000


def test_days_that_vary_in_series_widen_the_interval() -> None:
    even = ratio(look(strikes(dict.fromkeys(range(1, 8), 2) | dict.fromkeys(range(8, 15), 4)), daily(1, 14)))
    series = ratio(look(strikes({3: 14, 10: 28}), daily(1, 14)))
    assert even.ratio == series.ratio == pytest.approx(2.0)
    assert even.low is not None
    assert series.low is not None
    assert even.low > 1 > series.low
    assert "times as much as chance" in series.note


def test_talks_accuse_nobody() -> None:
    found = look([incident("talks", at(10), plover="CONSULT", mode="phone")], daily(1, 14))
    assert tallies(found, "party") == {}


def test_a_place_abroad_is_no_area_of_the_mission() -> None:
    abroad = incident("a", at(10))
    assert abroad.place is not None
    elsewhere = replace(abroad, place=replace(abroad.place, country="NO", admin1="Oslo"))
    assert set(tallies(look([elsewhere], daily(1, 14)), "area")) == {"outside the watched countries"}


def test_a_force_counts_for_its_party_too() -> None:
    agreement = replace(EMPTY_AGREEMENT, parties=(Acceptance(actor="rus", accepted=None, source=""),))
    found = watch(
        replace(MISSION, agreement=agreement),
        incidents=[incident("a", at(10), agents=("rus.air",)), incident("b", at(11))],
        assessments=(),
        tellings=(),
        documents=daily(1, 14),
    )
    counts = {name: each.incidents for name, each in tallies(found, "party").items()}
    assert counts == {"Russia": 1, "Russian air force": 1, "Russia with its forces": 2}


def test_a_rise_that_one_source_alone_tells_turns_without_it() -> None:
    sana = [incident(f"s{number}", at(8 + number % 7), told_by=("sana",)) for number in range(20)]
    afp = [incident(f"a{number}", at(1 + number), told_by=("afp",)) for number in range(12)]
    found = ratio(look_told(sana + afp, [*daily(1, 14), *daily(1, 14, publisher="SANA")])).left_out
    assert found is not None
    assert (found.source, found.turns) == ("sana", True)
    assert found.ratio is not None
    assert found.ratio < 1


def test_a_ratio_of_one_source_is_nothing_without_it() -> None:
    found = ratio(look_told([incident("a", at(3)), incident("b", at(10))], daily(1, 14))).left_out
    assert found is not None
    assert (found.sources, found.source, found.ratio) == (1, "afp", None)
