"""The pages of the service: the addresses of a published folder, and those that need a server."""

from truceline.model.person import Right
from truceline.publish.site import Door, Site
from truceline.web.visitor import VISITOR

# What only some may open, by what it takes.
ROOMS: tuple[tuple[Right, Door], ...] = (
    (Right.REVIEW, Door(key="review", href="review", label="Review", group="rooms")),
    (Right.REVIEW, Door(key="ledger", href="ledger", label="Ledger", group="rooms")),
    (Right.MANAGE, Door(key="work", href="jobs", label="Work", group="rooms")),
    (Right.MANAGE, Door(key="people", href="people", label="People", group="rooms")),
)


def further() -> tuple[Door, ...]:
    """The rooms that whoever asks may enter, and the door in or their own page."""
    visitor = VISITOR.get()
    rooms = tuple(door for right, door in ROOMS if right in visitor.rights)
    if visitor.account is not None:
        return (*rooms, Door(key="account", href="account", label=visitor.account.name, group="own"))
    if visitor.before_accounts:
        return rooms
    return (*rooms, Door(key="login", href="login", label="Log in", group="own"))


SERVICE = Site(
    csp="",
    front="./",
    register="./",
    doors=(
        Door(key="register", href="./", label="Register"),
        Door(key="map", href="map.html", label="Map"),
        Door(key="documents", href="documents/index.html", label="Documents"),
        Door(key="check", href="check", label="Check a text"),
        Door(key="watch", href="watch.html", label="Watch"),
        Door(key="bulletin", href="bulletins", label="Bulletins"),
        Door(key="agreement", href="agreement.html", label="Agreement"),
        Door(key="sources", href="sources.html", label="Sources"),
        Door(key="data", href="data.html", label="Data"),
        Door(key="quality", href="quality.html", label="Quality"),
    ),
    styles=("assets/service.css",),
    is_served=True,
    further=further,
)
