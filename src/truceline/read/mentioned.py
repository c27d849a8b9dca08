"""Event words with what stands around them, as `fuse/event_groups.py` compares them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from truceline.kit.near import EMPTY
from truceline.kit.stems import stem
from truceline.model.mentioned import Mentioned, Stems
from truceline.model.span import Span
from truceline.read.table import Doc, Token

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
TITLES = frozenset({"mr", "ms", "mrs", "-"})
ACTIVE = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "attr", "dative", "oprd"})
INSIDE_PHRASE = frozenset(
    {"compound", "amod", "poss", "nmod", "nummod", "appos", "flat", "conj", "quantmod", "prep", "pobj"}
)
BEFORE_NOUN = frozenset({"compound", "poss", "amod", "nmod", "npadvmod"})
WIDEST_PHRASE, NEAR = 8, 5  # words
DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "yesterday",
        "today",
        "tomorrow",
    }
)


@dataclass(slots=True)
class Tied:
    """What syntax ties to an event word."""

    agents: set[str] = field(default_factory=set)
    patients: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def find_mentioned(document: str, doc: Doc, spans: Sequence[Span]) -> Iterator[Mentioned]:
    """One for each span that holds a word, named `document:start-end`."""
    opening = sorted({token.sent.start for token in doc})
    numbers = {start: at for at, start in enumerate(opening)}
    for span in spans:
        words = [each for each in doc if each.idx < span.end and each.idx + len(each) > span.start]
        if words:
            yield _mentioned(document, span, words, numbers)


def _mentioned(document: str, span: Span, words: Sequence[Token], numbers: dict[int, int]) -> Mentioned:
    head = chief(words)
    sentence = [each for each in head.sent if not each.is_space]
    own = {_stem(each) for each in words}
    tied = find_tied(head, words)
    return Mentioned(
        id=f"{document}:{span.start}-{span.end}",
        document=document,
        sentence=numbers[head.sent.start],
        head=head.lemma_.lower(),
        tag=head.tag_,
        text=" ".join(each.lemma_.lower() for each in words),
        words=frozenset(_stem(each) for each in words if each.lemma_.lower() not in EMPTY) or frozenset({_stem(head)}),
        agents=frozenset(tied.agents - own),
        patients=frozenset(tied.patients - own),
        others=frozenset(tied.others - own),
        around=_content(sentence) - own,
        near=_content(each for each in sentence if abs(each.i - head.i) <= NEAR) - own,
        names=frozenset(each.lower_ for each in sentence if each.pos_ == "PROPN"),
        numbers=frozenset(each.lower_ for each in sentence if each.pos_ == "NUM"),
        days=frozenset(each.lower_ for each in sentence if each.lower_ in DAYS),
        verbal=head.pos_ in {"VERB", "AUX"},
        negated=any(each.dep_ == "neg" for each in head.children),
        modal=head.tag_ == "VB" or any(each.tag_ == "MD" for each in head.children),
    )


def chief(words: Sequence[Token]) -> Token:
    """The word on which the others hang; the last of several nouns, else the first that says something."""
    inside = {each.i for each in words}
    tops = [each for each in words if each.head.i not in inside or each.head is each]
    said = [each for each in tops if each.pos_ in CONTENT or each.pos_ == "PRON"] or tops or list(words)
    return said[-1] if all(each.pos_ in {"NOUN", "PROPN"} for each in said) else said[0]


def find_tied(head: Token, words: Sequence[Token]) -> Tied:
    """Subjects, objects and what prepositions add, of the word or, where it has none, of the verb it leans on."""
    tied = Tied()
    for child in head.children:
        _tie(child, head, tied)
    if head.dep_ in {"conj", "xcomp", "advcl"} and not tied.agents:
        for child in head.head.children:
            if child.dep_ in ACTIVE:
                tied.agents |= _phrase(child)
            elif child.dep_ in PASSIVE and head.dep_ == "conj":
                tied.patients |= _phrase(child)
    if head.dep_ in {"relcl", "acl"}:
        (tied.patients if head.tag_ == "VBN" else tied.agents).add(_stem(head.head))
    if head.pos_ in {"NOUN", "PROPN"}:
        _lean(head, words, tied)
    return tied


def _tie(child: Token, head: Token, tied: Tied) -> None:
    if child.dep_ in ACTIVE:
        tied.agents |= _phrase(child)
    elif child.dep_ in PASSIVE or child.dep_ in OBJECTS:
        tied.patients |= _phrase(child)
    elif child.dep_ == "agent":
        tied.agents.update(*(_phrase(each) for each in child.children))
    elif child.dep_ == "prep":
        of = child.lower_ == "of" and head.pos_ == "NOUN"
        for each in child.children:
            if each.dep_ == "pobj":
                (tied.patients if of else tied.others).update(_phrase(each))
    elif child.dep_ in BEFORE_NOUN and head.pos_ in {"NOUN", "PROPN"}:
        tied.others |= _phrase(child)


def _lean(noun: Token, words: Sequence[Token], tied: Tied) -> None:
    """'carried out the attack': what the verb of a noun has belongs to the noun."""
    if noun.dep_ not in {"dobj", "pobj", "nsubj", "nsubjpass", "conj"}:
        return
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.pos_ in {"VERB", "AUX"}:
        for child in verb.children:
            if child not in words and child.dep_ in ACTIVE | PASSIVE | OBJECTS:
                tied.others |= _phrase(child)


def _phrase(head: Token) -> Stems:
    """The content words of a noun phrase, clauses left out."""
    found, waiting = [], [head]
    while waiting:
        word = waiting.pop()
        found.append(word)
        waiting += [
            each for each in word.children if each.dep_ in INSIDE_PHRASE and abs(each.i - head.i) < WIDEST_PHRASE
        ]
    return frozenset(
        _stem(each)
        for each in found
        if (each.pos_ in CONTENT or each.pos_ == "PRON")
        and len(each.lemma_) > 1
        and each.lemma_.lower() not in EMPTY | TITLES
    )


def _content(words: Iterable[Token]) -> Stems:
    return frozenset(_stem(each) for each in words if each.pos_ in CONTENT and each.lemma_.lower() not in EMPTY)


def _stem(word: Token) -> str:
    return stem(word.lemma_.lower())
