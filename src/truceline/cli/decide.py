"""`truceline decide`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    known_mission,
    moment,
    open_register_of,
    open_team_at,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from truceline.model.decision import Decision
    from truceline.model.incident import Incident
    from truceline.model.mission import Mission
    from truceline.review.agree import Stage
    from truceline.review.items import Item, Option
    from truceline.store.register import Register


class RulingName(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    CONFIRM = "confirm"
    PLACE = "place"
    ACTOR = "actor"
    TIME = "time"
    KIND = "kind"
    VERDICT = "verdict"
    REJECT = "reject"
    REOPEN = "reopen"


UNKNOWN = "unknown"
GROUPING = (RulingName.SAME, RulingName.DIFFERENT)


def decide(
    ruling: Annotated[RulingName, typer.Argument(help="What is decided.", show_default=False)],
    ids: Annotated[
        list[str],
        typer.Argument(
            help="Incidents or claims by whole ids, or one item of `truceline review`.",
            metavar="ID...",
            show_default=False,
        ),
    ],
    mission: MissionFolder,
    by: Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")],
    why: Annotated[str, typer.Option("--why", help="On what grounds.", metavar="TEXT")],
    place: Annotated[
        str | None, typer.Option("--place", help="place: a gazetteer's or the mission's id, or unknown.", metavar="ID")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help="actor: an id of actors.toml, or unknown.", metavar="ID")
    ] = None,
    words: Annotated[
        str | None, typer.Option("--words", help="actor: the words that mean them.", metavar="WORDS")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="time: when it began, or unknown.", metavar="DATE")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="time: the first moment after it.", metavar="DATE")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help='kind: a PLOVER category and mode, "ASSAULT aerial".', metavar="KIND")
    ] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", help="verdict: `violation` …", metavar="VERDICT")] = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", help="verdict: whom it names, once for each.", metavar="ACTOR")
    ] = None,
    about: Annotated[
        RulingName | None, typer.Option("--about", help="confirm, reopen: the question.", metavar="RULING")
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
) -> None:
    """Say what is so of incidents or claims, whatever the machine finds.

    `same`: they are of one act. `different`: the first is of another act than the rest. `confirm`: the machine is
    right. `place`, `actor`, `time`, `kind`, `verdict`: it is another one. `reject`: it tells of no incident. `reopen`:
    what was decided is taken back.

    No run overwrites a decision: `same` are held together whatever the machine finds, `different` never meet. Of two
    decisions that contradict each other on a pair of claims the later one holds, and so on every other question of one
    claim. What the machine proposes stays beside it. The next run puts it into effect.

        truceline decide same inc-1f0c2a inc-77ab10 --by "R. Haddad" --why "One strike, filmed twice" -m north

        truceline decide different claim-3f inc-77ab10 --by "R. Haddad" --why "Another street" -m north

        truceline decide place grounding-2c41 --place mission:old-mill --by "R. Haddad" --why "The mill" -m north

        truceline decide verdict inc-77ab10 --verdict contested --by "R. Haddad" --why "Both filmed it" -m north
    """
    from truceline.review.agree import Stage, kind_of, stage_of
    from truceline.store.decided import decide as keep

    known = known_mission(mission)
    check_words(ids, by=by, why=why, needed=2 if ruling in GROUPING and not names_item(ids) else 1)
    given = {"place": place, "actor": actor, "words": words, "since": since, "until": until, "kind": kind}
    said = Said(known, {**given, "verdict": verdict, "party": party, "about": about})
    with open_register_of(known, register, database) as opened:
        decision = make_decision(ruling, ids, opened, said, by=by.strip(), why=why.strip())
        with open_team_at(register or mission / "register", database) as team:
            new = keep(team, decision, who=f"cli:{decision.by}")
        stage = Stage.SETTLED
        if kind_of(decision) in known.review.double:
            stage = stage_of(decision, opened.decisions(), known.review)
    tell_decision(decision, stage, is_new=new is not None)


def tell_decision(decision: "Decision", stage: "Stage", *, is_new: bool) -> None:
    from truceline.review.agree import Stage as Stages

    told = f"{decision.id}: {decision.ruling.value}, {len(decision.claims)} and {len(decision.others)} claims"
    effect = "`truceline run` puts it into effect" if stage is Stages.SETTLED else stage.value
    print(f"{told}{'' if is_new else '; decided so before'}; {effect}")


class Said:
    """What the options say, looked up as it is needed."""

    def __init__(self, mission: "Mission", given: dict[str, Any]) -> None:
        self.mission = mission
        self._given = given

    def need(self, name: str) -> Any:
        """Raises UsageError where the option was not given."""
        from truceline.errors import UsageError

        if self._given.get(name) is None:
            raise UsageError(f"--{name}: give it with this ruling")
        return self._given[name]

    def fields(self, ruling: RulingName) -> dict[str, Any]:
        """The fields of a decision that a ruling needs. Raises UsageError."""
        match ruling:
            case RulingName.PLACE:
                return {"place": self._place(self.need("place"))}
            case RulingName.ACTOR:
                return {"actor": self._actor(self.need("actor"))}
            case RulingName.TIME:
                return self._time()
            case RulingName.KIND:
                return {"event": self._event(self.need("kind"))}
            case RulingName.VERDICT:
                from truceline.cli.incidents import known_verdict
                from truceline.model.assessment import Verdict

                parties = self._given.get("party")
                named = None if not parties else tuple(self._actor(each) for each in parties)
                return {"verdict": Verdict(known_verdict(self.need("verdict")) or ""), "parties": named}
            case _:
                return {}

    def words(self) -> str:
        return str(self._given.get("words") or "")

    def about(self) -> RulingName:
        named: RulingName = self.need("about")
        return named

    def _place(self, id: str) -> Any:
        from truceline.errors import UsageError
        from truceline.review.places import find_place

        found = None if id == UNKNOWN else find_place(id, self.mission)
        if found is None and id != UNKNOWN:
            raise UsageError(f"--place: no place has the id '{id}'; `truceline gazetteer lookup NAME` tells ids")
        return found

    def _actor(self, id: str) -> str | None:
        from truceline.errors import UsageError
        from truceline.kit.nearest import did_you_mean
        from truceline.read.actors_world import world_actors

        if id == UNKNOWN:
            return None
        known = {each.id for each in (*self.mission.actors, *world_actors())}
        if id not in known:
            raise UsageError(f"no actor has the id '{id}'{did_you_mean(id, known)}; actors.toml lists the mission's")
        return id

    def _time(self) -> dict[str, Any]:
        from truceline.cli.incidents import check_stretch, local_moment
        from truceline.errors import UsageError

        since = self.need("since")
        if since == UNKNOWN:
            return {"start": None, "end": None}
        until = self.need("until")
        check_stretch(since, until, self.mission)
        start = local_moment(since, self.mission, name="--since")
        end = local_moment(until, self.mission, name="--until")
        if start is None or end is None:
            raise UsageError("--since, --until: give both")
        return {"start": start, "end": end}

    def _event(self, text: str) -> Any:
        from truceline.errors import UsageError
        from truceline.review.decide import find_event
        from truceline.vocab.mission_terms import plover_modes

        plover, _, mode = text.partition(" ")
        if plover not in plover_modes() or (mode and mode not in plover_modes()[plover]):
            raise UsageError(f"--kind: '{text}' is no PLOVER category with one of its modes, as \"ASSAULT aerial\"")
        return find_event(plover, mode or None)


def names_item(ids: "Sequence[str]") -> bool:
    """Whether an item of the queue is named rather than incidents and claims."""
    from truceline.model.review import ItemKind

    return any(each.partition("-")[0] in {kind.value for kind in ItemKind} for each in ids)


def check_words(ids: list[str], *, by: str, why: str, needed: int = 2) -> None:
    """Raises UsageError for a decision that nobody could follow later."""
    from truceline.errors import UsageError

    if len(set(ids)) < needed:
        raise UsageError("a decision is about two incidents or claims at least; give their ids")
    if not by.strip() or not why.strip():
        raise UsageError("--by and --why: say who decides and on what grounds")


def make_decision(
    ruling: RulingName, ids: list[str], register: "Register", said: Said, *, by: str, why: str
) -> "Decision":
    """The decision on claims: of an incident all that assert it. Raises UnknownId and UsageError."""
    from truceline.model.ruling import Ruling
    from truceline.review import decide as made

    named: dict[str, Any] = {"by": by, "at": moment(), "why": why}
    if names_item(ids):
        return answer_item(ruling, ids, register, said, **named)
    incidents = {each.id: each for each in register.incidents()}
    first, *others = ids
    asked = said.about() if ruling in (RulingName.CONFIRM, RulingName.REOPEN) else ruling
    if asked in GROUPING:
        claims, other_claims = claims_of([first], incidents), claims_of(others, incidents)
    else:
        claims, other_claims = claims_of(ids, incidents, {each.claim for each in register.tellings()}), ()
    values: dict[str, Any] = {"about": Ruling(asked.value)} if asked is not ruling else {}
    words = said.need("words") if asked is RulingName.ACTOR else ""
    if words:
        values["words"] = (words,)
    if ruling is not RulingName.REOPEN:
        values |= propose(ruling, asked, (*claims, *other_claims), register, said)
    return made.make_decision(Ruling(ruling.value), claims, other_claims, **named, **values)


def propose(
    ruling: RulingName, asked: RulingName, claims: tuple[str, ...], register: "Register", said: Said
) -> dict[str, Any]:
    """The machine's proposal, and what is decided beside it: for a CONFIRM the proposal itself. Raises UsageError."""
    from truceline.errors import UsageError
    from truceline.model.ruling import Ruling
    from truceline.review.propose import find_proposal, propose_grouping

    if asked in GROUPING:  # without reading the whole register
        proposed = propose_grouping(frozenset(claims), register.incidents())
    else:
        proposed = find_proposal(Ruling(asked.value), claims, register.view(said.mission), words=said.words())
    if ruling is not RulingName.CONFIRM:
        return {"proposed": proposed.proposal, **said.fields(ruling)}
    if proposed.values is None:
        raise UsageError(
            "the machine proposes several things for these claims, or people decided on them before; say which holds, "
            f"as `truceline decide {asked.value}`"
        )
    return {"proposed": proposed.proposal, **proposed.values}


