"""What a numbered entry stands for is known of its catalogue; two entries of one catalogue are never one incident."""

from dataclasses import replace
from datetime import UTC, datetime

from truceline.fuse import fuse, tell
from truceline.model.incident import Incident
from truceline.model.source import Source
from truceline.model.telling import Telling
from truceline.read.reader import Reader
from truceline.testing import doc, source

CATALOGUE = source("catalogue", name="The Catalogue", family="catalogue")
KEEPER = replace(CATALOGUE, entries="ASSAULT aerial")


def told(*texts: str, by: Source) -> list[Telling]:
    documents = [
        doc(text, id=f"doc-{at}", publisher="The Catalogue", published_at=datetime(2017, 11, 1, tzinfo=UTC))
        for at, text in enumerate(texts)
    ]
    return [
        each for reading in Reader.default().read_all(documents) for each in tell(reading, sources=(by,), copies={})
    ]


def incidents(tellings: list[Telling]) -> tuple[Incident, ...]:
    return tuple(fuse(tellings, window_hours=36, window_km=15, sources=(KEEPER,), actors=()).incidents)


def test_an_entry_is_an_incident_only_where_the_source_says_what_it_stands_for() -> None:
    text = "August 3rd 2017: (S212) Homs city, Homs governorate, Syria"
    assert [each.incident_worthy for each in told(text, by=CATALOGUE)] == [False]
    (telling,) = told(text, by=KEEPER)
    assert (telling.event.plover, telling.event.mode, telling.chain[0].words) == ("ASSAULT", "aerial", "The Catalogue")
    assert [each.place and each.place.name for each in incidents([telling])] == ["Homs"]


def test_two_numbers_are_two_incidents() -> None:
    tellings = told("August 3rd 2017: (S212) Homs, Syria", "August 3rd 2017: (S213) Homs, Syria", by=KEEPER)
    assert len(incidents(tellings)) == 2
