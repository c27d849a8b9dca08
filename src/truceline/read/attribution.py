"""Attribution relations (PolNeAR: source, cue, content) found by syntax, quotation marks and a cue lexicon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.cues import CueClass, Cues
from truceline.read.quotes import find_paragraphs, find_quotes
from truceline.read.sentences import span_of, subtree

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span as Sentence, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ASIDE = frozenset({"relcl", "appos", "parataxis", "punct", "advcl"})
EDGES = " \t\n,;:.—–-"
# A bare quotation shorter than this is a scare quote or a title, no speech.
SPEECH_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One attribution as found: spans of the text, the cue's class, and the cue's and source's head tokens."""

    source: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: CueClass | None
    cue_token: int | None = None
    source_token: int | None = None


def find_relations(doc: "Doc", cues: Cues) -> list[Relation]:
    """Every attribution in the text, in the order of their cues, contents widened to whole quotations."""
    quotes = list(find_quotes(doc.text))
    found: list[Relation] = []
    for sentence in doc.sents:
        found.extend(_sentence_relations(sentence, cues, quotes))
    found = [each for each in _without_doubles(found) if not _speaks_of_oneself(each, doc, quotes)]
    found = _with_running_quotes(found, doc, quotes)
    found.extend(_colon_headline(doc, found))
    found.extend(_bare_quotes(doc.text, quotes, found))
    return sorted(found, key=lambda each: (each.cue or each.content[0], each.content[0]))


FIRST_PERSON = frozenset({"i", "we", "you", "one", "'s", "it", "what", "this", "that"})


def _speaks_of_oneself(relation: Relation, doc: "Doc", quotes: Sequence[Span]) -> bool:
    """'I think' inside a quotation, 'you know', 'let's say': turns of phrase, no second speaker."""
    if relation.cue is None:
        return False
    if relation.source_token is not None and doc[relation.source_token].lower_ in {"one", "you"}:
        return True
    quoted = any(quote.covers(relation.cue) for quote in quotes)
    if relation.source_token is None:
        return quoted
    return quoted and doc[relation.source_token].lower_ in FIRST_PERSON


def _sentence_relations(sentence: "Sentence", cues: Cues, quotes: Sequence[Span]) -> Iterator[Relation]:
    for token in sentence:
        relation = None
        if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB"):
            relation = _verb_relation(token, cues, quotes)
        elif token.pos_ == "NOUN":
            relation = _noun_relation(token, cues)
        elif token.pos_ == "ADJ":
            relation = _adjective_relation(token, cues)
        relation = relation or _preposition_relation(token, cues, quotes)
        if relation is not None:
            yield relation


# Verbs -------------------------------------------------------------------------------------------


def _verb_relation(verb: "Token", cues: Cues, quotes: Sequence[Span]) -> Relation | None:
    kinds = cues.verbs.get(verb.lemma_.lower())
    if kinds is None or verb.dep_ in {"amod", "compound"}:
        return None
    if _reported_as_saying(verb):
        return _as_saying(verb, kinds[0])
    for kind in kinds:
        content = _verb_content(verb, kind, cues)
        if content:
            return _relation(verb, kind, _widened(content, quotes, verb))
    beside = _quotes_beside(verb, quotes, unsaid=True)
    if beside and _speaks(verb):
        return _relation(verb, kinds[0], beside)
    if _comments_on_sentence(verb):
        return _relation(verb, kinds[0], _rest_of_sentence(verb))
    return None


def _speaks(verb: "Token") -> bool:
    """Whether the verb has somebody who speaks: a subject, or the verb is a participle of speaking."""
    return _subject(verb) is not None or verb.dep_ in {"advcl", "pcomp", "acl"}


