"""The reliability diagram: how often what is stated with a chance is right, drawn so that it prints in grey."""

from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path

import typst
from markupsafe import Markup

from truceline.errors import UsageError
from truceline.gauge.chances import SURE
from truceline.gauge.measure import Score
from truceline.gauge.reliability import Bin
from truceline.gauge.suites import Report

# The colours of what is published (publish/assets/style.css). Colour means kind of event, so that here there is none.
PAPER, SHEET, INK, SOFT, RULE, TINT = "#fcfbf8", "#ffffff", "#1c1e21", "#55595f", "#dcd9d1", "#f0ede5"
FACE = "'Libertinus Serif', 'Noto Serif', Georgia, serif"  # the first is inside the typst package: PNGs are alike
WIDTH, HEIGHT = 640.0, 800.0
LEFT, TOP, SIDE = 100.0, 118.0, 508.0  # the square in which chances and shares meet
FLOOR, STRIP = TOP + SIDE + 108, 44.0  # where the bars stand that count the places, and how high the highest is
FEW = 30  # fewer places than this are drawn hollow: their share says little
LEAST, MOST = 3.2, 8.5  # radii of the smallest and the largest mark
PIXELS_PER_INCH = 108.0  # of a PNG: half as many again as a page has, for sharp screens


def write_picture(report: Report, path: Path) -> None:
    """The diagram of a report as SVG or PNG, by the name of the file. Raises UsageError where there is none to draw."""
    if not report.bins:
        raise UsageError(f"suite '{report.suite}' states no chances: only 'chances' has a picture")
    svg = reliability_svg(report)
    match path.suffix.lower():
        case ".svg":
            path.write_text(svg, encoding="utf-8")
        case ".png":
            path.write_bytes(_as_png(svg))
        case _:
            raise UsageError(f"{path}: a picture is written as .svg or .png")


def reliability_svg(report: Report) -> str:
    """Stated chances against shares right, with intervals, and how many places each rests on."""
    title = _headline(report)
    inner = [
        _box(0, 0, WIDTH, HEIGHT, PAPER),
        *_square(),
        *_words(report, title),
        *_bars(report.bins),
        *_marks(report.bins),
    ]
    whole = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'font-family="{}" fill="{}"><title>{}</title><desc>{}</desc>\n{}\n</svg>\n'
    )
    size = (f"{WIDTH:g}", f"{HEIGHT:g}")
    return str(whole.format(*size, *size, FACE, INK, title, _told(report.bins), Markup("\n").join(inner)))


def _as_png(svg: str) -> bytes:
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    made = typst.compile(source, ignore_system_fonts=True, sys_inputs={"svg": svg}, format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(made, bytes)
    return made


# ---- words


def _headline(report: Report) -> str:
    right = report.score(f"right, of chance {SURE:.1f} or more".replace("0.", "."))
    return f"Places given a chance of .9 or more are right in {_percent(right.value)} of 100"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}"


def _words(report: Report, title: str) -> Iterator[Markup]:
    sure, error = report.score("right, of chance .9 or more"), report.score("calibration error")
    yield _text(32, 44, title, size=23)
    yield _text(
        32, 70, f"{_interval(sure)} of {sure.n:,} places. Over all {error.n:,} places in {report.documents:,} documents"
    )
    yield _text(32, 90, f"the chance and the share right lie {_interval(error)} apart (expected calibration error).")
    mark = "A mark stands for the places with a chance in one tenth, its area for their number, its line for the 95 %"
    yield _text(32, HEIGHT - 36, mark, size=12.5)
    few = f"interval (bootstrap over documents). Hollow: fewer than {FEW} places. Split: {report.split}."
    yield _text(32, HEIGHT - 19, few, size=12.5)


def _interval(score: Score) -> str:
    """'.958 [.945–.970]'."""
    return f"{_bare(score.value)} [{_bare(score.low)}–{_bare(score.high)}]"


