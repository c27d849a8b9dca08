from dataclasses import replace

import pytest
from watch_makers import MISSION, at, daily, strikes, telling

from truceline.model.incident import Incident
from truceline.model.quantity import Unit
from truceline.model.series import Answer, RateCheck
from truceline.watch import check_rates

TRIPLED = "Russian airstrikes have tripled over the last days."
QUIET = dict.fromkeys(range(2, 9), 3)
BUSY = dict.fromkeys(range(9, 16), 9)


def check(incidents: list[Incident], **stated: object) -> RateCheck:
    given = {"quote": TRIPLED, "published_at": at(15, 20), "rate": 3.0, **stated}
    found = check_rates([telling("stated", **given)], incidents, MISSION, daily(1, 15))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def test_three_times_as_many_bear_out_tripled() -> None:
    found = check(strikes({**QUIET, **BUSY}))
    assert found.answer is Answer.SUPPORTED
    assert found.measured is not None
    assert found.measured.ratio == pytest.approx(3.0)


def test_as_many_as_before_do_not_bear_out_tripled() -> None:
    assert check(strikes({**QUIET, **dict.fromkeys(range(9, 16), 3)})).answer is not Answer.SUPPORTED


def test_many_and_unchanged_speak_against_tripled() -> None:
    found = check(strikes(dict.fromkeys(range(1, 16), 12)))
    assert found.answer is Answer.NOT_SUPPORTED


def test_a_handful_of_incidents_cannot_tell() -> None:
    found = check(strikes({4: 1, 12: 3}))
    assert found.answer is Answer.CANNOT_TELL
    assert "Too few" in found.because


def test_strikes_by_somebody_else_do_not_count() -> None:
    found = check([*strikes(QUIET), *strikes(BUSY, agents=("rebels",))])
    assert found.answer is not Answer.SUPPORTED


def test_a_part_of_the_named_actor_counts_for_it() -> None:
    found = check([*strikes(QUIET, agents=("rus.air",)), *strikes(BUSY, agents=("rus.air",))])
    assert found.answer is Answer.SUPPORTED


def test_shelling_does_not_bear_out_airstrikes() -> None:
    found = check([*strikes(QUIET, mode="heavy-weapons"), *strikes(BUSY, mode="heavy-weapons")])
    assert found.answer is Answer.CANNOT_TELL


def test_the_statement_does_not_bear_itself_out() -> None:
    told = strikes({**QUIET, **BUSY})
    own = [replace(each, versions=(replace(each.versions[0], claim="stated"),)) for each in told]
    found = check(own)
    assert found.measured is not None
    assert (found.measured.now_count, found.measured.before_count) == (0, 0)


def test_an_undated_text_cannot_be_checked() -> None:
    assert "not dated" in check(strikes({**QUIET, **BUSY}), published_at=None).because


def test_an_unknown_actor_cannot_be_checked() -> None:
    found = check(strikes({**QUIET, **BUSY}), agent=None, agent_words="coalition")
    assert (found.answer, found.measured) == (Answer.CANNOT_TELL, None)
    assert "coalition" in found.because


@pytest.mark.parametrize(
    ("words", "days"),
    [("over the past 48 hours", 2), ("in the last 10 days", 10), ("this week", 7), ("in the past two weeks", 14)],
)
def test_the_words_choose_the_window(words: str, days: int) -> None:
    found = check(strikes({**QUIET, **BUSY}), quote=f"Russian airstrikes have tripled {words}.")
    assert found.measured is not None
    assert f"the {days} days before" in found.measured.name


def test_a_percentage_is_read_by_the_word_beside_it() -> None:
    words = "Russian airstrikes rose by 200 percent this week."
    found = check(strikes({**QUIET, **BUSY}), quote=words, rate=200.0, unit=Unit.PERCENT)
    assert found.answer is Answer.SUPPORTED
    unclear = check(strikes({**QUIET, **BUSY}), quote="Airstrikes at 200 percent.", rate=200.0, unit=Unit.PERCENT)
    assert unclear.answer is Answer.CANNOT_TELL


def test_nothing_stated_nothing_checked() -> None:
    assert check_rates([telling("plain")], [], MISSION, ()) == ()
