"""Jobs and webhooks, over both databases."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from databases import Database

from truceline.errors import Overtaken
from truceline.model.decision import Decision, Ruling
from truceline.model.job import JobState, Webhook
from truceline.store.decided import decide
from truceline.store.jobs import Patience, add_job, again, fail, finish, is_waiting, jobs, renew, take_job
from truceline.store.team import Team
from truceline.store.webhooks import DELIVER, add_webhook, drop_webhook, find_webhook, set_active, tell_of, webhooks
from truceline.testing import NOON

PATIENCE = Patience(lease=60, tries=3, wait=10)
KINDS = ("greet",)
RULING = Decision(
    id="decision-2", ruling=Ruling.SAME, claims=("c1",), others=("c2",), by="R. Haddad", at=NOON, why="one strike"
)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def team(database: Database, clock: Clock) -> Iterator[Team]:
    with database.open_team() as opened:
        opened._now = clock
        yield opened


def add(team: Team, payload: str = "{}") -> str:
    with team.writing(who="system") as desk:
        return add_job(desk, "greet", payload)


def only(team: Team) -> JobState:
    with team.reading() as connection:
        (found,) = jobs(connection)
    return found.state


def test_a_job_is_done_once(team: Team) -> None:
    name = add(team)
    job = take_job(team, KINDS, PATIENCE)
    assert job is not None
    assert (job.id, job.state, job.tries) == (name, JobState.RUNNING, 1)
    assert take_job(team, KINDS, PATIENCE) is None
    assert finish(team, job, told="well")
    assert take_job(team, KINDS, PATIENCE) is None
    assert only(team) is JobState.DONE


def test_others_kinds_are_left_alone(team: Team) -> None:
    add(team)
    assert take_job(team, ("other",), PATIENCE) is None
    with team.reading() as connection:
        assert is_waiting(connection, "greet")
        assert not is_waiting(connection, "other")


def test_the_job_of_a_worker_that_died_is_taken_up_and_the_dead_cannot_end_it(team: Team, clock: Clock) -> None:
    add(team)
    first = take_job(team, KINDS, PATIENCE)
    assert first is not None
    clock.go_on(59)
    assert take_job(team, KINDS, PATIENCE) is None
    assert renew(team, first, PATIENCE, told="half")
    clock.go_on(59)
    assert take_job(team, KINDS, PATIENCE) is None
    clock.go_on(2)
    second = take_job(team, KINDS, PATIENCE)
    assert second is not None
    assert (second.id, second.tries) == (first.id, 2)
    assert not renew(team, first, PATIENCE)
    assert not finish(team, first)
    assert finish(team, second)


def test_what_fails_is_tried_later_and_later_and_then_no_more(team: Team, clock: Clock) -> None:
    add(team)
    waits = []
    for _ in range(PATIENCE.tries):
        start = clock.now
        while (job := take_job(team, KINDS, PATIENCE)) is None:
            clock.go_on(1)
        waits.append((clock.now - start).total_seconds())
        assert fail(team, job, PATIENCE, told="no")
    assert waits == [0, 10, 20]
    clock.go_on(10**6)
    assert take_job(team, KINDS, PATIENCE) is None
    assert only(team) is JobState.FAILED
    with team.writing(who="a-1") as desk:
        assert again(desk, job.id)
        assert not again(desk, job.id)
    assert take_job(team, KINDS, PATIENCE) is not None


def test_what_can_never_work_is_not_tried_again(team: Team) -> None:
    add(team)
    job = take_job(team, KINDS, PATIENCE)
    assert job is not None
    assert fail(team, job, PATIENCE, told="never", is_final=True)
    assert only(team) is JobState.FAILED


def test_many_workers_never_do_one_job_twice(team: Team) -> None:
    for _ in range(30):
        add(team)

    def work(_: int) -> list[str]:
        done = []
        while (job := take_job(team, KINDS, PATIENCE)) is not None:
            assert finish(team, job)
            done.append(job.id)
        return done

    with ThreadPoolExecutor(4) as pool:
        done = [each for one in pool.map(work, range(4)) for each in one]
    assert len(done) == len(set(done)) == 30


def test_jobs_outlive_the_service(database: Database) -> None:
    with database.open_team() as team:
        add(team, '{"n":1}')
    with database.open_team() as team:
        job = take_job(team, KINDS, PATIENCE)
    assert job is not None
    assert job.payload == '{"n":1}'


# ---- webhooks


def hook_for(team: Team, *events: str) -> Webhook:
    with team.writing(who="a-1") as desk:
        return add_webhook(desk, name="theirs", address="https://there.example/hook", events=events)[1]


def queued(team: Team) -> list[dict[str, object]]:
    with team.reading() as connection:
        return [json.loads(each.payload) for each in jobs(connection, kind=DELIVER)]


def test_a_decision_is_told_to_whoever_wants_to_hear_of_it(team: Team) -> None:
    team.heard = tell_of
    hook, _other = hook_for(team, "decision.*"), hook_for(team, "bulletin.published")
    decide(team, RULING, who="a-1", key="k")
    decide(team, replace(RULING, id="decision-3"), who="a-1", key="k")
    (told,) = queued(team)
    assert told["webhook"] == hook.id
    message = told["message"]
    assert isinstance(message, dict)
    assert (message["event"], message["subject"]) == ("decision.made", "decision decision-2")
    assert "one strike" not in json.dumps(told)


def test_what_was_not_kept_is_not_told(team: Team) -> None:
    team.heard = tell_of
    hook_for(team, "*")
    decide(team, RULING, who="a-1", subject="incident i")
    with pytest.raises(Overtaken):
        decide(team, replace(RULING, id="decision-3"), who="a-2", subject="incident i", expected=0)
    assert len(queued(team)) == 1


def test_accounts_are_nobodys_business(team: Team) -> None:
    team.heard = tell_of
    hook_for(team, "*")
    with team.writing(who="a-1") as desk:
        desk.enter("account.password", "account a-2")
    assert queued(team) == []


def test_a_webhook_is_silent_when_switched_off_and_gone_when_dropped(team: Team) -> None:
    team.heard = tell_of
    hook = hook_for(team, "*")
    with team.writing(who="a-1") as desk:
        set_active(desk, hook, is_active=False)
    decide(team, RULING, who="a-1")
    assert queued(team) == []
    with team.writing(who="a-1") as desk:
        drop_webhook(desk, hook)
    with team.reading() as connection:
        assert webhooks(connection) == ()
        assert find_webhook(connection, hook.id) is None


@pytest.mark.parametrize(
    ("events", "event", "wants"),
    [
        (("*",), "decision.made", True),
        (("decision.*",), "decision.made", True),
        (("decision.made",), "decision.made", True),
        (("decision.*",), "bulletin.published", False),
        (("decision",), "decision.made", False),
        ((), "decision.made", False),
    ],
)
def test_what_a_webhook_wants(events: tuple[str, ...], event: str, *, wants: bool) -> None:
    hook = Webhook(id="h", name="n", address="https://x.example", events=events, made_by="a", made_at=NOON)
    assert hook.wants(event) is wants
