"""Attributions as the trained encoder hears them, joined with those that syntax finds.

The encoder has learned from marks that do not nest: it knows what is a cue and how far a content reaches, and falls
silent or mixes speakers where one speaks inside another's words. Syntax knows who stands in whose clause. So a relation
heard alone stands as heard; one that both have takes its speaker and, where it was heard in shreds, its words from
syntax; inside another's words syntax and a faint hearing are enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from truceline.kit.nearby import Nearby
from truceline.model.span import Span
from truceline.read.attribution import find_relations
from truceline.read.attribution_clauses import is_speech, trimmed
from truceline.read.attribution_cuts import beside_cue, cut_apart
from truceline.read.attribution_nested import SAYING, Taken, carried_on, heads_words, is_another
from truceline.read.attribution_phrases import frames
from truceline.read.attribution_records import find_records
from truceline.read.attribution_relation import Relation
from truceline.read.attribution_relays import with_grounds, with_relays
from truceline.read.attribution_takers import with_carriers, with_takers
from truceline.read.cues import CueClass, Cues, load_cues, load_relays
from truceline.read.quotes import find_quotes
from truceline.read.sentences import span_of, text_of
from truceline.read.table import Doc, Phrase, Token
from truceline.read.trained import Heard, Noticed

# Chances, chosen on PolNeAR dev (outermost relations) and the passages of tests/cases/read (nested ones).
SURE = 0.4  # heard without help
UNLISTED = 0.5  # the same with words that the lexicon does not know
NESTED = 0.08  # heard inside another's words, where the marks it learned from are silent
WITH_SYNTAX = 0.1  # heard faintly where syntax finds a relation with the same cue
NOUN_OF_SAYING = 0.02  # the same of a noun: the marks it learned from hold few of them
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
SHREDS = 3  # what syntax has is so many times longer than what was heard
LONGEST_GAP = 40  # characters between pieces of one content that hearing has dropped
RELATIVE = frozenset({"who", "which", "that", "whom"})


def hear_relations(doc: Doc, cues: Cues, noticed: Noticed) -> list[Relation]:
    """Every attribution in the text, in the order of their cues."""
    text = text_of(doc)
    syntax = BySyntax(find_relations(doc, cues), [each.cue for each in noticed.heard if each.chance >= SURE])
    quotes = list(find_quotes(text))
    near = Nearby(quotes, lambda quote: (quote,))
    taken = Taken(text)
    for heard in noticed.heard:
        if _is_sure(heard, doc, cues):
            taken.add(_relation(heard, doc, cues, near, syntax))
    for relation in sorted(syntax.relations, key=_longest_first):
        if _adds(relation, taken, noticed, doc, near):
            taken.add(relation)
    for record in list(find_records(doc, cues, noticed, taken)):
        taken.add(record)
    for faint in noticed.heard:
        if NESTED <= faint.chance < SURE and taken.holds(faint.cue) and not taken.has_cue(faint.cue):
            relation = _relation(faint, doc, cues, near, syntax)
            if relation.kind is not None and relation.source and is_another(relation, doc, taken):
                taken.add(relation)
    apart = [beside_cue(each, text) for each in _without_echoes(taken.relations, text)]
    own = cut_apart(apart, doc, cues)
    whole = carried_on(own, text)
    whole = [_named_or_nobody(each, doc, cues) for each in whole]
    kept = with_takers(with_carriers(with_grounds(list(with_relays(whole, doc)), doc), doc), doc)
    return sorted(kept, key=lambda each: (each.cue or each.content[0], each.content[0]))


def _longest_first(relation: Relation) -> int:
    """Outer speakers before those inside their words."""
    return -sum(map(len, relation.content))


def _is_sure(heard: Heard, doc: Doc, cues: Cues) -> bool:
    """Whether it stands by what was heard alone; words the lexicon does not know must be heard better."""
    tokens = doc.char_span(heard.cue.start, heard.cue.end, alignment_mode="expand")
    if heard.chance < SURE or tokens is None or _is_helper(heard.cue, doc):
        return False
    if tokens.root.lemma_.lower() in cues.material:
        return False
    quoted = doc.text[: heard.cue.start].rstrip()[-1:] in {"”", '"', "»"} and tokens.root.pos_ == "VERB"
    listed = quoted or tokens.root.pos_ in {"ADP", "SCONJ", "PUNCT"} or _kind(tokens, cues) is not None
    return listed or heard.chance >= UNLISTED


def _is_helper(cue: Span, doc: Doc) -> bool:
    """'has again' before 'asked': the verb itself is the cue, and syntax has it."""
    tokens = doc.char_span(cue.start, cue.end, alignment_mode="expand")
    return tokens is not None and all(each.dep_ in {"aux", "auxpass", "neg", "advmod"} for each in tokens)


class BySyntax:
    """What syntax finds, looked up by the cue's letters; `cuts` are all words of saying by where they stand."""

    def __init__(self, relations: Sequence[Relation], heard: Sequence[Span]) -> None:
        self.relations = relations
        self._at = {
            at: each for each in relations if each.cue is not None for at in range(each.cue.start, each.cue.end)
        }
        cues = [*heard, *(each.cue for each in relations if each.cue is not None)]
        self._cuts = Nearby(cues, lambda cue: (cue,))

    def alike(self, cue: Span) -> Relation | None:
        return next((self._at[at] for at in range(cue.start, cue.end) if at in self._at), None)

    def cuts_in(self, piece: Span, own: Span) -> list[Span]:
        return [cut for cut in self._cuts.around(piece) if piece.covers(cut) and not cut.overlaps(own)]


