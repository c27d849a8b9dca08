from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.boundedlines import find_bounded_lines


@given(st.lists(st.binary(max_size=12).map(lambda line: line.translate(None, b"\r\n")), max_size=6), st.integers(1, 8))
def test_lines_within_the_limit_come_whole_and_longer_ones_as_nothing(lines: list[bytes], limit: int) -> None:
    octets = b"\n".join(lines)
    found = list(find_bounded_lines(BytesIO(octets), limit))
    expected = octets.splitlines(keepends=True)
    assert [line.number for line in found] == list(range(1, len(expected) + 1))
    for line, whole in zip(found, expected, strict=True):
        assert (line.octets is None) == (len(whole) > limit)
        assert line.octets is None or len(line.octets) == len(whole)
