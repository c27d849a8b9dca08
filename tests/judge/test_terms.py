"""Terms with a window, an area or weapons of their own; local truces that prohibit; disputes, exceptions, wording."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from judge_makers import AGREEMENT, MAY_5, NOON, actor, incident, judge, place, step, telling

from truceline.model.agreement import (
    Act,
    Agreement,
    Duty,
    Exemption,
    Listed,
    Need,
    Obligation,
    Weapon,
    Zone,
    ZoneKind,
)
from truceline.model.assessment import Assessment, Finding, Verdict
from truceline.model.incident import Incident
from truceline.model.place import Precision, Toponym
from truceline.model.telling import Role, Speaker, Telling

DUE = datetime(2016, 4, 1, tzinfo=UTC)
LINE = Zone(kind=ZoneKind.BUFFER, name="25 km from the line", points=((36.0, 36.0), (36.0, 38.0)), km=25)
GUNS = Weapon(id="guns", name="guns of 100 mm and more", words=("howitzer",), unsure=("gun",), calibre_mm_least=100)
PULL_BACK = Obligation(
    id="W1",
    title="Guns are drawn back from the line",
    duty=Duty.REQUIRES,
    acts=(Act(plover="RETREAT", modes=("withdraw",)),),
    binds=("party",),
    protects=("any",),
    clause="point 2",
    source="the package",
    weapons=("guns",),
    zones=(LINE,),
    begins=(DUE - timedelta(days=30),),
    due=DUE,
    exceptions=("withdrawing",),
)
ON_THE_WAY = Exemption(
    id="withdrawing",
    name="on the way out",
    question="Was it on its way out?",
    needs=(Need(what="that it was moving out", cues=("on its way out",)),),
)
ARMS = replace(AGREEMENT, obligations=(PULL_BACK,), weapons=(GUNS,), exceptions=(ON_THE_WAY,), local_truces=())
NEAR = place("Near", 36.1, 37.0)


def seen(
    *,
    weapon: str = "a 152 mm howitzer",
    at: datetime = NOON,
    where: Toponym = NEAR,
    mode: str | None = "weapons",
    plover: str = "MOBILIZE",
    quotes: Sequence[str] = ("It stood there.", "It stood there."),
    agreement: Agreement = ARMS,
) -> Assessment:
    case = incident(agents=["gov"], recipients=[], plover=plover, mode=mode, at=at, where=where)
    told = [armed(each.claim, weapon, quote) for each, quote in zip(case.versions, quotes, strict=True)]
    return judge(case, told, agreement=agreement)


def armed(claim: str, weapon: str, quote: str) -> Telling:
    instruments = (Role(words=weapon, actor=None),) if weapon else ()
    return replace(telling(claim, quote=quote, agents=["gov"], recipients=[]), instruments=instruments)


def test_a_gun_seen_in_its_zone_when_it_was_to_be_gone_is_a_violation() -> None:
    found = seen()
    assert (found.verdict, found.obligations, found.by) == (Verdict.VIOLATION, ("W1",), ("gov",))
    assert step(found, "Was it a weapon").startswith("yes | The weapon is told as “a 152 mm howitzer”")
    assert "was overdue from 2016-04-01" in step(found, "Was the duty overdue")


def test_before_the_day_it_is_due_the_same_gun_breaks_nothing() -> None:
    assert seen(at=DUE - timedelta(days=1)).verdict is Verdict.NOT_A_VIOLATION


def test_beyond_the_distance_the_same_gun_breaks_nothing() -> None:
    assert seen(where=place("Far", 36.5, 37.0)).verdict is Verdict.NOT_A_VIOLATION


def test_at_the_edge_of_the_distance_nothing_can_be_said() -> None:
    assert seen(where=place("Edge", 36.225, 37.0, radius_km=2)).verdict is Verdict.INSUFFICIENT


def test_a_place_within_the_slack_of_an_illustrative_zone_is_neither_in_nor_out() -> None:
    drawn = replace(PULL_BACK, zones=(replace(LINE, slack_km=5, illustrative=True),))
    agreement = replace(ARMS, obligations=(drawn,))
    found = seen(where=place("Inner", 36.19, 37.0), agreement=agreement)
    assert found.verdict is Verdict.INSUFFICIENT
    assert "drawn for illustration" in step(found, "Does the agreement apply there?")
    assert seen(agreement=agreement).verdict is Verdict.VIOLATION


@pytest.mark.parametrize(
    ("weapon", "wanted"),
    [
        ("an 82 mm mortar", Verdict.NOT_A_VIOLATION),
        ("a gun", Verdict.INSUFFICIENT),
        ("weapons", Verdict.INSUFFICIENT),
        ("", Verdict.INSUFFICIENT),
    ],
)
def test_another_weapon_is_not_meant_and_an_uncertain_one_decides_nothing(weapon: str, wanted: Verdict) -> None:
    assert seen(weapon=weapon).verdict is wanted


def test_troops_are_no_guns_and_a_gun_told_without_a_mode_is_one() -> None:
    assert seen(weapon="", mode="troops").verdict is Verdict.NOT_A_VIOLATION
    assert seen(mode=None).verdict is Verdict.VIOLATION


def test_drawing_back_is_what_the_term_asks_for() -> None:
    assert seen(plover="RETREAT", mode="withdraw").verdict is Verdict.NOT_A_VIOLATION


def test_a_weapon_that_one_origin_of_two_names_is_only_alleged() -> None:
    case = incident(agents=["gov"], recipients=[], plover="MOBILIZE", mode="weapons", where=NEAR)
    told = [armed("c-afp", "a howitzer", "It stood there."), armed("c-msf", "", "It stood there.")]
    assert judge(case, told, agreement=ARMS).verdict is Verdict.ALLEGED


def test_an_exception_claimed_is_contested_and_one_that_independent_origins_show_clears() -> None:
    claimed = seen(quotes=["It was on its way out.", "It stood there."])
    shown = seen(quotes=["It was on its way out.", "The gun was on its way out."])
    assert claimed.verdict is Verdict.CONTESTED
    assert "do not show that it was moving out" in step(claimed, "Was it on its way out?")
    assert shown.verdict is Verdict.NOT_A_VIOLATION
    assert step(shown, "Was it on its way out?").startswith("yes")


def test_an_exception_denied_in_the_same_breath_is_not_claimed() -> None:
    assert seen(quotes=["It was not on its way out.", "It stood there."]).verdict is Verdict.VIOLATION


def test_self_defence_needs_both_the_attack_before_and_the_measure() -> None:
    first = "They returned fire."
    both = "They returned fire, and only at the source of fire."
    case = incident()
    half = judge(case, [telling("c-afp", quote=first), telling("c-msf", quote=first)])
    whole = judge(case, [telling("c-afp", quote=both), telling("c-msf", quote=both)])
    assert half.verdict is Verdict.CONTESTED
    assert "no more force" in step(half, "Was it done in self-defence")
    assert whole.verdict is Verdict.NOT_A_VIOLATION


def test_a_term_ends_where_another_takes_its_place() -> None:
    old = replace(AGREEMENT.obligations[0], id="old", until=DUE)
    new = replace(AGREEMENT.obligations[0], id="new", begins=(DUE,))
    agreement = replace(AGREEMENT, obligations=(old, new))
    assert judge(incident(at=DUE - timedelta(days=2)), agreement=agreement).obligations == ("old",)
    assert judge(incident(at=DUE), agreement=agreement).obligations == ("new",)


def truce_with_acts(**changes: object) -> Agreement:
    truce = replace(AGREEMENT.local_truces[0], acts=(Act(plover="ASSAULT"),), **changes)  # type: ignore[arg-type]
    return replace(AGREEMENT, local_truces=(truce,))


def test_a_local_truce_without_acts_changes_no_verdict() -> None:
    case = incident(agents=["nusra"], at=MAY_5)
    found = judge(case)
    assert (found.verdict, found.local_truces) == (Verdict.NOT_A_VIOLATION, ("calm",))
    assert "names no act of its own" in step(found, "Was the local truce")


def test_a_local_truce_binds_whom_it_names_though_the_agreement_excludes_them() -> None:
    agreement = truce_with_acts(binds=("nusra",))
    found = judge(incident(agents=["nusra"], at=MAY_5), agreement=agreement)
    assert (found.verdict, found.obligations) == (Verdict.VIOLATION, ("calm",))
    after = judge(incident(agents=["nusra"], at=MAY_5 + timedelta(hours=48)), agreement=agreement)
    assert after.verdict is Verdict.NOT_A_VIOLATION
    elsewhere = incident(agents=["nusra"], at=MAY_5, where=place("Homs", 34.73, 36.72, admin1="Homs"))
    assert judge(elsewhere, agreement=agreement).verdict is Verdict.NOT_A_VIOLATION


def test_a_local_truce_never_excuses_what_the_agreement_prohibits() -> None:
    assert judge(incident(at=MAY_5), agreement=truce_with_acts(binds=("nusra",))).verdict is Verdict.VIOLATION


def everybody(**changes: object) -> Agreement:
    ceasefire = replace(AGREEMENT.obligations[0], id="P1", binds=("party",), protects=("any",))
    return replace(AGREEMENT, obligations=(ceasefire,), **changes)  # type: ignore[arg-type]


def test_where_nobody_is_excluded_force_against_nobody_named_breaks_a_term_that_protects_everybody() -> None:
    case = incident(agents=["gov"], recipients=[])
    assert judge(case, agreement=everybody()).verdict is Verdict.INSUFFICIENT
    assert judge(case, agreement=everybody(excluded=())).verdict is Verdict.VIOLATION


def accused_apart(agreement: Agreement) -> Incident:
    return incident(agents=["rebels", "gov"], recipients=[], contradictions=["agent"])


def test_both_sides_accused_of_one_act_is_contested_though_the_term_binds_both() -> None:
    found = judge(accused_apart(AGREEMENT), agreement=everybody(excluded=()))
    assert (found.verdict, found.finding) == (Verdict.CONTESTED, Finding.CONTESTED)


def test_an_outsider_is_neither_bound_nor_protected_unless_it_is_named() -> None:
    agreement = everybody(excluded=(), outsiders=(Listed(actor="nusra", source="its own word"),))
    by = judge(incident(agents=["nusra"]), agreement=agreement)
    on = judge(incident(agents=["gov"], recipients=["nusra"]), agreement=agreement)
    assert (by.verdict, by.finding) == (Verdict.NOT_A_VIOLATION, Finding.OTHER)
    assert on.verdict is Verdict.NOT_A_VIOLATION
    assert "It would be a violation if those acted against had accepted" in on.would_change
    named = replace(agreement.obligations[0], protects=("nusra",))
    case = incident(agents=["gov"], recipients=["nusra"])
    assert judge(case, agreement=replace(agreement, obligations=(named,))).verdict is Verdict.VIOLATION


def test_a_breach_that_a_term_calls_preparatory_or_not_is_named_so() -> None:
    moves = replace(AGREEMENT.obligations[0], acts=(Act(plover="MOBILIZE"),), protects=("any",))
    case = incident(plover="MOBILIZE", mode="troops", recipients=[])
    for called, wanted in ((None, Verdict.PREPARATORY), (True, Verdict.PREPARATORY), (False, Verdict.VIOLATION)):
        agreement = replace(AGREEMENT, obligations=(replace(moves, preparatory=called),))
        assert judge(case, agreement=agreement).verdict is wanted


def test_likelihood_is_never_more_than_the_weakest_needed_fact_carries() -> None:
    case = incident(told_by={"afp": None, "msf": None, "un": None}, grade="B1")
    assert judge(case).likelihood == "very likely"
    two = [telling("c-afp"), telling("c-msf"), telling("c-un", agents=[])]
    found = judge(case, two)
    assert (found.verdict, found.likelihood, found.confidence) == (Verdict.VIOLATION, "likely", "moderate")
    unsure = incident(told_by={"afp": None, "msf": None, "un": None}, grade="B1", where=replace(place(), chance=0.75))
    assert judge(unsure).likelihood == "likely"


def test_nothing_is_told_to_change_that_cannot_be_under_this_agreement() -> None:
    found = judge(incident(agents=["gov"], recipients=[]), agreement=everybody(excluded=()))
    assert "excluded group" not in found.would_change
    assert "exception" not in judge(incident(), agreement=without_exceptions()).would_change


def without_exceptions() -> Agreement:
    return replace(AGREEMENT, obligations=tuple(replace(each, exceptions=()) for each in AGREEMENT.obligations))


def test_an_assessment_can_be_read_aloud() -> None:
    aloud = judge(incident()).aloud
    assert aloud.startswith("What is told: Shelling at Zahraa. 2 independent origins tell it: afp and msf.")
    assert "We hold this to be a violation by Rebels, because" in aloud
    assert "That it happened so is likely. Our confidence in this is moderate." in aloud
    assert not any(sign in aloud for sign in ("O2a", "|", "c-afp"))


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        (place("In", 36.2, 37.2), Verdict.VIOLATION),
        (place("Out", 36.6, 37.2), Verdict.NOT_A_VIOLATION),
        (place("Across", 36.2, 37.2, radius_km=60, precision=Precision.AREA), Verdict.INSUFFICIENT),
    ],
)
def test_a_polygon_is_an_area_of_a_term(where: Toponym, wanted: Verdict) -> None:
    corners = ((36.0, 37.0), (36.0, 37.4), (36.4, 37.4), (36.4, 37.0))
    drawn = Zone(kind=ZoneKind.POLYGON, name="the square", points=corners)
    agreement = replace(AGREEMENT, obligations=(replace(AGREEMENT.obligations[0], zones=(drawn,)),))
    assert judge(incident(where=where), agreement=agreement).verdict is wanted


def test_a_list_of_settlements_holds_each_of_them_and_nothing_between() -> None:
    towns = (("A", 36.0, 37.0), ("B", 36.0, 37.5))
    parts = tuple(Zone(kind=ZoneKind.PLACE, name=n, lat=lat, lon=lon, radius_km=3) for n, lat, lon in towns)
    listed = Zone(kind=ZoneKind.SETTLEMENTS, name="two towns", parts=parts)
    agreement = replace(AGREEMENT, obligations=(replace(AGREEMENT.obligations[0], zones=(listed,)),))
    found = [judge(incident(where=place("X", 36.0, lon)), agreement=agreement).verdict for lon in (37.0, 37.25, 37.5)]
    assert found == [Verdict.VIOLATION, Verdict.NOT_A_VIOLATION, Verdict.VIOLATION]


def test_one_claim_is_confirmed_by_nobody_whomever_its_text_credits() -> None:
    case = incident(told_by={"paper": None})
    credited = tuple(replace(case.origins[0], id=f"origin:{each}", name=each) for each in ("a", "b"))
    assert judge(replace(case, origins=credited)).verdict is Verdict.ALLEGED


def test_an_accuser_quoted_by_name_is_partisan_whatever_origin_the_text_is_given() -> None:
    case = incident()
    quoted = [
        replace(telling(each.claim), chain=(Speaker(words="the army", kind="role", actor="army"),))
        for each in case.versions
    ]
    found = judge(case, quoted)
    assert (found.verdict, found.finding) == (Verdict.ALLEGED, Finding.NONE)


def test_a_group_counted_among_others_may_still_be_one_that_a_term_addresses() -> None:
    found = judge(incident(agents=["loner"]), actors={"loner": actor("loner", "other")})
    assert (found.verdict, found.finding) == (Verdict.INSUFFICIENT, Finding.OTHER)


@pytest.mark.parametrize(
    ("lat", "country", "precision", "wanted"),
    [
        (36.64, "TR", Precision.NEAR, Verdict.INSUFFICIENT),  # across the border from where its centre lies
        (36.58, "SY", Precision.NEAR, Verdict.INSUFFICIENT),
        (36.58, "SY", Precision.SETTLEMENT, Verdict.VIOLATION),  # a town lies where it lies
        (36.30, "SY", Precision.NEAR, Verdict.VIOLATION),
        (37.20, "TR", Precision.NEAR, Verdict.NOT_A_VIOLATION),
    ],
)
def test_words_that_reach_across_a_border_decide_nothing(
    lat: float, country: str, precision: Precision, wanted: Verdict
) -> None:
    strip = place("strip", lat, 37.07, radius_km=8, country=country, precision=precision)
    assert judge(incident(where=strip)).verdict is wanted
