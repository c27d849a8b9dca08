"""The reference page of the verdict table: `python -m truceline.judge.page > docs/reference/verdicts.md`."""

import sys
from collections.abc import Iterable, Iterator

from truceline.judge.facts import ActFact, DoerFact, EvidenceFact, ExceptionFact, ScopeFact, TargetFact
from truceline.judge.weigh import find_combinations, weigh
from truceline.vocab.verdicts import Row, VerdictTable, load_verdict_table

QUESTIONS = {
    "act": ("What does the term say of such an act?", ActFact),
    "scope": ("Was the agreement in force then and there?", ScopeFact),
    "doer": ("How do those who acted stand to the term?", DoerFact),
    "target": ("How do those acted against stand to the term?", TargetFact),
    "exception": ("Does anybody claim an exception?", ExceptionFact),
    "evidence": ("How far do the tellings carry?", EvidenceFact),
}

# One a verdict, in the table's order: told apart in grey print by the line.
COLOURS = (
    "fill:#eeeeee,stroke:#777777",
    "fill:#f4c7b8,stroke:#000000,stroke-width:3px",
    "fill:#fbe3c4,stroke:#000000,stroke-width:2px",
    "fill:#e6d9ef,stroke:#000000,stroke-dasharray:6 3",
    "fill:#dbe7f5,stroke:#000000,stroke-dasharray:2 3",
    "fill:#ffffff,stroke:#777777,stroke-dasharray:1 4",
    "fill:#d9ead9,stroke:#000000",
)

RULES = """\
## Rules beside the table

- **Coalitions.** Several named together: a party among them answers for its own act, and the act is laid *largely* to
  it. A coalition named as a whole, with excluded groups or outsiders among its members, is `mixed`: who took part is
  not known. Targets are treated likewise: protected and excluded groups hit together are `mixed`.
- **No party.** Who had not accepted yet, had withdrawn, or never accepted is `no party`: not bound, and protected only
  by a term that names it. Of whom nobody says whether it accepted, it is `unknown`, and nothing can be said.
- **Terms with a time, an area or weapons of their own** are asked these instead of the agreement's. A duty fails only
  from the day on which it was due.
- **Local truces.** One that names acts is a term of its own in its window and zones, for those it names, whatever they
  are under the main agreement; it can so make a violation of what the agreement leaves free, and never excuses one.
  One without acts is only named.
- **Different doers.** Told of different actors it is contested, unless all of them are of one side, or the term has a
  list of its own that binds them all.
- **Nobody named as hit.** A term that protects everybody is broken all the same, unless the agreement excludes a group
  that may be fought.
- **Exceptions** are shown when independent origins support all that they need; claimed and not shown, it is contested.
- **Likelihood** follows the grade, and is never more than the weakest needed fact carries: fewer origins for who did
  it, to whom or with what, or a place that is not sure, leave "likely".
"""

OPENING = """\
# How a verdict is reached

<!-- Written from src/truceline/vocab/verdicts.toml by `python -m truceline.judge.page`; do not edit by hand. -->

Every incident is weighed under each term of the agreement that speaks of such an act. Six questions are asked, and
their answers are looked up in the table below: **the first row that fits decides**. A verdict is never more certain
than the weakest fact it needs, and there is no row for "everything else".
"""


def write_page() -> str:
    """The whole page as Markdown."""
    table = load_verdict_table()
    sections = (
        [OPENING],
        write_questions(),
        write_rows(table),
        write_diagram(table),
        write_rules(),
        write_order(table),
        write_acts(table),
        write_evidence(table),
        write_changes(table),
    )
    return "\n".join(line for section in sections for line in section)


def write_questions() -> Iterator[str]:
    yield "## The six questions\n"
    yield from rows(
        ("fact", "question", "answers"),
        [
            (f"`{fact}`", question, ", ".join(answer.value for answer in answers))
            for fact, (question, answers) in QUESTIONS.items()
        ],
    )


