"""The bulletin on paper: set by Typst with the fonts it carries, the same bytes for the same view."""

import json
from dataclasses import asdict, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from truceline.publish.bulletin import Bulletin
from truceline.publish.lookup import Lookup


def bulletin_pdf(bulletin: Bulletin, lookup: Lookup) -> bytes:
    """The bulletin as PDF; its date is the register's, for no clock is read."""
    source = files("truceline.publish").joinpath("templates", "bulletin.typ").read_bytes()
    as_of = lookup.view.as_of
    made = typst.compile(
        source,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"bulletin": json.dumps(asdict(bulletin), default=_plain, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=0 if as_of is None else int(as_of.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _plain(value: Any) -> Any:
    assert is_dataclass(value)
    assert not isinstance(value, type)
    return asdict(value)
