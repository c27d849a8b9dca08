"""The pages of the service: the addresses of a published folder, and those that need a server."""

from truceline.publish.site import Door, Site

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
        Door(key="bulletin", href="bulletin.html", label="Bulletin"),
        Door(key="agreement", href="agreement.html", label="Agreement"),
        Door(key="sources", href="sources.html", label="Sources"),
        Door(key="data", href="data.html", label="Data"),
    ),
    styles=("assets/service.css",),
    is_served=True,
)
