"""Named things and hardware with their types, and the words that take a side."""

from collections.abc import Mapping, Sequence

import pytest
from passages import Passage, Passages

from truceline.model.mention import Mention, MentionType
from truceline.model.span import Span
from truceline.read.mentions import find_mentions, load_nouns
from truceline.read.mentions_trained import marked_mentions
from truceline.read.sentences import parse_texts


def typed(passage: Passage) -> dict[str, str]:
    return {each.span.of(passage.text): each.type.value for each in passage.reading.mentions}


def named(passage: Passage) -> set[tuple[str, str]]:
    """Words and type; the same words may have two."""
    return {(each.span.of(passage.text), each.type.value) for each in passage.reading.mentions}


class Told:
    """Marks as a test tells them: layer to the words marked, each the first of its kind in the text."""

    def __init__(self, text: str, marks: Mapping[str, Sequence[str]]) -> None:
        self.text, self.marks = text, marks

    def spans(self, channel: str, *, bias: float = 0.0) -> list[Span]:
        starts = [(self.text.index(words), words) for words in self.marks.get(channel.removeprefix("mention."), ())]
        return [Span(start, start + len(words)) for start, words in starts]


def marked(text: str, **marks: Sequence[str]) -> set[tuple[str, str]]:
    layers = {name.replace("_", "."): words for name, words in marks.items()}
    found = marked_mentions(next(parse_texts([text])), Told(text, layers))
    return {(each.span.of(text), each.type.value) for each in found}


@pytest.mark.parametrize(
    ("passage", "words", "kind"),
    [
        ("Sergei Lavrov met John Kerry in Geneva.", "Sergei Lavrov", "PERSON"),
        ("Sergei Lavrov met John Kerry in Geneva.", "Geneva", "LOCATION"),
        ("The Syrian Democratic Forces took the hill.", "Syrian Democratic Forces", "ORGANISATION"),
        ("Hezbollah fighters attacked the post.", "Hezbollah", "ORGANISATION"),
        ("The Russian defence ministry said the road was open.", "The Russian defence ministry", "ORGANISATION"),
        ("Two Su-24 jets were seen near Homs.", "Su-24 jets", "VEHICLE"),
        ("Resolution 2254 demands a ceasefire.", "Resolution 2254", "DOCUMENT"),
    ],
)
def test_a_mention_has_the_type_of_what_it_names(read: Passages, passage: str, words: str, kind: str) -> None:
    assert typed(read(passage))[words] == kind


def test_a_mention_of_an_actor_carries_its_id(read: Passages) -> None:
    passage = read("Sergei Lavrov met John Kerry in Geneva.")
    assert [each.actor for each in passage.reading.mentions] == ["rus.lavrov", "usa.kerry", None]


def test_a_country_that_acts_is_its_government(read: Passages) -> None:
    found = named(read("Turkey and Russia agreed to a pause."))
    assert {("Turkey", "ORGANISATION"), ("Russia", "ORGANISATION")} <= found


def test_mentions_stand_in_text_order_and_no_two_are_alike(read: Passages) -> None:
    passage = read("Syrian troops and Hezbollah fighters fired Grad rockets at Homs, the Syrian army said in Damascus.")
    found = [(each.span, each.type) for each in passage.reading.mentions]
    assert len(found) > 6
    assert found == sorted(set(found))


def test_a_known_actor_is_a_mention_inside_a_longer_one(read: Passages) -> None:
    passage = read("Hezbollah fighters attacked the post.")
    actors = {each.span.of(passage.text): each.actor for each in passage.reading.mentions}
    assert actors["Hezbollah"] == "lbn.hezbollah"
    assert actors["Hezbollah fighters"] == "lbn.hezbollah"


def test_an_article_before_an_actors_name_leaves_it_its_id(read: Passages) -> None:
    passage = read("The envoy briefed the UN Security Council.")
    actors = {each.span.of(passage.text): each.actor for each in passage.reading.mentions}
    assert actors["the UN Security Council"] == "un.unsc"


def test_a_sum_is_mentioned_without_how_exactly_it_is_meant(read: Passages) -> None:
    assert ("$2 million", "MONEY") in named(read("The roof cost nearly $2 million."))


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("They invoked the Charter of the United Nations.", "the Charter of the United Nations"),
        ("The vote followed Resolutions 2042 and 2043 in April.", "Resolutions 2042 and 2043"),
        ("Nobody had read the Jeddah Declaration of 2023.", "the Jeddah Declaration of 2023"),
    ],
)
def test_a_document_is_mentioned_with_its_article_its_numbers_and_whose_it_is(
    read: Passages, passage: str, words: str
) -> None:
    assert (words, "DOCUMENT") in named(read(passage))


