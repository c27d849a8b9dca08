"""The pages of single incidents and documents, and the lists of them."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from truceline.kit.visible import visible
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance
from truceline.publish import words
from truceline.publish.cards import card_of, row_of, rows_of
from truceline.publish.cutting import has_whole_text
from truceline.publish.drawing import spot_map
from truceline.publish.lineage import draw_origins, tell_links
from truceline.publish.looks import find_kinds, find_shapes, line_of
from truceline.publish.lookup import Lookup, in_order, safe_href, safe_name
from truceline.publish.marking import Mark, Piece, mark_up
from truceline.publish.page import render
from truceline.publish.redact import ROUNDED
from truceline.publish.sections import points_of
from truceline.publish.side_by_side import find_no_longer_said, find_steps
from truceline.publish.values import sum_lines, value_rows

PAGES_LIMIT = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list of documents."""

    title: str
    publisher: str
    published: str
    file: str
    claims_count: int


def choose_paged(lookup: Lookup, *, limit: int = PAGES_LIMIT) -> frozenset[str]:
    """The incidents that get a page: all, or where there are too many the period's, then those with most origins."""
    held = lookup.view.incidents
    if len(held) <= limit:
        return frozenset(each.id for each in held)
    order = sorted(
        held, key=lambda each: (not lookup.in_period(each), -len(each.origins), -len(each.versions), each.id)
    )
    return frozenset(each.id for each in order[:limit])


def choose_documents(lookup: Lookup, paged: frozenset[str], *, limit: int = PAGES_LIMIT) -> frozenset[str]:
    """The files of documents that get a page: all, or, where they are too many, those a published incident cites."""
    held = lookup.view.documents
    if len(held) > limit:
        cited = {each.document for one in paged for each in lookup.incidents[one].versions}
        held = tuple(each for each in held if each.id in cited)
    return frozenset(f"{safe_name(each.id)}.html" for each in held)


def incident_page(
    incident: Incident,
    lookup: Lookup,
    *,
    paged: frozenset[str],
    documents: frozenset[str],
    template: str = "incident.html",
    **more: Any,
) -> str:
    """Everything held on one incident; a `template` of a service may show `more` below it."""
    assessment = lookup.assessments.get(incident.id)
    cards = [
        (version.stance, card_of(lookup.tellings[version.claim], lookup, version=version))
        for version in incident.versions
        if version.claim in lookup.tellings
    ]
    place, row = lookup.place(incident.place), row_of(incident, lookup, paged=paged)
    tellers = {each.claim: lookup.publisher(each) for each in lookup.cited(incident)}
    return render(
        template,
        lookup,
        here="incidents",
        depth=1,
        documents=documents,
        row=row,
        place_note=place.reason if place is not None and place.reason == ROUNDED else "",
        grade=incident.grade,
        values=value_rows(incident, tellers, lookup.zone),
        sums=tuple(sum_lines(incident, tellers)),
        spot=None if place is None else spot_map(place, row.kind, lookup.view.mission.countries, root="../"),
        spot_words=words.DRAWN_WORDS[place.precision] if place is not None and place.precision else "",
        tells=[card for stance, card in cards if stance is not Stance.DENIES],
        denies=[card for stance, card in cards if stance is Stance.DENIES],
        points=points_of(incident, lookup),
        origins=incident.origins,
        origin_note=incident.origin_note,
        lineage=draw_origins(incident, lookup),
        lineage_words=tell_links(incident, lookup),
        reasons=incident.reasons,
        assessment=assessment,
        gone=find_no_longer_said(incident, lookup),
        by=words.list_words(lookup.actor_names(assessment.by)) if assessment else "",
        **more,
    )


def incidents_page(lookup: Lookup, *, paged: frozenset[str], documents: frozenset[str]) -> str:
    """The list of incidents that have a page."""
    shown = in_order(each for each in lookup.view.incidents if each.id in paged)
    return render(
        "incidents.html",
        lookup,
        here="incidents",
        depth=1,
        documents=documents,
        rows=rows_of(shown, lookup, paged=paged),
        shown=len(shown),
        total=len(lookup.view.incidents),
        kinds=find_kinds(),
        shapes=find_shapes(),
    )


def document_page(
    document: Document,
    lookup: Lookup,
    *,
    paged: frozenset[str],
    documents: frozenset[str],
    template: str = "document.html",
    **more: Any,
) -> str:
    """One document, its claims underlined; a `template` of a service may show `more` below it."""
    tellings = lookup.told_in.get(document.id, ())
    marks = [
        Mark(
            span=each.span, kind="claim", ref=each.claim, line=line_of(each.mood, each.factuality, negated=each.negated)
        )
        for each in tellings
        if each.span.end <= len(document.text)
    ]
    title = document.title or document.id
    return render(
        template,
        lookup,
        here="documents",
        depth=1,
        documents=documents,
        document=document,
        has_text=has_whole_text(document),
        title=title,
        latin=words.transliteration(title),
        publisher=document.publisher or "Unknown publisher",
        published=words.instant_words(document.published_at, lookup.zone) if document.published_at else "date unknown",
        href=safe_href(document.uri),
        marked=mark_up(document.text, marks, lambda piece, inner: dress_claim(piece, inner, lookup, paged)),
        cards=[card_of(each, lookup) for each in tellings],
        steps=find_steps(document, lookup),
        problems=[each.message for each in lookup.view.problems if each.where == document.id],
        **more,
    )


def dress_claim(piece: Piece, inner: Markup, lookup: Lookup, paged: frozenset[str]) -> Markup:
    """A piece of a claim underlined by its certainty; where a claim ends, a link to its incident."""
    if not piece.marks:
        return inner
    ids = Markup("").join(Markup('<a id="c-{}"></a>').format(safe_name(mark.ref)) for mark in piece.starting)
    dressed = Markup('{}<span class="claim {}">{}</span>').format(ids, piece.marks[0].line or "", inner)
    linked = [one for mark in piece.ending for one in lookup.held_by.get(mark.ref, ()) if one in paged]
    refs = Markup("").join(
        Markup('<sup class="ref"><a href="../incidents/{}.html" title="{}">↗</a></sup>').format(
            safe_name(one), visible(lookup.incidents[one].title)
        )
        for one in dict.fromkeys(linked)
    )
    return dressed + refs


def documents_page(lookup: Lookup, *, documents: frozenset[str]) -> str:
    """The list of documents that have a page, by time of publication."""
    held = sorted(lookup.view.documents, key=lambda each: (str(each.published_at or ""), each.id))
    listed = [listed_of(each, lookup) for each in held if f"{safe_name(each.id)}.html" in documents]
    return render(
        "documents.html", lookup, here="documents", depth=1, documents=documents, shown=listed, total=len(held)
    )


def listed_of(document: Document, lookup: Lookup) -> Listed:
    return Listed(
        title=document.title or document.id,
        publisher=document.publisher or "Unknown publisher",
        published=words.instant_words(document.published_at, lookup.zone) if document.published_at else "date unknown",
        file=f"{safe_name(document.id)}.html",
        claims_count=len(lookup.told_in.get(document.id, ())),
    )
