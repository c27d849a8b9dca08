"""Texts that repeat another's wording."""

from datetime import UTC, datetime, timedelta

from truceline.fuse.copies import find_copies, find_credits
from truceline.model.document import Document, Form
from truceline.testing import doc

WIRE = (
    "BEIRUT - Rockets landed on a market in the town at about noon on Thursday, a resident and two rescuers said, "
    "wounding shoppers and setting stalls on fire. The town council asked people to stay at home until the evening. "
    "Nobody took responsibility for the attack, which came on the second day of a local truce."
)
OTHER = (
    "Engineers repaired the main water line that feeds the eastern quarters, the company announced in the morning. "
    "Work had stopped twice because of shooting near the pumping station, and a third attempt was escorted by monitors."
)
NOON = datetime(2016, 5, 5, 12, tzinfo=UTC)


def at(hours: int, text: str, *, id: str, **given: object) -> Document:
    return doc(text, id=id, published_at=NOON + timedelta(hours=hours), **given)


def test_a_wire_story_in_three_papers_goes_back_to_the_earliest() -> None:
    copies = find_copies(
        [
            at(2, f"{WIRE} It was the third this week.", id="c"),
            at(0, WIRE, id="a"),
            at(1, f"By our desk. {WIRE}", id="b"),
        ]
    )
    assert copies == {"b": "a", "c": "a"}


def test_different_texts_are_no_copies() -> None:
    assert find_copies([at(0, WIRE, id="a"), at(1, OTHER, id="b")]) == {}


def test_a_shared_quotation_is_no_copy() -> None:
    quotation = "'We will answer every breach of the truce in kind', the commander told reporters on Thursday."
    assert find_copies([at(0, f"{WIRE} {quotation}", id="a"), at(1, f"{OTHER} {quotation}", id="b")]) == {}


def test_an_excerpt_of_a_text_is_a_copy() -> None:
    assert find_copies([at(0, f"{WIRE} {OTHER}", id="a"), at(1, WIRE, id="b")]) == {"b": "a"}


def test_an_edited_wire_story_is_known_by_the_agency_both_credit() -> None:
    lead, _, rest = WIRE.partition(". ")
    edited = f"(Reuters) - {lead}. {OTHER}"
    assert find_copies([at(0, f"(Reuters) - {WIRE}", id="a"), at(1, edited, id="b")]) == {"b": "a"}
    assert find_copies([at(0, WIRE, id="a"), at(1, f"{lead}. {OTHER}", id="b")]) == {}
    assert rest


def test_versions_of_one_page_are_no_copies_of_each_other() -> None:
    assert find_copies([at(0, WIRE, id="a"), at(1, f"{WIRE} Corrected.", id="a", version=2)]) == {}


def test_rows_of_tables_are_no_copies() -> None:
    assert find_copies([at(0, WIRE, id="a", form=Form.UCDP_GED), at(1, WIRE, id="b", form=Form.UCDP_GED)]) == {}


def test_short_texts_are_not_compared() -> None:
    short = "At least three people were killed in shelling on Thursday."
    assert find_copies([at(0, short, id="a"), at(1, short, id="b")]) == {}


def test_a_text_without_a_date_is_the_copy_of_one_with() -> None:
    assert find_copies([doc(WIRE, id="a", published_at=None), at(0, WIRE, id="b")]) == {"a": "b"}


def test_the_order_of_documents_changes_nothing() -> None:
    documents = [at(hours, f"{WIRE} Edition {hours}.", id=f"d{hours}") for hours in range(6)]
    assert find_copies(documents) == find_copies(documents[::-1])


def test_credits_are_found_where_agencies_stand() -> None:
    assert list(find_credits("BEIRUT (Reuters) - Shells fell.")) == ["Reuters"]
    assert list(find_credits("Shells fell. – AFP")) == ["AFP"]
    assert list(find_credits("He told Reuters that shells fell.")) == []
    assert list(find_credits("")) == []


def test_agencies_of_any_country_are_credited() -> None:
    assert list(find_credits("DONETSK, 3 June (Interfax-Ukraine) - Shells fell.")) == ["Interfax-Ukraine"]
    assert list(find_credits("ADEN (SABA) -- Talks ended.")) == ["SABA"]
