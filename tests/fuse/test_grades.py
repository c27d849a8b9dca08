"""Grades: one rule for every combination of answers, and what each answer does to the grade."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from fuse_makers import ACTORS, SOURCES, denial, only, speaker, tell_of, when

from truceline.fuse import find_track_records, fuse, grade_by_records
from truceline.fuse.grading import find_combinations, rules, rules_by_answers
from truceline.fuse.records import Count, move_letter, record_policy, word_record
from truceline.model.grading import Bearing, Dispute, Grading, History, Plausibility, Support
from truceline.model.incident import Incident
from truceline.model.telling import Telling, Traces

STRIKE = ("air strike", "Kafr Nabl", "2016-05-05")
CAMPS = Grading(camps=(("external-russia", "government"),), no_aircraft=("opposition",))


def test_exactly_one_rule_fits_every_combination_and_no_rule_is_idle() -> None:
    fitting = {answers: [rule for rule in rules() if rule.fits(answers)] for answers in find_combinations()}
    assert {len(each) for each in fitting.values()} == {1}
    assert {id(rule) for each in fitting.values() for rule in each} == {id(rule) for rule in rules()}
    assert len(rules_by_answers()) == len(Support) * len(Dispute) * len(Plausibility) * len(History)


STRONGER = (
    (Support.PARTISAN, Support.ONE_SIDE),
    (Support.ONE, Support.TWO),
    (Support.ONE_SIDE, Support.SIDES),
    (Support.SIDES, Support.TWO),
    (Support.TWO, Support.THREE),
    (Support.OWN_WORD, Support.ADMITTED),
)


@pytest.mark.parametrize(("weaker", "stronger"), STRONGER)
def test_broader_support_never_makes_a_grade_worse(weaker: Support, stronger: Support) -> None:
    for rest in product(Dispute, Plausibility, History):
        assert rules_by_answers()[stronger, *rest].credibility <= rules_by_answers()[weaker, *rest].credibility


def test_a_graver_dispute_never_makes_a_grade_better() -> None:
    graded = [each for each in Support if each not in (Support.NOBODY, Support.UNKNOWN)]
    order = (Dispute.NONE, Dispute.DOERS, Dispute.NEUTRAL)
    for support, plausibility, history in product(graded, Plausibility, History):
        numbers = [rules_by_answers()[support, each, plausibility, history].credibility for each in order]
        assert numbers == sorted(numbers)


def test_one_origin_is_never_more_than_possibly_true() -> None:
    lone = (Support.UNKNOWN, Support.PARTISAN, Support.ONE, Support.OWN_WORD)
    assert all(rule.credibility >= 3 for answers, rule in rules_by_answers().items() if answers[0] in lone)


def test_no_basis_is_said_only_where_nothing_is_known() -> None:
    without = {answers[0] for answers, rule in rules_by_answers().items() if rule.credibility == 6}
    assert without == {Support.NOBODY, Support.UNKNOWN}


# --- who stands behind it ---------------------------------------------------------------------------------------


def grade_of(*told: Telling, grading: Grading = CAMPS) -> tuple[str, int]:
    incident = incident_of(*told, grading=grading)
    return incident.grade.reliability, incident.grade.credibility


def incident_of(*told: Telling, grading: Grading = CAMPS) -> Incident:
    found = fuse(told, window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS, grading=grading).incidents
    assert len(found) == 1
    return found[0]


def test_sides_that_fight_together_confirm_nothing_of_each_other() -> None:
    told = (tell_of(*STRIKE, claim="a", source="sana"), tell_of(*STRIKE, claim="b", source="sputnik"))
    assert grade_of(*told) == ("D", 4)
    assert grade_of(*told, grading=Grading()) == ("D", 2)


def test_what_a_side_boasts_of_is_no_admission() -> None:
    boast = tell_of(*STRIKE, claim="a", by="russia", to="ahrar", source="sputnik")
    assert grade_of(boast) == ("D", 4)
    assert grade_of(replace(boast, recipients=())) == ("D", 3)


def test_a_hill_taken_is_told_by_who_took_it_for_its_own_sake() -> None:
    assert grade_of(tell_of("capture", "Khan Tuman", "2016-05-05", claim="a", by="army", source="sana")) == ("D", 4)


def test_whom_an_article_credits_elsewhere_does_not_vouch_for_what_it_says_in_its_own_voice() -> None:
    voiced = tell_of(*STRIKE, claim="a", source="reuters", document="long", span=(0, 20))
    quoted = tell_of(
        "shelling", "Damascus", "2016-05-09", claim="b", source="reuters", document="long", span=(200, 220),
        chain=(speaker("SANA"),),
    )  # fmt: skip
    incidents = fuse((voiced, quoted), window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS).incidents
    named = {
        each.versions[0].claim: [one.name for one in each.grade.basis.vouchers]
        for each in incidents
        if each.grade.basis
    }
    assert named == {"a": ["Reuters"], "b": ["SANA"]}


def test_a_paper_that_credits_a_monitor_adds_nothing_to_it() -> None:
    monitor = (speaker("Syrian Observatory for Human Rights"),)
    told = (
        tell_of(*STRIKE, claim="a", source="reuters", document="one", chain=monitor),
        tell_of(*STRIKE, claim="b", source="reuters", document="one", span=(100, 120)),
    )
    incident = only(*told)
    assert incident.grade.basis is not None
    assert [each.name for each in incident.grade.basis.vouchers] == ["Syrian Observatory for Human Rights"]
    assert incident.grade.credibility == 3


def test_somebody_unknown_stands_where_the_medium_stands_that_lets_him_speak() -> None:
    somebody = (speaker("the residents' council"),)
    assert grade_of(tell_of(*STRIKE, claim="a", source="sana", chain=somebody)) == ("D", 4)
    assert grade_of(tell_of(*STRIKE, claim="a", source="reuters", chain=somebody)) == ("B", 4)
    assert grade_of(tell_of(*STRIKE, claim="a", source=None, chain=somebody)) == ("F", 6)
    both = (tell_of(*STRIKE, claim="a", source="sana", chain=somebody), tell_of(*STRIKE, claim="b", source="sputnik"))
    assert grade_of(*both) == ("D", 4)


def test_only_who_denies_denies_not_whom_his_report_credits() -> None:
    told = tell_of(*STRIKE, claim="a", by="russia", source="reuters")
    denied = denial(
        *STRIKE, claim="b", by="russia", source="afp", chain=(speaker("the ministry", actor="russian-ministry"),)
    )
    beside = tell_of(
        *STRIKE, claim="c", by="russia", source="afp", document=denied.document, chain=(speaker("United Nations"),)
    )
    incident = incident_of(told, denied, beside)
    assert incident.grade.basis is not None
    assert incident.grade.basis.denied_by == ("Russian Ministry of Defence",)
    assert incident.grade.basis.dispute is Dispute.PARTY


def test_origins_say_where_they_stand() -> None:
    incident = incident_of(tell_of(*STRIKE, claim="a"), tell_of(*STRIKE, claim="b", source="sputnik"))
    assert {(each.bearing, each.side) for each in incident.origins} == {
        (Bearing.NEUTRAL, ""),
        (Bearing.SIDE, "external-russia + government"),
    }


# --- what cannot be ---------------------------------------------------------------------------------------------


def test_who_has_no_aircraft_bombs_nobody_from_the_air() -> None:
    incident = incident_of(
        tell_of(*STRIKE, claim="a", by="ahrar"), tell_of(*STRIKE, claim="b", by="ahrar", source="afp")
    )
    assert incident.grade.credibility == 4
    assert incident.grade.credibility_reason.endswith("Those named fly no aircraft: Ahrar al-Sham.")


def test_one_telling_that_names_somebody_who_flies_leaves_it_plausible() -> None:
    told = (tell_of(*STRIKE, claim="a", by="ahrar"), tell_of(*STRIKE, claim="b", by=("ahrar", "army"), source="afp"))
    assert incident_of(*told).grade.basis.plausibility is Plausibility.PLAUSIBLE  # type: ignore[union-attr]


def test_what_is_told_before_it_happened_cannot_be_so_but_a_truce_may_be_declared_ahead() -> None:
    early = tell_of("shelling", "Hass", "2016-05-09", claim="a", published="2016-05-05 08:00")
    assert grade_of(early) == ("B", 5)
    talks = tell_of("talks", "Damascus", "2016-05-09", claim="b", by="kerry", to="lavrov", published="2016-05-05 08:00")
    assert grade_of(talks) == ("B", 3)


def test_a_day_before_the_war_is_implausible_where_the_mission_says_when_it_began() -> None:
    told = tell_of("shelling", "Hass", "2010-05-09", claim="a")
    began = Grading(war_began=date(2011, 3, 15))
    assert grade_of(told, grading=began) == ("B", 5)
    assert grade_of(told) == ("B", 3)
    assert grade_of(replace(told, happened=when("2016-05-09")), grading=began) == ("B", 3)


def test_a_toll_no_such_act_has_is_implausible_and_a_high_one_is_not() -> None:
    assert grade_of(tell_of(*STRIKE, claim="a", killed=(90_000, 90_000))) == ("B", 5)
    assert grade_of(tell_of(*STRIKE, claim="a", killed=(400, 400))) == ("B", 3)


# --- the learned record -----------------------------------------------------------------------------------------


def graded(told: list[Telling]) -> tuple[Incident, ...]:
    incidents = fuse(told, window_hours=36, window_km=15, sources=SOURCES, actors=ACTORS).incidents
    return grade_by_records(incidents, sources=SOURCES, actors=ACTORS)


def days(first: int, count: int, *sources: str) -> list[Telling]:
    """One strike a day, told by each of the sources."""
    return [
        tell_of(
            "air strike", "Kafr Nabl", f"2016-{3 + at // 25:02}-{1 + at % 25:02}", claim=f"c{at}-{name}", source=name
        )
        for at in range(first, first + count)
        for name in sources
    ]


def denied(first: int, count: int, by: str, *, source: str) -> list[Telling]:
    return [
        each
        for at in range(first, first + count)
        for day in [f"2016-{3 + at // 25:02}-{1 + at % 25:02}"]
        for each in (
            tell_of("air strike", "Kafr Nabl", day, claim=f"d{at}-{source}", source=source, by="russia"),
            denial("air strike", "Kafr Nabl", day, claim=f"n{at}", source=by, by="russia"),
        )
    ]


def test_a_source_that_is_contradicted_again_and_again_falls_by_one_step_only() -> None:
    incidents = graded(denied(0, 14, "un", source="reuters"))
    assert {each.grade.reliability for each in incidents} == {"C"}
    assert incidents[0].grade.record == "Given B, record 0 of 13 confirmed [0.00–0.17], 0 open: becomes C."
    assert {each.grade.basis.given for each in incidents if each.grade.basis} == {"B"}


def test_a_source_that_is_confirmed_is_raised_only_where_others_are_contradicted() -> None:
    confirmed = days(0, 30, "daily", "afp")
    daily = tell_of("air strike", "Kafr Nabl", "2016-06-20", claim="z", source="daily")
    untested = next(each for each in graded([*confirmed, daily]) if each.versions[0].claim == "z")
    assert untested.grade.reliability == "C"
    assert "too little is ever contradicted in this register to raise it" in untested.grade.record
    tested = graded([*confirmed, daily, *denied(30, 8, "un", source="gazette")])
    assert next(each for each in tested if each.versions[0].claim == "z").grade.reliability == "B"


def test_a_claim_does_not_vouch_for_itself() -> None:
    incidents = graded(denied(0, 11, "un", source="reuters"))
    assert incidents[0].grade.record.startswith("Given B, record 0 of 10 ")
    assert graded(denied(0, 10, "un", source="reuters"))[0].grade.reliability == "B"


def test_a_side_rises_by_claims_that_serve_it_and_not_by_the_rest() -> None:
    policy, tested = record_policy(), Count(100, 60, 30)
    assert move_letter("D", Count(40, 30, 0), tested, policy) == ("C", "")
    told = [
        tell_of("talks", "Damascus", f"2016-{3 + at // 25:02}-{1 + at % 25:02}", claim=f"t{at}-{name}", source=name)
        for at in range(20)
        for name in ("sana", "reuters")
    ]
    strike = tell_of("shelling", "Hass", "2016-06-20", claim="z", by="ahrar", source="sana")
    incidents = graded([*told, strike, *denied(0, 9, "un", source="gazette")])
    alone = next(each for each in incidents if each.versions[0].claim == "z")
    assert alone.grade.reliability == "D"
    assert alone.grade.record == "Given D, too little of it in the register to judge by: stays D."


@pytest.mark.parametrize("given", ["A", "B", "C", "D", "E", "F"])
def test_a_record_moves_a_letter_one_step_at_most_and_f_never(given: str) -> None:
    tested = Count(1000, 500, 400)
    letters = {
        move_letter(given, Count(200, right, wrong), tested, record_policy())[0]
        for right, wrong in ((0, 150), (150, 0), (75, 75), (2, 1), (0, 0))
    }
    assert all(abs(ord(each) - ord(given)) <= 1 for each in letters)
    assert "F" not in letters or letters == {"F"}


def test_amplifiers_and_copies_confirm_nothing() -> None:
    told = [
        tell_of(*STRIKE, claim="a", source="sana", chain=(speaker("the army", actor="army"),), by="ahrar"),
        tell_of(*STRIKE, claim="b", source="army-command", by="ahrar"),
    ]
    records = find_track_records([incident_of(*told)], sources=SOURCES, actors=ACTORS, grading=CAMPS)
    assert {each.confirmed for each in records} == {0}


def test_a_value_that_neutral_origins_tell_otherwise_counts_against_who_stands_alone_with_it() -> None:
    told = [
        tell_of(*STRIKE, claim="a", source="sana", killed=(0, 0)),
        tell_of(*STRIKE, claim="b", source="reuters", killed=(30, 30)),
        tell_of(*STRIKE, claim="c", source="afp", killed=(30, 30)),
    ]
    records = find_track_records([incident_of(*told)], sources=SOURCES, actors=ACTORS)
    whole = {each.family: (each.confirmed, each.contradicted) for each in records if not each.kind and not each.served}
    assert whole == {"syr-state": (0, 1), "reuters": (1, 0), "afp": (1, 0)}


def test_the_record_is_told_with_its_interval() -> None:
    assert word_record("B", "B", Count(21, 14, 2), "", own_side=False) == (
        "Given B, record 14 of 16 confirmed [0.66–0.97], 5 open: stays B."
    )


def test_grading_again_changes_nothing() -> None:
    incidents = graded(denied(0, 14, "un", source="reuters"))
    assert grade_by_records(incidents, sources=SOURCES, actors=ACTORS) == incidents


def test_a_source_the_mission_does_not_list_stays_without_basis() -> None:
    incidents = graded([tell_of(*STRIKE, claim="a", source=None, traces=Traces(brief=True))])
    assert (incidents[0].grade.reliability, incidents[0].grade.credibility) == ("F", 6)
