"""Whether a name known to the gazetteer names a place here: what speaks for it and against it, added up.

Log-odds from vocab/places/evidence.toml; after the additive view of evidence in Good, "Weight of evidence"
(1985). A parsed document adds a little; nothing depends on its entity labels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from truceline.model.place import Precision
from truceline.read.gazetteer import Named
from truceline.read.places_spots import Spot
from truceline.read.places_words import Shape, Word, is_sentence_start
from truceline.read.transliterate import is_article
from truceline.vocab.places import toml_table, word_list

if TYPE_CHECKING:
    from truceline.read.table import Doc

SPEAKING_KINDS = ("country", "union", "continent", "capital")  # states and their seats are said to say things

_IN_NAMES = (" ", "' ", "’ ")  # "the Artists' Union"
TOWN = 50_000  # people
FAMOUS = 400_000  # people: a city better known than the persons who bear its name


@cache
def cues(name: str) -> frozenset[str]:
    """One list of vocab/places/cues.toml."""
    return frozenset(toml_table("cues.toml")[name])


@cache
def _weights(group: str) -> Mapping[str, float]:
    return dict(toml_table("evidence.toml")[group])


@dataclass(slots=True)
class Surroundings:
    """What of a document the evidence looks at: its words, its spots, the people it introduces."""

    text: str
    words: Sequence[Word]
    spots: list[Spot]
    countries: tuple[str, ...]
    doc: Any = None
    small: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    spot_starts: dict[int, Spot] = field(default_factory=dict)
    spot_ends: dict[int, Spot] = field(default_factory=dict)


def look_around(
    text: str, words: Sequence[Word], spots: list[Spot], *, countries: Sequence[str], doc: "Doc | None"
) -> Surroundings:
    """The surroundings of every spot of one document."""
    around = Surroundings(text, words, spots, tuple(countries), doc)
    around.small = frozenset(word.key for word in words if word.shape is Shape.LOWER)
    around.spot_starts = {spot.first: spot for spot in spots}
    around.spot_ends = {spot.last: spot for spot in spots}
    around.surnames = frozenset(_find_surnames(around))
    return around


def _find_surnames(around: Surroundings) -> Iterator[str]:
    """Family names of people the document introduces: 'Blanche Lincoln', 'Sen. Lincoln', 'J. Lincoln'."""
    words, given, titles = around.words, word_list("given_names.txt"), cues("titles")
    for index in range(1, len(words)):
        word, before = words[index], words[index - 1]
        if word.shape is not Shape.TITLE or not _same_name(word):
            continue
        named_before = before.key in given and before.shape is Shape.TITLE and before.whole is None
        titled = before.key in titles and before.shape is Shape.TITLE and _is_free(word.key)
        initial = before.end - before.start == 1 and before.shape is Shape.TITLE and "." in word.gap
        if titled and index + 1 < len(words) and words[index + 1].shape is Shape.TITLE and _same_name(words[index + 1]):
            continue  # "Mayor Houston Brown": the next turn finds him
        known = initial and index > 1 and words[index - 2].key in given
        if (named_before and not _is_locative(words, index - 2)) or titled or known:
            yield word.key


def _same_name(word: Word) -> bool:
    return word.gap in (" ", ". ", "-", "\u00a0") or (word.gap.strip() in ("", ".") and "\n" not in word.gap)


def _is_free(key: str) -> bool:
    return key not in cues("local_bodies") and key not in cues("place_nouns_before")


def _is_locative(words: Sequence[Word], index: int) -> bool:
    return index >= 0 and words[index].key in ("in", "at", "near")


def score_spot(spot: Spot, around: Surroundings) -> float:
    """The log-odds that `spot` names a place here; above zero it does."""
    table = toml_table("evidence.toml")
    pieces = (_by_name(spot, around), _by_words(spot, around), _by_before(spot, around), _by_after(spot, around))
    return float(table["start"]) + sum(pieces) + _by_tagger(spot, around)


def _kind_of(named: Named) -> str:
    if named.given:
        return "given"
    kind = named.place.kind
    if kind in _weights("kind"):
        return kind
    return "region"


def _by_name(spot: Spot, around: Surroundings) -> float:
    weights, name = _weights("kind"), _weights("name")
    if spot.division is not None:
        return weights["division"] + 1.0
    best = max(
        weights[_kind_of(each)]
        + (0.0 if each.main or each.given else name["other"])
        + (name["respelled"] if each.respelled else 0.0)
        + (name["mission_country"] if each.place.country in around.countries else 0.0)
        for each in spot.named
    )
    return best + (name["several_words"] if " " in spot.key else 0.0)


def _is_state(spot: Spot) -> bool:
    """Whether the name is first of all a state's, a capital's or a great region's: those act and speak."""
    places = [each.place for each in spot.named if each.main]
    if any(place.kind in SPEAKING_KINDS for place in places):
        return True
    division = any(place.kind == "division" for place in places)
    return division and not any(place.precision is Precision.SETTLEMENT and place.population > TOWN for place in places)


