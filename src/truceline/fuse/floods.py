"""Near-identical tellings from outlets nobody lists: one voice, however many names it uses."""

from collections.abc import Iterable

from truceline.fuse.reports import Report
from truceline.kit.near import content_words, jaccard, stable_hash

LEAST_WORDS = 5  # content words; shorter wordings agree by chance
ALIKE = 0.7  # of all content words of the two
BANDS, ROWS = 6, 2  # pairs this alike share a band in 97 of 100 cases (Broder 1997)
LOOKED_AT = 4  # earlier wordings compared for one report and band
SEEDS = tuple(stable_hash(f"seed {at}") for at in range(BANDS * ROWS))
MASK = (1 << 64) - 1


def find_floods(reports: Iterable[Report]) -> dict[str, str]:
    """For each report of an unlisted outlet that says what an earlier unlisted one said, that one's id.

    A report is compared with a few that share a band of its sketch, so that the work grows with the number of reports.
    """
    buckets: dict[tuple[int, ...], list[tuple[Report, frozenset[str]]]] = {}
    repeated: dict[str, str] = {}
    fresh = [each for each in reports if each.source is None]
    if len(fresh) < 2:
        return repeated
    for report in fresh:
        words = frozenset().union(*(content_words(each.quote) for each in report.tellings))
        if len(words) < LEAST_WORDS:
            continue
        bands = sketch(words)
        known = (held for band in bands for held in buckets.get(band, ())[:LOOKED_AT])
        first = next(
            (one for one, other in known if one.publisher != report.publisher and jaccard(words, other) >= ALIKE), None
        )
        if first is not None:
            repeated[report.id] = first.id
            continue
        for band in bands:
            buckets.setdefault(band, []).append((report, words))
    return repeated


def sketch(words: frozenset[str]) -> list[tuple[int, ...]]:
    """Bands of the smallest hashes: alike sets share one with high probability."""
    hashed = [stable_hash(each) for each in words]
    least = [min((each * (seed | 1)) & MASK for each in hashed) for seed in SEEDS]
    return [(at, *least[at * ROWS : (at + 1) * ROWS]) for at in range(BANDS)]
