"""What vocab/actors says of names and words for actors, ready to be looked up by folded words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from truceline.kit.fold import fold_name
from truceline.model.actor import Period
from truceline.vocab.actors import cells, demonyms, heads_of_state, office_holders, seats, toml_table
from truceline.vocab.places import csv_rows

HEAD = "head-of-state"
STATE = ".gov"  # what ends the id of a state's government
ACRONYM = 4  # letters at most of a state's short name that stands before a noun ("US troops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An office held by one person for a time."""

    holder: str
    period: Period
    office: str


@cache
def organ_nouns() -> Mapping[str, tuple[str, ...]]:
    """Folded noun → the endings of the ids it can point to, best first."""
    table = toml_table("nouns.toml")
    return {noun: tuple(table["organ"][organ]) for organ, nouns in table["nouns"].items() for noun in nouns}


@cache
def adjectives() -> Mapping[str, str]:
    """Folded adjective, people or owner → the country's ISO alpha-3 prefix of ids."""
    found: dict[str, str] = {}
    for row in demonyms():
        for word in (*cells(row["adjectives"]), *cells(row["people"])):
            found.setdefault(fold_name(word), row["iso3"])
    for country in csv_rows("countries.csv"):
        for name in (country["name"], *cells(country["aliases"])):
            found.setdefault(fold_name(f"{name}'s"), country["iso3"].lower())  # "Russia's Foreign Ministry"
    return found


@cache
def nations() -> Mapping[str, str]:
    """Folded adjective, owner or acronym before a noun → the prefix of ids: states, and bodies that hold offices."""
    found = dict(adjectives())
    for country in csv_rows("countries.csv"):
        for name in cells(country["aliases"]):
            if is_acronym(name):
                found.setdefault(fold_name(name), country["iso3"].lower())
    for body in toml_table("nouns.toml")["bodies"].items():
        found.update(dict.fromkeys(body[1], body[0]))
    return found


@cache
def countries() -> Mapping[str, str]:
    """Folded name of a country → the prefix of ids."""
    rows = csv_rows("countries.csv")
    return {fold_name(name): row["iso3"].lower() for row in rows for name in (row["name"], *cells(row["aliases"]))}


def is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isascii() and letters.isupper() and len(letters) <= ACRONYM


@cache
def words_of(section: str) -> frozenset[str]:
    """The words of one section of nouns.toml."""
    return frozenset(toml_table("nouns.toml")[section]["words"])


@cache
def office_words() -> Mapping[str, tuple[str, ...]]:
    """Folded words → the offices they can be."""
    found: dict[str, list[str]] = {}
    for office, named in toml_table("nouns.toml")["offices"].items():
        for words in named:
            found.setdefault(words, []).append(office)
    return {words: tuple(offices) for words, offices in found.items()}


@cache
def held_offices() -> Mapping[str, tuple[Held, ...]]:
    """'tur.foreign-minister' → who held it, in the order of the table."""
    found: dict[str, list[Held]] = {}
    for row in office_holders():
        found.setdefault(row["office"], []).append(Held(holder=row["id"], period=period_of(row), office=row["office"]))
    return {office: tuple(held) for office, held in found.items()}


def period_of(row: Mapping[str, str]) -> Period:
    since, until = row["since"], row["until"]
    return Period(
        since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
    )


@cache
def seats_of() -> Mapping[str, tuple[str, ...]]:
    """Actor → the cities and buildings that stand for it."""
    found: dict[str, tuple[str, ...]] = {}
    for row in seats():
        found[row["actor"]] = (*found.get(row["actor"], ()), *cells(row["seats"]))
    return found


@cache
def called_by_office() -> Mapping[str, frozenset[str]]:
    """Holder → the last words of his offices' names: 'the envoy', 'the minister'."""
    nouns: dict[str, set[str]] = {}
    for words, offices in office_words().items():
        for office in offices:
            nouns.setdefault(office, set()).update((words.split()[-1], words))
    found: dict[str, set[str]] = {}
    for office, held in held_offices().items():
        for each in held:
            found.setdefault(each.holder, set()).update(nouns.get(office.rsplit(".", 1)[1], ()))
    return {holder: frozenset(words | _envoys(words)) for holder, words in found.items()}


def _envoys(words: set[str]) -> set[str]:
    """An envoy for a country ends in its name, and is called an envoy."""
    return {"envoy", "mediator"} if any("envoy" in each for each in words) else set()


@cache
def head_titles() -> Mapping[str, tuple[tuple[str, Period], ...]]:
    """Prefix of ids → what the head of state is called, and when."""
    prefixes = {row["iso"]: row["iso3"].lower() for row in csv_rows("countries.csv")}
    found: dict[str, tuple[tuple[str, Period], ...]] = {}
    for row in heads_of_state():
        prefix = prefixes[row["country"]]
        found[prefix] = (*found.get(prefix, ()), (row["title"], period_of(row)))
    return found


def offices_meant(prefix: str, words: str, on: date | None) -> tuple[str, ...]:
    """The offices of a state or body that words name on a day: 'head of state' is the king where there is one."""
    titles = head_titles().get(prefix, ())
    heads = {title: on is None or period.holds(on) for title, period in titles}
    named = office_words().get(words, ())
    meant = (each for each in named if heads.get(each, True))  # no president before the republic
    if HEAD in named:
        meant = (title for title, is_head in heads.items() if is_head)
    return tuple(f"{prefix}.{each}" for each in meant)


def holders(prefix: str, words: str, on: date | None = None) -> Iterator[Held]:
    """Everybody who ever held the office that the words name, of a state or body."""
    for office in offices_meant(prefix, words, on):
        yield from held_offices().get(office, ())


def is_known_on(office: str, period: Period, on: date) -> bool:
    """Whether a term holds on a day; in offices that change often, one without an end until it was looked up."""
    table = toml_table("world.toml")["offices"]
    is_old = period.until is None and office.rsplit(".", 1)[1] in table["changing"] and on > table["checked"]
    return period.holds(on) and not is_old
