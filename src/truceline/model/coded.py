"""An event in the codes of a dictionary that the user brought: who, to whom, what."""

from dataclasses import dataclass

from truceline.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One triple, and what it rests on.

    `span` is the verb, `source_span` and `target_span` the phrases behind the two actor codes, `rule` the line of
    the dictionary ("verbs.txt:214"), `claim` the id of the claim that the same verb tells, None where there is none.
    """

    source: str
    target: str
    code: str
    span: Span
    source_span: Span
    target_span: Span
    rule: str
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedTotal:
    """The events that a data set codes for one year and kind (UCDP: type of violence), with the deaths as coded.

    `least` and `most` sum the ranges that the incidents hold: they differ from `low` and `high` where a row has its
    estimates out of order, which a range cannot have.
    """

    year: int
    kind: str
    events: int
    low: int
    best: int
    high: int
    least: int
    most: int
