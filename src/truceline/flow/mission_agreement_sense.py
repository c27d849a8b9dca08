"""Where an agreement contradicts itself: each told as a sentence that names both places and what to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from truceline.errors import Problem
from truceline.flow.mission_agreement_forms import AgreementForm
from truceline.flow.mission_agreement_records import build_agreement
from truceline.flow.mission_faults import Fault
from truceline.flow.mission_files import MissionFiles, TomlFile
from truceline.flow.mission_mentions import listed_mentions, mentions, nested_mentions
from truceline.flow.mission_mistakes import fill_form
from truceline.flow.mission_zones import has_place, lies_surely_outside
from truceline.kit.tomlplace import TomlPath
from truceline.model.actor import Period
from truceline.model.agreement import Act, Agreement, Duty, Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What contradicts what: the message says "@" where the line of `other` belongs."""

    path: TomlPath
    message: str
    other: TomlPath = ()


def find_senseless(files: MissionFiles) -> Iterator[Fault]:
    """Every contradiction within the agreement; silent until the file itself can be read as one."""
    file = files.tomls.get("agreement.toml")
    form = fill_form(AgreementForm, file.tree) if file is not None else None
    if file is None or form is None or _has_undefined(file):
        return
    agreement = build_agreement(form, {})
    for check in SENSE:
        for each in check(agreement):
            message = each.message.replace("@", file.where(each.other))
            yield Fault(problem=Problem(code="mission.contradiction", message=message, where=file.where(each.path)))


def _has_undefined(file: TomlFile) -> bool:
    """Whether an id is used that is not defined: told elsewhere, and nothing can be built on it."""
    zones = {each.value for each in mentions(file, "zone", "id")}
    used = [
        *listed_mentions(file, "obligation", "zones"),
        *mentions(file, "area", "zone"),
        *nested_mentions(file, "truce", "zones", "zone"),
    ]
    return any(each.value not in zones for each in used)


def find_double_standing(agreement: Agreement) -> Iterator[Conflict]:
    """Actors that are two of party, excluded, unknown and outsider at one time, or accept while they are bound."""
    listed: list[tuple[str, str, Period, TomlPath]] = []
    for index, party in enumerate(agreement.parties):
        listed.append(("a party", party.actor, Period(since=party.accepted, until=party.withdrew), ("party", index)))
    for index, out in enumerate(agreement.excluded):
        listed.append(("excluded", out.actor, Period(since=out.since, until=out.until), ("excluded", index)))
    for index, one in enumerate(agreement.unknown):
        listed.append(("of unknown acceptance", one.actor, Period(), ("unknown", index)))
    for index, one in enumerate(agreement.outsiders):
        listed.append(("an outsider", one.actor, Period(), ("outsider", index)))
    for (word, actor, period, path), (other_word, other, other_period, other_path) in combinations(listed, 2):
        if actor != other or not _overlap(period.since, period.until, other_period.since, other_period.until):
            continue
        if word == other_word == "a party":
            told = f"'{actor}' accepts again at @ before it withdrew; add withdrew = … to the first"
        else:
            told = (
                f"'{actor}' is {word} here and {other_word} at @ on the same days; keep one, or give the days of each"
            )
        yield Conflict(path=path, message=told, other=other_path)


def _overlap(since: date | None, until: date | None, other_since: date | None, other_until: date | None) -> bool:
    """Do two stretches that include their first day and not their last have a day in common? None is open."""
    return (until is None or other_since is None or other_since < until) and (
        other_until is None or since is None or since < other_until
    )


def find_opposed_terms(agreement: Agreement) -> Iterator[Conflict]:
    """The same act prohibited and required of the same party, in the same place and at the same time."""
    numbered = list(enumerate(agreement.obligations))
    for (index, one), (at, other) in combinations(numbered, 2):
        if one.duty is other.duty or not do_meet(one, other):
            continue
        act = next((act for act in one.acts if any(share_act(act, each) for each in other.acts)), None)
        if act is not None:
            told = (
                f"'{one.id}' {one.duty} {act.plover} and '{other.id}' (@) {other.duty} it of the same party, there and "
                "then; part them by party, place, weapon or time"
            )
            yield Conflict(path=("obligation", index), message=told, other=("obligation", at))


def do_meet(one: Obligation, other: Obligation) -> bool:
    """Can both terms speak of one act of one actor against the same, in one place, with one weapon, at one time?"""
    starts = [max(each.begins) if each.begins else None for each in (one, other)]
    return (
        _share(one.binds, other.binds, {"party"})
        and _share(one.protects, other.protects, {"any", "party"})
        and _share([zone.id for zone in one.zones], [zone.id for zone in other.zones], set())
        and _share(one.weapons, other.weapons, set())
        and _overlap_instants(starts[0], one.until, starts[1], other.until)
    )


def _share(one: Sequence[str], other: Sequence[str], everybody: set[str]) -> bool:
    return not one or not other or bool(set(one) & set(other) or everybody & {*one, *other})


