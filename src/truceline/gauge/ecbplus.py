"""ECB+ as it is asked about: topics of documents, the event that each was chosen for, and its event mentions."""

import csv
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from truceline.model.span import Span

FOLDER = "ecbplus"
SPLITS = ("train", "dev")
TIED = re.compile(r"[.,;:!?%)\]’]|'s|n't|'(re|ve|ll|d|m)|''")
OPENING = "([$“"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """Words that tell of an event, as the first to the last of them; mentions of one `chain` tell of one event."""

    span: Span
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStory:
    """One document: its text, its topic, the seminal event that it was chosen for, and its event mentions."""

    id: str
    topic: str
    event: str
    text: str
    mentions: tuple[GoldMention, ...]


def read_topics(folder: Path, split: str) -> Iterator[tuple[str, tuple[GoldStory, ...]]]:
    """The topics of a split by number, each with its documents in the order of their names.

    The address of the page, which stands where the first sentence should in half of the documents, is left out:
    it names the event more often than any report does.
    """
    selected = _selected(folder / FOLDER / "coreference_sentences_train_dev.csv")
    topics: dict[str, list[GoldStory]] = defaultdict(list)
    with zipfile.ZipFile(folder / FOLDER / f"{split}.zip") as archive:
        for name in sorted(archive.namelist()):
            stem = name.rpartition("/")[2].removesuffix(".xml")
            if name.endswith(".xml"):
                story = parse_story(archive.read(name), stem, selected.get(stem, frozenset()))
                topics[story.topic].append(story)
    for topic in sorted(topics, key=int):
        yield topic, tuple(topics[topic])


def parse_story(source: bytes, name: str, selected: AbstractSet[int]) -> GoldStory:
    """One file of the release; `selected` are the numbers of the sentences whose mentions are annotated in full."""
    root = ET.fromstring(source)  # noqa: S314  # our own gold folder
    topic, _, rest = name.partition("_")
    event = "ecbplus" if rest.endswith("ecbplus") else "ecb"
    tokens = [token for token in root.findall("token") if event == "ecb" or int(token.get("sentence", "0")) > 0]
    text, places = joined(tokens)
    asked = {str(token.get("t_id")) for token in tokens if int(token.get("sentence", "-1")) in selected}
    return GoldStory(
        id=name, topic=topic, event=f"{topic}{event}", text=text, mentions=tuple(_mentions(root, name, places, asked))
    )


def joined(tokens: list[ET.Element]) -> tuple[str, dict[str, Span]]:
    """The tokens as running text, a line a sentence, and where each of them stands."""
    parts: list[str] = []
    places: dict[str, Span] = {}
    at, last = 0, None
    for token in tokens:
        word = token.text or ""
        gap = _gap(parts, word, broken=last is not None and token.get("sentence") != last)
        last = token.get("sentence")
        parts += [gap, word]
        at += len(gap)
        places[str(token.get("t_id"))] = Span(at, at + len(word))
        at += len(word)
    return "".join(parts), places


def _gap(parts: list[str], word: str, *, broken: bool) -> str:
    if not parts:
        return ""
    if broken:
        return "\n"
    return "" if TIED.fullmatch(word) or parts[-1] in OPENING else " "


def _mentions(
    root: ET.Element, document: str, places: Mapping[str, Span], asked: AbstractSet[str]
) -> Iterator[GoldMention]:
    chains = _chains(root, document)
    for mark in root.findall("Markables/*"):
        held = [str(anchor.get("t_id")) for anchor in mark.findall("token_anchor")]
        if held and held[0] in asked and _is_action(mark.tag):
            own = str(mark.get("m_id"))
            span = Span(min(places[each].start for each in held), max(places[each].end for each in held))
            yield GoldMention(span=span, chain=chains.get(own, f"{document}:{own}"))


def _is_action(tag: str) -> bool:
    return tag.startswith(("ACTION_", "NEG_ACTION_"))


def _chains(root: ET.Element, document: str) -> dict[str, str]:
    """Mention to chain: the instance across documents, or the relation that joins mentions of this document only."""
    chains: dict[str, str] = {}
    for relation in root.findall("Relations/*"):
        across = relation.tag == "CROSS_DOC_COREF"
        name = str(relation.get("note")) if across else f"{document}:{relation.get('r_id')}"
        for source in relation.findall("source"):
            own = str(source.get("m_id"))
            if across or own not in chains:
                chains[own] = name
    return chains


def _selected(path: Path) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return {name: frozenset(numbers) for name, numbers in found.items()}
