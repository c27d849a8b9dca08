"""The law, case by case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from judge_makers import AGREEMENT, MAY_5, MIDNIGHT, NOON, incident, judge, place, step, telling

from truceline.model.agreement import Act, Duty, Entry, Obligation
from truceline.model.assessment import Finding, Verdict
from truceline.model.place import Precision
from truceline.model.telling import Role, Speaker
from truceline.model.when import Basis, TimexType, When


def test_an_attack_by_a_party_on_a_party_told_by_independent_origins_is_a_violation() -> None:
    found = judge(incident())
    assert (found.verdict, found.by, found.obligations) == (Verdict.VIOLATION, ("rebels",), ("O2a",))
    assert found.clauses == ("paragraph 2, first list",)
    assert (found.finding, found.likelihood, found.confidence) == (Finding.PARTY, "likely", "moderate")


def test_a_brigade_is_bound_through_the_force_it_belongs_to() -> None:
    found = judge(incident(agents=["brigade"]))
    assert found.verdict is Verdict.VIOLATION
    assert "belongs to Rebels" in step(found, "Who is said")


def test_a_fight_against_isil_alone_is_not_a_violation() -> None:
    found = judge(incident(agents=["army"], recipients=["isil"], told_by={"sana": "sana"}))
    assert found.verdict is Verdict.NOT_A_VIOLATION
    assert found.by == ()
    assert "excluded" in step(found, "What follows?")


def test_an_attack_by_an_excluded_group_is_not_a_violation_however_well_told() -> None:
    found = judge(incident(agents=["isil"], grade="A1"))
    assert found.verdict is Verdict.NOT_A_VIOLATION
    assert found.finding is Finding.OTHER


def test_a_coalition_of_an_excluded_and_an_undeclared_group_is_insufficient_information() -> None:
    found = judge(incident(agents=["fatah"]))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "Ahrar (unknown), Nusra (excluded)" in step(found, "Who is said")


def test_both_members_of_a_mixed_coalition_named_leave_the_undeclared_one_undecided() -> None:
    found = judge(incident(agents=["ahrar", "nusra"]))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "accepted" in found.would_change


def test_a_party_that_fights_beside_an_excluded_group_answers_alone() -> None:
    found = judge(incident(agents=["rebels", "nusra"]))
    assert (found.verdict, found.by) == (Verdict.VIOLATION, ("rebels",))


def test_a_strike_on_a_party_and_an_excluded_group_together_is_undecided() -> None:
    found = judge(incident(agents=["russia"], recipients=["rebels", "nusra"], mode="aerial"))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "aimed" in step(found, "What follows?")


def test_told_and_denied_is_contested() -> None:
    found = judge(incident(agents=["russia"], recipients=["rebels"], denied_by={"mod": "russia"}))
    assert (found.verdict, found.finding) == (Verdict.CONTESTED, Finding.CONTESTED)
    assert found.likelihood is None


@pytest.mark.parametrize("told_by", [{"sana": "sana"}, {"sana": "sana", "centre": "russia"}, {"radio": "rebels"}])
def test_what_only_sides_of_the_war_tell_is_alleged(told_by: dict[str, str | None]) -> None:
    found = judge(incident(told_by=told_by))
    assert (found.verdict, found.by, found.finding) == (Verdict.ALLEGED, ("rebels",), Finding.NONE)
    assert found.confidence == "low"


def test_what_both_the_accuser_and_the_accused_tell_is_supported() -> None:
    assert judge(incident(told_by={"sana": "sana", "radio": "rebels"})).verdict is Verdict.VIOLATION


def test_one_weak_origin_never_makes_a_violation() -> None:
    found = judge(incident(told_by={"blog": None}, grade="F3"))
    assert (found.verdict, found.likelihood) == (Verdict.ALLEGED, None)


def test_one_origin_however_good_is_not_confirmed() -> None:
    found = judge(incident(told_by={"un": None}, grade="A3"))
    assert (found.verdict, found.confidence, found.finding) == (Verdict.ALLEGED, "low", Finding.NONE)
    assert "no other independent one confirms it" in step(found, "What follows?")


def test_what_is_doubtful_is_never_a_violation() -> None:
    assert judge(incident(grade="B4")).verdict is Verdict.ALLEGED


def test_an_actor_named_by_one_origin_of_three_is_only_alleged() -> None:
    case = incident(told_by={"afp": None, "msf": None, "un": None}, grade="B1")
    told = [telling("c-afp"), telling("c-msf", agents=[]), telling("c-un", agents=[])]
    found = judge(case, told)
    assert (found.verdict, found.finding) == (Verdict.ALLEGED, Finding.NONE)
    told[1] = telling("c-msf")
    found = judge(case, told)
    assert (found.verdict, found.finding) == (Verdict.VIOLATION, Finding.LARGELY)


def test_a_target_named_by_one_origin_of_two_is_only_alleged() -> None:
    told = [telling("c-afp"), telling("c-msf", recipients=[])]
    assert judge(incident(), told).verdict is Verdict.ALLEGED


def test_an_unknown_speaker_whom_one_publisher_relays_confirms_nothing_it_says_itself() -> None:
    case = incident(told_by={"masdar": None, "he": None})
    one_family = replace(case, origins=tuple(replace(each, families=("masdar",)) for each in case.origins))
    named = replace(telling("c-he"), chain=(Speaker(words="he", kind="named", actor=None),))
    assert judge(one_family, [telling("c-masdar"), named]).verdict is Verdict.ALLEGED
    assert judge(one_family, [telling("c-masdar"), telling("c-he")]).verdict is Verdict.VIOLATION


def test_no_agent_named_is_insufficient_information() -> None:
    found = judge(incident(agents=[], agent_words=["militants"]))
    assert (found.verdict, found.finding, found.by) == (Verdict.INSUFFICIENT, Finding.NONE, ())
    assert "“militants”, which identifies no known actor" in step(found, "Who is said")


def test_no_target_named_is_insufficient_information() -> None:
    found = judge(incident(recipients=[]))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "aimed at" in found.would_change


def test_a_hospital_is_protected_where_a_term_protects_those_in_it() -> None:
    shield = replace(AGREEMENT.obligations[1], id="O1", protects=("medics",), binds=("party",), clause="paragraph 1")
    agreement = replace(AGREEMENT, obligations=(*AGREEMENT.obligations, shield))
    case = replace(incident(agents=["russia"], recipients=[]), recipient_words=("a field hospital",))
    told = [
        replace(telling(each.claim, agents=["russia"]), recipients=(Role(words="a field hospital", actor=None),))
        for each in case.versions
    ]
    found = judge(case, told, agreement=agreement)
    assert (found.verdict, found.obligations) == (Verdict.VIOLATION, ("O1",))


def test_civilians_are_neither_protected_nor_left_out_in_silence() -> None:
    assert judge(incident(recipients=["civilians"])).verdict is Verdict.INSUFFICIENT


def test_a_place_outside_the_area_is_not_a_violation() -> None:
    found = judge(incident(where=place("Kilis", 36.7, 37.1, country="TR", admin1="Kilis")))
    assert found.verdict is Verdict.NOT_A_VIOLATION
    assert step(found, "Does the agreement apply there?").startswith("no | Kilis")


def test_a_region_too_vague_for_the_area_cannot_be_determined() -> None:
    found = judge(incident(where=place("the border", country=None, precision=Precision.REGION)))
    assert found.verdict is Verdict.INSUFFICIENT


def test_an_hour_before_entry_into_force_is_not_a_violation() -> None:
    assert judge(incident(at=MIDNIGHT - timedelta(hours=1))).verdict is Verdict.NOT_A_VIOLATION


def test_the_first_minute_in_force_counts() -> None:
    assert judge(incident(at=MIDNIGHT)).verdict is Verdict.VIOLATION


def test_between_two_told_instants_of_entry_nothing_can_be_determined() -> None:
    later = Entry(at=MIDNIGHT + timedelta(hours=1), as_told="one o'clock", source="a bulletin")
    agreement = replace(AGREEMENT, entries=(*AGREEMENT.entries, later))
    between = judge(incident(at=MIDNIGHT + timedelta(minutes=30)), agreement=agreement)
    assert between.verdict is Verdict.INSUFFICIENT
    assert "sources differ" in step(between, "Was the agreement in force")
    assert judge(incident(at=MIDNIGHT + timedelta(hours=1)), agreement=agreement).verdict is Verdict.VIOLATION


def test_a_day_that_straddles_the_entry_cannot_be_determined() -> None:
    assert judge(incident(at=datetime(2016, 2, 26, tzinfo=UTC), hours=24)).verdict is Verdict.INSUFFICIENT


def test_no_time_told_is_insufficient_information() -> None:
    assert judge(incident(at=None)).verdict is Verdict.INSUFFICIENT


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        (MAY_5 - timedelta(hours=1), ()),
        (MAY_5, ("calm",)),
        (MAY_5 + timedelta(hours=47), ("calm",)),
        (MAY_5 + timedelta(hours=48), ()),
    ],
)
def test_a_local_truce_covers_its_window_to_the_hour(at: datetime, covered: tuple[str, ...]) -> None:
    assert judge(incident(at=at)).local_truces == covered


def test_a_local_truce_with_two_told_starts_covers_nothing_between_them() -> None:
    truce = AGREEMENT.local_truces[0]
    earlier = Entry(at=truce.start - timedelta(days=1), as_told="from 4 May", source="a paper")
    agreement = replace(AGREEMENT, local_truces=(replace(truce, other_starts=(earlier,)),))
    found = judge(incident(at=truce.start - timedelta(hours=2)), agreement=agreement)
    assert found.local_truces == ()
    assert step(found, "Was the local truce").startswith("cannot be determined")
    assert "from 4 May" in step(found, "Was the local truce")


def test_a_local_truce_elsewhere_is_not_mentioned() -> None:
    found = judge(incident(at=MAY_5, where=place("Homs", 34.73, 36.72, admin1="Homs")))
    assert all("local truce" not in each.question for each in found.steps)


def test_massing_troops_is_no_violation_where_no_term_speaks_of_it() -> None:
    found = judge(incident(plover="MOBILIZE", mode="troops"))
    assert (found.verdict, found.obligations) == (Verdict.NOT_A_VIOLATION, ())


def test_massing_troops_is_a_preparatory_act_where_a_term_prohibits_it() -> None:
    standstill = Obligation(
        id="O9",
        title="No reinforcement",
        duty=Duty.PROHIBITS,
        acts=(Act(plover="MOBILIZE"),),
        binds=("party",),
        protects=("any",),
        clause="paragraph 9",
        source="the annex",
    )
    agreement = replace(AGREEMENT, obligations=(*AGREEMENT.obligations, standstill))
    found = judge(incident(plover="MOBILIZE", mode="troops", recipients=[]), agreement=agreement)
    assert (found.verdict, found.obligations) == (Verdict.PREPARATORY, ("O9",))


def test_withheld_aid_breaks_the_duty_of_access() -> None:
    found = judge(incident(agents=["gov"], recipients=["civilians"], plover="COERCE", mode="withhold"))
    assert (found.verdict, found.obligations) == (Verdict.VIOLATION, ("O4",))


def test_aid_let_through_is_what_the_agreement_asks_for() -> None:
    found = judge(incident(agents=["gov"], recipients=["civilians"], plover="RETREAT", mode="access"))
    assert found.verdict is Verdict.NOT_A_VIOLATION
    assert "asks for" in step(found, "What follows?")


def test_a_claim_of_self_defence_is_weighed_aloud_and_never_decided() -> None:
    case = incident()
    quotes = [telling("c-afp", quote="The rebels shelled Zahraa in response to an assault."), telling("c-msf")]
    found = judge(case, quotes)
    assert found.verdict is Verdict.CONTESTED
    assert "in response to" in step(found, "Was it done in self-defence")


def test_silence_claims_no_exception_and_says_so() -> None:
    assert "nobody claims it" in step(judge(incident()), "Could an exception apply")


def test_accusing_two_sides_of_one_act_is_contested() -> None:
    found = judge(incident(agents=["rebels", "gov"], recipients=["army"], contradictions=["agent"]))
    assert (found.verdict, found.finding) == (Verdict.CONTESTED, Finding.CONTESTED)


def test_accusing_two_allies_bound_alike_contests_the_finding_and_not_the_verdict() -> None:
    found = judge(incident(agents=["russia", "gov"], recipients=["rebels"], contradictions=["agent"]))
    assert (found.verdict, found.finding) == (Verdict.VIOLATION, Finding.CONTESTED)


def test_tellings_without_an_origin_are_circular() -> None:
    assert judge(replace(incident(), origins=())).verdict is Verdict.DUPLICATE


def test_what_is_only_denied_is_insufficient_information() -> None:
    assert judge(incident(told_by={}, denied_by={"mod": "russia"})).verdict is Verdict.INSUFFICIENT


def test_the_same_incident_gets_the_same_id_and_another_verdict_another() -> None:
    assert judge(incident()).id == judge(incident()).id
    assert judge(incident()).id != judge(incident(denied_by={"mod": "rebels"})).id


def test_every_assessment_says_what_would_change_it() -> None:
    cases = [incident(), incident(at=None), incident(recipients=["isil"]), incident(told_by={"sana": "sana"})]
    assert all(judge(case).would_change.startswith("It would be ") for case in cases)


def test_a_shell_across_the_day_of_adherence_is_judged_by_the_day_it_fell() -> None:
    early = replace(AGREEMENT, entries=(replace(AGREEMENT.entries[0], at=NOON - timedelta(days=90)),))
    before = judge(
        incident(agents=["gov"], recipients=["rebels"], at=datetime(2016, 2, 20, tzinfo=UTC)), agreement=early
    )
    assert before.verdict is Verdict.NOT_A_VIOLATION
    assert "accepted only on 2016-02-23" in step(before, "Who is said")
    assert "It would be a violation if those who acted had accepted the agreement by that day" in before.would_change


def test_a_clash_accuses_nobody_of_having_begun() -> None:
    case = incident()
    clash = [replace(telling(version.claim), trigger="clashed") for version in case.versions]
    found = judge(case, clash)
    assert (found.verdict, found.by, found.finding) == (Verdict.INSUFFICIENT, (), Finding.NONE)
    assert "who began it" in step(found, "What follows?")


def test_a_clash_with_an_excluded_group_is_still_not_a_violation() -> None:
    case = incident(recipients=["isil"])
    clash = [replace(telling(version.claim), trigger="clashes") for version in case.versions]
    assert judge(case, clash).verdict is Verdict.NOT_A_VIOLATION


def test_a_report_dated_by_publication_alone_may_be_older_than_the_truce() -> None:
    case = incident(at=MIDNIGHT + timedelta(hours=2))
    published = When(
        span=None,
        type=TimexType.DATE,
        value="2016-02-27",
        start=case.start,
        end=case.end,
        basis=Basis.PUBLISHED,
    )
    undated = [replace(telling(version.claim), happened=published) for version in case.versions]
    found = judge(case, undated)
    assert found.verdict is Verdict.INSUFFICIENT
    assert "up to 24 hours before" in step(found, "Was the agreement in force")


def test_an_army_and_its_brigade_are_one_finding() -> None:
    assert judge(incident(agents=["rebels", "brigade"])).finding is Finding.PARTY
    assert judge(incident(agents=["rebels", "ahrar"])).finding is Finding.LARGELY
    assert judge(incident(agents=["army", "russia"], recipients=["rebels"])).finding is Finding.SEVERAL


def test_the_town_a_truce_is_drawn_around_is_inside_it_however_wide_its_name_reaches() -> None:
    city = judge(incident(at=MAY_5, where=place("Aleppo", 36.20, 37.16, radius_km=13)))
    vague = judge(
        incident(at=MAY_5, where=place("north of Aleppo", 36.3, 37.16, radius_km=10, precision=Precision.NEAR))
    )
    assert city.local_truces == ("calm",)
    assert vague.local_truces == ()
    assert step(vague, "Was the local truce").startswith("cannot be determined")


def test_a_place_that_is_only_a_guess_shows_nothing_to_lie_outside() -> None:
    guess = replace(place("Sanaa", 15.35, 44.2, country="YE", admin1="Amanat"), chance=0.54)
    found = judge(incident(where=guess))
    assert found.verdict is Verdict.INSUFFICIENT
    assert "54% likely" in step(found, "Does the agreement apply there?")


def test_civilians_are_not_asked_whether_they_accepted() -> None:
    told = step(judge(incident(recipients=["civilians"])), "Against whom")
    assert "accepts or refuses no truce" in told
