"""Claims to incidents: tellings of one act brought together, their differences kept.

tellings   a reading's claims, self-contained          copies          near-copied texts
                                                       passages        stretches taken over (wordings, stretches)
worthy     which claims may become incidents           origins         whom they go back to
cards      a telling laid out for comparing            contradictions  what cannot all be right
block      which pairs are worth comparing             grade           Admiralty, by explicit rules
columns    cards as numbers, for asking in bulk        settle          one incident out of its tellings
sieve      which can come to a join at all (sorts)     denials         which acts a denial denies
compare    evidence on one pair, with its reasons      decided         what people decided
links      who is linked with whom, and the islands    incidents       all of it: `fuse`
traces     what a text shows of whom it has it from    lineage         the graph of who has it from whom
           (outlets, oddities, gist)                                   (reports, roots, floods)
records    track records of sources                    coded_events    incidents counted as data sets count them
versions   two versions of a text, claim by claim      differences    in what two claims differ
earlier    whose wording it is, older ones known       corrections    what a separate correction is about
revisions  where what is no longer said is shown
cluster    an island to groups, in whatever order      matching        one telling against incidents: `match`
"""

from truceline.fuse.coded_events import find_coded_events
from truceline.fuse.copies import find_copies
from truceline.fuse.incidents import Fusion, fuse
from truceline.fuse.matching import Match, match
from truceline.fuse.passages import find_reuse
from truceline.fuse.records import find_source_letters, find_track_records, grade_by_records
from truceline.fuse.tellings import tell
from truceline.fuse.traces import find_traces

__all__ = [
    "Fusion", "Match", "find_coded_events", "find_copies", "find_reuse", "find_source_letters", "find_traces",
    "find_track_records", "fuse", "grade_by_records", "match", "tell",
]  # fmt: skip
