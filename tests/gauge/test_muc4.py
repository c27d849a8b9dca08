"""MUC-4: how claims become templates, and how templates are scored, on made-up reports."""

from pathlib import Path
from typing import Any

import pytest

from truceline.gauge import run_suite
from truceline.gauge.case import empty_reading
from truceline.gauge.muc4 import datelines, score_templates
from truceline.gauge.muc4_incidents import ROLES, type_of
from truceline.gauge.muc4_keywords import read_by_keywords
from truceline.gauge.muc4_roles import normalised
from truceline.gauge.muc4_templates import Template, templates_of
from truceline.gauge.predict import default_reader
from truceline.testing import doc


def template(type: str = "attack", **roles: list[list[str]]) -> Template:
    made = {role: tuple(frozenset(each) for each in roles.get(role, [])) for role in ROLES}
    return Template(types=tuple(type.split(" / ")), roles=made)


def claim(text: str, trigger: str, **parts: Any) -> dict[str, Any]:
    """A claim with its participants given as words of the text."""

    def words(each: str) -> dict[str, Any]:
        start = text.index(each)
        return {"start": start, "end": start + len(each), "text": each, "actor": None}

    people = {role: [words(each) for each in parts.pop(role, [])] for role in ("agents", "recipients", "instruments")}
    event = {"plover": "ASSAULT", "mode": None, "acled": "Attack", **parts.pop("event", {})}
    told = {"mood": "assertion", "factuality": 3.0, "negated": False, "place": None, "time": None, "harm": None}
    return {"event": {**words(trigger), **event}, **people, **told, **parts}


def read(text: str, *claims: dict[str, Any], **parts: Any) -> list[Template]:
    return templates_of({**empty_reading(doc(text)), "claims": list(claims), **parts}, text)


SHOT = "gunmen of the red dawn front (rdf) shot mayor juan salas. gunmen were seen."


def test_an_agent_may_be_persons_and_their_organisation_a_titled_name_is_a_victim() -> None:
    shot = claim(SHOT, "shot", agents=["gunmen of the red dawn front"], recipients=["mayor juan salas"])
    (found,) = read(SHOT, shot)
    assert found.types == ("attack",)
    assert found.roles["PerpInd"] == (frozenset({"gunmen"}),)
    assert found.roles["PerpOrg"] == (frozenset({"rdf"}),)
    assert found.roles["Victim"] == (frozenset({"juan salas"}),)


def test_things_are_targets_and_people_without_a_name_fill_no_slot() -> None:
    text = "on 3 may a bomb hit ten buses and two peasants."
    hit = claim(text, "hit", recipients=["ten buses", "two peasants"], instruments=["a bomb"])
    (found,) = read(text, hit)
    assert found.types == ("bombing",)
    assert found.roles["Target"] == (frozenset({"buses"}),)
    assert found.roles["Weapon"] == (frozenset({"bomb"}),)
    assert found.roles["Victim"] == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"negated": True, "factuality": -3.0},
        {"mood": "denial"},
        {"mood": "prediction", "factuality": 2.4},
        {"mood": "hypothetical", "factuality": 0.0},
        {"event": {"plover": "THREATEN", "mode": "violence", "acled": None}},
        {"event": {"plover": "ASSAULT", "mode": None, "acled": "Non-state actor overtakes territory"}},
    ],
)
def test_what_is_not_told_as_done_is_no_incident(parts: dict[str, Any]) -> None:
    assert read(SHOT, claim(SHOT, "shot", recipients=["mayor juan salas"], **parts)) == []


def test_an_attempt_is_an_incident() -> None:
    tried = claim(SHOT, "shot", recipients=["mayor juan salas"], mood="hypothetical", factuality=1.2)
    assert len(read(SHOT, tried)) == 1


def test_an_act_of_years_ago_is_none() -> None:
    times = [{"type": "DATE", "from": "1980-01-01T00:00:00Z", "to": "1980-01-02T00:00:00Z"}]
    shot = claim(SHOT, "shot", recipients=["mayor juan salas"], time=0)
    old = {**empty_reading(doc(SHOT)), "claims": [shot], "times": times}
    published = {**old, "document": {**old["document"], "published_at": "1990-02-04T00:00:00Z"}}
    assert templates_of(published, SHOT) == []
    assert len(templates_of({**published, "times": [{**times[0], "to": "1990-02-03T00:00:00Z"}]}, SHOT)) == 1


def test_claims_of_one_type_are_one_incident_unless_their_days_or_victims_differ() -> None:
    text = "rebels shot juan salas. the shooting of salas was blamed on them. rebels shot rosa diaz."
    first = claim(text, "shot", agents=["rebels"], recipients=["juan salas"])
    again = claim(text, "shooting", recipients=["juan salas"])
    second = claim(text, "shot", agents=["rebels"], recipients=["rosa diaz"])
    assert len(read(text, first, again)) == 1
    assert len(read(text, first, again, second)) == 2
    times = [
        {"type": "DATE", "from": f"2016-06-0{day}T00:00:00Z", "to": f"2016-06-0{day + 1}T00:00:00Z"} for day in (1, 3)
    ]
    assert len(read(text, {**first, "time": 0}, {**again, "time": 1}, times=times)) == 2


