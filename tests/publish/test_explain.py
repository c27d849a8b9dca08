"""An explanation shows everything behind an incident, and fits a terminal."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path

import pytest

from truceline.errors import UnknownId
from truceline.model.actor import Actor, ActorKind
from truceline.model.assessment import Assessment, Finding, Step, Verdict
from truceline.model.claim import Commitment, EventType, Evidence, Horizon, Mood
from truceline.model.document import Document, Form
from truceline.model.incident import Contradiction, Grade, Incident, Origin, Stance, Variant, Version
from truceline.model.mission import Mission
from truceline.model.place import Precision, Toponym
from truceline.model.quantity import Range
from truceline.model.span import Span
from truceline.model.telling import Role, Speaker, TakenFrom, Telling
from truceline.model.view import View
from truceline.publish.explain import COLUMNS, explain, find_explanation

NOON = datetime(2016, 5, 3, 9, tzinfo=UTC)
SHELLING = EventType(plover="ASSAULT", mode="heavy-weapons", acled="Shelling/artillery/missile attack", cameo="194")
MISSION = Mission(
    id="m",
    name="A mission",
    since=date(2016, 2, 26),
    until=date(2016, 6, 21),
    timezone="Asia/Damascus",
    cutoff=time(18),
    languages=("en",),
    countries=("SY",),
    window_hours=36,
    window_km=15,
    bulletin_days=7,
    folder=Path("m"),
    agreement=None,
    actors=(
        Actor(id="rebels", name="Armed opposition", kind=ActorKind.ARMED_GROUP),
        Actor(id="centre", name="Russian Reconciliation Centre", kind=ActorKind.MILITARY),
    ),
    sources=(),
    places=(),
)


def document(id: str, publisher: str, text: str, *, version: int = 1) -> Document:
    return Document(
        id=id,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        form=Form.TEXT,
        uri=f"https://example.org/{id}",
        title=f"Report of {publisher}",
        publisher=publisher,
        published_at=NOON,
        version=version,
    )


def telling(claim: str, document: str, quote: str, *, chain: tuple[Speaker, ...] = ()) -> Telling:
    return Telling(
        claim=claim,
        document=document,
        version=1,
        source=None,
        family=document,
        published_at=NOON,
        quote=quote,
        span=Span(0, len(quote)),
        trigger="shelled",
        chain=chain,
        event=SHELLING,
        factuality=3.0,
        negated=False,
        mood=Mood.ASSERTION,
        agents=(Role(words="militants", actor="rebels"),),
        recipients=(),
        instruments=(),
        place=None,
        happened=None,
        harm=None,
        copied_from="agency-1" if claim == "c3" else None,
    )


CHAIN = (
    Speaker(words="the center", kind="named", actor="centre"),
    Speaker(words="residents", kind="anonymous", actor=None),
)
QUOTE = "Residents told the center that militants had shelled Zahraa, killing nineteen people."
TELLINGS = (
    telling("c1", "agency-1", QUOTE, chain=CHAIN),
    telling("c2", "denial-1", "We did not shell Zahraa."),
    telling("c3", "paper-1", QUOTE, chain=CHAIN),
)
INCIDENT = Incident(
    id="inc-1",
    event=SHELLING,
    title="shelling in Zahraa, 3 May 2016",
    start=datetime(2016, 5, 2, 21, tzinfo=UTC),
    end=datetime(2016, 5, 3, 21, tzinfo=UTC),
    place=Toponym(
        span=Span(0, 1),
        id="p",
        name="Zahraa",
        lat=36.2,
        lon=37.1,
        radius_km=2,
        precision=Precision.SETTLEMENT,
        admin1="Aleppo",
    ),
    agents=("rebels",),
    recipients=(),
    agent_words=("militants",),
    recipient_words=(),
    killed=Range(low=3, high=19),
    injured=None,
    versions=(
        Version(claim="c1", document="agency-1", stance=Stance.ASSERTS, reason="the same town; the same day"),
        Version(claim="c2", document="denial-1", stance=Stance.DENIES, reason="denies it: the same town"),
        Version(claim="c3", document="paper-1", stance=Stance.ASSERTS, reason="in the same words"),
    ),
    origins=(Origin(id="o1", name="Reconciliation Centre", actor="centre", claims=("c1", "c3"), families=("rus",)),),
    contradictions=(
        Contradiction(
            what="killed",
            variants=(Variant(value="19", claims=("c1", "c3")), Variant(value="3", claims=("c2",))),
            note="Tolls rise as reports come in.",
        ),
    ),
    grade=Grade(reliability="C", credibility=4, reason="One origin asserts it and a party denies it"),
    reasons=("the same town; the same day",),
)
ASSESSMENT = Assessment(
    id="as-1",
    incident="inc-1",
    verdict=Verdict.CONTESTED,
    by=("rebels",),
    finding=Finding.CONTESTED,
    obligations=("O2a",),
    clauses=("Annex, paragraph 2",),
    likelihood=None,
    confidence="low",
    steps=(Step(question="Was the agreement in force when it happened?", answer="yes", because="It was."),),
    would_change="It would be a violation if independent origins settled it.",
)
VIEW = View(
    mission=MISSION,
    documents=(
        document("agency-1", "Agency", QUOTE, version=2),
        document("denial-1", "Opposition office", "We did not shell Zahraa."),
        document("paper-1", "Paper", QUOTE),
    ),
    superseded=(document("agency-1", "Agency", "An older text"),),
    tellings=TELLINGS,
    incidents=(INCIDENT,),
    assessments=(ASSESSMENT,),
    watch=None,
    problems=(),
    fingerprint="",
    as_of=NOON,
)
TEXT = explain("inc-1", VIEW)
FLAT = " ".join(TEXT.split())


def test_every_line_fits_the_terminal() -> None:
    assert max(len(line) for line in TEXT.splitlines()) <= COLUMNS
    assert TEXT.endswith("\n")
    assert not TEXT.endswith("\n\n")


@pytest.mark.parametrize(
    "wanted",
    [
        f"“{QUOTE}”",
        "Agency · 2016-05-03 12:00 · “Report of Agency” · version 2 (kept besides: 1) · agency-1",
        "https://example.org/agency-1",
        "the center (Russian Reconciliation Centre) > residents (anonymous)",
        "[2] denies",
        "the wording repeats that of agency-1",
        "Reconciliation Centre, the same for 2 tellings",
        "Armed opposition; called “militants”",
        "3 to 19, as told",
        "C4. One origin asserts it and a party denies it.",
        "Assessment: contested",
        "1. Was the agreement in force when it happened? Yes. It was.",
        "It would be a violation if independent origins settled it.",
        "3 tellings, 1 independent origin",
    ],
)
def test_the_text_shows(wanted: str) -> None:
    assert wanted in FLAT


def test_the_authors_own_voice_is_named_as_such() -> None:
    assert "the author's own voice" in TEXT


def test_contradicting_values_stand_side_by_side_with_their_tellings() -> None:
    lines = [line.strip() for line in TEXT.splitlines()]
    at = lines.index("how many were killed:")
    assert lines[at + 1 : at + 3] == ["19  [1] [3]", "3   [2]"]


def test_a_claim_or_an_assessment_leads_to_its_incident() -> None:
    assert explain("c2", VIEW) == TEXT
    assert explain("as-1", VIEW) == TEXT


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(UnknownId, match="nowhere"):
        explain("nowhere", VIEW)


def test_a_mission_that_only_counts_says_so() -> None:
    assert "judges under no agreement" in explain("inc-1", replace(VIEW, assessments=()))


def test_arabic_and_long_words_keep_to_the_width() -> None:
    long = replace(TELLINGS[0], quote="قصفت المجموعات المسلحة حي الزهراء " * 12 + "x" * 300)
    text = explain("inc-1", replace(VIEW, tellings=(long, *TELLINGS[1:])))
    assert max(len(line) for line in text.splitlines()) <= COLUMNS
    assert "الزهراء" in text


def test_a_telling_that_is_gone_still_leaves_its_trace() -> None:
    text = explain("inc-1", replace(VIEW, tellings=(), documents=()))
    assert "no longer the latest version" in text


def test_the_structure_holds_the_exact_words() -> None:
    found = find_explanation("inc-1", VIEW)
    assert next(each.telling.quote for each in found.told if each.telling is not None) == QUOTE
    assert [each.number for each in found.told] == [1, 2, 3]


def test_it_says_where_the_words_stand_first_and_how_the_voices_stand_to_them() -> None:
    held = VIEW
    lifted = replace(
        held.tellings[0],
        taken_from=TakenFrom(document="wire-7", span=Span(10, 52)),
        stances=(Commitment(by="author", factuality=2.7), Commitment(by="a0", factuality=3.0)),
        evidence=Evidence.VIDEO,
        horizon=Horizon(span=Span(0, 4), start=NOON, end=datetime(2016, 5, 6, tzinfo=UTC)),
    )
    shown = explain(held.incidents[0].id, replace(held, tellings=(lifted, *held.tellings[1:])))
    assert "these words stand in wire-7, characters 10 to 52" in shown
    assert "the author shares it · on the basis of video · to be judged by 6 May 2016" in " ".join(shown.split())
