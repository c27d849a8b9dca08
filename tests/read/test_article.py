"""The article that started the project, read with the mission of its war: what must come out right."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from truceline.flow.mission import load_mission
from truceline.kit.geo import haversine_km
from truceline.model.claim import Claim, Mood
from truceline.model.document import Document, Form
from truceline.model.reading import Reading
from truceline.read.reader import Reader

MISSION = Path(__file__).parents[2] / "missions" / "syria-2016"
ALEPPO = (36.20, 37.16)


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    text = (shared / "cases" / "article-2016-06.txt").read_text(encoding="utf-8")
    document = Document(
        id="article",
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        form=Form.TEXT,
        publisher="independent blog",
        published_at=datetime(2016, 6, 4, tzinfo=UTC),
        language="en",
    )
    return Reader.for_mission(load_mission(MISSION)).read(document)


def claim_at(reading: Reading, trigger: str, passage: str) -> Claim:
    """The claim whose trigger reads `trigger` inside the passage."""
    text = reading.document.text
    start = text.index(passage)
    end = start + len(passage)
    found = [
        each
        for each in reading.claims
        if each.trigger.span.of(text) == trigger and start <= each.trigger.span.start < end
    ]
    assert found, f"no claim on '{trigger}' in '{passage}'"
    return found[0]


def speakers(reading: Reading, claim: Claim) -> list[str | None]:
    return [reading.attribution(each).speaker for each in claim.chain]


def test_offensive_is_an_assault_told_by_the_monitoring_centre(reading: Reading) -> None:
    claim = claim_at(reading, "offensive", "More than 1,000 militants have begun an offensive")
    assert claim.trigger.type.plover == "ASSAULT"
    assert speakers(reading, claim) == ["rus.reconciliation-centre"]
    assert claim.agents[0].count is not None
    assert claim.agents[0].count.low == 1001
    assert claim.agents[0].count.high is None


def test_offensive_lies_south_west_of_aleppo_with_a_widened_radius(reading: Reading) -> None:
    claim = claim_at(reading, "offensive", "More than 1,000 militants have begun an offensive")
    assert claim.place is not None
    place = reading.places[claim.place]
    assert place.lat is not None
    assert place.lon is not None
    assert place.lat < ALEPPO[0]
    assert place.lon < ALEPPO[1]
    assert haversine_km(*ALEPPO, place.lat, place.lon) < 40
    assert place.radius_km is not None
    assert place.radius_km >= 5


def test_statement_was_made_on_the_saturday_of_publication(reading: Reading) -> None:
    claim = claim_at(reading, "offensive", "More than 1,000 militants have begun an offensive")
    time = reading.attribution(claim.chain[0]).time
    assert time is not None
    assert reading.times[time].value == "2016-06-04"


def test_civilians_speak_through_the_centre(reading: Reading) -> None:
    passage = "The center also reported civilians in Aleppo as saying armed groups"
    claim = claim_at(reading, "appeared", reading.document.text[reading.document.text.index(passage) :][:190])
    assert len(claim.chain) == 2
    assert speakers(reading, claim)[0] == "rus.reconciliation-centre"
    inner = reading.attribution(claim.chain[1])
    assert "civilians" in inner.source[0].of(reading.document.text)
    assert claim.trigger.type.plover == "MOBILIZE"
    assert claim.place is not None
    place = reading.places[claim.place]
    assert place.lat is not None
    assert place.lon is not None
    assert place.lat > ALEPPO[0]
    assert haversine_km(*ALEPPO, place.lat, place.lon) < 40


def test_lavrov_explains_that_the_us_asked_and_nothing_was_struck(reading: Reading) -> None:
    passage = "the U.S. has again asked to spare al-Qaeda from Russian air strikes"
    claim = claim_at(reading, "asked", passage)
    assert claim.trigger.type.plover == "REQUEST"
    assert [each.actor for each in claim.agents] == ["usa.gov"]
    assert speakers(reading, claim) == ["rus.lavrov"]
    strikes = claim_at(reading, "strikes", passage)
    assert strikes.mood is not Mood.ASSERTION


def test_tripled_airstrikes_are_a_ratio_in_the_authors_own_voice(reading: Reading) -> None:
    claim = claim_at(reading, "airstrikes", "Russian airstrikes against terrorists in Syria have tripled")
    assert claim.trigger.type.mode == "aerial"
    assert claim.chain == ()
    assert claim.stated_rate is not None
    assert (claim.stated_rate.low, claim.stated_rate.high) == (3.0, 3.0)


def test_disembarking_is_a_mobilisation_by_russia_at_tartus_in_that_week(reading: Reading) -> None:
    passage = "the Russians this week disembarked ground forces and paratroopers in the port of Tartus"
    claim = claim_at(reading, "disembarked", passage)
    assert (claim.trigger.type.plover, claim.trigger.type.mode) == ("MOBILIZE", "troops")
    assert claim.agents[0].actor is not None
    assert claim.agents[0].actor.startswith("rus.")
    assert claim.place is not None
    assert "Tartus" in (reading.places[claim.place].name or "")
    assert claim.happened is not None
    assert claim.happened.start is not None
    assert claim.happened.value in {"2016-W22", "2016-05-30"}
    assert all(each.count is None or each.count.low != 3001 for each in (*claim.agents, *claim.recipients))
    volunteers = [each for each in reading.quantities if each.low == 3001]
    assert ["volunteers" in each.of for each in volunteers] == [True]


def test_staff_returned_to_hmeimim_say_anonymous_sources(reading: Reading) -> None:
    passage = "had returned to the Hmeimim military base in Latakia province"
    claim = claim_at(reading, "returned", passage)
    attribution = reading.attribution(claim.chain[0])
    assert attribution.kind.value == "anonymous"
    assert attribution.speaker is None
    assert claim.place is not None
    assert "Hmeimim" in (reading.places[claim.place].name or "")


def test_the_ministers_consulted_on_the_day_of_publication(reading: Reading) -> None:
    claim = claim_at(reading, "talked", "Today Lavrov again talked to Kerry")
    assert claim.trigger.type.plover == "CONSULT"
    assert [each.actor for each in claim.agents] == ["rus.lavrov"]
    assert [each.actor for each in claim.recipients] == ["usa.kerry"]
    assert claim.happened is not None
    assert claim.happened.value == "2016-06-04"


def test_the_quotation_comes_from_lavrov_through_the_ministry(reading: Reading) -> None:
    claim = claim_at(reading, "delay", "“Lavrov expressed concern about attempts to delay")
    assert speakers(reading, claim) == ["rus.mfa", "rus.lavrov"]


@pytest.mark.parametrize(
    "passage",
    [
        "Is this a trap? Does the U.S. want Russia to sink into a quagmire in Syria?",
        "One can only hope that the Russian leadership has learned its lesson.",
        "as it likely will soon be, on the run",
        "It seems obvious that these moves U.S.-supported forces are planned",
    ],
)
def test_questions_opinions_predictions_and_inferences_assert_nothing(reading: Reading, passage: str) -> None:
    start = reading.document.text.index(passage)
    inside = [each for each in reading.claims if start <= each.trigger.span.start < start + len(passage)]
    assert all(each.mood is not Mood.ASSERTION or each.trigger.type.plover is None for each in inside)


@pytest.mark.parametrize("label", ["rebels", "terrorists", "militants"])
def test_labels_are_flagged_and_no_group_is_read_into_them(reading: Reading, label: str) -> None:
    text = reading.document.text
    flagged = [each for each in reading.labels if each.word == label]
    assert flagged
    for claim in reading.claims:
        for participant in (*claim.agents, *claim.recipients):
            if participant.span.of(text).split()[-1].strip("“”") == label:
                assert participant.actor is None