def _bare(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")


def _told(bins: Sequence[Bin]) -> str:
    """The diagram for those who hear it."""
    told = (
        f"{each.count:,} places with a chance of {each.low:.1f} to {each.high:.1f}, {each.mean_chance:.2f} on average: "
        f"{_percent(each.right.value)} % right"
        for each in bins
    )
    return "; ".join(told) + "."


# ---- lines


def _square() -> Iterator[Markup]:
    """The ground: the square with its tenths, the line of what is said as it is, and the words of the axes."""
    yield _box(LEFT, TOP, SIDE, SIDE, SHEET)
    yield _box(_x(SURE), TOP, SIDE * (1 - SURE), SIDE, TINT)
    for tenth in range(0, 11, 2):
        at = tenth / 10
        yield _line(LEFT, _y(at), LEFT + SIDE, _y(at), RULE)
        yield _line(_x(at), TOP, _x(at), TOP + SIDE, RULE)
        yield _text(LEFT - 10, _y(at) + 4, _tick(at), size=13, anchor="end")
        yield _text(_x(at), TOP + SIDE + 19, _tick(at), size=13, anchor="middle")
    yield _line(_x(0), _y(0), _x(1), _y(1), SOFT, width=1.1, dash="5 4")
    yield _text(_x(0.035), _y(0.93), "right more often than said", size=14, style="italic")
    yield _text(_x(0.875), _y(0.045), "right less often than said", size=14, style="italic", anchor="end")
    yield _text(_x(0.5), TOP + SIDE + 40, "chance stated", size=15, anchor="middle", fill=INK)
    turned = Markup('<g transform="translate({:.1f} {:.1f}) rotate(-90)">{}</g>')
    yield turned.format(46, _y(0.5), _text(0, 0, "share right", size=15, anchor="middle", fill=INK))


def _marks(bins: Sequence[Bin]) -> Iterator[Markup]:
    most = max(each.count for each in bins)
    for each in bins:
        if each.right.value is None or each.right.low is None or each.right.high is None:
            continue
        x, y = _x(each.mean_chance), _y(each.right.value)
        yield _line(x, _y(each.right.low), x, _y(each.right.high), INK, width=1.5)
        mark = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" stroke="{}" stroke-width="1.5"/>')
        radius = max(LEAST, MOST * sqrt(each.count / most))
        yield mark.format(x, y, radius, SHEET if each.count < FEW else INK, INK if each.count < FEW else SHEET)


def _bars(bins: Sequence[Bin]) -> Iterator[Markup]:
    """How many places each mark rests on, under it."""
    most = max(each.count for each in bins)
    yield _line(LEFT, FLOOR, LEFT + SIDE, FLOOR, SOFT)
    yield _text(LEFT - 10, FLOOR, "places", size=13, anchor="end")
    for each in bins:
        height = STRIP * each.count / most
        yield _box(_x(each.low) + 3, FLOOR - height, SIDE * (each.high - each.low) - 6, height, SOFT)
        yield _text(_x((each.low + each.high) / 2), FLOOR - height - 5, f"{each.count:,}", size=12, anchor="middle")


def _x(chance: float) -> float:
    return LEFT + SIDE * chance


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _tick(at: float) -> str:
    return f"{at:.1f}".removeprefix("0") if 0 < at < 1 else f"{at:.0f}"


def _box(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    box = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>')
    return box.format(x, y, width, height, fill)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: float = 0.8, dash: str = "") -> Markup:
    line = Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{:g}"{}/>')
    dashed = Markup(' stroke-dasharray="{}"').format(dash) if dash else ""
    return line.format(x, y, to_x, to_y, colour, width, dashed)


def _text(
    x: float, y: float, words: str, *, size: float = 15, anchor: str = "start", style: str = "normal", fill: str = ""
) -> Markup:
    text = Markup('<text x="{:.1f}" y="{:.1f}" font-size="{:g}" text-anchor="{}" font-style="{}" fill="{}">{}</text>')
    return text.format(x, y, size, anchor, style, fill or (INK if size > 20 else SOFT), words)
