"""Pages as tables: the same as they show, a CSV each."""

from collections.abc import Iterator
from datetime import timedelta

from truceline.publish.bulletin import Bulletin
from truceline.publish.cells import Cell, instant, write_table
from truceline.publish.lookup import Lookup, safe_name
from truceline.store.browse import Browser
from truceline.web.agreement import party_lines, who_words
from truceline.web.timeline import Timeline

AT_ONCE = 500


def timeline_csv(timeline: Timeline | None) -> str:
    """A bar a line; nothing where no day of it had a report and no incident is told of it."""
    header = ("from", "to", "incidents", "days_with_a_report", "days")
    return write_table(header, () if timeline is None else timeline_lines(timeline))


def timeline_lines(timeline: Timeline) -> Iterator[tuple[Cell, ...]]:
    start = timeline.first
    for bar in timeline.bars:
        last = start + timedelta(days=bar.days - 1)
        count = bar.count if bar.is_observed or bar.count else None
        yield start.isoformat(), last.isoformat(), count, bar.seen_days, bar.days
        start = last + timedelta(days=1)


def documents_csv(browser: Browser | None) -> str:
    """The latest version of every document, the latest published first."""
    header = ("document", "title", "publisher", "published_at", "language", "version", "claims", "page")
    return write_table(header, () if browser is None else document_lines(browser))


def document_lines(browser: Browser) -> Iterator[tuple[Cell, ...]]:
    offset = 0
    while lines := browser.documents(limit=AT_ONCE, offset=offset):
        for each in lines:
            page = f"documents/{safe_name(each.id)}.html"
            told = (each.id, each.title, each.publisher, instant(each.published_at), each.language)
            yield *told, each.version, each.claims_count, page
        offset += len(lines)


def watch_csv(bulletin: Bulletin) -> str:
    """The figures of the period by heading, each with its interval and what it was counted out of."""
    header = ("by", "name", "incidents", "low", "high", "observed_days", "sources", "origins", "before", "note")
    headed = (
        ("all", bulletin.total),
        *(("area", each) for each in bulletin.by_area),
        *(("party", each) for each in bulletin.by_party),
        *(("kind", each) for each in bulletin.by_kind),
    )
    lines = (
        (
            *(by, each.name, each.count, each.low, each.high, each.days),
            *(each.sources, each.origins, each.compared, each.note),
        )
        for by, each in headed
    )
    return write_table(header, lines)


def agreement_csv(lookup: Lookup) -> str:
    """Terms, groups and local truces, one a line, with the source of each."""
    header = ("what", "id", "name", "standing", "binds", "protects", "starts", "ends", "clause", "source")
    return write_table(header, agreement_lines(lookup))


def agreement_lines(lookup: Lookup) -> Iterator[tuple[Cell, ...]]:
    agreement = lookup.view.mission.agreement
    if agreement is None:
        return
    for term in agreement.obligations:
        starts = instant(term.begins[0]) if term.begins else None
        who = (who_words(term.binds, lookup), who_words(term.protects, lookup))
        yield "term", term.id, term.title, term.duty.value, *who, starts, instant(term.until), term.clause, term.source
    for each in party_lines(agreement, lookup):
        yield "group", each.party, each.name, each.standing, None, None, each.when, None, None, each.source
    for truce in sorted(agreement.local_truces, key=lambda one: (one.start, one.id)):
        binds = who_words(truce.binds, lookup)
        window = instant(truce.start), instant(truce.end)
        yield "local truce", truce.id, truce.name, None, binds, None, *window, None, truce.source
