"""How many know it and how many repeat it, in bundles of our own (tests/cases/fuse/origins*.txt)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from truceline.errors import UsageError
from truceline.flow.mission import load_mission
from truceline.fuse.registry import Registry, arrange
from truceline.gauge.bundles import ANSWER, Lineage, Link, split_bundle
from truceline.gauge.case import Case, ContractReading, Detail, Tally, empty_reading, gold_document
from truceline.gauge.measure import Bootstrap, share
from truceline.gauge.passages import MISSION, passage_file
from truceline.kit.near import content_words, fold_loosely
from truceline.model.document import Document

END = re.compile(r"^===\s*$", re.MULTILINE)
RELATION = re.compile(
    r'(?P<text>\w+) (?P<how>own|cite|copy|taken|amplify|deny)(?: (?:"(?P<words>[^"]+)"|(?P<to>\w+)))?'
)
HOWS = ("own", "cite", "copy", "taken", "amplify", "deny")


class Origins:
    """Bundles written by people who had not seen how origins are counted; they lie in the repository.

    A count is right when the bundle's main incident (the one that holds most of its texts) states exactly the number,
    and no other incident holds a text that it does not. A relation is right when its kind and its target are; another
    target is as good when it leads to the origin of the one asked for.
    """

    name = "origins"
    file = "origins.txt"
    splits = ("all",)
    baseline_name = "one origin a family of publishers"
    measures = (
        share("origin count right", "right", "bundles"),
        share("origin count right, of the main incident alone", "right.main", "bundles"),
        replace(share("told as several incidents", "split", "bundles"), lower_is_better=True),
        replace(share("texts in no incident", "untold", "texts"), lower_is_better=True),
        share("relation right", "relation.right", "relation"),
        *(share(f"relation right: {how}", f"{how}.right", how) for how in HOWS),
        share("brought together by hand: origin count right", "hand.right", "hand"),
        share("brought together by hand: relation right", "hand.relation.right", "hand.relation"),
        share("circles found", "circle.right", "circle.gold"),
        replace(share("circles invented, of bundles without", "circle.invented", "circle.none"), lower_is_better=True),
    )

    def cases(self, folder: Path, split: str) -> Iterator[Case[Lineage]]:  # noqa: ARG002  one split only
        bundles = passage_file(folder, self.file, home="fuse").read_text(encoding="utf-8")
        for number, block in enumerate(END.split(bundles), start=1):
            if next(split_bundle(block), None) is not None:
                gold = _gold(block, f"{self.file}, bundle {number}")
                texts = "\n".join(line for line in block.splitlines() if not line.startswith(ANSWER))
                yield Case(document=gold_document(f"bundle-{number}", texts), part="", gold=gold)

    def tally(self, case: Case[Lineage], reading: ContractReading) -> Tally:
        gold, texts = case.gold, [document for _, document in split_bundle(case.document.text)]
        nothing = Lineage(origins=0, links=(), untold=len(texts))
        found: Lineage = reading.get("lineage", nothing)
        right = found.origins == gold.origins
        counts: dict[str, float] = {
            "bundles": 1,
            "texts": len(texts),
            "right": right and found.whole,
            "right.main": right,
            "right.texts": len(texts) == gold.origins,
            "split": not found.whole,
            "untold": found.untold,
            "circle.gold": len(gold.circles),
            "circle.right": len(set(gold.circles) & set(found.circles)),
            "circle.none": not gold.circles,
            "circle.invented": bool(found.circles) and not gold.circles,
        }
        together = found.together or found
        counts |= {"hand": 1, "hand.right": together.origins == gold.origins}
        for link in gold.links:
            hit, by_hand = is_right(link, found), is_right(link, together)
            for name, value in (
                *(("relation", 1), ("relation.right", hit), (link.how, 1), (f"{link.how}.right", hit)),
                *(("hand.relation", 1), ("hand.relation.right", by_hand)),
            ):
                counts[name] = counts.get(name, 0) + value
        return Tally(counts=counts)

    def baseline(self, case: Case[Lineage]) -> ContractReading:
        """Every family of publishers has it of its own."""
        documents = [document for _, document in split_bundle(case.document.text)]
        links = tuple(Link(text=each.id, how="own") for each in documents)
        families = {_family(each) for each in documents}
        return {**empty_reading(case.document), "lineage": Lineage(origins=len(families), links=links)}

    def reading_of(self, case: Case[Lineage]) -> ContractReading:
        return {**empty_reading(case.document), "lineage": case.gold}

    def details(self, tallies: Sequence[Tally]) -> Detail:
        """The plainest count beside the scores."""
        estimate = Bootstrap(tallies=tallies).estimate(share("", "right.texts", "bundles"))
        value = "–" if estimate.value is None else f"{estimate.value:.3f}"
        return Detail(title="beside it", columns=("who", "right"), rows=(("one origin a text", value),))


class LaterOrigins(Origins):
    """Bundles written later, of which no miss has been looked at."""

    name = "origins-later"
    file = "origins_later.txt"


ORIGINS: Mapping[str, Origins] = {each.name: each for each in (Origins(), LaterOrigins())}


def is_right(gold: Link, found: Lineage) -> bool:
    """Whether a link of that kind is stated whose target, or the origin it leads to, is the one asked for."""
    roots = {root for link in found.links if link.text == gold.to for root in link.roots}
    for link in found.links:
        if (link.text, link.how) != (gold.text, gold.how):
            continue
        if gold.to is None or link.to == gold.to or roots & set(link.roots):
            return True
        if gold.outside and link.outside and content_words(gold.to) & content_words(link.words):
            return True
    return False


def _gold(block: str, where: str) -> Lineage:
    origins, links, circles = None, [], []
    for line in block.splitlines():
        if not line.startswith(ANSWER):
            continue
        words = line.removeprefix(ANSWER).split("#")[0].strip()
        relation = RELATION.fullmatch(words)
        if words.startswith("origins "):
            origins = int(words.split()[1])
        elif words.startswith("circular "):
            circles.append(frozenset(words.split()[1:]))
        elif relation is not None:
            to, outside = relation["to"] or relation["words"], relation["words"] is not None
            links.append(Link(text=relation["text"], how=relation["how"], to=to, outside=outside, words=to or ""))
        else:
            raise UsageError(f"{where}: '{line}' is none of the answers that the head of the file explains")
    if origins is None:
        raise UsageError(f"{where}: no line '= origins N'")
    return Lineage(origins=origins, links=tuple(links), circles=tuple(circles))


def _family(document: Document) -> str:
    assert document.publisher is not None
    source = _registry().source_named(document.publisher)
    return source.family if source is not None else fold_loosely(document.publisher)


@cache
def _registry() -> Registry:
    mission = load_mission(MISSION)
    return arrange(mission.sources, mission.actors)
