"""Key judgements in the hands of editors: proposed, taken over to other numbers, dressed."""

from dataclasses import replace

from views import small_view

from truceline.model.bulletin import KeyJudgement, Wording
from truceline.publish.bulletin import Bulletin, Imprint, make_bulletin
from truceline.publish.editions import (
    bulletin_body,
    dress,
    find_differences,
    find_remarks,
    propose,
    rows_by_id,
    take_over,
)
from truceline.publish.lookup import look_up
from truceline.store.records import as_json, parse_record

OWN = KeyJudgement(
    wording=Wording(statement="Told.", likelihood="It is likely.", confidence="Confidence is low."),
    rests_on=("i-kammouna", "i-gone"),
)


def made(view_incidents: frozenset[str] | None = None) -> Bulletin:
    view = small_view()
    if view_incidents is not None:
        view = replace(view, incidents=tuple(each for each in view.incidents if each.id in view_incidents))
    lookup = look_up(view)
    return make_bulletin(lookup, paged=frozenset(lookup.incidents))


def test_everything_the_machine_proposes_may_be_approved_as_it_is() -> None:
    bulletin = made()
    proposed = propose(bulletin)
    assert [each.rule for each in proposed] == ["level", "violations", "contested", "excluded"]
    assert [each for one in proposed for each in find_remarks(one, rows_by_id(bulletin))] == []


def test_a_bulletin_comes_back_from_its_values_as_it_was() -> None:
    bulletin = made()
    assert parse_record(Bulletin, as_json(bulletin)) == bulletin


def test_on_other_numbers_untouched_words_follow_the_machine_and_edited_ones_stay() -> None:
    before, after = made(), made(frozenset({"i-khan-tuman-air", "i-kammouna", "i-tartus"}))
    level, violations, contested, excluded = propose(before)
    mine = replace(contested, wording=OWN.wording, rests_on=(*contested.rests_on, "i-kammouna", "i-gone"))
    told_off = replace(violations, wording=replace(violations.wording, statement="Nothing was told."))
    taken = take_over([mine, level, OWN, told_off], after)
    assert [each.rule for each in taken] == ["contested", "level", "", "violations", "excluded"]
    assert taken[0].wording == OWN.wording
    assert taken[0].rests_on == ("i-khan-tuman-air", "i-kammouna")
    assert taken[1] == propose(after)[0]
    assert taken[2].rests_on == ("i-kammouna",)
    assert taken[3].machine is not None
    assert taken[3].machine.statement.startswith("No incident of the period is held to be a violation")
    assert taken[4] == excluded
    gone = take_over([excluded, replace(excluded, wording=OWN.wording)], made(frozenset({"i-khan-tuman-air"})))
    assert gone[0].machine is None
    assert gone[0].rests_on == ()


def test_what_is_new_gone_or_held_otherwise_is_told() -> None:
    rows = made().annex
    other = replace(rows[0], grade="A1")
    found = find_differences(rows, (other, *rows[2:], replace(rows[1], id="i-new")))
    assert [(bool(each.was), bool(each.now)) for each in found] == [(True, True), (True, False), (False, True)]
    assert found[0].now.endswith("A1")
    assert found[1].file is None
    assert find_differences(rows, tuple(reversed(rows))) == ()


def test_a_dressed_bulletin_has_the_editors_words_and_links_from_the_root() -> None:
    imprint = Imprint(
        edition=2, state="published", at="now", profile="public", answered="by two", note="A & B\n<b>", changed="4 is 3"
    )
    body = bulletin_body(dress(made(), [OWN], imprint), documents=frozenset({"sohr-2016-06-03.html"}))
    assert "<bdi>Told.</bdi>" in body
    assert 'href="/incidents/i-kammouna.html"' in body
    assert "A &amp; B" in body
    assert "&lt;b&gt;" in body
    assert "Correction, edition 2." in body
    assert "<html" not in body
    assert 'href="incidents/' not in body
    assert 'href="documents/' not in body
