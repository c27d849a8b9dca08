"""One article held against the register: who else tells what it tells, and who denies it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from truceline.flow.run import read_one
from truceline.flow.tools import Matched, Tools
from truceline.model.check import ArticleCheck, Checked, Holding
from truceline.model.document import Document
from truceline.model.incident import Incident, Stance, Version
from truceline.model.mission import Mission
from truceline.model.reading import Reading
from truceline.model.telling import Telling
from truceline.model.view import View
from truceline.store.register import Register

# Why a telling in the register is not one of "others".
ITSELF = "this article's own copy in the register"
COPIED = "the same text published elsewhere"
TAKEN = "the same words, taken from one place"
FAMILY = "the same publisher family"
SPEAKER = "the same speaker, quoted elsewhere"


Near = Callable[[Sequence[tuple[datetime, datetime]]], View]
Whole = Callable[[], View]
VERY_CLAIM = "the register holds this very claim in it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the register's tellings of one incident do to one claim of the article."""

    incident: Incident
    support: tuple[Telling, ...]
    against: tuple[Telling, ...]
    excluded: tuple[str, ...]
    reasons: tuple[str, ...]


def check_article(document: Document, mission: Mission, register: Register, tools: Tools) -> ArticleCheck:
    """The article's reading and tellings, each held against the register; its own copies never support it."""
    return check_against(document, register.view(mission), tools)


def check_against(document: Document, view: View, tools: Tools) -> ArticleCheck:
    """The same against a view of the register that is at hand."""
    return check_reading(read_one(tools.make_reader(), document), view, tools)


def check_near(
    document: Document, mission: Mission, near: Near, whole: Whole, tools: Tools
) -> tuple[ArticleCheck, View]:
    """The same against what lies near in time, and the view it was held against.

    A text that says how much something grew, or what will be, is held against the whole: that is counted over it.
    """
    reading = read_one(tools.make_reader(), document)
    checkable = [each for each in tools.tell([reading], mission) if tools.find_bar(each) is None]
    spans = [tools.find_reach(each, mission) for each in checkable]
    known = [each for each in spans if each is not None]
    if len(known) == len(spans):
        view = near(known)
        checked = check_reading(reading, view, tools)
        if not checked.rates and not is_stating(checked):
            return checked, view
    view = whole()
    return check_reading(reading, view, tools), view


def is_stating(checked: ArticleCheck) -> bool:
    found = checked.statements
    return found is not None and bool(found.trends or found.predictions)


def check_reading(reading: Reading, view: View, tools: Tools) -> ArticleCheck:
    """The same of a text that was read."""
    document = reading.document
    others = [each for each in view.documents if each.id != document.id]
    tellings = tools.point_back(tools.tell([reading], view.mission), [*others, document])
    return ArticleCheck(
        reading=reading,
        tellings=tellings,
        checked=make_checks(document, tellings, view, tools),
        rates=tuple(tools.check_rates(tellings, view)),
        statements=None if tools.find_statements is None else tools.find_statements(view, document, tellings),
    )


def check_held(reading: Reading, view: View, tools: Tools) -> ArticleCheck:
    """A document of the register by the incidents its claims stand in: nothing is read or matched anew.

    `view` holds the document with what it tells and those incidents with all their tellings.
    """
    tellings = tuple(each for each in view.tellings if each.document == reading.document.id)
    standing = replace(tools, match=no_match)
    checked = make_checks(reading.document, tellings, view, standing)
    return ArticleCheck(reading=reading, tellings=tellings, checked=checked, rates=())


def no_match(_telling: Telling, _view: View) -> tuple[Matched, ...]:
    return ()


def make_checks(document: Document, tellings: Sequence[Telling], view: View, tools: Tools) -> tuple[Checked, ...]:
    checker = Checker(
        view=view,
        tools=tools,
        copies=copies_of(document, view, tools),
        by_claim={each.claim: each for each in view.tellings},
        by_id={each.id: each for each in view.incidents},
        holding=incidents_by_claim(view.incidents),
    )
    return tuple(checker.check(each) for each in tellings)


