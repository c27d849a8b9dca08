"""What each text shows of where it has its story from: whom it credits, what it knows itself, what gives it away."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from truceline.fuse.oddities import find_details, find_oddities
from truceline.fuse.outlets import Named, Outlets, arrange_outlets, credit_words
from truceline.fuse.registry import Registry, arrange
from truceline.fuse.roots import NEUTRAL_KINDS
from truceline.kit.near import fold_loosely
from truceline.model.actor import Actor
from truceline.model.claim import Mood
from truceline.model.document import Document, Form
from truceline.model.reading import Reading
from truceline.model.source import Source
from truceline.model.span import Span
from truceline.model.telling import Credit, Speaker, Traces

BRIEF_WORDS = 120  # in a text of no more words an outlet is named for what it told
SHARED = 12  # an oddity in more texts than this is none
DETAIL_HOLDERS = 4  # a word in more texts than this is no detail
REGISTER = 50  # texts: in fewer every word is rare
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+(?=[\"“«(]?[A-Z0-9])|\n+")
BYLINE_BEFORE = re.compile(r"(?:\(|\bby:?\s+(?:the\s+)?|[-–—/|]\s*|\bsource:?\s*|\bvia\s+)$", re.IGNORECASE)
BYLINE_AFTER = re.compile(r"\s*(?:[)\].|]|[-–—/]|$)")
CUE_REACH = 40  # characters between one who also acts and the word that makes it one who tells
OWN = "OWNOUTLET"  # stands for the publisher's name while its own words are looked for
DATELINE = 60  # characters in which a dateline names its agency


def find_traces(
    readings: Sequence[Reading], sources: Sequence[Source], actors: Sequence[Actor] = ()
) -> Mapping[str, Traces]:
    """The traces of every text that shows any, by document; rows of tables are no texts.

    How rare an oddity or a detail is counts over all the readings given.
    """
    texts = [each for each in readings if each.document.form not in {Form.UCDP_GED, Form.ACLED}]
    registry = arrange(sources, ())
    publishers = (each.document.publisher for each in texts if each.document.publisher)
    outlets = arrange_outlets(sources, publishers, arrange(sources, actors).actor_by_name)
    oddities = [tuple(dict.fromkeys(find_oddities(each))) for each in texts]
    details = [find_details(each.document.text) if is_brief(each.document.text) else frozenset() for each in texts]
    odd_holders = Counter(oddity for found in oddities for oddity in found)
    rare_holders = Counter(word for found in details for word in found)
    rare = DETAIL_HOLDERS if len(texts) >= REGISTER else 0
    traces: dict[str, Traces] = {}
    for reading, odd, words in zip(texts, oddities, details, strict=True):
        found = trace(
            reading,
            outlets,
            registry,
            tuple(each for each in odd if 1 < odd_holders[each] <= SHARED),
            tuple(sorted(each for each in words if 1 < rare_holders[each] <= rare)),
        )
        if replace(found, brief=False) != Traces():
            traces[reading.document.id] = found
    return traces


def trace(
    reading: Reading, outlets: Outlets, registry: Registry, oddities: tuple[str, ...], details: tuple[str, ...]
) -> Traces:
    document = reading.document
    asserting, denying = find_speakers(reading)
    deniers = {source_of(each, registry) for each in denying} - {source_of(each, registry) for each in asserting}
    credited = find_credits(reading, outlets, _own_names(document, registry), registry)
    return Traces(
        credits=tuple(dict.fromkeys(each for each in credited if each.name not in deniers)),
        speakers=tuple(dict.fromkeys(asserting)) if is_brief(document.text) else (),
        own=find_own(document, "patterns"),
        asked=find_own(document, "asked"),
        hearsay=_first(_listed("hearsay"), document.text),
        denial=_first(_listed("denial"), document.text),
        oddities=oddities,
        details=details,
        brief=is_brief(document.text),
    )


def is_brief(text: str) -> bool:
    """A text about one thing: whom it names anywhere may be whom it has that from."""
    return text.count(" ") < BRIEF_WORDS


def find_speakers(reading: Reading) -> tuple[list[Speaker], list[Speaker]]:
    """The innermost speakers of what the text puts forward, and those who deny; who only reacts is none of them."""
    text = reading.document.text
    attributions = {each.id: each for each in reading.attributions}
    asserting: list[Speaker] = []
    denying: list[Speaker] = []
    for claim in reading.claims:
        last = next((attributions[each] for each in reversed(claim.chain) if each in attributions), None)
        if last is None:
            continue
        words = " … ".join(span.of(text) for span in last.source)
        speaker = Speaker(words=words, kind=last.kind.value, actor=last.speaker)
        if claim.mood is Mood.DENIAL or claim.negated or claim.factuality < 0:
            denying.append(speaker)
        elif claim.mood is Mood.ASSERTION and not any(_reacting().match(cue.of(text)) for cue in last.cue):
            asserting.append(speaker)
    deniers = {each.actor or each.words for each in denying}
    return [each for each in asserting if (each.actor or each.words) not in deniers], denying


def source_of(speaker: Speaker, registry: Registry) -> str | None:
    source = registry.source_within(speaker.words) if speaker.words else None
    if source is None and speaker.actor is not None:
        source = registry.by_actor.get(speaker.actor)
    return source.id if source is not None else None


def find_credits(reading: Reading, outlets: Outlets, own_names: frozenset[str], registry: Registry) -> Iterator[Credit]:
    """Outlets that the text names as telling, in text order, never its own."""
    text = reading.document.text
    named = sorted(
        {each.span.start: each for each in (*_mentioned(reading, registry), *outlets.find(text))}.values(),
        key=lambda each: each.span.start,
    )
    named = [each for each in named if each.name not in own_names]
    if not named:
        return
    brief = is_brief(text)
    bounds = [0, *(each.end() for each in SENTENCE_END.finditer(text)), len(text) + 1]
    for at, each in enumerate(named):
        index = bisect_right(bounds, each.span.start) - 1
        sentence = Span(bounds[index], bounds[index + 1])
        byline = is_byline(each.span, text)
        reach = CUE_REACH if each.acting else len(text)
        near = Span(max(sentence.start, each.span.start - reach), min(sentence.end, each.span.end + reach))
        cued = bool(_cues().search(text[near.start : near.end]))
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


def _mentioned(reading: Reading, registry: Registry) -> Iterator[Named]:
    """Sources that the reader found behind other words: 'the Observatory', 'Syrian state media'."""
    text = reading.document.text
    for mention in reading.mentions:
        source = registry.by_actor.get(mention.actor) if mention.actor is not None else None
        if source is not None and (source.kind in NEUTRAL_KINDS or _media().search(mention.span.of(text))):
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


def find_own(document: Document, key: str) -> str | None:
    """Words that show the publisher's own knowledge (`patterns`), or that somebody spoke to it (`asked`)."""
    text = document.text
    names = _own_wordings(document.publisher)
    for name in names:
        text = text.replace(name, OWN)
    found = _first(_own(key), text)
    return found.replace(OWN, names[0]) if found is not None and names else found


