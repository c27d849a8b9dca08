"""Who speaks where: lanes in the order of speakers, each claim drawn once, in the line of its certainty."""

import re
from dataclasses import replace

from lxml import html
from readings import CHECK, READING
from views import small_view

from truceline.model.span import Span
from truceline.publish import annotate
from truceline.publish.article import lay_out
from truceline.publish.cards import Chip
from truceline.publish.notes import Note
from truceline.publish.score import LANES, Place, find_lanes, share_out

ARTICLE = lay_out(READING, actors={"rus.mod": "Russian Ministry of Defence"}, countries=("SY",))


def test_every_claim_stands_in_one_lane_under_its_outermost_speaker() -> None:
    drawn = [number for lane in ARTICLE.lanes for number in re.findall(r'data-c="(\d+)"', str(lane.drawn))]
    assert sorted(map(int, drawn)) == [each.number for each in ARTICLE.notes]
    assert sum(each.claims_count for each in ARTICLE.lanes) == len(ARTICLE.notes)
    assert ARTICLE.lanes[0].chip.words == "the author"


def test_a_lane_draws_certainty_as_lines_and_kinds_as_colours() -> None:
    for lane in ARTICLE.lanes:
        for each in html.fragments_fromstring(str(lane.drawn))[0].iter("g"):
            note = next(note for note in ARTICLE.notes if str(note.number) == each.get("data-c"))
            act, line = each
            assert act.get("stroke") == (note.kind.colour if note.kind else "none")
            assert line.get("class") == note.line.value


def test_beyond_seven_speakers_the_rarest_share_a_lane() -> None:
    note = ARTICLE.notes[0]
    names = [f"speaker {n}" for n in range(12)] + ["speaker 11"] * 3
    notes = [replaced(note, number=n, words=name) for n, name in enumerate(names, start=1)]
    places = [Place(span=Span(n * 10, n * 10 + 8), trigger=Span(n * 10, n * 10 + 1)) for n in range(len(names))]
    lanes = find_lanes(notes, places, length=200)
    assert len(lanes) == LANES
    assert lanes[-1].chip.words == "others"
    assert "speaker 11" in [each.chip.words for each in lanes]
    assert sum(each.claims_count for each in lanes) == len(names)


def replaced(note: Note, *, number: int, words: str) -> Note:
    return replace(note, number=number, chips=(Chip(words=words, name=""),))


def test_one_actor_under_two_names_is_one_lane() -> None:
    note = ARTICLE.notes[0]
    chips = [
        Chip(words="the Pentagon", name="US Department of Defense"),
        Chip(words="US Department of Defense", name=""),
    ]
    notes = [replace(note, number=n, chips=(chip,)) for n, chip in enumerate(chips, start=1)]
    places = [Place(span=Span(0, 5), trigger=Span(0, 1)), Place(span=Span(6, 9), trigger=Span(6, 7))]
    assert [each.claims_count for each in find_lanes(notes, places, length=10)] == [2]


def test_claims_over_the_same_words_part_them() -> None:
    places = [Place(span=Span(0, 30), trigger=Span(4, 6)), Place(span=Span(0, 30), trigger=Span(20, 24))]
    assert share_out(places) == [Span(0, 12), Span(12, 30)]
    assert share_out([Place(span=Span(0, 5), trigger=Span(1, 2)), Place(span=Span(7, 9), trigger=Span(7, 8))]) == [
        Span(0, 5),
        Span(7, 9),
    ]


def test_a_number_carries_the_claim_in_our_words_and_who_says_so() -> None:
    page = html.document_fromstring(annotate(CHECK, small_view()).html)
    for note in ARTICLE.notes:
        (link,) = page.xpath(f"//*[@id='c{note.number}']")
        words = link.get("data-words")
        assert note.line_words in words
        if note.chips:
            assert ", by " in words
        else:
            assert "in the author's own voice" in words


def test_what_is_pointed_at_is_the_claim_whose_word_is_nearest() -> None:
    page = html.document_fromstring(annotate(CHECK, small_view()).html)
    for each in page.xpath("//p[contains(@class, 'exact')]//span[contains(@class, 'trigger')]"):
        numbers = each.get("data-c").split()
        follows = each.getnext()
        if follows is not None and follows.tag == "sup":
            assert numbers[0] == follows.text_content(), each.text
