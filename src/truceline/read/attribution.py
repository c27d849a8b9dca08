"""Attribution relations (PolNeAR: source, cue, content) found by syntax, quotation marks and a cue lexicon."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution_clauses import is_speech, source_span, subject_of
from truceline.read.attribution_lines import find_labelled, named_beside
from truceline.read.attribution_nouns import adjective_relation, adverb_relation, noun_relation, preposition_relation
from truceline.read.attribution_phrases import phrase_relation
from truceline.read.attribution_relation import Relation, said_by
from truceline.read.attribution_verbs import verb_relation
from truceline.read.cues import Cues
from truceline.read.quotes import find_paragraphs, find_quotes
from truceline.read.sentences import text_of

if TYPE_CHECKING:
    from truceline.read.table import Doc
    from truceline.read.table import Phrase as Sentence

# A bare quotation shorter than this is a scare quote or a title, no speech.
SPEECH_WORDS = 6
SHORT_SPEECH = 3  # behind a colon
BEFORE = 100  # characters looked at before a quotation


def find_relations(doc: "Doc", cues: Cues) -> list[Relation]:
    """Every attribution in the text, in the order of their cues, contents widened to whole quotations."""
    quotes = list(find_quotes(text_of(doc)))
    near = Nearby(quotes, lambda quote: (quote,))
    found: list[Relation] = []
    for sentence in doc.sents:
        found.extend(_sentence_relations(sentence, cues, near))
    found = [each for each in _without_doubles(found) if not _speaks_of_oneself(each, doc, near)]
    found = _with_running_quotes(found, doc, quotes)
    found.extend(find_labelled(doc, cues, found))
    found.extend(_beside_gestures(list(_bare_quotes(doc, quotes, found)), doc, cues))
    return sorted(found, key=lambda each: (each.cue or each.content[0], each.content[0]))


FIRST_PERSON = frozenset({"i", "we", "you", "one", "'s", "it", "what", "this", "that"})


def _speaks_of_oneself(relation: Relation, doc: "Doc", quotes: Nearby[Span]) -> bool:
    """'I think' inside a quotation, 'you know', 'let's say': turns of phrase, no second speaker."""
    if relation.cue is None:
        return False
    if relation.source_token is not None and doc[relation.source_token].lower_ in {"one", "you"}:
        return True
    quoted = any(quote.covers(relation.cue) for quote in quotes.around(relation.cue))
    if relation.source_token is None:
        return quoted
    return quoted and doc[relation.source_token].lower_ in FIRST_PERSON


def _sentence_relations(sentence: "Sentence", cues: Cues, quotes: Nearby[Span]) -> Iterator[Relation]:
    for token in sentence:
        relation = None
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            relation = verb_relation(token, cues, quotes)
        elif token.pos_ == "NOUN":
            relation = noun_relation(token, cues)
        elif token.pos_ == "ADJ":
            relation = adjective_relation(token, cues)
        elif token.pos_ == "ADV":
            relation = adverb_relation(token, cues)
        relation = relation or phrase_relation(token, cues) or preposition_relation(token, cues, quotes)
        if relation is not None:
            yield relation


# Quotations


def _with_running_quotes(found: list[Relation], doc: "Doc", quotes: Sequence[Span]) -> list[Relation]:
    """Quotations that follow a quoted relation in its paragraph without a cue of their own belong to it."""
    text = text_of(doc)
    paragraphs = list(find_paragraphs(text))
    relations = list(found)
    said = said_by(relations)
    for quote in quotes:
        if not is_speech(quote, text) or _spoken(quote, said) or not _stands_alone(quote, text):
            continue
        at = bisect_right(paragraphs, quote.start, key=lambda each: each.start) - 1
        if at < 0 or not paragraphs[at].covers(quote):
            continue
        # Whoever goes on speaking here has spoken in this paragraph.
        spoken = said.around(paragraphs[at])
        index = _runs_on_from(quote, paragraphs[at], relations, sorted({index for index, _ in spoken}), text)
        if index is not None:
            relations[index] = replace(relations[index], content=(*relations[index].content, quote))
            said.add((index, quote))
    return relations


