"""Which acts a denial denies. It makes no incident of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.fuse.block import LONGEST_HOURS, Block, slices, spread_out
from truceline.fuse.bulk import Bulk
from truceline.fuse.cards import Card
from truceline.fuse.columns import Floats, Ints, lay_columns
from truceline.fuse.compare import Comparison, Frame, compare
from truceline.fuse.policy import limits, weights

DENIES_NOTHING = "denies what no telling asserts"
DENIES_SEVERAL = "denies, without a place, what several incidents could be"
MARGIN = 0.5  # log-odds below the best fit within which a denial means that act too
CLEAR = 1.0  # log-odds: at least e times as likely as the next


@dataclass(frozen=True, slots=True)
class Fit:
    """A telling that a denial may be about: indexes of both, and the log-odds that it is."""

    denial: int
    told: int
    score: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Denials by the group they deny, each with the telling that it fits best, and why the others deny none."""

    by_group: Mapping[int, list[Fit]]
    homeless: tuple[tuple[int, str], ...]


def find_fits(denials: Sequence[Card], told: Block) -> list[Fit]:
    """Every telling that a denial may be about, whatever group it will be in."""
    asked = [at for at, each in enumerate(denials) if each.start is not None and is_particular(each)]
    if not asked or not len(told.cards):
        return []
    reaching = [reach_back(denials[at]) for at in asked]
    ours = lay_columns(reaching, told.books)
    bulk = Bulk((reaching, ours), (told.cards, told.columns), told.books, told.frame)
    needed, missing = weights()["decision", "denial"].weight, weights()["place", "missing"].weight
    eased = np.array([missing if each.where is None else 0.0 for each in reaching])
    fits = []
    for here, there in candidates(ours.start, ours.end, told):
        pairs = bulk.keep(here, there, needed + eased)
        scores = (pairs.score - eased[pairs.here]).tolist()
        for row, at, score in zip(pairs.here.tolist(), pairs.there.tolist(), scores, strict=True):
            if not is_same_voice(denials[asked[row]], told.cards[at]):
                fits.append(Fit(asked[row], at, score))
    return fits


def candidates(start: Floats, end: Floats, told: Block) -> Iterator[tuple[Ints, Ints]]:
    """Pairs (denial, telling) whose times can meet."""
    window = told.frame.window_hours
    in_time = np.flatnonzero(told.columns.timed).astype(np.int64)
    in_time = in_time[np.argsort(told.columns.start[in_time], kind="stable")]
    starts = told.columns.start[in_time]
    # The latest end of all that begin so far never falls: whoever begins before it is reached has long ended.
    ends = np.maximum.accumulate(np.minimum(told.columns.end[in_time], starts + LONGEST_HOURS))
    first = np.searchsorted(ends, start - window, side="left")
    counts = np.maximum(0, np.searchsorted(starts, end + window, side="right") - first)
    for row, stop in slices(counts):
        rows, offsets = spread_out(counts, row, stop)
        yield rows, in_time[first[rows] + offsets]


def place_denials(
    denials: Sequence[Card], fits: Sequence[Fit], group_of: Mapping[int, int], kept: Mapping[int, object]
) -> Placed:
    """Denials by the group they deny. One that names a place denies every act there that fits it; one that does
    not must fit a single act. `kept` holds the groups that became incidents."""
    best: defaultdict[int, dict[int, Fit]] = defaultdict(dict)
    for fit in sorted(fits, key=lambda each: (each.denial, each.told)):
        group = group_of[fit.told]
        if group in kept:
            known = best[fit.denial].get(group)
            if known is None or fit.score > known.score:
                best[fit.denial][group] = fit
    placed: defaultdict[int, list[Fit]] = defaultdict(list)
    homeless: list[tuple[int, str]] = []
    for at, denial in enumerate(denials):
        fitting = best.get(at, {})
        if not fitting:
            homeless.append((at, DENIES_NOTHING))
        elif denial.where is None and len(fitting) > 1 and not is_clear(fitting):
            homeless.append((at, DENIES_SEVERAL))
        else:
            top = max(each.score for each in fitting.values())
            for group, fit in fitting.items():
                if fit.score > top - MARGIN:
                    placed[group].append(fit)
    return Placed(placed, tuple(homeless))


def is_particular(denial: Card) -> bool:
    """It denies something one could find: somebody's act, or one against somebody, or at a place."""
    placed = denial.where is not None and not denial.where.wide
    return placed or bool(denial.agents or denial.recipients or denial.recipient_words)


def is_clear(fitting: Mapping[int, Fit]) -> bool:
    """One candidate stands out."""
    first, second, *_ = sorted((each.score for each in fitting.values()), reverse=True)
    return first - second >= CLEAR


def is_same_voice(denial: Card, card: Card) -> bool:
    """Nobody denies in one report what he says in it: 'attacked and failed to advance' tells how it went."""
    same_report = denial.telling.document == card.telling.document
    return same_report and denial.telling.chain == card.telling.chain


def compare_denial(denial: Card, telling: Card, frame: Frame) -> Comparison:
    """As two tellings are compared, but a denial, which reaches back already, need not say where."""
    comparison = compare(denial, telling, frame)
    if denial.where is None and not comparison.forbidden:
        return replace(comparison, score=comparison.score - weights()["place", "missing"].weight)
    return comparison


def reach_back(denial: Card) -> Card:
    """The denial, with a time that holds the days before it unless it states the day denied."""
    if not denial.reported or denial.start is None:
        return denial
    return replace(denial, start=denial.start - limits()["denial"] + limits()["late"])
