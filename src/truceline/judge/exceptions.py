"""The exceptions of a term: whether a telling claims one, and whether all that it needs is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.judge.evidence import Basis, Witness, weigh_basis
from truceline.judge.facts import EvidenceFact, ExceptionFact
from truceline.judge.rules import Touch
from truceline.judge.weapons import any_of
from truceline.model.agreement import Exemption, Need, Obligation
from truceline.model.incident import Incident
from truceline.model.telling import Telling

# "did not return fire", "without any need of self-defence": the cue is there, the claim is not.
NEGATED = re.compile(
    r"(?:\b(?:not|never|without|no|nor|denied|deny|denies)|n['’]t)\b(?:\W+\w+){0,2}\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionClaim:
    """An exception that a telling claims, the words that do, and which of its needs nothing shows."""

    exemption: Exemption
    claim: str
    words: str
    unshown: tuple[str, ...]

    @property
    def fact(self) -> ExceptionFact:
        return ExceptionFact.CLAIMED if self.unshown else ExceptionFact.SHOWN


def find_exception(incident: Incident, touch: Touch | None, basis: Basis, witness: Witness) -> ExceptionClaim | None:
    """The exception of the term that is shown, else the first that is claimed; silence claims none."""
    if touch is None:
        return None
    told = [witness.tellings[each.claim] for each in incident.versions if each.claim in witness.tellings]
    claimed = [
        claim
        for exemption in find_allowed(touch.obligation, witness)
        if (claim := find_claim(exemption, told, basis, witness)) is not None
    ]
    return next((each for each in claimed if each.fact is ExceptionFact.SHOWN), claimed[0] if claimed else None)


def find_allowed(obligation: Obligation, witness: Witness) -> Iterator[Exemption]:
    """Those the agreement describes itself, by id; then those every agreement may name, by a word of its own."""
    own = [each for each in witness.registry.agreement.exceptions if each.id in obligation.exceptions]
    yield from own
    words = [each.replace("defense", "defence").casefold() for each in obligation.exceptions]
    for each in witness.table.exceptions:
        if each.id not in {one.id for one in own} and any(each.id in word for word in words):
            yield each


def find_claim(exemption: Exemption, told: list[Telling], basis: Basis, witness: Witness) -> ExceptionClaim | None:
    """Who claims it first and by which words, and what of it independent origins do not show."""
    saying = {need.what: find_saying(need, told) for need in exemption.needs}
    first = next((found for found in saying.values() if found), None)
    if first is None:
        return None
    claim, words = next(iter(first.items()))
    unshown = (what for what, found in saying.items() if not is_shown(tuple(found), basis, witness))
    return ExceptionClaim(exemption=exemption, claim=claim, words=words, unshown=tuple(unshown))


def find_saying(need: Need, told: list[Telling]) -> dict[str, str]:
    """The claims that say it, each with the words."""
    found = ((each.claim, find_cue(need.cues, each.quote)) for each in told)
    return {claim: words for claim, words in found if words is not None}


def is_shown(claims: tuple[str, ...], basis: Basis, witness: Witness) -> bool:
    """Do independent origins say it, as well as a verdict needs?"""
    return bool(claims) and weigh_basis(basis, claims, witness.table) is EvidenceFact.SUPPORTED


def find_cue(cues: tuple[str, ...], quote: str) -> str | None:
    """The first cue that is not denied in the same breath."""
    for match in any_of(cues).finditer(quote):
        if NEGATED.search(quote[: match.start()]) is None:
            return match.group()
    return None
