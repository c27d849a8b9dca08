"""`truceline release`."""

from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import (
    PUBLIC,
    DatabaseAddress,
    MissionFolder,
    RegisterFolder,
    Release,
    known_mission,
    moment,
    open_register_of,
)

if TYPE_CHECKING:
    from truceline.model.release import ReleaseProfile, Withheld


def release(
    mission: MissionFolder,
    release: Release = PUBLIC,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    ids: Annotated[
        bool, typer.Option("--ids", help="Name what is withheld, not only how much: for internal eyes.")
    ] = False,
) -> None:
    """Tell what a release profile withholds of the register, and why. Nothing is written.

    truceline release -m missions/syria-2016

    truceline release -m missions/syria-2016 --release partner --ids
    """
    from truceline.publish.facts import ViewFacts
    from truceline.publish.release import Releasing
    from truceline.vocab.release import profile_named

    known = known_mission(mission)
    profile = profile_named(release, known)
    with open_register_of(known, register, database) as opened:
        view = opened.view(known)
    withheld = Releasing(mission=known, profile=profile, now=moment()).find_withheld(ViewFacts(view))
    tell_profile(profile)
    tell_withheld(withheld, incidents_count=len(view.incidents), documents_count=len(view.documents))
    if ids:
        tell_ids(withheld)


def tell_profile(profile: "ReleaseProfile") -> None:
    print(f"{profile.id}: {profile.says}")
    print(f"places of shelter and treatment  {profile.sensitive_places.value}")
    print(f"whole texts                      {'shown' if profile.texts else 'only the passages that are quoted'}")
    print(f"confidential sources             {'shown' if profile.confidential else 'withheld'}")
    if profile.delay_hours:
        print(f"every incident                   {profile.delay_hours:g} hours after it ended")
    for each in profile.acts:
        when = "withheld" if each.delay_hours is None else f"{each.delay_hours:g} hours after it ended"
        print(f"{each.what:<32} {when}")


def tell_withheld(withheld: "Withheld", *, incidents_count: int, documents_count: int) -> None:
    from truceline.model.release import Reason

    print(f"{len(withheld.incidents):,} of {incidents_count:,} incidents are withheld:")
    for reason in Reason:
        count = sum(each is reason for each in withheld.incidents.values())
        print(f"  {count:>7,} {reason.value}")
    print(f"{len(withheld.documents):,} of {documents_count:,} documents are withheld")
    print(f"{len(withheld.quoted):,} more are shown by quotes only: a claim in them is withheld")
    if withheld.next_at is not None:
        print(f"The next of them may be shown from {withheld.next_at:%Y-%m-%d %H:%M} UTC on")


def tell_ids(withheld: "Withheld") -> None:
    for name, reason in sorted(withheld.incidents.items()):
        print(f"incident  {name}  {reason.value}")
    for name in sorted(withheld.documents):
        print(f"document  {name}")
    for name in sorted(withheld.quoted):
        print(f"quoted    {name}")