def _adds(relation: Relation, taken: Taken, noticed: Noticed, doc: Doc, quotes: Nearby[Span]) -> bool:
    """Whether syntax has what was not heard: words without a cue, a cue faintly heard, or one in another's words."""
    if relation.cue is None:
        return not any(taken.speaks_in(piece) for piece in relation.content)
    if taken.has_cue(relation.cue):
        return False
    if taken.holds(relation.cue):
        quoted = any(quote.covers(relation.cue) for quote in quotes.around(relation.cue))
        return is_another(relation, doc, taken) and (not quoted or heads_words(relation, doc, taken))
    if relation.formal or relation.cue_token is None or doc[relation.cue_token].pos_ in {"ADP", "SCONJ"}:
        return True  # the form of a line, 'according to', 'per'
    noun = relation.kind is not None and relation.kind.name in SAYING and doc[relation.cue_token].pos_ == "NOUN"
    least = NOUN_OF_SAYING if noun else WITH_SYNTAX
    return noticed.chance_of("cue", relation.cue.start, relation.cue.end) >= least


def _named_or_nobody(relation: Relation, doc: Doc, cues: Cues) -> Relation:
    """'Word has it' names nobody."""
    words = " ".join(each.of(doc.text).lower() for each in relation.source).removeprefix("the ")
    return replace(relation, source=(), source_token=None) if words in cues.hearsay else relation


def _without_echoes(relations: Sequence[Relation], text: str) -> Iterator[Relation]:
    """Without a colon heard as a cue of words that somebody is already said to say ('X told Y: …')."""
    for each in relations:
        marks = each.cue is not None and not any(letter.isalnum() for letter in each.cue.of(text))
        if not (marks and any(other is not each and _echoes(each, other) for other in relations)):
            yield each


def _echoes(mark: Relation, other: Relation) -> bool:
    """Whether the same is said by another; one who speaks inside the words behind the colon does not say the same."""
    inside = other.cue is not None and any(piece.covers(other.cue) for piece in mark.content)
    return not inside and _alike(mark.content, other.content)


def _alike(one: Sequence[Span], other: Sequence[Span]) -> bool:
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return 2 * common > max(sum(map(len, one)), sum(map(len, other)))


# One relation --------------------------------------------------------------------------------------


def _relation(heard: Heard, doc: Doc, cues: Cues, quotes: Nearby[Span], syntax: BySyntax) -> Relation:
    text = text_of(doc)
    alike = syntax.alike(heard.cue)
    cue = doc.char_span(heard.cue.start, heard.cue.end, alignment_mode="expand")
    head = None if cue is None else cue.root
    kind = alike.kind if alike is not None else _kind(cue, cues)
    source = _speaker(heard, alike, doc, syntax)
    spoken_of: tuple[Span, ...] = ()
    if head is not None and _is_spoken_of(head, kind):
        spoken_of = tuple(each for each in source if any(_stands_in(child, each) for child in _passive_subjects(head)))
        source = tuple(each for each in source if each not in spoken_of and _is_by(each, head))
        spoken_of = tuple(each for each in spoken_of if each.of(text).lower() not in {"it", "there"})
    said = [*spoken_of, *_content(heard, alike, doc)]
    aside = None if head is None else _aside(head, cues)
    if aside is not None:
        source, said = (), [aside]
    content = _apart([_whole(each, quotes, heard.cue, text) for each in said])
    return Relation(
        source=source,
        cue=heard.cue,
        content=_bridged(content, (heard.cue, *source)),
        kind=kind,
        cue_token=alike.cue_token if alike is not None else (None if head is None else head.i),
        source_token=_head_of(source, doc, alike),
    )