def answer_item(
    ruling: RulingName, ids: list[str], register: "Register", said: Said, *, by: str, at: Any, why: str
) -> "Decision":
    """The answer to one item of the queue. Raises UnknownId and UsageError."""
    from truceline.errors import UnknownId, UsageError
    from truceline.model.ruling import Ruling
    from truceline.review.decide import make_decision as make
    from truceline.review.decide import others_of
    from truceline.review.queue import find_items

    if len(ids) != 1:
        raise UsageError("answer one item of the queue at a time")
    items = {each.id: each for each in find_items(register.view(said.mission), register.decisions())}
    item = items.get(ids[0])
    if item is None:
        raise UnknownId(f"'{ids[0]}': nothing of this id waits for a decision; `truceline review` lists what does")
    option = option_of(item, ruling)
    if option is None:
        able = ", ".join(dict.fromkeys(each.ruling.value for each in item.options))
        raise UsageError(f"'{ruling.value}' answers nothing here; {item.id} takes {able}")
    accepted = {"place": option.place, "actor": option.actor, "verdict": option.verdict}
    values = accepted if ruling is RulingName.CONFIRM else said.fields(ruling)
    words = {} if not item.words else {"words": item.words}
    return make(
        Ruling(ruling.value), item.claims, others_of(item, option), by=by, at=at, why=why,
        about=option.about, proposed=item.proposal, item=item.id, **values, **words,
    )  # fmt: skip


def option_of(item: "Item", ruling: RulingName) -> "Option | None":
    """The first option of the item that is such a ruling."""
    return next((each for each in item.options if each.ruling.value == ruling.value), None)


def claims_of(
    ids: "Iterable[str]", incidents: "dict[str, Incident]", beside: "Collection[str]" = ()
) -> tuple[str, ...]:
    """The claims that the ids stand for, each once; claims `beside` may be in no incident, as rejected ones."""
    from truceline.errors import UnknownId
    from truceline.model.incident import Stance

    told = {
        version.claim: each.id
        for each in incidents.values()
        for version in each.versions
        if version.stance is not Stance.DENIES
    }
    found: list[str] = []
    for each in ids:
        if each in incidents:
            found += [claim for claim, incident in told.items() if incident == each]
        elif each in told or each in beside:
            found.append(each)
        else:
            raise UnknownId(
                f"'{each}': no incident has this id and no claim that is in one; `truceline incidents` lists them"
            )
    return tuple(sorted(dict.fromkeys(found)))
