"""ECB+: documents brought together by the event they tell of, from their text alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from truceline.fuse.stories import find_stories
from truceline.gauge.case import Case, ContractReading, Predict, Tally, empty_reading, gold_document
from truceline.gauge.ecbplus import SPLITS, GoldStory, read_topics
from truceline.gauge.measure import Measure
from truceline.gauge.partitions import b3_f1, count_b3, count_pairs, overlaps, pairs_f1, prefixed
from truceline.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The documents of a topic by their events."""

    stories: tuple[GoldStory, ...]

    @property
    def events(self) -> dict[str, str]:
        return {story.id: story.event for story in self.stories}


class EcbPlusDocuments:
    """Two events of one kind in every topic, an arrest and another arrest; each topic is a case.

    A reading holds the group of every document, all topics together (`together`) and the topic by itself (`alone`).
    """

    name = "ecbplus-documents"
    splits = ("all", "dev", "train")
    baseline_name = "one event a topic"
    measures: tuple[Measure, ...] = (
        b3_f1("all topics together: B³ F1", "together."),
        pairs_f1("all topics together: pairs F1", "together."),
        b3_f1("each topic alone: B³ F1", "alone."),
        pairs_f1("each topic alone: pairs F1", "alone."),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for each in SPLITS if split == "all" else (split,):
            for topic, stories in read_topics(folder, each):
                text = "\n\n".join(story.text for story in stories)
                yield Case(document=gold_document(f"topic {topic}", text), part="", gold=Gold(stories=stories))

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        counts: dict[str, float] = {}
        for name in ("together", "alone"):
            alike = overlaps(case.gold.events, reading.get(name, {}))
            counts |= prefixed(f"{name}.", count_b3(alike) | count_pairs(alike))
        return Tally(counts=counts)

    def baseline(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, dict.fromkeys(case.gold.events, "one"))

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold.events)


def _reading(case: Case[Gold], groups: Mapping[str, str]) -> ContractReading:
    return {**empty_reading(case.document), "together": groups, "alone": groups}


def stories_reader(folder: Path) -> Predict:
    """What `find_stories` makes of the documents of both splits together, and of each topic by itself."""
    topics = {case.document.id: case for case in EcbPlusDocuments().cases(folder, "all")}
    texts = {story.id: story.text for case in topics.values() for story in case.gold.stories}
    together = find_stories(texts)

    def predict(document: Document) -> ContractReading:
        case = topics[document.id]
        alone = find_stories({story.id: story.text for story in case.gold.stories})
        return {**empty_reading(document), "together": together, "alone": alone}

    return predict
