"""Plots in words, for readers who do not see them: what is drawn, its extremes, and what was not observed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from truceline.model.series import Pattern
from truceline.publish.words import count_words, day_short, list_words, period_words

Row: TypeAlias = Mapping[str, Any]


def daily_words(rows: Sequence[Row]) -> str:
    """'Incidents by day, 1 to 7 May 2016: 22 on 6 observed days, most on 5 May: 6 [2–14]. 1 day without …'"""
    seen = [row for row in rows if row["incidents"] is not None]
    if not seen:
        return "Incidents by day: no day had a report."
    most = max(seen, key=lambda row: int(row["incidents"]))
    period = period_words(date.fromisoformat(rows[0]["day"]), date.fromisoformat(rows[-1]["until"]))
    total = sum(int(row["incidents"]) for row in seen)
    told = f"Incidents by day, {period}: {total} on {count_words(len(seen), 'observed day')}"
    peak = f"most on {day_short(date.fromisoformat(most['day']))}: {figure_words(most)}"
    unseen = len(rows) - len(seen)
    boxes = "a dashed box" if unseen == 1 else "dashed boxes"
    return f"{told}, {peak}. {count_words(unseen, 'day')} without a report, drawn as {boxes}."


def figure_words(row: Row) -> str:
    """'6 [2–14]'"""
    return f"{row['incidents']} [{row['low']}–{row['high']}]"


def party_words(rows: Sequence[Row], parties: Sequence[str]) -> str:
    """Who is named most, and for what."""
    if not rows:
        return "Incidents by party and kind: no party was named."
    shown = count_words(len(parties), "party", "parties")
    told = [f"{name} {party_peak(rows, name)}" for name in parties[:3]]
    return f"Incidents by party said to have acted and by kind of event, {shown}. Most: {'; '.join(told)}."


def party_peak(rows: Sequence[Row], party: str) -> str:
    own = [row for row in rows if row["party"] == party]
    most = max(own, key=lambda row: int(row["incidents"]))
    return f"{sum(int(row['incidents']) for row in own)}, of them {figure_words(most)} {str(most['kind']).lower()}"


def area_words(rows: Sequence[Row], areas: Sequence[str]) -> str:
    """The fullest areas, and how many weeks had no report."""
    if not rows:
        return "Incidents by area and week: no incident was placed."
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["area"]] += int(row["incidents"] or 0)
    weeks = {row["week"]: row["observed_days"] for row in rows}
    unseen = sum(not seen for seen in weeks.values())
    fullest = list_words([f"{name} ({totals[name]})" for name in areas[:3]])
    told = f"Incidents by area and week, {count_words(len(areas), 'area')} over {count_words(len(weeks), 'week')}"
    return f"{told}, the most in {fullest}. {count_words(unseen, 'week')} without any report."


def lag_words(pattern: Pattern) -> str:
    """What follows what, how often, and how often by chance."""
    where = "anywhere" if pattern.anywhere else "in the same area"
    chance = f"by chance {pattern.expected:.1f} [{pattern.low}–{pattern.high}]"
    told = f"Of {count_words(pattern.firsts, 'day')} with “{pattern.first}”, {pattern.followed} saw “{pattern.then}”"
    return f"{told} within {count_words(pattern.within_days, 'day')} {where}; {chance}."
