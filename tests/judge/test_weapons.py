"""What is told of a weapon against the kinds that a term names."""

import pytest
from judge_makers import telling

from truceline.judge.weapons import Told, find_armed, match_kind
from truceline.model.agreement import Weapon
from truceline.model.telling import Role, Telling

KINDS = {
    each.id: each
    for each in (
        Weapon(
            id="artillery",
            name="artillery of 100 mm and more",
            words=("howitzer", "D-30"),
            unsure=("artillery", "mortar"),
            calibre_mm_least=100,
            but_not=("rockets", "tank"),
        ),
        Weapon(id="light", name="lighter artillery", calibre_mm_below=100, unsure=("mortar",)),
        Weapon(id="rockets", name="rocket launchers", words=("Grad", "BM-21"), unsure=("rocket launcher",)),
        Weapon(id="tank", name="tanks", words=("tank", "tanks")),
        Weapon(id="mines", name="mines", words=("mine", "mines"), not_words=("coal mine",)),
        Weapon(id="heavy", name="heavy weapons", any_of=("artillery", "rockets", "tank")),
    )
}
VAGUE = ("weapons", "military equipment")


@pytest.mark.parametrize(
    ("words", "kind", "wanted"),
    [
        ("a 152 mm howitzer", "artillery", Told.SUCH),
        ("122-mm artillery", "artillery", Told.SUCH),
        ("a 100 mm gun", "artillery", Told.SUCH),
        ("a 120mm mortar", "artillery", Told.SUCH),
        ("82 millimetre mortars", "artillery", Told.OTHER),
        ("a mortar", "artillery", Told.VAGUE),
        ("a D30", "artillery", Told.SUCH),
        ("122 mm Grad rockets", "artillery", Told.OTHER),  # another kind by name, whatever its calibre
        ("a 125 mm tank gun", "artillery", Told.OTHER),
        ("rifles", "artillery", Told.NOT),
        ("82 mm mortars", "light", Told.SUCH),
        ("120 mm mortars", "light", Told.OTHER),
        ("BM 21", "rockets", Told.SUCH),
        ("a rocket launcher", "rockets", Told.VAGUE),
        ("Gradual", "rockets", Told.NOT),
        ("a coal mine", "mines", Told.NOT),
        ("mines beside a coal mine", "mines", Told.SUCH),
        ("T-64 tanks", "heavy", Told.SUCH),
        ("a mortar", "heavy", Told.VAGUE),
    ],
)
def test_a_weapon_against_a_kind(words: str, kind: str, wanted: Told) -> None:
    assert match_kind(words, KINDS[kind], KINDS) is wanted


def armed(*words: str, quote: str = "It was seen.") -> Told:
    return find_armed(
        [told(f"c-{at}", each, quote) for at, each in enumerate(words)], ("artillery",), KINDS, VAGUE
    ).told


def told(claim: str, weapon: str, quote: str) -> Telling:
    made = telling(claim, quote=quote)
    instruments = (Role(words=weapon, actor=None),) if weapon else ()
    return Telling(**{name: getattr(made, name) for name in made.__slots__} | {"instruments": instruments})


def test_a_weapon_of_any_kind_leaves_it_open_and_another_kind_does_not() -> None:
    assert armed("weapons") is Told.VAGUE
    assert armed("rifles") is Told.OTHER


def test_without_a_weapon_read_the_words_of_the_claim_are_asked() -> None:
    assert armed("", quote="Howitzers stood at the edge of the town.") is Told.SUCH
    assert armed("", quote="Men stood at the edge of the town.") is Told.NOT


def test_one_telling_that_names_it_is_enough_and_is_said() -> None:
    found = find_armed(
        [told("c-1", "a mortar", "It was seen."), told("c-2", "a howitzer", "It was seen.")],
        ("artillery",),
        KINDS,
        VAGUE,
    )
    assert (found.told, found.claims, found.words) == (Told.SUCH, ("c-2",), ("a howitzer",))
