"""The register as a service: for one person on their machine, or for a team with accounts, roles and a ledger.

Whoever reads is shown the register through the release profile of their role; whoever decides, comments or publishes
does so through `truceline.store.team`, in a short transaction that stands in the ledger. What machines found is never
written here: `truceline run` does that, also as a job of the service (`web.rerun`).
"""

from truceline.web.app import make_app
from truceline.web.held import Keeper

__all__ = ["Keeper", "make_app"]
