from dataclasses import replace
from datetime import date

from judge_makers import ACTORS, AGREEMENT, actor

from truceline.judge.parties import Registry, Stand, find_standing
from truceline.model.actor import Actor, ActorKind, DatedName, Membership, Period, Status
from truceline.model.agreement import Acceptance, Agreement, Excluded, Listed

MAY = date(2016, 5, 5)


def registry(*actors: Actor, day: date | None = MAY, agreement: Agreement = AGREEMENT) -> Registry:
    return Registry(actors={**ACTORS, **{each.id: each for each in actors}}, agreement=agreement, day=day)


def stand(id: str, *actors: Actor, day: date | None = MAY, agreement: Agreement = AGREEMENT) -> Stand:
    return find_standing(id, registry(*actors, day=day, agreement=agreement)).stand


def test_nobody_is_a_party_by_guess() -> None:
    assert stand("stranger") is Stand.UNKNOWN
    assert stand("loner", actor("loner", "opposition")) is Stand.UNKNOWN


def test_an_exclusion_outweighs_an_acceptance() -> None:
    accepted = replace(AGREEMENT, parties=(Acceptance(actor="nusra", accepted=None, source="its own word"),))
    assert stand("nusra", agreement=accepted) is Stand.EXCLUDED


def test_an_exclusion_holds_from_its_day() -> None:
    later = replace(AGREEMENT, excluded=(Excluded(actor="isil", since=date(2016, 5, 6), source="a decision"),))
    assert stand("isil", agreement=later) is Stand.UNKNOWN
    assert stand("isil", day=date(2016, 5, 6), agreement=later) is Stand.EXCLUDED


def test_who_withdrew_is_no_party_any_more() -> None:
    left = Acceptance(actor="gov", accepted=date(2016, 2, 23), withdrew=MAY, source="a statement")
    agreement = replace(AGREEMENT, parties=(left,))
    assert stand("gov", day=date(2016, 5, 4), agreement=agreement) is Stand.PARTY
    assert stand("gov", agreement=agreement) is Stand.OUTSIDER


def test_who_accepts_again_is_a_party_again() -> None:
    left = Acceptance(actor="gov", accepted=date(2016, 2, 23), withdrew=date(2016, 3, 1), source="a statement")
    back = Acceptance(actor="gov", accepted=MAY, source="another statement")
    agreement = replace(AGREEMENT, parties=(left, back))
    found = [stand("gov", day=date(2016, month, 4), agreement=agreement) for month in (2, 3, 5, 6)]
    assert found == [Stand.OUTSIDER, Stand.OUTSIDER, Stand.OUTSIDER, Stand.PARTY]
    assert stand("gov", day=date(2016, 2, 29), agreement=agreement) is Stand.PARTY


def test_unknown_acceptance_and_none_are_kept_apart() -> None:
    agreement = replace(
        AGREEMENT,
        unknown=(Listed(actor="loner", source="a guess"),),
        outsiders=(Listed(actor="stranger", source="its own word"),),
    )
    assert stand("loner", actor("loner", "opposition"), agreement=agreement) is Stand.UNKNOWN
    assert stand("stranger", agreement=agreement) is Stand.OUTSIDER


def test_an_exclusion_ends_on_its_day() -> None:
    ended = replace(AGREEMENT, excluded=(Excluded(actor="isil", since=None, until=MAY, source="a decision"),))
    assert stand("isil", day=date(2016, 5, 4), agreement=ended) is Stand.EXCLUDED
    assert stand("isil", agreement=ended) is Stand.UNKNOWN


def test_a_status_of_its_own_outweighs_the_parent() -> None:
    assert stand("doubter", actor("doubter", of=["rebels"], status=Status.UNKNOWN)) is Stand.UNKNOWN


def test_belonging_to_a_party_and_to_an_excluded_group_leaves_it_unknown() -> None:
    found = find_standing("both", registry(actor("both", of=["rebels", "nusra"])))
    assert found.stand is Stand.UNKNOWN
    assert "several that stand differently" in found.because


def test_a_membership_counts_only_while_it_holds() -> None:
    left = Actor(
        id="turncoat",
        name="Turncoat",
        kind=ActorKind.ARMED_GROUP,
        memberships=(Membership(of="isil", period=Period(until=date(2016, 4, 1))),),
    )
    assert stand("turncoat", left, day=date(2016, 3, 31)) is Stand.EXCLUDED
    assert stand("turncoat", left) is Stand.UNKNOWN


def test_a_coalition_declared_unknown_is_mixed_when_a_member_is_excluded() -> None:
    declared = actor("fatah", "opposition", kind=ActorKind.COALITION, status=Status.UNKNOWN)
    assert stand("fatah", declared) is Stand.MIXED


def test_a_coalition_of_parties_alone_is_a_party() -> None:
    union = actor("union", kind=ActorKind.COALITION)
    assert stand("union", union, actor("left", of=["union"], status=Status.PARTY)) is Stand.PARTY


def test_a_circle_of_memberships_ends() -> None:
    one, other = actor("one", of=["other"]), actor("other", of=["one"])
    assert registry(one, other).lineage("one") == ("one", "other")


def test_a_side_is_inherited_from_the_nearest_that_has_one() -> None:
    assert registry().sides("army") == {"government"}
    assert registry().sides("stranger") == frozenset()


def test_a_name_is_the_one_borne_on_the_day() -> None:
    renamed = replace(ACTORS["nusra"], names=(DatedName(name="Fatah al-Sham", period=Period(since=MAY)),))
    assert registry(renamed).name("nusra") == "Fatah al-Sham"
    assert registry(renamed, day=date(2016, 5, 4)).name("nusra") == "Nusra"
