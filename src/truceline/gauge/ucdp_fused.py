"""Fusing on UCDP GED Syria: pairs of headlines, and rows told by two data sets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from truceline.flow.tools import code_events, fuse_tellings, tell_all
from truceline.gauge.case import Detail
from truceline.gauge.fusing import Asked, read_set, row_of, score_all
from truceline.gauge.measure import Measure, f1, share
from truceline.gauge.passages import REPOSITORY
from truceline.gauge.suites import Report
from truceline.gauge.ucdp_pairs import (
    Headline,
    Pair,
    add_counts,
    event_pairs,
    fused_pairs,
    pairs_by_key,
    read_headlines,
    read_judged,
    tally_coded,
    tally_judged,
    tally_pairs,
    with_one_place,
)
from truceline.gauge.ucdp_rows import pairs_by_place, read_rows, tally_rows, tell_as_others
from truceline.model.reading import Reading

MISSION = REPOSITORY / "missions" / "ucdp-syria-2017-2019"
JUDGED = REPOSITORY / "tests" / "cases" / "fuse" / "ucdp_pairs_read.csv"
SPLITS = ("all", "2017", "2018", "2019")
PARTS = {"all": "", "press": "press: ", "listed": "catalogue: "}

Shares = tuple[Measure, Measure, Measure]


def shares_of(prefix: str, words: str = "") -> Shares:
    return (
        share(f"{words}pairs precision", f"{prefix}.right", f"{prefix}.found"),
        share(f"{words}pairs recall", f"{prefix}.right", f"{prefix}.gold"),
        f1(f"{words}pairs F1", f"{prefix}.right", f"{prefix}.found", f"{prefix}.gold"),
    )


PAIR_MEASURES: tuple[Measure, ...] = (
    *(measure for part, words in PARTS.items() for measure in shares_of(f"coded.{part}", f"one coded event, {words}")),
    *(measure for part, words in PARTS.items() for measure in shares_of(part, words)),
    share("false merges, of merged pairs", "all.false", "all.found", lower_is_better=True),
    share("false merges, of merged pairs naming one place each", "sole.false", "sole.found", lower_is_better=True),
)
ROW_MEASURES: tuple[Measure, ...] = (
    share("false merges, of merged pairs", "false", "found", lower_is_better=True),
    share("false merges, of pairs to keep apart", "false", "apart", lower_is_better=True),
    share("merged pairs that are one event", "right", "found"),
    share("events told twice that meet", "right", "gold"),
)


def measure_pairs(asked: Asked) -> Report:
    """Which headlines meet in an incident, held against which cite one coded event."""
    headlines = list(islice(read_headlines(asked.folder, asked.split), asked.limit))
    readings = read_set((each.document for each in headlines), asked)
    incidents = fuse_tellings(tell_all(readings, asked.mission), asked.mission).incidents
    found = fused_pairs(incidents)
    coded = event_pairs(incidents, code_events(incidents, asked.mission))
    sole = with_one_place(readings)
    told = zip(tally_pairs(headlines, found, sole), tally_coded(headlines, coded), strict=True)
    by_place = pairs_by_key(readings, most=1)
    plain = zip(tally_pairs(headlines, by_place, sole), tally_coded(headlines, by_place), strict=True)
    return Report(
        suite="ucdp-pairs",
        split=asked.split,
        documents=len(headlines),
        scores=score_all(
            PAIR_MEASURES,
            [add_counts(*each) for each in told],
            [add_counts(*each) for each in plain],
            "one incident a day and place, the first named",
        ),
        note=f"Read for {asked.mission.id}; the interval draws coded events.",
        detail=Detail(
            title="beside it",
            columns=("who", "pairs", "precision", "recall", "F1", "95 %"),
            rows=tuple(rows_beside(headlines, readings, found)),
        ),
    )


def rows_beside(
    headlines: Sequence[Headline], readings: Sequence[Reading], found: frozenset[Pair]
) -> Iterator[tuple[str, ...]]:
    """Plainer ways on the whole set; a careful reader, and fusing, on the pairs that he judged."""
    for words, most in (("first", 1), ("any", None)):
        told = tally_pairs(headlines, pairs_by_key(readings, most=most))
        for part in PARTS:
            yield row_of(f"one a day and {words} place, {part}", told, shares_of(part))
    known = {each.document.id for each in headlines}
    judged = [each for each in read_judged(JUDGED) if set(each.pair) <= known]
    if not judged:
        return
    tallies = tally_judged(judged, headlines, found)
    for who, words in READERS.items():
        for part in PARTS:
            yield row_of(f"{len(judged)} pairs, {part}: {words}", tallies, shares_of(f"{who}.{part}"))


READERS = {
    "incident": "reader, one incident",
    "event": "reader, one coded event",
    "fused": "fusing",
}


def measure_rows(asked: Asked) -> Report:
    """Which rows meet when two data sets each hold a part of the events, one third of them both."""
    rows = list(islice(read_rows(asked.folder, asked.split), asked.limit))
    readings = read_set((each.document for each in rows), asked)
    tellings = tell_as_others(tell_all(readings, asked.mission))
    found = fused_pairs(fuse_tellings(tellings, asked.mission).incidents)
    return Report(
        suite="ucdp-rows",
        split=asked.split,
        documents=len(rows),
        scores=score_all(
            ROW_MEASURES,
            tally_rows(rows, tellings, found),
            tally_rows(rows, tellings, pairs_by_place(tellings)),
            "one incident a day and place",
        ),
        note=f"Read for {asked.mission.id}; the interval draws days.",
    )


FUSED: Mapping[str, Callable[[Asked], Report]] = {"ucdp-pairs": measure_pairs, "ucdp-rows": measure_rows}
# What each of them prints.
MEASURES: Mapping[str, tuple[Measure, ...]] = {"ucdp-pairs": PAIR_MEASURES, "ucdp-rows": ROW_MEASURES}
