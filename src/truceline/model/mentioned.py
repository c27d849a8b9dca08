"""Words that tell of an event, and what a comparison with other such words looks at."""

from dataclasses import dataclass

Stems = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """One mention of an event in its sentence; all sets hold word stems in small letters.

    `head` is the lemma of its chief word, `text` the lemmas of all its words. `agents`, `patients` and `others` are
    what its syntax ties to it; `around` the content words of the sentence, `near` those five words off at most.
    """

    id: str
    document: str
    sentence: int
    head: str
    tag: str
    text: str
    words: Stems
    agents: Stems
    patients: Stems
    others: Stems
    around: Stems
    near: Stems
    names: Stems
    numbers: Stems
    days: Stems
    verbal: bool
    negated: bool
    modal: bool

    @property
    def tied(self) -> Stems:
        return self.agents | self.patients | self.others
