"""What each filter can be set to, written once for each state of the register: hundreds of options a page."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from truceline.kit.visible import visible
from truceline.publish.looks import find_kinds, find_shapes
from truceline.web.filters import NOT_ASSESSED, Filters
from truceline.web.held import Held

WRITTEN: WeakKeyDictionary[Held, Mapping[str, Markup]] = WeakKeyDictionary()


def options_for(held: Held, filters: Filters) -> dict[str, Markup]:
    """The options of each choice, by the name of its filter, the one that is set marked."""
    written = WRITTEN.get(held)
    if written is None:
        written = {name: Markup("").join(map(write, pairs)) for name, pairs in choices_of(held).items()}
        WRITTEN[held] = written
    return {name: mark(options, filters[name]) for name, options in written.items()}


def write(pair: tuple[str, str]) -> Markup:
    return Markup('<option value="{}">{}</option>').format(pair[0], visible(pair[1]))


def mark(options: Markup, value: str) -> Markup:
    if not value:
        return options
    plain = f'value="{escape(value)}"'
    return Markup(str(options).replace(plain, f"{plain} selected", 1))  # noqa: S704  written above, the value escaped


def choices_of(held: Held) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, with its words."""
    mission, found = held.mission, held.choices
    actors = {each.id: each.name for each in mission.actors}
    sides = sorted({each.side for each in mission.actors if each.side and f"side:{each.side}" in found.parties})
    named = sorted(((each, actors[each]) for each in found.parties if each in actors), key=lambda pair: pair[1])
    sources = {each.id: each.name for each in mission.sources}
    return {
        "party": [*((f"side:{each}", f"Side: {each}") for each in sides), *named],
        "kind": [(each.id, each.label) for each in find_kinds()],
        "verdict": [(each.value or NOT_ASSESSED, each.words) for each in find_shapes()],
        "source": sorted(
            ((each, sources[each]) for each in found.sources if each in sources), key=lambda pair: pair[1]
        ),
    }
