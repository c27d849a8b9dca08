"""Which tables are known, by their columns (`tables.toml`)."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

from truceline.model.document import Form

# A header with this share of a table's marks is meant to be that table, even where a column is missing.
MARKS_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """One kind of table: what tells it, what its rows need, and whose it is."""

    form: Form
    publisher: str
    language: str
    id_prefix: str
    id_column: str
    marks: tuple[str, ...]
    required: tuple[str, ...]
    filled: tuple[str, ...]
    dates: tuple[str, ...]
    counts: tuple[str, ...]


@cache
def table_forms() -> tuple[TableForm, ...]:
    """The known tables, from `tables.toml`."""
    tables = tomllib.loads(resources.files("truceline.gather").joinpath("tables.toml").read_text(encoding="utf-8"))
    return tuple(_table_form(Form(name), table) for name, table in tables.items())


def recognise(columns: Collection[str]) -> TableForm | None:
    """The table that most of these columns belong to, None where they belong to none."""
    likeliest = max(table_forms(), key=lambda form: _share(form, columns))
    return likeliest if _share(likeliest, columns) >= MARKS_SHARE else None


def _share(form: TableForm, columns: Collection[str]) -> float:
    return sum(mark in columns for mark in form.marks) / len(form.marks)


def _table_form(form: Form, table: dict[str, str | list[str]]) -> TableForm:
    words = {key: value for key, value in table.items() if isinstance(value, str)}
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return TableForm(
        form=form,
        publisher=words["publisher"],
        language=words["language"],
        id_prefix=words["id_prefix"],
        id_column=words["id_column"],
        marks=lists["marks"],
        required=lists["required"],
        filled=lists["filled"],
        dates=lists["dates"],
        counts=lists["counts"],
    )
