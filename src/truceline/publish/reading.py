"""A reading shown to a reader: the same look as the annotated article, held against nothing."""

from collections.abc import Mapping
from typing import Literal

from truceline.model.reading import Reading
from truceline.publish.annotation import reading_html
from truceline.publish.article import lay_out
from truceline.publish.article_text import article_text


def render_reading(
    reading: Reading, *, format: Literal["text", "html"], actors: Mapping[str, str] | None = None
) -> str:
    """The reading as a page of its own or as text; `actors` gives the neutral name of an actor id."""
    names = actors or {}
    if format == "html":
        return reading_html(reading, actors=names)
    return article_text(lay_out(reading, actors=names), held={})
