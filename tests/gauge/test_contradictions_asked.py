"""The scorer of contradictions: what answers a line of a case, and what is invented."""

from truceline.gauge.contradictions import Found, Told, answers, differing_numbers, parse_case, tally_case

LINES = (
    "@ a | Shahba Press | 2016-04-11T10:20:00Z",
    "Three people were killed by a shell in Kafr Nabl.",
    "@ b | Daily | 2016-04-11T15:40:00Z",
    "Nine people were killed by a shell in Kafr Nabl.",
    "@ c | Weekly | 2016-04-11T15:40:00Z",
    "A shell fell on Kafr Nabl.",
    "= killed | a: 3 | b: 9",
    "= sum | a: 9 in all",
)


def told(what: str, *sides: str) -> Told:
    return Told(what=what, sides=tuple(frozenset(each.split()) for each in sides))


def test_a_case_holds_its_texts_and_its_answers() -> None:
    case = parse_case("1 made up", LINES)
    assert [each.id for each in case.documents] == ["1/a", "1/b", "1/c"]
    assert case.asked == (told("killed", "a", "b"), told("sum", "a"))


def test_two_sides_must_stand_apart() -> None:
    assert answers(told("killed", "b c", "a"), told("killed", "a", "b"))
    assert not answers(told("killed", "a b", "c"), told("killed", "a", "b"))
    assert not answers(told("injured", "a", "b"), told("killed", "a", "b"))
    assert answers(told("sum", "a", "a"), told("sum", "a"))


def test_found_and_invented_are_counted_apart() -> None:
    case = parse_case("1 made up", LINES)
    counts = tally_case(case, Found(stated=(told("killed", "a", "b"), told("hour", "a", "c")), joined=True)).counts
    assert (counts["asked"], counts["found"], counts["stated"], counts["invented"], counts["whole"]) == (2, 1, 2, 1, 0)


def test_the_plain_way_takes_any_two_numbers_for_a_contradiction() -> None:
    assert differing_numbers(parse_case("1 made up", LINES)).stated == (told("killed", "b", "a"),)
