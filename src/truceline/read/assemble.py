"""Found parts put together into claims: whose words, what, who, where, when, how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from truceline.errors import Problem
from truceline.kit.hashing import content_id
from truceline.kit.nearby import Nearby
from truceline.model.attribution import Attribution, SpeakerKind
from truceline.model.claim import Claim, EventType, Evidence, Horizon, Mood, Participant, Trigger
from truceline.model.document import Document
from truceline.model.mention import Label, LabelKind
from truceline.model.place import Toponym
from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.model.when import TimexType, When
from truceline.read.attribution_relation import Relation
from truceline.read.certainty import weigh
from truceline.read.certainty_words import Words, load_colours
from truceline.read.cues import Cues
from truceline.read.events import Found, words_of
from truceline.read.evidence import evidence_of, load_grounds
from truceline.read.horizon import AHEAD, horizon_of, said_at
from truceline.read.lexicon import Lexicon
from truceline.read.outcomes import Harms
from truceline.read.sentences import extent_of, span_of, text_of
from truceline.read.settings import NO_DAY, days_of_no_calendar, heading_time, line_before, place_of, time_of
from truceline.read.speakers import Speakers
from truceline.read.stances import DISTANCING, FALSIFYING, colour_of, find_themselves, stances_of

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

MARKS = ' \n\t“”"«»,;:'
UNTYPED = EventType(plover=None)
# Labels that stand in the place of a name; praise and blame beside a name leave it a name.
NAMES = frozenset(
    {LabelKind.NAME_CALLING, LabelKind.DEHUMANISING, LabelKind.GLORIFYING, LabelKind.BANDWAGON, LabelKind.DOUBT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything found in one document, ready to be assembled.

    `passed_over` are words that tell an event by evidence alone; they bear no harm and are of no kind. `mistaken` are
    days that no calendar has: an event told on one happened nobody knows when.
    """

    doc: "Doc"
    document: Document
    relations: Sequence[Relation]
    events: Sequence[Found]
    places: Sequence[Toponym]
    times: Sequence[When]
    quantities: Sequence[Quantity]
    labels: Sequence[Label]
    published: When | None
    passed_over: Sequence[Found] = ()
    mistaken: Sequence[Problem] = ()


def attributions_of(parts: Parts, speakers: Speakers) -> tuple[Attribution, ...]:
    """The relations as attributions: speakers resolved, nesting by whose content holds whose cue."""
    stated = stated_times(parts.times)
    made = [_attribution(index, relation, parts, speakers, stated) for index, relation in enumerate(parts.relations)]
    index = Nearby(made, lambda each: each.content)
    return tuple(replace(each, parent=_parent(each, index)) for each in made)


Stated: TypeAlias = Nearby[tuple[int, When]]


def stated_times(times: Sequence[When]) -> Stated:
    """The times that stand in the text, by where, with their indexes."""
    stated = tuple((index, when) for index, when in enumerate(times) if when.span is not None)
    return Nearby(stated, lambda each: (each[1].span or Span(0, 1),))


def _attribution(index: int, relation: Relation, parts: Parts, speakers: Speakers, stated: Stated) -> Attribution:
    head = None if relation.source_token is None else parts.doc[relation.source_token]
    guess = speakers.guess(relation.source[0], speaks=True) if relation.source else None
    actor = None if guess is None else guess.actor
    kind = speakers.kind_of(relation.source[0], head, actor) if relation.source else SpeakerKind.ANONYMOUS
    return Attribution(
        id=f"a{index}",
        source=relation.source,
        cue=() if relation.cue is None else (relation.cue,),
        content=relation.content,
        speaker=None if kind is SpeakerKind.ANONYMOUS else actor,
        kind=kind,
        time=_speaking_time(relation, parts, stated),
        stance=_shown_stance(colour_of(relation, parts.doc, load_colours())),
    )


def _shown_stance(colour: str) -> str:
    return DISTANCING if colour == FALSIFYING else colour


def _speaking_time(relation: Relation, parts: Parts, stated: Stated) -> int | None:
    """A date in the cue's sentence but outside the content: when it was said."""
    if relation.cue is None or relation.cue_token is None:
        return None
    sentence = parts.doc[relation.cue_token].sent
    for index, when in stated.around(extent_of(sentence)):
        if when.span is None or when.type not in {TimexType.DATE, TimexType.TIME}:
            continue
        inside = sentence.start_char <= when.span.start < sentence.end_char
        if inside and not any(piece.overlaps(when.span) for piece in relation.content):
            return index
    return None


