"""Which tellings come together, and which stay apart."""

from fuse_makers import denial, fused, groups, only, speaker, spot, tell_of, when, words

from truceline.fuse import match
from truceline.model.claim import Mood
from truceline.model.incident import Stance
from truceline.model.quantity import Quantity, Unit
from truceline.model.span import Span
from truceline.model.when import Basis


def test_two_papers_on_one_strike_make_one_incident() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", source="reuters"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
    ) == [["a", "b"]]


def test_a_strike_in_a_village_joins_even_when_nobody_says_who_flew() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", source="afp"),
    ) == [["a", "b"]]


def test_a_strike_in_a_big_city_needs_more_than_kind_and_day() -> None:
    assert groups(
        tell_of("shelling", "Aleppo", "2016-05-05", claim="a"),
        tell_of("shelling", "Aleppo", "2016-05-05", claim="b", source="afp"),
    ) == [["a"], ["b"]]


def test_villages_a_few_kilometres_apart_stay_apart() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Hass", "2016-05-05", claim="b", by="russia", source="afp"),
    ) == [["a"], ["b"]]


def test_an_offset_place_joins_the_village_it_points_to() -> None:
    assert groups(
        tell_of("clash", "south-west of Aleppo", "2016-05-05", claim="a", by="rebels", to="army"),
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="b", by="rebels", to="army", source="afp"),
    ) == [["a", "b"]]


def test_strikes_of_two_days_at_one_place_stay_apart() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-06", claim="b", by="russia", source="afp"),
    ) == [["a"], ["b"]]


def test_a_morning_and_an_evening_strike_stay_apart() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05 07:00", claim="a", by="russia", killed=(3, 3)),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 19:00", claim="b", by="russia", killed=(3, 3), source="afp"),
    ) == [["a"], ["b"]]


def test_a_report_of_the_day_does_not_chain_a_morning_to_an_evening() -> None:
    found = groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05 07:00", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 19:00", claim="c", by="russia", source="daily"),
    )
    assert len(found) == 2
    assert not any({"a", "c"} <= set(group) for group in found)


def test_two_hours_of_difference_is_one_event_with_two_hours_told() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05 14:00", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05 16:00", claim="b", by="russia", source="afp"),
    )
    assert [each.what for each in incident.contradictions] == ["hour"]


def test_shelling_and_the_answer_to_it_stay_apart() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", by="rebels", to="army"),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", by="army", to="rebels", source="afp"),
    ) == [["a"], ["b"]]


def test_a_village_captured_and_lost_within_hours_is_two_incidents() -> None:
    assert groups(
        tell_of("capture", "Khan Tuman", "2016-05-05", claim="a", by="rebels"),
        tell_of("capture", "Khan Tuman", "2016-05-05", claim="b", by="army", source="afp"),
    ) == [["a"], ["b"]]


def test_a_strike_and_the_capture_of_the_place_stay_apart() -> None:
    assert groups(
        tell_of("air strike", "Khan Tuman", "2016-05-05", claim="a", by="army"),
        tell_of("capture", "Khan Tuman", "2016-05-05", claim="b", by="army", source="afp"),
    ) == [["a"], ["b"]]


def test_a_clash_told_from_both_sides_is_one_event() -> None:
    assert groups(
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="a", by="rebels", to="army"),
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="b", by="army", to="rebels", source="afp"),
    ) == [["a", "b"]]


def test_the_force_and_its_government_are_one_agent() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", by="army"),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", by="gov", source="afp"),
    ) == [["a", "b"]]


def test_shelling_told_by_different_sides_of_each_other_stays_apart() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", by="army"),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", by="ahrar", source="afp"),
    ) == [["a"], ["b"]]


def test_one_hospital_hit_once_is_one_incident_with_two_alleged_agents() -> None:
    incident = only(
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="a", by="army", to=words("the hospital"), killed=(7, 7)),
        tell_of(
            "shelling",
            "Kafr Nabl",
            "2016-05-05",
            claim="b",
            by="ahrar",
            to=words("a hospital"),
            killed=(7, 7),
            source="sana",
        ),
    )
    assert [each.what for each in incident.contradictions] == ["agent"]
    assert incident.agents == ("ahrar", "army")


def test_kind_and_day_alone_join_nothing_without_a_place() -> None:
    assert groups(
        tell_of("air strike", None, "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", None, "2016-05-05", claim="b", by="russia", source="afp"),
    ) == [["a"], ["b"]]


