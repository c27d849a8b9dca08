"""Times counted from something that happened: 'two days after the fire', 'since the truce began'."""

import re

from truceline.model.when import Basis, TimexType
from truceline.read.times_calendar import Grain, Stretch, around, day_stretch
from truceline.read.times_grammar import Context, Draft, Found, Rule, Told
from truceline.read.times_spans import ABOUT, COUNT, grain_of, move, parse_count
from truceline.read.times_words import Token, lexicon

_DEFINITE = frozenset({"the", "this", "that"})
_ENDING = re.compile(r"(?:ings?|ed|ions?|ers?|es?|s)\Z")
_ASIDE = frozenset({"of", "with", "for", "after", "before", "about", "since", "over", "to", "in", "from", "by"})
_NEAR = 8  # words between an event and its time


def build_anchored(found: Found, context: Context) -> Draft | None:
    """'Three days after the attack': where the text dates the attack, or the mission the truce."""
    count = 1.0 if found.has("one") else parse_count(found)
    unit = found.get("one", "unit") or found.get("unit", "unit", "units")
    named = _named_event(found)
    if count is None or named is None:
        return None
    origin = _dated_event(named[0], found, context)
    finer = unit in {"hour", "minute", "second"}
    if origin is None or (finer and origin.grain is not Grain.MINUTE):
        return None
    step = -count if found.has("back") else count
    grain = Grain.DAY if unit in {"week", "day"} else grain_of(unit)
    stretch = around(move(origin.start, step, unit), grain)
    kind = TimexType.TIME if grain is Grain.MINUTE else TimexType.DATE
    return Draft(type=kind, value=stretch.value, stretch=stretch, basis=Basis.RELATIVE, more=named[1])


def _named_event(found: Found) -> tuple[Token, int] | None:
    """The noun that names what is counted from ('the fire'), and how many words it takes after the rule's own."""
    rest = found.tokens[found.last : found.last + 4]
    if len(rest) < 2 or rest[0].text not in _DEFINITE:
        return None
    if "truce" in rest[1].meanings:
        began = len(rest) > 2 and "began" in rest[2].meanings
        return rest[1], 2 + began
    return (rest[1], 2) if rest[1].text.isalpha() and not rest[1].meanings else None


def _dated_event(noun: Token, found: Found, context: Context) -> Stretch | None:
    """The day told with the same ('bombed' for 'the bombing'), that of the truce, or the sentence's own."""
    if _goes_on(found):
        return None
    for told in reversed(context.told):
        if _tells(told, noun):
            return told.stretch
    if "truce" in noun.meanings:
        return None if context.truce is None else day_stretch(context.truce.date())
    last = context.told[-1] if context.told else None
    return last.stretch if last is not None and _is_of(last, found, context) else None


def _goes_on(found: Found) -> bool:
    """Whether the noun is the first part of another one: 'the stock market' is not the stock."""
    rest = found.tokens[found.last + 2 : found.last + 3]
    if not rest or rest[0].meanings or not rest[0].text.isalpha():
        return False
    return not rest[0].text.endswith("ed") and rest[0].text not in lexicon().closing


def _tells(told: Told, noun: Token) -> bool:
    """Whether a time was told of the event ('was bombed'), not merely beside it ('after the bombing')."""
    stem, sentence = _stem(noun.text), told.sentence
    near = range(max(0, told.first - _NEAR), min(len(sentence), told.first + _NEAR))
    return any(
        _stem(sentence[at].text) == stem
        and sentence[at] is not noun
        and _ASIDE.isdisjoint(each.text for each in sentence[max(0, at - 2) : at])
        for at in near
    )


def _is_of(last: Told, found: Found, context: Context) -> bool:
    """Whether this sentence told it, and tells no other day: 'it burned on 3 May; two days after the fire'."""
    alone = sum(told.sentence is last.sentence for told in context.told) == 1
    between = found.tokens[last.first : found.first] if last.sentence is found.tokens else []
    return alone and bool(between) and not any(token.text in {".", "!", "?"} for token in between)


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word


def build_since_truce(found: Found, context: Context) -> Draft | None:
    """'Since the truce began', 'since the start of the truce': from its entry into force until publication."""
    begun, now = context.truce, context.now
    if begun is None or now is None or now <= begun:
        return None
    after = found.after()
    told = any(found.has(each) for each in ("started", "began"))
    if not told and after is not None and not {"break", "comma"} & set(after.meanings):
        return None  # 'since the truce expired'
    stretch = Stretch(grain=Grain.DAY, start=day_stretch(begun.date()).start)
    return Draft(
        type=TimexType.DATE,
        value=stretch.value,
        stretch=stretch,
        start=begun,
        end=now,
        basis=Basis.RELATIVE,
        aside=True,
    )


RULES = (
    Rule(
        name="after an event",
        shape=f"{ABOUT}{COUNT} -? unit=<unit|units> (?:back=<before_that>|<after_that>)",
        build=build_anchored,
    ),
    Rule(
        name="the day after an event",
        shape="<the> one=<u_day|u_week|u_month|u_year> (?:back=<before_that>|<after_that>)",
        build=build_anchored,
    ),
    Rule(
        name="since the truce",
        shape="<since> (?:started=<early|start>)? <the>? <truce> began=<began>?",
        build=build_since_truce,
    ),
)
