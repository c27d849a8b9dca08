from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from simple_stages import tools

from truceline.flow.check import COPIED, FAMILY, ITSELF, SPEAKER, TAKEN, VERY_CLAIM, check_article
from truceline.model.check import Checked, Holding
from truceline.model.incident import Stance, Version
from truceline.model.span import Span
from truceline.model.telling import TakenFrom, Telling
from truceline.store.register import Derived, Found, Register
from truceline.store.sqlite import open_register
from truceline.testing import NOON, doc, incident, mission, telling

ARTICLE = doc("shells fell here", id="article")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path / "register", now=NOON, writing=True) as opened:
        yield opened


def hold(register: Register, *told: Telling) -> None:
    """One incident that these tell, each in a document of its own."""
    versions = tuple(
        Version(
            claim=each.claim,
            document=each.document,
            stance=Stance.DENIES if each.negated else Stance.ASSERTS,
            reason="same day",
        )
        for each in told
    )
    derived = Derived(
        tellings=told,
        incidents=(incident(versions=versions),),
        assessments=(),
        watch=None,
        found=(Found(),),
    )
    documents = [doc(f"{each.document} tells it in its own words", id=each.document) for each in told]
    with register.writing() as writer:
        writer.add_documents(documents, gathered_at=NOON)
        writer.replace_derived(derived)


def check(register: Register, tmp_path: Path, article: Telling) -> Checked:
    given = tools(tell=lambda _readings, _mission: (article,))
    (checked,) = check_article(ARTICLE, mission(tmp_path), register, given).checked
    return checked


ARTICLES = telling("article:shells", document="article", family="blog", source="blog")
OTHER = telling("other:shells", document="other", family="agency", source="agency")


def test_a_claim_others_tell_is_corroborated_by_them(register: Register, tmp_path: Path) -> None:
    hold(register, OTHER)
    checked = check(register, tmp_path, ARTICLES)
    assert (checked.holding, checked.support) == (Holding.CORROBORATED, ("incident-1",))
    assert "told likewise by agency [same kind]" in checked.because


def test_a_claim_others_deny_is_denied(register: Register, tmp_path: Path) -> None:
    hold(register, replace(OTHER, negated=True))
    checked = check(register, tmp_path, ARTICLES)
    assert (checked.holding, checked.against) == (Holding.DENIED, ("incident-1",))


def test_a_claim_told_and_denied_is_disputed(register: Register, tmp_path: Path) -> None:
    denial = telling("third:shells", document="third", family="ministry", source="ministry", negated=True)
    hold(register, OTHER, denial)
    assert check(register, tmp_path, ARTICLES).holding is Holding.DISPUTED


def test_a_denial_is_supported_by_other_denials_and_opposed_by_what_is_told(register: Register, tmp_path: Path) -> None:
    hold(register, OTHER)
    checked = check(register, tmp_path, replace(ARTICLES, negated=True))
    assert (checked.holding, checked.support, checked.against) == (Holding.DENIED, (), ("incident-1",))


def test_a_claim_no_incident_fits_is_told_only_here(register: Register, tmp_path: Path) -> None:
    checked = check(register, tmp_path, ARTICLES)
    assert (checked.holding, checked.because) == (
        Holding.ONLY_HERE,
        "no incident of the register fits its kind, time and place",
    )


def test_what_is_no_assertion_is_not_checked(register: Register, tmp_path: Path) -> None:
    hold(register, OTHER)
    checked = check(register, tmp_path, replace(ARTICLES, incident_worthy=False))
    assert (checked.holding, checked.because) == (Holding.NOT_CHECKED, "an opinion")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (replace(OTHER, document="article"), ITSELF),
        (replace(OTHER, document="shells fel again"), COPIED),
        (replace(OTHER, family="blog"), FAMILY),
        (telling("o", document="o", family="agency", chain=("rus.centre",)), SPEAKER),
    ],
)
def test_an_article_is_not_supported_by_itself(register: Register, tmp_path: Path, held: Telling, reason: str) -> None:
    hold(register, held)
    article = telling("article:shells", document="article", family="blog", chain=("rus.centre",))
    checked = check(register, tmp_path, article)
    assert (checked.holding, checked.support) == (Holding.ONLY_HERE, ())
    assert f"not counted for Shelling of Aleppo (incident-1): {reason}" in checked.because


@pytest.mark.parametrize(
    ("taken", "held"),
    [
        (TakenFrom(document="other", span=Span(0, 6)), OTHER),
        (None, replace(OTHER, taken_from=TakenFrom(document="article", span=Span(0, 6)))),
        (
            TakenFrom(document="wire", span=Span(0, 6)),
            replace(OTHER, taken_from=TakenFrom(document="wire", span=Span(0, 6))),
        ),
    ],
)
def test_words_that_were_taken_over_support_nothing(
    register: Register, tmp_path: Path, taken: TakenFrom | None, held: Telling
) -> None:
    hold(register, held)
    checked = check(register, tmp_path, replace(ARTICLES, taken_from=taken))
    assert checked.holding is Holding.ONLY_HERE
    assert TAKEN in checked.because


def test_a_claim_the_register_holds_already_is_told_so(register: Register, tmp_path: Path) -> None:
    hold(register, replace(ARTICLES, document="article"), OTHER)
    article = tools(tell=lambda _readings, _mission: (ARTICLES,), match=lambda _telling, _view: ())
    (checked,) = check_article(ARTICLE, mission(tmp_path), register, article).checked
    assert (checked.holding, checked.support) == (Holding.CORROBORATED, ("incident-1",))
    assert f"told likewise by agency [{VERY_CLAIM}]" in checked.because
    assert ITSELF in checked.because


def test_checking_leaves_the_register_as_it_was(register: Register, tmp_path: Path) -> None:
    hold(register, OTHER)
    before = register.fingerprint()
    check(register, tmp_path, ARTICLES)
    assert register.fingerprint() == before