def test_a_country_is_no_place_to_join_on() -> None:
    assert groups(
        tell_of("air strike", "Syria", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Syria", "2016-05-05", claim="b", by="russia", source="afp"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="c", by="russia", source="daily"),
    ) == [["a"], ["b"], ["c"]]


def test_a_telephone_call_is_known_by_who_talks() -> None:
    assert groups(
        tell_of("phone call", None, "2016-06-04", claim="a", by="lavrov", to="kerry"),
        tell_of("phone call", None, "2016-06-04", claim="b", by="kerry", to="lavrov", source="afp", trigger="call"),
    ) == [["a", "b"]]


def test_two_sentences_of_one_report_on_one_event_join() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", document="d", span=(0, 80)),
        tell_of(
            "killing", None, claim="b", document="d", span=(81, 140), killed=(12, 12), published="2016-05-06 09:00"
        ),
    ) == [["a", "b"]]


def test_a_list_of_places_in_one_report_stays_a_list() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", document="d", by="rebels", span=(0, 80)),
        tell_of("shelling", "al-Eis", "2016-05-05", claim="b", document="d", by="rebels", span=(0, 80)),
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="c", document="d", by="rebels", span=(0, 80)),
    ) == [["a"], ["b"], ["c"]]


def test_a_report_that_states_no_time_joins_the_event_of_the_day_before() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", claim="b", by="russia", source="afp", published="2016-05-06 08:00"),
    ) == [["a", "b"]]


def test_a_summary_over_weeks_joins_no_single_act() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-01/2016-06-01", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
    ) == [["a"], ["b"]]


def test_a_denial_joins_what_it_denies() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        denial("air strike", "Kafr Nabl", claim="b", by="russia", source="sputnik", published="2016-05-07 10:00"),
    )
    assert {each.claim: each.stance for each in incident.versions} == {"a": Stance.ASSERTS, "b": Stance.DENIES}
    assert incident.contradictions[0].what == "denial"


def test_a_denial_without_a_place_joins_the_one_act_it_can_mean() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", to=words("a camp")),
        denial(
            "air strike", claim="b", by="russia", to=words("the camp"), source="sputnik", published="2016-05-06 10:00"
        ),
    )
    assert {each.claim for each in incident.versions} == {"a", "b"}


def test_a_denial_that_fits_several_acts_equally_is_kept_out_and_says_so() -> None:
    fusion = fused(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", to=words("a camp")),
        tell_of("air strike", "Damascus", "2016-05-05", claim="b", by="russia", to=words("a camp")),
        denial(
            "air strike", claim="c", by="russia", to=words("the camp"), source="sputnik", published="2016-05-06 10:00"
        ),
    )
    assert [each.id for each in fusion.dropped] == ["c"]
    assert "several" in fusion.dropped[0].reason
    assert all(len(each.versions) == 1 for each in fusion.incidents)


def test_a_denial_of_nothing_told_makes_no_incident() -> None:
    fusion = fused(denial("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"))
    assert fusion.incidents == ()
    assert fusion.dropped[0].reason == "denies what no telling asserts"


def test_an_act_that_is_only_denied_by_negation_is_denied() -> None:
    incident = only(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", by="army"),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", by="army", negated=True, factuality=-3.0),
    )
    assert {each.claim: each.stance for each in incident.versions}["b"] is Stance.DENIES


def test_questions_opinions_predictions_and_the_like_never_become_incidents() -> None:
    moods = [each for each in Mood if each not in {Mood.ASSERTION, Mood.DENIAL}]
    fusion = fused(
        *(tell_of("air strike", "Kafr Nabl", "2016-05-05", claim=mood.value, mood=mood, by="russia") for mood in moods)
    )
    assert fusion.incidents == ()
    assert sorted(each.id for each in fusion.dropped) == sorted(each.value for each in moods)


def test_accusations_promises_and_voiced_support_are_statements_not_incidents() -> None:
    fusion = fused(
        *(tell_of(what, "Damascus", "2016-05-05", claim=what) for what in ("accusation", "promise", "support voiced"))
    )
    assert fusion.incidents == ()
    assert all("statement" in each.reason for each in fusion.dropped)


def test_a_rate_is_no_act() -> None:
    tripled = Quantity(span=Span(0, 3), low=3, high=3, of="airstrikes", unit=Unit.RATIO)
    fusion = fused(tell_of("air strike", "Syria", "2016-06-04", claim="a", by="russia", stated_rate=tripled))
    assert fusion.incidents == ()
    assert "rate" in fusion.dropped[0].reason


def test_an_untyped_event_is_told_but_no_incident() -> None:
    fusion = fused(tell_of("untyped", "Damascus", "2016-05-05", claim="a"))
    assert fusion.incidents == ()


def test_nothing_vanishes() -> None:
    told = [
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", source="afp"),
        tell_of("accusation", "Kafr Nabl", "2016-05-05", claim="c"),
        denial("shelling", "Damascus", "2016-05-05", claim="d"),
        tell_of("shelling", "Damascus", "2016-05-05", claim="e", mood=Mood.QUESTION),
    ]
    fusion = fused(*told)
    kept = {version.claim for each in fusion.incidents for version in each.versions}
    assert kept | {each.id for each in fusion.dropped} == {each.claim for each in told}


