"""Which mentions of events, in one report or in several, are of one event.

Reports are grouped into stories first, and only mentions of one story are compared. Each pair gets a chance from its
own features, then a second one that also knows its rivals and its company; average linkage over their mean makes the
groups.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from truceline.fuse.event_pairs import Rarity, compare_all
from truceline.fuse.event_support import support
from truceline.fuse.event_weights import EventWeights, load_event_weights
from truceline.fuse.stories import Groups, find_groups, linked, load_weights
from truceline.fuse.stories import Weights as StoryWeights
from truceline.fuse.story_terms import Floats
from truceline.model.mentioned import Mentioned


def group_mentions(
    mentions: Sequence[Mentioned], texts: Mapping[str, str], weights: EventWeights | None = None
) -> dict[str, str]:
    """For each mention the id of the first of its event; `texts` are the reports by id.

    Every two mentions of a story are compared, so give it the reports of one subject or stretch of time.
    """
    known = weights or load_event_weights()
    rarity = Rarity(list(texts.values()), known.background)
    found: dict[str, str] = {}
    for members, alike in find_story_mentions(mentions, texts, load_weights()):
        for each in group_story(members, rarity, alike, known):
            ids = sorted(members[at].id for at in each)
            found |= dict.fromkeys(ids, ids[0])
    return found


def find_story_mentions(
    mentions: Sequence[Mentioned], texts: Mapping[str, str], weights: StoryWeights
) -> Iterator[tuple[list[Mentioned], Floats]]:
    """The mentions of each story, and the chance of every two that their reports tell of one event."""
    ids = sorted(texts)
    by_report: dict[str, list[Mentioned]] = {}
    for mention in sorted(mentions, key=lambda each: each.id):
        by_report.setdefault(mention.document, []).append(mention)
    for reports, chances in find_groups([texts[each] for each in ids], weights):
        np.fill_diagonal(chances, 1.0)
        held = [(mention, at) for at, report in enumerate(reports) for mention in by_report.get(ids[report], ())]
        places = [at for _, at in held]
        if held:
            yield [mention for mention, _ in held], chances[np.ix_(places, places)]


def group_story(members: Sequence[Mentioned], rarity: Rarity, alike: Floats, weights: EventWeights) -> Groups:
    """The mentions of one story, by position, as groups."""
    if len(members) < 2:
        return [[at] for at in range(len(members))]
    rows = compare_all(members, rarity, weights.vectors, alike)
    alone = weights.pair.scores(rows)
    joined = with_support(rows, square(chance_of(alone), len(members)), members)
    judged = chance_of((alone + weights.support.scores(joined) + joined @ weights.linear + weights.bias) / 3)
    return linked(square(judged, len(members)) + np.eye(len(members)), weights.cut)


def chance_of(score: Floats) -> Floats:
    """Log-odds as a chance."""
    return np.asarray(1 / (1 + np.exp(-score)))


def with_support(rows: Floats, chances: Floats, members: Sequence[Mentioned]) -> Floats:
    """The features of each pair with what the other mentions say about it."""
    _, reports = np.unique([each.document for each in members], return_inverse=True)
    return np.hstack([support(chances, reports), rows])


def square(pairs: Floats, count: int) -> Floats:
    """A number a pair, in the order of `np.triu_indices`, as a symmetric table with zeros on the diagonal."""
    table = np.zeros((count, count))
    table[np.triu_indices(count, 1)] = pairs
    return np.asarray(table + table.T)
