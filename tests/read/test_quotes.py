"""Quotation marks, as newspapers set them."""

import pytest

from truceline.read.quotes import find_quotes


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We hold the hill,” he said. “It is quiet.”", ["“We hold the hill,”", "“It is quiet.”"]),
        ('"We hold it," he said. "All of it."', ['"We hold it,"', '"All of it."']),
        ("«Нарушений нет», заявил центр", ["«Нарушений нет»"]),
        ("He spoke of a 5' wall.", []),
    ],
)
def test_finds_what_stands_between_marks(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in find_quotes(text)] == quoted


def test_quotation_left_open_ends_with_its_paragraph() -> None:
    text = "“The first part.\n\n“The second part,” she said."
    assert [span.of(text) for span in find_quotes(text)] == ["“The first part.", "“The second part,”"]
