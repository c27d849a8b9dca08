from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from truceline.model.quantity import Harm, Quantity, Range, Unit
from truceline.model.span import Span
from truceline.read.harm import parse_harm
from truceline.read.quantities import find_quantities
from truceline.read.quantities_words import scanner
from truceline.read.sentences import parse_texts

CASES = Path(__file__).parents[1] / "cases/read"


def passages(name: str) -> Iterator[tuple[str, list[str]]]:
    for block in (CASES / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            yield lines[0], [line.removeprefix(">").strip() for line in lines[1:]]


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".removesuffix(".0")


def plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def shown(quantity: Quantity, text: str) -> str:
    bounds = f"{number(quantity.low)}..{number(quantity.high)}"
    unit = "" if quantity.unit is Unit.COUNT else f" | {quantity.unit.value}"
    return f"{quantity.span.of(text)} | {bounds} | {quantity.of}{unit}".strip()


def shown_range(people: Range | None) -> str:
    return "-" if people is None else f"{number(people.low)}..{number(people.high)}"


def shown_harm(harm: Harm | None) -> str:
    if harm is None:
        return "none"
    civilians = "" if harm.killed_civilians is None else f", civilians {shown_range(harm.killed_civilians)}"
    return f"killed {shown_range(harm.killed)}, injured {shown_range(harm.injured)}{civilians}"


def quantities(text: str) -> list[Quantity]:
    return list(find_quantities(next(parse_texts([text], ner=False))))


@pytest.mark.parametrize(("passage", "expected"), passages("quantity_units.txt"))
def test_quantities_are_read_with_the_bounds_as_worded(passage: str, expected: list[str]) -> None:
    assert [shown(each, passage) for each in quantities(passage)] == expected


@pytest.mark.parametrize(("passage", "expected"), passages("quantities.txt"))
def test_the_linguists_quantities_are_read(passage: str, expected: list[str]) -> None:
    found = [
        f"{each.span.of(passage)} | {plain(each.low)} | {plain(each.high)} | {each.of}" for each in quantities(passage)
    ]
    assert found == expected


@pytest.mark.parametrize(("sentence", "expected"), passages("harm.txt"))
def test_killed_and_injured_are_read_as_told(sentence: str, expected: list[str]) -> None:
    harm = parse_harm(sentence, quantities(sentence), within=Span(0, len(sentence)))
    assert [shown_harm(harm)] == expected


def test_of_several_numbers_of_killed_the_one_beside_the_trigger_is_taken() -> None:
    sentence = "Shelling killed 3 people in the north and an airstrike killed 8 people in the south."
    found = quantities(sentence)
    for word, killed in (("Shelling", 3), ("airstrike", 8)):
        at = sentence.index(word)
        harm = parse_harm(sentence, found, within=Span(0, len(sentence)), trigger=Span(at, at + len(word)))
        assert harm is not None
        assert harm.killed == Range(low=killed, high=killed)


def test_every_quantity_reads_back() -> None:
    text = "Over 100 men, 12.5 percent, $4 million, 3 km and “dozens” of others."
    for each in quantities(text):
        assert each.span.of(text).strip() == each.span.of(text)
        assert each.of_span is None or each.span.start <= each.of_span.start < each.of_span.end


def test_a_heap_of_number_words_is_scanned_at_once() -> None:
    heap = "one " * 60 + "oneself, hundred " + "dozen and " * 60
    start = perf_counter()
    assert list(scanner().find(heap))
    assert perf_counter() - start < 1
