"""Documents by a linguist that take over each other's words, or only look alike; the share found never falls."""

import re
from datetime import datetime
from pathlib import Path

from truceline.fuse.passages import find_reuse
from truceline.model.document import Document
from truceline.testing import doc

CASES = Path(__file__).parents[1] / "cases" / "read" / "reuse.txt"
ALIKE = 0.7  # of the characters of either stretch, at least

Stretch = tuple[str, str, int, int]


def load_cases() -> list[tuple[list[Document], list[Stretch]]]:
    """(documents, stretches taken over as (later, earlier, start, end)) for each case of the file."""
    blocks = re.split(r"^===$", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [load_case(block) for block in blocks if "@ " in block]


def load_case(block: str) -> tuple[list[Document], list[Stretch]]:
    lines = [line for line in block.splitlines() if not line.startswith("#")]
    texts: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    taken: list[str] = []
    name = ""
    for line in lines:
        if line.startswith("@ "):
            name, *heads[name] = (part.strip() for part in line[2:].split("|"))
            texts[name] = []
        elif line.startswith("> "):
            taken.append(line[2:])
        elif name:
            texts[name].append(line)
    documents = [
        doc(
            "\n".join(text).strip(),
            id=each,
            publisher=heads[each][0],
            published_at=datetime.fromisoformat(heads[each][1]),
        )
        for each, text in texts.items()
    ]
    by_id = {each.id: each.text for each in documents}
    return documents, [stretch_of(line, by_id) for line in taken]


def stretch_of(line: str, texts: dict[str, str]) -> Stretch:
    pair, words = (part.strip() for part in line.split("|"))
    later, earlier = (part.strip() for part in pair.split("<-"))
    first, _, last = (part.strip() for part in words.partition("…"))
    start = texts[later].index(first)
    return later, earlier, start, texts[later].index(last or first, start) + len(last or first)


def alike(one: Stretch, other: Stretch) -> bool:
    shared = min(one[3], other[3]) - max(one[2], other[2])
    return one[:2] == other[:2] and shared >= ALIKE * max(one[3] - one[2], other[3] - other[2])


def compare() -> tuple[int, int, int, list[str]]:
    """(right, expected, found, what is wrong) over all cases."""
    right = wanted_count = found_count = 0
    wrong: list[str] = []
    for documents, wanted in load_cases():
        texts = {each.id: each.text for each in documents}
        found = [
            (later, passage.document, passage.span.start, passage.span.end)
            for later, passages in find_reuse(documents).passages.items()
            for passage in passages
        ]
        hit = [each for each in wanted if any(alike(each, other) for other in found)]
        right, wanted_count, found_count = right + len(hit), wanted_count + len(wanted), found_count + len(found)
        wrong += [f"missed {each} {texts[each[0]][each[2] : each[3]]}" for each in wanted if each not in hit]
        wrong += [
            f"extra {each} {texts[each[0]][each[2] : each[3]]}"
            for each in found
            if not any(alike(each, other) for other in wanted)
        ]
    return right, wanted_count, found_count, wrong


def test_share_of_the_stretches_taken_over_that_is_found() -> None:
    right, wanted, found, wrong = compare()
    assert right / wanted >= 0.92, "\n".join(wrong)
    assert right / found >= 0.95, "\n".join(wrong)
