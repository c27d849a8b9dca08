"""The trained encoder and syntax together: who speaks, through whom, in words that were never marked for training."""

import pytest
from passages import Passages


@pytest.mark.parametrize(
    ("text", "trigger", "speakers"),
    [
        (
            "The agency reported that the ministry said that the insurgents had fired.",
            "fired",
            ["The agency", "the ministry"],
        ),
        (
            "State television, quoting the general staff, announced that the strait had been mined.",
            "mined",
            ["State television", "the general staff"],
        ),
        (
            "General Tuma, quoted by the Baghdad daily, said the tribes had left.",
            "left",
            ["the Baghdad daily", "General Tuma"],
        ),
        (
            "The ministry denied the opposition's claim that police had fired.",
            "fired",
            ["The ministry", "the opposition's"],
        ),
        (
            "The centre also reported civilians in Harran as saying armed groups had entered the mill.",
            "entered",
            ["The centre", "civilians in Harran"],
        ),
        (
            "The panel notes that, according to port officials, the ship unloaded mortars.",
            "unloaded",
            ["The panel", "port officials"],
        ),
        (
            "The army is accused of shelling the bakery.",
            "shelling",
            [""],
        ),
        (
            "Monitors: rebels shelled the ridge of Arbin",
            "shelled",
            ["Monitors"],
        ),
        (
            "Depot bombed in Tarsin – coastguard",
            "bombed",
            ["coastguard"],
        ),
        (
            "The column crossed the river at dawn.",
            "crossed",
            [],
        ),
        # who has it from whom
        (
            "The clerk said he had heard from two drivers that the depot had burned.",
            "burned",
            ["The clerk", "two drivers"],
        ),
        (
            "The envoy is reported by the gazette to have said that the column had turned back.",
            "turned",
            ["the gazette", "The envoy"],
        ),
        (
            "The navy said in a message carried by the harbour radio that a tug had sunk.",
            "sunk",
            ["the harbour radio", "The navy"],
        ),
        (
            "The gazette, with reference to the port office, reports that a tug had sunk.",
            "sunk",
            ["The gazette", "the port office"],
        ),
        (
            "The council waved aside the baker's story that soldiers had emptied the mill.",
            "emptied",
            ["The council", "the baker's"],
        ),
        (
            "The prefect repeated what a shepherd had told him: that the bridge had been mined.",
            "mined",
            ["The prefect", "a shepherd"],
        ),
        (
            "The clerk said that guards told her brother the cellar was flooded, according to the gazette.",
            "flooded",
            ["the gazette", "The clerk", "guards"],
        ),
        # what is seen and recorded
        ("The patrol heard five explosions east of the weir.", "explosions", ["The patrol"]),
        (
            "The inspectors write that drone pictures show a burned mill at Kesra.",
            "burned",
            ["The inspectors", "drone pictures"],
        ),
        # who says the rest of it
        (
            "The prefect says riders burned the mill, the miller that lightning struck it at noon.",
            "struck",
            ["the miller"],
        ),
        (
            "According to the nuns, the ferry sank; according to the harbour master, it was towed away.",
            "sank",
            ["the nuns"],
        ),
        ("Elders say that the riders left at noon; the garrison has not commented.", "left", ["Elders"]),
        ("The quarrymen argued until dusk; at night a shell wrecked their hut.", "wrecked", []),
        ("The prefect, said to be the oldest man of the valley, fled on Monday.", "fled", []),
        # turns of phrase
        ("By the prefect's account, raiders burned the mill.", "burned", ["the prefect's"]),
        ("If the garrison is to be believed, riders burned the mill.", "burned", ["the garrison"]),
        ("Rumour has it that the two brothers fought over the ferry.", "fought", [""]),
        ("To the miller it is clear that the weir was mined by riders.", "mined", ["the miller"]),
        # by form
        ("'They took the grain': millers of Kesra speak out", "took", ["millers of Kesra"]),
        ('"They took all the grain and burned the mill." ― Samira Haddad', "burned", ["Samira Haddad"]),
        ('Her uncle nods. "They took all the grain and burned the mill."', "burned", ["Her uncle"]),
        ("WHO: Nurses say the ward was shelled", "shelled", ["WHO", "Nurses"]),
        ("Photo: the mill of Kesra, burned by raiders on Monday.", "burned", []),
    ],
)
def test_the_chain_names_every_speaker_outermost_first(
    read: Passages, text: str, trigger: str, speakers: list[str]
) -> None:
    passage = read(text)
    by_id = {each.id: each for each in passage.reading.attributions}
    chain = [passage.words(by_id[each].source) for each in passage.claim(trigger).chain]
    assert [each.casefold() for each in chain] == [each.casefold() for each in speakers]


def test_one_who_says_what_he_himself_fears_is_listed_once(read: Passages) -> None:
    passage = read("The general told his staff he feared the bunker would be hit.")
    assert len(passage.claim("hit").chain) == 1


def test_every_word_of_an_attribution_stands_in_the_text_whole(read: Passages) -> None:
    text = "Counter-intelligence sources, who asked not to be named, said re-armament had begun at Kafr-Nuran."
    passage = read(text)
    for each in passage.reading.attributions:
        for piece in (*each.source, *each.cue, *each.content):
            assert piece.of(text).strip()
            assert piece.start == 0 or not (text[piece.start - 1].isalnum() and text[piece.start].isalnum())


def test_a_document_is_read_the_same_beside_any_other(read: Passages) -> None:
    from truceline.testing import doc

    one = doc("The ministry said that two shells had hit the bakery, according to two residents.")
    other = doc("Nothing was said. " * 60)
    alone = read.reader.read(one)
    beside = list(read.reader.read_all([other, one]))[1]
    assert alone.attributions == beside.attributions
    assert alone.claims == beside.claims
