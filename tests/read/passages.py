"""One passage read, and the questions a test asks of it in the passage's own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from truceline.model.attribution import Attribution
from truceline.model.claim import Claim, Participant
from truceline.model.reading import Reading
from truceline.model.span import Span
from truceline.read.reader import Reader
from truceline.testing import doc


@dataclass(frozen=True, slots=True)
class Passage:
    """A reading asked by words: every answer is what the text says between the spans."""

    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.document.text

    def words(self, spans: Iterable[Span]) -> str:
        return " // ".join(span.of(self.text) for span in spans)

    # Attributions

    def relations(self) -> list[tuple[str, str, str]]:
        """(source, cue, content) of every attribution in order; pieces are joined by ' // '."""
        return [
            (self.words(each.source), self.words(each.cue), self.words(each.content))
            for each in self.reading.attributions
        ]

    def attribution(self, cue: str) -> Attribution:
        found = [each for each in self.reading.attributions if self.words(each.cue) == cue]
        assert found, f"no attribution with the cue '{cue}', only {self.relations()}"
        return found[0]

    def speakers(self, trigger: str) -> list[str]:
        """Who stands behind a claim, outermost first, as worded."""
        return [self.words(self.reading.attribution(each).source) for each in self.claim(trigger).chain]

    # Claims

    def claim(self, trigger: str) -> Claim:
        found = [each for each in self.reading.claims if each.trigger.span.of(self.text) == trigger]
        assert found, f"no claim told by '{trigger}', only {self.told()}"
        return found[0]

    def told(self) -> dict[str, str]:
        """Trigger → 'CATEGORY/mode' of every typed claim."""
        return {
            each.trigger.span.of(self.text): kind_of(each)
            for each in self.reading.claims
            if each.trigger.type.plover is not None
        }

    def kind(self, trigger: str) -> str:
        return kind_of(self.claim(trigger))

    def agents(self, trigger: str) -> list[str]:
        return self._named(self.claim(trigger).agents)

    def recipients(self, trigger: str) -> list[str]:
        return self._named(self.claim(trigger).recipients)

    def instruments(self, trigger: str) -> list[str]:
        return self._named(self.claim(trigger).instruments)

    def _named(self, participants: Sequence[Participant]) -> list[str]:
        return [each.span.of(self.text) for each in participants]

    def place(self, trigger: str) -> str | None:
        index = self.claim(trigger).place
        return None if index is None else self.reading.places[index].span.of(self.text)

    def time(self, trigger: str) -> str | None:
        index = self.claim(trigger).time
        return None if index is None else self.words(filter(None, [self.reading.times[index].span]))

    def said_on(self, cue: str) -> str | None:
        """When it was said, as worded."""
        index = self.attribution(cue).time
        return None if index is None else self.words(filter(None, [self.reading.times[index].span]))


def kind_of(claim: Claim) -> str:
    kind = claim.trigger.type
    return "/".join(filter(None, (kind.plover, kind.mode)))


@dataclass(slots=True)
class Passages:
    """Reads each passage once in a session; published at noon on Tuesday 2016-05-03."""

    reader: Reader
    _kept: dict[str, Passage] = field(default_factory=dict)

    def __call__(self, text: str) -> Passage:
        if text not in self._kept:
            self.read_together([text])
        return self._kept[text]

    def read_together(self, texts: Iterable[str], **given: Any) -> None:
        """All the texts in one batch, ready to be asked for."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._kept]
        documents = [doc(text, id=f"passage-{number}", **given) for number, text in enumerate(fresh)]
        for text, reading in zip(fresh, self.reader.read_all(documents), strict=True):
            self._kept[text] = Passage(reading)