def _size(attribution: Attribution) -> int:
    return sum(len(piece) for piece in attribution.content)


def _parent(child: Attribution, index: Nearby[Attribution]) -> str | None:
    """The attribution with the smallest content that holds the child's cue and content."""
    anchor = child.cue[0] if child.cue else child.content[0]
    holders = [
        each
        for each in index.around(anchor)
        if each.id != child.id and any(piece.covers(anchor) for piece in each.content) and _size(each) > _size(child)
    ]
    return min(holders, key=lambda each: (_size(each), each.id)).id if holders else None


def chain_of(span: Span, attributions: Sequence[Attribution]) -> tuple[str, ...]:
    """Attributions whose content holds the span, outermost speaker first."""
    holding = [each for each in attributions if any(piece.covers(span) for piece in each.content)]
    return tuple(each.id for each in sorted(holding, key=lambda each: (-_size(each), each.id)))


# Claims ------------------------------------------------------------------------------------------


class Assembler:
    """Makes the claims of one document."""

    def __init__(
        self,
        parts: Parts,
        attributions: Sequence[Attribution],
        speakers: Speakers,
        lexicon: Lexicon,
        cues: Cues,
        words: Words,
        priors: Mapping[int, float] | None = None,
    ) -> None:
        """`priors` are numbers that a trained model gives to words that tell events, by the index of the word."""
        self.parts = parts
        self.priors = {} if priors is None else priors
        self._attributions = Nearby(attributions, lambda each: each.content)
        seats = {hit.span for hit in speakers.hits if hit.is_seat}  # 'Damascus' that speaks is no place of an event
        named = (each for each in enumerate(parts.places) if each[1].span not in seats)
        self._places = Nearby(named, lambda each: (each[1].span,))
        self._times = stated_times(parts.times)
        self._dating = stated_times(parts.times)
        for each in days_of_no_calendar(parts.mistaken):
            self._dating.add(each)
        self._quantities = Nearby(parts.quantities, lambda each: (each.span,))
        self._ratios = [each for each in parts.quantities if each.unit is Unit.RATIO]
        self._labels = Nearby(parts.labels, lambda each: (each.span,))
        self._hits = Nearby(speakers.hits, lambda each: (each.span,))
        self.by_id: Mapping[str, Attribution] = {each.id: each for each in attributions}
        self._relations = {each.id: relation for each, relation in zip(attributions, parts.relations, strict=True)}
        self._colours = {name: colour_of(each, parts.doc, load_colours()) for name, each in self._relations.items()}
        self._themselves = find_themselves(parts.relations, attributions, parts.doc)
        self.speakers = speakers
        self.lexicon = lexicon
        self.cues = cues
        self.words = words
        # An act does not act: 'air strikes hit the town' names no doer.
        self._typed = {each.trigger.i for each in parts.events if each.kind is not None}
        self._cue_tokens = {each.cue_token for each in parts.relations}
        self.harms = Harms(
            parts.events,
            parts.quantities,
            parts.doc,
            voices=self._voices,
            places=parts.places,
            publisher=parts.document.publisher,
        )

    def _voices(self, found: Found) -> tuple[str, ...]:
        """Who speaks at an event, by actor where known, else by words."""
        trigger = Span(found.trigger.idx, found.trigger.idx + len(found.trigger.text))
        chain = (self.by_id[each] for each in chain_of(trigger, self._attributions.around(trigger)))
        return tuple(
            each.speaker or " ".join(piece.of(self.parts.document.text) for piece in each.source) for each in chain
        )

    def claims(self) -> tuple[Claim, ...]:
        """One claim for every event, in text order; nouns outside the lexicon only where not plainly asserted.

        A noun plainly asserted has its claim where evidence says that it tells an event.
        """
        events = (*self.parts.events, *self.harms.deaths())
        made = ((found, self._claim(found)) for found in events)
        kept = {found.trigger.i: claim for found, claim in made if not _is_plain(found, claim)}
        for found in self.parts.passed_over:
            if found.trigger.i not in kept:
                kept[found.trigger.i] = self._claim(found, unruled=True)
        return tuple(claim for _, claim in sorted(kept.items()))

    def _claim(self, found: Found, *, unruled: bool = False) -> Claim:
        trigger = found.trigger
        span = Span(trigger.idx, trigger.idx + len(trigger.text))
        chain = chain_of(span, self._attributions.around(span))
        prior = self.priors.get(trigger.i)
        certainty = weigh(trigger, self.cues, self.words, prior=prior, unruled=unruled)
        innermost = self.by_id[chain[-1]] if chain else None
        place, time = self._setting(found, innermost)
        kind = self._kind(found)
        return Claim(
            id=content_id("c", self.parts.document.id, self.parts.document.sha256, str(span.start)),
            span=self._extent(trigger, innermost),
            chain=chain,
            trigger=Trigger(span=span, type=kind, lemma=trigger.lemma_.lower()),
            factuality=certainty.factuality,
            negated=certainty.negated,
            mood=certainty.mood,
            agents=self._participants(found.agents, found.words, owner_of=trigger),
            recipients=self._participants(self.harms.recipients(found), found.words),
            instruments=self._participants(found.instruments, found.words),
            place=place,
            time=None if time == NO_DAY else time,
            happened=self._happened(time),
            harm=self.harms.of(found),
            stated_rate=self._rate(found),
            stances=stances_of(
                chain,
                certainty.factuality,
                colours=self._colours,
                shares=load_colours().shares,
                themselves=self._themselves,
            ),
            hedges=self._hedges(certainty.because),
            evidence=self._evidence(trigger, chain),
            horizon=self._horizon(trigger, chain) if certainty.mood in AHEAD else None,
        )

    def _happened(self, time: int | None) -> When | None:
        """The time told; without one the day of publication, but none where the text tells a day that cannot be."""
        if time == NO_DAY:
            return None
        return self.parts.published if time is None else self.parts.times[time]

    def _hedges(self, indexes: Sequence[int]) -> tuple[Span, ...]:
        """The words at these indexes, in text order."""
        tokens = (self.parts.doc[each] for each in sorted(set(indexes)))
        return tuple(Span(each.idx, each.idx + len(each.text)) for each in tokens)

    def _evidence(self, trigger: "Token", chain: Sequence[str]) -> Evidence:
        """The innermost speaker's basis; where he speaks of himself ('said he saw'), also what his outer cue tells."""
        for each in reversed(chain):
            nested = self.by_id[each].parent is not None
            found = evidence_of(trigger, self._relations[each], self.parts.doc, load_grounds(), nested=nested)
            if found is not Evidence.NONE or each not in self._themselves:
                return found
        return evidence_of(trigger, None, self.parts.doc, load_grounds()) if not chain else Evidence.NONE

    def _horizon(self, trigger: "Token", chain: Sequence[str]) -> Horizon | None:
        speakers = [self.by_id[each] for each in reversed(chain)]
        said = said_at(self.parts.times, [each.time for each in speakers], self.parts.document.published_at)
        content = speakers[0].content if speakers else ()
        sentence = Span(trigger.sent.start_char, trigger.sent.end_char)
        near = [when for _, when in self._times.around(sentence)]
        return horizon_of(trigger, content, near, said, self.parts.doc)

    def _setting(self, found: Found, innermost: Attribution | None) -> tuple[int | None, int | None]:
        """Indexes of its place and time: its own, else those of what it brought about; none for words of saying."""
        if found.kind is None and found.trigger.i in self._cue_tokens:
            return None, None
        place: int | None = None
        time: int | None = None
        for each in (found, *self.harms.outcomes(found)):
            sentence = extent_of(each.trigger.sent)
            if place is None:
                place = place_of(each, self.parts.doc, self._places.around(sentence), innermost)
            if time is None:
                time = time_of(each, self.parts.doc, self._dating.around(sentence), innermost)
        if time is None and innermost is None:
            text = text_of(self.parts.doc)
            line = line_before(found.trigger, text)
            time = heading_time(line, text, self._dating.around(line))
        return place, time

    def _kind(self, found: Found) -> EventType:
        if found.kind is None or self.harms.tells_of_another(found):
            return UNTYPED
        return self.lexicon.kinds[found.kind]

    def _extent(self, trigger: "Token", innermost: Attribution | None) -> Span:
        """The words that put the claim forward: its sentence, within what the speaker said."""
        sentence = span_of(list(trigger.sent))
        assert sentence is not None
        if innermost is None:
            return sentence
        piece = next(each for each in innermost.content if each.start <= trigger.idx < each.end)
        return Span(max(sentence.start, piece.start), min(sentence.end, piece.end))

    def _participants(
        self, tokens: Sequence["Token"], words: Mapping[int, Span], *, owner_of: "Token | None" = None
    ) -> tuple[Participant, ...]:
        """Who the tokens name, each in its own words, or in those that evidence has marked (`words`)."""
        made: list[Participant] = []
        for token in tokens:
            told = words.get(token.i) or span_of(words_of(token))
            span = self._named(_unquoted(told, text_of(self.parts.doc)))
            if span is None or any(span.overlaps(each.span) for each in made) or token.i in self._typed:
                continue
            participant = self._participant(span, _phrase(token, span, owner_of))
            if participant.actor is not None or token.pos_ != "PRON":
                made.append(participant)
        return tuple(made)

    def _named(self, span: Span | None) -> Span | None:
        """The words with the whole of a name that they cut ('Jaish al' of 'Jaish al-Islam'); no bare marks."""
        if span is None or not any(letter.isalnum() for letter in span.of(text_of(self.parts.doc))):
            return None
        for hit in self._hits.around(span):
            if hit.span.overlaps(span):
                span = Span(min(span.start, hit.span.start), max(span.end, hit.span.end))
        return span

    def _participant(self, span: Span, whole: Span | None) -> Participant:
        count = next(
            (
                each
                for each in self._quantities.around(span)
                if each.unit is Unit.COUNT and each.span.overlaps(span) and each.span.end <= span.end
            ),
            None,  # 'three bomb attacks': three are the attacks, not the bomb
        )
        if count is not None and count.span.start < span.start < count.span.end:
            span = Span(count.span.start, max(span.end, count.span.end))
        label = next(
            (each for each in self._labels.around(span) if each.span.overlaps(span) and each.kind in NAMES), None
        )
        guess = self.speakers.guess(span, whole=whole)
        if label is not None and guess.actor is not None and not _named_beside(label, span, self.parts.doc):
            return Participant(span=span, actor=None, count=count, reason=f"a label, kept as worded: '{label.word}'")
        return Participant(span=span, actor=guess.actor, count=count, reason=guess.reason)

    def _rate(self, found: Found) -> Quantity | None:
        """'Airstrikes have tripled': the ratio that the sentence states of this event."""
        for each in self._ratios:
            verb = self.parts.doc.char_span(each.span.start, each.span.end, alignment_mode="expand")
            if (
                verb is not None
                and any(found.trigger.head.i == token.i for token in verb)
                and found.trigger.dep_.startswith("nsubj")
            ):
                return each
        return None


