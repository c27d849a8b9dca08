"""The reader as a whole: any text is read, nothing is lost or reordered, and what cannot be read is said."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passages import Passages

from truceline.errors import Problem, Severity
from truceline.model.actor import Actor, ActorKind
from truceline.model.document import Document, Form
from truceline.model.mention import MentionType
from truceline.model.place import Place, Precision
from truceline.model.reading import Reading
from truceline.model.when import Basis
from truceline.read.contract import as_contract
from truceline.read.reader import BATCH, Reader, failed_reading
from truceline.testing import digest, doc

MINISTRY = Actor(
    id="syr.mod",
    name="Syrian Ministry of Defence",
    kind=ActorKind.MILITARY,
    country="SY",
    aliases=("وزارة الدفاع السورية", "Минобороны Сирии"),
)
ALEPPO = Place(
    id="test:aleppo",
    name="Aleppo",
    lat=36.2,
    lon=37.16,
    kind="city",
    precision=Precision.SETTLEMENT,
    radius_km=10.0,
    country="SY",
    aliases=("حلب", "Алеппо"),
)
ARABIC = "قالت وزارة الدفاع السورية إن قذائف سقطت على حلب يوم 2 أيار 2016"
RUSSIAN = "Минобороны Сирии сообщило, что 2 мая 2016 года снаряды упали на Алеппо."

ROW = {
    "event_id_cnty": "SYR9",
    "event_date": "2016-05-02",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Military Forces of Syria (2000-)",
    "inter1": "1",
    "actor2": "Civilians (Syria)",
    "inter2": "7",
    "country": "Syria",
    "admin1": "Idlib",
    "location": "Jisr-Ash-Shugur",
    "latitude": "35.81",
    "longitude": "36.32",
    "geo_precision": "1",
    "source": "Local Network",
    "notes": "Shells fell on the town.",
    "fatalities": "2",
}


def row(id: str = "row-1") -> Document:
    text = "".join(f"{column}: {cell}\n" for column, cell in ROW.items())
    return Document(id=id, text=text, sha256=digest(text), form=Form.ACLED, cells=tuple(ROW.items()))


@pytest.fixture(scope="module")
def syrian_reader() -> Reader:
    """Reads for Syria and knows one ministry and one town by their names in three scripts."""
    return Reader(actors=(MINISTRY,), places=(ALEPPO,), countries=("SY",), timezone="Asia/Damascus")


def read_back(reading: Reading) -> None:
    """Every span lies within the text and covers some of it."""
    text = reading.document.text
    spans = [
        *(each.span for each in reading.mentions),
        *(each.span for each in reading.labels),
        *(each.span for each in reading.places),
        *(each.span for each in reading.quantities),
        *(each.span for each in reading.times if each.span is not None),
        *(piece for each in reading.attributions for piece in (*each.source, *each.cue, *each.content)),
        *(span for claim in reading.claims for span in (claim.span, claim.trigger.span)),
        *(each.span for claim in reading.claims for each in (*claim.agents, *claim.recipients, *claim.instruments)),
    ]
    assert all(span.end <= len(text) and span.of(text) for span in spans)


# Languages


@pytest.mark.parametrize(
    ("language", "text", "place"), [("ar", ARABIC, "حلب"), ("ru", RUSSIAN, "Алеппо")], ids=["Arabic", "Russian"]
)
def test_a_language_without_a_grammar_gives_places_actors_and_times_but_no_claims(
    syrian_reader: Reader, language: str, text: str, place: str
) -> None:
    reading = syrian_reader.read(doc(text, language=language))
    assert [(each.span.of(text), each.name) for each in reading.places] == [(place, "Aleppo")]
    assert [each.value for each in reading.times] == ["2016-05-02"]
    assert "syr.mod" in [each.actor for each in reading.mentions]
    assert (reading.claims, reading.attributions) == ((), ())
    read_back(reading)


@pytest.mark.parametrize("language", ["ar", "ru", "fr"])
def test_unread_claims_are_a_warning_that_says_what_to_do(reader: Reader, language: str) -> None:
    (problem,) = reader.read(doc("Un texte.", language=language)).problems
    assert (problem.code, problem.severity) == ("language.unsupported", Severity.WARNING)
    assert f"'{language}'" in problem.message
    assert "translation" in problem.message


@pytest.mark.parametrize("language", ["en", "en-GB", None])
def test_english_of_any_country_and_text_of_no_stated_language_is_read(reader: Reader, language: str | None) -> None:
    reading = reader.read(doc("Soldiers burned the mill.", language=language))
    assert reading.problems == ()
    assert len(reading.claims) == 1


# Forms


def test_a_row_of_a_table_is_one_claim(reader: Reader) -> None:
    reading = reader.read(row())
    assert len(reading.claims) == 1
    assert reading.claims[0].trigger.type.acled == "Shelling/artillery/missile attack"
    read_back(reading)


def test_readings_come_in_the_order_of_the_documents(reader: Reader) -> None:
    documents = [
        doc("Soldiers burned the mill.", id="1"),
        row("2"),
        doc("Снаряды упали.", id="3", language="ru"),
        doc("", id="4"),
        row("5"),
        doc("Gunmen killed two guards.", id="6"),
    ]
    readings = list(reader.read_all(documents))
    assert [each.document.id for each in readings] == ["1", "2", "3", "4", "5", "6"]
    assert [len(each.claims) for each in readings] == [1, 1, 0, 0, 1, 1]


def test_more_documents_than_a_batch_holds_keep_their_order(reader: Reader) -> None:
    documents = [row(str(at)) if at % 2 else doc("Nobody left.", id=str(at)) for at in range(2 * BATCH + 3)]
    assert [each.document.id for each in reader.read_all(documents)] == [each.id for each in documents]


def test_documents_are_taken_only_as_they_are_needed(reader: Reader) -> None:
    taken: list[int] = []

    def stream() -> Iterator[Document]:
        for at in range(10 * BATCH):
            taken.append(at)
            yield row(str(at))

    assert len(list(islice(reader.read_all(stream()), 3))) == 3
    assert len(taken) <= BATCH


def test_a_document_reads_the_same_alone_and_among_others(reader: Reader) -> None:
    texts = ["Soldiers burned the mill.", "The army denied the attack.", "Gunmen killed two guards in Homs."]
    documents = [doc(text, id=str(at)) for at, text in enumerate(texts)]
    assert [reader.read(each) for each in documents] == list(reader.read_all(documents))


def test_nothing_to_read_gives_no_readings(reader: Reader) -> None:
    assert list(reader.read_all([])) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u00a0\u200b", "…", "“”", "\x00", "🇸🇾" * 40])
def test_a_text_that_says_nothing_gives_an_empty_reading(reader: Reader, text: str) -> None:
    reading = reader.read(doc(text))
    assert (reading.claims, reading.places, reading.problems) == ((), (), ())
    read_back(reading)


def test_a_failed_reading_holds_the_document_and_its_problem() -> None:
    document, problem = doc(), Problem(code="text.invalid", message="why")
    assert failed_reading(document, problem) == Reading(document=document, problems=(problem,))


# Publication


def test_an_undated_document_dates_nothing_by_publication(reader: Reader) -> None:
    reading = reader.read(doc("Soldiers burned the mill.", published_at=None))
    assert [each.happened for each in reading.claims] == [None]


def test_the_day_of_publication_is_the_local_one(syrian_reader: Reader) -> None:
    late = doc("Soldiers burned the mill.")
    (claim,) = syrian_reader.read(
        Document(id="late", text=late.text, sha256=late.sha256, form=Form.TEXT, published_at=late_evening())
    ).claims
    assert claim.happened is not None
    assert (claim.happened.value, claim.happened.basis) == ("2016-05-04", Basis.PUBLISHED)


def late_evening() -> datetime:
    return datetime(2016, 5, 3, 22, 30, tzinfo=UTC)  # half past one of the next day in Damascus


# Fingerprints


def test_readers_that_know_the_same_have_one_fingerprint(reader: Reader) -> None:
    assert Reader.default().fingerprint == reader.fingerprint


def test_whatever_could_change_a_reading_changes_the_fingerprint(reader: Reader, syrian_reader: Reader) -> None:
    cairo = Reader(actors=(), places=(), countries=(), timezone="Africa/Cairo")
    assert len({reader.fingerprint, syrian_reader.fingerprint, cairo.fingerprint}) == 3


# Sizes


def test_a_word_of_300_000_letters_is_read_within_ten_seconds(reader: Reader) -> None:
    started = time.process_time()
    reading = reader.read(doc("а" * 300_000))
    assert time.process_time() - started < 10
    assert reading.claims == ()


def test_300_000_characters_of_another_language_are_read_within_ten_seconds(reader: Reader) -> None:
    text = ("Снаряды упали на дома, и семьи ушли в поле. " * 20 + "\n") * 340
    assert len(text) >= 299_000
    started = time.process_time()
    assert reader.read(doc(text, language="ru")).claims == ()
    assert time.process_time() - started < 10


PARAGRAPH = (
    "The mill by the river has two floors and a cellar, and the family that keeps it sold flour to the town.\n\n"
)


def test_a_page_of_4_000_characters_is_read_within_ten_seconds(reader: Reader) -> None:
    text = PARAGRAPH * (4_000 // len(PARAGRAPH) + 1)
    started = time.process_time()
    reading = reader.read(doc(text))
    assert time.process_time() - started < 10
    assert len(reading.claims) >= text.count("sold")


@pytest.mark.slow
def test_time_grows_with_the_length_and_not_with_its_square(reader: Reader) -> None:
    """Six times the text may take nine times as long, for what each part costs once; its square would be thirty-six."""

    def seconds(characters: int) -> float:
        text = PARAGRAPH * (characters // len(PARAGRAPH) + 1)
        started = time.process_time()
        assert reader.read(doc(text)).claims
        return time.process_time() - started

    assert seconds(60_000) < 9 * seconds(10_000) + 1


# Whatever is in a text

SPACES = ["\n", "\n\n", "\t", "\u00a0", "\u200b", "\u2028", "\r\n"]
WORDS = (
    "The army said shelled “ ” \" ' , . ? ! : ; ( ) Aleppo on Sunday 5 killed 3 north of the city near Homs and not no "
    "that as according to citing “We — – … 12,000 10% Terrorists rebels he they Lavrov claimed denied if did will "
    "2 May 2016 between % $ -- القصف حلب насилие 火 é e\u0301 ½ ٣ ² 🇸🇾 #tag http://x.y/z 1/2 \x00 \ufeff"
)
TEXTS = st.one_of(
    st.lists(st.sampled_from([*WORDS.split(), *SPACES]), max_size=40).map(" ".join), st.text(max_size=120)
)


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS)
def test_any_text_is_read_and_every_span_reads_back(reader: Reader, text: str) -> None:
    reading = reader.read(doc(text))
    read_back(reading)
    shown = as_contract(reading, with_text=True)
    assert json.loads(json.dumps(shown, ensure_ascii=False)) == shown


@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(text=TEXTS)
def test_any_text_in_another_language_is_read_and_every_span_reads_back(reader: Reader, text: str) -> None:
    reading = reader.read(doc(text, language="ar"))
    read_back(reading)
    assert reading.claims == ()


def test_letters_beyond_the_basic_plane_do_not_move_the_spans(read: Passages) -> None:
    passage = read("🇸🇾🔥 Shells hit a mill in Homs 🔥 on Sunday.")
    assert passage.claim("hit").trigger.span.start == passage.text.index("hit")
    assert passage.place("hit") == "Homs"


def test_marks_beside_their_letters_are_left_as_they_are(read: Passages) -> None:
    passage = read("Caf\u0065\u0301 owners said that soldiers had burned the mill.")
    assert passage.reading.document.text.count("\u0301") == 1
    assert passage.claim("burned").trigger.span.of(passage.text) == "burned"


def test_places_are_mentions_too(read: Passages) -> None:
    passage = read("Shells hit a mill in Homs on Sunday.")
    places = [each.span for each in passage.reading.mentions if each.type is MentionType.LOCATION]
    assert passage.words(places) == "Homs"


MONITOR = """The patrol was stopped near Aleppo by Syrian troops.

