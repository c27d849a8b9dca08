"""ECB+: gold mentions of events brought together over the documents of a topic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from truceline.fuse.event_groups import group_mentions
from truceline.gauge.case import Case, ContractReading, Predict, Tally, empty_reading, gold_document
from truceline.gauge.ecbplus import GoldStory, read_topics
from truceline.gauge.measure import Measure
from truceline.gauge.partitions import B3, CEAF, CONLL, MUC, count_conll
from truceline.model.document import Document
from truceline.model.mentioned import Mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A topic's documents; they are parsed when their mentions are asked for."""

    stories: tuple[GoldStory, ...]

    @property
    def mentions(self) -> list[Mentioned]:
        return mentions_of(self.stories)[0]

    @property
    def chains(self) -> dict[str, str]:
        return mentions_of(self.stories)[1]


@lru_cache(maxsize=64)
def mentions_of(stories: tuple[GoldStory, ...]) -> tuple[list[Mentioned], dict[str, str]]:
    """The gold mentions as `read/` describes them, and the chain of each by id."""
    parse_texts = import_module("truceline.read.sentences").parse_texts
    find_mentioned = import_module("truceline.read.mentioned").find_mentioned
    mentions: list[Mentioned] = []
    chains: dict[str, str] = {}
    for story, doc in zip(stories, parse_texts([each.text for each in stories], ner=False), strict=True):
        found = list(find_mentioned(story.id, doc, [each.span for each in story.mentions]))
        mentions += found
        chains |= {mention.id: gold.chain for mention, gold in zip(found, story.mentions, strict=True)}
    return mentions, chains


class EcbPlusMentions:
    """Topics and mentions are given, the events of documents are not; each topic is a case.

    A reading holds the group of every mention.
    """

    name = "ecbplus-mentions"
    splits = ("dev", "train")
    baseline_name = "same head lemma in a topic"
    measures: tuple[Measure, ...] = (CONLL, MUC, B3, CEAF)

    def cases(self, folder: Path, split: str) -> Iterator[Case[Gold]]:
        for topic, stories in read_topics(folder, split):
            text = "\n\n".join(story.text for story in stories)
            yield Case(document=gold_document(f"topic {topic}", text), part="", gold=Gold(stories=stories))

    def tally(self, case: Case[Gold], reading: ContractReading) -> Tally:
        return Tally(counts=count_conll(case.gold.chains, reading.get("groups", {})))

    def baseline(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, {mention.id: mention.head for mention in case.gold.mentions})

    def reading_of(self, case: Case[Gold]) -> ContractReading:
        return _reading(case, case.gold.chains)


def _reading(case: Case[Gold], groups: Mapping[str, str]) -> ContractReading:
    return {**empty_reading(case.document), "groups": groups}


def mentions_reader(folder: Path) -> Predict:
    """What `group_mentions` makes of the gold mentions of each topic by itself."""
    suite = EcbPlusMentions()
    topics = {case.document.id: case for split in suite.splits for case in suite.cases(folder, split)}

    def predict(document: Document) -> ContractReading:
        case = topics[document.id]
        texts = {story.id: story.text for story in case.gold.stories}
        return _reading(case, group_mentions(case.gold.mentions, texts))

    return predict