def write_rows(table: VerdictTable) -> Iterator[str]:
    """The table with, for each row, how many combinations of answers it decides."""
    decided = dict.fromkeys((row.id for row in table.rows), 0)
    for facts in find_combinations():
        decided[weigh(facts, table).id] += 1
    total = sum(decided.values())
    yield "## The table\n"
    yield f"There are {total:,} combinations of answers; the last column says how many each row decides.\n"
    yield from rows(
        ("row", "fits when", "verdict", "because", "decides"),
        [
            (f"`{row.id}`", word_condition(row), f"**{row.verdict.value}**", row.because, f"{decided[row.id]:,}")
            for row in table.rows
        ],
    )


def write_diagram(table: VerdictTable) -> Iterator[str]:
    """The rows as one way through questions; GitHub and most editors draw Mermaid."""
    yield "## The same as a picture\n"
    yield "Read from the top: the first question answered with yes decides.\n"
    yield "```mermaid"
    yield "flowchart TD"
    for number, row in enumerate(table.rows):
        asked = "<br/>".join(f"{fact}: {' or '.join(answers)}" for fact, answers in row.when.items())
        verdict = table.order.index(row.verdict)
        yield f'  q{number}{{"{asked}"}} -- yes --> v{number}["{row.verdict.value}"]:::c{verdict}'
        if number:
            yield f"  q{number - 1} -- no --> q{number}"
    for at, colour in enumerate(COLOURS):
        yield f"  classDef c{at} {colour}"
    yield "```\n"


def write_rules() -> Iterator[str]:
    yield RULES


def word_condition(row: Row) -> str:
    return "; ".join(f"{fact}: {' or '.join(answers)}" for fact, answers in row.when.items())


def write_order(table: VerdictTable) -> Iterator[str]:
    yield "## Several terms\n"
    yield "When several terms speak of the act, the incident gets the first of these verdicts that any of them gives:\n"
    yield from (f"{number}. {verdict.value}" for number, verdict in enumerate(table.order, start=1))
    yield ""


def write_acts(table: VerdictTable) -> Iterator[str]:
    yield "## Acts\n"
    yield f"Preparatory, and prohibited only where a term names them: {', '.join(table.preparatory)}.\n"
    yield f"Fights without a direction (nobody is said to have begun): {', '.join(sorted(table.mutual))}.\n"
    yield "A duty fails through its contrary:\n"
    yield from rows(
        ("duty", "fails through"),
        [
            (word_act(each.duty.plover, each.duty.modes), "; ".join(word_act(a.plover, a.modes) for a in each.through))
            for each in table.failures
        ],
    )
    yield "An exception is claimed, never assumed, and never decided in silence:\n"
    yield from rows(
        ("exception", "question asked", "what must be shown", "words that say so"),
        [(each.id, each.question, need.what, ", ".join(need.cues)) for each in table.exceptions for need in each.needs],
    )


def write_evidence(table: VerdictTable) -> Iterator[str]:
    yield "## Evidence\n"
    yield (
        "An origin is partisan when its actor stands on a side of the war. Partisan origins alone never support a"
        " verdict, unless the side that acted tells it too and another confirms it.\n"
    )
    yield (
        "Two independent origins are needed for the act, for those said to have done it, and for those it was done to,"
        f" with reliability {'/'.join(table.reliability)} and credibility {'/'.join(map(str, table.credibility))}.\n"
    )
    yield from rows(
        ("credibility", "likelihood (ICD 203)"), [(str(grade), words) for grade, words in table.likelihood.items()]
    )
    yield "Confidence is stated apart, by the first row that fits:\n"
    yield from rows(
        ("confidence", "origins at least", "reliability", "credibility"),
        [
            (each.level, str(each.origins), "/".join(each.reliability), "/".join(map(str, each.credibility)))
            for each in table.confidence
        ],
    )


def write_changes(table: VerdictTable) -> Iterator[str]:
    yield "## What would change a verdict\n"
    yield "These are tried one at a time, and those that lead to another verdict are printed with the assessment.\n"
    yield from rows(
        ("fact", "from", "to", "if"),
        [(f"`{each.fact}`", ", ".join(each.sources), each.to, each.words) for each in table.changes],
    )


def word_act(plover: str, modes: Iterable[str]) -> str:
    return f"{plover} {' or '.join(modes)}".strip()


def rows(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A Markdown table and an empty line."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for cells in body:
        yield "| " + " | ".join(cells) + " |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(write_page())
