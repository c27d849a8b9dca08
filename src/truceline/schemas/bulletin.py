"""The bulletin as the API gives it. Incidents, claims and documents stand in it by their ids."""

from truceline.schemas.rows import Given

Ids = tuple[str, ...]


class MastheadOut(Given):
    """What the reader must know before the first number."""

    mission: str
    summary: str
    agreement: str
    number: int
    period: str
    cutoff: str
    as_of: str
    fingerprint: str


class DayBarOut(Given):
    """One day; without a report it is not observed, which is not zero."""

    iso: str
    incidents_count: int
    documents_count: int
    is_observed: bool


class FigureOut(Given):
    """A number with its 95 % interval, out of how many observed days, and against the period before in words."""

    name: str
    count: int
    low: int
    high: int
    days: int
    sources: int
    origins: int
    compared: str
    note: str


class JudgementOut(Given):
    """A key judgement; likelihood and confidence are sentences of their own."""

    statement: str
    likelihood: str
    confidence: str
    basis: Ids


class AreaOut(Given):
    name: str
    rows: Ids


class HarmOut(Given):
    """Harm as told, from the lowest to the highest of each incident."""

    killed: str
    injured: str
    civilians: str
    others: str
    rows: Ids


class TruceOut(Given):
    """A local truce with the incidents assessed inside it."""

    name: str
    window: str
    zones: str
    others: tuple[str, ...]
    source: str
    inside: Ids


class DisputeOut(Given):
    """An incident told and denied, or told differently: the claims on either side, and each point with its values."""

    row: str
    tells: Ids
    denies: Ids
    points: tuple[tuple[str, tuple[str, ...], str], ...]


class LedgerOut(Given):
    """Incidents that each publisher (name, kind) tells of each side's doing, in the order of `sides`."""

    sides: tuple[str, ...]
    lines: tuple[tuple[str, str, tuple[int, ...]], ...]


class MeasuredOut(Given):
    """A change of rate, or a rate somebody stated and what the register says to it."""

    name: str
    measured: str
    answer: str
    because: str
    document: str


class ForetoldOut(Given):
    """A prediction and what became of it."""

    words: str
    source: str
    what: str
    within: str
    likelihood: str
    outcome: str
    score: str
    because: str


class ForetellerOut(Given):
    """A source's predictions: made, scored, mean Brier score."""

    name: str
    made: int
    scored: int
    pending: int
    cannot_tell: int
    brier: str


class ForesightOut(Given):
    rows: tuple[ForetoldOut, ...]
    sources: tuple[ForetellerOut, ...]


class BlindOut(Given):
    """What the register could not see."""

    silent: tuple[str, ...]
    unobserved: tuple[str, ...]
    unplaced_count: int
    undated_count: int
    unread: tuple[str, ...]
    left_out: tuple[str, ...]


class CorrectionOut(Given):
    """A document published anew: the words that went and the words that came."""

    document: str
    title: str
    publisher: str
    published: str
    versions: str
    changes: tuple[tuple[str, str], ...]


class BulletinOut(Given):
    """The sections in the order in which they are printed."""

    masthead: MastheadOut
    days: tuple[DayBarOut, ...]
    total: FigureOut
    listed_only_count: int
    by_area: tuple[FigureOut, ...]
    by_party: tuple[FigureOut, ...]
    by_kind: tuple[FigureOut, ...]
    by_verdict: tuple[tuple[str, int], ...]
    acts_count: int
    judgements: tuple[JudgementOut, ...]
    areas: tuple[AreaOut, ...]
    harm: HarmOut
    movement: Ids
    access: Ids
    truces: tuple[TruceOut, ...]
    statements: Ids
    sayings: Ids
    disputes: tuple[DisputeOut, ...]
    ledger: LedgerOut
    changes: tuple[MeasuredOut, ...]
    foresight: ForesightOut
    blind: BlindOut
    corrections: tuple[CorrectionOut, ...]
    annex: Ids
    register_count: int
