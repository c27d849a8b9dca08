"""Readings and tellings that were kept before a field existed are read with its default."""

import json

from truceline.model.claim import Commitment, Evidence
from truceline.model.mention import Label, LabelKind
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.model.telling import TakenFrom, Telling
from truceline.store.records import as_json, parse_reading, parse_record
from truceline.testing import claim, doc, telling

LATER = {"stances", "hedges", "evidence", "horizon", "kind", "by", "taken_from"}


def without_later(kept: object) -> object:
    """The JSON as an older version wrote it."""
    if isinstance(kept, dict):
        return {name: without_later(value) for name, value in kept.items() if name not in LATER}
    return [without_later(each) for each in kept] if isinstance(kept, list) else kept


def test_a_reading_kept_without_voices_is_read() -> None:
    label = Label(span=Span(0, 6), word="Shells", neutral="", reason="r", kind=LabelKind.REVENGE, by="a0")
    told = claim(stances=(Commitment(by="author", factuality=3.0),), hedges=(Span(0, 6),), evidence=Evidence.VIDEO)
    reading = Reading(document=doc(), claims=(told,), labels=(label,))
    kept = json.loads(as_json(reading, without=frozenset({"document"})))
    assert parse_reading(json.dumps(kept), doc()) == reading
    older = parse_reading(json.dumps(without_later(kept)), doc())
    assert (older.claims[0].stances, older.claims[0].evidence, older.claims[0].horizon) == ((), Evidence.NONE, None)
    assert (older.labels[0].kind, older.labels[0].by) == (LabelKind.LOADED_LANGUAGE, "author")


def test_a_telling_kept_without_its_source_is_read() -> None:
    lifted = telling(taken_from=TakenFrom(document="wire", span=Span(0, 6)), evidence=Evidence.PHOTO)
    kept = json.loads(as_json(lifted))
    assert parse_record(Telling, json.dumps(kept)) == lifted
    assert parse_record(Telling, json.dumps(without_later(kept))) == telling()
