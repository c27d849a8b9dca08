"""The incidents as columns of numbers: what is asked of all of them at once is answered without reading their records.

Loaded once for each state of the register. A hundred thousand incidents take some 60 MB.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from truceline.store import tables
from truceline.store.records import as_instant
from truceline.store.register import Wanted

Value = TypeVar("Value", str, tuple[str, str, str])
Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
NEVER = np.iinfo(np.int64).min  # the instant of what has none
QUARTER = 900  # seconds: every clock of today differs from UTC by a multiple of them
LISTED = ("kinds", "parties", "actors", "sources")  # columns of names between bars
BY_LIST = {"kind": "kinds", "party": "parties", "actor": "actors", "source": "sources"}
UNDATED = -1  # the day of what has no time


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A number or a code for each incident, the latest first, the undated last, as pages show them.

    `starts` and `ends` are microseconds since 1970 (NEVER: none). `piles` are what an incident is, where, and what was
    found of it; `pile_of` is which one, `event_of` and `verdict_of` which of `events` and `verdicts`. `postings` hold
    for a column and a name the incidents that have it. `seqs` are the numbers that full-text search finds, ascending,
    each incident's at `of_seq`.
    """

    ids: tuple[str, ...]
    starts: Numbers
    ends: Numbers
    reliability: NDArray[np.str_]
    credibility: Numbers
    piles: tuple[tuple[str, str, str], ...]
    pile_of: Numbers
    events: tuple[str, ...]
    event_of: Numbers
    verdicts: tuple[str, ...]
    verdict_of: Numbers
    postings: dict[str, dict[str, Numbers]]
    seqs: Numbers
    of_seq: Numbers
    _days: dict[str, Numbers] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.ids)

    def everything(self) -> Mask:
        return np.ones(self.size, dtype=np.bool_)

    def at(self, positions: Iterable[int]) -> Mask:
        """True at these positions."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[np.asarray(positions, dtype=np.int64)] = True
        return mask

    def with_ids(self, ids: Collection[str]) -> Mask:
        return np.fromiter((each in ids for each in self.ids), dtype=np.bool_, count=self.size)

    def with_seqs(self, seqs: Sequence[int] | Numbers) -> Mask:
        """Those that full-text search found by these numbers."""
        found = np.searchsorted(self.seqs, np.asarray(seqs, dtype=np.int64))
        return self.at(self.of_seq[found[found < len(self.seqs)]])

    def of_events(self, events: Collection[str]) -> Mask:
        return np.isin(self.event_of, [at for at, each in enumerate(self.events) if each in events])

    def holds(self, wanted: Wanted) -> Mask:
        """Those that match; `place` and `text` are not looked at."""
        mask = self.everything()
        for each in self._parts(wanted):
            mask &= each
        return mask

    def _parts(self, wanted: Wanted) -> Iterator[Mask]:
        for name, column in BY_LIST.items():
            value = getattr(wanted, name)
            if value is not None:
                yield self.at(self.postings[column].get(value.casefold(), ()))
        if wanted.since is not None:
            since = micros([as_instant(wanted.since)])[0]
            yield (self.ends > since) | (self.starts >= since)
        if wanted.until is not None:
            yield (self.starts < micros([as_instant(wanted.until)])[0]) & (self.starts != NEVER)
        if wanted.verdict is not None:
            found = wanted.verdict.casefold()
            yield np.isin(self.verdict_of, [at for at, each in enumerate(self.verdicts) if each == found])
        for sign in (wanted.grade or "").strip().upper():
            yield self.credibility == int(sign) if sign.isdigit() else self.reliability == sign

    def near(self, spans: Sequence[tuple[datetime, datetime]]) -> Mask:
        """Those that any of these stretches of time touches, and those without a time."""
        mask: Mask = (self.starts == NEVER) | (self.ends == NEVER)
        for since, until in spans:
            first, last = micros([as_instant(since), as_instant(until)])
            mask |= (self.starts <= last) & (self.ends >= first)
        return mask

    def behind(self, start: datetime | None, id: str) -> int:
        """The position of the first incident that comes after one that starts then and is called so."""
        stamp = NEVER if start is None else int(micros([as_instant(start)])[0])

        def rank(at: int) -> tuple[bool, int, str]:
            return bool(self.starts[at] == NEVER), -int(self.starts[at]), self.ids[at]

        return bisect_right(range(self.size), (stamp == NEVER, -stamp, id), key=rank)

    def count_days(self, mask: Mask, zone: ZoneInfo) -> tuple[tuple[date | None, int], ...]:
        """How many start on each local day, by day; None for those without a time."""
        if zone.key not in self._days:
            self._days[zone.key] = local_days(self.starts, zone)
        days, counts = np.unique(self._days[zone.key][mask], return_counts=True)
        return tuple(
            (None if day == UNDATED else date.fromordinal(int(day)), int(count))
            for day, count in zip(days, counts, strict=True)
        )

    def count_piles(self, mask: Mask) -> Numbers:
        """How many are in each of `piles`."""
        return np.bincount(self.pile_of[mask], minlength=len(self.piles))


def load_columns(connection: Connection) -> Columns:
    """Read in one query each; the order is that of pages."""
    incident, word = tables.incidents.c, tables.incident_words.c
    narrow = (incident.id, incident.start_at, incident.end_at, incident.reliability, incident.credibility)
    listed = tuple(incident[each] for each in LISTED)
    wanted = select(*narrow, *listed, incident.event, incident.spot, incident.verdict)
    rows = connection.execute(wanted.order_by(incident.start_at.desc().nulls_last(), incident.id)).all()
    places = {row[0]: at for at, row in enumerate(rows)}
    words = connection.execute(select(word.seq, word.incident).order_by(word.seq)).all()
    kept = [(seq, places[name]) for seq, name in words if name in places]
    piles, pile_of = as_codes([(row.event, row.spot, row.verdict) for row in rows])
    events, event_of = as_codes([row.event for row in rows])
    verdicts, verdict_of = as_codes([row.verdict for row in rows])
    return Columns(
        ids=tuple(places),
        starts=micros([row.start_at for row in rows]),
        ends=micros([row.end_at for row in rows]),
        reliability=np.array([row.reliability for row in rows], dtype="U1"),
        credibility=np.array([row.credibility for row in rows], dtype=np.int64),
        piles=piles,
        pile_of=pile_of,
        events=events,
        event_of=event_of,
        verdicts=verdicts,
        verdict_of=verdict_of,
        postings={name: postings_of(rows, name) for name in LISTED},
        seqs=np.array([seq for seq, _ in kept], dtype=np.int64),
        of_seq=np.array([at for _, at in kept], dtype=np.int64),
    )


def as_codes(values: Sequence[Value]) -> tuple[tuple[Value, ...], Numbers]:
    """The different values in order, and for each the number of its own."""
    different = tuple(sorted(set(values)))
    numbers = {value: number for number, value in enumerate(different)}
    return different, np.array([numbers[each] for each in values], dtype=np.int64)


def postings_of(rows: Sequence[Any], column: str) -> dict[str, Numbers]:
    """The positions of the rows that have a name in this column, by name."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    at = rows[0]._fields.index(column) if rows else 0
    for position, row in enumerate(rows):
        for name in row[at].strip("|").split("|"):
            held[name].append(position)
    held.pop("", None)
    return {name: np.array(positions, dtype=np.int64) for name, positions in held.items()}


def micros(instants: Sequence[str | None]) -> Numbers:
    """Instants as they are held (ISO 8601, UTC) as microseconds since 1970."""
    told = np.array(["NaT" if each is None else each.rstrip("Z") for each in instants], dtype="datetime64[us]")
    return told.astype(np.int64)  # NaT is the least number: NEVER


def local_days(instants: Numbers, zone: ZoneInfo) -> Numbers:
    """The ordinals of the local days on which these instants lie, UNDATED for NEVER."""
    quarters, which = np.unique(instants // (QUARTER * 1_000_000), return_inverse=True)
    never = NEVER // (QUARTER * 1_000_000)
    days = [
        UNDATED if each == never else datetime.fromtimestamp(int(each) * QUARTER, UTC).astimezone(zone).toordinal()
        for each in quarters
    ]
    return np.array(days, dtype=np.int64)[which]
