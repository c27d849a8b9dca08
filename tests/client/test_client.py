"""The client against a service on this machine: records, pages as they are needed, marks."""

import json
from datetime import UTC, date, datetime

import pytest

import truceline.client.client as asked_by
from truceline.client import Client
from truceline.client.client import as_segment, find_lines
from truceline.errors import ServiceError, ServiceRefused, ServiceUnreachable, UnknownId
from truceline.model.agreement import Agreement
from truceline.model.series import Watch


def test_incidents_come_as_records_page_after_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_by, "ON_A_PAGE", 2)
    found = list(client.incidents())
    assert len({each.id for each in found}) == len(found) == 9
    assert found[0].start is not None
    assert found[0].start.tzinfo is not None


def test_a_page_is_asked_for_when_it_is_needed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_by, "ON_A_PAGE", 2)
    sent: list[str] = []
    client._asker.http.event_hooks["request"].append(lambda request: sent.append(request.url.query.decode()))
    walk = client.incidents()
    assert sent == []
    next(walk)
    next(walk)
    assert len(sent) == 1
    next(walk)
    assert len(sent) == 2


def test_filters_leave_what_the_register_leaves(client: Client) -> None:
    assert {each.id for each in client.incidents(kind="air")} == {"i-khan-tuman-air", "i-kammouna"}
    days = {"since": date(2016, 6, 3), "until": "2016-06-03"}
    inside = list(client.incidents(**days))  # type: ignore[arg-type]
    assert 0 < len(inside) < 9
    assert [each.id for each in client.stream_incidents(**days)] == [each.id for each in inside]  # type: ignore[arg-type]
    assert {each.id for each in client.geojson(kind="air").features} == {"i-khan-tuman-air", "i-kammouna"}


def test_one_incident_has_all_that_its_page_shows(client: Client) -> None:
    told = client.incident("i-khan-tuman-air")
    assert [each.claim for each in told.claims] == ["c02", "c04", "c05"]
    assert {each.stance for each in told.versions} == {"asserts", "denies"}
    assert told.assessment is not None
    assert told.assessment.verdict == "contested"
    assert {each.name for each in told.origins}
    assert told.grade.reliability == told.incident.grade[0]


def test_claims_stream_as_records(client: Client) -> None:
    claims = {each.claim: each for each in client.claims()}
    assert len(claims) == 12
    assert claims["c04"].incident == ("i-khan-tuman-air",)
    assert claims["c04"].published_at is not None


def test_documents_have_their_text_and_their_claims(client: Client) -> None:
    rows = list(client.documents())
    published = [each.published_at or datetime.min.replace(tzinfo=UTC) for each in rows]
    assert published == sorted(published, reverse=True)
    for row in rows:
        document = client.document(row.id)
        assert len(document.claims) == row.claims
        for claim in document.claims:
            assert document.text[claim.start : claim.end] == claim.quote
        assert client.reading(row.id).document["id"] == row.id


def test_an_older_version_has_its_own_text(client: Client) -> None:
    latest = next(each for each in map(client.document, [one.id for one in client.documents()]) if each.version > 1)
    older = client.document(latest.id, version=1)
    assert older.version == 1
    assert older.text != latest.text
    assert [each.version for each in older.versions] == [1, 2]
    with pytest.raises(UnknownId, match="version 9"):
        client.document(latest.id, version=9)


def test_the_whole_comes_in_the_records_of_the_model(client: Client) -> None:
    assert isinstance(client.watch().watch, Watch)
    assert isinstance(client.agreement().agreement, Agreement)
    assert client.statements().statements is not None
    assert client.bulletin().register_count == client.index().incidents == 9
    assert {each.id for each in client.sources().items} >= {"sana", "sohr"}
    assert next(each for each in client.search("khan tuman")).id == "i-khan-tuman-air"


def test_a_view_over_time_and_by_place_counts_every_incident_once(client: Client) -> None:
    time = client.timeline()
    assert sum(each.incidents for each in time.days) + time.undated + time.outside == 9
    seen = {each.day for each in time.days if each.is_observed}
    assert not any(gap.since <= day < gap.until for gap in time.gaps for day in seen)
    place = client.map()
    assert sum(each.count for each in place.items) + place.left_out == place.count == 9
    assert client.map(kind="air").count == 2


def test_an_answer_is_sent_again_only_where_it_has_changed(client: Client) -> None:
    first = client.changed_since(None, "incidents", kind="air")
    assert first is not None
    assert len(first.as_json()["items"]) == 2
    assert client.changed_since(first.mark, "incidents", kind="air") is None
    assert client.changed_since(first.mark, "incidents") is not None


def test_what_was_wrong_is_told_with_what_next(client: Client) -> None:
    with pytest.raises(ServiceRefused, match="did you mean 'kind'") as refused:
        list(client.incidents(kund="air"))
    assert (refused.value.status, list(refused.value.errors)) == (400, ["kund"])
    with pytest.raises(ServiceRefused, match="grade"):
        client.geojson(grade="Z")
    for name in ("none", "..", "../documents", "a/b", "a b?c=d#e", "\0"):
        with pytest.raises(UnknownId):
            client.incident(name)


def test_nobody_there_is_told_as_that(base: str) -> None:
    with Client("http://127.0.0.1:9", tries=1) as nobody, pytest.raises(ServiceUnreachable, match="truceline serve"):
        nobody.index()
    with Client(f"{base}/elsewhere") as wrong, pytest.raises(ServiceError, match=r"is this a Truceline service"):
        wrong.index()


def test_lines_are_parted_by_line_feeds_alone() -> None:
    lines = [json.dumps({"quote": "a\u2028b\x85c"}, ensure_ascii=False).encode() for _ in range(3)]
    body = b"\n".join(lines) + b"\n"
    for size in (1, 5, 1000):
        assert list(find_lines(body[at : at + size] for at in range(0, len(body), size))) == lines


def test_an_id_is_one_piece_of_an_address() -> None:
    assert as_segment("..") == "%2E%2E"
    assert as_segment("a/../b?c") == "a%2F..%2Fb%3Fc"


def test_a_text_is_checked_by_whoever_may(client: Client) -> None:
    told = client.check("Shelling was reported in Khan Tuman on 3 June 2016.", published_at="2016-06-04")
    assert told.document.text.startswith("Shelling")
    assert told.claims
