"""Whatever was once published is told of: older claims, former incidents, documents and their versions."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from corrected_world import FOUR, MORE, SIX, article, bring, watched

from truceline.cli.account import account_of
from truceline.cli.past import tell_past
from truceline.publish.datasets import claims_csv
from truceline.publish.explain import explain
from truceline.publish.lookup import look_up
from truceline.publish.pages import document_page, incident_page
from truceline.publish.versions_csv import versions_csv
from truceline.store.register import Register
from truceline.store.sqlite import open_register
from truceline.testing import NOON

DOCTOR = "Gunmen kidnapped a doctor in Idlib city on Sunday. "


@dataclass(frozen=True)
class Held:
    """A register after a correction, and the ids of what it held before, by a word of the claim or its incident."""

    register: Register
    claims: dict[str, str]
    incidents: dict[str, str]

    def told(self, id: str) -> str:
        told = tell_past(id, self.register, self.register.owners(), "Asia/Damascus")
        assert told is not None
        return " ".join(told.split())


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    with open_register(tmp_path_factory.mktemp("past") / "register", now=NOON, writing=True) as register:
        daily = article(SIX + MORE, id="daily-1", after=3, publisher="Harbour Daily")
        bring(register, [article(SIX + MORE + DOCTOR), daily])
        owners = register.owners()
        told = {each.trigger: each.claim for each in register.tellings() if each.document == "wire-1"}
        incidents = {word: owners[claim] for word, claim in told.items() if claim in owners}
        note = "\n\nCorrection: An earlier version of this article misstated the number of dead."
        bring(register, [article(FOUR + MORE + note, after=19)])
        yield Held(register=register, claims=told, incidents=incidents)


def test_a_changed_claim_tells_what_changed_it_and_where_its_successor_stands(held: Held) -> None:
    told = held.told(held.claims["killed"])
    now = held.register.incidents()[0].id
    assert "(toll: 6 killed → 4 killed)" in told
    assert "version 2 of wire-1" in told.lower()
    assert f"is in {now}." in told
    assert "An earlier version of this article misstated" in told


def test_a_withdrawn_claim_and_its_former_incident_tell_which_version_withdrew_it(held: Held) -> None:
    told = held.told(held.claims["kidnapped"])
    assert "“Gunmen kidnapped a doctor in Idlib city on Sunday.”" in told
    assert "Version 2 of wire-1 withdrew it" in told
    assert "Nothing takes its place." in told
    assert f"It stood in {held.incidents['kidnapped']}" in told
    assert "Version 2 of wire-1 withdrew it" in held.told(held.incidents["kidnapped"])


def test_a_former_incident_leads_to_the_one_that_its_corrected_claims_are_in(held: Held) -> None:
    assert f"is now in {held.register.incidents()[0].id}" in held.told(held.incidents["killed"])


def test_a_document_shows_its_versions_and_what_each_did(held: Held) -> None:
    told = held.told("wire-1")
    assert "version 1, 3 May 2016" in told
    assert "version 2, 4 May 2016" in told
    assert "changed" in told
    assert "withdrawn" in told


def test_an_incident_shows_what_is_no_longer_said_and_who_keeps_to_it(held: Held) -> None:
    incident = held.register.incidents()[0]
    mission = watched()
    at_the_terminal = "\n".join(account_of(incident, held.register.view_of(incident.id, mission)))
    in_plain_text = " ".join(explain(incident.id, held.register.view(mission)).split())
    for told in (at_the_terminal, in_plain_text):
        assert "No longer said" in told
        assert "Its origin, wire-1, has since changed this (toll: 6 killed → 4 killed)" in told


def test_the_pages_and_tables_carry_the_versions(held: Held) -> None:
    lookup = look_up(held.register.view(watched()))
    incident, document = lookup.view.incidents[0], lookup.documents["wire-1"]
    page = incident_page(incident, lookup, paged=frozenset({incident.id}), documents=frozenset())
    assert "No longer said" in page
    assert "Still said by <bdi>Harbour Daily</bdi>" in page
    beside = document_page(document, lookup, paged=frozenset(), documents=frozenset())
    assert '<del class="withdrawn" title="withdrawn">Gunmen kidnapped a doctor' in beside
    assert '<mark class="changed" title="changed">Shells killed four people' in beside
    assert f"{held.claims['kidnapped']}" in versions_csv(lookup)
    assert ",origin_changed_by" in claims_csv(lookup)


def test_an_id_that_never_was_is_told_of_by_nobody(held: Held) -> None:
    assert tell_past("cffffffffffff", held.register, held.register.owners(), "Asia/Damascus") is None
    assert tell_past("inc-ffffffffffff", held.register, held.register.owners(), "Asia/Damascus") is None
