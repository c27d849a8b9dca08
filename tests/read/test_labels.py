"""Loaded words: flagged where they are loaded, with whose they are; never in names, never in plain senses."""

from itertools import pairwise

import pytest
from passages import Passages

from truceline.model.mention import Label, LabelKind
from truceline.model.span import Span
from truceline.read.labels import load_labels
from truceline.vocab.load import load_toml


def labels(read: Passages, text: str) -> list[Label]:
    return list(read(text).reading.labels)


def flagged(read: Passages, text: str) -> list[str]:
    return [each.word for each in labels(read, text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Terrorists and “rebels” fled.", ["Terrorists", "rebels"]),
        ("The regime called it a liberation.", ["regime", "liberation"]),
        ("The counter-terrorist unit waited.", []),
        ("Rebelsville is a town.", []),
        ("", []),
        ("The rebels held the mill.", []),
        ("SANA: Terrorists Shell Quiet Village Near Southern Border", ["Terrorists"]),
        ("He said: “Bandits burned the bakery.”", ["Bandits"]),
    ],
)
def test_loaded_words_are_flagged_whole(read: Passages, text: str, words: list[str]) -> None:
    assert flagged(read, text) == words


def test_a_label_keeps_its_word_beside_a_neutral_one_and_says_why(read: Passages) -> None:
    (label,) = labels(read, "The REGIME fell.")
    assert label.span == Span(4, 10)
    assert (label.word, label.neutral) == ("REGIME", "government")
    assert label.reason


@pytest.mark.parametrize(
    "text",
    [
        "The Office for Countering Terrorists opened in Vienna.",
        "The Liberation Bridge was closed to lorries.",
        "A spokesman for the Martyrs of the Valley Brigade met them.",
        "The newspaper Revenge sold out.",
    ],
)
def test_nothing_is_flagged_inside_a_name(read: Passages, text: str) -> None:
    assert flagged(read, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The visa regime was eased in May.",
        "A regime of calm began at midnight.",
        "Engineers neutralised two mines beside the road.",
        "Farmers slaughtered forty sheep for the feast.",
        "Rats ate the flour in the cellar.",
        "The puppet show toured the camps.",
        "Medics cleansed the wound.",
    ],
)
def test_nothing_is_flagged_where_the_word_is_meant_plainly(read: Passages, text: str) -> None:
    assert flagged(read, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "neutral"),
    [
        ("Four mercenaries died at the ford.", LabelKind.NAME_CALLING, "armed men"),
        ("One mercenary died at the ford.", LabelKind.NAME_CALLING, "armed man"),
        ("A terrorist group robbed the bank.", LabelKind.NAME_CALLING, "armed"),
        ("The brigade liberated the port.", LabelKind.LOADED_LANGUAGE, "captured"),
        ("The brigade is liberating the port.", LabelKind.LOADED_LANGUAGE, "capturing"),
        ("The brigade wants to liberate the port.", LabelKind.LOADED_LANGUAGE, "capture"),
        ("Two drivers were martyred near the bridge.", LabelKind.GLORIFYING, "killed"),
        ("Jets neutralised nine fighters.", LabelKind.EUPHEMISM, "killed or captured"),
        ("The pamphlet calls the settlers vermin.", LabelKind.DEHUMANISING, "opponents"),
        ("They took vengeance for the raid.", LabelKind.REVENGE, "retaliation"),
        ("The self-styled emir left.", LabelKind.DOUBT, ""),
        ("But what about the shelling of our own town?", LabelKind.WHATABOUTISM, ""),
        ("As everyone knows, they fired first.", LabelKind.BANDWAGON, ""),
        ("The general spoke of an isolated incident.", LabelKind.MINIMISING, ""),
    ],
)
def test_a_label_says_its_technique_and_a_neutral_word_of_its_form(
    read: Passages, text: str, kind: LabelKind, neutral: str
) -> None:
    label = labels(read, text)[0]
    assert (label.kind, label.neutral) == (kind, neutral)


def test_a_label_says_whose_word_it_is(read: Passages) -> None:
    told = read("The regime fell, and the ministry said that bandits had robbed the bank.")
    by = {each.word: each.by for each in told.reading.labels}
    assert by == {"regime": "author", "bandits": told.attribution("said").id}


def test_of_two_speakers_the_inner_one_is_named(read: Passages) -> None:
    told = read("The agency reported that the governor said that traitors had opened the gate.")
    (label,) = told.reading.labels
    assert label.by == told.attribution("said").id


def test_pictures_have_no_words_of_their_own(read: Passages) -> None:
    told = read("Satellite images show that the regime burned the mill, the envoy said.")
    (label,) = told.reading.labels
    assert label.by == told.attribution("said").id


def test_labels_never_overlap_and_read_back(read: Passages) -> None:
    told = read("The so-called martyrdom operation of the puppet regime's thugs, as everyone knows, was vengeance.")
    spans = [each.span for each in told.reading.labels]
    assert len(spans) >= 5
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(each.span.of(told.text) == each.word for each in told.reading.labels)


def test_every_entry_of_the_list_has_a_kind_and_a_reason() -> None:
    entries = load_toml("labels.toml")["label"]
    assert all(LabelKind(each["kind"]) and each["reason"].endswith(".") for each in entries)
    assert {each["kind"] for each in entries} == {each.value for each in LabelKind}
    assert load_labels() is load_labels()
