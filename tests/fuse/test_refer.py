"""What a report goes on about, and mentions of which nobody could make an incident."""

from fuse_makers import denial, fused, groups, only, speaker, tell_of, words

from truceline.model.incident import Stance

REPORT = {"document": "d", "published": "2016-05-06 09:00"}


def dropped(*tellings: object) -> dict[str, str]:
    return {each.id: each.reason for each in fused(*tellings).dropped}  # type: ignore[arg-type]


def test_wounded_in_the_next_sentence_belong_to_the_act_before_it() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT),
        tell_of("killing", claim="b", to=words("Three civilians"), span=(61, 90), **REPORT),
    ) == [["a", "b"]]


def test_the_nearest_act_that_fits_is_meant() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT),
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="b", span=(61, 120), **REPORT),
        tell_of("killing", claim="c", to=words("Three civilians"), span=(121, 150), **REPORT),
    ) == [["a"], ["b", "c"]]


def test_another_means_is_another_act() -> None:
    found = groups(
        tell_of("clash", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT),
        tell_of("air strike", claim="b", by="russia", span=(61, 120), **REPORT),
    )
    assert found == [["a"], ["b"]]


def test_other_people_acting_are_another_act() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", by=words("fighters"), span=(0, 60), **REPORT),
        tell_of("attack", claim="b", by=[*words("warplanes")], to="army", span=(61, 120), **REPORT),
    ) == [["a"], ["b"]]


def test_an_answer_is_another_act() -> None:
    answer = tell_of(
        "attack", claim="b", quote="The army answered with strikes", to=words("positions"), span=(61, 90), **REPORT
    )
    assert groups(tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT), answer) == [["a"]]
    assert "names neither place nor actor" in dropped(answer)["b"]


def test_far_down_the_page_nothing_is_linked() -> None:
    assert groups(
        tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT),
        tell_of("killing", claim="b", to=words("Three civilians"), span=(5000, 5030), **REPORT),
    ) == [["a"]]


def test_a_bare_mention_is_no_second_telling() -> None:
    strike = tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", span=(0, 60), **REPORT)
    mention = tell_of("attack", claim="b", span=(61, 90), chain=(speaker("Kerry", actor="kerry"),), **REPORT)
    assert groups(strike, mention) == [["a"]]
    assert dropped(strike, mention) == {"b": "mentions an event again without telling anything of it"}


def test_talks_that_name_nobody_are_no_incident() -> None:
    assert groups(tell_of("talks", "Damascus", "2016-05-05", claim="a")) == []
    assert groups(tell_of("talks", "Damascus", "2016-05-05", claim="a", by="kerry")) == [["a"]]


def test_it_in_what_somebody_says_is_himself() -> None:
    incident = only(
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="a", span=(0, 60), **REPORT),
        tell_of(
            "attack", claim="b", by=words("it"), chain=(speaker("the group", actor="ahrar"),), span=(61, 90), **REPORT
        ),
    )
    assert incident.agents == ("ahrar",)
    # The report credits the group and shows no knowledge of its own: it is no second origin.
    assert incident.grade.reason.startswith("One origin, of the side said to have acted")


def test_a_denial_of_its_own_aircraft_joins_what_the_report_tells() -> None:
    incident = only(
        tell_of("air strike", "Kafr Nabl", "2016-05-05", claim="a", to=words("a hospital"), span=(0, 60), **REPORT),
        denial(
            "air strike",
            claim="b",
            by=words("its aircraft"),
            to=words("the hospital"),
            chain=(speaker("The ministry", actor="russian-ministry"),),
            span=(61, 120),
            **REPORT,
        ),
    )
    assert {each.claim: each.stance for each in incident.versions}["b"] is Stance.DENIES


def test_how_an_attack_went_is_no_denial_of_it() -> None:
    fusion = fused(
        tell_of("attack", "Khan Tuman", "2016-05-05", claim="a", by="army", span=(0, 60), **REPORT),
        denial("attack", "Khan Tuman", "2016-05-05", claim="b", by="army", span=(0, 60), **REPORT),
    )
    assert [each.id for each in fusion.dropped] == ["b"]
    assert fusion.incidents[0].contradictions == ()


def test_an_older_version_of_a_page_tells_nothing_any_more() -> None:
    old = tell_of("shelling", "Khan Tuman", "2016-05-05", claim="a", document="d", killed=(23, 23))
    new = tell_of("shelling", "Khan Tuman", "2016-05-05", claim="b", document="d", killed=(33, 33), version=2)
    assert groups(old, new) == [["b"]]
    assert dropped(old, new) == {"a": "an older version of its document"}
