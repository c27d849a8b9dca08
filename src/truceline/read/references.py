"""Whom all the words of a text mean that name an actor or stand for one, settled once for the whole reading."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from truceline.kit.fold import fold_name
from truceline.kit.nearby import Nearby
from truceline.model.actor import ActorKind
from truceline.model.mention import Manner, Mention, MentionType, Reference
from truceline.model.span import Span
from truceline.read.actors import ActorHit, ActorIndex
from truceline.read.actors_discourse import POSSESSIVE, PRONOUNS, Discourse, Told
from truceline.read.actors_phrases import Phrase, Phrases
from truceline.read.actors_seats import acts
from truceline.read.actors_shorts import Short, find_again, find_shorts
from truceline.read.actors_tables import STATE, nations, organ_nouns, words_of
from truceline.read.places_words import Word
from truceline.read.places_words import words_of as words_in
from truceline.vocab.actors import roles

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

NAMERS = frozenset({MentionType.PERSON, MentionType.ORGANISATION})
RECENT = 2  # sentences back in which the state that the text is about was last named
ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Names with whom they mean in this text, what else stands for somebody, and its acronyms.

    `places` are the names of seats that here are places.
    """

    hits: tuple[ActorHit, ...]
    references: tuple[Reference, ...] = ()
    shorts: tuple[Short, ...] = ()
    places: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Found:
    references: list[Reference] = field(default_factory=list)

    def add(self, span: Span, manner: Manner, actor: str | None, reason: str, stands_for: str | None = None) -> None:
        self.references.append(Reference(span=span, manner=manner, actor=actor, reason=reason, stands_for=stands_for))


def settle(
    doc: "Doc", index: ActorIndex, hits: Sequence[ActorHit], *, on: date | None, publisher: str | None
) -> Settled:
    """What the names found in a text mean there, and who is meant by what names nobody itself."""
    text, words = doc.text, words_in(doc.text)
    found = _Found()
    shorts = tuple(find_shorts(text, hits, index.acronyms))
    hits = _with_shorts(text, hits, shorts, found)
    phrases = Phrases(words, index, hits, on, lambda word: _modifies(doc, word))
    told = [*phrases.of_nations(), *phrases.of_names()]
    hits = _outside(hits, told)
    hits = [hit for hit in hits if not _is_namesake(doc, index, hit)]
    places = tuple(hit.span for hit in hits if hit.is_seat and not acts(doc, hit.span))
    hits = [hit for hit in hits if hit.span not in places]
    reader = _Reader(doc, index, phrases, on, publisher, found)
    settled = reader.read(hits, told, list(phrases.bare()))
    return Settled(
        hits=tuple(settled),
        references=tuple(sorted(found.references, key=lambda each: each.span)),
        shorts=shorts,
        places=places,
    )


def _is_namesake(doc: "Doc", index: ActorIndex, hit: ActorHit) -> bool:
    """'Zahran Alloush' where the registry knows another Alloush: a surname behind a first name that is not his."""
    phrase = doc.char_span(hit.span.start, hit.span.end)
    if " " in hit.alias or phrase is None or index.actors[hit.actor_id].kind is not ActorKind.PERSON:
        return False
    token, before = phrase.root, phrase.start - 1
    if before < 0 or doc[before].head is not token or doc[before].dep_ != "compound" or doc[before].pos_ != "PROPN":
        return False
    key = fold_name(doc[before].text)
    return bool(key) and key not in words_of("titles") | roles() and key not in nations() and not index.is_name(key)


def _modifies(doc: "Doc", word: Word) -> bool:
    """Whether a word only stands before a noun and belongs to it ('state' of 'state television')."""
    phrase = doc.char_span(word.start, word.end)
    if phrase is None or not len(phrase):
        return False
    token = phrase[len(phrase) - 1]
    return token.dep_ in {"compound", "nmod", "amod"} and token.head.i > token.i and word.whole is None


def _with_shorts(text: str, hits: Sequence[ActorHit], shorts: Sequence[Short], found: _Found) -> list[ActorHit]:
    """Every introduced acronym means what it was introduced for, whatever the registry takes it for."""
    again = list(find_again(text, shorts))
    taken = Nearby([span for span, _ in again], lambda span: (span,))
    kept = [
        hit
        for hit in hits
        if not any(span.start <= hit.span.start and hit.span.end <= span.end for span in taken.around(hit.span))
    ]
    longer = Nearby([hit.span for hit in kept], lambda span: (span,))
    for span, short in again:
        if any(each.covers(span) for each in longer.around(span)):
            continue
        if short.actor is not None:
            kept.append(ActorHit(span=span, actor_id=short.actor, alias=short.full.of(text)))
        full = short.full.of(text)
        found.add(span, Manner.ACRONYM, short.actor, f"introduced for '{full}'", full)
    return sorted(kept, key=lambda hit: hit.span)


