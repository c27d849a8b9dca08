"""The reports of one incident, arranged for asking: who is meant by a name, a body, a witness."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from truceline.fuse.outlets import credit_words, fold_word, name_words
from truceline.fuse.policy import kinds
from truceline.fuse.registry import Registry
from truceline.kit.near import ARTICLES, EMPTY, WORD
from truceline.model.attribution import SpeakerKind
from truceline.model.source import Source
from truceline.model.telling import Speaker, Telling, Traces

NOTHING_SHOWN = Traces()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """One document of an incident: `family` is whom its publisher speaks with, `publisher` the publisher itself."""

    id: str
    tellings: tuple[Telling, ...]
    source: Source | None
    publisher: str
    family: str
    rank: tuple[bool, float, str]

    @property
    def traces(self) -> Traces:
        return self.tellings[0].traces or NOTHING_SHOWN


@dataclass(slots=True)
class Desk:
    """All reports of one incident by age, and by what they can be asked for."""

    reports: dict[str, Report]
    registry: Registry
    by_publisher: dict[str, list[Report]] = field(default_factory=dict)
    by_family: dict[str, list[Report]] = field(default_factory=dict)
    named: dict[str, list[Report]] = field(default_factory=dict)
    witnesses: dict[str, set[str]] = field(default_factory=dict)
    bodies: list["Body"] = field(default_factory=list)
    by_word: dict[str, "Body"] = field(default_factory=dict)

    def published_by(self, publisher: str, asker: Report) -> Report | None:
        return pick(self.by_publisher.get(publisher, ()), asker)

    def of_family(self, family: str, asker: Report) -> Report | None:
        return pick(self.by_family.get(family, ()), asker)

    def called(self, words: str, asker: Report) -> Report | None:
        """The report whose publisher is called so, in part: 'the local council'; None where several could be meant."""
        asked = name_tokens(words)
        known = asked - _slight() - _officers()
        if not known:
            return None
        held = {id(each): each for word in sorted(asked) for each in self.named.get(word, ())[:MANY]}
        near = [each for each in held.values() if each.id != asker.id]
        fitting = [each for each in near if known <= publisher_tokens(each) or publisher_tokens(each) <= asked]
        if not fitting and not proper_names(words):
            kinds = known & _bodies()
            fitting = [each for each in near if kinds & publisher_tokens(each)]
        publishers = {each.publisher for each in fitting}
        return pick(fitting, asker) if len(publishers) == 1 else None


def is_self(words: str, report: Report) -> bool:
    """'The Ministry', 'our council': the words lead no further than to the publisher."""
    asked, own = name_tokens(words) - _officers(), publisher_tokens(report)
    if len(asked) == 1 and asked <= _bodies() and own & _bodies() and words.casefold().startswith("the "):
        return True  # 'The directorate', in its own statement
    return bool(asked) and asked <= own | SELF


SELF = frozenset({"we", "our", "this", "own", "correspondent", "reporter", "photographer", "witness", "there"})


def arrange_reports(tellings: Iterable[Telling], registry: Registry) -> Desk:
    """The desk of an incident; work grows with its tellings and their speakers."""
    held: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        held[telling.document].append(telling)
    reports = [make_report(name, found, registry) for name, found in held.items()]
    reports.sort(key=lambda each: each.rank)
    desk = Desk({each.id: each for each in reports}, registry)
    if len(reports) < 2:
        return desk
    for each in reports:
        desk.by_publisher.setdefault(each.publisher, []).append(each)
        desk.by_family.setdefault(each.family, []).append(each)
        for word in publisher_tokens(each):
            desk.named.setdefault(word, []).append(each)
        for telling in each.tellings:
            for speaker in telling.chain:
                for name in witness_names(speaker):
                    desk.witnesses.setdefault(name, set()).add(each.family)
        for speaker in each.traces.speakers:
            for name in witness_names(speaker):
                desk.witnesses.setdefault(name, set()).add(each.family)
    return desk


def make_report(name: str, tellings: Sequence[Telling], registry: Registry) -> Report:
    first = min(tellings, key=lambda each: (each.span, each.claim))
    source = registry.sources.get(first.source) if first.source is not None else None
    published = first.published_at
    return Report(
        id=name,
        tellings=tuple(tellings),
        source=source,
        publisher=source.id if source is not None else first.family,
        family=find_family(source, first.family, registry),
        rank=(published is None, published.timestamp() if published is not None else 0.0, name),
    )


def find_family(source: Source | None, publisher: str, registry: Registry) -> str:
    """Whom a publisher speaks with; a branch ('Syria Civil Defence - Aleppo') with the source it is a branch of."""
    if source is None:
        actor = registry.actor_called(publisher)
        if actor is not None:
            return registry.family(actor, None) or f"actor:{registry.party(actor)}"
        source = registry.branch_of(publisher)
    return (registry.family(None, source) if source is not None else None) or publisher


def pick(reports: Sequence[Report], asker: Report) -> Report | None:
    """The latest that was out before the one who asks, else the earliest; never the asker."""
    others = [each for each in reports[:MANY] if each.id != asker.id]
    before = [each for each in others if each.rank <= asker.rank]
    return before[-1] if before else others[0] if others else None


MANY = 50  # reports of one publisher that are looked through


@dataclass(slots=True)
class Body:
    """A body nobody lists, as its speakers word it."""

    key: str
    name: str
    nouns: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


def find_body(desk: Desk, words: str, places: frozenset[str]) -> Body:
    """The body meant: one with a name in common, or of the same kind where one of the two is not named."""
    folded = [fold_word(each) for each in WORD.findall(words)]
    nouns = set(folded) & (_bodies() | _officers())
    names = proper_names(words) - places - nouns
    asked = [f"name {each}" for each in sorted(names)]
    found = next((desk.by_word[each] for each in asked if each in desk.by_word), None)
    if found is None:
        alike = [desk.by_word.get(f"noun {each}") for each in sorted(nouns)]
        found = next((each for each in alike if each is not None and not (each.names and names)), None)
    if found is None:
        found = Body(key=" ".join(each for each in folded if each not in ARTICLES), name=" ".join(words.split()))
        desk.bodies.append(found)
    found.nouns |= nouns
    found.names |= names
    for each in (*(f"name {name}" for name in names), *(f"noun {noun}" for noun in nouns)):
        desk.by_word.setdefault(each, found)
    return found


def speaks_for_body(words: str) -> bool:
    """'The head of the council', 'a hospital': but not 'a source in the army', nor 'an administrator'."""
    listed = [fold_word(each) for each in WORD.findall(words.split(", who", maxsplit=1)[0])]
    folded = set(listed)
    if folded & _nobody() or len(listed) < 2:
        return False
    if listed[0] in {"a", "an", "one", "some"} and folded & _officers() and not proper_names(words):
        return False
    return bool(folded & (_bodies() | _officers()))


def witness_names(speaker: Speaker) -> frozenset[str]:
    """The names of a private person; none for bodies and for those whom the mission knows."""
    if speaker.actor is not None or speaker.kind in {SpeakerKind.DOCUMENT, SpeakerKind.ANONYMOUS}:
        return frozenset()
    return proper_names(speaker.words)


@cache
def _patterned() -> re.Pattern[str]:
    return re.compile(r"\b[A-ZÀ-Þ][\w'’]+")


def proper_names(words: str) -> frozenset[str]:
    found = {fold_word(each) for each in _patterned().findall(words)}
    return frozenset(found - ARTICLES - _titles() - _officers())


def publisher_tokens(report: Report) -> frozenset[str]:
    """The words of a publisher's names."""
    if report.source is None:
        return frozenset(name_words(report.publisher))
    return _source_tokens(report.source)


