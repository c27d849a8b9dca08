"""The unit that event data sets count: force used at one place, on one day, between the same sides."""

from dataclasses import dataclass
from datetime import date

from truceline.model.place import Toponym
from truceline.model.quantity import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """Incidents that UCDP GED or ACLED would code as one event; `id` is that of its first incident.

    `day` is local to the mission. `sides` are actor ids, empty where no telling names any. `killed` adds up what the
    incidents tell, None where none tells a toll.
    """

    id: str
    day: date
    place: Toponym
    sides: tuple[str, ...]
    incidents: tuple[str, ...]
    killed: Range | None
