"""Loaded language models behind one door; spaCy lives in `read/` only."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from truceline.errors import MissingModel

if TYPE_CHECKING:
    from spacy.language import Language

ENGLISH = "en_core_web_sm"


@cache
def load_spacy(*, ner: bool = True) -> "Language":
    """The English pipeline: tagger, parser, lemmatizer, and NER unless `ner` is False.

    Raises MissingModel when the pipeline's package is not installed. The model comes inside a
    package, so nothing is fetched.
    """
    if find_spec(ENGLISH) is None:
        raise MissingModel(
            f"the English model {ENGLISH} is not installed; run `make demo`, "
            "or install the project's requirements.txt into this environment"
        )
    pipeline: Language = import_module(ENGLISH).load(exclude=[] if ner else ["ner"])
    pipeline.max_length = 10_000_000
    return pipeline
