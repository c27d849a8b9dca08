"""What the encoder knows of single words: how sure the event is that each tells, and which tell one unnoticed."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from truceline.read.events import lends_itself
from truceline.read.events_found import Found
from truceline.read.lexicon import Lexicon, load_grammar
from truceline.read.trained import Noticed

if TYPE_CHECKING:
    from truceline.read.table import Doc, Token

# Newspaper readers' scale, and beside it annotators' who marked doubt only where it is put into words: the second
# keeps plain reports near certainty.
SHARES = {"factuality.uw": 0.8, "factuality.meantime": 0.2}
# From this chance on a word tells an event: their F1 is nearly flat from .2 to .6, and a missed one costs more.
LEAST_CHANCE = 0.2
# An auxiliary, a preposition or a number tells none, whatever its chance.
TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


def sureness_of(doc: "Doc", noticed: Noticed) -> Mapping[int, float]:
    """By the index of a word how sure its event is, should it tell one: from -3 to 3."""
    starts = np.array([token.idx for token in doc], dtype=np.int64)
    first = np.searchsorted(noticed.pieces.ends, starts, side="right")
    within = np.nonzero(first < len(noticed.pieces.ids))[0]
    sums = np.zeros(len(within))
    for layer, share in SHARES.items():
        sums += share * noticed.values[first[within], noticed.shape.values.index(layer)]
    return dict(zip(within.tolist(), sums.tolist(), strict=True))


def find_event_words(doc: "Doc", noticed: Noticed, lexicon: Lexicon) -> Iterator[Found]:
    """Every word that tells an event, as one without a kind, in text order; not the verb that only carries a noun."""
    likely = [token for token in doc if _may_tell(token)]
    starts, ends = [token.idx for token in likely], [token.idx + len(token.text) for token in likely]
    for token, chance in zip(likely, noticed.chances("event", starts, ends), strict=True):
        if chance >= LEAST_CHANCE and (_acts(token) or not lends_itself(token, lexicon)):
            yield Found(trigger=token, kind=None, agents=(), recipients=(), instruments=())


def _acts(token: "Token") -> bool:
    return token.lemma_.lower() in load_grammar().telling


def _may_tell(token: "Token") -> bool:
    return token.pos_ in TELLING and token.is_alpha and token.lemma_.lower() not in load_grammar().hollow
