"""The annotated article, as `read` and `check` print it."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.model.check import ArticleCheck
    from truceline.model.view import View


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


def annotated(check: "ArticleCheck", view: "View", format: Format) -> str:
    """The article with every assertion's chain of speakers, as a page or as text for a terminal."""
    from truceline import publish

    return publish.annotate(check, view, format=format.value)