def incidents_by_claim(incidents: Sequence[Incident]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = defaultdict(list)
    for incident in incidents:
        for version in incident.versions:
            held[version.claim].append(incident.id)
    return held


def copies_of(document: Document, view: View, tools: Tools) -> Mapping[str, str]:
    """Documents of the register that are this article, or tell it word for word, with the reason."""
    others = [each for each in view.documents if each.id != document.id]
    firsts = tools.find_copies([*others, document])
    root = firsts.get(document.id, document.id)
    same = {each.id: COPIED for each in others if firsts.get(each.id, each.id) == root}
    own = {each.id: ITSELF for each in view.documents if each.id == document.id or each.sha256 == document.sha256}
    return {**same, **own}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Holds one telling after another against one view of the register."""

    view: View
    tools: Tools
    copies: Mapping[str, str]
    by_claim: Mapping[str, Telling]
    by_id: Mapping[str, Incident]
    holding: Mapping[str, list[str]]

    def check(self, telling: Telling) -> Checked:
        bar = self.tools.find_bar(telling)
        if bar is not None:
            return Checked(claim=telling.claim, holding=Holding.NOT_CHECKED, support=(), against=(), because=bar)
        heard = tuple(self.listen(telling))
        return Checked(
            claim=telling.claim,
            holding=hold(heard),
            support=tuple(each.incident.id for each in heard if each.support),
            against=tuple(each.incident.id for each in heard if each.against),
            because=explain_holding(heard),
        )

    def listen(self, telling: Telling) -> Iterator[Heard]:
        """Every incident the telling could belong to, the likeliest first, with what others tell of it."""
        matched = {each.incident_id: tuple(each.reasons) for each in self.tools.match(telling, self.view)}
        own = dict.fromkeys(self.holding.get(telling.claim, ()), (VERY_CLAIM,))
        for name, reasons in {**own, **matched}.items():
            yield self.weigh(telling, self.by_id[name], reasons)

    def weigh(self, telling: Telling, incident: Incident, reasons: tuple[str, ...]) -> Heard:
        agreeing = Stance.DENIES if self.tools.parse_stance(telling) is Stance.DENIES else Stance.ASSERTS
        contrary = Stance.ASSERTS if agreeing is Stance.DENIES else Stance.DENIES
        told = [(each, self.by_claim[each.claim]) for each in incident.versions if each.claim in self.by_claim]
        others = [(version, each) for version, each in told if self.is_not_other(telling, each) is None]
        excluded = {self.is_not_other(telling, each): None for _version, each in told}
        return Heard(
            incident=incident,
            support=told_as(others, agreeing),
            against=told_as(others, contrary),
            excluded=tuple(reason for reason in excluded if reason is not None),
            reasons=reasons,
        )

    def is_not_other(self, telling: Telling, held: Telling) -> str | None:
        """Why a telling of the register does not count beside this one, None when it does."""
        if held.document in self.copies:
            return self.copies[held.document]
        if are_one_wording(telling, held):
            return TAKEN
        if held.family == telling.family:
            return FAMILY
        speaker, other = innermost(telling), innermost(held)
        return SPEAKER if speaker is not None and speaker == other else None


def are_one_wording(telling: Telling, held: Telling) -> bool:
    """Whether one's words are taken from where the other's stand, or both from one place."""
    roots = [each.taken_from.document if each.taken_from else each.document for each in (telling, held)]
    return roots[0] == roots[1] and (telling.taken_from is not None or held.taken_from is not None)


def innermost(telling: Telling) -> str | None:
    """The actor whose words these are in the end, None when that is nobody known."""
    return telling.chain[-1].actor if telling.chain else None


def told_as(told: Sequence[tuple[Version, Telling]], stance: Stance) -> tuple[Telling, ...]:
    return tuple(telling for version, telling in told if version.stance is stance)


def hold(heard: Sequence[Heard]) -> Holding:
    supported, denied = any(each.support for each in heard), any(each.against for each in heard)
    if supported and denied:
        return Holding.DISPUTED
    if supported:
        return Holding.CORROBORATED
    return Holding.DENIED if denied else Holding.ONLY_HERE


def explain_holding(heard: Sequence[Heard]) -> str:
    """Who tells or denies it and why that is the same event; what was left out of the count, and why."""
    if not heard:
        return "no incident of the register fits its kind, time and place"
    lines = [line for each in heard for line in explain_heard(each)]
    return "; ".join(dict.fromkeys(lines))


def explain_heard(heard: Heard) -> Iterator[str]:
    title = f"{heard.incident.title} ({heard.incident.id})"
    fitting = ", ".join(heard.reasons)
    if heard.support:
        yield f"{title} is told likewise by {publishers(heard.support)} [{fitting}]"
    if heard.against:
        yield f"{title} is told otherwise by {publishers(heard.against)} [{fitting}]"
    for reason in heard.excluded:
        yield f"not counted for {title}: {reason}"


def publishers(tellings: Sequence[Telling]) -> str:
    return ", ".join(sorted({each.source or each.family for each in tellings}))
