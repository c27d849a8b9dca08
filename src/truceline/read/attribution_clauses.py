"""Who speaks and what is said, as stretches of syntax: subjects, clauses, quotations beside a cue."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.cues import load_cues, load_relays
from truceline.read.sentences import span_of, subtree, text_of

if TYPE_CHECKING:
    from truceline.read.table import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ASIDE = frozenset({"relcl", "appos", "parataxis", "punct", "advcl"})
FAR_QUOTE = 200  # characters: what stands further from a cue is not beside it
EDGES = " \t\n,;:.—–-"


def is_infinitive(token: "Token") -> bool:
    return any(child.tag_ == "TO" for child in token.children)


def has_clause(verb: "Token") -> bool:
    return any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children)


def clause_span(head: "Token", verb: "Token") -> Span | None:
    """The subtree of `head` on its side of the cue, without a second cue joined on ('… and said that …')."""
    joined = {each.i for each in (*_second_cue(head, verb), *_contrast(head))}
    tokens = [token for token in head.subtree if token.i not in joined]
    if tokens[0].i <= verb.i <= tokens[-1].i:
        tokens = [token for token in tokens if (token.i < verb.i) == (head.i < verb.i)]
    return trimmed(span_of(tokens), text_of(verb.doc))


CONTRASTING = frozenset({"even", "while", "although", "though", "whereas"})


def _contrast(head: "Token") -> "Iterator[Token]":
    """'asked to spare them even as two resolutions demand': the contrast is the writer's, no part of what is asked."""
    if is_infinitive(head):
        for child in head.rights:
            if child.dep_ == "advcl" and child.subtree[0].lower_ in CONTRASTING:
                yield from child.subtree


def _second_cue(head: "Token", verb: "Token") -> list["Token"]:
    """What hangs on a cue that the parser joined to the content but that has the same speaker."""
    found: list[Token] = []
    for child in head.children:
        same_form = child.tag_ == verb.tag_ and child.i > verb.i
        if child.dep_ == "conj" and same_form and has_clause(child) and subject_of(child) is None:
            found.extend([*child.subtree, *(each for each in head.children if each.dep_ == "cc" and each.i < child.i)])
    return found


def trimmed(span: Span | None, text: str) -> Span | None:
    if span is None:
        return None
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(EDGES))
    end = span.end - (len(words) - len(words.rstrip(" \t\n,;:—–")))
    return Span(start, end) if start < end else None


def spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def without_stop(span: Span, text: str) -> Span:
    return Span(span.start, span.end - 1) if span.of(text).endswith(".") and len(span) > 1 else span


# Speakers


def subject_of(verb: "Token") -> "Token | None":
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def speaker_of(verb: "Token") -> "Token | None":
    """The head of the words that name the speaker, None for 'it is said'."""
    subject = subject_of(verb)
    told_by = _heard_from(verb)
    if told_by is not None:
        return told_by
    agent = agent_of(verb)
    if agent is not None and verb.tag_ == "VBN":
        return agent
    if subject is not None and subject.dep_ == "nsubjpass":
        return None
    if subject is not None and subject.lower_ in {"it", "there"} and subject.dep_ == "expl":
        return None
    if subject is not None:
        return _who_would_have(subject, verb) or _antecedent(subject, verb)
    return _borrowed_speaker(verb)


def _heard_from(verb: "Token") -> "Token | None":
    """'has heard from the guards that': what the guards say."""
    if verb.lemma_.lower() not in load_relays().having:
        return None
    source = next((child for child in verb.rights if child.dep_ == "prep" and child.lower_ == "from"), None)
    return None if source is None else next((each for each in source.children if each.dep_ == "pobj"), None)


ANYONE = frozenset({"us", "you", "one", "people", "me", "everyone"})
CAUSING = frozenset({"have", "make", "let"})


def _who_would_have(subject: "Token", verb: "Token") -> "Token | None":
    """'the spokesman would have us believe': what we are to believe is the spokesman's."""
    made = verb.dep_ == "ccomp" and verb.head.lemma_ in CAUSING and subject.lower_ in ANYONE
    return subject_of(verb.head) if made else None


