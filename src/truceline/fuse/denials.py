"""Which acts a denial denies. It makes no incident of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.fuse.block import Block, slices, spread_out
from truceline.fuse.cards import Card
from truceline.fuse.columns import Floats, Ints, lay_columns
from truceline.fuse.compare import Comparison, Frame, compare
from truceline.fuse.policy import limits, weights
from truceline.fuse.sieve import Sieve

DENIES_NOTHING = "denies what no telling asserts"
DENIES_SEVERAL = "denies, without a place, what several incidents could be"
MARGIN = 0.5  # log-odds below the best fit within which a denial means that act too
CLEAR = 1.0  # log-odds: at least e times as likely as the next


@dataclass(frozen=True, slots=True)
class Fit:
    """A telling that a denial may be about: indexes of both, and the evidence."""

    denial: int
    told: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Placed:
    """Denials by the group they deny, and why the others deny none."""

    by_group: Mapping[int, list[tuple[Card, Comparison]]]
    homeless: tuple[tuple[Card, str], ...]


def find_fits(denials: Sequence[Card], told: Block) -> list[Fit]:
    """Every telling that a denial may be about, whatever group it will be in."""
    asked = [at for at, each in enumerate(denials) if each.start is not None and is_particular(each)]
    if not asked or not len(told.in_time):
        return []
    reaching = [reach_back(denials[at]) for at in asked]
    ours = lay_columns(reaching, told.books)
    sieve = Sieve(ours, told.columns, told.books, told.frame)
    needed = weights()["decision", "denial"].weight
    missing = weights()["place", "missing"].weight
    least = np.array([needed + (missing if each.where is None else 0.0) for each in reaching])
    fits = []
    for here, there in candidates(ours.start, ours.end, told):
        for row, at in zip(*(each.tolist() for each in sieve.keep(here, there, least)), strict=True):
            denial, card = denials[asked[row]], told.cards[at]
            if not is_same_voice(denial, card):
                comparison = compare_denial(reaching[row], card, told.frame)
                if comparison.score >= needed:
                    fits.append(Fit(asked[row], at, comparison))
    return fits


def candidates(start: Floats, end: Floats, told: Block) -> Iterator[tuple[Ints, Ints]]:
    """Pairs (denial, telling) whose times can meet."""
    window = told.frame.window_hours
    starts = told.columns.start[told.in_time]
    # The latest end of all that begin so far never falls: whoever begins before it is reached has long ended.
    ends = np.maximum.accumulate(told.columns.end[told.in_time])
    first = np.searchsorted(ends, start - window, side="left")
    last = np.searchsorted(starts, end + window, side="right")
    counts = np.maximum(0, last - first)
    for row, stop in slices(counts):
        rows, offsets = spread_out(counts, row, stop)
        yield rows, told.in_time[first[rows] + offsets]


def place_denials(
    denials: Sequence[Card], fits: Sequence[Fit], group_of: Mapping[int, int], kept: Mapping[int, object]
) -> Placed:
    """Denials by the group they deny. One that names a place denies every act there that fits it; one that does
    not must fit a single act. `kept` holds the groups that became incidents."""
    best: defaultdict[int, dict[int, Comparison]] = defaultdict(dict)
    for fit in sorted(fits, key=lambda each: (each.denial, each.told)):
        group = group_of[fit.told]
        if group in kept:
            known = best[fit.denial].get(group)
            if known is None or fit.comparison.score > known.score:
                best[fit.denial][group] = fit.comparison
    placed: defaultdict[int, list[tuple[Card, Comparison]]] = defaultdict(list)
    homeless: list[tuple[Card, str]] = []
    for at, denial in enumerate(denials):
        fitting = best.get(at, {})
        if not fitting:
            homeless.append((denial, DENIES_NOTHING))
        elif denial.where is None and len(fitting) > 1 and not is_clear(fitting):
            homeless.append((denial, DENIES_SEVERAL))
        else:
            top = max(each.score for each in fitting.values())
            for group, comparison in fitting.items():
                if comparison.score > top - MARGIN:
                    placed[group].append((denial, comparison))
    return Placed(placed, tuple(homeless))


def is_particular(denial: Card) -> bool:
    """It denies something one could find: somebody's act, or one against somebody, or at a place."""
    placed = denial.where is not None and not denial.where.wide
    return placed or bool(denial.agents or denial.recipients or denial.recipient_words)


def is_clear(fitting: Mapping[int, Comparison]) -> bool:
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
