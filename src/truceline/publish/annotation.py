"""The annotated article: the words with everything read off them, and what the register holds for or against."""

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from truceline.kit.visible import visible
from truceline.model.check import ArticleCheck
from truceline.model.incident import Stance
from truceline.model.reading import Reading
from truceline.model.view import View
from truceline.publish import words
from truceline.publish.article import Article, Paragraph, lay_out
from truceline.publish.article_text import article_text
from truceline.publish.cards import Row, TellingCard, card_of, row_of
from truceline.publish.lookup import Lookup, look_up, safe_href, safe_name
from truceline.publish.marking import Piece, cut
from truceline.publish.page import asset, templates
from truceline.publish.pins import pins_map
from truceline.publish.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """The annotated article as a page that needs no other file, and as text for a terminal of 100 columns."""

    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldIncident:
    """An incident of the register that speaks for or against a claim, with its tellings."""

    row: Row
    tells: tuple[TellingCard, ...]
    denies: tuple[TellingCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What an article page says of the register it was held against."""

    mission: str
    as_of: str
    fingerprint: str
    release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What a service puts around an article: its bar, its style sheets and scripts by address, what it says above it.

    `root` is the way to the site's front page, `here` the article's entry in the bar.
    """

    site: Site
    root: str
    here: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...] = ()
    said: str = ""


TELLINGS_LIMIT = 4


def annotate(check: ArticleCheck, view: View, *, site: str = "", frame: PageFrame | None = None) -> Annotated:
    """The article held against the register. `site` is where the published folder lies, seen from the page.

    With a `frame` it is a page among others, its style in files; without, it needs no other file.
    """
    lookup = look_up(view)
    actors = {each.id: each.name for each in view.mission.actors}
    article = lay_out(
        check.reading,
        actors=actors,
        zone=lookup.zone,
        countries=view.mission.countries,
        place_kinds=lookup.place_kinds,
        check=check,
        release=view.release,
    )
    register = Register(
        mission=view.mission.name,
        as_of=lookup.as_of,
        fingerprint=view.fingerprint,
        release="" if view.release is None else words.release_words(view.release),
    )
    held = held_incidents(article, lookup)
    html = article_html(article, register=register, held=held, site=site, frame=frame)
    return Annotated(html=html, text=article_text(article, held={each.row.id: each.row for each in held.values()}))


def reading_html(reading: Reading, *, actors: Mapping[str, str]) -> str:
    """The page of a reading alone, held against nothing."""
    article = lay_out(reading, actors=actors)
    return article_html(article, register=None, held={}, site="")


def article_html(
    article: Article,
    *,
    register: Register | None,
    held: Mapping[str, HeldIncident],
    site: str,
    frame: PageFrame | None = None,
) -> str:
    """The page: one file, its style inside and named by hash, no script; or one within a frame."""
    document = article.reading.document
    title = document.title or document.id
    style = _style() if frame is None else ""
    return (
        templates()
        .get_template("article.html")
        .render(
            csp=f"default-src 'none'; style-src '{_hash_of(style)}'; base-uri 'none'; form-action 'none'",
            style=Markup(style),  # noqa: S704 - our own file, with no text from outside in it
            title=title,
            latin=words.transliteration(title),
            document=document,
            publisher=document.publisher or "",
            published=words.day_words(document.published_at.date()) if document.published_at else "date unknown",
            href=safe_href(document.uri),
            article=article,
            register=register,
            site=site,
            frame=frame,
            held=held,
            map=pins_map(article.pins, article.country),
            lines=Counter(note.line.value for note in article.notes),
            holdings=count_holdings(article),
            dressed=[(each, dress(each, article)) for each in article.paragraphs],
            documents=frozenset(),
            words=words,
        )
    )


