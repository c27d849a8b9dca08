"""The annotated article: the words first, who speaks, how certain, and what the register holds."""

import base64
import hashlib
from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import html
from readings import CHECK, READING, TEXT
from views import CAMP, small_view, toponym

from truceline.model.span import Span
from truceline.publish import Annotated, annotate, render_reading
from truceline.publish.article import lay_out
from truceline.publish.marking import Mark, cut


@pytest.fixture(scope="module")
def annotated() -> Annotated:
    return annotate(CHECK, small_view())


@pytest.fixture(scope="module")
def page(annotated: Annotated) -> html.HtmlElement:
    return html.document_fromstring(annotated.html)


def words_of(page: html.HtmlElement, line: str) -> str:
    inside = page.xpath(f"//p[contains(@class, 'exact')]//span[contains(@class, 'claim {line}')]")
    return " ".join("".join(each.itertext()) for each in inside)


def note(page: html.HtmlElement, number: int) -> str:
    return " ".join(" ".join(page.get_element_by_id(f"n{number}").itertext()).split())


def test_the_authors_words_stand_unchanged_in_their_order(page: html.HtmlElement) -> None:
    page = deepcopy(page)
    for paragraph in page.xpath("//p[contains(@class, 'exact')]"):
        for added in paragraph.xpath(".//sup | .//a[@class='pin-ref']"):
            added.drop_tree()
    shown = " ".join(" ".join(each.itertext()) for each in page.xpath("//p[contains(@class, 'exact')]"))
    assert "".join(shown.split()) == "".join(TEXT.split())


def test_certainty_is_the_style_of_the_line(page: html.HtmlElement) -> None:
    assert "More than 1,000 militants" in words_of(page, "solid")
    assert "towards" in words_of(page, "dashed")
    assert "Is this a" in words_of(page, "dotted")
    assert "its aircraft" in words_of(page, "struck")


def test_a_chain_of_speakers_runs_from_the_outermost_inwards(page: html.HtmlElement) -> None:
    chips = page.xpath("//*[@id='n2']//ol[@class='chain']//bdi/text()")
    assert chips == ["the Russian centre", "residents"]


def test_an_anonymous_speaker_is_marked_and_the_author_has_no_chip(page: html.HtmlElement) -> None:
    assert page.xpath("//*[@id='n3']//span[contains(@class, 'chip anonymous')]")
    assert page.xpath("//*[@id='n5']//ol") == []


def test_a_loaded_word_keeps_its_place_and_the_neutral_one_stands_beside(page: html.HtmlElement) -> None:
    marked = page.xpath("//p[contains(@class, 'exact')]//span[contains(@class, 'label')]")
    assert [each.text for each in marked] == ["“terrorists”"]
    assert "armed opponents" in marked[0].get("title")
    assert "armed opponents" in "".join(page.xpath("//dl[@class='loaded']")[0].itertext())


def test_what_the_register_holds_is_said_for_and_against(page: html.HtmlElement) -> None:
    assert "told by others too" in note(page, 1)
    assert "against Troops to Tartus" in note(page, 3)
    assert "for and against Airstrike on Khan Tuman" in note(page, 4)
    assert "stated ×3, measured ×2.4 [0.20–∞]" in note(page, 5)
    assert page.xpath("//*[@id='n1']//a[@href='#i-i-offensive']")
    assert page.get_element_by_id("i-i-offensive") is not None


def test_a_question_gets_one_line_and_no_answer(page: html.HtmlElement) -> None:
    assert note(page, 6) == "6 question"


def test_a_count_keeps_the_bounds_the_source_gave(page: html.HtmlElement) -> None:
    assert "[1,001 or more]" in note(page, 1)


def test_places_lead_to_the_map_and_one_not_located_says_why(page: html.HtmlElement) -> None:
    letters = page.xpath("//p[contains(@class, 'exact')]//a[@class='pin-ref']/text()")
    assert set(letters) == {"A", "B", "C"}
    assert page.xpath("//figure[@id='places']//*[local-name()='title']/text()")
    assert "two villages bear the name" in "".join(page.itertext())


def test_the_page_needs_no_other_file_and_names_its_style_by_hash(page: html.HtmlElement) -> None:
    style = page.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert page.xpath("//script | //link | //*[@style]") == []


def test_the_terminal_gets_the_same_in_a_hundred_columns(annotated: Annotated) -> None:
    assert max(map(len, annotated.text.splitlines())) <= 100
    for words in (
        "offensive[1]",
        "[4] denied",
        "1,001 or more",
        "armed opponents",
        "the register cannot tell",
        "[6] question",
    ):
        assert words in annotated.text


def test_the_same_check_gives_the_same_page() -> None:
    assert annotate(CHECK, small_view()) == annotate(CHECK, small_view())


def test_a_reading_alone_is_shown_without_a_word_on_the_register() -> None:
    shown = render_reading(READING, format="html")
    assert "told by others too" not in shown
    assert "held against no register" in shown
    text = render_reading(READING, format="text", actors={"rus.mod": "Russian Ministry of Defence"})
    assert "register:" not in text
    assert "(Russian Ministry of Defence)" in text


def test_an_article_naming_a_camp_gets_no_exact_pin_of_it() -> None:
    camp = replace(toponym(CAMP), span=READING.places[1].span)
    reading = replace(READING, places=(camp,), claims=())
    article = lay_out(reading, actors={}, countries=("SY",), place_kinds={"mission:kammouna": "camp"})
    assert [(each.place.lat, each.place.lon, each.place.radius_km) for each in article.pins] == [(36.2, 36.7, 10)]


def test_overlapping_marks_are_cut_into_pieces_that_cover_the_text_once() -> None:
    marks = [
        Mark(span=Span(0, 10), kind="claim", ref="outer"),
        Mark(span=Span(4, 12), kind="claim", ref="crossing"),
        Mark(span=Span(5, 7), kind="place", ref="inner"),
    ]
    pieces = cut(marks, Span(0, 15))
    assert [(each.span.start, each.span.end) for each in pieces] == [
        (0, 4),
        (4, 5),
        (5, 7),
        (7, 10),
        (10, 12),
        (12, 15),
    ]
    assert [mark.ref for mark in pieces[2].marks] == ["inner", "crossing", "outer"]
