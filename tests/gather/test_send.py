"""A message goes to a public address and to no other."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address

import pytest
from page_server import Pages, page, redirect, serving

from truceline.errors import Problem
from truceline.gather.fetch import PUBLIC, Network
from truceline.gather.send import send

LOOPBACK = ip_address("127.0.0.1")


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving() as server:
        yield server


def post(pages: Pages, path: str = "/hook", **other: object) -> int | Problem:
    allowed = {
        "limits": replace(PUBLIC.limits, ports=(pages.port,), seconds=2.0, connect_seconds=1.0),
        "resolve": lambda _name, _port: ("127.0.0.1",),
        "may_reach": lambda address: address == LOOPBACK,
        "is_there": lambda: True,
    }
    address = f"http://news.org:{pages.port}{path}"
    return asyncio.run(send(address, b'{"a":1}', {"Truceline-Event": "try"}, network=Network(**{**allowed, **other})))


def test_a_message_is_posted_under_the_name_that_was_given(pages: Pages) -> None:
    pages.answers["/hook"] = page(b"", status=b"204 No Content")
    assert post(pages) == 204
    (asked,) = pages.asked
    assert asked.startswith("POST /hook HTTP/1.1")
    assert f"host: news.org:{pages.port}" in asked.lower()
    assert "truceline-event: try" in asked.lower()
    assert "cookie" not in asked.lower()


def test_a_redirect_is_not_followed(pages: Pages) -> None:
    pages.answers["/hook"] = redirect("/elsewhere")
    assert post(pages) == 302
    assert len(pages.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest",
        "ftp://news.org/",
        "https://[::1]/",
    ],
)
def test_an_inner_address_gets_nothing(address: str) -> None:
    assert isinstance(asyncio.run(send(address, b"{}", {})), Problem)


def test_a_name_that_leads_inward_gets_nothing(pages: Pages) -> None:
    assert isinstance(post(pages, may_reach=PUBLIC.may_reach), Problem)
    assert pages.asked == []


def test_who_does_not_answer_is_told_as_that(pages: Pages) -> None:
    pages.answers["/hook"] = b"nonsense"
    answer = post(pages)
    assert isinstance(answer, Problem)
    assert answer.code == "send.failed"
