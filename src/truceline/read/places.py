"""The places a text names: known names that stand for a place here, each with the place it means."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from truceline.kit.fold import fold_name
from truceline.model.place import Candidate, Precision, Toponym
from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer, Named
from truceline.read.places_chance import calibrated
from truceline.read.places_choose import Choice, choose, find_told
from truceline.read.places_evidence import Surroundings, is_container, look_around, score_spot
from truceline.read.places_features import Sense, Told
from truceline.read.places_given import beside_others, lands_of_peoples, spot_over
from truceline.read.places_held import find_held, keep_held
from truceline.read.places_said import beside, is_division_said, is_settlement_said
from truceline.read.places_spots import Spot, find_spots
from truceline.read.places_unknown import Run, RunKind, find_runs, unresolved
from truceline.read.places_words import Word, words_of
from truceline.vocab.actors import demonyms
from truceline.vocab.places import toml_table

if TYPE_CHECKING:
    from truceline.read.table import Doc

LEAST_CHANCE = 0.02  # runners-up below that are noise
RUNNERS_UP = 4
LANDS = frozenset({"country", "division", "admin1"})
CERTAIN = 0.998  # that words name a place, where somebody else has marked them so
UNKNOWN = "no place of that name in the gazetteer"
# People: of smaller places to whose country nothing else points, while the text's other places lie elsewhere, 9 in 177
# were right in LGL, GeoWebNews and UCDP's headlines.
KNOWN_ALONE = 15_000
KNOWN_ABROAD = 150_000  # people: a city so large may be meant though nothing else in the text points to its country


@dataclass(frozen=True, slots=True)
class Use:
    """A spot that names a place, with the chance that it does and the sense it is used in.

    `part`: a part of the place of that sense which no gazetteer knows by itself.
    """

    spot: Spot
    chance: float
    sense: Sense
    part: bool = False


def find_places(
    text: str, *, gazetteer: Gazetteer, countries: Sequence[str] = (), doc: "Doc | None" = None
) -> Iterator[Toponym]:
    """Every place that `text` names, in order, each with coordinates and runners-up.

    `countries` are ISO alpha-2 codes, the mission's, likeliest first. `doc` is the text parsed, if at hand:
    a weak helper, the result does not depend on its entity labels. Adjectives ('Syrian') are no places.
    """
    found = find_uses(text, gazetteer=gazetteer, countries=countries, doc=doc)
    words, uses = found.words, found.uses
    chosen = _chosen(uses, words, countries)
    met = {(choice.place.country, choice.place.id) for choice in chosen.values() if choice is not None}
    home = countries[0] if countries else None
    known = [
        _stray(use, choice, home)
        if _is_stray(choice, met, countries) or (choice.place.country != home and _is_lost(use, choice, met, words))
        else _toponym(use, choice, home)
        for use in uses
        if (choice := chosen[use.sense]) is not None
    ]
    yield from sorted([*known, *(unresolved(run) for run in found.runs)], key=lambda place: place.span)


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a text, the names in it that are used for places, and what is one by its form alone."""

    words: Sequence[Word]
    uses: list[Use]
    runs: list[Run]


def find_uses(text: str, *, gazetteer: Gazetteer, countries: Sequence[str] = (), doc: "Doc | None" = None) -> Found:
    """What of a text names places, before it is chosen which."""
    words = words_of(text)
    spots = list(find_spots(text, words, gazetteer))
    runs = [run for run in find_runs(text, words, spots) if not _held(run, spots, countries)]
    taken = {index for run in runs for index in range(run.first, run.last)}
    spots = [spot for spot in spots if taken.isdisjoint(range(spot.first, spot.last))]
    around = look_around(text, words, spots, countries=countries, doc=doc)
    return Found(words, _accepted(around, gazetteer), runs)