def count_holdings(article: Article) -> list[tuple[str, str, int]]:
    """How many assertions about events got which answer of the register: sign, words, count."""
    found = Counter(
        (note.held.sign, note.held.words) for note in article.notes if note.held is not None and note.held.sign != "·"
    )
    return [(sign, said, count) for (sign, said), count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def held_incidents(article: Article, lookup: Lookup) -> dict[str, HeldIncident]:
    """The incidents that the notes lead to, by id, in the order in which they are first named."""
    named = dict.fromkeys(one for note in article.notes if note.held for _, ids in note.held.named for one in ids)
    every = frozenset(lookup.incidents)
    return {one: held_incident(one, lookup, every) for one in named if one in lookup.incidents}


def held_incident(id: str, lookup: Lookup, paged: frozenset[str]) -> HeldIncident:
    incident = lookup.incidents[id]
    cards = [
        (version.stance, card_of(lookup.tellings[version.claim], lookup, version=version))
        for version in incident.versions
        if version.claim in lookup.tellings
    ]
    return HeldIncident(
        row=row_of(incident, lookup, paged=paged),
        tells=tuple(card for stance, card in cards if stance is not Stance.DENIES)[:TELLINGS_LIMIT],
        denies=tuple(card for stance, card in cards if stance is Stance.DENIES)[:TELLINGS_LIMIT],
    )


def dress(paragraph: Paragraph, article: Article) -> Markup:
    """The words of a paragraph with every mark on them."""
    text = article.reading.document.text
    return Markup("").join(dress_piece(each, text, article) for each in cut(article.marks, paragraph.span))


def dress_piece(piece: Piece, text: str, article: Article) -> Markup:
    """One piece: its words, its classes, its tip; behind it the letters and numbers of what ends here."""
    inner: Markup = escape(visible(piece.span.of(text)))
    if not piece.marks:
        return inner
    claims = [mark for mark in piece.marks if mark.kind == "claim"]
    kinds = list(dict.fromkeys(mark.kind for mark in piece.marks if mark.kind != "claim"))
    classes = [*kinds, *(["claim", str(claims[0].line)] if claims else [])]
    classes += [f"{mark.kind}-first" for mark in piece.starting if mark.kind in ("speaker", "anonymous")]
    classes += [f"{mark.kind}-last" for mark in piece.ending if mark.kind in ("speaker", "anonymous")]
    tip = "; ".join(dict.fromkeys(article.tips[mark.ref] for mark in piece.marks if mark.ref in article.tips))
    titled = Markup(' title="{}"').format(tip) if tip else Markup("")
    claims.sort(key=lambda mark: (len(mark.span), article.distance(mark.ref, piece.span)))
    numbers = dict.fromkeys(article.numbers[mark.ref] for mark in claims)
    numbered = Markup(' data-c="{}"').format(" ".join(map(str, numbers))) if numbers else Markup("")
    return Markup('<span class="{}"{}{}>{}</span>{}').format(
        " ".join(dict.fromkeys(classes)), numbered, titled, inner, _refs(piece, article)
    )


def _refs(piece: Piece, article: Article) -> Markup:
    """The letters of places and the numbers of claims that end with this piece."""
    places = [article.tips[mark.ref].split(" on the map")[0] for mark in piece.ending if mark.kind == "place"]
    pins = [
        Markup('<a class="pin-ref" href="#places">{}</a>').format(each)
        for each in dict.fromkeys(places)
        if len(each) <= 3
    ]
    numbers = sorted(article.numbers[mark.ref] for mark in piece.ending if mark.kind == "trigger")
    claims = [
        Markup(
            '<sup class="ref"><a id="c{0}" href="#n{0}" aria-label="note {0}" data-words="{1}">{0}</a></sup>'
        ).format(number, visible(article.neutral[number]))
        for number in numbers
    ]
    return Markup("").join([*pins, *claims])


@cache
def _style() -> str:
    return asset("style.css") + asset("article.css")


def _hash_of(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def name_of_page(site: str, incident: str) -> str:
    """Where the page of an incident lies, seen from the article."""
    return f"{site}incidents/{safe_name(incident)}.html"
