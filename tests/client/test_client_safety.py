"""What a client must not do: give its token away, ask twice for what is no question, take an answer for another."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from truceline.client import Client
from truceline.client.asking import Asker, seconds_to_wait
from truceline.errors import ServiceError, ServiceRefused, ServiceUnreachable, UsageError

TOKEN = "tl_0123456789abcdef"  # noqa: S105 - opens nothing
PROBLEM = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": "Busy."}
INDEX = {"mission": "m", "fingerprint": "f", "release": "Public", "incidents": 0, "documents": 0, "links": {}}

Answer = Callable[[httpx.Request], httpx.Response]


def asking(answer: Answer, *, tries: int = 3) -> tuple[Client, list[float]]:
    """A client of a service that answers so, and how long it waits."""
    waits: list[float] = []
    client = Client("http://127.0.0.1:8000", TOKEN, transport=httpx.MockTransport(answer))
    client._asker = Asker(http=client._asker.http, tries=tries, pause=waits.append)
    return client, waits


@pytest.mark.parametrize("host", ["http://example.org", "http://10.0.0.7:8000", "http://127.0.0.1.example.org"])
def test_a_token_is_not_sent_in_the_open(host: str) -> None:
    with pytest.raises(UsageError, match="use https") as refused:
        Client(host, TOKEN)
    assert TOKEN not in str(refused.value)
    Client(host).close()


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000", "https://example.org"]
)
def test_a_token_is_sent_to_this_machine_and_over_https(base: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(200, json=INDEX)

    with Client(base, TOKEN, transport=httpx.MockTransport(answer)) as client:
        client.index()
    assert seen == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize(
    "base", ["", "127.0.0.1:8000", "ftp://example.org", "http://", "http://a:b@127.0.0.1", "http://[::"]
)
def test_what_is_no_address_is_told_at_once(base: str) -> None:
    with pytest.raises(UsageError):
        Client(base)


@pytest.mark.parametrize("token", ["", "a b", "a\nX-Header: b", "é"])
def test_what_is_no_token_is_told_without_it(token: str) -> None:
    with pytest.raises(UsageError, match="the token holds signs"):
        Client("https://example.org", token)


def test_a_token_is_in_no_log_and_in_no_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client, _ = asking(lambda _: httpx.Response(403, json={**PROBLEM, "status": 403}), tries=1)
    with pytest.raises(ServiceRefused) as refused:
        client.index()
    shown = [repr(client), repr(client._asker), str(refused.value), repr(refused.value.__cause__), caplog.text]
    assert not any(TOKEN in each for each in shown)
    assert "HTTP Request" in caplog.text


def test_an_answer_that_leads_elsewhere_is_not_followed() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(302, headers={"location": "http://example.org/"})

    client, _ = asking(answer)
    with pytest.raises(ServiceError, match="302"):
        client.index()
    assert seen == ["127.0.0.1"]


def test_a_next_page_elsewhere_is_asked_for_here() -> None:
    seen: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url)
        following = "http://example.org/steal?cursor=none.YQ&limit=200" if len(seen) == 1 else None
        return httpx.Response(200, json={"items": [], "count": 0, "next": following, "fingerprint": "f"})

    client, _ = asking(answer)
    assert list(client.incidents()) == []
    assert [each.host for each in seen] == ["127.0.0.1"] * 2
    assert seen[1].params["cursor"] == "none.YQ"


def test_a_busy_service_is_asked_again_when_it_says() -> None:
    answers = iter([httpx.Response(503, json=PROBLEM, headers={"retry-after": "7"}), httpx.Response(429, json=PROBLEM),
                    httpx.Response(200, json=INDEX)])  # fmt: skip
    client, waits = asking(lambda _: next(answers))
    assert client.index().mission == "m"
    assert waits == [7.0, 1.0]


def test_asking_again_has_an_end() -> None:
    client, waits = asking(lambda _: httpx.Response(503, json=PROBLEM))
    with pytest.raises(ServiceRefused, match="Busy; ask again later") as refused:
        client.index()
    assert (refused.value.status, waits) == (503, [0.5, 1.0])


def test_a_service_that_wants_an_hour_gets_it_from_the_caller() -> None:
    client, waits = asking(lambda _: httpx.Response(503, json=PROBLEM, headers={"retry-after": "3600"}))
    with pytest.raises(ServiceRefused):
        client.index()
    assert waits == []


def test_a_lost_line_is_tried_again_for_questions_and_not_for_deeds() -> None:
    sent: list[str] = []

    def lost(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        raise httpx.ConnectError("no route")

    client, _ = asking(lost)
    with pytest.raises(ServiceUnreachable, match="no route"):
        client.index()
    with pytest.raises(ServiceUnreachable):
        client._asker.post("api/v1/check", {"text": "a"})
    assert sent == ["GET"] * 3 + ["POST"]


def test_other_mistakes_are_not_tried_again() -> None:
    sent: list[str] = []

    def wrong(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        return httpx.Response(500, text="<html>")

    client, _ = asking(wrong)
    with pytest.raises(ServiceError, match="500"):
        client.index()
    assert len(sent) == 1


def test_an_answer_of_another_kind_is_told() -> None:
    client, _ = asking(lambda _: httpx.Response(200, json={**INDEX, "incidents": "many"}))
    with pytest.raises(ServiceError, match=r"no Index \(incidents"):
        client.index()


def test_a_service_that_is_newer_may_say_more() -> None:
    client, _ = asking(lambda _: httpx.Response(200, json={**INDEX, "later": 1}))
    assert client.index().incidents == 0


@pytest.mark.parametrize(("told", "seconds"), [("0", 0.0), ("12", 12.0), ("soon", 1.0), ("-5", 1.0), ("", 1.0)])
def test_how_long_to_wait_is_read_in_seconds(told: str, seconds: float) -> None:
    assert seconds_to_wait(httpx.Response(503, headers={"retry-after": told}), 2) == seconds


def test_how_long_to_wait_is_read_as_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 25 < seconds_to_wait(httpx.Response(503, headers={"retry-after": at}), 1) <= 30
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert seconds_to_wait(httpx.Response(503, headers={"retry-after": past}), 1) == 0.0