def _own_wordings(publisher: str | None) -> list[str]:
    """The publisher's name and its first words, without what stands in brackets behind it, the longest first."""
    if not publisher:
        return []
    plain = re.sub(r"^(?:the|blog:)\s+|\s*\(.*\)", "", publisher, flags=re.IGNORECASE).strip()
    shorter = [plain.rsplit(" ", 1)[0]] if plain.count(" ") else []
    return [each for each in (plain, *shorter) if len(each) > 1]


@cache
def _own(key: str) -> re.Pattern[str]:
    patterns = [each.replace("OWN", rf"(?:the )?{OWN}") for each in credit_words()["own"][key]]
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.MULTILINE | re.IGNORECASE)


@cache
def _listed(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in credit_words()[name]["patterns"]), re.IGNORECASE)


@cache
def _media() -> re.Pattern[str]:
    return re.compile(r"\b(?:media|television|TV|radio|agency|newspaper|press|channel)\b", re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    table = credit_words()["cues"]
    stems, words = "|".join(table["stems"]), "|".join(table["words"])
    return re.compile(rf"\b(?:(?:{stems})\w*|(?:{words}))\b", re.IGNORECASE)


@cache
def _reacting() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(credit_words()['reacting']['stems'])})\w*$", re.IGNORECASE)


@cache
def _relays() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, credit_words()['relay']['words']))})\b", re.IGNORECASE)
