"""What can go wrong, in one tree.

    TrucelineError              everything this package raises on purpose
    ├── MissionError            a mission folder has mistakes (all of them listed)
    ├── RegisterError           the register cannot be used
    │   ├── RegisterBusy        another run holds it
    │   ├── RegisterTooNew      written by a newer Truceline
    │   └── Overtaken           somebody else changed the same thing meanwhile
    ├── UnknownId               no such incident, document or claim
    ├── MissingModel            a language model or data package is not installed
    ├── ServiceError            a service that was asked gave no answer that can be used
    │   ├── ServiceUnreachable  it did not answer at all, or not to the end
    │   └── ServiceRefused      it answered that it will not: `status` and `errors` say why
    └── UsageError              the command was called in a way that cannot work

Bad *input* is no exception: it is a `Problem`, a value that says what, where and what next,
so that everything else is still processed.
"""

from dataclasses import dataclass
from enum import StrEnum


class TrucelineError(Exception):
    """The root: catch this to catch everything raised on purpose."""


class RegisterError(TrucelineError):
    """The register cannot be used."""


class NoRegister(RegisterError):
    """There is none yet."""


class RegisterBusy(RegisterError):
    """Another run holds the register."""


class RegisterTooNew(RegisterError):
    """The register was written by a newer Truceline."""


class Overtaken(RegisterError):
    """Somebody else changed the same thing since it was read: `who` did `what`, as the ledger's entry `seq`."""

    def __init__(self, subject: str, *, who: str, what: str, seq: int) -> None:
        self.subject, self.who, self.what, self.seq = subject, who, what, seq
        super().__init__(f"{subject}: was changed meanwhile ({what}, by {who}); look at it again, then decide")


class UnknownId(TrucelineError):
    """No incident, document or claim has this id."""


class MissingModel(TrucelineError):
    """A language model or a data package is not installed."""


class ServiceError(TrucelineError):
    """A service that was asked gave no answer that can be used."""


class ServiceUnreachable(ServiceError):
    """The service did not answer at all, or not to the end."""


class ServiceRefused(ServiceError):
    """The service will not; `status` is that of HTTP, `errors` the parts of the request that were wrong, by name."""

    def __init__(self, message: str, *, status: int, errors: dict[str, str]) -> None:
        self.status = status
        self.errors = errors
        super().__init__(message)


class UsageError(TrucelineError):
    """The command was called in a way that cannot work."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Bad input as a value: what, where, what next.

    `code` is stable and dotted ("date.impossible"); `where` is a path, a path with a line
    ("sources.toml:14") or a URI; `start` and `end` are code points into the document's text.
    A WARNING leaves the document usable; an ERROR means that it, or the named part, was not read.
    """

    code: str
    message: str
    where: str = ""
    start: int | None = None
    end: int | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something left out on purpose, and why: tallied, never silent."""

    id: str
    reason: str


class MissionError(TrucelineError):
    """A mission folder has mistakes; `problems` lists every one with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
