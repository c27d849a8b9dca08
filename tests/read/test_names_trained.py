"""The encoder's names in the place of spaCy's."""

from collections.abc import Mapping, Sequence

from truceline.model.span import Span
from truceline.read.names_trained import name_things
from truceline.read.sentences import parse_texts

TEXT = "On Sunday the people of Salma told Nadia Haddad that Libyan jets had come."


class Told:
    def __init__(self, layers: Mapping[str, Sequence[str]]) -> None:
        self.layers = layers

    def spans(self, channel: str, *, bias: float = 0.0) -> list[Span]:
        words = self.layers.get(channel, ())
        return [Span(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]


def labels(layers: Mapping[str, Sequence[str]], times: Sequence[Span] = ()) -> list[tuple[str, str]]:
    doc = next(parse_texts([TEXT], ner=False))
    name_things(doc, Told(layers), times)
    return [(each.text, each.label_) for each in doc.ents]


def test_names_have_the_labels_that_rules_ask_for() -> None:
    layers = {
        "mention.LOCATION": ["Salma"],
        "mention.PERSON": ["Nadia Haddad"],
        "mention.NATIONALITY": ["Libyan"],
    }
    assert labels(layers) == [("Salma", "GPE"), ("Nadia Haddad", "PERSON"), ("Libyan", "NORP")]


def test_of_a_phrase_only_the_name_is_labelled() -> None:
    assert labels({"mention.ORGANISATION": ["the people of Salma"]}) == [("Salma", "ORG")]


def test_a_place_within_a_body_keeps_its_own_label() -> None:
    layers = {"mention.ORGANISATION": ["the people of Salma"], "mention.LOCATION": ["Salma"]}
    assert labels(layers) == [("Salma", "GPE")]


def test_times_found_are_dates() -> None:
    assert labels({}, [Span(3, 9)]) == [("Sunday", "DATE")]