def _by_words(spot: Spot, around: Surroundings) -> float:
    weights, words = _weights("word"), around.words[spot.first : spot.last]
    apart = weights["quoted"] if _is_quoted(spot, around.text) else 0.0
    apart += weights["uncased"] if words[-1].shape is Shape.UNCASED else 0.0
    return apart + _by_plain_words(spot, around, words)


def _is_quoted(spot: Spot, text: str) -> bool:
    before, behind = text[max(0, spot.start - 1) : spot.start], text[spot.end : spot.end + 1]
    return before != "" and behind != "" and before in '“"‘«' and behind in '”"’»'


def _by_plain_words(spot: Spot, around: Surroundings, words: Sequence[Word]) -> float:
    weights = _weights("word")
    if len(words) > 1 or spot.division is not None:
        return weights["own_division_noun"] if words[-1].key in cues("division_nouns") else 0.0
    total, key, state = 0.0, words[0].key, _is_state(spot)
    ordinary = key in word_list("ordinary.txt")
    if ordinary:
        total += weights["ordinary"]
        total += weights["sentence_start"] if is_sentence_start(around.words, spot.first) else 0.0
    if key in around.small and words[0].shape is not Shape.UNCASED:
        total += weights["lower_elsewhere"]
    if key in around.surnames:
        total += weights["surname_here"] * (0.5 if state else 1.0)
    if not state:
        famous = any(each.main and each.place.population > FAMOUS for each in spot.named)
        personal = weights["given_name"] if key in word_list("given_names.txt") else 0.0
        personal += weights["family_name"] if key in word_list("family_names.txt") else 0.0
        total += personal * (weights["famous_share"] if famous else 1.0)
        total += weights["short"] if len(key) <= 3 else 0.0
    return total


def _by_before(spot: Spot, around: Surroundings) -> float:
    weights, words = _weights("before"), around.words
    if spot.first == 0:
        return 0.0
    before, gap = words[spot.first - 1], words[spot.first].gap
    if spot.first in around.spot_ends and gap.strip() == ",":
        return weights["after_place"]
    if gap == "-" and before.key in ("r", "d") and before.end - before.start == 1:
        return weights["seat"]  # "R-Ocilla": where a member of parliament comes from
    if gap.strip(" \u00a0") not in ("", ".") or "\n" in gap:
        return 0.0
    if "." in gap and before.key not in cues("titles") and before.end - before.start > 1:
        return 0.0
    return _by_word_before(spot, around, before)


def _by_word_before(spot: Spot, around: Surroundings, before: Word) -> float:
    weights, words = _weights("before"), around.words
    if before.key == "the" and spot.first > 1 and words[spot.first - 1].gap == " ":
        before = words[spot.first - 2]
    if before.key == "of" and _is_place_noun_before_of(words, spot.first):
        return weights["place_noun"]
    for cue, weight in (("directions", "direction"), ("locative", "locative"), ("source", "source")):
        if before.key in cues(cue):
            return weights[weight]
    return _by_capital_before(spot, around, before) if before.shape in (Shape.TITLE, Shape.UPPER) else 0.0


def _by_capital_before(spot: Spot, around: Surroundings, before: Word) -> float:
    weights, words = _weights("before"), around.words
    if before.key in cues("titles"):
        return weights["title"]
    if is_sentence_start(words, spot.first):
        return 0.0
    if before.end - before.start == 1:
        return weights["initial"] if "." in words[spot.first].gap else 0.0
    if spot.first in around.spot_ends and before.key not in word_list("given_names.txt"):
        return 0.0
    if before.key in word_list("given_names.txt"):
        return weights["given_name"]
    starts = is_sentence_start(words, spot.first - 1) or before.key in cues("local_bodies")
    return 0.0 if starts or _is_state(spot) else weights["unknown_capital"]


def _is_place_noun_before_of(words: Sequence[Word], first: int) -> bool:
    return any(words[at - 1].key in cues("place_nouns_before") for at in (first - 1, first - 2) if at > 0)