def test_soldiers_and_rebels_fighting_each_other_are_no_incident() -> None:
    text = "the army attacked the rebels near the ridge."
    assert read(text, claim(text, "attacked", agents=["the army"], recipients=["the rebels"])) == []


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"text": "kidnapping", "plover": "ASSAULT", "mode": "abduct"}, "kidnapping"),
        ({"text": "burned", "plover": "ASSAULT", "mode": "destroy"}, "arson"),
        ({"text": "destroyed", "plover": "ASSAULT", "mode": "destroy"}, "attack"),
        ({"text": "robbed", "plover": "COERCE", "mode": "seize"}, "robbery"),
        ({"text": "seized", "plover": "COERCE", "mode": "seize"}, None),
        ({"text": "bombed", "plover": "ASSAULT", "mode": "aerial"}, "attack"),
        ({"text": "dynamited", "plover": "ASSAULT", "mode": None}, "bombing"),
        ({"text": "arrested", "plover": "COERCE", "mode": "arrest"}, None),
    ],
)
def test_types_follow_mode_and_word(event: dict[str, Any], expected: str | None) -> None:
    assert type_of({"event": {"acled": None, **event}, "instruments": []}) == expected


def type_said(chance: float, *more: float, type: str = "attack") -> dict[str, Any]:
    return {"type": type, "chance": chance, "more": list(more)}


def involved(text: str, words: str, role: str, chance: float) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "role": role, "chance": chance}


@pytest.mark.parametrize(
    ("types", "found"),
    [
        ([], 0),
        ([type_said(0.3, 0.0, 0.0)], 1),
        ([type_said(0.9, 0.6, 0.1)], 2),
        ([type_said(0.1, 0.0, 0.0), type_said(0.6, 0.1, 0.0, type="arson")], 1),
    ],
)
def test_there_are_as_many_incidents_as_the_text_is_likely_to_report(types: list[dict[str, Any]], found: int) -> None:
    shot = claim(SHOT, "shot", agents=["gunmen"], recipients=["mayor juan salas"])
    assert len(read(SHOT, shot, incident_types=types, involved=[])) == found


def test_whoever_is_likely_fills_a_gap_and_whoever_is_not_leaves() -> None:
    text = "the fire brigade came when mayor juan salas was shot. the red dawn front had threatened him."
    shot = claim(text, "shot", agents=["the fire brigade"], recipients=["mayor juan salas"])
    likely = [
        involved(text, "the fire brigade", "perpetrating-body", 0.15),
        involved(text, "mayor juan salas", "victim", 0.9),
        involved(text, "the red dawn front", "perpetrating-body", 0.5),
    ]
    (found,) = read(text, shot, incident_types=[type_said(0.9, 0.1, 0.0)], involved=likely)
    assert found.roles["PerpOrg"] == (frozenset({"red dawn front"}),)
    assert found.roles["Victim"] == (frozenset({"juan salas"}),)


def test_strings_are_compared_without_case_marks_and_articles() -> None:
    assert normalised('The "Santo Tomas" Farm') == normalised("a santo tomas farm")


def test_naming_one_mention_is_enough_and_a_foreign_one_is_wrong() -> None:
    gold = template(PerpOrg=[["red dawn", "rd"]], Weapon=[["bomb"]])
    right = score_templates([gold], [template(PerpOrg=[["rd"]], Weapon=[["bomb", "rocket"]])])
    assert (right["perpetrator.right"], right["weapon.right"], right["all.right"]) == (1, 0, 2)
    assert (right["all.found"], right["all.gold"]) == (3, 3)


def test_templates_of_another_type_stay_unmapped_and_alternatives_count() -> None:
    gold = template("bombing / attack", Target=[["bank"]])
    assert score_templates([gold], [template("arson", Target=[["bank"]])]).get("all.right", 0) == 0
    assert score_templates([gold], [template("attack", Target=[["bank"]])])["all.right"] == 2


def test_the_mapping_with_most_right_is_taken() -> None:
    golds = [template(Target=[["bank"]]), template(Target=[["mill"]])]
    found = [template(Target=[["mill"]]), template(Target=[["bank"]])]
    assert score_templates(golds, found)["all.right"] == 4


def test_datelines_give_the_day_of_publication(gold: Path) -> None:
    written = datelines(gold / "muc4" / "texts")
    assert [each.isoformat() for each in written.values()] == ["1990-02-04T00:00:00+00:00"]


def test_keywords_alone_find_type_and_weapon(gold: Path) -> None:
    report = run_suite("muc4", gold, predict=read_by_keywords)
    assert report.score("incident type F1").value == report.score("incident type F1").baseline
    assert (report.score("weapon F1").value or 0) > 0


def test_our_reader_reads_the_made_up_report(gold: Path) -> None:
    report = run_suite("muc4", gold, predict=default_reader())
    assert report.score("victim F1").value == 1.0
    assert report.score("target F1").value == 1.0
