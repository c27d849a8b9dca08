"""One document in, one reading out: every part in its order, each a function that thinks and touches nothing else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from truceline import __version__
from truceline.errors import Problem, Severity
from truceline.kit.nearby import Nearby
from truceline.model.actor import Actor, ActorKind
from truceline.model.attribution import Attribution
from truceline.model.claim import Claim
from truceline.model.document import Document, Form
from truceline.model.mention import Mention, MentionType
from truceline.model.mission import Mission
from truceline.model.place import Place, Toponym
from truceline.model.quantity import Unit
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.model.when import Basis, TimexType, When
from truceline.read.actors import ActorHit, ActorIndex
from truceline.read.actors_world import merge_actors, world_actors
from truceline.read.assemble import Assembler, Parts, attributions_of, without_idle_pointers
from truceline.read.attribution import find_relations
from truceline.read.attribution_relation import Relation
from truceline.read.attribution_scenes import Setting, without_mute
from truceline.read.attribution_trained import hear_relations
from truceline.read.certainty_words import load_words
from truceline.read.coding import code_reading
from truceline.read.cues import load_cues
from truceline.read.entries import find_entry
from truceline.read.event_words import find_event_words, sureness_of
from truceline.read.events import find_events, outside_names
from truceline.read.gazetteer import Gazetteer, open_gazetteer
from truceline.read.gazetteer_in_use import gazetteer_fingerprint, user_cache
from truceline.read.incident_features import Scene
from truceline.read.incident_types import Judgement, judge_incidents
from truceline.read.incident_weights import load_weights
from truceline.read.labels import find_labels, whose
from truceline.read.lexicon import load_lexicon
from truceline.read.mentions import apart, find_mentions, sums_of
from truceline.read.mentions_trained import AsNoticed, MarkSource
from truceline.read.models import load_tokens, load_trained, trained_fingerprint
from truceline.read.names_trained import name_things, words_within
from truceline.read.notices import find_notices
from truceline.read.offsets import move_offsets
from truceline.read.pieces import pieces_of
from truceline.read.places import find_places
from truceline.read.places_anaphora import resolve_anaphora
from truceline.read.quantities import find_quantities
from truceline.read.recase import recased
from truceline.read.references import settle, with_references
from truceline.read.reported import reported_within
from truceline.read.roles import RoleEvidence, RulesAlone, with_evidence
from truceline.read.roles_trained import TrainedRoles
from truceline.read.rows_within import unread_rows, without_rows
from truceline.read.sentences import parse_texts
from truceline.read.speakers import Speakers
from truceline.read.tables import read_row
from truceline.read.times import find_times, find_times_and_mistakes
from truceline.read.trained import Noticed, Trained
from truceline.vocab.dictionaries import Dictionaries

if TYPE_CHECKING:
    from truceline.read.table import Doc

PROSE = "en"
BATCH = 256


class Reader:
    """Reads documents for one mission, or without any.

    `countries` are ISO alpha-2 codes, likeliest first; `timezone` an IANA name that says what a local day is.
    `evidence` adds participants and kinds to what the rules find; left out, the trained encoder's is taken.
    `marks` may put other marks of mentions in the place of the encoder's own.
    With `dictionaries` every event is also coded in their codes.
    `truce_began`, set later, is the instant from which "since the truce began" counts.
    """

    def __init__(
        self,
        *,
        actors: Sequence[Actor],
        places: Sequence[Place],
        countries: Sequence[str],
        timezone: str,
        evidence: RoleEvidence | None = None,
        dictionaries: Dictionaries | None = None,
        marks: MarkSource | None = None,
        by_syntax_alone: bool = False,
    ) -> None:
        self.marks: MarkSource = marks or AsNoticed()
        self.by_syntax_alone = by_syntax_alone
        self.evidence: RoleEvidence = evidence or RulesAlone()
        self.actors = merge_actors(world_actors(), actors)
        self.index = ActorIndex(self.actors)
        self.places = tuple(places)
        self.countries = tuple(countries)
        self.timezone = timezone
        self.truce_began: datetime | None = None
        self.dictionaries = dictionaries
        self._kinds = {actor.id: actor.kind for actor in self.index.actors.values()}
        self._spoken_for = sha256(repr((self.actors, tuple(places), self.countries, timezone)).encode()).hexdigest()[
            :12
        ]

    @cached_property
    def trained(self) -> Trained | None:
        """The trained encoder, loaded for the first prose; None for a reader by syntax alone."""
        return None if self.by_syntax_alone else load_trained()

    @cached_property
    def _names_like_times(self) -> re.Pattern[str] | None:
        """What finds the names of the mission's places that hold a time, the longest first; None without any."""
        names = {name for place in self.places for name in (place.name, *place.aliases)}
        like = sorted((each for each in names if any(find_times(each, published_at=None))), key=lambda each: -len(each))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, like))})\b") if like else None

    def judge(self, scene: Scene) -> Judgement:
        """What the text as a whole reports of incidents."""
        return judge_incidents(scene, load_weights())

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Opened for the first prose: a run with nothing to read never needs it."""
        return open_gazetteer(self.places, countries=self.countries)

    @classmethod
    def for_mission(cls, mission: Mission, dictionaries: Dictionaries | None = None) -> "Reader":
        """A reader that knows the mission's actors, places and time zone."""
        reader = cls(
            actors=mission.actors,
            places=mission.places,
            countries=mission.countries,
            timezone=mission.timezone,
            dictionaries=dictionaries,
        )
        reader.truce_began = mission.truce_began
        return reader

    @classmethod
    def default(cls, dictionaries: Dictionaries | None = None, marks: MarkSource | None = None) -> "Reader":
        """A reader that knows the states of the world and no mission."""
        return cls(actors=(), places=(), countries=(), timezone="UTC", dictionaries=dictionaries, marks=marks)

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same document could be read differently."""
        coding = "" if self.dictionaries is None else self.dictionaries.fingerprint
        trained = "" if self.by_syntax_alone else trained_fingerprint()
        truce = "" if self.truce_began is None else f"{self.truce_began:%Y%m%dT%H%M}"
        world = gazetteer_fingerprint(user_cache())
        parts = (__version__, self._spoken_for, truce, coding, trained, world, self.evidence.name, self.marks.name)
        return "-".join(filter(None, parts))

    def read(self, document: Document) -> Reading:
        """The reading of one document."""
        return next(self.read_all([document]))

    def read_all(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Readings in the documents' order; prose is parsed in batches."""
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            prose = [without_rows(self._in_two_cases(each)) for each in batch if self._is_prose(each)]
            parsed = zip(prose, parse_texts((each.text for each in prose), ner=self.by_syntax_alone), strict=True)
            for document in batch:
                reported = reported_within(document.published_at, timezone=self.timezone)
                if self._is_prose(document):
                    notices = tuple(find_notices(document.text, published=self._local_day(document.published_at)))
                    reading = self._read_prose(*next(parsed))
                    told = (*reading.problems, *unread_rows(document))
                    yield replace(reading, document=document, reported=reported, problems=told, notices=notices)
                elif document.form in {Form.UCDP_GED, Form.ACLED}:
                    yield read_row(document, actors=self.actors, timezone=self.timezone)
                else:
                    yield replace(self._read_foreign(document), reported=reported)

    def _notice(self, document: Document) -> Noticed | None:
        """What the encoder notices in a document, None where there is no encoder."""
        if self.trained is None or not document.text.strip():
            return None
        return self.trained.notice(pieces_of(document.text, load_tokens()))

    def _in_two_cases(self, document: Document) -> Document:
        """The document as a newspaper would set it, where it is written in one case; offsets stay."""
        return replace(document, text=recased(document.text, lambda word: bool(self.gazetteer.named(word))))

    def _is_prose(self, document: Document) -> bool:
        table = document.form in {Form.UCDP_GED, Form.ACLED}
        return not table and (document.language or PROSE).split("-")[0] == PROSE

    def _read_prose(self, document: Document, doc: "Doc") -> Reading:
        noticed = self._notice(document)
        marks = None if noticed is None else self.marks.marks_of(document, noticed)
        times, mistakes = self._times(document, doc)
        if marks is not None:
            name_things(doc, marks, [each.span for each in times if each.span is not None])
        cues, lexicon = load_cues(), load_lexicon()
        day = self._local_day(document.published_at)
        found = tuple(self.index.find_actors(document.text, on=day))
        settled = settle(doc, self.index, found, on=day, publisher=document.publisher)
        hits = settled.hits
        named = self._named_places(document.text, hits, doc)
        places = placed(document.text, named, points_back=True, gazetteer=self.gazetteer)
        relations = self._relations(doc, noticed, places, hits, times)
        contents = [piece for relation in relations for piece in relation.content]
        counted = tuple(find_quantities(doc, times=times))
        doc.places = words_within(doc, [each.span for each in named])
        names = [hit.span for hit in hits if not hit.is_country]
        ruled = tuple(outside_names(find_events(doc, lexicon, contents), names))
        parts = Parts(
            doc=doc,
            document=document,
            relations=relations,
            events=with_evidence(ruled, doc, self._roles(noticed)),
            passed_over=() if noticed is None else tuple(find_event_words(doc, noticed, lexicon)),
            places=places,
            times=times,
            quantities=tuple(each for each in counted if each.unit is not Unit.MONEY),
            labels=tuple(find_labels(doc, names)),
            published=self._published(document.published_at),
            mistaken=mistakes,
        )
        speakers = Speakers(doc, self.index, cues, settled, day)
        attributions = attributions_of(parts, speakers)
        priors = None if noticed is None else sureness_of(doc, noticed)
        claims = Assembler(parts, attributions, speakers, lexicon, cues, load_words(), priors).claims()
        places, claims = without_idle_pointers(places, claims)
        entry = find_entry(document, places, times, claims)
        claims = claims if entry is None else (*claims, entry)
        known = [*sums_of(counted, document.text), *self._known(hits, named, acting(claims, attributions))]
        mentions, references = with_references(
            find_mentions(doc, known, marks), settled.references, hits, document.text
        )
        judged = None if noticed is None else self.judge(Scene(doc=doc, events=ruled, claims=claims, noticed=noticed))
        reading = Reading(
            document=document,
            mentions=mentions,
            references=references,
            labels=whose(parts.labels, attributions, document.text),
            places=places,
            times=times,
            quantities=tuple(parts.quantities),
            attributions=attributions,
            claims=claims,
            problems=mistakes,
            incident_types=None if judged is None else judged.types,
            involved=None if judged is None else judged.involved,
        )
        return reading if self.dictionaries is None else code_reading(reading, doc, self.dictionaries, on=day)

    def _roles(self, noticed: Noticed | None) -> RoleEvidence:
        """Where the roles of events are seen: the evidence asked for, else what the encoder noticed."""
        return self.evidence if noticed is None or self.evidence.name else TrainedRoles(noticed)

    def _relations(
        self,
        doc: "Doc",
        noticed: Noticed | None,
        places: Sequence[Toponym],
        hits: Sequence[ActorHit],
        times: Sequence[When],
    ) -> list[Relation]:
        """Who says what; where and when things happen says nothing."""
        cues = load_cues()
        told = find_relations(doc, cues) if noticed is None else hear_relations(doc, cues, noticed)
        actors = Nearby([hit.span for hit in hits], lambda span: (span,))
        where = Setting(
            places=tuple(each.span for each in places),
            silent=tuple(
                each.span for each in places if not any(hit.overlaps(each.span) for hit in actors.around(each.span))
            ),
            times=tuple(each.span for each in times if each.span is not None),
        )
        return without_mute(told, doc, cues, where)

    def _named_places(self, text: str, hits: Sequence[ActorHit], doc: "Doc | None") -> list[Toponym]:
        """Places by their names; a name inside an actor's longer name ('Ahrar al-Sham') is the actor's."""
        found = find_places(text, gazetteer=self.gazetteer, countries=self.countries, doc=doc)
        longer = Nearby([hit.span for hit in hits if not hit.is_country], lambda span: (span,))
        return [
            each
            for each in found
            if not any(span.covers(each.span) and len(span) > len(each.span) for span in longer.around(each.span))
        ]

    def _read_foreign(self, document: Document) -> Reading:
        """Prose in a language without a grammar here: names and dates are read, claims are not guessed."""
        times, mistakes = self._times(document, None)
        hits = tuple(hit for hit in self.index.find_actors(document.text) if not hit.is_seat)
        named = self._named_places(document.text, hits, None)
        places = placed(document.text, named, points_back=False, gazetteer=self.gazetteer)
        return Reading(
            document=document,
            mentions=tuple(sorted(self._known(hits, named, ()), key=lambda each: each.span)),
            places=places,
            times=times,
            problems=(
                *mistakes,
                Problem(
                    code="language.unsupported",
                    message=f"language '{document.language}': places, actors and dates were read, claims were not; "
                    "add an English translation beside the original to have its claims read",
                    where=document.id,
                    severity=Severity.WARNING,
                ),
            ),
        )

    def _times(self, document: Document, doc: "Doc | None") -> tuple[tuple[When, ...], tuple[Problem, ...]]:
        """The times of a document, and what is written like one and is none of any calendar."""
        found = tuple(
            find_times_and_mistakes(
                document.text,
                published_at=document.published_at,
                timezone=self.timezone,
                doc=doc,
                truce_began=self.truce_began,
                names=tuple(self._like_times(document.text)),
            )
        )
        problems = tuple(replace(each, where=document.id) for each in found if isinstance(each, Problem))
        return tuple(each for each in found if isinstance(each, When)), problems

    def _like_times(self, text: str) -> Iterator[Span]:
        """Names of the mission's places in which a time could be read: 'the 7 July district'."""
        if self._names_like_times is not None:
            yield from (Span(*each.span()) for each in self._names_like_times.finditer(text))

    def _known(self, hits: Sequence[ActorHit], places: Sequence[Toponym], acting: Sequence[Span]) -> list[Mention]:
        """Actors and places as mentions, the longer of two overlapping ones first."""
        near = Nearby(acting, lambda span: (span,))
        typed = [(hit, self._mention_type(hit, near.around(hit.span))) for hit in hits]
        named = [
            Mention(span=hit.span, type=kind, actor=hit.actor_id)
            for hit, kind in typed
            if not (hit.is_country and kind is MentionType.LOCATION)
        ]
        named += [Mention(span=each.span, type=MentionType.LOCATION) for each in places]
        return apart(sorted(named, key=lambda each: (-len(each.span), each.span, each.actor is None)))

    def _mention_type(self, hit: ActorHit, acting: Sequence[Span]) -> MentionType:
        """A country is a place, unless it acts or speaks: then it is its government."""
        if hit.is_country:
            deeds = any(span.covers(hit.span) and len(span) <= len(hit.span) + len("the ") for span in acting)
            return MentionType.ORGANISATION if deeds else MentionType.LOCATION
        match self._kinds.get(hit.actor_id):
            case ActorKind.PERSON | ActorKind.ROLE:
                return MentionType.PERSON
            case _:
                return MentionType.ORGANISATION

    def _local_day(self, moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(ZoneInfo(self.timezone)).date()

    def _published(self, moment: datetime | None) -> When | None:
        """The local day of publication: what stands in when the text states no time."""
        day = self._local_day(moment)
        if day is None:
            return None
        zone = ZoneInfo(self.timezone)
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
        following = day + timedelta(days=1)
        end = datetime(following.year, following.month, following.day, tzinfo=zone)
        return When(
            span=None,
            type=TimexType.DATE,
            value=day.isoformat(),
            start=midnight.astimezone(UTC),
            end=end.astimezone(UTC),
            basis=Basis.PUBLISHED,
        )


def placed(text: str, named: Sequence[Toponym], *, points_back: bool, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Places named and, where asked, pointed back to ('the city'), moved where the text says 'north of'."""
    pointed = list(resolve_anaphora(text, named)) if points_back else []
    return tuple(move_offsets(text, sorted([*named, *pointed], key=lambda each: each.span), gazetteer=gazetteer))


def acting(claims: Sequence[Claim], attributions: Sequence[Attribution]) -> tuple[Span, ...]:
    """The words of everybody who acts or speaks."""
    agents = (each.span for claim in claims for each in claim.agents)
    speakers = (piece for each in attributions for piece in each.source)
    return (*agents, *speakers)


def failed_reading(document: Document, problem: Problem) -> Reading:
    """The reading of a document that could not be read: its problem and empty lists, never a missing line."""
    return replace(Reading(document=document), problems=(problem,))
