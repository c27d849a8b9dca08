"""Many reviewers writing at once to a real server that is killed in the midst of it."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from truceline.model.person import Right, Role
from truceline.store.accounts import add_account
from truceline.store.team import Team
from truceline.store.tokens import add_token

OpenTeam = Callable[[], AbstractContextManager[Team]]


@dataclass(slots=True)
class Soak:
    """What the reviewers were told, by the keys of their requests."""

    kept: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # key -> decision, entry, seen
    overtaken: int = 0
    unreachable: int = 0
    odd: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def start_server(mission: Path, register: Path, port: int, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "truceline", "serve", "-m", mission, "--register", register, "--port", str(port)]
    return subprocess.Popen(
        [*map(str, command), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def wait_until_it_answers(port: int, running: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert running.poll() is None, "the server ended by itself"
        try:
            httpx.get(f"http://127.0.0.1:{port}/assets/style.css", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def make_reviewers(open_team: OpenTeam, count: int) -> list[str]:
    """The tokens of so many reviewers."""
    tokens = []
    with open_team() as team, team.writing(who="system") as desk:
        for number in range(count):
            account = add_account(desk, login=f"r{number}", name=f"Reviewer {number}", role=Role.REVIEWER)
            tokens.append(add_token(desk, account, name="soak", scopes=list(Right), days=1)[0])
    return tokens


def review(soak: Soak, base: str, token: str, incidents: list[tuple[str, str]], until: float, number: int) -> None:
    """One reviewer: look what was decided, decide, and after a broken connection send the same request again."""
    dice = random.Random(number)  # noqa: S311  which incident, no secret
    headers = {"authorization": f"Bearer {token}"}
    made = 0
    with httpx.Client(base_url=base, headers=headers, timeout=60) as client:
        while time.monotonic() < until:
            made += 1
            incident, claim = dice.choice(incidents)
            key = f"{number}-{made}-{dice.getrandbits(64):x}"
            other = dice.choice(incidents)[1]
            answer = insist(soak, client, "GET", f"/api/v1/incidents/{incident}/history")
            if answer.status_code != 200:
                note(soak, answer, key, 0)
                continue
            seen = answer.json()["seen"]
            body = {"ruling": "different", "claims": [claim], "others": [other], "why": f"soak {key}", "seen": seen}
            answer = insist(soak, client, "POST", "/api/v1/decisions", key=key, body=body)
            note(soak, answer, key, seen)


def insist(
    soak: Soak, client: httpx.Client, method: str, path: str, *, key: str = "", body: object = None
) -> httpx.Response:
    """Until there is an answer: the server may be away for a moment."""
    headers = {"idempotency-key": key} if key else {}
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            answer = client.request(method, path, json=body, headers=headers)
        except httpx.HTTPError:
            with soak.lock:
                soak.unreachable += 1
            time.sleep(0.05)
            continue
        if answer.status_code not in (429, 503):
            return answer
        time.sleep(0.05)
    raise AssertionError("no answer")


def note(soak: Soak, answer: httpx.Response, key: str, seen: int) -> None:
    with soak.lock:
        if answer.status_code == 201:
            told = answer.json()
            soak.kept[key] = (told["id"], told["entry"], seen)
        elif answer.status_code == 409:
            soak.overtaken += 1
        else:
            soak.odd.append(f"{answer.status_code} {answer.text[:200]}")


def run_soak(
    mission: Path,
    register: Path,
    open_team: OpenTeam,
    incidents: list[tuple[str, str]],
    *,
    seconds: float,
    kills: int = 3,
    writers: int = 50,
    options: tuple[str, ...] = (),
) -> Soak:
    """Reviewers at work while the server is killed (SIGKILL) and started again so often."""
    tokens = make_reviewers(open_team, writers)
    port, soak = free_port(), Soak()
    base = f"http://127.0.0.1:{port}"
    running = start_server(mission, register, port, *options)
    try:
        wait_until_it_answers(port, running)
        until = time.monotonic() + seconds
        given = [(soak, base, token, incidents, until, number) for number, token in enumerate(tokens)]
        threads = [threading.Thread(target=review, args=each, daemon=True) for each in given]
        for each in threads:
            each.start()
        for _ in range(kills):
            time.sleep(seconds / (kills + 1))
            running.kill()
            running.wait()
            running = start_server(mission, register, port, *options)
            wait_until_it_answers(port, running)
        for each in threads:
            each.join(seconds + 120)
            assert not each.is_alive()
    finally:
        running.kill()
        running.wait()
    return soak