def _aside(cue: Token, cues: Cues) -> Span | None:
    """'X, said to be the richest of them, fled': what is said of X ends at the comma, and nobody says it."""
    doc, at = cue.doc, cue.i
    if cue.lower_ not in cues.asides or at < 1 or at + 2 >= len(doc) or doc[at - 1].text != ",":
        return None
    words = [each for each in cue.sent if each.i > at]
    end = next((index for index, each in enumerate(words) if each.text == ","), None)
    return span_of(words[:end]) if words and words[0].lower_ == "to" and end is not None else None


def _speaker(heard: Heard, alike: Relation | None, doc: Doc, syntax: BySyntax) -> tuple[Span, ...]:
    """The words that name the speaker: as heard, but as syntax has them where several speakers are mixed."""
    text = text_of(doc)
    trims = (trimmed(_past_relative(each, text), text) for each in heard.source)
    pieces = [piece for piece in trims if piece is not None and _names(piece, doc)]
    if alike is not None and alike.source:
        mixed = (
            len(pieces) != 1
            or _has_verb(pieces, doc)
            or any(syntax.cuts_in(piece, heard.cue) for piece in pieces)
            or _holds_pronoun(pieces, alike, doc)
        )
        if mixed or _cites(alike, doc):
            return alike.source
    if len(pieces) > 2:  # a name in so many pieces is none: its longest piece may be one
        pieces = [max(pieces, key=len)]
    named = (_behind(each, syntax.cuts_in(each, heard.cue), text) for each in pieces)
    return _apart([piece for each in named for piece in {_antecedent(each, doc), _without_aside(each, text)}])


def _has_verb(pieces: Sequence[Span], doc: Doc) -> bool:
    """'several papers carried the militia' before 's boast': the sentence's own verb is in no name."""
    tokens = (doc.char_span(each.start, each.end) for each in pieces)
    return any(token.dep_ == "ROOT" and token.pos_ == "VERB" for phrase in tokens for token in phrase or ())


def _holds_pronoun(pieces: Sequence[Span], alike: Relation, doc: Doc) -> bool:
    """'on page two she reports': the pronoun is all of the name."""
    word = None if alike.source_token is None else doc[alike.source_token]
    return word is not None and word.lower_ in {"he", "she", "they"} and any(_stands_in(word, each) for each in pieces)


def _content(heard: Heard, alike: Relation | None, doc: Doc) -> tuple[Span, ...]:
    """What is said: as heard, but as syntax has it where only shreds were heard, behind 'citing', and in a clause that
    describes the speaker."""
    if alike is None or alike.cue_token is None or not alike.content:
        return heard.content
    shreds = len(heard.content) > 1 and SHREDS * sum(map(len, heard.content)) < sum(map(len, alike.content))
    better = (
        shreds
        or _cites(alike, doc)
        or doc[alike.cue_token].dep_ == "relcl"
        or frames(doc[alike.cue_token], load_cues())
    )
    return alike.content if better else heard.content


def _cites(relation: Relation, doc: Doc) -> bool:
    cue = None if relation.cue_token is None else doc[relation.cue_token]
    return cue is not None and cue.tag_ == "VBG" and cue.lemma_.lower() in load_relays().citing


def _is_spoken_of(cue: Token, kind: CueClass | None) -> bool:
    """'is accused of', 'is said to': the verb's subject does not speak; one who 'was quoted as saying' does."""
    return kind is not None and kind.name in SAYING | {"believe"} and cue.lemma_.lower() not in load_relays().citing


def _passive_subjects(cue: Token) -> list[Token]:
    return [child for child in cue.children if child.dep_ in {"nsubjpass", "expl"}]