def test_a_claim_that_comes_twice_is_told_once() -> None:
    told = tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a")
    fusion = fused(told, told)
    assert len(fusion.incidents[0].versions) == 1
    assert fusion.dropped[0].reason == "the same claim came twice"


def test_rows_of_one_dataset_stay_apart() -> None:
    chain = (speaker("", kind="document"), speaker("SOHR"))
    assert groups(
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="a", by=("army", "rebels"), source="ucdp", chain=chain),
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="b", by=("army", "rebels"), source="ucdp", chain=chain),
    ) == [["a"], ["b"]]


def test_a_row_joins_the_report_of_the_same_event() -> None:
    chain = (speaker("", kind="document"), speaker("SOHR"))
    assert groups(
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="a", by=("army", "rebels"), source="ucdp", chain=chain),
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", by="army", to="rebels", source="afp"),
    ) == [["a", "b"]]


def test_every_version_says_why_it_is_there() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", by="russia", source="afp"),
    )
    for version in incident.versions:
        assert "the same village or facility" in version.reason
        assert "the same day" in version.reason


def test_far_apart_in_time_never_join_whatever_else_agrees() -> None:
    assert groups(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia", killed=(44, 44), quote="x " * 20),
        tell_of("air strike", "Kafr Nabl", "2016-05-09", claim="b", by="russia", killed=(44, 44), quote="x " * 20),
    ) == [["a"], ["b"]]


def test_one_telling_is_matched_to_the_incident_it_could_belong_to() -> None:
    told = [
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia"),
        tell_of("air strike", "Damascus", "2016-05-05", claim="b", by="russia"),
        tell_of("shelling", "Kafr Nabl", "2016-05-05", claim="c", by="rebels"),
    ]
    incidents = fused(*told).incidents
    asked = tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="z", source="afp")
    found = match(asked, incidents, told, window_hours=36, window_km=15)
    assert [each.incident_id for each in found] == [each.id for each in incidents if each.versions[0].claim == "a"]
    assert "the same village or facility" in found[0].reasons


def test_a_denial_is_matched_to_what_it_denies() -> None:
    told = [tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia")]
    incidents = fused(*told).incidents
    asked = denial("air strike", "Kafr Nabl", claim="z", by="russia", published="2016-05-07 10:00")
    assert [each.incident_id for each in match(asked, incidents, {"a": told[0]}, window_hours=36, window_km=15)] == [
        incidents[0].id
    ]


def test_a_question_is_matched_to_nothing() -> None:
    told = [tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", by="russia")]
    asked = tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="z", by="russia", mood=Mood.QUESTION)
    assert match(asked, fused(*told).incidents, told, window_hours=36, window_km=15) == []


def test_titles_use_our_words_place_and_day() -> None:
    titles = {
        only(tell_of(what, place, happened, claim="a", by="army", trigger="terrorist massacre")).title
        for what, place, happened in (
            ("air strike", "Kafr Nabl", "2016-05-05"),
            ("clash", "south-west of Aleppo", "2016-05-05 14:00"),
            ("shelling", "Aleppo governorate", "2016-05-05/2016-05-07"),
            ("capture", "Khan Tuman", when("2016-05-05", basis=Basis.PUBLISHED)),
            ("talks", None, "2016-05-05"),
        )
    }
    assert titles == {
        "Air strike in Kafr Nabl, 5 May 2016",
        "Ground fighting near south-west of Aleppo, 5 May 2016",
        "Shelling in Aleppo governorate, 5–6 May 2016",
        "Territory taken in Khan Tuman, reported 5 May 2016",
        "Talks, 5 May 2016",
    }


def test_the_killed_span_from_the_lowest_to_the_highest_told() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", killed=(3, 3)),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", killed=(5, 7), source="afp"),
    )
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (3, 7)


def test_a_toll_open_above_stays_open() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", killed=(3, 3)),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", killed=(8, None), source="afp"),
    )
    assert incident.killed is not None
    assert (incident.killed.low, incident.killed.high) == (3, None)


def test_the_surest_place_and_the_finest_time_are_shown() -> None:
    incident = only(
        tell_of("clash", "south-west of Aleppo", "2016-05-05", claim="a", by="rebels", to="army"),
        tell_of("clash", "Khan Tuman", "2016-05-05 14:00", claim="b", by="rebels", to="army", source="afp"),
    )
    assert incident.place == spot("Khan Tuman")
    assert (incident.start, incident.end) == (when("2016-05-05 14:00").start, when("2016-05-05 14:00").end)