def _by_after(spot: Spot, around: Surroundings) -> float:
    weights, words = _weights("after"), around.words
    if spot.last >= len(words):
        return 0.0
    after = words[spot.last]
    follower = around.spot_starts.get(spot.last)
    if after.gap.strip() == "," and follower is not None and is_container(follower):
        return weights["container"]
    if after.gap.strip(" \u00a0-") != "" or "\n" in after.gap:
        return 0.0
    if spot.last - spot.first == 1 and not _is_town(spot) and _goes_on_in_arabic(words, spot.last):
        return weights["goes_on"]
    return _by_word_after(spot, around, after)


def _is_town(spot: Spot) -> bool:
    """Whether a place of size bears the name as its own: its quarters may be called after it ('Daraa al-Balad')."""
    return any(each.main and each.place.population > TOWN for each in spot.named)


def _goes_on_in_arabic(words: Sequence[Word], index: int) -> bool:
    """'Jisr al-Shughur': an article with a hyphen behind a name goes on with it; the first word names another place."""
    following = words[index + 1 : index + 2]
    named = bool(following) and following[0].gap == "-" and following[0].shape is Shape.TITLE
    return named and words[index].gap == " " and is_article(words[index].key)


def is_container(spot: Spot) -> bool:
    """Whether a name can stand behind a comma as what a place lies in: a state, a division."""
    return spot.division is not None or any(
        each.place.kind in ("country", "division", "admin1", "county") and each.main for each in spot.named
    )


def _by_word_after(spot: Spot, around: Surroundings, after: Word) -> float:
    weights = _weights("after")
    if after.key in cues("division_nouns"):
        return weights["division_noun"]
    if after.key in cues("place_nouns"):
        return weights["place_noun"]
    if after.shape is not Shape.TITLE:
        if after.key in cues("armed_bodies"):
            return weights["naming_body"]
        if after.key in cues("made_things") and after.gap == " ":
            return weights["made_thing"]
        if after.key in cues("local_bodies"):
            return weights["local_body"]
        return weights["reporting"] if after.key in cues("reporting") and not _is_state(spot) else 0.0
    naming = _naming(spot, around)
    if naming is not None:
        return naming
    return weights["local_body"] if after.key in cues("local_bodies") else _by_capital_after(spot, around, after)


def _by_capital_after(spot: Spot, around: Surroundings, after: Word) -> float:
    weights, key = _weights("after"), around.words[spot.first].key
    if spot.last - spot.first == 1:
        given, family = key in word_list("given_names.txt"), after.key in word_list("family_names.txt")
        if family and (given or key in word_list("rare_given_names.txt")):
            return weights["given_name_and_capital"]
        if given and not _is_state(spot):
            return weights["given_name_and_unknown"]
    if spot.last in around.spot_starts:
        return 0.0
    if after.end - after.start == 1:
        return weights["initial"] if around.text[after.end : after.end + 1] == "." else 0.0
    milder = 0.3 if _is_state(spot) or spot.last - spot.first > 1 else 1.0
    return weights["unknown_capital"] * milder


def _naming(spot: Spot, around: Surroundings) -> float | None:
    """What the run of capitals behind a name says where it ends in a word for a body or a text that only bears it."""
    weights, words = _weights("after"), around.words
    last = spot.last
    while last + 1 < len(words) and words[last + 1].shape is Shape.TITLE and words[last + 1].gap in _IN_NAMES:
        last += 1
    key = words[last].key
    if key in cues("named_texts"):
        return weights["named_text"]
    home = any(each.given or each.place.country in around.countries for each in spot.named)
    if key in cues("naming_bodies"):
        return weights["naming_body"] + (weights["naming_body_home"] if home else 0.0)
    told = f"{words[last - 1].key} {key}" in cues("naming_pairs") or key in cues("naming_ends")
    return weights["naming_body"] + weights["naming_body_home"] if home and last > spot.last and told else None


def _by_tagger(spot: Spot, around: Surroundings) -> float:
    if around.doc is None:
        return 0.0
    span = around.doc.char_span(spot.start, spot.end, alignment_mode="expand")
    if span is None or not len(span):
        return 0.0
    weights = _weights("tagger")
    total = weights["proper"] if any(token.pos_ == "PROPN" for token in span) else weights["not_proper"]
    label = span[-1].ent_type_
    if label in ("GPE", "LOC", "FAC"):
        return total + weights["place_entity"]
    if label == "PERSON":
        return total + weights["person_entity"]
    return total + (weights["organisation_entity"] if label == "ORG" else 0.0)