def test_the_adjective_of_a_state_is_a_nationality_wherever_it_stands(read: Passages) -> None:
    assert ("Yemeni", "NATIONALITY") in named(read("The joint Yemeni Harbour Board met in Aden."))


def test_a_report_without_a_name_is_no_document(read: Passages) -> None:
    assert "DOCUMENT" not in typed(read("She finished a report and a book in May.")).values()


# What the encoder marks, set right by syntax


def test_half_a_word_marked_is_the_whole_word() -> None:
    assert marked("Shells fell on Qaryat Salma.", LOCATION=["Qaryat Sal"]) == {("Qaryat Salma", "LOCATION")}


def test_pieces_that_hang_together_are_one_mention() -> None:
    found = marked(
        "The members of the harbour committee left.", ORGANISATION=["The", "members of", "the harbour committee"]
    )
    assert found == {("The members of the harbour committee", "ORGANISATION")}


def test_neighbours_in_a_row_stay_two_mentions() -> None:
    text = "Soldiers and police held the bridge."
    assert marked(text, ORGANISATION=["Soldiers and", "police"]) == {
        ("Soldiers", "ORGANISATION"),
        ("police", "ORGANISATION"),
    }


def test_a_mention_does_not_end_in_a_word_that_leads_on() -> None:
    assert marked("They drove to Salma and on to Rabia.", LOCATION=["Salma and"]) == {("Salma", "LOCATION")}


def test_an_of_marked_last_goes_on_to_its_noun() -> None:
    found = marked("The people of Salma went home.", ORGANISATION=["The people of"])
    assert found == {("The people of Salma", "ORGANISATION")}


def test_a_body_has_its_article_and_adjectives() -> None:
    found = marked("Aid went to the local opposition councils.", ORGANISATION=["councils"])
    assert found == {("the local opposition councils", "ORGANISATION")}


def test_a_place_by_name_has_no_article_and_one_by_a_noun_has() -> None:
    text = "They left the Ghab and reached the old market."
    assert marked(text, LOCATION=["Ghab", "market"]) == {("Ghab", "LOCATION"), ("the old market", "LOCATION")}


def test_two_places_marked_as_one_are_two() -> None:
    assert marked("He flew to Tunis and Rabat.", LOCATION=["Tunis and Rabat"]) == {
        ("Tunis", "LOCATION"),
        ("Rabat", "LOCATION"),
    }


def test_a_name_with_an_arabic_article_is_not_cut_at_the_hyphen() -> None:
    assert marked("Samir al-Najjar left.", PERSON=["Samir al"]) == {("Samir al-Najjar", "PERSON")}


def test_a_footnote_glued_to_a_name_is_no_part_of_it() -> None:
    found = marked("He joined the Red Front.[1] Then he left.", ORGANISATION=["the Red Front.[1"])
    assert found == {("the Red Front", "ORGANISATION")}


def test_words_that_name_nothing_are_no_mention() -> None:
    assert marked("They went with the red of it.", ORGANISATION=["the"], LOCATION=["with"]) == set()


def test_names_inside_names_are_mentions_of_their_own() -> None:
    text = "The foreign ministry of Jordan spoke."
    found = marked(text, ORGANISATION=["The foreign ministry of Jordan"], LOCATION=["Jordan"])
    assert found == {("The foreign ministry of Jordan", "ORGANISATION"), ("Jordan", "LOCATION")}


def test_a_first_name_alone_is_not_marked_inside_the_whole_name() -> None:
    text = "Nadia Haddad spoke."
    assert marked(text, PERSON=["Nadia Haddad"], PERSON_inner=["Nadia"]) == {("Nadia Haddad", "PERSON")}


# By rules alone


def test_what_the_registry_knows_stands_before_what_the_model_guesses() -> None:
    text = "Sergei Lavrov spoke."
    known = Mention(span=Span(0, 6), type=MentionType.OTHER)
    found = find_mentions(next(parse_texts([text])), [known])
    assert known in found
    assert all(each is known or not each.span.overlaps(known.span) for each in found)


def test_every_noun_of_the_list_has_a_type_of_the_contract() -> None:
    assert set(load_nouns().values()) <= set(MentionType)
    assert load_nouns()["tank"] is MentionType.VEHICLE


@pytest.mark.xfail(strict=True, reason="'Grad' is taken for an organisation, which keeps the rockets from being found")
def test_a_weapon_keeps_its_make(read: Passages) -> None:
    assert typed(read("Syrian troops fired Grad rockets at the town.")).get("Grad rockets") == "WEAPON"
