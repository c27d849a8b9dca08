"""Web pages: the main text, without scripts, menus and footers, and what the page says of itself."""

import logging
import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

from truceline.errors import Problem, Severity
from truceline.gather.draft import Draft
from truceline.gather.found import Found
from truceline.gather.limits import PAGE_BYTES
from truceline.gather.opened import Opened, decode, read_octets
from truceline.gather.pagefacts import PageFacts, find_page_facts
from truceline.model.document import Form

# Browsers call these two by the older names of encodings that differ from them in a few signs.
_KNOWN_ENCODING = re.compile(
    r"windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|utf-16|utf-8|gb\w+|big5|shift_jis|euc-(?:jp|kr)"
)
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
# What never belongs to the text of a page, should the main text not be found.
_BESIDE_THE_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
    "svg",
)
_BLOCKS = frozenset(
    (
        *("p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "blockquote"),
        *("pre", "br", "hr", "dd", "dt", "figcaption"),
    )
)


def find_page_drafts(found: Found) -> Iterator[Draft | Problem]:
    """One document whose text is the page's main text. Raises OSError."""
    octets = read_octets(found, limit=PAGE_BYTES)
    if isinstance(octets, Problem):
        yield octets
    else:
        yield from find_drafts_in(octets, name=found.name, where=found.where())


def find_drafts_in(octets: bytes, *, name: str, where: str, charset: str | None = None) -> Iterator[Draft | Problem]:
    """The same of the bytes of a page.

    `name` becomes the id where the page gives no address of its own; `charset` is the one its server names, before the
    one the page names.
    """
    opened = decode(octets, where, declared=charset if is_known(charset) else _declared_encoding(octets))
    if isinstance(opened, Problem):
        yield opened
        return
    yield from opened.warnings
    tree = _parse_page(opened)
    if tree is None:
        yield Problem(code="document.empty", message="there is no page in it", where=where)
        return
    facts = find_page_facts(tree)
    text = _extract_main_text(opened.text)
    if text is None:
        text = _rest_of_page(tree)
        if text.strip():
            message = "the main text could not be told from the rest of the page; all visible text is read"
            yield Problem(code="page.no-main-text", message=message, where=where, severity=Severity.WARNING)
    yield _draft(name, where, facts, text)


def _draft(name: str, where: str, facts: PageFacts, text: str) -> Draft:
    return Draft(
        id=facts.uri or name,
        text=text,
        form=Form.HTML,
        where=where,
        uri=facts.uri,
        title=facts.title,
        publisher=facts.publisher,
        published=facts.published,
        language=facts.language,
    )


def is_known(encoding: str | None) -> bool:
    """Whether pages and servers may name this encoding; others are guessed at."""
    return encoding is not None and _KNOWN_ENCODING.fullmatch(encoding) is not None


def _declared_encoding(octets: bytes) -> str | None:
    declared = _DECLARED.search(octets[:_HEAD_BYTES])
    name = "" if declared is None else declared[1].decode("ascii").lower()
    return name if is_known(name) else None


def _parse_page(opened: Opened) -> lxml.html.HtmlElement | None:
    # Given as bytes: a text that declares another encoding than it has would be refused.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return lxml.html.document_fromstring(opened.text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _extract_main_text(page: str) -> str | None:
    from trafilatura import extract  # noqa: PLC0415 — slow to import, and many gatherings hold no page

    # What it would log of an odd page is told as a problem already.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = extract(page, include_comments=False, include_tables=True)
    except (lxml.etree.LxmlError, ValueError, RecursionError):
        return None
    return text if isinstance(text, str) and text.strip() else None


def _rest_of_page(tree: lxml.html.HtmlElement) -> str:
    """All visible text, a line for each block."""
    for name in _BESIDE_THE_TEXT:
        for element in list(tree.iter(name)):
            element.drop_tree()
    body = tree.find("body")
    pieces: list[str] = []
    for happening, element in lxml.etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if isinstance(element.tag, str):
            pieces.append((element.text if happening == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