def _verb_content(verb: "Token", kind: CueClass, cues: Cues) -> tuple[Span, ...]:
    relayed = _relayed(verb, cues)
    if relayed is not None:
        return (relayed,)
    pieces: list[Span] = []
    for child in verb.children:
        if _is_content(child, verb, kind, cues):
            inner = next((each for each in child.children if each.dep_ == "pobj"), child) if child.dep_ == "prep" else child
            part = _clause_span(inner, verb)
            if part is not None:
                pieces.append(part)
    if not pieces and "clause" in kind.takes:
        pieces = [part for clause in _carried_clauses(verb) if (part := _clause_span(clause, verb)) is not None]
    return _joined(pieces, verb)


def _carried_clauses(verb: "Token") -> Iterator["Token"]:
    """'said in a statement posted online that …': the parser hangs the clause on the statement."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "at"}:
            for below in child.subtree:
                marked = any(each.dep_ == "mark" and each.lower_ == "that" for each in below.children)
                if below.dep_ in {"ccomp", "acl", "relcl"} and marked:
                    yield below


def _relayed(verb: "Token", cues: Cues) -> Span | None:
    """'reported civilians as saying …': what is reported is somebody's saying, to the end of the sentence."""
    spoken = next((child for child in verb.children if child.dep_ == "dobj"), None)
    through = any(
        child.lower_ == "as" and any(each.dep_ == "pcomp" and each.lemma_ in cues.verbs for each in child.children)
        for child in verb.children
        if child.dep_ == "prep"
    )
    if spoken is None or not through:
        return None
    first = _source_start(spoken)
    span = _trimmed(span_of([token for token in verb.sent if token.i >= first]), verb.doc.text)
    return None if span is None else _without_stop(span, verb.doc.text)


def _is_content(child: "Token", verb: "Token", kind: CueClass, cues: Cues) -> bool:
    match child.dep_:
        case "ccomp":
            return "clause" in kind.takes or ("infinitive" in kind.takes and _is_infinitive(child))
        case "xcomp":
            infinitive = _is_infinitive(child) and "infinitive" in kind.takes
            return infinitive or (child.tag_ == "VBG" and "gerund" in kind.takes)
        case "dobj":
            return "object" in kind.takes and not _has_clause(verb) and child.pos_ != "PRON"
        case "prep":
            return child.lower_ in cues.about.get(verb.lemma_.lower(), ()) and not _has_clause(verb)
        case _:
            return False


def _is_infinitive(token: "Token") -> bool:
    return any(child.tag_ == "TO" for child in token.children)


def _has_clause(verb: "Token") -> bool:
    return any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children)


def _clause_span(head: "Token", verb: "Token") -> Span | None:
    """The subtree of `head` on its side of the cue, without a second cue joined on ('… and said that …')."""
    joined = {each.i for each in _second_cue(head, verb)}
    tokens = [token for token in head.subtree if token.i not in joined]
    if tokens[0].i <= verb.i <= tokens[-1].i:
        tokens = [token for token in tokens if (token.i < verb.i) == (head.i < verb.i)]
    return _trimmed(span_of(tokens), verb.doc.text)


def _second_cue(head: "Token", verb: "Token") -> list["Token"]:
    """What hangs on a cue that the parser joined to the content but that has the same speaker."""
    found: list[Token] = []
    for child in head.children:
        same_form = child.tag_ == verb.tag_ and child.i > verb.i
        if child.dep_ == "conj" and same_form and _has_clause(child) and _subject(child) is None:
            found.extend([*child.subtree, *(each for each in head.children if each.dep_ == "cc" and each.i < child.i)])
    return found


def _trimmed(span: Span | None, text: str) -> Span | None:
    if span is None:
        return None
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(EDGES))
    end = span.end - (len(words) - len(words.rstrip(" \t\n,;:—–")))
    return Span(start, end) if start < end else None


