"""Who is said to have said it: source, cue and content, for each shape an attribution takes."""

import pytest
from passages import Passages

from truceline.model.attribution import SpeakerKind
from truceline.read.reader import Reader


@pytest.fixture(scope="module")
def read() -> Passages:
    """What syntax finds by itself; the encoder beside it is tested in test_attribution_trained.py."""
    return Passages(Reader(actors=(), places=(), countries=(), timezone="UTC", by_syntax_alone=True))


DEEP = "The agency reported that the ministry said that the governor had confirmed that insurgents fired at the mill."

# Passage, then (source, cue, content) of its one attribution.
SHAPES = [
    # reported speech, straight and inverted
    (
        "The ministry said that two shells had hit the bakery.",
        ("The ministry", "said", "that two shells had hit the bakery"),
    ),
    ("Two shells had hit the bakery, said the ministry.", ("the ministry", "said", "Two shells had hit the bakery")),
    ("Sources said the garrison had left.", ("Sources", "said", "the garrison had left")),
    (
        "The envoy told the council that the parties had agreed to a pause.",
        ("The envoy", "told", "that the parties had agreed to a pause"),
    ),
    (
        "The spokesman, who said the army held the ridge, left the room.",
        ("The spokesman // who", "said", "the army held the ridge"),
    ),
    ("Monitors heard shells fall on the mill.", ("Monitors", "heard", "shells fall on the mill")),
    # quotations
    (
        '"Two shells have hit the bakery," the governor said.',
        ("the governor", "said", '"Two shells have hit the bakery,"'),
    ),
    (
        "“They shelled us for an hour,” said a farmer, who gave no name.",
        ("a farmer", "said", "“They shelled us for an hour,”"),
    ),
    (
        "“We counted nine breaches before noon,” the monitor said, “and four more after dark.”",
        ("the monitor", "said", "“We counted nine breaches before noon,” // “and four more after dark.”"),
    ),
    (
        "“We counted nine breaches before noon,” the monitor said. “Four more followed after dark. Nobody was hurt.”",
        (
            "the monitor",
            "said",
            "“We counted nine breaches before noon,” // “Four more followed after dark. Nobody was hurt.”",
        ),
    ),
    ("The statement read: “Two shells hit the depot.”", ("The statement", "read", "“Two shells hit the depot.”")),
    # prepositions and participles
    (
        "The army shelled the village of Dayrun, according to two residents.",
        ("two residents", "according to", "The army shelled the village of Dayrun"),
    ),
    (
        "The agency raised its count to nine, citing a hospital director.",
        ("a hospital director", "citing", "The agency raised its count to nine"),
    ),
    # nobody named
    (
        "It was reported that the bridge had been blown up.",
        ("", "reported", "that the bridge had been blown up"),
    ),
    ("The insurgents are believed to have crossed the river.", ("", "believed", "to have crossed the river")),
    # saying through others
    (
        "The general was quoted as saying that his troops had left the hill.",
        ("The general", "saying", "that his troops had left the hill"),
    ),
    # nouns and adjectives
    ("The claim that the army used gas is not supported by the samples.", ("", "claim", "that the army used gas")),
    (
        "The commander expressed hope that the truce would hold.",
        ("The commander", "expressed hope", "that the truce would hold"),
    ),
    (
        "The commander is confident that his men will hold the ridge.",
        ("The commander", "confident", "that his men will hold the ridge"),
    ),
    ("The brigades are ready to withdraw from the ridge.", ("The brigades", "ready", "to withdraw from the ridge")),
    # a headline
    ("Envoy: Truce will hold through the month", ("Envoy", ":", "Truce will hold through the month")),
    # denials, demands, promises
    ("The army denied that it had shelled the market.", ("The army", "denied", "that it had shelled the market")),
    ("The army denied shelling the market.", ("The army", "denied", "shelling the market")),
    ("The army denied the attack.", ("The army", "denied", "the attack")),
    ("The envoy called for an end to the shelling.", ("The envoy", "called for", "an end to the shelling")),
    (
        "The insurgents threatened to resume the offensive.",
        ("The insurgents", "threatened", "to resume the offensive"),
    ),
]


@pytest.fixture(scope="module", autouse=True)
def _read_in_one_batch(read: Passages) -> None:
    read.read_together(passage for passage, _ in SHAPES)


@pytest.mark.parametrize(("passage", "expected"), SHAPES, ids=[passage[:40] for passage, _ in SHAPES])
def test_one_attribution_is_found_with_its_source_cue_and_content(
    read: Passages, passage: str, expected: tuple[str, str, str]
) -> None:
    assert read(passage).relations() == [expected]


@pytest.mark.parametrize(
    "passage",
    [
        "The army shelled the village of Dayrun.",
        '"Rebels" fired at the post.',
        "Four detainees were released in exchange for two bodies.",
        "http://example.org: the page is empty",
    ],
)
def test_the_authors_own_words_are_attributed_to_nobody(read: Passages, passage: str) -> None:
    assert read(passage).relations() == []


