"""Near-copied texts: one wire story in three papers.

Two texts are copies when they share most of their five-word runs (Broder 1997: resemblance and containment of
shingles). Both are computed exactly; an index over the rarest shingles keeps the work near-linear.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from truceline.fuse.outlets import credit_words
from truceline.kit.near import find_shingles, find_words
from truceline.model.document import Document, Form

COPIED = 0.5  # at least half of the shorter text's runs: fewer are shared quotations
COPIED_WITH_CREDIT = 0.3  # both texts credit the same agency: an edited wire story
LEAST_WORDS = 25  # shorter texts share runs by chance ("at least three people were killed")
COMMON = 60  # a shingle in more texts than this is looked up no further than in the earliest that has it
SAMPLED = 40  # shingles looked up for each text: the rarest, hence the most telling
LED_BY = 3  # earliest holders of its shingles that a text is compared with: those with most of them

# Headlines and posts: shorter runs, and more of them to share.
BRIEF_WORDS = (12, 60)  # least and most words of a brief text
BRIEF_RUN = 3
BRIEF_COPIED = 0.65


@cache
def credit_pattern() -> re.Pattern[str]:
    """An agency's name where credits stand: in brackets, after a dash or slash, or after the place of a dateline."""
    names = sorted(credit_words()["agencies"]["names"], key=lambda each: (-len(each), each))
    return re.compile(
        r"(?:\(|[-–—/]\s*|,\s*\d{1,2}\s+\w+\s*\()"
        rf"(?P<agency>{'|'.join(map(re.escape, names))})\b(?=\s*[\])–—/-]|\s*$)",
        re.MULTILINE,
    )


@dataclass(frozen=True, slots=True)
class Print:
    """A text's shingles and the agencies it credits."""

    shingles: frozenset[int]
    credits: frozenset[str]


def find_copies(documents: Sequence[Document]) -> dict[str, str]:
    """For each document that repeats another's wording, the id of the earliest that has it.

    Earliest by publication, those without a date last, then by id. Versions of one document are no copies
    of each other, and rows of tables are no texts.
    """
    ordered = sorted(find_texts(documents).values(), key=rank_age)
    firsts = point_to_firsts(ordered, [find_print(each) for each in ordered], is_copy)
    least, most = BRIEF_WORDS
    brief = [each for each in find_texts(documents, least=least).values() if each.text.count(" ") < most]
    brief.sort(key=rank_age)
    prints = [Print(find_shingles(each.text, BRIEF_RUN), frozenset()) for each in brief]
    for name, first in point_to_firsts(brief, prints, is_brief_copy).items():
        firsts.setdefault(name, firsts.get(first, first))
    return firsts


def point_to_firsts(
    ordered: Sequence[Document], prints: Sequence["Print"], is_repeated: Callable[["Print", "Print"], bool]
) -> dict[str, str]:
    """For each later text the first of those that it repeats."""
    firsts: dict[str, str] = {}
    for later, earlier in find_candidates(prints):
        document, first = ordered[later], ordered[earlier]
        if document.id not in firsts and is_repeated(prints[later], prints[earlier]):
            firsts[document.id] = firsts.get(first.id, first.id)
    return firsts


def find_texts(documents: Sequence[Document], *, least: int = LEAST_WORDS) -> dict[str, Document]:
    """The latest version of every text of at least so many words: shorter ones cannot be known again."""
    latest: dict[str, Document] = {}
    for document in documents:
        if document.form in {Form.UCDP_GED, Form.ACLED}:
            continue
        known = latest.get(document.id)
        if known is None or document.version > known.version:
            latest[document.id] = document
    return {name: each for name, each in latest.items() if len(find_words(each.text)) >= least}


def rank_age(document: Document) -> tuple[bool, float, str]:
    published = document.published_at
    return published is None, published.timestamp() if published is not None else 0.0, document.id


def find_print(document: Document) -> Print:
    return Print(find_shingles(document.text), frozenset(find_credits(document.text)))


def find_credits(text: str) -> Iterator[str]:
    """Agencies a text credits, as written: 'Reuters' in '(Reuters) -'."""
    for found in credit_pattern().finditer(text):
        yield found["agency"]


def find_candidates(prints: Sequence[Print]) -> Iterator[tuple[int, int]]:
    """(later, earlier) index pairs that share a telling shingle, the earliest first for each later one."""
    frequency = Counter(shingle for each in prints for shingle in each.shingles)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    first_with: dict[int, int] = {}
    for at, each in enumerate(prints):
        # However many copies there are, the earliest holds the wording of them all.
        led_by = Counter(first_with[shingle] for shingle in each.shingles if shingle in first_with)
        leading = sorted(led_by, key=lambda earlier: (-led_by[earlier], earlier))[:LED_BY]
        for shingle in each.shingles:
            first_with.setdefault(shingle, at)
        known = [shingle for shingle in each.shingles if 1 < frequency[shingle] <= COMMON]
        rarest = sorted(known, key=lambda shingle: (frequency[shingle], shingle))[:SAMPLED]
        for earlier in sorted({*leading, *(earlier for shingle in rarest for earlier in holders[shingle])}):
            yield at, earlier
        for shingle in known:
            holders[shingle].append(at)


def is_copy(later: Print, earlier: Print) -> bool:
    """The shorter text's runs lie mostly in the longer, or partly when both credit one agency."""
    smaller = min(len(later.shingles), len(earlier.shingles))
    shared = len(later.shingles & earlier.shingles) / smaller if smaller else 0.0
    return shared >= (COPIED_WITH_CREDIT if later.credits & earlier.credits else COPIED)


def is_brief_copy(later: Print, earlier: Print) -> bool:
    """Most of the shorter text's runs lie in the longer."""
    smaller = min(len(later.shingles), len(earlier.shingles))
    return bool(smaller) and len(later.shingles & earlier.shingles) >= BRIEF_COPIED * smaller


def count_copies(copies: Mapping[str, str]) -> Counter[str]:
    """How many documents repeat each first one."""
    return Counter(copies.values())
