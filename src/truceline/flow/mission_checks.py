"""What only shows when the tables and files of a mission are held against each other.

These checks look at the parsed trees, not at the typed forms, so that a mistake in one table never hides
one in another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from truceline.errors import Problem, Severity
from truceline.flow.mission_agreement_checks import AGREEMENT_CHECKS, zones_of
from truceline.flow.mission_faults import Fault, Part, parts_at
from truceline.flow.mission_files import NO_DAY, MissionFiles, TomlFile, Tree, tables_in
from truceline.flow.mission_grading_checks import find_unknown_sides
from truceline.flow.mission_mentions import Mention, listed_mentions, mentions, nested_mentions, table_at, warning
from truceline.flow.mission_place_checks import find_misplaced
from truceline.flow.mission_places import PlaceRow
from truceline.kit.fold import fold_name
from truceline.kit.nearest import did_you_mean
from truceline.kit.tomlplace import TomlPath
from truceline.model.actor import Period
from truceline.vocab.actors import roles
from truceline.vocab.geo import find_divisions, has_divisions
from truceline.vocab.mission_terms import country_codes

EARLIEST, LATEST = 1900, 2100  # years that a mission's files can mean


def find_contradictions(files: MissionFiles) -> Iterator[Fault]:
    """Every mistake between tables and between files, each with what it takes with it."""
    for check in CHECKS:
        yield from check(files)


def find_duplicate_ids(files: MissionFiles) -> Iterator[Fault]:
    """An id given twice says of neither which is meant, so both go; a table given twice as it is stays once."""
    for name, tables in (
        ("actors.toml", ("actor",)),
        ("sources.toml", ("source",)),
        ("agreement.toml", ("obligation", "truce", "zone", "weapon", "exception", "version")),
    ):
        file = files.tomls.get(name)
        for table in tables if file is not None else ():
            assert file is not None
            yield from _duplicates(table, [_Defined.at(each) for each in mentions(file, table, "id")])
    rows = (row for row in files.place_rows or () if "id" in row.cells)
    yield from _duplicates("place", [_Defined.in_row(row) for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defined:
    """An id, where it is given, to what, and the part that goes when it is in doubt."""

    id: str
    where: str
    says: Mapping[str, object]
    parts: tuple[Part, ...]

    @classmethod
    def at(cls, each: Mention) -> "_Defined":
        return cls(id=each.value, where=each.where, says=each.table, parts=each.parts)

    @classmethod
    def in_row(cls, row: PlaceRow) -> "_Defined":
        return cls(id=row.cells["id"], where=row.where, says=row.cells, parts=row.parts)


def _duplicates(table: str, defined: Iterable[_Defined]) -> Iterator[Fault]:
    first: dict[str, _Defined] = {}
    for each in defined:
        before = first.setdefault(each.id, each)
        if before is not each:
            message = f"{table} '{each.id}' is already defined at {before.where}; rename one of them or remove it"
            problem = Problem(code="mission.duplicate-id", message=message, where=each.where)
            # In a file of which nothing can be left out, neither can these.
            own = each.parts if before.says == each.says else (*before.parts, *each.parts)
            yield Fault(problem=problem, parts=own)


def find_dangling_actors(files: MissionFiles) -> Iterator[Fault]:
    """Ids of actors that actors.toml does not define; silent where that file cannot be read."""
    actors = files.tomls.get("actors.toml")
    if actors is None:
        return
    known = {each.value for each in mentions(actors, "actor", "id")}
    for each in actor_mentions(files):
        if each.value not in known:
            hint = did_you_mean(each.value, known) or "; add an [[actor]] with this id to actors.toml"
            yield each.fault("mission.unknown-actor", f"no actor has the id '{each.value}'{hint}")


def actor_mentions(files: MissionFiles) -> Iterator[Mention]:
    for file in files.tomls.values():
        match file.name:
            case "actors.toml":
                yield from nested_mentions(file, "actor", "memberships", "of")
            case "sources.toml":
                yield from mentions(file, "source", "actor")
            case "agreement.toml":
                for table in ("party", "excluded", "unknown", "outsider"):
                    yield from mentions(file, table, "actor")


def find_circular_memberships(files: MissionFiles) -> Iterator[Fault]:
    """Actors that are, directly or through others, members of themselves."""
    actors = files.tomls.get("actors.toml")
    if actors is None:
        return
    parents: dict[str, set[str]] = defaultdict(set)
    for each in nested_mentions(actors, "actor", "memberships", "of"):
        parents[_owner_id(each)].add(each.value)
    for each in nested_mentions(actors, "actor", "memberships", "of"):
        owner = _owner_id(each)
        if owner in _reachable(each.value, parents):
            message = f"'{owner}' becomes a member of itself through '{each.value}'; remove one membership"
            yield each.fault("mission.circular-membership", message)


def _owner_id(each: Mention) -> str:
    index = each.path[1]
    return next((str(table.get("id")) for at, table in each.file.tables("actor") if at == index), "")


def _reachable(start: str, parents: dict[str, set[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return seen


def find_shared_names(files: MissionFiles) -> Iterator[Fault]:
    """WARNING: one name borne on one day by two actors, or by two sources, resolves to neither.

    A name of `names` is borne in its days; a person's name for an office in those in which it was held.
    """
    for name, table in (("actors.toml", "actor"), ("sources.toml", "source")):
        file = files.tomls.get(name)
        if file is None:
            continue
        borne: dict[str, list[_Borne]] = defaultdict(list)
        for each in sorted(_borne(file, table), key=lambda borne: borne.bearer):
            bearers = borne[fold_name(each.mention.value)]
            other = next((one for one in bearers if one.bearer != each.bearer and _overlap(one, each)), None)
            bearers.append(each)
            if other is not None:
                message = (
                    f"the name '{each.mention.value}' is also borne by another {table}, at {other.mention.where}; "
                    "keep it on one of them: while both bear it, it means neither"
                )
                yield warning("mission.shared-alias", message, each.mention.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Borne:
    """A name, whose it is (the path to its table), and when it is borne."""

    mention: Mention
    bearer: TomlPath
    periods: tuple[Period, ...]


def _borne(file: TomlFile, table: str) -> Iterator[_Borne]:
    """Every name in a table of actors or of sources."""
    for each in (*mentions(file, table, "name"), *listed_mentions(file, table, "aliases")):
        bearer = each.path[:2]
        yield _Borne(mention=each, bearer=bearer, periods=_office_days(file.tree, bearer, each.value))
    for each in nested_mentions(file, table, "names", "name"):
        held = next(held for at, held in tables_in(table_at(file.tree, each.path[:2]), "names") if at == each.path[3])
        yield _Borne(mention=each, bearer=each.path[:2], periods=(_period(held),))


def _office_days(tree: Tree, bearer: TomlPath, name: str) -> tuple[Period, ...]:
    """When a person was called by an office; always, for other names and where nothing says when it was held."""
    actor = table_at(tree, bearer)
    is_office = actor.get("kind") == "person" and not roles().isdisjoint(fold_name(name).split())
    held = tuple(_period(each) for _, each in tables_in(actor, "memberships")) if is_office else ()
    return held or (Period(),)


def _period(table: Tree) -> Period:
    since, until = table.get("since"), table.get("until")
    return Period(since=since if isinstance(since, date) else None, until=until if isinstance(until, date) else None)


def _overlap(one: _Borne, other: _Borne) -> bool:
    return any(
        (a.until is None or b.since is None or b.since < a.until)
        and (b.until is None or a.since is None or a.since < b.until)
        for a in one.periods
        for b in other.periods
    )


def find_odd_years(files: MissionFiles) -> Iterator[Fault]:
    """Days before anybody living could have borne the name, or that are far ahead: slips of the pen."""
    for file in files.tomls.values():
        for path, value in _leaves(file.tree, ()):
            if isinstance(value, date) and not EARLIEST <= value.year <= LATEST:
                message = (
                    f"the year of '{value}' cannot be meant; a mission's years lie between {EARLIEST} and {LATEST}"
                )
                problem = Problem(code="mission.impossible-date", message=message, where=file.where(path))
                yield Fault(problem=problem, parts=parts_at(file.name, path))


def find_impossible_days(files: MissionFiles) -> Iterator[Fault]:
    for file in files.tomls.values():
        for path, value in _leaves(file.tree, ()):
            if isinstance(value, str) and value.startswith(NO_DAY):
                written = value.removeprefix(NO_DAY)
                message = f"'{written}' is no day of the calendar; write one like 2016-02-27, or leave the key out"
                problem = Problem(code="mission.impossible-date", message=message, where=file.where(path))
                yield Fault(problem=problem, parts=parts_at(file.name, path))


def _leaves(value: object, path: TomlPath) -> Iterator[tuple[TomlPath, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))
    else:
        yield path, value


def find_unknown_governorates(files: MissionFiles) -> Iterator[Fault]:
    """Names of governorates that no border carries: nothing could ever lie in them."""
    known = _known_governorates(files)
    agreement = files.tomls.get("agreement.toml")
    for path, zone in zones_of(agreement) if agreement is not None else ():
        assert agreement is not None
        name = zone.get("name")
        if zone.get("kind") == "admin1" and known and isinstance(name, str) and name not in known:
            yield _unknown_governorate(name, known, agreement.where(path), Severity.ERROR)
    for row in files.place_rows or ():
        name, country = row.cells.get("admin1"), row.cells.get("country", "")
        of_country = {each.name for each in find_divisions(country)} if country in country_codes() else set()
        if name is not None and of_country and name not in of_country:
            yield _unknown_governorate(name, of_country, row.where, Severity.WARNING)


def _known_governorates(files: MissionFiles) -> set[str]:
    """Those of the mission's countries; empty where the borders of one of them are not carried."""
    mission = files.tomls.get("mission.toml")
    countries = mission.tree.get("countries") if mission is not None else None
    codes = [code for code in countries if code in country_codes()] if isinstance(countries, list) else []
    if not all(has_divisions(code) for code in codes):
        return set()
    return {each.name for code in codes for each in find_divisions(code)}


