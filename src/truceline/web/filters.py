"""Filters in the address bar: what is asked for, checked, and said again in words."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from truceline.kit.fold import fold_name
from truceline.kit.nearest import did_you_mean
from truceline.model.assessment import Verdict
from truceline.model.mission import Mission
from truceline.publish.looks import find_kinds, kind_of
from truceline.publish.words import day_words
from truceline.store.browse import Mark, Sought
from truceline.store.register import Wanted
from truceline.vocab.mission_terms import kind_names
from truceline.web.held import Held

NOT_ASSESSED = "not assessed"
GRADE = re.compile("[A-F][1-6]?|[1-6]")
MOST_CHARACTERS = 200


class BadFilter(ValueError):
    """Filters that cannot be; `mistakes` names each with what is wrong and what next."""

    def __init__(self, mistakes: dict[str, str]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{name}: {message}" for name, message in mistakes.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters as written; "" where one is not used."""

    values: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def is_any(self) -> bool:
        return bool(self.values)

    def query(self, **changed: str) -> str:
        """The filters as the query of an address ("?…", or "" for none), some of them changed or, with "", dropped."""
        kept = {name: value for name, value in {**self.values, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def given_filters(
    q: Annotated[str, Query(max_length=MOST_CHARACTERS, description="Words in any spelling, all of them.")] = "",
    from_: Annotated[str, Query(alias="from", max_length=10, description="First local day, 2016-05-01.")] = "",
    to: Annotated[str, Query(max_length=10, description="Last local day, inclusive.")] = "",
    party: Annotated[
        str, Query(max_length=MOST_CHARACTERS, description="Said to have acted: an actor's id, or side:NAME.")
    ] = "",
    kind: Annotated[
        str, Query(max_length=MOST_CHARACTERS, description="A kind of the legend; PLOVER, ACLED or CAMEO.")
    ] = "",
    verdict: Annotated[str, Query(max_length=40, description="As 'contested', or 'not assessed'.")] = "",
    grade: Annotated[str, Query(max_length=2, description="Admiralty: B, 2 or B2.")] = "",
    source: Annotated[str, Query(max_length=MOST_CHARACTERS, description="Told by this source, an id.")] = "",
) -> Filters:
    """The filters of a request, as they were written."""
    written = {"q": q, "from": from_, "to": to, "party": party, "kind": kind}
    written |= {"verdict": verdict, "grade": grade, "source": source}
    return Filters(values={name: value.strip() for name, value in written.items() if value.strip()})


def parse_filters(filters: Filters, held: Held) -> Sought:
    """What to look for. Raises BadFilter with every mistake at once."""
    mistakes = dict(find_mistakes(filters, held.mission))
    if mistakes:
        raise BadFilter(mistakes)
    since, until = days_of(filters)
    kinds = {each.id for each in find_kinds()}
    events = None
    if filters["kind"] in kinds:
        events = tuple(each for each in held.choices.events if kind_of(each).id == filters["kind"])
    return Sought(
        events=events,
        words=filters["q"] or None,
        wanted=Wanted(
            since=None if since is None else datetime.combine(since, time(), held.zone),
            until=None if until is None else datetime.combine(until + timedelta(days=1), time(), held.zone),
            party=filters["party"] or None,
            kind=None if events is not None else filters["kind"] or None,
            verdict="" if filters["verdict"] == NOT_ASSESSED else filters["verdict"] or None,
            grade=filters["grade"].upper() or None,
            source=filters["source"] or None,
        ),
    )


def find_mistakes(filters: Filters, mission: Mission) -> Iterator[tuple[str, str]]:
    """The name of each filter that cannot be, with what is wrong and what next."""
    known = {
        "party": {each.id for each in mission.actors} | {f"side:{each.side}" for each in mission.actors if each.side},
        "source": {each.id for each in mission.sources},
        "verdict": {*(each.value for each in Verdict), NOT_ASSESSED},
    }
    for name, values in known.items():
        if filters[name] and filters[name] not in values:
            yield name, f"'{filters[name]}' is not known here{did_you_mean(filters[name], values)}"
    kind = filters["kind"]
    kinds = {each.id for each in find_kinds()}
    names = {each.casefold() for each in kind_names()}
    if kind and kind not in kinds and not (kind.isascii() and kind.isdecimal()) and kind.casefold() not in names:
        yield "kind", f"'{kind}' is none{did_you_mean(kind, kinds) or '; kinds are ' + ', '.join(sorted(kinds))}"
    if filters["grade"] and not GRADE.fullmatch(filters["grade"].upper()):
        yield "grade", f"'{filters['grade']}' is none; write a letter A to F, a number 1 to 6, or both, as in B2"
    if filters["q"] and not fold_name(filters["q"]):
        yield "q", "there is no word in it to look for; write letters or digits"
    yield from find_mistaken_days(filters)


def find_mistaken_days(filters: Filters) -> Iterator[tuple[str, str]]:
    wrong = [name for name in ("from", "to") if filters[name] and parse_day(filters[name]) is None]
    for name in wrong:
        yield name, f"'{filters[name]}' is no day; write it as 2016-05-01"
    since, until = days_of(filters)
    if not wrong and since is not None and until is not None and until < since:
        yield "to", f"{until} lies before {since}; nothing can lie between"


def parse_day(text: str) -> date | None:
    """The day, None for none or one that no calendar of ours reaches."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2999 else None


def days_of(filters: Filters) -> tuple[date | None, date | None]:
    """The first and the last day asked for."""
    return parse_day(filters["from"]), parse_day(filters["to"])


def filter_words(filters: Filters, mission: Mission) -> tuple[str, ...]:
    """Each filter in words, in the order of the form."""
    since, until = days_of(filters)
    actors = {each.id: each.name for each in mission.actors}
    sources = {each.id: each.name for each in mission.sources}
    kinds = {each.id: each.label for each in find_kinds()}
    party = filters["party"]
    named = f"the side “{party.removeprefix('side:')}”" if party.startswith("side:") else actors.get(party, party)
    told = (
        ("q", f"with “{filters['q']}” in title, place or quotes"),
        ("from", "" if since is None else f"from {day_words(since)}"),
        ("to", "" if until is None else f"to {day_words(until)}"),
        ("party", f"said to be by {named}"),
        ("kind", f"of the kind “{kinds.get(filters['kind'], filters['kind'])}”"),
        ("verdict", f"found “{filters['verdict']}”"),
        ("grade", f"graded {filters['grade'].upper()}"),
        ("source", f"told by {sources.get(filters['source'], filters['source'])}"),
    )
    return tuple(words for name, words in told if filters[name])


NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,17})?"
BOX = rf"^({NUMBER}(,{NUMBER}){{3}})?$"


def parse_box(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north, cut to the world; None for "". Raises BadFilter for what is no window."""
    if not text:
        return None
    if not re.fullmatch(BOX, text):
        raise BadFilter({"bbox": "this is no window; write west,south,east,north in degrees, as 35.5,35,38.5,37.2"})
    west, south, east, north = (float(each) for each in text.split(","))
    return max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north)


# ---- cursors

# Microseconds since 1970 or "none", a point, an id in base64: whatever is written so is a place in the list.
CURSOR = r"^((none|-[0-9]{1,16}|[0-9]{1,17})\.([A-Za-z0-9_-]{4})*([A-Za-z0-9_-]{2,3})?)?$"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_cursor(mark: Mark | None) -> str:
    """Where the next page begins, for an address; "" where there is none."""
    if mark is None:
        return ""
    start = "none" if mark.start is None else str((mark.start - EPOCH) // timedelta(microseconds=1))
    return f"{start}.{base64.urlsafe_b64encode(mark.id.encode('utf-8', 'replace')).decode().rstrip('=')}"


def parse_cursor(text: str) -> Mark | None:
    """Raises BadFilter for what is no cursor of ours."""
    if not text:
        return None
    if not re.fullmatch(CURSOR, text):
        raise BadFilter({"cursor": "this is no place in the list; start again from its first page"})
    start, _, written = text.partition(".")
    name = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("utf-8", "replace")
    moment = None if start == "none" else EPOCH + timedelta(microseconds=int(start))
    return Mark(start=moment, id=name.replace("\0", "\ufffd"))
