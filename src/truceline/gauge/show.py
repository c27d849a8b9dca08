"""Reports as tables: for the terminal, and as Markdown for docs/quality.md."""

from collections.abc import Iterable, Iterator

from rich.table import Table

from truceline.gauge.case import Detail
from truceline.gauge.measure import Score
from truceline.gauge.suites import Report


def render(report: Report) -> Table:
    """One report as a table: each score with its interval and, beside it, what the plain reader reaches."""
    baseline = report.scores[0].baseline_name if report.scores else ""
    table = Table(
        title=f"{report.suite} · {report.split} · {report.documents:,} {report.unit}",
        title_justify="left",
        caption=f"Interval: 95 %, {_interval(report)}. Baseline: {baseline}.{_behind(report.note)}",
        caption_justify="left",
    )
    table.add_column("score")
    for column in ("value", "95 %", "baseline", "n"):
        table.add_column(column, justify="right")
    for score in report.scores:
        table.add_row(*cells(score))
    return table


def render_detail(detail: Detail) -> Table:
    """The table beside the scores."""
    table = Table(title=detail.title, title_justify="left")
    for at, column in enumerate(detail.columns):
        table.add_column(column, justify="right" if at else "left")
    for row in detail.rows:
        table.add_row(*row)
    return table


def markdown(reports: Iterable[Report]) -> str:
    """The same tables in Markdown, one after another."""
    return "\n".join(line for report in reports for line in _markdown_lines(report))


def _markdown_lines(report: Report) -> Iterator[str]:
    baseline = report.scores[0].baseline_name if report.scores else ""
    yield f"### {report.suite} ({report.split}, {report.documents:,} {report.unit})"
    yield f"Baseline: {baseline}.{_behind(report.note)}"
    yield ""
    yield "| score | value | 95 % | baseline | n |"
    yield "|---|--:|--:|--:|--:|"
    for score in report.scores:
        yield f"| {' | '.join(cells(score))} |"
    yield ""
    if report.detail is not None:
        yield f"{report.detail.title}:"
        yield ""
        yield f"| {' | '.join(report.detail.columns)} |"
        yield f"|---{'|--:' * (len(report.detail.columns) - 1)}|"
        yield from (f"| {' | '.join(row)} |" for row in report.detail.rows)
        yield ""


def cells(score: Score) -> tuple[str, str, str, str, str]:
    """A score in words: name, value, interval, baseline, n."""
    name = f"{score.name} (lower is better)" if score.lower_is_better else score.name
    interval = f"{_number(score.low, score)} – {_number(score.high, score)}"
    return (
        name,
        _number(score.value, score),
        "–" if score.low is None else interval,
        _number(score.baseline, score),
        f"{score.n:,}",
    )


def _interval(report: Report) -> str:
    return "bootstrap over documents" if report.unit == "documents" else f"over {report.unit}"


def _behind(note: str) -> str:
    return f" {note}" if note else ""


def _number(value: float | None, score: Score) -> str:
    if value is None:
        return "–"
    return f"{value:,.{score.digits}f} {score.unit}" if score.unit else f"{value:.3f}"
