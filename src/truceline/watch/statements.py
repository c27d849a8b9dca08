"""What texts state about trends and about days to come, held against the register."""

from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from truceline.model.assessment import Assessment
from truceline.model.document import Document
from truceline.model.incident import Incident
from truceline.model.mission import Mission
from truceline.model.place import Toponym
from truceline.model.span import Span
from truceline.model.telling import Telling
from truceline.model.trend import StatedTrend, Statements, TrendCheck
from truceline.vocab.actors import cells, demonyms
from truceline.vocab.predictions import load_prediction_table
from truceline.vocab.rates import load_rate_table
from truceline.vocab.trends import load_trend_table
from truceline.watch.counting import count_ready
from truceline.watch.days import TABLES, find_exposure, find_source, source_names
from truceline.watch.narrowing import find_narrowing, narrow
from truceline.watch.predictions import Told, score_predictions, score_sources
from truceline.watch.stated_actors import Names, compile_names
from truceline.watch.stated_days import Clock
from truceline.watch.stated_predictions import Foreseeing, find_predictions
from truceline.watch.stated_trends import Listening, find_trends
from truceline.watch.trend_ground import Ground, find_matching, make_ground
from truceline.watch.trend_tests import run_test

NO_PLACE = "The sentence names no single place that was read: everything watched was counted."
PRONOUNS = {"he", "she", "it", "they", "we", "i", "my", "his", "her", "their", "our", "who", "one", "him", "them"}


def find_statements(
    mission: Mission,
    *,
    incidents: Sequence[Incident],
    assessments: Sequence[Assessment],
    tellings: Sequence[Telling],
    documents: Sequence[Document],
    about: Iterable[Document] | None = None,
) -> Statements:
    """The trends and predictions of the documents `about` (all that are held), answered from all that is held.

    Texts in English only, and only dated ones: without a date 'this week' means nothing. Rows of tables state none.
    """
    table = load_trend_table()
    names = name_actors(mission)
    rates = load_rate_table()
    ground = make_ground(
        count_ready(mission, incidents, assessments, tellings, rates),
        find_exposure(documents, tellings, mission.sources, ZoneInfo(mission.timezone)),
        mission,
        table,
    )
    listening = Listening(table=table, names=names)
    foreseeing = Foreseeing(trends=table, table=load_prediction_table(), names=names)
    told, publishers = group_by_document(tellings), source_names(mission.sources)
    trends, foretold = [], []
    for document in documents if about is None else about:
        clock = read_clock(document, mission)
        if clock is None or document.form in TABLES or document.language not in {None, "en"}:
            continue
        own = told.get(document.id, ())
        source = find_source(document, own[0] if own else None, publishers)
        trends += [
            check_trend(each, own, ground, source) for each in find_trends(document.text, document.id, clock, listening)
        ]
        foretold += [
            Told.of(each, document, find_place(each.span, own, mission), find_speaker(each.span, own), source)
            for each in find_predictions(document.text, document.id, clock.today, foreseeing)
        ]
    scored = score_predictions(foretold, ground)
    return Statements(trends=tuple(trends), predictions=scored, sources=score_sources(scored))


def name_actors(mission: Mission) -> Names:
    adjectives = {each: row["country"] for row in demonyms() for each in cells(row["adjectives"])}
    return compile_names(mission.actors, adjectives)


def read_clock(document: Document, mission: Mission) -> Clock | None:
    """The local day of publication, and the truce where it had begun."""
    if document.published_at is None:
        return None
    zone = ZoneInfo(mission.timezone)
    today = document.published_at.astimezone(zone).date()
    began = mission.truce_began
    truce = None if began is None else began.astimezone(zone).date()
    return Clock(today=today, truce=truce if truce is not None and truce <= today else None)


def group_by_document(tellings: Iterable[Telling]) -> Mapping[str, tuple[Telling, ...]]:
    groups: dict[str, list[Telling]] = {}
    for each in tellings:
        groups.setdefault(each.document, []).append(each)
    return {document: tuple(each) for document, each in groups.items()}


def check_trend(trend: StatedTrend, tellings: Sequence[Telling], ground: Ground, source: str | None) -> TrendCheck:
    """The answer of the register to one stated trend, made by `source`."""
    place = find_place(trend.span, tellings, ground.mission)
    found = run_test(trend, find_matching(trend, place, ground, source), ground)
    narrowing = find_narrowing(trend.words, trend.counted, place, ground.table)
    if narrowing is not None:
        found = narrow(found, trend.kind, narrowing)
    return TrendCheck(
        trend=trend,
        answer=found.answer,
        measure=found.measure,
        figure=found.figure,
        low=found.low,
        high=found.high,
        because=found.because,
        place=None if place is None else place.name,
        caveats=() if place is not None else (NO_PLACE,),
    )


def find_place(span: Span, tellings: Sequence[Telling], mission: Mission) -> Toponym | None:
    """The one place of the claims told in these words, else where they are set; None where several are named.

    Only places in the watched countries: where somebody spoke is not where it happened.
    """
    inside = [each for each in tellings if overlaps(each.span, span)]
    for told in ([each.place for each in inside], [each.scene for each in inside]):
        named = {each.id: each for each in told if each is not None and each.id and each.country in mission.countries}
        if named:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def find_speaker(span: Span, tellings: Sequence[Telling]) -> str | None:
    """The innermost speaker that is known of a claim told in these words; else one as worded, a pronoun never."""
    chain = next((each.chain for each in tellings if overlaps(each.span, span) and each.chain), ())
    known = next((each.actor for each in reversed(chain) if each.actor is not None), None)
    return known or next((each.words for each in reversed(chain) if each.words.casefold() not in PRONOUNS), None)


def overlaps(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
