"""What kind of speaker a source is, and which actor the words point to."""

from datetime import date
from typing import TYPE_CHECKING

from truceline.model.actor import ActorKind
from truceline.model.attribution import SpeakerKind
from truceline.model.span import Span
from truceline.read.actors import ActorGuess, ActorIndex
from truceline.read.cues import Cues
from truceline.read.references import Settled, bare_span
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

PERSONAL = frozenset({"he", "she", "him", "her", "his", "who"})
GROUPS = frozenset({"it", "they", "them", "its", "their"})


class Speakers:
    """Resolves words to actors in one document, remembering who was named before.

    `day` is the day on which names and memberships must hold, None when the document is undated.
    """

    def __init__(self, doc: "Doc", actors: ActorIndex, cues: Cues, settled: Settled, day: date | None) -> None:
        self.doc = doc
        self.actors = actors
        self.cues = cues
        self.hits = settled.hits
        self.day = day
        self._known = {bare_span(each.span, doc.text): each for each in settled.references}
        self._places = frozenset(settled.places)
        self._shorts = {each.acronym: each.actor for each in settled.shorts if each.actor is not None}
        self._last: dict[str, str] = {}

    def guess(self, span: Span, *, whole: Span | None = None, speaks: bool = False) -> ActorGuess:
        """Which actor the words over `span` name, or none with the reason.

        `whole` is the phrase they belong to. 'It' and 'they' are followed back only for somebody who `speaks`:
        as a participant they may stand for anything.
        """
        bare = bare_span(whole or span, text_of(self.doc))
        known = self._known.get(bare)
        if known is not None and known.actor is not None:
            return self._remember(ActorGuess(actor=known.actor, reason=known.reason))
        if bare in self._places:
            return ActorGuess(actor=None, reason="the place, not whom it seats")
        words = (whole or span).of(text_of(self.doc))
        pronoun = words.strip().lower()
        if pronoun in GROUPS and not speaks:
            return ActorGuess(actor=None, reason="a pronoun that may stand for anything")
        if pronoun in PERSONAL | GROUPS:
            return self._pronoun(pronoun, span)
        found = self.actors.resolve(words, on=self.day, document_hits=self.hits, shorts=self._shorts, before=span.start)
        return self._remember(found)

    def _remember(self, found: ActorGuess) -> ActorGuess:
        if found.actor is not None:
            person = self.actors.actors[found.actor].kind is ActorKind.PERSON
            self._last["person" if person else "group"] = found.actor
        return found

    def _pronoun(self, word: str, span: Span) -> ActorGuess:
        """Who was named or spoke last before the pronoun."""
        kind = "person" if word in PERSONAL else "group"
        actor = self._last.get(kind) or self._last_named(span, kind)
        reason = f"'{word}' taken for the last one named" if actor else f"'{word}': nobody named before"
        return ActorGuess(actor=actor, reason=reason, runners_up=())

    def _last_named(self, span: Span, kind: str) -> str | None:
        before = (hit.actor_id for hit in reversed(self.hits) if hit.span.end <= span.start)
        return next((actor for actor in before if self._is_kind(actor, kind)), None)

    def _is_kind(self, actor: str, kind: str) -> bool:
        known = self.actors.actors.get(actor)
        return known is not None and (known.kind is ActorKind.PERSON) == (kind == "person")

    def kind_of(self, span: Span, head: "Token | None", actor: str | None) -> SpeakerKind:
        """PolNeAR-style kind of the source: who speaks, as far as the words say."""
        lemma = "" if head is None else head.lemma_.lower()
        lower = "" if head is None else head.lower_
        if lemma in self.cues.documents or lower in self.cues.documents:
            return SpeakerKind.DOCUMENT
        if lower in self.cues.anonymous and not _has_name(span, self.doc):
            return SpeakerKind.ANONYMOUS
        if lower in self.cues.collective or lemma in self.cues.collective:
            return SpeakerKind.COLLECTIVE
        if actor is None and lemma in self.cues.roles and not _has_name(span, self.doc):
            return SpeakerKind.ROLE
        if actor is None and head is not None and head.pos_ not in {"PROPN", "PRON"}:
            return SpeakerKind.COLLECTIVE if head.tag_ == "NNS" else SpeakerKind.ROLE
        return SpeakerKind.NAMED


def _has_name(span: Span, doc: "Doc") -> bool:
    """Whether a person or organisation is named inside the words ('Syrian sources' names nobody)."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens is not None and any(token.ent_type_ in {"PERSON", "ORG"} for token in tokens)
