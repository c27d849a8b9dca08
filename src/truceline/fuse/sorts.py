"""Sorts of cards, and the most that pairs of two sorts can score: what `compare` could find, whatever the details."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.fuse.bulk_tables import MANY_KILLED, KindTable, Scale
from truceline.fuse.columns import NOTHING, Columns, Flags, Floats, Ints

Reals = NDArray[np.float32]
Scales = Mapping[str, Scale]
LOWEST = -1000.0


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sort of each card, and for every two sorts a bound on the sum of some weights."""

    sort: Ints
    most: Reals

    def bounds(self, rows: slice, ahead: slice) -> Reals:
        """[rows, ahead]"""
        found: Reals = self.most[self.sort[rows]].take(self.sort[ahead], axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Traits:
    """Yes or no of some questions, one entry a sort."""

    told: Mapping[str, Flags]

    def both(self, name: str) -> Flags:
        found: Flags = self.told[name][:, None] & self.told[name]
        return found

    def either(self, name: str) -> Flags:
        found: Flags = self.told[name][:, None] | self.told[name]
        return found

    def one(self, name: str) -> Flags:
        found: Flags = self.told[name][:, None] != self.told[name]
        return found


def sort_out(told: Mapping[str, Flags]) -> tuple[Ints, Traits]:
    """Cards that answer alike are of one sort."""
    packed = sum((flags.astype(np.int64) << at for at, flags in enumerate(told.values())), start=np.int64(0))
    sorts, codes = np.unique(packed, return_inverse=True)
    return codes, Traits({name: (sorts >> at & 1).astype(np.bool_) for at, name in enumerate(told)})


def bound_kinds(kinds: KindTable, scale: Scale) -> Reals:
    """What two kinds weigh; rivals may yet be told of one thing struck."""
    rival, disputed = scale.of("rival"), scale.of("disputed")
    weight = scale.weight.copy()
    weight[rival] = max(weight[rival], weight[disputed])
    found: Reals = np.where(kinds.allowed, weight[kinds.level], -np.inf).astype(np.float32)
    return found


def sort_by_time_and_place(columns: Columns, cards: Ints, kinds: KindTable, scales: Scales) -> Sorts:
    """By how the time is told and how surely the place."""
    names = ("hourly", "aggregate", "updates", "vague", "reported", "placed", "wide", "unplaced")
    told = {name: getattr(columns, name)[cards] for name in names}
    told |= {"named": columns.names.size[cards] > 0, "material": kinds.material[columns.kind[cards]]}
    codes, traits = sort_out(told)
    return Sorts(
        codes, (bound_times(traits, scales["time"]) + bound_places(traits, scales["place"])).astype(np.float32)
    )


def bound_times(traits: Traits, scale: Scale) -> Floats:
    days = np.select(
        [traits.either("vague"), traits.either("reported")],
        [scale.best("vague"), scale.best("reported_later", "reported_next", "day_reported")],
        scale.best("day_same"),
    )
    days = np.maximum(days, scale.best("day_disputed", "day_next"))
    days = np.where(traits.either("updates"), np.maximum(days, scale.best("updated")), days)
    hours = scale.best("hours_same", "hours_close", "hours_disputed", "hours_apart")
    return np.select([traits.both("hourly"), traits.one("aggregate")], [hours, scale.best("aggregate")], days)


def bound_places(traits: Traits, scale: Scale) -> Floats:
    """Of places that are not the same: that of a wide one is added where the ids are known to be equal."""
    unnamed = np.select(
        [traits.either("unplaced"), traits.either("material")],
        [scale.best("unresolved"), scale.best("missing")],
        scale.best("needless"),
    )
    named = np.maximum(unnamed, scale.best("named_alike"))
    return np.select(
        [~traits.both("placed"), traits.either("wide")],
        [np.where(traits.both("named"), named, unnamed), best_of_wide(scale)],
        scale.best(),
    )


def best_of_wide(scale: Scale) -> float:
    """Of two places, one of which is a district or more; finite, so that more can be added where they are one."""
    return max(LOWEST, scale.best("apart", "vast", "holds"))


def sort_by_people(columns: Columns, cards: Ints, scales: Scales) -> Sorts:
    """By what is told of who acted, whom it struck and how many were killed, and by credit."""
    codes, traits = sort_out(
        {
            "toll": columns.toll[cards],
            "many": columns.low[cards] >= MANY_KILLED,
            "updates": columns.updates[cards],
            "acting": columns.agents[cards] != NOTHING,
            "doers": columns.agent_words.size[cards] > 0,
            "crediting": columns.credits[cards] | columns.taken[cards],
            **tell_targets(columns, cards),
        }
    )
    most = bound_tolls(traits, scales["figures"]) + bound_agents(traits, scales["agents"])
    most += bound_recipients(traits, scales["recipients"]) + bound_credit(traits, scales["document"])
    return Sorts(codes, most.astype(np.float32))


def sort_by_target(columns: Columns, cards: Ints, scale: Scale) -> Sorts:
    """By what is told of whom it struck: the part that `sort_by_people` holds of it."""
    codes, traits = sort_out(tell_targets(columns, cards))
    return Sorts(codes, bound_recipients(traits, scale).astype(np.float32))


def tell_targets(columns: Columns, cards: Ints) -> dict[str, Flags]:
    return {
        "struck": columns.recipients[cards] != NOTHING,
        "targets": columns.recipient_words.size[cards] > 0,
        "objects": columns.object_words.size[cards] > 0,
        "mutual": columns.mutual[cards],
    }


def bound_tolls(traits: Traits, scale: Scale) -> Floats:
    few = np.where(
        traits.either("updates"),
        scale.best(*without(scale, "same_many")),
        scale.best(*without(scale, "same_many", "grown")),
    )
    many = np.where(traits.both("many"), scale.best(), few)
    return np.where(traits.both("toll"), many, scale.best("unknown"))


def bound_agents(traits: Traits, scale: Scale) -> Floats:
    worded = scale.best("alike", "otherwise", "unknown")
    return np.select([traits.both("acting"), traits.both("doers")], [scale.best(), worded], scale.best("unknown"))


def bound_recipients(traits: Traits, scale: Scale) -> Floats:
    return np.select(
        [traits.either("mutual"), traits.both("struck") | traits.both("targets"), traits.both("objects")],
        [scale.best(), scale.best(*without(scale, "same_pair")), scale.best("object_told", "differ", "unknown")],
        scale.best("differ", "unknown"),
    )


def bound_credit(traits: Traits, scale: Scale) -> Floats:
    """Of two reports with texts of their own: what is said within one, or by copies, is added where that is known."""
    credited = scale.best("copy", "credited", "credit_shared", "other")
    return np.where(traits.either("crediting"), credited, scale.best("other"))


def without(scale: Scale, *names: str) -> list[str]:
    return [each for each in scale.names if each not in names]