def locate(text: str, spans: Sequence[Span], *, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> list[Toponym]:
    """Where the words of given spans are, one toponym for each in their order: the resolver without the finder.

    Candidates, choice and chances are those of `find_places`. That the spans name places is taken for granted, so
    adjectives ('Syrian') stand for their lands and the likeliest place is told however far it lies from the others.
    What the gazetteer lacks is placed by the name within it ('Aleppo University'), else near the place named nearest
    to it, with a lower chance and the reason. Unresolved: there is none either.
    """
    marked = mark(text, spans, gazetteer=gazetteer, countries=countries)
    chosen = _chosen([use for use in marked.uses if use is not None], marked.words, countries)
    home = countries[0] if countries else None
    placed = [_given_toponym(span, use, chosen, home) for span, use in zip(spans, marked.uses, strict=True)]
    return beside_others(placed, part=marked.part)


@dataclass(frozen=True, slots=True)
class Marked:
    """Given spans as uses of names, None where the gazetteer knows none, and the words of their text.

    `part`: only a name within the span is known.
    """

    words: Sequence[Word]
    uses: tuple[Use | None, ...]
    part: tuple[bool, ...]


def mark(text: str, spans: Sequence[Span], *, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> Marked:
    """What the words of given spans could mean, before anything is chosen."""
    words = words_of(text)
    given = [spot_over(span, text, words, gazetteer) for span in spans]
    spots = list(dict.fromkeys(each.spot for each in given if each is not None))
    around = look_around(text, words, spots, countries=countries, doc=None)
    senses = _one_sense([Use(spot, CERTAIN, _given_sense(spot, around, gazetteer)) for spot in spots])
    uses = dict(zip(spots, senses, strict=True))
    part = tuple(each is not None and each.part for each in given)
    return Marked(words, tuple(None if each is None else uses[each.spot] for each in given), part)


def _given_sense(spot: Spot, around: Surroundings, gazetteer: Gazetteer) -> Sense:
    return replace(_sense(spot, around, gazetteer), keeps_company=spot.key not in lands_of_peoples())


def _given_toponym(span: Span, use: Use | None, chosen: Mapping[Sense, Choice | None], home: str | None) -> Toponym:
    choice = None if use is None else chosen[use.sense]
    if use is None or choice is None:
        return Toponym(span=span, id=None, reason=UNKNOWN)
    return replace(_toponym(use, choice, home), span=span)


def _chosen(uses: Sequence[Use], words: Sequence[Word], countries: Sequence[str]) -> dict[Sense, Choice | None]:
    mentions = Counter(use.sense for use in uses)
    senses = list(mentions)
    open_ = any(len(sense.named) > 1 for sense in senses)
    told = find_told(words, countries) if open_ else Told()
    return dict(zip(senses, choose(senses, told=told, mentions=list(mentions.values())), strict=True))


def _is_stray(choice: Choice, met: set[tuple[str | None, str]], countries: Sequence[str]) -> bool:
    """Whether the likeliest place is a small one in a country that neither the mission nor the text speaks of.

    In the mission's further countries only a place called by another name than its own can be one.
    """
    place = choice.place
    if not countries or place.country in (None, countries[0]) or place.kind in ("country", "capital"):
        return False
    if place.country in countries and choice.own_name:
        return False
    small = place.population < KNOWN_ABROAD or place.precision is not Precision.SETTLEMENT
    return small and not any(country == place.country and other != place.id for country, other in met)


def _is_lost(use: Use, choice: Choice, met: set[tuple[str | None, str]], words: Sequence[Word]) -> bool:
    """Whether the likeliest place is a small town of a country that nothing in the text points to but itself."""
    place = choice.place
    if choice.named.given or place.precision is not Precision.SETTLEMENT or place.population >= KNOWN_ALONE:
        return False
    if place.kind == "capital" or use.sense.inside is not None:
        return False
    if " " in use.spot.key and not choice.others and choice.own_name:
        return False  # a long name that no other place bears speaks for itself
    elsewhere = any(country not in (None, place.country) for country, _ in met)
    company = any(country == place.country and other != place.id for country, other in met)
    return elsewhere and not company and not any(word.key in peoples_of(place.country) for word in words)


@cache
def peoples_of(country: str | None) -> frozenset[str]:
    """The folded adjectives of a state and names of its people: 'French', 'Frenchman'."""
    rows = (row for row in demonyms() if row["country"] == country)
    return frozenset(
        fold_name(name) for row in rows for cell in ("adjectives", "people") for name in row[cell].split("|")
    )


def _stray(use: Use, choice: Choice, home: str | None) -> Toponym:
    """Named, not placed: the only places of that name lie where nothing in the text points to."""
    placed = _toponym(use, choice, home)
    likeliest = Candidate(id=choice.place.id, name=choice.place.name, chance=placed.chance)
    reason = f"the nearest guess, {choice.place.name} ({choice.place.country}), lies outside everything else told"
    runners_up = (likeliest, *placed.runners_up)[:RUNNERS_UP]
    return Toponym(span=placed.span, id=None, chance=round(use.chance, 3), runners_up=runners_up, reason=reason)


def _held(run: Run, spots: Sequence[Spot], countries: Sequence[str]) -> bool:
    """Whether the gazetteer's name stands: as long as the run, or the mission's and at its start ('Palmyra Desert')."""
    for spot in spots:
        if spot.first <= run.first and run.last <= spot.last:
            return True
        home = any(each.given or each.place.country in countries for each in spot.named)
        if home and run.kind is RunKind.FEATURE and spot.first <= run.first < spot.last:
            return True
    return False


def _accepted(around: Surroundings, gazetteer: Gazetteer) -> list[Use]:
    table = toml_table("evidence.toml")
    scores = {spot: score_spot(spot, around) for spot in around.spots}
    supported = {spot.key for spot, score in scores.items() if score > table["threshold"] + 1.0}
    uses: list[Use] = []
    for spot, alone in scores.items():
        score = alone
        if alone > table["doubtful"]:
            score += table["name"]["elsewhere"] if spot.key in supported else 0.0
            listed = any(scores[other] > table["threshold"] + 1.0 for other in beside(spot, around))
            score += table["name"]["listed"] if listed else 0.0
        if score > table["threshold"]:
            chance = 1 / (1 + math.exp(-score))
            uses.append(_use(spot, chance, around, gazetteer))
    return _one_sense(uses)


def _use(spot: Spot, chance: float, around: Surroundings, gazetteer: Gazetteer) -> Use:
    """The use of a spot; a quarter that is known nowhere in the city it is said to lie in stands for the city."""
    sense = _sense(spot, around, gazetteer)
    held = None if spot.division is not None or sense.as_division else find_held(spot, around)
    if held is None:
        return Use(spot, chance, sense)
    kept = keep_held(sense.named, held.holder)
    if kept:
        return Use(spot, chance, replace(sense, named=kept))
    if held.as_part:
        return Use(spot, chance, _sense(held.holder, around, gazetteer), part=True)
    return Use(spot, chance, sense)


def _one_sense(uses: list[Use]) -> list[Use]:
    """The same name twice is the same place, unless each time another state is said behind it."""
    fewest: dict[str, tuple[Named, ...]] = {}
    for use in uses:
        key = use.sense.key
        if key not in fewest or len(use.sense.named) < len(fewest[key]):
            fewest[key] = use.sense.named
    said: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    settled: dict[str, bool] = defaultdict(bool)
    for use in uses:
        if use.sense.inside is not None:
            said[use.spot.key].add(use.sense.inside)
        settled[use.spot.key] |= use.sense.as_settlement
    united: list[Use] = []
    for use in uses:
        sense = use.sense
        if len(fewest[sense.key]) < len(sense.named):
            sense = replace(sense, named=fewest[sense.key])
        if sense.inside is None and len(said[use.spot.key]) == 1 and not sense.as_division:
            sense = replace(sense, inside=next(iter(said[use.spot.key])))
        if not sense.as_division and sense.as_settlement is not settled[use.spot.key]:
            sense = replace(sense, as_settlement=settled[use.spot.key])
        united.append(use if sense is use.sense else replace(use, sense=sense))
    return united


def _sense(spot: Spot, around: Surroundings, gazetteer: Gazetteer) -> Sense:
    named = spot.named
    if spot.division is not None:
        country, division = spot.division
        filed = gazetteer.named(spot.key)
        named = tuple(each for each in filed if each.place.country == country and each.place.admin1 == division)
        return Sense(key=f"{spot.key} {country}", named=named, as_division=True)
    as_division = is_division_said(spot, around)
    return Sense(
        key=spot.key,
        named=named,
        inside=_inside(spot, around),
        as_division=as_division,
        as_settlement=is_settlement_said(spot, around) and not as_division,
    )


def _inside(spot: Spot, around: Surroundings) -> tuple[str | None, str | None] | None:
    follower = around.spot_starts.get(spot.last)
    if follower is None or around.words[spot.last].gap.strip() != "," or not is_container(follower):
        return None
    if follower.division is not None:
        return follower.division
    for each in follower.named:
        if each.place.kind == "country" and each.main:
            return None if _is_listed(spot, each.place.country) else (each.place.country, None)
    holder = next(each.place for each in follower.named if each.main and each.place.admin1)
    return holder.country, holder.admin1


def _is_listed(spot: Spot, country: str | None) -> bool:
    """Whether a name before a comma and a country is another land in a row of them: 'Canada, Mexico and Cuba'."""
    lands = [each.place for each in spot.named if each.main and each.place.kind in LANDS]
    return bool(lands) and not any(place.country == country for place in lands)


def _toponym(use: Use, choice: Choice, home: str | None) -> Toponym:
    """The toponym of a use; the others of its name share what their evidence gives them, and never more than is left.

    `home` is the mission's first country.
    """
    place = choice.place
    chance = calibrated(
        choice.named,
        key=use.spot.key,
        use=use.chance,
        choice=choice.chance,
        alone=not choice.others,
        home=home is not None and place.country == home,
    )
    left = min(use.chance, (1 - chance) / (1 - choice.chance)) if choice.chance < 1 else 0.0
    others = [Candidate(id=other.id, name=other.name, chance=round(share * left, 3)) for other, share in choice.others]
    return Toponym(
        span=Span(use.spot.start, use.spot.end),
        reason=f"a part of {place.name} that the gazetteer does not know by itself" if use.part else "",
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.precision,
        country=place.country,
        admin1=place.admin1,
        chance=round(chance, 3),
        runners_up=tuple(other for other in others if other.chance >= LEAST_CHANCE)[:RUNNERS_UP],
        kind=place.kind,
    )