| Date | Place | Told by | Kind | Hurt |
|---|---|---|---|---|
| 14 May | Aleppo | Syrian Ministry of Defence | Direct fire | 1 wounded |
"""


def test_rows_of_a_table_within_a_text_are_not_read_as_sentences() -> None:
    reader = Reader(actors=(MINISTRY,), places=(ALEPPO,), countries=("SY",), timezone="Asia/Damascus")
    document = doc(MONITOR)
    reading = reader.read(document)
    assert reading.document == document
    table = MONITOR.index("|")
    assert reading.claims
    assert all(each.span.end <= table for each in (*reading.claims, *reading.places, *reading.mentions))
    assert [(each.code, each.severity) for each in reading.problems] == [("table.unread", Severity.WARNING)]


def test_a_day_in_the_name_of_a_place_is_no_time() -> None:
    quarter = replace(ALEPPO, id="test:may-6", name="6 May district", kind="quarter", aliases=("حي 6 أيار",))
    reader = Reader(actors=(), places=(quarter,), countries=("SY",), timezone="Asia/Damascus")
    document = doc("Shells hit the 6 May district on Tuesday and a market on 7 May.")
    reading = reader.read(document)
    assert [each.span.of(document.text) for each in reading.times if each.span] == ["Tuesday", "7 May"]
    assert [each.id for each in reading.places] == ["test:may-6"]


def test_what_a_monitor_hears_lies_so_far_from_where_he_stands() -> None:
    reader = Reader(actors=(), places=(ALEPPO,), countries=("SY",), timezone="Asia/Damascus")
    document = doc("The patrol in Aleppo heard six explosions 10 to 14 km north of its position.")
    reading = reader.read(document)
    (claim,) = (each for each in reading.claims if each.trigger.type.plover == "ASSAULT")
    assert claim.place is not None
    place = reading.places[claim.place]
    assert (place.precision, place.lon) == (Precision.NEAR, pytest.approx(ALEPPO.lon, abs=0.01))
    assert place.lat == pytest.approx(ALEPPO.lat + 12 / 111.2, abs=0.02)
    nowhere = reader.read(doc("The patrol heard six explosions 10 km north of its position."))
    assert nowhere.places == ()
