"""Who has it from whom: the reports of one incident as a graph, followed to whoever claims to know.

Credit goes before likeness: whom a text names, through the reader's chains of speakers and through its own words;
then wording it shares with an earlier text; then a shared oddity, unless the later one shows knowledge of its own;
then "reports say", which goes back to the earliest. What shows none of these is told on the publisher's own account.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from truceline.fuse.floods import find_floods
from truceline.fuse.registry import Registry
from truceline.fuse.reports import (
    Desk,
    Report,
    arrange_reports,
    find_body,
    is_self,
    place_words,
    pronouns,
    proper_names,
    speaks_for_body,
    split_speakers,
    witness_names,
)
from truceline.fuse.roots import Root, is_identified, root_of, root_of_publisher, split_offices
from truceline.kit.graph import find_rings
from truceline.kit.near import fold_loosely
from truceline.model.attribution import SpeakerKind
from truceline.model.incident import How, OriginLink
from truceline.model.source import Source, SourceKind
from truceline.model.telling import Speaker, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From a report to another (`report`), to one who has none in the incident, or to what it knows itself (`root`)."""

    how: How
    report: str | None = None
    root: Root | None = None
    to: str = ""
    evidence: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The roots of every claim, and how each report leads to them.

    `said` are the roots of each claim that names an identified speaker: his alone, whoever else its report credits.
    `depths` says over how many steps the roots lie, `flooded` how many reports of outlets nobody lists repeat others.
    """

    roots: Mapping[str, tuple[Root, ...]]
    said: Mapping[str, tuple[Root, ...]]
    steps: tuple[tuple[str, Step, tuple[Root, ...]], ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    depths: Mapping[str, int]
    flooded: int = 0


def trace_lineage(tellings: Sequence[Telling], registry: Registry, firsts: Mapping[str, Telling]) -> Lineage:
    """The lineage of the tellings of one incident; time grows with their number."""
    desk = arrange_reports(tellings, registry)
    floods = find_floods(desk.reports.values())
    return Tracer(desk, registry, firsts, tellings, floods).trace()


class Tracer:
    """Finds the steps of each report, then where they lead."""

    def __init__(
        self,
        desk: Desk,
        registry: Registry,
        firsts: Mapping[str, Telling],
        tellings: Sequence[Telling],
        floods: Mapping[str, str],
    ) -> None:
        self.desk, self.registry, self.firsts = desk, registry, firsts
        self.tellings, self.floods = tellings, floods
        self.holders: dict[str, list[Report]] = {}
        self.said: dict[str, Step] = {}  # by claim: whom its innermost known speaker is

    @cached_property
    def places(self) -> frozenset[str]:
        """Words of places, which tell no two bodies apart."""
        return place_words(self.tellings)

    def trace(self) -> Lineage:
        for report in self.desk.reports.values():
            self.index(report)
        steps = {each.id: self.find_steps(each) for each in self.desk.reports.values()}
        roots, circles = self.follow(steps)
        by_claim: dict[str, tuple[Root, ...]] = {}
        said: dict[str, tuple[Root, ...]] = {}
        for report in self.desk.reports.values():
            found = {each.claim: self.claim_roots(each, report, roots) for each in report.tellings}
            covered = {root.key for led in found.values() for root in led}
            missing = [root for root in roots[report.id] if root.key not in covered]
            for telling in report.tellings:
                led = (*found[telling.claim], *missing)
                marked = tuple(self.marked(each, telling) for each in led)
                by_claim[telling.claim] = marked
                if telling.claim in self.said:
                    said[telling.claim] = marked[: len(found[telling.claim])]
        return Lineage(
            roots=by_claim,
            said=said,
            steps=tuple(
                (name, step, self.roots_of(step, self.desk.reports[name], roots))
                for name, found in steps.items()
                for step in found
            ),
            circles=circles,
            depths=find_depths(steps, roots),
            flooded=len(self.floods),
        )

    def claim_roots(self, telling: Telling, report: Report, roots: Mapping[str, tuple[Root, ...]]) -> tuple[Root, ...]:
        said = self.said.get(telling.claim)
        return roots[report.id] if said is None else self.roots_of(said, report, roots)

    def marked(self, root: Root, telling: Telling) -> Root:
        """The root, with whom the publisher of this telling amplifies by it."""
        own = self.registry.sources.get(telling.source) if telling.source is not None else None
        if root.actor is None or own is None or own.actor is None or root.amplifies is not None or not telling.chain:
            return root
        same = self.registry.party(root.actor) == self.registry.party(own.actor)
        return replace(root, amplifies=root.actor) if same and telling.claim in self.said else root

    def index(self, report: Report) -> None:
        for each in report.traces.details:
            self.holders.setdefault(each, []).append(report)
        for each in report.traces.oddities:
            self.holders.setdefault(f"odd {each}", []).append(report)

    def find_steps(self, report: Report) -> list[Step]:
        said = list(self.credited_by_chain(report))
        credited = [*said, *self.credited_in_text(report, said)]
        if not any(each.counts for each in credited):
            return [*credited, self.uncredited(report)]
        if report.traces.own is not None and self.copied(report) is None:
            credited.append(self.own(report, report.traces.own))
        return list(dict.fromkeys(credited))

    def credited_by_chain(self, report: Report) -> Iterator[Step]:
        """Whom the chains of speakers of its claims lead to, and the reports by way of which they do."""
        for telling in report.tellings:
            if telling.chain and telling.chain[0].kind == SpeakerKind.DOCUMENT:
                offices = [each for speaker in telling.chain[1:] for each in split_offices(speaker)]
                yield from (step for each in offices if (step := self.resolve(each, telling, report)) is not None)
                continue
            steps = [step for each in telling.chain if (step := self.resolve(each, telling, report)) is not None]
            if steps and len(split_speakers(telling.chain[-1])) == 1:
                self.said[telling.claim] = steps[-1]
                yield steps[-1]
                yield from (replace(each, counts=False) for each in steps[:-1] if each.report is not None)
        for speaker in report.traces.speakers:
            for each in split_speakers(speaker):
                step = self.resolve(each, report.tellings[0], report)
                if step is not None:
                    yield step

    def credited_in_text(self, report: Report, said: Sequence[Step]) -> Iterator[Step]:
        """Whom else its words credit; a byline counts only where nobody else is credited."""
        passing = {name for telling in report.tellings for name in self.passed_on(telling)}
        named = [each for each in report.traces.credits if each.name not in passing]
        counting = any(each.counts for each in said) or any(not each.byline and not each.relay for each in named)
        for each in named:
            step = self.resolve_name(each.name, each.words, report)
            if step is not None:
                yield replace(step, counts=not each.relay and not (each.byline and counting))

    def passed_on(self, telling: Telling) -> Iterator[str]:
        """Sources that a chain names outside its innermost known speaker: they pass on what he says."""
        known = [each for each in telling.chain if is_identified(each, self.registry)]
        for each in known[:-1]:
            source = self.registry.source_within(each.words)
            yield source.id if source is not None else fold_loosely(each.words)

    def resolve(self, speaker: Speaker, telling: Telling, report: Report) -> Step | None:
        """Where a speaker leads; None for those who lead no deeper than to whoever relays them."""
        exactly = self.desk.published_by(fold_loosely(speaker.words), report)
        if exactly is not None and exactly.source is None and exactly.publisher != report.publisher:
            return self.step_to_report(exactly, speaker.words, report)
        source = self.source_of(speaker)
        if source is not None:
            return self.resolve_name(source.id, speaker.words, report, telling=telling, speaker=speaker)
        if speaker.kind == SpeakerKind.ANONYMOUS or is_self(speaker.words, report):
            return None
        if speaker.actor is not None:
            if self.registry.vague(speaker.actor):
                return None
            root = root_of(speaker, telling, self.registry)
            return self.step_to(root, root.name, speaker.words, report)
        if fold_loosely(speaker.words) in pronouns() or speaker.kind == SpeakerKind.DOCUMENT:
            return None
        return self.resolve_unlisted(speaker, telling, report)

    def source_of(self, speaker: Speaker) -> Source | None:
        """The source that the speaker is: by its name in the words, by its actor, by the actor's name."""
        source = self.registry.source_within(speaker.words) if speaker.words else None
        if source is not None and source.kind in UNSPECIFIC and not proper_names(speaker.words):
            source = None  # 'a blog' is any
        if source is None and speaker.actor is not None:
            source = self.registry.by_actor.get(speaker.actor)
            source = source or self.registry.source_named(self.registry.name(speaker.actor))
        return source

    def resolve_unlisted(self, speaker: Speaker, telling: Telling, report: Report) -> Step | None:
        """A body, a publisher of the incident, a witness who speaks to several."""
        words = speaker.words
        called = self.desk.called(words, report)
        if called is not None:
            return self.step_to_report(called, words, report) if called.publisher != report.publisher else None
        heard = [each for each in sorted(witness_names(speaker)) if len(self.desk.witnesses.get(each, ())) > 1]
        if speaks_for_body(words) or not set(heard) <= self.places:
            body = find_body(self.desk, words, self.places)
            root = Root(key=f"words:{body.key}", name=body.name, actor=None)
            return Step(how=How.CITES, root=root, to=body.name, evidence=words)
        if len(self.desk.reports) == 1 and is_identified(speaker, self.registry):
            root = root_of(speaker, telling, self.registry)
            return Step(how=How.CITES, root=root, to=root.name, evidence=words)
        return None

    def resolve_name(
        self,
        name: str,
        words: str,
        report: Report,
        *,
        telling: Telling | None = None,
        speaker: Speaker | None = None,
    ) -> Step | None:
        """A source of the mission or another publisher by its name: its report, else who it is."""
        if name == report.publisher:
            return None
        found = self.desk.published_by(name, report)
        if found is not None:
            return self.step_to_report(found, words, report)
        source = self.registry.sources.get(name)
        actor = self.registry.actor_called(name) if source is None else None
        if actor is not None:
            root = root_of(
                Speaker(words=words, kind=SpeakerKind.NAMED.value, actor=actor), report.tellings[0], self.registry
            )
            return self.step_to(root, root.name, words, report)
        if source is None:
            root = Root(key=f"family:{name}", name=words, actor=None)
            return Step(how=How.CITES, root=root, to=words, evidence=words)
        asked = speaker or Speaker(words=source.name, kind=SpeakerKind.NAMED.value, actor=source.actor)
        root = root_of(asked, telling or report.tellings[0], self.registry)
        return self.step_to(root, source.name, words, report)

    def step_to(self, root: Root, name: str, words: str, report: Report) -> Step:
        """To a root; by way of the report that its family has in the incident, where there is one."""
        family = root.key.removeprefix("family:")
        own = family == report.family
        found = self.desk.of_family(family, report)
        how = How.AMPLIFIES if own else How.CITES
        return Step(how=how, report=found.id if found is not None else None, root=root, to=name, evidence=words)

    def step_to_report(self, found: Report, words: str, report: Report) -> Step:
        same = found.family == report.family
        return Step(how=How.AMPLIFIES if same else How.CITES, report=found.id, to=self.name(found), evidence=words)

    def uncredited(self, report: Report) -> Step:
        """What a report that credits nobody has from whom: copied, drawn from an oddity, heard, or its own."""
        copied = self.copied(report)
        if copied is not None:
            return copied
        # A long text that calls something untrue may well assert this; one that stands alone asserts what it tells.
        if report.traces.denial is not None and report.traces.brief and len(self.desk.reports) > 1:
            return Step(how=How.DENIES, evidence=report.traces.denial)
        if report.traces.own is not None:
            return self.own(report, report.traces.own)
        drawn = None if report.traces.asked is not None else self.drawn(report)
        if drawn is not None:
            return drawn
        earlier = self.earlier(report)
        if report.traces.hearsay is not None and report.traces.asked is None and earlier:
            return self.step_to_report(earlier[0], report.traces.hearsay, report)
        kin = next((each for each in earlier if each.family == report.family), None)
        if kin is not None and kin.publisher != report.publisher and self.repeats(report):
            return Step(
                how=How.AMPLIFIES, report=kin.id, to=self.name(kin), evidence="the same owner, and nothing of its own"
            )
        return self.own(report, "")

    def drawn(self, report: Report) -> Step | None:
        """The earliest report with which it shares an oddity, or several details that few texts have."""
        for oddity in report.traces.oddities:
            first = self.holders[f"odd {oddity}"][0]
            if first.rank < report.rank:
                return self.taken(first, report, f"both have {oddity}")
        shared: defaultdict[str, list[str]] = defaultdict(list)
        for each in report.traces.details:
            for holder in self.holders[each]:
                if holder.rank < report.rank:
                    shared[holder.id].append(each)
        if not shared:
            return None
        first_id, words = max(shared.items(), key=lambda each: len(each[1]))
        if len(words) < LEAST_DETAILS:
            return None
        return self.taken(self.desk.reports[first_id], report, f"both have {', '.join(words)}")

    def repeats(self, report: Report) -> bool:
        """Neither an office that speaks for itself nor one with a source of its own, however unnamed."""
        official = report.source is not None and report.source.kind is SourceKind.OFFICIAL
        return not official and not any(each.chain for each in report.tellings)

    def earlier(self, report: Report) -> list[Report]:
        before: list[Report] = []
        for each in self.desk.reports.values():
            if each.rank >= report.rank or len(before) >= LOOKED_BACK:
                break
            before.append(each)
        return before

    def copied(self, report: Report) -> Step | None:
        """The text whose wording this one repeats."""
        first = self.floods.get(report.id)
        evidence = "nearly the same words, from outlets nobody lists" if first is not None else "the same wording"
        taken = [each.taken_from.document for each in report.tellings if each.taken_from is not None]
        if len(taken) < len(report.tellings):
            taken = []  # a phrase in common is no text in common
        for each in (*(telling.copied_from for telling in report.tellings), *taken):
            first = first or each
        if first is None or first == report.id:
            return None
        found = self.desk.reports.get(first)
        if found is not None:
            return self.taken(found, report, evidence, how=How.COPIES)
        known = self.firsts.get(first)
        root = (
            root_of_publisher(known, self.registry)
            if known is not None
            else Root(key=f"copies of {first}", name=first, actor=None)
        )
        return Step(how=How.COPIES, root=root, to=root.name, evidence=evidence)

    def taken(self, found: Report, report: Report, evidence: str, how: How = How.TAKES) -> Step:
        kin = found.family == report.family and found.publisher != report.publisher
        return Step(how=How.AMPLIFIES if kin else how, report=found.id, to=self.name(found), evidence=evidence)

    def own(self, report: Report, evidence: str) -> Step:
        return Step(how=How.OWN, root=root_of_publisher(report.tellings[0], self.registry), evidence=evidence)

    def name(self, report: Report) -> str:
        return report.source.name if report.source is not None else report.publisher

    def follow(
        self, steps: Mapping[str, Sequence[Step]]
    ) -> tuple[dict[str, tuple[Root, ...]], tuple[tuple[str, ...], ...]]:
        """The roots of every report, each ring of credits as one, and the rings."""
        ahead = {
            name: [each.report for each in found if each.report is not None and each.root is None and each.counts]
            for name, found in steps.items()
        }
        roots: dict[str, tuple[Root, ...]] = {}
        circles = []
        for ring in find_rings(ahead):
            inside = set(ring)
            leads = {root.key: root for name in ring for each in steps[name] if each.counts and (root := each.root)}
            for name in ring:
                leads |= {root.key: root for each in ahead[name] if each not in inside for root in roots[each]}
            denied = not leads and all(each.how is How.DENIES for name in ring for each in steps[name])
            if not leads and not denied:
                first = min(ring, key=lambda name: self.desk.reports[name].rank)
                begun = root_of_publisher(self.desk.reports[first].tellings[0], self.registry)
                leads = {begun.key: begun}
            for name in ring:
                roots[name] = tuple(leads[key] for key in sorted(leads))
            if len(ring) > 1:
                circles.append(tuple(sorted(ring, key=lambda name: self.desk.reports[name].rank)))
        return roots, tuple(sorted(circles))

    def roots_of(self, step: Step, report: Report, roots: Mapping[str, tuple[Root, ...]]) -> tuple[Root, ...]:
        if step.root is not None:
            return (step.root,)
        return roots[step.report] if step.report is not None else roots[report.id]


