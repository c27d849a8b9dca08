"""Where a brief text is set: in the one place it names, not in a capital that speaks there for its government."""

from truceline.fuse.gist import find_only_place
from truceline.read.reader import Reader
from truceline.testing import doc


def test_a_capital_that_acts_is_not_where_a_brief_text_is_set() -> None:
    reader = Reader.default()
    assert (
        find_only_place(reader.read(doc("Monitors were turned back. Damascus fears that fighting will resume.")))
        is None
    )
    place = find_only_place(reader.read(doc("Monitors were turned back. Shells fell on Damascus on Tuesday.")))
    assert place is not None
    assert place.name == "Damascus"
