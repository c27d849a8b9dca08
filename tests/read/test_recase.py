"""A text in one case gets the capitals a newspaper would set; any other text stays as it is."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.read.reader import Reader
from truceline.read.recase import is_single_case, recased
from truceline.testing import doc

WIRE = (
    "general pedro galvez of the united front of the north (ufn) left el salvador for bogota on 5 may, a spokesman "
    "said. the ufn burned two houses near puerto plata. u.s. officials and colombian police met in march 1989."
)


@pytest.mark.parametrize("text", [WIRE, WIRE.upper()])
def test_names_acronyms_and_openings_get_their_capitals(text: str) -> None:
    made = recased(text, lambda word: word == "bogota")
    for words in (
        "General Pedro Galvez",
        "United Front of the North (UFN)",
        "El Salvador",
        "Bogota",
        "5 May",
        "The UFN burned",
        "Puerto Plata",
        "U.S. officials",
        "Colombian police",
        "March 1989",
    ):
        assert words in made
    assert "two houses" in made


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled the village of Harran on Sunday, a spokesman said.",
        "ok.",
        "no capitals but short",
        "TOO SHORT TO TELL",
    ],
)
def test_text_in_two_cases_and_short_text_stay(text: str) -> None:
    assert recased(text) == text


def test_quoted_names_before_a_group_and_short_words_behind_an_article_are_names() -> None:
    made = recased('a unit of the "red dawn" guerrillas fled. the red dawn burned a mill, and the eln burned none.')
    assert '"Red Dawn" guerrillas' in made
    assert "The Red Dawn burned" in made
    assert "the ELN burned" in made


def test_verbs_made_of_two_words_are_no_names() -> None:
    assert "machinegunned" in recased("unknown men machinegunned the bus on the road to the coast and left.")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_offsets_stay_and_only_case_changes(text: str) -> None:
    made = recased(text)
    assert len(made) == len(text)
    assert made.lower() == text.lower()


def test_a_text_of_one_case_is_read_in_its_own_words() -> None:
    text = WIRE
    assert is_single_case(text)
    reading = Reader.default().read(doc(text))
    assert reading.document.text == text
    burned = next(each for each in reading.claims if each.trigger.span.of(text) == "burned")
    assert [each.span.of(text) for each in burned.agents] == ["the ufn"]
    assert [each.span.of(text) for each in burned.recipients] == ["two houses"]


def test_a_long_text_full_of_names_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        text = " ".join(
            f'the "band {chr(97 + at % 26)}{at}" group met the zq{at} front (zf) in may.' for at in range(times)
        )
        started = perf_counter()
        recased(text)
        return perf_counter() - started

    seconds(50)
    assert seconds(8000) < 16 * max(seconds(1000), 0.05)
