"""Pages from templates: everything escaped, nothing loaded from elsewhere."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from truceline.kit.visible import visible
from truceline.publish.lookup import Lookup, safe_name

# Scripts and styles come from files beside the page; MapLibre starts its worker from a blob.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "worker-src blob:; connect-src blob:; base-uri 'none'; form-action 'none'"
)


@cache
def templates() -> Environment:
    """The templates of this package, with escaping on and unknown names refused."""
    made = Environment(
        loader=PackageLoader("truceline.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["visible"] = visible
    made.filters["safe_name"] = safe_name
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return made


def render(
    template: str, lookup: Lookup, *, here: str, depth: int = 0, documents: frozenset[str] = frozenset(), **values: Any
) -> str:
    """One page; `here` is its entry in the bar, `depth` how many folders down it lies, `documents` the pages there."""
    view = lookup.view
    return (
        templates()
        .get_template(template)
        .render(
            root="../" * depth,
            here=here,
            csp=CSP,
            mission=view.mission.name,
            fingerprint=view.fingerprint,
            as_of=lookup.as_of,
            documents=documents,
            **values,
        )
    )


@cache
def asset(name: str) -> str:
    """The text of a file of this package's assets."""
    return files("truceline.publish").joinpath("assets", name).read_text("utf-8")