def agent_of(verb: "Token") -> "Token | None":
    """Who does what is told in the passive."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return None if by is None else next((each for each in by.children if each.dep_ == "pobj"), None)


def _antecedent(subject: "Token", verb: "Token") -> "Token":
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        return verb.head.head if verb.head.dep_ == "appos" else verb.head
    return subject


def _borrowed_speaker(verb: "Token") -> "Token | None":
    """The subject of the verb this one is joined to or depends on; the noun it describes."""
    head = verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i == verb.subtree[0].i:
        return None  # 'Asked whether …, he …': somebody else asked
    if verb.dep_ == "acl":
        return head
    shown = _shown_speaking(verb)
    if shown is not None:
        return shown
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and head.i != verb.i:
        governor = head.head if verb.dep_ == "pcomp" else head
        if governor.dep_ in {"acomp", "oprd"} and governor.head.pos_ in {"VERB", "AUX"}:
            governor = governor.head  # 'was unable to verify'
        if governor.pos_ in {"VERB", "AUX"}:
            subject = subject_of(governor)
            # The subject of a passive does what hangs on it: 'is reported by the wire to have said'.
            done_to = subject is not None and subject.dep_ == "nsubjpass" and subject.lower_ not in EMPTY
            return subject if done_to else speaker_of(governor)
    return None


EMPTY = frozenset({"it", "there"})


def _shown_speaking(verb: "Token") -> "Token | None":
    """'showed a prisoner reciting that': who stands right before the participle speaks."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.lemma_.lower() not in load_relays().showing:
        return None
    shown = next((child for child in verb.head.children if child.dep_ == "dobj"), None)
    return shown if shown is not None and shown.subtree[-1].i == verb.i - 1 else None


def can_be_cited(noun: "Token") -> bool:
    """Whether it may have said something: a deserter, a log, an agency; 'citing a lack of fuel' gives a reason."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN" or lemma in load_cues().speakers:
        return True
    grounds = load_relays().grounds
    return lemma not in grounds and not any(each[0] == "-" and lemma.endswith(each[1:]) for each in grounds)


def source_span(head: "Token") -> Span | None:
    """The words that name the speaker, without asides, but with what stands in apposition before the cue."""
    words = _contiguous(subtree(head, without=ASIDE), head)
    if len(words) > 1 and words[0].lower_ == "that" and head.tag_ in {"NNS", "NNPS"}:
        words = words[1:]  # a conjunction: 'that photographs' is no name
    return trimmed(span_of(words), text_of(head.doc))


def _contiguous(tokens: Sequence["Token"], head: "Token") -> list["Token"]:
    position = next(index for index, token in enumerate(tokens) if token.i == head.i)
    first = last = position
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 2:
        last += 1
    return list(tokens[first : last + 1])


# Quotations beside a cue


def widened(content: tuple[Span, ...], quotes: Nearby[Span], cue: "Token") -> tuple[Span, ...]:
    """Contents that lie mostly in a quotation take all of it; quoted halves around the cue are both taken."""
    pieces: list[Span] = []
    for piece in content:
        around = [
            quote for quote in quotes.around(piece) if quote.overlaps(piece) and not quote.start <= cue.idx < quote.end
        ]
        held = (piece, *around)
        pieces.append(Span(min(each.start for each in held), max(each.end for each in held)))
    for quote in quotes_beside(cue, quotes, unsaid=not pieces):
        if not any(piece.overlaps(quote) for piece in pieces):
            pieces.append(quote)
    return tuple(sorted(pieces))


def quotes_beside(cue: "Token", quotes: Nearby[Span], *, unsaid: bool) -> tuple[Span, ...]:
    """Quotations that end just before the cue's clause, or begin just after it, with a comma or colon between.

    One that ended with a full stop is taken only when the cue is still `unsaid`, without content of its own.
    """
    text = text_of(cue.doc)
    clause = [cue, *(each for child in cue.children if child.dep_ in SUBJECTS for each in child.subtree)]
    start, end = min(each.idx for each in clause), max(each.idx + len(each.text) for each in clause)
    found = []
    beside = quotes.around(Span(max(0, start - FAR_QUOTE), end + FAR_QUOTE))
    near = (each for each in beside if each.end >= start - FAR_QUOTE and each.start <= end + FAR_QUOTE)
    for quote in near:
        if quote.end <= start and is_speech(quote, text) and not text[quote.end : start].strip():
            if unsaid or not quote.of(text).rstrip('”"').endswith("."):
                found.append(quote)
        elif end <= quote.start and is_speech(quote, text) and _leads_in(text[end : quote.start]):
            found.append(quote)
    return tuple(found)


def _leads_in(between: str) -> bool:
    stripped = between.strip()
    return stripped in {",", ":", "that", ", “", ""} or (
        len(between) < 60 and stripped.endswith((",", ":")) and "." not in between
    )


def is_speech(quote: Span, text: str) -> bool:
    inside = quote.of(text)
    return len(inside.split()) >= 3 or inside.rstrip('”"').endswith((",", ".", "!", "?"))
