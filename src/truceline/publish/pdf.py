"""The bulletin on paper: set by Typst with the fonts it carries, the same bytes for the same view."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from truceline.kit.visible import visible
from truceline.publish.bulletin import Bulletin
from truceline.publish.lookup import Lookup


def bulletin_pdf(bulletin: Bulletin, lookup: Lookup) -> bytes:
    """The bulletin as PDF; its date is the register's, for no clock is read."""
    return set_bulletin(bulletin, as_of=lookup.view.as_of)


def set_bulletin(bulletin: Bulletin, *, as_of: datetime | None) -> bytes:
    """The bulletin as PDF, dated `as_of`.

    No archival profile is asked for: those refuse a whole document for one letter that no embedded font has.
    """
    source = files("truceline.publish").joinpath("templates", "bulletin.typ").read_bytes()
    made = typst.compile(
        source,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"bulletin": json.dumps(plain_values(bulletin), ensure_ascii=False)},
        format="pdf",
        timestamp=0 if as_of is None else int(as_of.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the typst package, Arabic included: none of this machine's, so that no machine differs."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def plain_values(value: Any) -> Any:
    """Records as plain values, every text with its control characters made visible: no font has a shape for them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_values(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [plain_values(each) for each in value]
    return isolated(visible(value)) if isinstance(value, str) else value


def isolated(text: str) -> str:
    """The text so that its writing direction ends with it, and the numbers after it stay where they belong."""
    return f"\u2068{text}\u2069" if RIGHT_TO_LEFT.search(text) else text


RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u202a-\u202e\u2066-\u2068]")
