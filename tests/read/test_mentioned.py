"""Event words with what stands around them."""

from truceline.model.mentioned import Mentioned
from truceline.model.span import Span
from truceline.read.mentioned import find_mentioned
from truceline.read.sentences import parse_texts


def mentioned(text: str, words: str) -> Mentioned:
    start = text.index(words)
    (doc,) = parse_texts([text], ner=False)
    (found,) = find_mentioned("d", doc, [Span(start, start + len(words))])
    return found


def test_active_and_passive_have_the_same_agents_and_patients() -> None:
    active = mentioned("Near Velmar the rebels attacked the convoy.", "attacked")
    passive = mentioned("Near Velmar the convoy was attacked by the rebels.", "attacked")
    assert active.agents == passive.agents == {"rebel"}
    assert active.patients == passive.patients == {"convoy"}
    assert "velmar" in active.others & passive.others


def test_a_noun_has_what_its_of_names_and_what_its_verb_ties_to_it() -> None:
    found = mentioned("The army carried out the shelling of Velmar.", "shelling")
    assert found.patients == {"velmar"}
    assert "army" in found.others


def test_what_is_not_told_as_done_is_marked() -> None:
    assert mentioned("The army may attack Velmar.", "attack").modal
    assert mentioned("The army did not attack Velmar.", "attack").negated
    assert not mentioned("The army attacked Velmar.", "attacked").modal


def test_sentences_are_numbered_and_their_words_kept_apart() -> None:
    found = mentioned("The market was empty. Four traders died in Dornik on Monday.", "died")
    assert (found.sentence, found.days, found.names) == (1, {"monday"}, {"dornik", "monday"})
    assert "empty" not in found.around


def test_a_span_without_words_is_no_mention() -> None:
    (doc,) = parse_texts(["The army attacked."], ner=False)
    assert list(find_mentioned("d", doc, [Span(100, 104)])) == []
