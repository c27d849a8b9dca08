"""What people decide is put into effect, and what the machine proposes stays beside it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from review_world import decide, derive_from, view_of

from truceline.fuse.worthy import REJECTED
from truceline.model.assessment import Verdict
from truceline.model.claim import EventType
from truceline.model.decision import Decision
from truceline.model.ruling import Ruling
from truceline.review.apply import apply_to_tellings, find_verdicts
from truceline.store.records import as_json, parse_record
from truceline.testing import day, telling, toponym

ALEPPO = telling("c1", document="d1", agents=("syr.army",))
IDLIB = toponym("Idlib", lat=35.93, lon=36.63)
FAR = telling("c2", document="d2", family="other", place=IDLIB, agents=("syr.army",))


def test_a_decision_written_before_there_were_other_rulings_still_reads() -> None:
    written = (
        '{"id":"decision-1","ruling":"same","claims":["a"],"others":["b"],"by":"R. H.",'
        '"at":"2026-01-01T00:00:00Z","why":"one strike"}'
    )
    read = parse_record(Decision, written)
    assert (read.holds, read.question, read.proposed, read.about) == (Ruling.SAME, Ruling.SAME, None, None)
    assert as_json(read) == written


def test_a_decided_place_holds_and_the_one_read_stays_beside_it() -> None:
    (told,) = apply_to_tellings([ALEPPO], [decide(Ruling.PLACE, ["c1"], place=IDLIB)])
    assert told.place is not None
    assert ALEPPO.place is not None
    assert (told.place.id, told.place.span) == ("test:idlib", ALEPPO.place.span)
    ruled = told.ruled_on(Ruling.PLACE)
    assert ruled is not None
    assert (ruled.machine, ruled.agrees, ruled.by) == ("test:aleppo", False, "an analyst")


def test_a_place_that_cannot_be_determined_is_no_place_and_brings_back_no_scene() -> None:
    set_in = replace(ALEPPO, place=None, scene=toponym())
    derived = derive_from([set_in], [decide(Ruling.PLACE, ["c1"], place=None)]).derived
    (told,) = derived.tellings
    assert told.place is not None
    assert (told.place.id, told.scene) == (None, None)
    assert derived.incidents[0].place is None


def test_a_decided_time_kind_and_actor_reach_the_incident() -> None:
    aerial = EventType(plover="ASSAULT", mode="aerial", acled="Air/drone strike", cameo="195")
    start, end = datetime(2016, 5, 9, tzinfo=UTC), datetime(2016, 5, 9, 6, tzinfo=UTC)
    decisions = [
        decide(Ruling.TIME, ["c1"], start=start, end=end),
        decide(Ruling.KIND, ["c1"], event=aerial),
        decide(Ruling.ACTOR, ["c1"], words=("The SYR.army",), actor="rus.aerospace"),
    ]
    (incident,) = derive_from([ALEPPO], decisions).derived.incidents
    assert (incident.start, incident.end) == (start, end)
    assert incident.event == aerial
    assert incident.agents == ("rus.aerospace",)


def test_a_time_nobody_can_tell_leaves_only_the_day_of_publication() -> None:
    (told,) = apply_to_tellings([ALEPPO], [decide(Ruling.TIME, ["c1"])])
    assert told.happened is None


def test_only_the_words_meant_are_another_actor() -> None:
    both = telling("c1", agents=("the army",), recipients=("the factions",))
    (told,) = apply_to_tellings([both], [decide(Ruling.ACTOR, ["c1"], words=("army",), actor="syr.army")])
    assert (told.agents[0].actor, told.recipients[0].actor) == ("syr.army", "the factions")


def test_a_rejected_claim_is_in_no_incident_and_is_accounted_for() -> None:
    derivation = derive_from([ALEPPO, FAR], [decide(Ruling.REJECT, ["c1"])])
    assert [each.claim for one in derivation.derived.incidents for each in one.versions] == ["c2"]
    fuse = next(each for each in derivation.tallies if each.stage == "fuse")
    assert dict(fuse.dropped)[REJECTED] == 1


def test_a_rejection_is_lifted_by_saying_that_the_machine_is_right_or_by_reopening() -> None:
    rejected = decide(Ruling.REJECT, ["c1"])
    for later in (
        decide(Ruling.CONFIRM, ["c1"], about=Ruling.REJECT, after=1),
        decide(Ruling.REOPEN, ["c1"], about=Ruling.REJECT, after=1),
    ):
        assert len(derive_from([ALEPPO], [rejected, later]).derived.incidents) == 1


def test_what_was_called_one_act_stays_one_when_the_claim_it_hung_on_is_rejected() -> None:
    tellings = [
        telling(f"c{number}", document=f"d{number}", family=f"f{number}", place=place)
        for number, place in enumerate((toponym(), IDLIB, toponym("Homs", lat=34.73, lon=36.72)))
    ]
    same = decide(Ruling.SAME, ["c0"], ["c1", "c2"])
    assert len(derive_from(tellings).derived.incidents) == 3
    assert len(derive_from(tellings, [same]).derived.incidents) == 1
    assert len(derive_from(tellings, [same, decide(Ruling.REJECT, ["c0"], after=1)]).derived.incidents) == 1


def test_reopening_what_was_called_one_act_leaves_it_to_the_machine_again() -> None:
    same = decide(Ruling.SAME, ["c1"], ["c2"])
    reopened = decide(Ruling.REOPEN, ["c1"], ["c2"], about=Ruling.SAME, after=1)
    assert len(derive_from([ALEPPO, FAR], [same]).derived.incidents) == 1
    assert len(derive_from([ALEPPO, FAR], [reopened, same]).derived.incidents) == 2


def test_an_accepted_proposal_stays_when_the_machine_changes() -> None:
    accepted = decide(Ruling.CONFIRM, ["c1"], about=Ruling.PLACE, place=ALEPPO.place)
    (told,) = apply_to_tellings([replace(ALEPPO, place=IDLIB)], [accepted])
    assert told.place is not None
    assert told.place.id == "test:aleppo"
    ruled = told.ruled_on(Ruling.PLACE)
    assert ruled is not None
    assert (ruled.machine, ruled.agrees) == ("test:idlib", False)


def test_two_acts_that_a_person_accepted_as_two_never_meet() -> None:
    twin = telling("c2", document="d2", family="other", agents=("syr.army",))
    accepted = decide(Ruling.CONFIRM, ["c1"], ["c2"], about=Ruling.DIFFERENT)
    assert len(derive_from([ALEPPO, twin]).derived.incidents) == 1
    assert len(derive_from([ALEPPO, twin], [accepted]).derived.incidents) == 2


def test_a_persons_verdict_holds_and_tells_what_the_rules_give() -> None:
    machine = derive_from([ALEPPO]).derived.assessments[0]
    decision = decide(Ruling.VERDICT, ["c1"], verdict=Verdict.VIOLATION, parties=("syr.gov",))
    assert machine.verdict is not Verdict.VIOLATION
    (held,) = derive_from([ALEPPO], [decision]).derived.assessments
    assert (held.verdict, held.by) == (Verdict.VIOLATION, ("syr.gov",))
    assert held.ruled is not None
    assert (held.ruled.machine, held.ruled.decision) == (machine.verdict.value, decision.id)
    assert held.id != machine.id
    assert machine.verdict.value in held.steps[-1].because


def test_a_verdict_that_accuses_nobody_names_nobody() -> None:
    decision = decide(Ruling.VERDICT, ["c1"], verdict=Verdict.NOT_A_VIOLATION, parties=("syr.gov",))
    (held,) = derive_from([ALEPPO], [decision]).derived.assessments
    assert held.by == ()


def test_the_later_of_two_verdicts_holds_and_a_reopened_one_does_not() -> None:
    first = decide(Ruling.VERDICT, ["c1"], verdict=Verdict.VIOLATION)
    second = decide(Ruling.VERDICT, ["c1"], verdict=Verdict.CONTESTED, after=1)
    reopened = decide(Ruling.REOPEN, ["c1"], about=Ruling.VERDICT, after=2)
    incidents = derive_from([ALEPPO]).derived.incidents
    assert [each.verdict for each in find_verdicts(incidents, [second, first]).values()] == [Verdict.CONTESTED]
    assert find_verdicts(incidents, [reopened, first, second]) == {}


def test_a_verdict_follows_most_of_its_claims_when_the_act_falls_apart() -> None:
    tellings = [ALEPPO, telling("c3", document="d3", family="third", agents=("syr.army",)), FAR]
    decision = decide(Ruling.VERDICT, ["c1", "c2", "c3"], verdict=Verdict.VIOLATION)
    view = view_of(tellings, [decision])
    home = {claim.claim: each.id for each in view.incidents for claim in each.versions}
    assert home["c1"] == home["c3"] != home["c2"]
    assert {each.incident for each in view.assessments if each.ruled is not None} == {home["c1"]}


def test_a_mission_without_an_agreement_takes_no_harm_from_a_verdict() -> None:
    mission = replace(view_of([ALEPPO]).mission, agreement=None)
    decision = decide(Ruling.VERDICT, ["c1"], verdict=Verdict.VIOLATION)
    assert derive_from([ALEPPO], [decision], mission=mission).derived.assessments == ()


@pytest.mark.parametrize("claims", [["gone"], ["c1", "gone"]])
def test_decisions_on_claims_that_are_told_no_more_change_nothing_else(claims: list[str]) -> None:
    decisions = [
        decide(Ruling.SAME, claims, ["also-gone"]),
        decide(Ruling.PLACE, ["gone"], place=IDLIB),
        decide(Ruling.VERDICT, ["gone"], verdict=Verdict.VIOLATION),
        decide(Ruling.REJECT, ["gone"]),
    ]
    assert derive_from([ALEPPO], decisions).derived == derive_from([ALEPPO]).derived


def test_a_claim_of_a_kind_that_is_watched_no_more_is_left_out() -> None:
    decision = decide(Ruling.KIND, ["c1"], event=EventType(plover=None))
    assert derive_from([ALEPPO], [decision]).derived.incidents == ()


def test_a_kind_a_person_decided_is_not_read_anew_from_the_words() -> None:
    open_word = replace(ALEPPO, trigger="attack", happened=day(), quote="air strikes attack")
    decided = decide(Ruling.KIND, ["c1"], event=ALEPPO.event)
    (incident,) = derive_from([open_word], [decided]).derived.incidents
    assert incident.event == ALEPPO.event
