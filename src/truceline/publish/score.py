"""The voices of a text as lanes: who speaks where in it, of what kind of event, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from truceline.model.span import Span
from truceline.publish.cards import Chip
from truceline.publish.looks import Line
from truceline.publish.notes import Note

LANES = 7
WIDTH = 1000  # of a lane, from the first character of the text to the last; drawn at any width
LEAST = 5
AUTHOR = Chip(words="the author", name="")
OTHERS = Chip(words="others", name="", is_anonymous=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One outermost speaker: who, how many claims, and the drawing of where they stand in the text."""

    chip: Chip
    claims_count: int
    drawn: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a claim stands in the text, and the word in it that tells the event."""

    span: Span
    trigger: Span


def find_lanes(notes: Sequence[Note], places: Sequence[Place], *, length: int) -> tuple[Lane, ...]:
    """The lanes, the author's first, then speakers as they appear; beyond `LANES` the rarest share one.

    `places` are where the claims of the notes stand in a text of this many code points. The names of one actor make one
    lane, whatever he is called.
    """
    chips: dict[str, Chip] = {_key(AUTHOR): AUTHOR}
    claims: dict[str, list[tuple[Note, Place]]] = {_key(AUTHOR): []}
    for note, place in zip(notes, places, strict=True):
        chip = note.chips[0] if note.chips else AUTHOR
        chips.setdefault(_key(chip), chip)
        claims.setdefault(_key(chip), []).append((note, place))
    keys = [key for key in claims if claims[key]]
    if len(keys) > LANES:
        kept = set(sorted(keys, key=lambda key: (key != _key(AUTHOR), -len(claims[key])))[: LANES - 1])
        rest = [pair for key in keys if key not in kept for pair in claims[key]]
        keys = [key for key in keys if key in kept]
        chips[OTHERS.words], claims[OTHERS.words] = OTHERS, sorted(rest, key=lambda pair: pair[0].number)
        keys.append(OTHERS.words)
    return tuple(Lane(chip=chips[key], claims_count=len(claims[key]), drawn=_draw(claims[key], length)) for key in keys)


def _key(chip: Chip) -> str:
    return (chip.name or chip.words).casefold().removeprefix("the ")


def _draw(claims: Sequence[tuple[Note, Place]], length: int) -> Markup:
    """Above the colour of the kind, below the line of certainty, or through it where the claim is denied."""
    inner = []
    shares = share_out([place for _, place in claims])
    for (note, _), share in zip(claims, shares, strict=True):
        start = WIDTH * share.start / max(length, 1)
        end = max(start + LEAST, WIDTH * share.end / max(length, 1) - 2)
        colour = note.kind.colour if note.kind else "none"
        at = 4 if note.line is Line.STRUCK else 11
        inner.append(
            Markup(
                '<g data-c="{0}"><path class="act" stroke="{1}" d="M{2:.0f} 4H{3:.0f}"/>'
                '<path class="{4}" d="M{2:.0f} {5}H{3:.0f}"/></g>'
            ).format(note.number, colour, start, end, note.line.value, at)
        )
    drawn = Markup('<svg viewBox="0 0 {} 14" preserveAspectRatio="none" aria-hidden="true">{}</svg>')
    return drawn.format(WIDTH, Markup("").join(inner))


def share_out(places: Sequence[Place]) -> list[Span]:
    """Spans that do not overlap: claims over the same words part them half-way between the words that tell them.

    `places` come in the order of those words.
    """
    starts = [each.span.start for each in places]
    ends = [each.span.end for each in places]
    for nth in range(1, len(places)):
        if starts[nth] < ends[nth - 1]:
            middle = (places[nth - 1].trigger.start + places[nth].trigger.start) // 2
            ends[nth - 1], starts[nth] = min(ends[nth - 1], middle), max(starts[nth], middle)
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]
