"""Tables within a text, drawn with bars: their rows are no sentences, and nothing is guessed from them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from truceline.errors import Problem, Severity
from truceline.model.document import Document

ROW = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
LEAST_ROWS = 2  # a lone row is left as it is


def without_rows(document: Document) -> Document:
    """The document with the rows of tables within it made blanks; offsets stay."""
    if not count_rows(document.text):
        return document
    return replace(document, text=ROW.sub(lambda row: " " * len(row[0]), document.text))


def unread_rows(document: Document) -> Iterator[Problem]:
    """That there were such rows, said once."""
    rows = count_rows(document.text)
    if rows:
        yield Problem(
            code="table.unread",
            message=f"a table of {rows} rows within the text was not read; write what it tells as sentences, or give "
            "it as a table of its own (ACLED or UCDP GED columns)",
            where=document.id,
            severity=Severity.WARNING,
        )


def count_rows(text: str) -> int:
    """How many rows of tables a text has."""
    rows = len(ROW.findall(text))
    return rows if rows >= LEAST_ROWS else 0
