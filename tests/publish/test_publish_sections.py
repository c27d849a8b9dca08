"""The bulletin section by section."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from views import large_view, small_view

from truceline.model.quantity import Range
from truceline.model.series import RateRatio
from truceline.publish.bulletin import Bulletin, make_bulletin
from truceline.publish.counting import chance_of_rise, likelihood_words, poisson_interval, span_of, total_of
from truceline.publish.lookup import look_up
from truceline.publish.pages import choose_paged
from truceline.publish.publisher import bulletin_page


@pytest.fixture(scope="module")
def bulletin() -> Bulletin:
    lookup = look_up(small_view())
    return make_bulletin(lookup, paged=choose_paged(lookup))


def test_the_masthead_says_which_days_whose_clock_and_which_register(bulletin: Bulletin) -> None:
    assert bulletin.masthead.period == "29 May to 4 June 2016"
    assert bulletin.masthead.cutoff == "18:00 Asia/Damascus"
    assert bulletin.masthead.number == 15
    assert len(bulletin.masthead.fingerprint) == 64


def test_a_number_carries_its_interval_and_its_denominator(bulletin: Bulletin) -> None:
    assert bulletin.total.interval == "[4–18]"
    assert bulletin.total.denominator.startswith("in 5 observed days, from ")
    assert bulletin.total.compared == "×3.6 [1.1–13.3] (3 in 6 days before)"


def test_poisson_intervals_are_exact() -> None:
    # Garwood's table: 0 gives 0 to 3.7, 10 gives 4.8 to 18.4; rounded outwards to whole incidents.
    assert poisson_interval(0) == (0, 4)
    assert poisson_interval(10) == (4, 19)


def test_the_chance_of_a_rise_is_even_for_equal_counts_and_unknown_without_days() -> None:
    def told(now: int, before: int, days: int = 7, *, interval: tuple[float, float] | None = None) -> RateRatio:
        low, high = interval or (None, None)
        return RateRatio(
            name="x",
            now_count=now,
            now_days=days,
            before_count=before,
            before_days=7,
            ratio=now / before,
            low=low,
            high=high,
        )

    assert chance_of_rise(told(5, 5)) == pytest.approx(0.5)
    assert chance_of_rise(told(30, 5)) > 0.999  # type: ignore[operator]
    assert chance_of_rise(told(3, 5, 0)) is None
    assert chance_of_rise(told(20, 10, interval=(1.0, 4.0))) == pytest.approx(0.975, abs=1e-4)


def test_a_rate_that_days_explain_is_not_called_certain() -> None:
    wide = RateRatio(name="x", now_count=30, now_days=7, before_count=15, before_days=7, ratio=2.0, low=0.5, high=8.0)
    chance = chance_of_rise(wide)
    assert chance is not None
    assert likelihood_words(chance) == "very likely"


def test_words_of_likelihood_follow_their_bounds() -> None:
    assert [likelihood_words(chance) for chance in (0.03, 0.3, 0.5, 0.7, 0.9, 0.99)] == [
        "almost no chance", "unlikely", "roughly even chance", "likely", "very likely", "almost certain",
    ]  # fmt: skip


def test_likelihood_and_confidence_never_share_a_sentence(bulletin: Bulletin) -> None:
    assert len(bulletin.judgements) == 4
    for each in bulletin.judgements:
        assert "onfidence" not in each.likelihood
        assert "ikelihood" not in each.confidence
        assert "onfidence" not in each.statement


def test_sums_of_harm_stay_open_where_one_telling_is_open() -> None:
    assert total_of([Range(low=3, high=4), None, Range(low=5, high=None)]) == Range(low=8, high=None)
    assert span_of([Range(low=3, high=4), Range(low=1, high=2)]) == Range(low=1, high=4)
    assert total_of([None]) is None


def test_a_day_without_a_report_is_not_observed_rather_than_zero(bulletin: Bulletin) -> None:
    seen = {each.day: (each.is_observed, each.incidents_count) for each in bulletin.days}
    assert seen["29 May"] == (False, 0)
    assert seen["30 May"] == (True, 0)
    assert bulletin.blind.unobserved == ("29 May", "31 May")


def test_what_is_denied_stands_beside_what_is_told(bulletin: Bulletin) -> None:
    dispute = next(each for each in bulletin.disputes if each.row.id == "i-khan-tuman-air")
    assert [card.publisher for card in dispute.tells] == ["SOHR", "Daily Copy"]
    assert [card.publisher for card in dispute.denies] == ["Russian MoD"]
    assert dispute.tells[1].copied_from == "sohr-2016-06-03"


def test_a_correction_shows_the_words_that_went_and_the_words_that_came(bulletin: Bulletin) -> None:
    correction = bulletin.corrections[0]
    assert [("killed 2" in was, "killed 3" in now) for was, now in correction.changes] == [(True, True)]


def test_each_section_holds_its_kinds(bulletin: Bulletin) -> None:
    assert {row.id for row in bulletin.movement} == {"i-tartus", "i-latakia"}
    assert {row.id for row in bulletin.access} == {"i-daraya", "i-medicine"}
    assert {row.id for row in bulletin.statements} == {"i-call"}
    assert len(bulletin.annex) == 9


def test_a_truce_told_to_begin_at_two_hours_shows_both(bulletin: Bulletin) -> None:
    truce = bulletin.truces[0]
    assert truce.window == "1 June 2016, 00:00 (UTC+3) to 3 June 2016, 00:00 (UTC+3)"
    assert truce.others == ("1 June 2016, 05:00 (UTC+3) (“from 2 in the morning”, SANA)",)


def test_silent_sources_and_unread_documents_are_named(bulletin: Bulletin) -> None:
    assert bulletin.blind.silent == ("Quiet Gazette",)
    assert bulletin.blind.unread == ("documents/void.txt: the file is empty",)


def test_publishers_that_belong_to_a_party_come_first_in_the_ledger(bulletin: Bulletin) -> None:
    assert bulletin.ledger.lines[0][1] == "state media"


def test_every_section_of_the_outline_is_on_the_page(bulletin: Bulletin) -> None:
    lookup = look_up(small_view())
    page = html.document_fromstring(bulletin_page(bulletin, lookup, documents=frozenset()))
    headings = [each.text_content() for each in page.xpath("//h2")]
    assert [each.split(".")[0] for each in headings[:-1]] == [str(number) for number in range(1, 14)]
    assert headings[-1].startswith("Annex")


def test_arabic_keeps_its_script_and_gets_latin_letters_beside() -> None:
    lookup = look_up(small_view())
    paged = choose_paged(lookup)
    disputed = replace(small_view().incidents[2], contradictions=small_view().incidents[1].contradictions)
    view = replace(small_view(), incidents=(disputed,), assessments=())
    page = bulletin_page(make_bulletin(look_up(view), paged=paged), look_up(view), documents=frozenset())
    assert "قصفت الطائرات الحربية" in page
    assert "In Latin letters" in page


def test_pages_go_to_the_period_first_where_there_are_too_many() -> None:
    lookup = look_up(large_view(400))
    chosen = choose_paged(lookup, limit=20)
    recent = {each.id for each in lookup.view.incidents if lookup.in_period(each)}
    assert len(chosen) == 20
    assert recent <= chosen


def test_the_folder_may_be_given_again(tmp_path: Path) -> None:
    from truceline.publish.folder import Shelf

    shelf = Shelf(folder=tmp_path)
    shelf.put("a/b.txt", "words")
    before = (tmp_path / "a/b.txt").stat().st_mtime_ns
    Shelf(folder=tmp_path).put("a/b.txt", "words")
    assert (tmp_path / "a/b.txt").stat().st_mtime_ns == before
