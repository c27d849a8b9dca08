"""What is kept of one state of the register for all who read it, whatever is released to them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from threading import RLock
from typing import TypeVar

from sqlalchemy import Connection

from truceline.store.columns import Columns, Mask, Numbers, load_columns

FindWords = Callable[[Connection, str], Sequence[int] | Numbers]
SEARCHES = 128  # remembered; one weighs a byte an incident
Key = TypeVar("Key")


class Loaded:
    """The columns, read when they are first asked for, and what was searched in them.

    `find_words` gives the numbers in `incident_words` of the incidents that hold words.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]], find_words: FindWords) -> None:
        self._reading = reading
        self._find_words = find_words
        self._busy = RLock()
        self._found: dict[str, Mask] = {}

    @property
    def columns(self) -> Columns:
        with self._busy:  # many who come at once wait for one loading of them
            return self._columns

    @cached_property
    def _columns(self) -> Columns:
        with self._reading() as connection:
            return load_columns(connection)

    def holding(self, words: str) -> Mask:
        """Those that hold these words, remembered: a search is asked again for its next page."""
        with self._busy:
            if words not in self._found:
                with self._reading() as connection:
                    seqs = self._find_words(connection, words)
                remember(self._found, words, self._columns.with_seqs(seqs), most=SEARCHES)
            return self._found[words]


def remember(masks: dict[Key, Mask], key: Key, mask: Mask, *, most: int) -> Mask:
    """The mask, kept among the `most` latest and never to be changed."""
    mask.flags.writeable = False
    while len(masks) >= most:
        del masks[next(iter(masks))]
    masks[key] = mask
    return mask
