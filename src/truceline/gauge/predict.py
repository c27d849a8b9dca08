"""The reader under measurement, as a function from document to contract reading."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from truceline.errors import UsageError
from truceline.flow.mission import load_mission
from truceline.gauge.case import ContractReading, Predict
from truceline.gauge.held_out import FILES, HeldOut, held_out_marks
from truceline.model.document import Document
from truceline.vocab.dictionaries import load_dictionaries


def default_reader(dictionaries: Path | None = None, held_out: HeldOut | None = None) -> Predict:
    """What `truceline read` does without a mission, with a folder of dictionaries or without; loads its models once.

    `held_out` marks stand in for the encoder's own in the documents that it has learnt from.
    """
    # Imported when asked for: scoring readings from a file needs no language model.
    coding = None if dictionaries is None else load_dictionaries(dictionaries).dictionaries
    return _predict(import_module("truceline.read.reader").Reader.default(coding, held_out))


def mission_reader(folder: Path, *, places: bool = True) -> Predict:
    """What `truceline read --mission` does; without `places` the mission's own are left out."""
    mission = load_mission(folder)
    known = mission if places else replace(mission, places=())
    return _predict(import_module("truceline.read.reader").Reader.for_mission(known))


def _predict(reader: Any) -> Predict:
    as_contract = import_module("truceline.read.contract").as_contract

    def predict(document: Document) -> ContractReading:
        reading: ContractReading = as_contract(reader.read(document), with_text=False)
        return reading

    return predict


def marks_for(suite: str) -> HeldOut | None:
    """The held-out marks that a suite is scored with."""
    return held_out_marks(suite, import_module("truceline.read.models").trained_folder()) if suite in FILES else None


def batch_reader() -> Callable[[Sequence[Document]], None]:
    """What `truceline read` does with a file of documents: read in batches, each made ready to print."""
    reader = import_module("truceline.read.reader").Reader.default()
    as_contract = import_module("truceline.read.contract").as_contract

    def read(documents: Sequence[Document]) -> None:
        for reading in reader.read_all(documents):
            json.dumps(as_contract(reading), ensure_ascii=False)

    return read


def readings_from(path: Path) -> Predict:
    """Readings printed earlier, by any reader that keeps the contract, looked up by document id."""
    with path.open(encoding="utf-8") as stream:
        known: Mapping[str, ContractReading] = dict(_by_id(stream, path))

    def predict(document: Document) -> ContractReading:
        if document.id not in known:
            raise UsageError(f"{path}: no reading of document '{document.id}'; read the same gold set again")
        return known[document.id]

    return predict


def _by_id(lines: Iterable[str], path: Path) -> Iterator[tuple[str, ContractReading]]:
    for number, line in enumerate(lines, start=1):
        try:
            reading = json.loads(line)
            yield reading["document"]["id"], reading
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}:{number}: not a reading ({error}); expected `truceline read` jsonl") from error
