from truceline.kit.csvrows import BrokenRow, Row, find_rows


def test_a_row_knows_the_line_it_starts_on() -> None:
    rows = list(find_rows(['a,"b\n', 'c"\n', "\n", "d,e\n"]))
    assert rows == [Row(cells=["a", "b\nc"], line=1), Row(cells=["d", "e"], line=4)]


def test_a_broken_row_does_not_hide_the_next() -> None:
    rows = list(find_rows(['a,"b"c\n', "d,e\n", '"open\n']))
    assert isinstance(rows[0], BrokenRow)
    assert rows[1] == Row(cells=["d", "e"], line=2)
    assert isinstance(rows[2], BrokenRow)
    assert (rows[0].line, rows[2].line) == (1, 3)
