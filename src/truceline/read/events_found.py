"""An event found in a parsed text, and the words that name a participant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.model.span import Span
from truceline.read.sentences import subtree

if TYPE_CHECKING:
    from truceline.read.table import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One event: `trigger` and participants are tokens; `kind` names a kind of the lexicon, None outside it.

    `words` gives the exact words of a participant by its token's index, where evidence has marked them. `is_weak`: the
    word tells it only where nothing else in the sentence tells an act.
    """

    trigger: "Token"
    kind: str | None
    agents: tuple["Token", ...]
    recipients: tuple["Token", ...]
    instruments: tuple["Token", ...]
    words: Mapping[int, Span] = field(default_factory=dict)
    is_weak: bool = False


def words_of(token: "Token") -> list["Token"]:
    """The tokens that name a participant: its noun phrase without clauses and asides."""
    tokens = subtree(token, without=frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "parataxis"}))
    kept = [each for each in tokens if each.i == token.i or not _leaves_phrase(each, token)]
    return _past_times(_unbroken(kept, token), token)


def _past_times(tokens: list["Token"], head: "Token") -> list["Token"]:
    """Without a phrase of time, or a verb misread as a modifier, in front of the name."""
    for index, each in enumerate(tokens):
        foreign = (
            each.ent_type_ in {"DATE", "TIME"} or each.lower_ == "today" or (each.tag_ == "VBD" and each.i < head.i)
        )
        if foreign and each.i < head.i:
            return _past_times(tokens[index + 1 :], head)
    return tokens


def _leaves_phrase(each: "Token", head: "Token") -> bool:
    """Prepositional tails say where and when, but 'of' and numbers belong to the name."""
    branch = each
    while branch.head.i not in (head.i, branch.i):
        branch = branch.head
    return branch.dep_ == "prep" and branch.lower_ != "of"


def _unbroken(tokens: list["Token"], head: "Token") -> list["Token"]:
    position = next(index for index, each in enumerate(tokens) if each.i == head.i)
    first = last = position
    while first > 0 and tokens[first].i - tokens[first - 1].i <= 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i - tokens[last].i <= 2:
        last += 1
    return tokens[first : last + 1]