@cache
def _source_tokens(source: Source) -> frozenset[str]:
    return frozenset(word for name in (source.name, *source.aliases) for word in name_words(name))


def name_tokens(words: str) -> frozenset[str]:
    return frozenset(name_words(words)) - ARTICLES - EMPTY


@cache
def _bodies() -> frozenset[str]:
    return frozenset(credit_words()["bodies"]["bodies"])


@cache
def _officers() -> frozenset[str]:
    return frozenset(credit_words()["bodies"]["officers"])


@cache
def _nobody() -> frozenset[str]:
    return frozenset(credit_words()["bodies"]["nobody"])


@cache
def _slight() -> frozenset[str]:
    return frozenset(credit_words()["names"]["slight"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(credit_words()["names"]["titles"])


def place_words(tellings: Iterable[Telling]) -> frozenset[str]:
    names = {each.place.name for each in tellings if each.place is not None and each.place.name is not None}
    return frozenset(word for name in names for word in name_words(name))


def split_speakers(speaker: Speaker) -> list[Speaker]:
    """'The Page and to the spokesman of the council' are two."""
    parts = [each.strip() for each in JOINED.split(speaker.words) if each.strip()]
    if len(parts) < 2 or speaker.actor is not None:
        return [speaker]
    return [replace(speaker, words=each) for each in parts]


JOINED = re.compile(r",? and (?:to |by |from |the )?|,? as well as | … |, (?=[A-Z])")


def pronouns() -> frozenset[str]:
    """Words that name nobody."""
    return kinds().pronouns | {""}