UNSPECIFIC = frozenset({SourceKind.BLOG, SourceKind.SOCIAL})
LEAST_DETAILS = 3  # rare words in common; two may be chance
LOOKED_BACK = 200  # earlier reports that an oddity is looked for in


def find_depths(steps: Mapping[str, Sequence[Step]], roots: Mapping[str, tuple[Root, ...]]) -> dict[str, int]:
    """For every root the number of reports that lead to it without being it."""
    depths: defaultdict[str, int] = defaultdict(int)
    for name, found in steps.items():
        own = {each.root.key for each in found if each.how is How.OWN and each.root is not None}
        for root in roots[name]:
            depths[root.key] += root.key not in own
    return dict(depths)


def links_of(lineage: Lineage, ids: Mapping[str, str]) -> tuple[OriginLink, ...]:
    """The arrows of the graph; `ids` gives the id of the origin for a root's key."""
    found: Iterable[OriginLink] = (
        OriginLink(
            document=name,
            how=step.how,
            to_document=step.report,
            to=step.to,
            evidence=" ".join(step.evidence.split()),
            origins=tuple(sorted({ids[each.key] for each in roots if each.key in ids})),
        )
        for name, step, roots in lineage.steps
    )
    first: dict[tuple[str, How, str | None, str], OriginLink] = {}
    for each in found:
        first.setdefault((each.document, each.how, each.to_document, each.to), each)
    return tuple(first.values())