def _outside(hits: Sequence[ActorHit], phrases: Sequence[Phrase]) -> list[ActorHit]:
    """Names without those that are part of longer words for somebody else ('UN envoy' of 'Russia's UN envoy')."""
    near = Nearby(phrases, lambda phrase: (phrase.span,))
    return [
        hit
        for hit in hits
        if hit.is_country
        or not any(
            phrase.span.covers(hit.span)
            and phrase.manner is not Manner.LABEL
            and (phrase.actor != hit.actor_id or len(phrase.span) > len(hit.span))
            for phrase in near.around(hit.span)
        )
    ]


class _Reader:
    """Goes through a text in its order, remembering who has been told of."""

    def __init__(
        self, doc: "Doc", index: ActorIndex, phrases: Phrases, on: date | None, publisher: str | None, found: _Found
    ) -> None:
        self.doc, self.index, self.phrases, self.on, self.found = doc, index, phrases, on, found
        self.discourse = Discourse(doc, index)
        self.home = _home_of(index, publisher)
        self._nations = [(phrases.words[each.first].start, each.prefix) for each in phrases.nations()]
        self._owners: dict[Span, Told] = {}
        self._defaults: dict[int, ActorHit] = {}

    def read(self, hits: Sequence[ActorHit], told: Sequence[Phrase], bare: Sequence[Phrase]) -> list[ActorHit]:
        """The hits that stand, each with its actor in this text."""
        self._nations += [(hit.span.start, hit.actor_id.split(".")[0]) for hit in hits if hit.may_be_place]
        self._defaults = {hit.span.end: hit for hit in hits if hit.is_generic}
        known = {hit.span.start for hit in hits}
        settled: list[ActorHit] = []
        for step in self._steps(hits, told, bare, known):
            if isinstance(step, ActorHit):
                settled.extend(self._name(step, known))
            elif not isinstance(step, Phrase):
                self._pronoun(step)
            elif step.actor is not None:
                self._told(step)
            else:
                settled.extend(self._bare(step))
        return sorted(settled, key=lambda hit: hit.span)

    def _steps(
        self, hits: Sequence[ActorHit], told: Sequence[Phrase], bare: Sequence[Phrase], known: Container[int]
    ) -> "list[ActorHit | Phrase | Token]":
        """All that names or stands for somebody, in the order of the text, a pronoun before what it owns."""
        named = [hit for hit in hits if not hit.is_generic]
        spans = [*(each.span for each in told), *(each.span for each in named)]
        covered = Nearby(spans, lambda span: (span,))
        free = [each for each in bare if not any(span.overlaps(each.span) for span in covered.around(each.span))]
        countries = (hit for hit in self.phrases.states() if hit.span.start not in known and acts(self.doc, hit.span))
        steps: list[tuple[int, int, ActorHit | Phrase | Token]] = []
        steps += [(hit.span.start, 0, hit) for hit in named]
        steps += [(hit.span.start, 0, hit) for hit in countries]
        steps += [(each.span.start, 1, each) for each in told]
        steps += [(token.idx, 2, token) for token in self.doc if token.lower_ in PRONOUNS]
        steps += [(each.span.start, 3, each) for each in (*free, *self._generic(free))]
        return [step for _, _, step in sorted(steps, key=lambda each: each[:2])]

    def _generic(self, free: Sequence[Phrase]) -> Iterator[Phrase]:
        """Descriptions that only the registry knows as a name of somebody ('army units')."""
        seen, text = {each.span.end for each in free}, self.doc.text
        for end, hit in self._defaults.items():
            if end not in seen:
                folded = tuple(hit.span.of(text).casefold().split())
                yield Phrase(span=hit.span, actor=None, manner=Manner.DESCRIPTION, noun=folded[-1], folded=folded)

    def _name(self, hit: ActorHit, known: Container[int]) -> Iterator[ActorHit]:
        """A name told of; a country that the registry does not name as an actor is only remembered."""
        self.discourse.tell(hit.span, hit.actor_id, hit.alias)
        if hit.span.start in known:
            yield hit

    def _told(self, phrase: Phrase) -> None:
        words = phrase.span.of(self.doc.text)
        assert phrase.actor is not None
        self.discourse.tell(phrase.span, phrase.actor, words, labelled=phrase.manner is Manner.LABEL)
        self.found.add(phrase.span, phrase.manner, phrase.actor, "by the words themselves")

    def _pronoun(self, token: "Token") -> None:
        span = Span(token.idx, token.idx + len(token.text))
        owns = token.lower_ in POSSESSIVE and token.head.lower_ in {*organ_nouns(), "force"}
        told, reason = self.discourse.taken_up(token, owns_organ=owns)
        if told is not None:
            self.discourse.tell(span, told.actor, told.name, pronoun=True)
            self._owners[span] = told
        self.found.add(span, Manner.PRONOUN, None if told is None else told.actor, reason)

    def _bare(self, phrase: Phrase) -> Iterator[ActorHit]:
        default = self._defaults.get(phrase.span.end)
        token = self._token(phrase.span)
        actor, reason = self._meant(phrase, token) if token is not None else (None, "")
        if actor is None and default is not None and phrase.owner is None:
            actor, reason = default.actor_id, "whom the mission means by these words"
        if actor is not None:
            self.discourse.tell(phrase.span, actor, phrase.span.of(self.doc.text))
        if default is not None and actor is not None:
            yield replace(default, actor_id=actor)
        if actor is not None or phrase.noun not in words_of("labels"):
            self.found.add(phrase.span, Manner.DESCRIPTION, actor, reason)

    def _token(self, span: Span) -> "Token | None":
        phrase = self.doc.char_span(span.start, span.end)
        return phrase.root if phrase is not None and len(phrase) else None

    def _meant(self, phrase: Phrase, token: "Token") -> tuple[str | None, str]:
        if phrase.owner is not None:
            return self._owned(phrase)
        told = self.discourse.described(phrase.folded, token)
        if told is not None:
            return told.actor, f"takes up '{told.span.of(self.doc.text)}'"
        words = " ".join(phrase.folded)
        if words not in words_of("institutions"):
            return None, "nobody named before is plainly meant"
        for prefix, reason in self._states(token):
            actor = self._of_state(prefix, words)
            if actor is not None:
                return actor, reason
        return None, "no state is plainly meant"

    def _owned(self, phrase: Phrase) -> tuple[str | None, str]:
        """'its air force': an organ of whom the pronoun takes up."""
        owner = self._owners.get(phrase.owner) if phrase.owner is not None else None
        if owner is None:
            return None, "whose is not told"
        if not owner.actor.endswith(STATE):
            return None, "no organ of a state"
        actor = self._of_state(owner.actor.split(".", 1)[0], " ".join(phrase.folded))
        return actor, f"of '{owner.name}', whom the pronoun takes up"

    def _of_state(self, prefix: str, words: str) -> str | None:
        held = self.index.holder(prefix, words, self.on)
        return held.actor if held is not None else self.index.organ(prefix, words)

    def _states(self, token: "Token") -> Iterator[tuple[str, str]]:
        """Whose institutions are meant: the publisher's own state's, else those of the only one named just before."""
        if self.home is not None:
            yield self.home, "of the state that the publisher belongs to"
        sentences = self.doc.sents
        at = self.discourse.sentence_of(token)
        since = sentences[max(0, at - RECENT)].start_char
        named = {prefix for start, prefix in self._nations if since <= start < token.idx}
        if len(named) == 1:
            yield named.pop(), "of the only state named just before"


