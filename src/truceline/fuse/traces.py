"""What each text shows of where it has its story from: whom it credits, what it knows itself, what gives it away."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from truceline.fuse.outlets import Named, Outlets, arrange_outlets, credit_words
from truceline.fuse.registry import Registry, arrange
from truceline.fuse.oddities import find_oddities
from truceline.kit.near import fold_loosely
from truceline.model.document import Document, Form
from truceline.model.reading import Reading
from truceline.model.source import Source
from truceline.model.span import Span
from truceline.model.telling import Credit, Traces

BRIEF_WORDS = 120  # in a text of no more words an outlet is named for what it told
SHARED = 12  # an oddity in more texts than this is none
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+(?=[\"“«(]?[A-Z0-9])|\n+")
BYLINE_BEFORE = re.compile(r"(?:\(|\bby:?\s+(?:the\s+)?|[-–—/|]\s*|\bsource:?\s*|\bvia\s+)$", re.IGNORECASE)
BYLINE_AFTER = re.compile(r"\s*(?:[)\].|]|[-–—/]|$)")
DATELINE = 60  # characters in which a dateline names its agency


def find_traces(readings: Sequence[Reading], sources: Sequence[Source]) -> Mapping[str, Traces]:
    """The traces of every text that shows any, by document; rows of tables are no texts."""
    texts = [each for each in readings if each.document.form not in {Form.UCDP_GED, Form.ACLED}]
    registry = arrange(sources, ())
    outlets = arrange_outlets(sources, (each.document.publisher for each in texts if each.document.publisher))
    oddities = {each.document.id: tuple(dict.fromkeys(find_oddities(each))) for each in texts}
    holders = Counter(oddity for found in oddities.values() for oddity in found)
    traces: dict[str, Traces] = {}
    for reading in texts:
        document = reading.document
        shared = tuple(each for each in oddities[document.id] if 1 < holders[each] <= SHARED)
        found = trace(reading, outlets, registry, shared)
        if found != Traces():
            traces[document.id] = found
    return traces


def trace(reading: Reading, outlets: Outlets, registry: Registry, oddities: tuple[str, ...]) -> Traces:
    document = reading.document
    own_names = _own_names(document, registry)
    return Traces(
        credits=tuple(dict.fromkeys(find_credits(reading, outlets, own_names, registry))),
        own=find_own_words(document),
        hearsay=_first(_hearsay(), document.text),
        oddities=oddities,
    )


def find_credits(
    reading: Reading, outlets: Outlets, own_names: frozenset[str], registry: Registry
) -> Iterator[Credit]:
    """Outlets that the text names as telling, in text order, never its own."""
    text = reading.document.text
    named = sorted(
        {each.span.start: each for each in (*_mentioned(reading, registry), *outlets.find(text))}.values(),
        key=lambda each: each.span.start,
    )
    named = [each for each in named if each.name not in own_names]
    if not named:
        return
    brief = len(text.split()) <= BRIEF_WORDS
    bounds = [0, *(each.end() for each in SENTENCE_END.finditer(text)), len(text) + 1]
    for at, each in enumerate(named):
        index = bisect_right(bounds, each.span.start) - 1
        sentence = Span(bounds[index], bounds[index + 1])
        byline = is_byline(each.span, text)
        cued = bool(_cues().search(text[sentence.start : sentence.end]))
        if not (byline or cued or (brief and not each.acting)):
            continue
        following = named[at + 1] if at + 1 < len(named) else None
        relay = following is not None and following.span.start < sentence.end and _passes_on(each, following, text)
        yield Credit(name=each.name, words=each.span.of(text), byline=byline, relay=relay)


def is_byline(span: Span, text: str) -> bool:
    """In the dateline, in brackets, after a dash at the end: for the text as a whole."""
    before = text[max(0, span.start - 14) : span.start]
    line = text.rfind("\n", 0, span.start) + 1
    if span.start - line == 0 and re.match(r"\s*[:)–—-]", text[span.end : span.end + 2]):
        return True
    if not BYLINE_AFTER.match(text, span.end) or not BYLINE_BEFORE.search(before):
        return False
    return before.rstrip().endswith("(") or span.start - line < DATELINE or not text[span.end :].strip(" .)]\n")


def find_own_words(document: Document) -> str | None:
    """Words that show the publisher's own knowledge; None where there are none."""
    return _first(_own(_name_pattern(document.publisher)), document.text)


def _mentioned(reading: Reading, registry: Registry) -> Iterator[Named]:
    """Sources that the reader found behind other words: 'the Observatory', 'Syrian state media'."""
    text = reading.document.text
    for mention in reading.mentions:
        source = registry.by_actor.get(mention.actor) if mention.actor is not None else None
        if source is not None and not source.kind.value.startswith("official"):
            yield Named(source.id, mention.span, acting=True)


def _own_names(document: Document, registry: Registry) -> frozenset[str]:
    if not document.publisher:
        return frozenset()
    source = registry.source_named(document.publisher)
    return frozenset({fold_loosely(document.publisher)} | ({source.id} if source is not None else set()))


def _passes_on(one: Named, other: Named, text: str) -> bool:
    return bool(_relays().search(text[one.span.end : other.span.start]))


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found.group() if found is not None else None


def _name_pattern(publisher: str | None) -> str:
    """The publisher's name and its first words, with or without what stands in brackets behind it."""
    if not publisher:
        return ""
    plain = re.sub(r"^(?:the|blog:)\s+|\s*\(.*\)", "", publisher, flags=re.IGNORECASE).strip()
    shorter = [plain.rsplit(" ", 1)[0]] if plain.count(" ") else []
    return "|".join(re.escape(each) for each in (plain, *shorter) if len(each) > 1)


@cache
def _own(names: str) -> re.Pattern[str]:
    patterns = credit_words()["own"]["patterns"]
    named = [each.replace("OWN", rf"(?:the |The )?(?:{names})") for each in patterns if names or "OWN" not in each]
    return re.compile("|".join(f"(?:{each})" for each in named), re.MULTILINE | re.IGNORECASE)


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in credit_words()["hearsay"]["patterns"]), re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    table = credit_words()["cues"]
    stems, words = "|".join(table["stems"]), "|".join(table["words"])
    return re.compile(rf"\b(?:(?:{stems})\w*|(?:{words}))\b", re.IGNORECASE)


@cache
def _relays() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, credit_words()['relay']['words']))})\b", re.IGNORECASE)
