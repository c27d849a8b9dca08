"""A small register in which everything that can be withheld bears a word of its own, to be looked for afterwards.

Every marker is a word that stands nowhere else, so that finding it is finding what it marks.
"""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from views import (
    AID,
    CAMP,
    KHAN,
    MISSION,
    SHELLING,
    WATCH,
    at,
    document,
    incident,
    sha,
    small_view,
    telling,
)

from truceline.errors import Problem
from truceline.flow.derive import find_by
from truceline.model.assessment import Assessment, Finding, Step, Verdict
from truceline.model.claim import EventType
from truceline.model.grading import Bearing, Dispute, GradeBasis, Plausibility, Support, Voucher
from truceline.model.incident import Grade, How, Incident, Origin, OriginLink, Stance, Version
from truceline.model.notice import Notice, NoticeKind
from truceline.model.release import ReleaseProfile, SensitivePlaces
from truceline.model.revision import ClaimChange, ClaimState, Outdated, Revision
from truceline.model.source import Reliability, Source, SourceKind
from truceline.model.span import Span
from truceline.model.telling import TakenFrom, Telling, Withdrawal
from truceline.model.view import View
from truceline.store.register import READING, Derived, Writer
from truceline.testing import NOON, WordReader

NOW = at(5, 12)
SEXUAL = EventType(plover="ASSAULT", mode="sexual", acled="Sexual violence", cameo="1821")

# What each kind of reader must never meet.
OF_SOURCE = (
    *("zebrafinch", "quokkaleak", "okapisecret", "okapiold", "narwhalnote", "axolotlquote", "pangolinhint"),
    *("tapirfile", "jerboanotice", "hoopoedrop", "777 of 778", "lorisreason", "kinkajounotice", "springhaasdrop"),
)
OF_ACTS = ("capybaramark", "ibexconvoy", "ibexwords", "ibextitle", "wombatdemand")
OF_PLACES = ("36.2117", "36.7031")
OF_TEXTS = ("gibbonunclaimed",)
EVERY = (*OF_SOURCE, *OF_ACTS, *OF_PLACES, *OF_TEXTS)

QUOTES = ReleaseProfile(
    id="quotes",
    name="quotes only",
    says="Passages only.",
    sensitive_places=SensitivePlaces.ROUNDED,
    confidential=True,
    texts=False,
)
DELAYED = ReleaseProfile(
    id="delayed",
    name="delayed",
    says="Two days late.",
    sensitive_places=SensitivePlaces.EXACT,
    confidential=True,
    texts=True,
    delay_hours=48,
)
# Profile: the markers that nothing it releases may hold.
HIDDEN = {
    "public": (*OF_SOURCE, *OF_ACTS, *OF_PLACES),
    "partner": (*OF_SOURCE, *OF_PLACES),
    "internal": (),
    "quotes": (*OF_TEXTS, *OF_PLACES),
    "delayed": ("ibexconvoy", "ibexwords", "ibextitle"),
}

SOURCE = Source(
    id="zebrafinch-post",
    name="Zebrafinch Listening Post",
    kind=SourceKind.MONITOR,
    family="zebrafinch-post",
    reliability=Reliability.B,
    reason="Lorisreason: our own people.",
    aliases=("Zebrafinch",),
    confidential=True,
)
LEAK = document(
    "quokkaleak-2016-06-03",
    "Okapisecret shells hit the depot at Khan Tuman. Narwhal crews fired them.",
    publisher="Zebrafinch Listening Post",
    title="Quokkaleak from the depot",
)
LEAK_OLD = replace(LEAK, text="Okapiold shells hit the depot.", sha256=sha("okapiold"), version=1)
OPEN = document(
    "open-2016-06-03",
    "Gibbonunclaimed weather held. The axolotlquote guns struck Khan Tuman. A mortar fell on Kammouna camp.",
    publisher="Agency",
    title="Round-up of a day",
)
HINT = document("hint-2016-06-03", "Pangolinhint rounds fell, it was heard.", publisher="Daily Copy", title="Hearsay")
ACT = document(
    "act-2016-06-03", "The capybaramark assault was told. Wombatdemand was made.", publisher="SOHR", title="Told"
)
CONVOY = document(
    "convoy-2016-06-04", "An ibexwords convoy entered Daraya.", publisher="Agency", day=4, title="Ibextitle"
)