def _home_of(index: ActorIndex, publisher: str | None) -> str | None:
    """The state whose own the publisher is: a ministry, a state's news agency."""
    actor = index.named(publisher, None) if publisher else None
    if actor is None:
        return None
    owners = (actor, *(each.of for each in index.actors[actor].memberships))
    return next((each.split(".", 1)[0] for each in owners if each.endswith(STATE)), None)


def with_references(
    mentions: Sequence[Mention], references: Sequence[Reference], hits: Sequence[ActorHit], text: str
) -> tuple[tuple[Mention, ...], tuple[Reference, ...]]:
    """Mentions with the actors that references and names at their ends tell, and the references that are no mention."""
    by_span = {bare_span(each.span, text): each for each in references}
    names = [hit for hit in hits if not hit.may_be_place]
    by_end = {hit.span.end: hit for hit in names}
    near = Nearby(names, lambda hit: (hit.span,))
    told: dict[Mention, None] = {}
    used: set[Span] = set()
    for each in mentions:
        mention = _whole(each, near, text)
        bare = bare_span(mention.span, text)
        known = by_span.get(bare) if mention.type in NAMERS else None
        actor = mention.actor
        if known is not None:
            used.add(bare)
            actor = known.actor or actor
        elif mention.type in NAMERS and actor is None:
            actor = _described_name(bare, by_end.get(bare.end), text)
        told[replace(mention, actor=actor, stands_for=None if known is None else known.stands_for)] = None
    return tuple(told), tuple(each for each in references if bare_span(each.span, text) not in used)


def _whole(mention: Mention, names: Nearby[ActorHit], text: str) -> Mention:
    """With the rest of a name that it was cut out of ('The Nusra' of 'The Nusra Front')."""
    if mention.type not in NAMERS or mention.actor is not None:
        return mention
    bare = bare_span(mention.span, text)
    for hit in names.around(bare):
        if hit.span.covers(bare) and len(hit.span) > len(bare):
            span = Span(min(mention.span.start, hit.span.start), hit.span.end)
            return replace(mention, span=span, actor=hit.actor_id)
    return mention


def _described_name(bare: Span, hit: ActorHit | None, text: str) -> str | None:
    """'separatist PKK', 'Kurdish YPG': a name behind small words or a nationality that say what it is like."""
    if hit is None or hit.span.start < bare.start:
        return None
    before = text[bare.start : hit.span.start].split()
    plain = all(each.islower() and each.isalpha() for each in before)
    return hit.actor_id if plain and not set(before) & _LINKS else None


_LINKS = frozenset({"of", "for", "in", "at", "from", "by", "with", "and", "or", "to", "s"})


def bare_span(span: Span, text: str) -> Span:
    """Without its article."""
    words = span.of(text).lower()
    cut = next((len(each) for each in ARTICLES if words.startswith(each) and len(words) > len(each)), 0)
    return Span(span.start + cut, span.end)
