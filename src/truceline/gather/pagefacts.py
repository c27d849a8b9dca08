"""What a web page says of itself: title, publisher, date of publication, address, language; nothing inferred."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.html

# The names of meta elements (`property`, `name`, `itemprop` or `http-equiv`), the most telling first.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publication_date",
    "date",
)
_PUBLISHER = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher")
# Elements that say the same, where no meta element does.
_PUBLISHED_ELEMENTS = (
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "//article//time[@datetime][1]/@datetime",
)
_TITLE_ELEMENTS = ("//head/title/text()", "//h1[1]//text()")
_ADDRESS_ELEMENTS = ("//link[@rel='canonical']/@href",)
_LANGUAGE_ELEMENTS = ("/html/@lang",)
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|WebPage)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """The metadata as worded on the page; None where it says nothing."""

    title: str | None
    publisher: str | None
    published: str | None
    uri: str | None
    language: str | None


def find_page_facts(tree: lxml.html.HtmlElement) -> PageFacts:
    """The page's own account of itself: meta elements first, then its linked data (schema.org)."""
    metas = _find_metas(tree)
    article: dict[str, object] = next(_find_articles(tree), {})
    uri = _first(tree, _ADDRESS_ELEMENTS) or metas.get("og:url")
    return PageFacts(
        title=metas.get("og:title") or _first(tree, _TITLE_ELEMENTS) or _words(article.get("headline")),
        publisher=_first_of(metas, _PUBLISHER) or _name_of(article.get("publisher")),
        published=_first_of(metas, _PUBLISHED)
        or _words(article.get("datePublished"))
        or _first(tree, _PUBLISHED_ELEMENTS),
        uri=uri if uri is not None and _is_address(uri) else None,
        language=_language_code(_first(tree, _LANGUAGE_ELEMENTS) or metas.get("content-language")),
    )


def _find_metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """What the meta elements say, by their name in lower case; of several of one name the first."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _words(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if content is not None and name:
                metas.setdefault(name.lower(), content)
    return metas


def _first_of(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _first(tree: lxml.html.HtmlElement, paths: tuple[str, ...]) -> str | None:
    return next((found for path in paths for words in tree.xpath(path) if (found := _words(words))), None)


def _words(value: object) -> str | None:
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _name_of(value: object) -> str | None:
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _is_address(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _language_code(words: str | None) -> str | None:
    """'en' from 'en-GB'; None from anything that is no code."""
    code = re.match(r"([A-Za-z]{2,3})(?:[-_,]|$)", words or "")
    return code[1].lower() if code else None


def _find_articles(tree: lxml.html.HtmlElement) -> Iterator[dict[str, object]]:
    for words in tree.xpath(_LINKED_DATA):
        try:
            linked = json.loads(words)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(linked)


def _articles_in(linked: object) -> Iterator[dict[str, object]]:
    graph = linked.get("@graph") if isinstance(linked, dict) else None
    for each in linked if isinstance(linked, list) else graph if isinstance(graph, list) else [linked]:
        if isinstance(each, dict) and _ARTICLE.fullmatch(_kind_of(each.get("@type"))):
            yield each


def _kind_of(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""
