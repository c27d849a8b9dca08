"""Words in one spelling, for dictionaries and for texts alike."""

import re

from truceline.vocab.dictionaries.records import Name

APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
_JOINT = re.compile(r"([\s_]+)")
# Dashes join words that a text may as well write apart ("Al-Qaeda"); a parser takes them apart too.
_DASHES = re.compile(r"[-‐‑–—]+")


def words_of(piece: str) -> tuple[str, ...]:
    """The words of a stretch without white space, in capitals: dashes and underscores part them, a possessive goes."""
    if piece.isascii() and piece.isalnum():
        return (piece.upper(),)
    found: list[str] = []
    for part in re.split(r"[\s_]+", _DASHES.sub(" ", piece.translate(APOSTROPHES).upper())):
        found.extend(_parted(part.rstrip(".")))
    return tuple(word for word in found if any(letter.isalnum() for letter in word))


def _parted(word: str) -> tuple[str, ...]:
    """A contraction in two, as treebanks write it ("DO N'T"); a possessive without its ending."""
    if word.endswith("N'T") and len(word) > 3:
        return word[:-3], "N'T"
    if word.endswith("'S") and len(word) > 2:
        return (word[:-2],)
    return (word.rstrip("'"),)


def parse_name(phrase: str) -> Name:
    """A phrase of a dictionary: an underscore glues two words, a space lets others stand between."""
    words: list[str] = []
    glued: list[bool] = []
    joint = " "
    for piece in _JOINT.split(phrase.strip()):
        if _JOINT.fullmatch(piece):
            joint = piece
            continue
        for number, word in enumerate(words_of(piece)):
            words.append(word)
            glued.append(bool(words[:-1]) and (number > 0 or "_" in joint))
    return Name(words=tuple(words), glued=tuple(glued))
