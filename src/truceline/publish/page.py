"""Pages from templates: everything escaped, nothing loaded from elsewhere."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from truceline.kit.visible import visible
from truceline.publish.lookup import Lookup, safe_name


@cache
def templates(*packages: str) -> Environment:
    """The templates of this package and of further ones, with escaping on and unknown names refused."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in ("truceline.publish", *packages)]),
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
    template: str,
    lookup: Lookup,
    *,
    here: str,
    depth: int = 0,
    documents: frozenset[str] = frozenset(),
    packages: tuple[str, ...] = (),
    **values: Any,
) -> str:
    """One page; `here` is its entry in the bar, `depth` how many folders down it lies, `documents` the pages there.

    `packages` are those whose templates may be used beside ours.
    """
    view = lookup.view
    return (
        templates(*packages)
        .get_template(template)
        .render(
            root="../" * depth,
            here=here,
            site=lookup.site,
            mission=view.mission.name,
            fingerprint=view.fingerprint,
            as_of=lookup.as_of,
            release=view.release,
            documents=documents,
            **values,
        )
    )


@cache
def asset(name: str) -> str:
    """The text of a file of this package's assets."""
    return files("truceline.publish").joinpath("assets", name).read_text("utf-8")
