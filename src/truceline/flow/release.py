"""The register as one profile releases it, with all that is computed from the whole computed from what is released."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from truceline.flow.tools import watch_register, with_records
from truceline.model.release import ReleaseProfile, Withheld
from truceline.model.series import Watch
from truceline.model.view import View
from truceline.publish import Receipt, publish
from truceline.publish.facts import ViewFacts
from truceline.publish.release import Releasing
from truceline.vocab.release import profile_named

Watches = Callable[[View], Watch | None]


def released_view(
    view: View, profile: ReleaseProfile, *, now: datetime, watch: Watches = watch_register
) -> tuple[View, Withheld]:
    """What a profile releases of a whole register, and what it withholds."""
    releasing = Releasing(mission=view.mission, profile=profile, now=now)
    withheld = releasing.find_withheld(ViewFacts(view))
    return whole_of(view, releasing, withheld, watch=watch), withheld


def whole_of(view: View, releasing: Releasing, withheld: Withheld, *, watch: Watches = watch_register) -> View:
    """The same where it is known already what is withheld.

    A watch over all incidents would count the withheld ones, so it is taken anew over the others, as are the records.
    """
    shown = releasing.cut(view, withheld)
    if withheld and view.watch is not None:
        shown = replace(shown, watch=watch(shown))
    return releasing.without_texts(with_records(shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written, by which profile, and what that one withholds."""

    receipt: Receipt
    profile: ReleaseProfile
    withheld: Withheld


def publish_view(view: View, folder: Path, *, release: str, now: datetime) -> Published:
    """Publish what a profile releases of a whole register at a moment. Raises UsageError for an unknown profile."""
    profile = profile_named(release, view.mission)
    released, withheld = released_view(view, profile, now=now)
    return Published(receipt=publish(released, folder), profile=profile, withheld=withheld)
