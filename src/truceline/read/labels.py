"""Loaded words: flagged where they are loaded, never in a name nor where they are meant plainly."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from truceline.kit.nearby import Nearby
from truceline.model.attribution import Attribution
from truceline.model.claim import Evidence
from truceline.model.mention import Label, LabelKind
from truceline.model.span import Span
from truceline.read.evidence import load_grounds
from truceline.read.sentences import text_of
from truceline.vocab.load import load_toml

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token
    from truceline.read.table import Phrase as Sentence

OPENING = frozenset("“\"«‘'")
QUOTING = frozenset({*OPENING, "”", "»", "’"})
WORDLESS = frozenset({Evidence.VIDEO, Evidence.PHOTO, Evidence.SATELLITE, Evidence.SENSOR})
TITLE_CASE = 0.85  # of a line's longer words with a capital: a headline, whose capitals make no names


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of vocab/labels.toml, typed; an empty set is no condition."""

    kind: LabelKind
    neutral: tuple[str, ...]
    reason: str
    pos: frozenset[str]
    not_beside: frozenset[str]
    needs: frozenset[str]
    proper: bool
    quoted: bool
    initial: bool
    adjective: str | None

    def rendering(self, token: "Token") -> str:
        """The neutral words in the form that the loaded one has."""
        forms = self.neutral
        if self.adjective is not None and token.dep_ in {"amod", "compound"} and token.i < token.head.i:
            return self.adjective
        if token.tag_ in {"VBD", "VBN"} or (token.pos_ in {"ADJ", "VERB"} and token.lower_.endswith("ed")):
            return forms[1] if len(forms) == 3 else forms[0]
        if token.tag_ == "VBG":
            return forms[-1] if len(forms) == 3 else forms[0]
        plural = token.pos_ in {"NOUN", "PROPN"} and token.lower_.endswith("s")
        return forms[1] if plural and len(forms) == 2 else forms[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by word, and by phrase in lower case with the pattern that finds them."""

    words: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, Entry]
    pattern: re.Pattern[str]


@cache
def load_labels() -> Lexicon:
    """vocab/labels.toml. Raises ValueError for an unknown kind."""
    words: dict[str, list[Entry]] = defaultdict(list)
    phrases: dict[str, Entry] = {}
    for listed in load_toml("labels.toml")["label"]:
        entry = _entry(listed)
        for word in listed.get("words", "").split():
            words[word].append(entry)
        phrases |= {phrase.lower(): entry for phrase in listed.get("phrases", ())}
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = "|".join(rf"{re.escape(each)}(?!\w)" if each[-1].isalpha() else re.escape(each) for each in longest_first)
    return Lexicon(
        {word: tuple(entries) for word, entries in words.items()},
        phrases,
        re.compile(rf"(?<![\w-])(?:{pattern})", re.IGNORECASE),
    )


def _entry(listed: Mapping[str, Any]) -> Entry:
    return Entry(
        kind=LabelKind(listed["kind"]),
        neutral=tuple(listed["neutral"].split("|")),
        reason=listed["reason"],
        pos=frozenset(listed.get("pos", "").split()),
        not_beside=frozenset(listed.get("not_beside", "").split()),
        needs=frozenset(listed.get("needs", "").split()),
        proper=bool(listed.get("proper", False)),
        quoted=bool(listed.get("quoted", False)),
        initial=bool(listed.get("initial", False)),
        adjective=listed.get("adjective"),
    )


def find_labels(doc: "Doc", names: Sequence[Span] = ()) -> Iterator[Label]:
    """Loaded words in text order, none overlapping; nothing within the `names` of actors that are known."""
    lexicon, known = load_labels(), Nearby(names, lambda each: (each,))
    found = [*_phrases(doc, lexicon), *_words(doc, lexicon)]
    reached = 0
    for label in sorted(found, key=lambda each: (each.span.start, -each.span.end)):
        named = any(each.covers(label.span) and len(each) > len(label.span) for each in known.around(label.span))
        if label.span.start >= reached and not named:
            reached = label.span.end
            yield label


def whose(labels: Sequence[Label], attributions: Sequence[Attribution], text: str) -> tuple[Label, ...]:
    """The labels with the innermost speaker in whose words each stands; pictures and instruments have none."""
    index = Nearby([each for each in attributions if not _is_wordless(each, text)], lambda each: each.content)
    return tuple(replace(each, by=_speaker_of(each.span, index)) for each in labels)


def _is_wordless(attribution: Attribution, text: str) -> bool:
    last = attribution.source[-1].of(text).split()[-1].casefold() if attribution.source else ""
    things = load_grounds().things
    return things.get(last, things.get(last.removesuffix("s"))) in WORDLESS


def _speaker_of(span: Span, index: Nearby[Attribution]) -> str:
    holding = [each for each in index.around(span) if any(piece.covers(span) for piece in each.content)]
    sizes = {each.id: sum(len(piece) for piece in each.content) for each in holding}
    return min(sizes, key=lambda each: (sizes[each], each)) if sizes else "author"


def _phrases(doc: "Doc", lexicon: Lexicon) -> Iterator[Label]:
    for match in lexicon.pattern.finditer(text_of(doc)):
        entry = lexicon.phrases[match.group().lower()]
        span = Span(*match.span())
        yield Label(span=span, word=match.group(), neutral=entry.neutral[0], reason=entry.reason, kind=entry.kind)


def _words(doc: "Doc", lexicon: Lexicon) -> Iterator[Label]:
    for token in doc:
        for entry in _entries(token, lexicon):
            if _fits(token, entry):
                span = Span(token.idx, token.idx + len(token.text))
                yield Label(
                    span=span, word=token.text, neutral=entry.rendering(token), reason=entry.reason, kind=entry.kind
                )
                break


def _entries(token: "Token", lexicon: Lexicon) -> tuple[Entry, ...]:
    """The entries of the word's base form; the tagger gives names and participles used as adjectives none."""
    lower = token.lower_
    for form in (token.lemma_.lower(), lower):
        if form in lexicon.words:
            return lexicon.words[form]
    for ending in ("s", "es", "d", "ed"):
        if lower.endswith(ending) and lower.removesuffix(ending) in lexicon.words:
            return lexicon.words[lower.removesuffix(ending)]
    return ()


def _fits(token: "Token", entry: Entry) -> bool:
    if (entry.pos and token.pos_ not in entry.pos) or _is_compounded(token):
        return False
    if not entry.proper and _is_name(token):
        return False
    if entry.initial and token.i != _first_word(token.sent):
        return False
    if entry.quoted and not _is_quoted(token):
        return False
    around = _around(token) if entry.not_beside or entry.needs else frozenset()
    return not around & entry.not_beside and (not entry.needs or bool(around & entry.needs))


def _is_compounded(token: "Token") -> bool:
    """'Counter-terrorist', 'rebel-held': part of a longer word."""
    before = token.i > 0 and token.nbor(-1).text in {"-", "–"} and not token.nbor(-1).whitespace_
    follows = token.i + 1 < len(token.doc) and not token.whitespace_ and token.nbor().text in {"-", "–"}
    return (before and token.i > 1 and not token.nbor(-2).whitespace_) or follows


def _first_word(sentence: "Sentence") -> int:
    return next((each.i for each in sentence if each.is_alpha), sentence.start)


def _is_name(token: "Token") -> bool:
    """A capital where the sentence does not begin, or a second capital beside the one that begins it."""
    if not token.is_title or _is_headline(token.sent):
        return False
    if token.i == _first_word(token.sent) or _opens_speech(token):
        follows = token.i + 1 < len(token.doc) and token.nbor()
        joined = follows and (follows.is_title or follows.text in {"'", "’", "'s", "’s"}) and token.dep_ != "nsubj"
        return bool(joined)
    return True


def _opens_speech(token: "Token") -> bool:
    """After a quotation mark that a comma, a colon or a stop comes before: not the title of a film."""
    if token.i == 0 or token.nbor(-1).text not in OPENING:
        return False
    return token.i == 1 or token.nbor(-2).is_punct or token.nbor(-2).is_space


def _is_headline(sentence: "Sentence") -> bool:
    long = [each for each in sentence if each.is_alpha and len(each.text) > 3]
    return len(long) > 3 and sum(each.text[0].isupper() for each in long) / len(long) >= TITLE_CASE


def _is_quoted(token: "Token") -> bool:
    """The word by itself, or at the end of its phrase, between quotation marks."""
    before = token.i > 0 and token.nbor(-1).text in QUOTING
    after = token.i + 1 < len(token.doc) and token.nbor().text in QUOTING
    return before and after


def _around(token: "Token") -> frozenset[str]:
    """The words that the word hangs on, that hang on it, and its neighbours, in base form and as written."""
    near = [token.head, token.head.head, *token.children, *token.head.children]
    near += [below for child in token.children if child.dep_ == "prep" for below in child.children]
    near += [below for child in token.head.children if child.dep_ == "prep" for below in child.children]
    sentence = token.sent
    near += list(token.doc[max(sentence.start, token.i - 2) : min(sentence.end, token.i + 3)])
    others = [each for each in near if each.i != token.i]
    return frozenset({each.lemma_.lower() for each in others} | {each.lower_ for each in others})
