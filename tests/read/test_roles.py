"""Evidence from a tagger goes to the right act, and to none where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from truceline.model.claim import Claim
from truceline.model.span import Span
from truceline.read.reader import Reader
from truceline.read.roles import KindSpan, Role, RoleSpan
from truceline.testing import doc

TWO_ACTS = "A bomb damaged the bank in Salma. The police said that the Red Dawn cell had fled."


@dataclass(frozen=True)
class Marked:
    """Invented evidence: words with a role, sentences with a kind."""

    text: str
    marks: tuple[tuple[str, Role, float], ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    name: str = "marked-1"

    def roles(self, doc: Any) -> Sequence[RoleSpan]:
        return [RoleSpan(span=self._span(words), role=role, chance=chance) for words, role, chance in self.marks]

    def kinds(self, doc: Any) -> Sequence[KindSpan]:
        return [KindSpan(span=self._span(words), kind=kind) for words, kind in self.types]

    def _span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))


def claim_with(text: str, trigger: str, **evidence: Any) -> Claim:
    reader = Reader(actors=(), places=(), countries=(), timezone="UTC", evidence=Marked(text, **evidence))
    claims = reader.read(doc(text)).claims
    return next(each for each in claims if each.trigger.span.of(text) == trigger)


def words(text: str, participants: Sequence[Any]) -> list[str]:
    return [each.span.of(text) for each in participants]


def test_a_marked_agent_joins_the_act_of_its_sentence_in_the_very_words_marked() -> None:
    text = "After the raid by night the men of the Red Dawn attacked the mill."
    claim = claim_with(text, "raid", marks=(("men of the Red Dawn", Role.AGENT, 0.7),))
    assert words(text, claim.agents) == []
    attacked = claim_with(text, "attacked", marks=(("men of the Red Dawn", Role.AGENT, 0.7),))
    assert words(text, attacked.agents) == ["the men of the Red Dawn"]


def test_a_marked_agent_of_the_next_sentence_joins_the_act_before_it() -> None:
    claim = claim_with(TWO_ACTS, "damaged", marks=(("Red Dawn cell", Role.AGENT, 0.7),))
    assert words(TWO_ACTS, claim.agents) == ["Red Dawn cell"]
    assert words(TWO_ACTS, claim.recipients) == ["the bank"]


@pytest.mark.parametrize(("chance", "recipients"), [(0.5, ["the bank"]), (0.95, [])])
def test_the_rules_answer_stays_unless_the_evidence_is_surer(chance: float, recipients: list[str]) -> None:
    claim = claim_with(TWO_ACTS, "damaged", marks=(("the bank", Role.INSTRUMENT, chance),))
    assert words(TWO_ACTS, claim.recipients) == recipients


def test_a_sentence_marked_with_a_kind_narrows_a_word_for_any_violence() -> None:
    text = "The attack on the pipeline cut the supply. The drill in the yard went on."
    claim = claim_with(text, "attack", types=(("The attack on the pipeline cut the supply.", "explosion"),))
    assert claim.trigger.type.mode == "explosives"


def test_evidence_without_an_act_of_force_nearby_changes_nothing() -> None:
    text = "The council met on Monday. The harvest was good."
    plain = Reader.default().read(doc(text)).claims
    marks = (("harvest", Role.RECIPIENT, 1.0),)
    marked = Reader(actors=(), places=(), countries=(), timezone="UTC", evidence=Marked(text, marks=marks))
    assert marked.read(doc(text)).claims == plain


def test_a_reader_with_evidence_reads_under_another_fingerprint() -> None:
    plain = Reader.default()
    marked = Reader(actors=(), places=(), countries=(), timezone="UTC", evidence=Marked("x"))
    assert marked.fingerprint != plain.fingerprint