def _unknown_governorate(name: str, known: set[str], where: str, severity: Severity) -> Fault:
    hint = did_you_mean(name, known) or f"; known: {', '.join(sorted(known))}"
    message = f"no governorate of Natural Earth has the English name '{name}'{hint}"
    problem = Problem(code="mission.unknown-governorate", message=message, where=where, severity=severity)
    return Fault(problem=problem)


def find_unsourced(files: MissionFiles) -> Iterator[Fault]:
    """WARNING: memberships and statuses that say neither themselves nor through their actor who says so."""
    actors = files.tomls.get("actors.toml")
    for index, actor in actors.tables("actor") if actors is not None else ():
        assert actors is not None
        for key in ("memberships", "status") if not actor.get("source") else ():
            for inner, table in tables_in(actor, key):
                if not table.get("source"):
                    message = f"actor '{actor.get('id')}': nothing says where this is known from; add source = \"…\""
                    yield warning("mission.unsourced", message, actors.where(("actor", index, key, inner)))


CHECKS: tuple[Callable[[MissionFiles], Iterator[Fault]], ...] = (
    find_duplicate_ids,
    find_dangling_actors,
    find_circular_memberships,
    find_shared_names,
    find_odd_years,
    find_impossible_days,
    find_unknown_governorates,
    find_unsourced,
    find_misplaced,
    *AGREEMENT_CHECKS,
    find_unknown_sides,
)
