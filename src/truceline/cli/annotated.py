"""The formats in which `read` and `check` print an article."""

from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
