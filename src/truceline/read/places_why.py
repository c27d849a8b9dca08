"""Why a name was taken for this place and not for another of the name: recomputed when asked, never stored."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.model.span import Span
from truceline.read.gazetteer import Gazetteer
from truceline.read.places import find_uses
from truceline.read.places_choose import Weighed, find_told, weigh
from truceline.vocab.places import toml_table

SHOWN = 3  # candidates: the one taken and its runners-up
TOLD = 7  # features of each, those that weigh most
LEAST = 0.05  # log-odds: less is noise


@dataclass(frozen=True, slots=True)
class Why:
    """The words that name a place, the chance that they name one at all, and the candidates, likeliest first."""

    words: str
    chance: float
    candidates: tuple[Weighed, ...]


def explain_place(text: str, span: Span, *, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> Why | None:
    """Why the name within `span` ('10 km north of Homs') was taken so; None where no name stands there."""
    found = find_uses(text, gazetteer=gazetteer, countries=countries)
    use = next((each for each in found.uses if span.overlaps(Span(each.spot.start, each.spot.end))), None)
    if use is None:
        return None
    often = Counter(each.sense for each in found.uses)
    senses = list(often)
    told = find_told(found.words, countries)
    weighed = weigh(senses, told=told, mentions=list(often.values()))[senses.index(use.sense)]
    return Why(text[use.spot.start : use.spot.end], use.chance, tuple(weighed))


def word_why(why: Why) -> Iterator[str]:
    """A line that says how sure it is that the words name a place, then one for each candidate."""
    others = len(why.candidates) - 1
    bearers = "nothing else is called so" if not others else f"{others + 1} places are called so"
    yield f"“{why.words}” names a place (chance {why.chance:.2f}); {bearers}"
    for each in why.candidates[:SHOWN]:
        yield f"{each.chance:.2f}  {_word_place(each)}: {', '.join(_word_points(each))}"


def _word_place(weighed: Weighed) -> str:
    place = weighed.named.place
    inside = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    return f"{place.name}, {inside} ({place.id})" if inside else f"{place.name} ({place.id})"


def _word_points(weighed: Weighed) -> list[str]:
    """Features and their log-odds, the weightiest first: 'its people +6.9'."""
    words = toml_table("choice.toml")["words"]
    ranked = sorted(weighed.points.items(), key=lambda pair: -abs(pair[1]))
    return [f"{words[name]} {points:+.1f}" for name, points in ranked[:TOLD] if abs(points) >= LEAST]
