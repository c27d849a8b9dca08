"""The register as a service: read-only, on this machine only, until there are accounts."""

from truceline.web.app import make_app
from truceline.web.held import Keeper

__all__ = ["Keeper", "make_app"]
