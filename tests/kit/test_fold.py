"""Folding: what two spellings of one name have in common, and the way back to the original."""

import pytest

from truceline.kit.fold import fold, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "DEIR EZ ZOR"),
        ("Ma`arrat an-Nu'mān", "Maarrat an Numan"),
        ("Ţarţūs", "tartus"),
        ("L’viv", "Lviv"),
        ("Łódź", "lodz"),
        ("حَلَبْ", "حلب"),
        ("اللاذقيّة", "اللاذقيه"),
        ("إدلب", "ادلب"),
        ("Артёмовск", "артемовск"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other) != ""


def test_different_names_keep_different_keys() -> None:
    assert fold_name("Homs") != fold_name("Hama")


def test_every_folded_letter_leads_back_to_where_it_came_from() -> None:
    text = "In Ḩalab’s ﬁelds"
    folded = fold(text)
    start = folded.text.index("halab")
    assert text[slice(*folded.original(start, start + 5))] == "Ḩalab"
    start = folded.text.index("fi")
    assert text[slice(*folded.original(start, start + 2))] == "ﬁ"
    assert len(folded.offsets) == len(folded.text) + 1


def test_decomposed_accents_lead_back_too() -> None:
    text = "near Ḩama\u0304h today"
    folded = fold(text)
    start = folded.text.index("hamah")
    assert text[slice(*folded.original(start, start + 5))] == "Ḩama\u0304h"


def test_asking_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no folded text"):
        fold("Homs").original(2, 9)