def test_a_block_quotation_without_a_speaker_is_not_the_authors_own_word(read: Passages) -> None:
    passage = read(
        "“The convoy was turned back at the second checkpoint before it reached the camp.”\n\n"
        "The road has been closed since."
    )
    assert [source for source, _, _ in passage.relations()] == [""]
    assert passage.reading.attributions[0].kind is SpeakerKind.ANONYMOUS
    assert len(passage.claim("turned").chain) == 1
    assert passage.claim("closed").chain == ()


def test_as_somebody_explains_covers_the_rest_of_the_sentence(read: Passages) -> None:
    passage = read("As the envoy explains, the brigade has again asked for a pause.")
    assert passage.relations()[0] == ("the envoy", "explains", "the brigade has again asked for a pause")
    assert passage.speakers("asked") == ["the envoy"]


def test_a_centre_reporting_civilians_as_saying_is_two_speakers(read: Passages) -> None:
    passage = read("The centre also reported civilians in Harran as saying armed groups had entered the mill.")
    assert passage.relations() == [
        ("The centre", "reported", "civilians in Harran as saying armed groups had entered the mill"),
        ("civilians in Harran", "saying", "armed groups had entered the mill"),
    ]
    assert passage.speakers("entered") == ["The centre", "civilians in Harran"]


@pytest.mark.parametrize(
    ("passage", "trigger", "speakers"),
    [
        (
            "The agency reported that the ministry said that the insurgents had fired at the convoy.",
            "fired",
            ["The agency", "the ministry"],
        ),
        (
            DEEP,
            "fired",
            ["The agency", "the ministry", "the governor"],
        ),
        (
            "The newspaper wrote that a spokesman claimed that villagers saw soldiers burn the mill.",
            "burn",
            ["The newspaper", "a spokesman", "villagers"],
        ),
        (
            "The agency cited a commander as saying the hill had been taken.",
            "taken",
            ["The agency", "a commander"],
        ),
    ],
)
def test_speakers_who_quote_speakers_stand_outermost_first(
    read: Passages, passage: str, trigger: str, speakers: list[str]
) -> None:
    assert read(passage).speakers(trigger) == speakers


def test_each_nested_attribution_names_the_one_around_it(read: Passages) -> None:
    passage = read(DEEP)
    agency, ministry, governor = passage.reading.attributions
    assert (agency.parent, ministry.parent, governor.parent) == (None, agency.id, ministry.id)


def test_two_speakers_of_one_sentence_stay_apart(read: Passages) -> None:
    passage = read("He said he did not fire, but his officer insisted that he did.")
    assert passage.relations() == [
        ("He", "said", "he did not fire"),
        ("his officer", "insisted", "that he did"),
    ]
    assert [each.parent for each in passage.reading.attributions] == [None, None]


def test_turns_of_phrase_in_a_quotation_are_no_second_speaker(read: Passages) -> None:
    passage = read("“I think the army shelled the mill,” a farmer said.")
    assert [source for source, _, _ in passage.relations()] == ["a farmer"]


@pytest.mark.parametrize(
    ("passage", "cue", "stance"),
    [
        ("The ministry said that two shells had hit the bakery.", "said", "neutral"),
        ("A spokesman claimed that villagers burned the mill.", "claimed", "distancing"),
        ("The inquiry proved that soldiers burned the mill.", "proved", "endorsing"),
    ],
)
def test_the_authors_colouring_of_the_cue_is_kept(read: Passages, passage: str, cue: str, stance: str) -> None:
    assert read(passage).attribution(cue).stance == stance


def test_the_day_beside_the_cue_is_no_part_of_the_cue(read: Passages) -> None:
    passage = read("Two shells had hit the bakery, the ministry said on Tuesday.")
    assert passage.relations() == [("the ministry", "said", "Two shells had hit the bakery")]


# What is not kept yet; each reason says what is read instead.


def test_what_somebody_is_accused_of_is_the_accusers_word(read: Passages) -> None:
    passage = read("The committee accused the army of shelling the market.")
    assert passage.speakers("shelling") == ["The committee"]


def test_an_accusation_that_is_repeated_is_not_the_authors_word(read: Passages) -> None:
    passage = read("The governor repeated the accusation that the insurgents had looted the depot.")
    assert passage.speakers("looted") != []


def test_what_a_report_tells_is_not_the_authors_word(read: Passages) -> None:
    passage = read("A report that the garrison had surrendered reached the capital.")
    assert len(passage.claim("surrendered").chain) == 1


def test_is_said_to_have_is_somebody_elses_word(read: Passages) -> None:
    passage = read("The bridge is said to have been blown up by the retreating garrison.")
    assert len(passage.claim("blown").chain) == 1


@pytest.mark.xfail(
    strict=True, reason="'Our men' are taken for the speaker: the subject before the cue is the quotation's"
)
def test_a_quotation_split_inside_its_clause_keeps_its_speaker(read: Passages) -> None:
    passage = read("“Our men,” said the captain, “did not fire.”")
    assert passage.speakers("fire") == ["the captain"]


@pytest.mark.xfail(strict=True, reason="a quotation ended by a full stop is not joined to 'So said'")
def test_so_said_belongs_to_the_quotation_before_it(read: Passages) -> None:
    passage = read("“The road to the mill is open again.” So said the officer at the gate.")
    assert [source for source, _, _ in passage.relations()] == ["the officer at the gate"]