TOLD = (
    telling("k-leak", LEAK, "Okapisecret shells hit the depot at Khan Tuman", SHELLING, source=SOURCE.id, spot=KHAN),
    telling("k-open", OPEN, "The axolotlquote guns struck Khan Tuman", SHELLING, source="agency", spot=KHAN),
    replace(
        telling("k-camp", OPEN, "A mortar fell on Kammouna camp", SHELLING, source="agency", spot=CAMP),
        copied_from=LEAK.id,
        taken_from=TakenFrom(document=LEAK.id, span=Span(0, 5)),
        withdrawn=Withdrawal(document=LEAK.id, at=at(4), words="Okapisecret words", retracted=False),
    ),
    telling("k-hint", HINT, "Pangolinhint rounds fell", SHELLING, source="copy", spot=KHAN),
    telling("k-act", ACT, "The capybaramark assault was told", SEXUAL, source="sohr", spot=KHAN),
    telling("k-demand", ACT, "Wombatdemand was made", SEXUAL, source="sohr", spot=None),
    telling("k-convoy", CONVOY, "An ibexwords convoy entered Daraya", AID, source="agency", spot=None, day=4),
)


def held(id: str, title: str, *claims: str, of: Telling, **more: object) -> Incident:
    """An incident that rests on claims of this module."""
    base = incident(id, title, ("c09",))
    told = {each.claim: each for each in TOLD}
    assert of.happened is not None
    versions = tuple(
        Version(claim=each, document=told[each].document, stance=Stance.ASSERTS, reason="same day") for each in claims
    )
    families = sorted({told[each].family for each in claims})
    return replace(
        base,
        event=of.event,
        start=of.happened.start,
        end=of.happened.end,
        place=of.place,
        versions=versions,
        origins=tuple(
            Origin(
                id=f"o-{each}", name=each, actor=None, families=(each,),
                claims=tuple(one for one in claims if told[one].family == each),
            )
            for each in families
        ),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


BY_CLAIM = {each.claim: each for each in TOLD}
GRADE = Grade(
    reliability="B",
    credibility=2,
    reason="told by two",
    reliability_reason="Agency is graded B: test. Given B, record 777 of 778 confirmed [0.90–0.99], 3 open: stays B.",
    record="Given B, record 777 of 778 confirmed [0.90–0.99], 3 open: stays B.",
    basis=GradeBasis(
        support=Support.ONE, dispute=Dispute.NONE, plausibility=Plausibility.PLAUSIBLE, given="B", source="agency",
        vouchers=(Voucher(id="o-agency", name="Agency", bearing=Bearing.NEUTRAL, side="", claims=("k-camp",)),),
    ),
)  # fmt: skip
MIXED = held("i-narwhal", "Narwhalnote: the depot at Khan Tuman struck", "k-leak", "k-open", of=BY_CLAIM["k-leak"])
CAMP_STRUCK = held("i-camp-mortar", "Mortar at the camp", "k-camp", of=BY_CLAIM["k-camp"], grade=GRADE)
HINTED = replace(
    held("i-hinted", "Pangolinhint fire", "k-hint", of=BY_CLAIM["k-hint"]),
    origins=(Origin(id="o-z", name=SOURCE.name, actor=None, claims=("k-hint",), families=("copy",)),),
    origin_links=(OriginLink(document=HINT.id, how=How.CITES, to=SOURCE.name, evidence="it was heard"),),
)
ASSAULT = held("i-capybara", "Capybaramark assault", "k-act", of=BY_CLAIM["k-act"])
AIDED = held("i-ibex", "Ibexconvoy to Daraya", "k-convoy", of=BY_CLAIM["k-convoy"])
ADDED = (MIXED, CAMP_STRUCK, HINTED, ASSAULT, AIDED)

REVISIONS = (
    Revision(
        document=LEAK.id, version=1, by_document=LEAK.id, by_version=2, at=at(4),
        notices=(Notice(kind=NoticeKind.CORRECTION, span=Span(0, 3), words="Jerboanotice", of_itself=True),),
        changes=(ClaimChange(state=ClaimState.WITHDRAWN, old="k-old", old_span=Span(0, 5)),),
        outdated=(
            Outdated(
                telling=replace(BY_CLAIM["k-leak"], claim="k-old", quote="Hoopoedrop shells", version=1),
                change=ClaimChange(state=ClaimState.WITHDRAWN, old="k-old"),
                incidents=("i-camp-mortar",),
                kept_by=("k-camp",),
            ),
        ),
    ),
    # A step of an open text, which told something of the incident that is withheld.
    Revision(
        document=OPEN.id, version=1, by_document=OPEN.id, by_version=2, at=at(4),
        notices=(Notice(kind=NoticeKind.CORRECTION, span=Span(0, 3), words="Kinkajounotice", of_itself=True),),
        changes=(ClaimChange(state=ClaimState.CHANGED, old="k-was", new="k-open", old_span=Span(0, 5)),),
        outdated=(
            Outdated(
                telling=replace(BY_CLAIM["k-open"], claim="k-was", quote="Springhaasdrop guns", version=1),
                change=ClaimChange(state=ClaimState.CHANGED, old="k-was", new="k-open"),
                incidents=("i-narwhal",),
            ),
        ),
    ),
)  # fmt: skip
PROBLEMS = (Problem(code="file.empty", message="the file is empty", where="documents/tapirfile.txt"),)


def assessed(one: Incident) -> Assessment:
    return Assessment(
        id=f"a-{one.id}", incident=one.id, verdict=Verdict.ALLEGED, by=(), finding=Finding.NONE, obligations=(),
        clauses=(), likelihood=None, confidence="low", would_change="More.",
        steps=(Step(question="What?", answer="cannot determine", because=one.title),),
    )  # fmt: skip


def world() -> View:
    """The small register of the publication's tests with all of this in it; not released by anybody yet."""
    small = small_view()
    return replace(
        small,
        mission=replace(MISSION, sources=(*MISSION.sources, SOURCE), releases=(QUOTES, DELAYED)),
        documents=(*small.documents, replace(LEAK, version=2), OPEN, HINT, ACT, CONVOY),
        superseded=(*small.superseded, LEAK_OLD),
        tellings=(*small.tellings, *TOLD),
        incidents=(*small.incidents, *ADDED),
        assessments=(*small.assessments, *map(assessed, ADDED)),
        watch=replace(WATCH, silent_sources=("quiet", SOURCE.id)),
        revisions=REVISIONS,
        problems=(*small.problems, *PROBLEMS),
        release=None,
    )


def find_markers(told: str, markers: tuple[str, ...]) -> list[str]:
    folded = told.casefold()
    return [each for each in markers if each.casefold() in folded]


def keep(writer: Writer, reader: WordReader | None = None) -> None:
    """Write all of it into a register, with a reading of each document where there is a reader."""
    view = world()
    writer.add_documents([LEAK_OLD], gathered_at=NOON)
    writer.add_documents(view.documents, gathered_at=NOON)
    if reader is not None:
        writer.add_readings([reader.read(each) for each in view.documents], fingerprint=reader.fingerprint)
    writer.replace_derived(
        Derived(
            tellings=view.tellings,
            incidents=view.incidents,
            assessments=view.assessments,
            watch=view.watch,
            found=tuple(find_by(view.incidents, view.assessments, view.tellings, view.mission)),
        )
    )
    writer.set_revisions(REVISIONS)
    writer.add_problems(PROBLEMS, stage="gather", found_at=NOON)
    if reader is not None:
        writer.set_checkpoint(READING, reader.fingerprint)
