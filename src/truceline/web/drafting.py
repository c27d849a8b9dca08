"""What is done to a bulletin of the team: drafted, worded, approved, published, corrected, withdrawn."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.exceptions import HTTPException

from truceline.errors import UsageError
from truceline.model.bulletin import BulletinVersion, Frozen, Hand, KeyJudgement, State, Wording
from truceline.model.mission import Mission
from truceline.model.person import Account, Right, Standing
from truceline.publish.bulletin import Bulletin, Imprint
from truceline.publish.cards import Row, rows_of
from truceline.publish.editions import (
    Difference,
    Remark,
    bulletin_body,
    dress,
    find_differences,
    find_remarks,
    propose,
    rows_by_id,
    take_over,
)
from truceline.publish.pdf import set_bulletin
from truceline.publish.words import instant_words
from truceline.store.records import as_json, parse_record
from truceline.store.seals import new_id
from truceline.vocab.rights import grant_of
from truceline.web.held import Held, Keeper

MOST_JUDGEMENTS = 12
NEW = Wording(statement="", likelihood="", confidence="")


def released(keeper: Keeper, profile: str) -> Held:
    """The register as a profile releases it: the one place where a bulletin takes its contents from."""
    return keeper.held(profile)


# ---- drafting


def start(held: Held, *, profile: str, hand: Hand) -> tuple[BulletinVersion, bytes]:
    """A draft of the period that the register stands at, as the machine words it, with its values.

    Raises UsageError where there is nothing to draft from.
    """
    if held.browser is None:
        raise UsageError("the register is empty; `truceline run` fills it")
    lookup, bulletin = held.whole.lookup, held.whole.bulletin
    values = as_json(bulletin).encode()
    draft = BulletinVersion(
        id=new_id(lookup.since.isoformat()),
        version=1,
        state=State.DRAFT,
        edition=1,
        number=bulletin.masthead.number,
        since=lookup.since,
        until=lookup.until,
        cutoff=bulletin.masthead.cutoff,
        profile=profile,
        fingerprint=held.fingerprint,
        as_of=lookup.view.as_of,
        judgements=propose(bulletin),
        frozen=Frozen(values=sha256_of(values)),
        made=hand,
        edited=hand,
    )
    return draft, values


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def values_of(content: bytes) -> Bulletin:
    return parse_record(Bulletin, content.decode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an editor sent: the wordings in the order of the version they saw, the last one a judgement of their own.

    `places` say in which order they shall stand, `out` which are taken out, `grounds` the ids beside the machine's.
    """

    wordings: tuple[Wording, ...]
    places: tuple[int, ...]
    out: frozenset[int]
    grounds: tuple[tuple[str, ...], ...]
    note: str
    changed: str


def reworded(version: BulletinVersion, typed: Typed, *, restore: int | None = None) -> BulletinVersion:
    """The version as an editor words it: what the machine named stays named. Raises UsageError for too many."""
    made = []
    for index, wording in enumerate(typed.wordings):
        known = version.judgements[index] if index < len(version.judgements) else None
        if index in typed.out or (known is None and not wording.statement):
            continue
        judgement = known or KeyJudgement(wording=NEW, rests_on=())
        grounds = tuple(dict.fromkeys((*judgement.named, *typed.grounds[index])))
        restored = judgement.machine if index == restore and judgement.machine is not None else wording
        made.append((typed.places[index], index, replace(judgement, wording=restored, rests_on=grounds)))
    if len(made) > MOST_JUDGEMENTS:
        raise UsageError(f"more than {MOST_JUDGEMENTS} key judgements are no key any more; take one out")
    ordered = tuple(judgement for _, _, judgement in sorted(made, key=lambda each: each[:2]))
    return replace(version, judgements=ordered, note=typed.note, changed=typed.changed)


def taken_up(version: BulletinVersion, held: Held) -> tuple[BulletinVersion, bytes]:
    """The same draft on the ground of the register as it stands; for its period. Raises UsageError for another one."""
    lookup, bulletin = held.whole.lookup, held.whole.bulletin
    if held.browser is None or is_past(version, held):
        raise UsageError("the register stands at another period by now; draft another bulletin from it")
    values = as_json(bulletin).encode()
    judgements = take_over(version.judgements, bulletin)[:MOST_JUDGEMENTS]
    frozen = Frozen(values=sha256_of(values))
    fresh = replace(
        version, judgements=judgements, frozen=frozen, fingerprint=held.fingerprint, as_of=lookup.view.as_of
    )
    return fresh, values


def edited(version: BulletinVersion, hand: Hand) -> BulletinVersion:
    """One more version, a draft again: what was approved before is not what stands here now."""
    return step(version, State.DRAFT, edited=hand, approved=None)


def step(version: BulletinVersion, state: State, *, why: str = "", **changed: Hand | None) -> BulletinVersion:
    return replace(version, version=version.version + 1, state=state, why=why, **changed)  # type: ignore[arg-type]


# ---- what has to be looked at


