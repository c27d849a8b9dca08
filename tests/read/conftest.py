"""One reader for the session: loading the grammar takes longer than reading a thousand sentences."""

import pytest
from passages import Passages

from truceline.read.reader import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Knows the states of the world and no mission."""
    return Reader.default()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Passages:
    """`read(text)` is the passage, read once."""
    return Passages(reader)
