"""Claims to incidents: tellings of one act brought together, their differences kept.

tellings   a reading's claims, self-contained          copies          near-copied texts
                                                       passages        stretches taken over (wordings, stretches)
worthy     which claims may become incidents           origins         whom they go back to
cards      a telling laid out for comparing            contradictions  what cannot all be right
block      which pairs are worth comparing             grade           Admiralty, by explicit rules
compare    evidence on one pair, with its reasons      settle          one incident out of its tellings
cluster    pairs to groups, in whatever order          incidents       all of it: `fuse` and `match`
"""

from truceline.fuse.copies import find_copies
from truceline.fuse.incidents import Fusion, Match, fuse, match
from truceline.fuse.passages import find_reuse
from truceline.fuse.tellings import tell

__all__ = ["Fusion", "Match", "find_copies", "find_reuse", "fuse", "match", "tell"]
