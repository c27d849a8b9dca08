"""A text that somebody pastes, as a document that no register keeps."""

from datetime import datetime

from truceline.errors import Problem
from truceline.gather.draft import Draft, settle, without_unstorable
from truceline.kit.hashing import content_id, sha256_of_text
from truceline.model.document import Document, Form


def parse_pasted(
    text: str, *, now: datetime, title: str = "", publisher: str = "", published: str = "", address: str = ""
) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document, None where it cannot be one, and what is wrong with it or its particulars.

    Its id comes from its text: the same text pasted again is the same document. `address` is where it is said to lie.
    """
    flat = text.replace("\r\n", "\n")
    draft = Draft(
        id=content_id("pasted-", flat.encode("utf-8", "replace").decode()),
        text=flat,
        form=Form.TEXT,
        where="the text pasted",
        title=title.strip() or "Pasted text",
        publisher=publisher.strip() or None,
        published=published.strip() or None,
        uri=address.strip()[:2000] or None,
    )
    settled = tuple(settle(without_unstorable(draft), original_sha256=sha256_or_empty(flat), now=now))
    document = next((each for each in settled if isinstance(each, Document)), None)
    return document, tuple(each for each in settled if isinstance(each, Problem))


def sha256_or_empty(text: str) -> str:
    try:
        return sha256_of_text(text)
    except UnicodeEncodeError:
        return ""