def _is_by(piece: Span, cue: Token) -> bool:
    """Whether the words name who does what is told in the passive: 'it is rumoured in the market' names none."""
    passive = any(child.dep_ == "auxpass" for child in cue.children)
    doers = [each for child in cue.children if child.dep_ == "agent" for each in child.subtree]
    return not passive or any(_stands_in(each, piece) for each in doers)


def _stands_in(token: Token, span: Span) -> bool:
    return span.start <= token.idx < span.end


def _without_aside(piece: Span, text: str) -> Span:
    """'the Syrian Democratic Forces (SDF)' without what stands in brackets at its end."""
    words = piece.of(text)
    opening = words.find(" (")
    return Span(piece.start, piece.start + opening) if opening > 0 and words.endswith(")") else piece


def _bridged(pieces: Sequence[Span], between: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring pieces as one, where neither cue nor speaker stands between them."""
    joined: list[Span] = []
    for piece in pieces:
        gap = Span(joined[-1].end, piece.start) if joined and joined[-1].end < piece.start else None
        if gap is not None and len(gap) < LONGEST_GAP and not any(gap.overlaps(each) for each in between):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return tuple(joined)


def _past_relative(piece: Span, text: str) -> Span:
    """'which the cook' of 'a letter in which the cook swears' names the cook."""
    first, _, rest = piece.of(text).partition(" ")
    return Span(piece.end - len(rest), piece.end) if rest and first.lower() in RELATIVE else piece


def _behind(piece: Span, cuts: Sequence[Span], text: str) -> Span:
    """The piece from behind the last word of saying in it: 'the lawyer said her client' names her client."""
    last = max((cut.end for cut in cuts), default=piece.start)
    return trimmed(Span(last, piece.end), text) or piece if last < piece.end else piece


def _names(piece: Span, doc: Doc) -> bool:
    tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
    return tokens is not None and any(token.pos_ in NAMING or token.is_title for token in tokens)


def _antecedent(piece: Span, doc: Doc) -> Span:
    """'who' is whoever the clause hangs on."""
    tokens = doc.char_span(piece.start, piece.end, alignment_mode="expand")
    if tokens is None or len(tokens) != 1 or tokens[0].lower_ not in RELATIVE:
        return _without_aside(piece, text_of(doc))
    clause = next((each for each in (tokens[0], *tokens[0].ancestors) if each.dep_ == "relcl"), None)
    if clause is None:
        return piece
    if clause.head.dep_ == "appos":  # 'the spokesman, Ali Warsame, who'
        return _down_from(clause.head.head, clause.head)
    named = [each for each in clause.head.lefts if each.dep_ in {"det", "amod", "compound", "poss", "nummod"}]
    first = min((each.subtree[0] for each in named), key=lambda each: each.i, default=clause.head)
    return Span(first.idx, clause.head.idx + len(clause.head.text))


def _down_from(head: Token, last: Token) -> Span:
    first = min([head, *head.lefts], key=lambda each: each.i).subtree[0]
    return Span(first.idx, last.idx + len(last.text))


def _whole(piece: Span, quotes: Nearby[Span], cue: Span, text: str) -> Span:
    """The piece with the whole of a quotation that it begins or ends in, and without a comma at its ends."""
    start, end = piece.start, piece.end
    for quote in quotes.around(piece):
        if quote.overlaps(piece) and not quote.overlaps(cue) and is_speech(quote, text):
            start, end = min(start, quote.start), max(end, quote.end)
    return trimmed(Span(start, end), text) or piece


def _apart(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces in text order, those that touch or overlap made one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def _kind(cue: Phrase | None, cues: Cues) -> CueClass | None:
    """The class of the first word of the cue that the lexicon knows."""
    for token in cue or ():
        lemma = token.lemma_.lower()
        if lemma in cues.verbs:
            return cues.verbs[lemma][0]
        known = cues.nouns.get(lemma) or cues.adjectives.get(lemma)
        if known is not None:
            return known
    return None


def _head_of(source: Sequence[Span], doc: Doc, alike: Relation | None) -> int | None:
    """The word that names the speaker: the one syntax has, where it lies in the source, else the source's own head."""
    tokens = doc.char_span(source[0].start, source[0].end, alignment_mode="expand") if source else None
    if tokens is None:
        return None
    if alike is not None and alike.source_token is not None and tokens.start <= alike.source_token < tokens.end:
        return alike.source_token
    return int(tokens.root.i)