def _spoken(quote: Span, said: Nearby[tuple[int, Span]]) -> bool:
    return any(piece.overlaps(quote) for _, piece in said.around(quote) if not _is_inner(piece, quote))


def _is_inner(piece: Span, quote: Span) -> bool:
    """Whether the piece lies strictly within the quotation: somebody quoted by the one who is quoted."""
    return quote.start < piece.start and piece.end < quote.end - 1


def _stands_alone(quote: Span, text: str) -> bool:
    before = text[max(0, quote.start - BEFORE) : quote.start].rstrip(" \t")
    return (not before or before[-1] in '.!?\n”":,') and len(quote.of(text).split()) >= 4


def _runs_on_from(
    quote: Span, paragraph: Span, relations: Sequence[Relation], spoken: Sequence[int], text: str
) -> int | None:
    for index in reversed(spoken):
        relation = relations[index]
        last = max(piece.end for piece in relation.content)
        quoted = any(piece.of(text)[:1] in '“"«' for piece in relation.content)
        cue_end = relation.cue.end if relation.cue is not None else last
        if max(last, cue_end) <= quote.start and paragraph.start <= last and quoted:
            return index
    return None


def _bare_quotes(doc: "Doc", quotes: Sequence[Span], found: Sequence[Relation]) -> Iterator[Relation]:
    """Quotations of speech that nobody is given for: an unnamed quoted source, not the author."""
    said = said_by(found)
    for quote in quotes:
        if _is_bare_speech(quote, text_of(doc)) and not _spoken(quote, said):
            yield named_beside(quote, doc)


def _beside_gestures(bare: Sequence[Relation], doc: "Doc", cues: Cues) -> list[Relation]:
    """Quotations without a speaker, given to one who in the sentence before them nods or speaks, where there is one."""
    kept: list[Relation] = []
    speaking: dict[int, int] = {}  # the relation whose speaker has the word, by where the paragraph begins
    for relation in bare:
        start = relation.content[0].start
        paragraph = text_of(doc).rfind("\n", 0, start)
        gesture = _gesture_before(start, doc, cues)
        again = gesture is None or doc[gesture.source_token or 0].pos_ == "PRON"
        if relation.source or relation.cue is not None or (gesture is None and paragraph not in speaking):
            kept.append(relation)
        elif again and paragraph in speaking:
            speaker = kept[speaking[paragraph]]
            kept[speaking[paragraph]] = replace(speaker, content=(*speaker.content, *relation.content))
        elif gesture is not None:
            speaking[paragraph] = len(kept)
            kept.append(replace(gesture, content=relation.content))
    return kept


def _gesture_before(start: int, doc: "Doc", cues: Cues) -> Relation | None:
    before = doc.char_span(start - 2, start - 1) if start > 1 and text_of(doc)[start - 1] == " " else None
    verb = None if before is None else before.sent.root
    if verb is None or verb.lemma_.lower() not in cues.gestures or verb.pos_ != "VERB":
        return None
    subject = subject_of(verb)
    source = None if subject is None else source_span(subject)
    if subject is None or source is None or subject.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    cue = Span(verb.idx, verb.idx + len(verb.text))
    return Relation(
        source=(source,), cue=cue, content=(cue,), kind=None, cue_token=verb.i, source_token=subject.i, formal=True
    )


def _is_bare_speech(quote: Span, text: str) -> bool:
    """A sentence of some length, a shorter one behind a colon, or what fills its line."""
    words = quote.of(text).strip('“”"«» ')
    before, behind = text[: quote.start].rstrip(" \t")[-1:], text[quote.end : quote.end + 1]
    block = before in {"", "\n"} and behind in {"", "\n"}
    led = before == ":" and words[-1:] in {".", "!", "?"} and words[:1].isupper()
    long = len(words.split()) >= SPEECH_WORDS
    return (long and (block or words[:1].isupper())) or (led and len(words.split()) >= SHORT_SPEECH)


def _without_doubles(found: Sequence[Relation]) -> list[Relation]:
    """One relation a cue: the first found is the surest."""
    kept: dict[Span | None, Relation] = {}
    for relation in found:
        kept.setdefault(relation.cue, relation)
    return list(kept.values())
