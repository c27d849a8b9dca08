from truceline.kit.hashing import content_id


def test_the_same_parts_give_the_same_id() -> None:
    assert content_id("as-", "a", "b") == content_id("as-", "a", "b")


def test_parts_do_not_run_together() -> None:
    assert content_id("as-", "ab", "c") != content_id("as-", "a", "bc")


def test_an_id_is_the_prefix_and_twelve_hex_digits() -> None:
    found = content_id("as-", "a")
    assert found.startswith("as-")
    assert int(found.removeprefix("as-"), 16) >= 0
    assert len(found) == len("as-") + 12