def _joined(pieces: Sequence[Span], verb: "Token") -> tuple[Span, ...]:
    """Neighbouring pieces on one side of the cue as one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        same_side = joined and (joined[-1].end <= verb.idx) == (piece.end <= verb.idx)
        if same_side:
            joined[-1] = Span(joined[-1].start, max(piece.end, joined[-1].end))
        else:
            joined.append(piece)
    return tuple(joined)


def _relation(verb: "Token", kind: CueClass, content: tuple[Span, ...]) -> Relation | None:
    speaker = _speaker(verb)
    if not _can_speak(speaker, verb, kind):
        return None
    cue = _cue_span(verb)
    source = _source_span(speaker) if speaker is not None else None
    kept = tuple(piece for piece in content if not piece.covers(cue))
    if not kept:
        return None
    return Relation(
        source=() if source is None else (source,),
        cue=cue,
        content=kept,
        kind=kind,
        cue_token=verb.i,
        source_token=None if speaker is None else speaker.i,
    )


# Cues that stand without a speaker: 'is said to', 'is believed to', 'is expected to'.
IMPERSONAL = frozenset({"state", "publish", "announce", "claim", "believe", "predict"})


def _can_speak(speaker: "Token | None", verb: "Token", kind: CueClass) -> bool:
    """Whether the sentence leaves somebody to have said it ('it is hard to see how' does not)."""
    if speaker is None:
        return kind.name in IMPERSONAL or verb.dep_ in {"advcl", "pcomp", "acl"}
    empty = speaker.lower_ in {"it", "this", "that", "what", "there", "which"}
    return not empty or speaker.head.i == verb.i


PARTICLES = frozenset({"for", "out", "of", "about", "against", "on", "to", "at"})


def _cue_span(verb: "Token") -> Span:
    """The verb with its particle or preposition ('called for') and negation ('did not deny')."""
    first, last = verb, verb
    for child in verb.children:
        if child.dep_ in {"prt", "prep"} and child.i == verb.i + 1 and child.lower_ in PARTICLES:
            last = child
        if child.dep_ == "neg" and verb.i - child.i == 1:
            first = child
    return Span(first.idx, last.idx + len(last.text))


# Speakers ----------------------------------------------------------------------------------------


def _subject(verb: "Token") -> "Token | None":
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def _speaker(verb: "Token") -> "Token | None":
    """The head of the words that name the speaker, None for 'it is said'."""
    subject = _subject(verb)
    if subject is not None and subject.dep_ == "nsubjpass":
        return _agent(verb)
    if subject is not None and subject.lower_ in {"it", "there"} and subject.dep_ == "expl":
        return None
    if subject is not None:
        return _antecedent(subject, verb)
    return _borrowed_speaker(verb)


def _agent(verb: "Token") -> "Token | None":
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return None if by is None else next((each for each in by.children if each.dep_ == "pobj"), None)


def _antecedent(subject: "Token", verb: "Token") -> "Token":
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        return verb.head
    return subject


def _borrowed_speaker(verb: "Token") -> "Token | None":
    """The subject of the verb this one is joined to or depends on; the noun it describes."""
    head = verb.head
    if verb.dep_ == "acl":
        return head
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and head.i != verb.i:
        governor = head.head if verb.dep_ == "pcomp" else head
        if governor.pos_ in {"VERB", "AUX"}:
            return _speaker(governor)
    return None


def _source_span(head: "Token") -> Span | None:
    """The words that name the speaker, without asides, but with what stands in apposition before the cue."""
    return _trimmed(span_of(_contiguous(subtree(head, without=ASIDE), head)), head.doc.text)


def _contiguous(tokens: Sequence["Token"], head: "Token") -> list["Token"]:
    position = next(index for index, token in enumerate(tokens) if token.i == head.i)
    first = last = position
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 2:
        last += 1
    return list(tokens[first : last + 1])


# Shapes ------------------------------------------------------------------------------------------


def _reported_as_saying(verb: "Token") -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB"


def _as_saying(verb: "Token", kind: CueClass) -> Relation | None:
    """'reported civilians as saying …', 'was quoted as saying …'."""
    governor = verb.head.head
    speaker = next((child for child in governor.children if child.dep_ in {"dobj", "nsubjpass"}), None)
    content = _trimmed(span_of([token for token in verb.sent if token.i > verb.i]), verb.doc.text)
    if content is None or speaker is None:
        return None
    source = span_of([token for token in speaker.sent if _source_start(speaker) <= token.i < verb.head.i])
    return Relation(
        source=() if source is None else (source,) if speaker.i > governor.i else _spans(_source_span(speaker)),
        cue=Span(verb.idx, verb.idx + len(verb.text)),
        content=_spans(_without_stop(content, verb.doc.text)),
        kind=kind,
        cue_token=verb.i,
        source_token=speaker.i,
    )


def _source_start(speaker: "Token") -> int:
    return min(token.i for token in subtree(speaker, without=ASIDE))


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _without_stop(span: Span, text: str) -> Span:
    return Span(span.start, span.end - 1) if span.of(text).endswith(".") and len(span) > 1 else span


def _comments_on_sentence(verb: "Token") -> bool:
    """'as Lavrov explains, …' and '…, Lavrov said'."""
    has_as = any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
    if verb.dep_ == "advcl" and has_as:
        return _subject(verb) is not None
    return verb.dep_ == "parataxis" and _subject(verb) is not None


def _rest_of_sentence(verb: "Token") -> tuple[Span, ...]:
    """The sentence before and after the comment."""
    own = {token.i for token in verb.subtree}
    lead = {token.i for token in verb.head.lefts if token.dep_ == "advmod" and token.i < min(own)}
    sentence = [token for token in verb.sent if token.i not in own and token.i not in lead]
    before = span_of([token for token in sentence if token.i < min(own)])
    after = span_of([token for token in sentence if token.i > max(own)])
    pieces = (_trimmed(each, verb.doc.text) for each in (before, after))
    return tuple(_without_stop(piece, verb.doc.text) for piece in pieces if piece is not None and len(piece) > 2)


def _noun_relation(noun: "Token", cues: Cues) -> Relation | None:
    kind = cues.nouns.get(noun.lemma_.lower())
    if kind is None:
        return None
    content = next((child for child in noun.children if _noun_content(child, kind)), None)
    speaker = _noun_speaker(noun, cues)
    if content is None and speaker is not None and speaker.dep_ in SUBJECTS:
        content = next((each for each in noun.children if each.dep_ == "prep" and each.lower_ in ABOUT), None)
    part = None if content is None else _clause_span(content, noun)
    if part is None:
        return None
    cue_head = noun.head if noun.dep_ == "dobj" and noun.head.lemma_ in cues.light else noun
    return Relation(
        source=() if speaker is None else _spans(_source_span(speaker)),
        cue=Span(cue_head.idx, noun.idx + len(noun.text)) if cue_head.i <= noun.i else Span(noun.idx, noun.idx + len(noun.text)),
        content=(part,),
        kind=kind,
        cue_token=noun.i,
        source_token=None if speaker is None else speaker.i,
    )


ABOUT = frozenset({"about", "over", "at", "regarding", "that"})


def _noun_content(child: "Token", kind: CueClass) -> bool:
    if child.dep_ not in {"acl", "ccomp"} or child.tag_ in {"VBN", "VBG"}:
        return False
    infinitive = _is_infinitive(child)
    says_that = any(each.dep_ == "mark" and each.lower_ == "that" for each in child.children)
    return says_that or (infinitive and kind.name in {"promise", "demand", "hope", "refuse"})


def _noun_speaker(noun: "Token", cues: Cues) -> "Token | None":
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if noun.dep_ == "dobj" and noun.head.lemma_ in cues.light:
        return _speaker(noun.head)
    by = next((child for child in noun.children if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}), None)
    return None if by is None else next((each for each in by.children if each.dep_ == "pobj"), None)


def _adjective_relation(adjective: "Token", cues: Cues) -> Relation | None:
    kind = cues.adjectives.get(adjective.lemma_.lower())
    if kind is None or adjective.dep_ not in {"acomp", "oprd", "conj"}:
        return None
    content = next((child for child in adjective.children if child.dep_ in {"ccomp", "xcomp"}), None)
    speaker = _speaker(adjective.head)
    part = None if content is None else _clause_span(content, adjective)
    if part is None or speaker is None or speaker.lower_ == "it":
        return None
    return Relation(
        source=_spans(_source_span(speaker)),
        cue=Span(adjective.idx, adjective.idx + len(adjective.text)),
        content=(part,),
        kind=kind,
        cue_token=adjective.i,
        source_token=speaker.i,
    )


def _preposition_relation(token: "Token", cues: Cues, quotes: Sequence[Span]) -> Relation | None:
    """'According to X, …' and '…, according to X'."""
    words = next((phrase for phrase in cues.prepositions if _starts(token, phrase)), None)
    if words is None:
        return None
    last = token.doc[token.i + len(words) - 1]
    speaker = next((child for child in last.children if child.dep_ in {"pobj", "dobj"}), None)
    if speaker is None:
        return None
    own = {each.i for each in speaker.subtree} | set(range(token.i, last.i + 1))
    pieces = _sides(token, own)
    if not pieces:
        return None
    return Relation(
        source=_spans(_trimmed(span_of([token.doc[index] for index in sorted(own) if index > last.i]), token.doc.text)),
        cue=Span(token.idx, last.idx + len(last.text)),
        content=_widened(pieces, quotes, token),
        kind=cues.verbs["say"][0],
        cue_token=token.i,
        source_token=speaker.i,
    )


def _starts(token: "Token", phrase: tuple[str, ...]) -> bool:
    here = token.doc[token.i : token.i + len(phrase)]
    return len(here) == len(phrase) and all(each.lower_ == word for each, word in zip(here, phrase, strict=True))


def _sides(token: "Token", own: set[int]) -> tuple[Span, ...]:
    """The larger side of the sentence around a prepositional cue."""
    before = [each for each in token.sent if each.i < min(own)]
    after = [each for each in token.sent if each.i > max(own)]
    side = after if len(after) > len(before) else before
    return _spans(_trimmed(span_of(side), token.doc.text)) if len(side) > 2 else ()


# Quotations --------------------------------------------------------------------------------------


def _widened(content: tuple[Span, ...], quotes: Sequence[Span], cue: "Token") -> tuple[Span, ...]:
    """Contents that lie mostly in a quotation take all of it; quoted halves around the cue are both taken."""
    pieces: list[Span] = []
    for piece in content:
        for quote in quotes:
            if quote.overlaps(piece) and not quote.start <= cue.idx < quote.end:
                piece = Span(min(piece.start, quote.start), max(piece.end, quote.end))
        pieces.append(piece)
    for quote in _quotes_beside(cue, quotes, unsaid=not pieces):
        if not any(piece.overlaps(quote) for piece in pieces):
            pieces.append(quote)
    return tuple(sorted(pieces))


def _quotes_beside(cue: "Token", quotes: Sequence[Span], *, unsaid: bool) -> tuple[Span, ...]:
    """Quotations that end just before the cue's clause, or begin just after it, with a comma or colon between.

    One that ended with a full stop is taken only when the cue is still `unsaid`, without content of its own.
    """
    text = cue.doc.text
    clause = [cue, *(each for child in cue.children if child.dep_ in SUBJECTS for each in child.subtree)]
    start, end = min(each.idx for each in clause), max(each.idx + len(each.text) for each in clause)
    found = []
    for quote in quotes:
        if quote.end <= start and _is_speech(quote, text) and not text[quote.end : start].strip():
            if unsaid or not quote.of(text).rstrip("”\"").endswith("."):
                found.append(quote)
        elif end <= quote.start and _is_speech(quote, text) and _leads_in(text[end : quote.start]):
            found.append(quote)
    return tuple(found)


def _leads_in(between: str) -> bool:
    stripped = between.strip()
    return stripped in {",", ":", "that", ", “", ""} or (len(between) < 60 and stripped.endswith((",", ":")) and "." not in between)


def _is_speech(quote: Span, text: str) -> bool:
    inside = quote.of(text)
    return len(inside.split()) >= 3 or inside.rstrip("”\"").endswith((",", ".", "!", "?"))


def _with_running_quotes(found: list[Relation], doc: "Doc", quotes: Sequence[Span]) -> list[Relation]:
    """Quotations that follow a quoted relation in its paragraph without a cue of their own belong to it."""
    text = doc.text
    paragraphs = list(find_paragraphs(text))
    relations = list(found)
    for quote in quotes:
        if not _is_speech(quote, text) or _spoken(quote, relations, text) or not _stands_alone(quote, text):
            continue
        index = _runs_on_from(quote, relations, paragraphs, text)
        if index is not None:
            relations[index] = replace(relations[index], content=(*relations[index].content, quote))
    return relations


def _spoken(quote: Span, relations: Sequence[Relation], text: str) -> bool:
    return any(piece.overlaps(quote) for each in relations for piece in each.content if not _is_inner(piece, quote, text))


def _is_inner(piece: Span, quote: Span, text: str) -> bool:
    """Whether the piece lies strictly within the quotation: somebody quoted by the one who is quoted."""
    return quote.start < piece.start and piece.end < quote.end - 1


def _stands_alone(quote: Span, text: str) -> bool:
    before = text[: quote.start].rstrip(" \t")
    return (not before or before[-1] in ".!?\n”\":,") and len(quote.of(text).split()) >= 4


def _runs_on_from(
    quote: Span, relations: Sequence[Relation], paragraphs: Sequence[Span], text: str
) -> int | None:
    paragraph = next((each for each in paragraphs if each.covers(quote)), None)
    if paragraph is None:
        return None
    for index in range(len(relations) - 1, -1, -1):
        relation = relations[index]
        last = max(piece.end for piece in relation.content)
        quoted = any(piece.of(text)[:1] in '“"«' for piece in relation.content)
        cue_end = relation.cue.end if relation.cue is not None else last
        if max(last, cue_end) <= quote.start and paragraph.start <= last and quoted:
            return index
    return None


def _bare_quotes(text: str, quotes: Sequence[Span], found: Sequence[Relation]) -> Iterator[Relation]:
    """Quotations of speech that nobody is given for: an unnamed quoted source, not the author."""
    for quote in quotes:
        words = quote.of(text).strip("“”\"«» ")
        speech = len(words.split()) >= SPEECH_WORDS and words[:1].isupper()
        if speech and not _spoken(quote, found, text):
            yield Relation(source=(), cue=None, content=(quote,), kind=None)


def _colon_headline(doc: "Doc", found: Sequence[Relation]) -> Iterator[Relation]:
    """'Obama: I am optimistic' as the whole of a line."""
    for paragraph in find_paragraphs(doc.text):
        line = paragraph.of(doc.text)
        head, colon, rest = line.partition(": ")
        short = 0 < len(head.split()) <= 4 and head[:1].isupper() and len(rest.split()) >= 3
        if colon and short and "\n" not in line and not rest.startswith(("http", "//")) and _is_name(doc, paragraph.start, len(head)):
            start = paragraph.start + len(head)
            content = Span(start + 2, paragraph.end)
            if not any(piece.overlaps(content) and each.cue and each.cue.end <= content.start for each in found for piece in each.content):
                yield Relation(
                    source=(Span(paragraph.start, start),), cue=Span(start, start + 1), content=(content,), kind=None
                )


def _is_name(doc: "Doc", start: int, length: int) -> bool:
    words = doc.char_span(start, start + length, alignment_mode="expand")
    return words is not None and all(word.pos_ in {"PROPN", "ADP", "PART", "DET"} for word in words)


def _without_doubles(found: Sequence[Relation]) -> list[Relation]:
    """One relation a cue: the first found is the surest."""
    kept: dict[Span | None, Relation] = {}
    for relation in found:
        kept.setdefault(relation.cue, relation)
    return list(kept.values())
