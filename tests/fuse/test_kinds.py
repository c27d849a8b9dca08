"""What kind of event a telling tells, and what decides within a city."""

from dataclasses import replace

import pytest
from fuse_makers import groups, only, tell_of, words

from truceline.fuse.kinds import settle_kind
from truceline.fuse.naming import name_kind
from truceline.fuse.policy import find_group, kinds, weights
from truceline.model.claim import EventType
from truceline.vocab.load import load_toml


@pytest.mark.parametrize("trigger", ["attack", "hit", "targeted", "raids"])
def test_a_word_that_tells_no_means_leaves_them_open(trigger: str) -> None:
    assert settle_kind(tell_of("clash", "Khan Tuman", claim="a", trigger=trigger)).mode is None


def test_a_clash_keeps_its_means() -> None:
    assert settle_kind(tell_of("clash", "Khan Tuman", claim="a", trigger="clashes")).mode == "firearms"


@pytest.mark.parametrize(
    ("acting", "mode"),
    [("Air strikes", "aerial"), ("a shell", "heavy-weapons"), ("two car bombs", "explosives"), ("fighters", None)],
)
def test_who_or_what_kills_tells_the_means(acting: str, mode: str | None) -> None:
    assert settle_kind(tell_of("killing", "Khan Tuman", claim="a", by=words(acting))).mode == mode


@pytest.mark.parametrize(
    ("quote", "mode"),
    [
        ("Opposition shelling killed 14 people", "heavy-weapons"),
        ("Air strikes reportedly killed nine near the artillery base", "aerial"),
        ("The rebels killed two near the artillery base", None),
    ],
)
def test_the_words_right_before_a_killing_tell_the_means(quote: str, mode: str | None) -> None:
    told = replace(tell_of("killing", "Khan Tuman", claim="a", trigger="killed"), quote=quote)
    assert settle_kind(told).mode == mode


def test_two_quarters_of_one_city_stay_apart() -> None:
    assert groups(
        tell_of("shelling", "Aleppo", "2016-05-05", claim="a", by="rebels", to=words("the Midan district")),
        tell_of("shelling", "Aleppo", "2016-05-05", claim="b", by="rebels", to=words("Hamdaniya"), source="afp"),
    ) == [["a"], ["b"]]


def test_one_quarter_of_a_city_joins() -> None:
    assert groups(
        tell_of("shelling", "Aleppo", "2016-05-05", claim="a", to=words("the Midan district")),
        tell_of("shelling", "Aleppo", "2016-05-05", claim="b", to=words("the Midan neighbourhood"), source="afp"),
    ) == [["a", "b"]]


def test_a_hospital_struck_on_one_day_is_one_hospital() -> None:
    assert groups(
        tell_of("air strike", "Aleppo", "2016-05-05", claim="a", to=words("a hospital")),
        tell_of("air strike", "Aleppo", "2016-05-05", claim="b", to=words("the field hospital"), source="afp"),
    ) == [["a", "b"]]


def test_talks_with_different_people_are_different_talks() -> None:
    assert groups(
        tell_of("talks", "Damascus", "2016-05-05", claim="a", by="kerry", to="lavrov", trigger="met"),
        tell_of("talks", "Damascus", "2016-05-05", claim="b", by="kerry", to="gov", trigger="met", source="afp"),
    ) == [["a"], ["b"]]


def test_a_capture_leads_over_the_fight_for_it() -> None:
    incident = only(
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="a", by="rebels", to="army"),
        tell_of("capture", "Khan Tuman", "2016-05-05", claim="b", by="rebels", to="army", source="afp"),
    )
    assert incident.title == "Territory taken in Khan Tuman, 5 May 2016"
    assert [each.what for each in incident.contradictions] == []


@pytest.mark.parametrize("name", sorted(load_toml("events/kinds.toml")["kind"]))
def test_every_kind_of_the_vocabulary_has_a_group_and_a_title(name: str) -> None:
    entry = load_toml("events/kinds.toml")["kind"][name]
    event = EventType(**{key: entry[key] or None for key in ("plover", "mode", "acled", "cameo")})
    assert find_group(event) in {"material", "diplomatic", "statement"}
    assert name_kind(event) != "Event"


def test_every_rule_of_the_tables_gives_its_reason() -> None:
    assert all(each.reason for each in weights().values())


def test_kinds_told_for_one_another_are_kinds_there_are() -> None:
    named = {kind for pair in kinds().kin for kind in pair}
    known = load_toml("events/titles.toml")["kinds"]
    for kind in named:
        category, _, means = kind.partition(" ")
        assert means in known[category], kind
