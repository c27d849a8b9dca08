"""What the watch found, in plain words: a sentence with its figure and its interval for each record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from truceline.model.series import (
    Alert,
    Chain,
    Change,
    Finding,
    Gap,
    LeftOut,
    Levels,
    Pattern,
    RateRatio,
    Silence,
    Watch,
)
from truceline.publish.counting import compared_words
from truceline.publish.figures import ALL, without_caveats
from truceline.publish.words import count_words, day_short

SHOWN = 5  # of what is no more frequent than chance
Told = TypeVar("Told", Pattern, Chain)


def rate_words(rate: float) -> str:
    return f"{rate:.2f}" if rate < 1 else f"{rate:.1f}"


def change_words(change: Change) -> str:
    """'a new rate from 14 May (95 %: 13 May to 16 May): 9.8 a day, 3.1 before'."""
    span = ""
    if change.earliest != change.latest:
        span = f" (95 %: {day_short(change.earliest)} to {day_short(change.latest)})"
    rates = f"{rate_words(change.after)} a day, {rate_words(change.before)} before"
    return f"a new rate from {day_short(change.day)}{span}: {rates}"


def levels_words(levels: Levels) -> str:
    """The changes of one heading, or that there is none, or why none could be told."""
    if levels.note:
        return f"{levels.name}: {levels.note}"
    if not levels.changes:
        return f"{levels.name}: no change of rate beyond chance in {count_words(levels.days, 'observed day')}."
    return f"{levels.name}: {'; '.join(change_words(each) for each in levels.changes)}."


def alarm_words(false_alarms: float) -> str:
    times = f"One in {round(1 / false_alarms)} series without any change would show one"
    return f"{times}; where days vary together, bursts that last a week show as levels."


def alert_words(alert: Alert) -> str:
    rates = f"{rate_words(alert.after)} a day since about {day_short(alert.began)}, {rate_words(alert.before)} before"
    return f"{day_short(alert.day)}, {alert.name}: {rates}; chance of a new rate {alert.chance:.0%}."


def rarity_words(alert: Alert) -> str:
    return f"Without any change there is one alert in {alert.false_alert_days} days."


def where_words(*, anywhere: bool) -> str:
    return "anywhere" if anywhere else "in the same area"


def pattern_name(pattern: Pattern) -> str:
    where = where_words(anywhere=pattern.anywhere)
    return f"After “{pattern.first}”, “{pattern.then}” within {count_words(pattern.within_days, 'day')} {where}"


def pattern_figure(pattern: Pattern) -> str:
    """'34 of 52 days; by chance 20.1 [14–27]'."""
    chance = f"by chance {pattern.expected:.1f} [{pattern.low}–{pattern.high}]"
    return f"{pattern.followed} of {count_words(pattern.firsts, 'day')}; {chance}"


def pattern_words(pattern: Pattern) -> str:
    return f"{pattern_name(pattern)}: {pattern_figure(pattern)}: {pattern.finding.value}."


def chain_words(chain: Chain) -> str:
    """'“B” between two days of “A”': a response that was itself answered."""
    where, within = where_words(anywhere=chain.anywhere), count_words(chain.within_days, "day")
    figure = f"{count_words(chain.count, 'day')}; by chance {chain.expected:.1f} [{chain.low}–{chain.high}]"
    name = f"“{chain.first}”, then “{chain.response}”, then “{chain.first}”, each within {within} {where}"
    return f"{name}: {figure}: {chain.finding.value}."


def pairs_words(asked: int, false_share: float = 0.05) -> str:
    """How far those called more frequent than chance may be chance all the same."""
    return (
        f"{asked} pairs were asked about; of those called more often than chance at most {false_share:.0%} should be."
    )


def left_out_words(left: LeftOut | None, names: Mapping[str, str]) -> str:
    """How far a ratio hangs on one source; "" where it is not known who told."""
    if left is None:
        return ""
    name = names.get(left.source, left.source)
    if left.sources == 1:
        return f"All is told by {name} alone."
    if left.least is None and left.most is None:
        return ""
    least, most = short_words(left.least), short_words(left.most)
    if least == most:
        return f"With any one of {left.sources} sources left out it stays ×{least}."
    between = f"With any one of {left.sources} sources left out ×{least} to ×{most}"
    if left.turns:
        return f"{between}; without {name} it is ×{short_words(left.ratio)}: the change turns round."
    return f"{between}; {name} weighs most."


def short_words(ratio: float | None) -> str:
    return "∞" if ratio is None else f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}"


def silence_words(silence: Silence, names: Mapping[str, str]) -> str:
    name = names.get(silence.source, silence.source)
    told = f"{name}: last heard {day_short(silence.last_heard)}, quiet for {count_words(silence.quiet_days, 'day')}"
    return f"{told}, which is unusual for it" if silence.unusual else told


def gap_words(gap: Gap) -> str:
    days = (gap.until - gap.since).days
    if days == 1:
        return f"{day_short(gap.since)}: no reports"
    return f"{day_short(gap.since)}, {count_words(days, 'day')} on end: no reports"


def told_words(ratio: RateRatio, names: Mapping[str, str], whole: str) -> str:
    """A ratio with its interval, its sources and its caveats, but for those said of all incidents (`whole`)."""
    note = ratio.note if ratio.name == ALL else without_caveats(ratio.note, whole)
    parts = (compared_words(ratio), left_out_words(ratio.left_out, names), note)
    return f"{ratio.name}: {'. '.join(each.rstrip('.') for each in parts if each)}."


def watch_words(watch: Watch, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every part of a watch with its heading, in the order of reading; `names` gives sources by id."""
    last = day_short(watch.until - timedelta(days=1))
    whole = next((each.note for each in watch.ratios if each.name == ALL), "")
    yield (
        f"Rates from {day_short(watch.since)} to {last}, against as many days before",
        tuple(told_words(each, names, whole) for each in watch.ratios if each.now_count + each.before_count),
    )
    alarms = tuple(dict.fromkeys(alarm_words(each.false_alarms) for each in watch.levels))
    yield "Changes of rate", (*(levels_words(each) for each in watch.levels), *alarms)
    yield "Alerts", (*map(alert_words, watch.alerts), *dict.fromkeys(rarity_words(each) for each in watch.alerts))
    asked = (pairs_words(len(watch.patterns)),) if watch.patterns else ()
    yield "Who follows whom", (*shown_findings(watch.patterns, pattern_words), *asked)
    yield "Chains of escalation", tuple(shown_findings(watch.chains, chain_words))
    yield "Stated rates", tuple(f"“{each.words}”: {each.answer.value}. {each.because}" for each in watch.checks)
    yield "Silent sources", tuple(f"{silence_words(each, names)}." for each in watch.silences)
    yield "Days without any report", tuple(f"{gap_words(each)}." for each in watch.gaps)


def shown_findings(found: Sequence[Told], words: Callable[[Told], str]) -> Iterator[str]:
    """All that is more frequent than chance, then a few of the others, and how many others there are."""
    others = 0
    for each in sorted(found, key=lambda one: one.finding is not Finding.MORE):
        others += each.finding is not Finding.MORE
        if others <= SHOWN:
            yield words(each)
    if others > SHOWN:
        yield f"{others - SHOWN} more are no more often than chance or too few to tell."