def _overlap_instants(
    begins: datetime | None, until: datetime | None, other_begins: datetime | None, other_until: datetime | None
) -> bool:
    return (until is None or other_begins is None or other_begins < until) and (
        other_until is None or begins is None or begins < other_until
    )


def share_act(one: Act, other: Act) -> bool:
    return one.plover == other.plover and (not one.modes or not other.modes or bool(set(one.modes) & set(other.modes)))


def find_stray_truces(agreement: Agreement) -> Iterator[Conflict]:
    """Local truces outside the time or the area of the agreement that they are part of."""
    opens = min(entry.at for entry in agreement.entries)
    for index, truce in enumerate(agreement.local_truces):
        if truce.end <= opens:
            told = f"truce '{truce.id}' ends before the agreement enters into force; check the year"
            yield Conflict(path=("truce", index, "end"), message=told)
        if agreement.ends is not None and truce.start >= agreement.ends:
            told = f"truce '{truce.id}' begins after the agreement ends; check the year"
            yield Conflict(path=("truce", index, "start"), message=told)
        for at, zone in enumerate(truce.zones):
            if has_place(zone) and all(lies_surely_outside(zone, area) for area in agreement.area):
                told = f"'{zone.name}' of truce '{truce.id}' lies outside the area of the agreement; check lat and lon"
                yield Conflict(path=("truce", index, "zones", at), message=told)


def find_misdated_terms(agreement: Agreement) -> Iterator[Conflict]:
    """Terms that end, or fall due, before they begin, or that begin when the agreement has ended."""
    opens = min(entry.at for entry in agreement.entries)
    for index, term in enumerate(agreement.obligations):
        begins, path = (min(term.begins) if term.begins else opens), ("obligation", index)
        if term.until is not None and term.until <= begins:
            why = f"as '{term.superseded_by}', which supersedes it, begins" if term.superseded_by else "by its 'until'"
            yield Conflict(path=path, message=f"'{term.id}' ends {why}, before it begins; check both instants")
        if term.due is not None and term.due < begins:
            yield Conflict(path=path, message=f"'{term.id}' falls due before it begins; check 'due' and 'from'")
        if agreement.ends is not None and begins >= agreement.ends:
            yield Conflict(path=path, message=f"'{term.id}' begins after the agreement ends; check 'from' and 'ends'")


def find_broken_succession(agreement: Agreement) -> Iterator[Conflict]:
    """Terms superseded by themselves, through others too, or by one of the other duty."""
    known = {term.id: term for term in agreement.obligations}
    for index, term in enumerate(agreement.obligations):
        seen, at = {term.id}, term.superseded_by
        while at is not None and at not in seen:
            seen.add(at)
            at = known[at].superseded_by if at in known else None
        if at == term.id:
            told = f"'{term.id}' is superseded by itself in the end; break the circle"
            yield Conflict(path=("obligation", index, "superseded_by"), message=told)
        successor = known.get(term.superseded_by or "")
        if successor is not None and successor.duty is not term.duty:
            told = (
                f"'{term.id}' {term.duty} and '{successor.id}', which supersedes it, {successor.duty}: "
                "one cannot stand for the other"
            )
            yield Conflict(path=("obligation", index, "superseded_by"), message=told)


def find_empty_kinds(agreement: Agreement) -> Iterator[Conflict]:
    """Weapons that nothing could ever be: no words, no calibre and no kinds; and kinds that leave out themselves."""
    for index, weapon in enumerate(agreement.weapons):
        calibre = weapon.calibre_mm_least is not None or weapon.calibre_mm_below is not None
        if not (weapon.words or weapon.unsure or weapon.any_of or calibre):
            yield Conflict(
                path=("weapon", index),
                message=f"nothing could be a '{weapon.id}'; add words = […], a calibre, or any_of = […]",
            )
        if weapon.id in (*weapon.any_of, *weapon.but_not):
            yield Conflict(
                path=("weapon", index), message=f"weapon '{weapon.id}' names itself; remove it from any_of and but_not"
            )


def find_bound_outsiders(agreement: Agreement) -> Iterator[Conflict]:
    """Terms that bind by name whom the agreement leaves out throughout, and requirements called preparatory."""
    out = {each.actor for each in agreement.excluded if each.until is None}
    out |= {each.actor for each in agreement.outsiders}
    out -= {each.actor for each in agreement.parties}
    for index, term in enumerate(agreement.obligations):
        for at, token in enumerate(term.binds):
            if token in out:
                told = f"'{term.id}' binds '{token}', which this file excludes or calls an outsider; decide for one"
                yield Conflict(path=("obligation", index, "binds", at), message=told)
        if term.preparatory and term.duty is Duty.REQUIRES:
            told = f"'{term.id}' requires an act, and only what is prohibited can be preparatory; remove 'preparatory'"
            yield Conflict(path=("obligation", index, "preparatory"), message=told)


SENSE: tuple[Callable[[Agreement], Iterator[Conflict]], ...] = (
    find_double_standing,
    find_opposed_terms,
    find_stray_truces,
    find_misdated_terms,
    find_broken_succession,
    find_empty_kinds,
    find_bound_outsiders,
)
