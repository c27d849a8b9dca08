"""What became of a source's claims in the register."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How often the claims of one family of sources were confirmed, over incidents of one kind and one interest.

    `kind` is a PLOVER category or "" for all, `served` what the claim did for the source's own side: "own" (it serves
    it), "against", "neither" (the source has no side, or no side acts), "" for all. Of `incidents`, so many were
    `confirmed` by an origin that is independent of it and of no party or of another camp, and so many `contradicted`
    by an origin of no party; the others are open. `low` and `high` bound the share of confirmed among
    the decided with 95 % (Jeffreys), None where none is decided. `counting`: the one by which its letter may move.
    """

    family: str
    source: str
    kind: str
    served: str
    incidents: int
    confirmed: int
    contradicted: int
    low: float | None
    high: float | None
    counting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLetter:
    """One source's letter as the mission gives it, the letter that its record makes of it, and the record in words."""

    source: str
    given: str
    letter: str
    words: str
