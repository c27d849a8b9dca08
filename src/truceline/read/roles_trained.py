"""Whom and what an act struck, and the organisation behind it, as the trained encoder marks them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.read.roles import KindSpan, Role, RoleSpan
from truceline.read.trained import Noticed

if TYPE_CHECKING:
    from truceline.read.table import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A layer of the encoder: the role that its stretches play, and the chance from which they count."""

    layer: str
    role: Role
    least: float


# Persons who did it and weapons are marked too, but less surely than the rules find them: docs/quality.md has figures.
MARKINGS = (
    Marking(layer="role.PerpOrg", role=Role.AGENT, least=0.7),
    Marking(layer="role.Victim", role=Role.RECIPIENT, least=0.7),
    Marking(layer="role.Target", role=Role.RECIPIENT, least=0.7),
)


class TrainedRoles:
    """Evidence of roles in one document, from what the encoder noticed there."""

    name = "encoder-roles-1"

    def __init__(self, noticed: Noticed) -> None:
        self.noticed = noticed

    def roles(self, _doc: "Doc", /) -> Sequence[RoleSpan]:
        return sorted(self._marked(), key=lambda each: each.span)

    def kinds(self, _doc: "Doc", /) -> Sequence[KindSpan]:
        return ()

    def _marked(self) -> Iterator[RoleSpan]:
        for marking in MARKINGS:
            for span in self.noticed.spans(marking.layer):
                chance = self.noticed.chance_of(marking.layer, span.start, span.end)
                if chance >= marking.least:
                    yield RoleSpan(span=span, role=marking.role, chance=chance)
