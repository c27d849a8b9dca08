"""An index of stretches finds what a search through all of them finds."""

from hypothesis import given
from hypothesis import strategies as st

from truceline.kit.nearby import Nearby
from truceline.model.span import Span

SPANS = st.tuples(st.integers(0, 5000), st.integers(1, 3000)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=30), SPANS)
def test_everything_that_touches_a_stretch_is_around_it(spans: list[Span], asked: Span) -> None:
    around = Nearby(spans, lambda span: (span,)).around(asked)
    touching = [span for span in spans if span.overlaps(asked)]
    assert [span for span in around if span.overlaps(asked)] == touching


def test_far_things_are_left_out() -> None:
    near, far = Span(0, 10), Span(100_000, 100_010)
    assert Nearby([near, far], lambda span: (span,)).around(Span(5, 6)) == [near]
