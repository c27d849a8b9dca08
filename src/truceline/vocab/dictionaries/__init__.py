"""Coding dictionaries that a user brings: KEDS, TABARI and PETRARCH formats, CAMEO or WEIS codes."""

from truceline.vocab.dictionaries.load import Loaded, load_dictionaries
from truceline.vocab.dictionaries.records import Dictionaries

__all__ = ["Dictionaries", "Loaded", "load_dictionaries"]
