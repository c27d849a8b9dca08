"""Where pages lie: in a published folder, or behind a service."""

from collections.abc import Callable
from dataclasses import dataclass

# Scripts and styles come from files beside the page; MapLibre starts its worker from a blob.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src blob:; connect-src blob:; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One entry of the bar: its key, its address from the root, its words, and the group that it stands in."""

    key: str
    href: str
    label: str
    group: str = "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What pages know of where they lie.

    `csp` is written into each page, "" where the server sends it; `front` is the front page, `register` the list of
    incidents, from the root; `styles` are style sheets beside the common one. `is_served` pages offer what needs a
    service: addresses of the API, checking a text. `further` gives entries of the bar that depend on who looks.
    """

    csp: str
    front: str
    register: str
    doors: tuple[Door, ...]
    styles: tuple[str, ...] = ()
    is_served: bool = False
    further: Callable[[], tuple[Door, ...]] = tuple

    def groups(self) -> tuple[tuple[str, tuple[Door, ...]], ...]:
        """The entries of the bar as they stand together, in the order in which a group is first met."""
        doors = (*self.doors, *self.further())
        return tuple(
            (name, tuple(each for each in doors if each.group == name))
            for name in dict.fromkeys(each.group for each in doors)
        )


FOLDER = Site(
    csp=CSP,
    front="index.html",
    register="incidents/index.html",
    doors=(
        Door(key="bulletin", href="bulletin.html", label="Bulletin"),
        Door(key="map", href="map.html", label="Map"),
        Door(key="incidents", href="incidents/index.html", label="Incidents"),
        Door(key="documents", href="documents/index.html", label="Documents"),
        Door(key="sources", href="sources.html", label="Sources"),
        Door(key="data", href="index.html#data", label="Data"),
    ),
)