def remarks_on(version: BulletinVersion, values: Bulletin, names: Sequence[str]) -> tuple[tuple[Remark, ...], ...]:
    """What is to be said of each judgement."""
    rows = rows_by_id(values)
    return tuple(tuple(find_remarks(each, rows, names=names)) for each in version.judgements)


def differences(version: BulletinVersion, values: Bulletin, held: Held) -> tuple[Difference, ...]:
    """What the register holds otherwise by now, of the same period."""
    return find_differences(values.annex, rows_now(version, held)) if has_moved(version, held) else ()


def has_moved(version: BulletinVersion, held: Held) -> bool:
    """Whether the register is another than the one that the values were taken from."""
    return held.browser is not None and held.fingerprint != version.fingerprint


def is_past(version: BulletinVersion, held: Held) -> bool:
    """Whether the register stands at another period; asks for the whole of it."""
    return (held.whole.lookup.since, held.whole.lookup.until) != (version.since, version.until)


def rows_now(version: BulletinVersion, held: Held) -> tuple[Row, ...]:
    period = replace(held.whole.lookup, since=version.since, until=version.until)
    found = [each for each in period.view.incidents if period.in_period(each)]
    return rows_of(found, period, paged=held.whole.paged)


def why_not_approve(
    version: BulletinVersion, account: Account | None, remarks: Sequence[Sequence[Remark]], *, four_eyes: bool
) -> tuple[str, ...]:
    """Everything that keeps somebody from approving, none where nothing does."""
    found = []
    if version.state is not State.DRAFT:
        found.append(f"It is {version.state.value}, no draft.")
    if four_eyes and (account is None or account.id == version.edited.by):
        found.append("Four eyes: you wrote it last, so somebody else approves it.")
    if version.edition > 1 and not version.changed.strip():
        found.append("A correction says what is other than before, and why.")
    found += [
        f"Judgement {number}: {each.words}"
        for number, some in enumerate(remarks, start=1)
        for each in some
        if each.blocks
    ]
    return tuple(found)


def needs_four_eyes(mission: Mission, accounts: Sequence[Account]) -> bool:
    """As the mission says, else with two or more who may approve."""
    editors = [
        each for each in accounts if each.standing is Standing.ACTIVE and Right.PUBLISH in grant_of(each.role).rights
    ]
    return len(editors) >= 2 if mission.four_eyes is None else mission.four_eyes


# ---- publishing


def imprint_of(version: BulletinVersion, held: Held, *, state: str, at: datetime) -> Imprint:
    """Who answers for it. No name of a person is printed: those are in the ledger, for whoever may see it."""
    one = version.approved is not None and version.approved.by == version.edited.by
    answered = (
        "not approved yet"
        if version.approved is None
        else "written and approved by one editor"
        if one
        else "written by one editor, approved by another"
    )
    return Imprint(
        edition=version.edition,
        state=state,
        at=instant_words(at, held.zone),
        profile=version.profile,
        answered=answered,
        note=version.note,
        changed=version.changed,
    )


def frozen_now(
    version: BulletinVersion, values: Bulletin, held: Held, hand: Hand
) -> tuple[BulletinVersion, tuple[bytes, ...]]:
    """The published version, with all that it was published as: values, HTML, PDF."""
    imprint = imprint_of(version, held, state="published", at=hand.at)
    dressed = dress(values, version.judgements, imprint)
    body = bulletin_body(dressed, documents=held.files).encode("utf-8", "replace")
    contents = (as_json(dressed).encode(), body, set_bulletin(dressed, as_of=version.as_of))
    names = [sha256_of(each) for each in contents]
    frozen = Frozen(values=names[0], page=names[1], paper=names[2])
    return step(replace(version, frozen=frozen), State.PUBLISHED, published=hand), contents


def correcting(version: BulletinVersion, hand: Hand, *, why: str) -> BulletinVersion:
    """A draft of the next edition: the numbers of the one before, until the register is taken up anew."""
    fresh = replace(version, edition=version.edition + 1, changed=why, frozen=Frozen(values=version.frozen.values))
    return step(fresh, State.DRAFT, why=why, edited=hand, approved=None, published=None, withdrawn=None)


# ---- what readers see


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """A bulletin with all its versions: the editions published, by number, and its withdrawal where there is one."""

    versions: tuple[BulletinVersion, ...]
    editions: Mapping[int, BulletinVersion]
    withdrawn: BulletinVersion | None

    @property
    def latest(self) -> BulletinVersion:
        return self.versions[-1]

    @property
    def shown(self) -> BulletinVersion | None:
        """The last edition that was published."""
        return self.editions[max(self.editions)] if self.editions else None


def standings_of(versions: tuple[BulletinVersion, ...]) -> Standings:
    """Raises HTTPException 404 for a bulletin that there is none of."""
    if not versions:
        raise HTTPException(404, "There is no such bulletin.")
    out = [each for each in versions if each.state in (State.PUBLISHED, State.WITHDRAWN)]
    return Standings(
        versions=versions,
        editions={each.edition: each for each in out if each.state is State.PUBLISHED},
        withdrawn=out[-1] if out and out[-1].state is State.WITHDRAWN else None,
    )