def _is_plain(found: Found, claim: Claim) -> bool:
    """'the administration', 'the resumption': a form that may tell an event, with nothing said of it."""
    sure = claim.mood is Mood.ASSERTION and not claim.negated and not claim.hedges
    return found.kind is None and found.trigger.pos_ == "NOUN" and sure and claim.harm is None


def _phrase(token: "Token", span: Span, owner_of: "Token | None") -> Span | None:
    """'Russian airstrikes': whose they are is told by both words together."""
    if owner_of is None or token.head.i != owner_of.i or token.i > owner_of.i or token.dep_ in {"nsubj", "poss"}:
        return None
    return Span(span.start, owner_of.idx + len(owner_of.text))


def _unquoted(span: Span | None, text: str) -> Span | None:
    """The same words without marks at their ends."""
    if span is None:
        return None
    words = span.of(text)
    start, end = len(words) - len(words.lstrip(MARKS)), len(words.rstrip(MARKS))
    return Span(span.start + start, span.start + end) if start < end else None


def _named_beside(label: Label, span: Span, doc: "Doc") -> bool:
    """Whether a proper name stands in the same words ('Nusra terrorists'), so that the label is not all there is."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens is not None and any(
        token.pos_ == "PROPN" and token.ent_type_ != "NORP" and not label.span.start <= token.idx < label.span.end
        for token in tokens
    )


def without_idle_pointers(
    places: Sequence[Toponym], claims: Sequence[Claim]
) -> tuple[tuple[Toponym, ...], tuple[Claim, ...]]:
    """Without the 'the city's that no claim happens in: they name no place themselves."""
    used = {claim.place for claim in claims}
    kept = [index for index, place in enumerate(places) if index in used or not place.reason.startswith("points back")]
    moved = {old: new for new, old in enumerate(kept)}
    remade = tuple(claim if claim.place is None else replace(claim, place=moved[claim.place]) for claim in claims)
    return tuple(places[index] for index in kept), remade
