"""What a mistake in a mission's files takes with it: that part alone, told with its line; nothing is put right."""

from datetime import date
from pathlib import Path

import pytest

from truceline.errors import Problem, Severity
from truceline.flow.mission import check_mission, load_mission
from truceline.model.mission import Mission
from truceline.model.review import ItemKind
from truceline.read.actors import ActorIndex

MISSION = """\
id = "north"
name = "Northland"
since = 2016-02-26
until = 2016-06-21
timezone = "UTC"
countries = ["SY"]
"""
ACTORS = """\
[[actor]]
id = "nor.gov"
name = "Government of Northland"
kind = "government"
side = "government"
source = "x"
"""
SOURCES = """\
[[source]]
id = "nna"
name = "Northland News"
kind = "state-media"
family = "northland-state"
actor = "nor.gov"
reliability = "D"
reason = "Agency of a party."
"""
AGREEMENT = """\
id = "truce"
name = "Truce"
source = "Treaty 1"
[[entry]]
at = 2016-02-27T00:00:00+02:00
as_told = "midnight"
source = "Treaty 1"
[[area]]
kind = "country"
name = "SY"
[[party]]
actor = "nor.gov"
source = "Treaty 1"
"""
PLACES = "id,name,kind,lat,lon,country,aliases\nown:harran,Harran,town,36.2,37.1,SY,\n"


def written(folder: Path, **files: str) -> Path:
    whole = {"mission": MISSION, "actors": ACTORS, "sources": SOURCES, "agreement": AGREEMENT, **files}
    for name, words in whole.items():
        path = folder / (f"{name}.csv" if name == "places" else f"{name}.toml")
        path.write_text(words, encoding="utf-8")
    return folder


def loaded(folder: Path, **files: str) -> tuple[Mission, list[Problem]]:
    """The mission that is made nevertheless, and its mistakes without the warnings."""
    mission = load_mission(written(folder, **files))
    return mission, [each for each in mission.problems if each.severity is Severity.ERROR]


def group(id: str, name: str, *lines: str) -> str:
    return "\n".join(
        ["[[actor]]", f'id = "{id}"', f'name = "{name}"', 'kind = "armed-group"', 'source = "x"', *lines, ""]
    )


def member(of: str, days: str = "") -> str:
    return f'memberships = [{{ of = "{of}"{days} }}]'


def memberships(mission: Mission) -> dict[str, list[str]]:
    return {actor.id: [each.of for each in actor.memberships] for actor in mission.actors}


GRADING = """\
[grading]
war_began = 2011-03-15
camps = [["government", "ally"], ["opposition", "government"]]
"""


def test_a_side_fights_in_one_camp_only(tmp_path: Path) -> None:
    mission, problems = check_mission(written(tmp_path, mission=MISSION + GRADING))
    assert mission is None
    (problem,) = [each for each in problems if each.severity is Severity.ERROR]
    assert problem.where == "mission.toml:9"
    assert problem.message.startswith("'government' is in more than one camp")


def test_a_side_that_no_actor_bears_is_asked_about_with_the_nearest(tmp_path: Path) -> None:
    named = '[grading]\ncamps = [["government", "goverment"]]\nno_aircraft = ["opposition"]\n'
    mission = load_mission(written(tmp_path, mission=MISSION + named))
    assert [(each.code, each.severity) for each in mission.problems] == [("mission.unknown-side", Severity.WARNING)] * 2
    assert "did you mean 'government'?" in " ".join(each.message for each in mission.problems)
    assert mission.grading.camps == (("goverment", "government"),)


def test_kinds_of_questions_that_two_people_answer_are_read(tmp_path: Path) -> None:
    mission = load_mission(written(tmp_path, mission=MISSION + '[review]\ndouble = ["verdict", "duplicate"]\n'))
    assert mission.review.double == (ItemKind.VERDICT, ItemKind.DUPLICATE)
    assert not mission.problems


@pytest.mark.parametrize(
    ("double", "told"),
    [('["verdicts"]', "did you mean 'verdict'?"), ('["verdict", "verdict"]', "named twice"), ('"verdict"', "double")],
)
def test_a_kind_of_question_that_there_is_not_is_told(tmp_path: Path, double: str, told: str) -> None:
    _mission, problems = check_mission(written(tmp_path, mission=f"{MISSION}[review]\ndouble = {double}\n"))
    assert any(told in each.message and each.where.startswith("mission.toml:") for each in problems)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("own:belm,Belm,town,0,0,SY,", "mission.null-island"),
        ("own:belm,Belm,town,0.0,0.001,,", "mission.null-island"),
        ("own:belm,Belm,town,40.1,35.3,SY,", "mission.swapped-coordinates"),
        ("own:belm,Belm,town,north,35.3,SY,", "mission.bad-value"),
        ("own:belm,Belm,tower,36.2,37.1,SY,", "mission.bad-value"),
        ("own:belm,Belm,town,36.2,37.1,SY,Belm, Old", "mission.bad-value"),
    ],
)
def test_a_row_that_cannot_be_meant_is_left_out_and_the_others_stay(tmp_path: Path, row: str, code: str) -> None:
    mission, (problem,) = loaded(tmp_path, places=f"{PLACES}{row}\nown:dell,Dell,village,36.3,37.2,SY,\n")
    assert (problem.code, problem.where) == (code, "places.csv:3")
    assert [place.id for place in mission.places] == ["own:harran", "own:dell"]


def test_a_row_without_a_country_is_only_asked_about(tmp_path: Path) -> None:
    mission = load_mission(written(tmp_path, places=f"{PLACES}own:belm,Belm,town,40.1,35.3,,\n"))
    (problem,) = mission.problems
    assert (problem.code, problem.severity) == ("mission.swapped-coordinates", Severity.WARNING)
    assert mission.places[1].lat == 40.1


def test_of_two_places_with_one_id_neither_is_taken(tmp_path: Path) -> None:
    twice = "own:belm,Belm,town,36.2,37.1,SY,\nown:belm,Belm,town,35.2,37.1,SY,\n"
    mission, (problem,) = loaded(tmp_path, places=PLACES + twice)
    assert (problem.code, problem.where) == ("mission.duplicate-id", "places.csv:4")
    assert "already defined at places.csv:3" in problem.message
    assert "both are left out" in problem.message
    assert [place.id for place in mission.places] == ["own:harran"]


def test_a_row_that_stands_there_twice_as_it_is_counts_once(tmp_path: Path) -> None:
    mission, (problem,) = loaded(tmp_path, places=PLACES + PLACES.splitlines()[1] + "\n")
    assert (problem.code, problem.where) == ("mission.duplicate-id", "places.csv:3")
    assert [place.id for place in mission.places] == ["own:harran"]


def test_of_two_actors_with_one_id_neither_is_taken_and_what_hangs_on_them_is_told(tmp_path: Path) -> None:
    twice = group("hill", "Hill Front") + group("hill", "River Front") + group("dale", "Dale Band", member("hill"))
    mission, (problem,) = loaded(tmp_path, actors=ACTORS + twice)
    assert problem.where == "actors.toml:13"
    assert memberships(mission) == {"nor.gov": [], "dale": []}
    assert [(each.code, each.where) for each in mission.problems if each is not problem] == [
        ("mission.bereft", "actors.toml:22")
    ]


def test_a_source_of_an_actor_left_out_stays_without_the_tie(tmp_path: Path) -> None:
    mission, _ = loaded(tmp_path, actors=ACTORS.replace('"government"\nside', '"govrnment"\nside'))
    assert [(source.id, source.actor) for source in mission.sources] == [("nna", None)]
    told = [(each.where, each.severity) for each in mission.problems if each.code == "mission.bereft"]
    assert told == [("agreement.toml:12", Severity.WARNING), ("sources.toml:6", Severity.WARNING)]


def test_the_links_of_a_ring_of_memberships_are_left_out_and_no_other(tmp_path: Path) -> None:
    ring = group("a", "Front A", member("b")) + group("b", "Front B", member("c")) + group("c", "Front C", member("a"))
    mission, problems = loaded(tmp_path, actors=ACTORS + ring + group("d", "Front D", member("a")))
    assert [(each.code, each.where) for each in problems] == [
        ("mission.circular-membership", f"actors.toml:{line}") for line in (12, 18, 24)
    ]
    assert memberships(mission) == {"nor.gov": [], "a": [], "b": [], "c": [], "d": ["a"]}


@pytest.mark.parametrize("day", ["2016-02-30", "20016-05-01", "0216-05-01", "2016-02-30T12:00:00Z", "2016-13-01"])
def test_a_membership_since_a_day_that_cannot_be_is_left_out(tmp_path: Path, day: str) -> None:
    wrong = group("hill", "Hill Front", member("nor.gov", f", since = {day}"))
    mission, (problem,) = loaded(tmp_path, actors=ACTORS + wrong)
    assert (problem.code, problem.where) == ("mission.impossible-date", "actors.toml:12")
    assert problem.message.endswith("until then the membership is left out")
    assert memberships(mission) == {"nor.gov": [], "hill": []}


def test_an_actor_whose_standing_is_in_doubt_is_left_out_as_a_whole(tmp_path: Path) -> None:
    wrong = group("hill", "Hill Front", 'status = [{ status = "excluded", since = 2016-02-30 }]')
    mission, (problem,) = loaded(tmp_path, actors=ACTORS + wrong)
    assert problem.message.endswith("until then the actor is left out")
    assert [actor.id for actor in mission.actors] == ["nor.gov"]


def test_a_name_since_a_day_that_cannot_be_is_left_out_and_the_other_names_stay(tmp_path: Path) -> None:
    names = 'names = [{ name = "Old Band", until = 2016-04-31 }, { name = "New Band", since = 2016-05-01 }]'
    mission, (problem,) = loaded(tmp_path, actors=ACTORS + group("hill", "Hill Front", names))
    assert problem.message.startswith("'2016-04-31' is no day of the calendar")
    assert [each.name for each in mission.actors[1].names] == ["New Band"]


@pytest.mark.parametrize("day", ["2016-02-30", "20016-06-21"])
def test_a_window_that_ends_on_no_day_forbids_the_mission(tmp_path: Path, day: str) -> None:
    mission, problems = check_mission(written(tmp_path, mission=MISSION.replace("2016-06-21", day)))
    assert mission is None
    assert [(each.code, each.where) for each in problems] == [("mission.impossible-date", "mission.toml:4")]


@pytest.mark.parametrize(
    ("said", "instead"), [("at = 2016-02-27T", "at = 2016-02-30T"), ('actor = "nor.gov"', 'actor = "nor.gvo"')]
)
def test_a_mistake_in_the_agreement_forbids_the_mission(tmp_path: Path, said: str, instead: str) -> None:
    mission, problems = check_mission(written(tmp_path, agreement=AGREEMENT.replace(said, instead)))
    assert mission is None
    assert "left out" not in str(problems[0])


def test_a_name_of_two_actors_on_one_day_means_neither(tmp_path: Path) -> None:
    one = group("hill", "Hill Front", 'names = [{ name = "Valley Shield", since = 2016-01-01 }]', 'aliases = ["VSH"]')
    other = group("river", "River Front", 'aliases = ["Valley Shield", "VSH"]')
    mission = load_mission(written(tmp_path, actors=ACTORS + one + other))
    assert [(each.where, "at actors.toml:1" in each.message) for each in mission.problems] == [
        ("actors.toml:19", True),
        ("actors.toml:19", True),
    ]
    index = ActorIndex(mission.actors)
    for words in ("Valley Shield", "the Valley Shield", "VSH"):
        guess = index.resolve(words, on=date(2016, 5, 1))
        assert (guess.actor, guess.runners_up) == (None, ("hill", "river")), words
    assert [*index.find_actors("Valley Shield and the VSH shelled the mill.", on=date(2016, 5, 1))] == []
    assert "VSH" not in index.acronyms
    assert index.resolve("Valley Shield", on=date(2015, 5, 1)).actor == "river"


# ---- places.csv in another encoding

ROWS = "id,name,kind,lat,lon,country,aliases\nown:a,Alton,town,36.2,37.1,SY,\nown:b,{name},town,36.3,37.2,SY,{alias}\n"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Château", "latin-1"),
        ("حي النهر", "windows-1256"),
        ("Заречье", "koi8-r"),
        ("河口", "gb18030"),
        ("Rivière", "mac-roman"),
    ],
)
def test_rows_of_plain_letters_stay_and_no_encoding_is_guessed(tmp_path: Path, name: str, encoding: str) -> None:
    octets = ROWS.format(name=name, alias="").encode(encoding)
    written(tmp_path)
    (tmp_path / "places.csv").write_bytes(octets)
    mission = load_mission(tmp_path)
    (problem,) = mission.problems
    first = octets.index(next(each for each in octets if each > 127))
    assert (problem.code, problem.where) == ("mission.encoding", "places.csv:3")
    assert f"byte {octets[first]:#04x} at offset {first}" in problem.message
    assert [place.id for place in mission.places] == ["own:a"]


def test_a_row_that_would_decode_is_left_out_of_a_file_that_does_not(tmp_path: Path) -> None:
    written(tmp_path)
    octets = ROWS.format(name="Rivière", alias="").encode() + "own:c,Père,town,36.3,37.3,SY,\n".encode("latin-1")
    (tmp_path / "places.csv").write_bytes(octets)
    mission = load_mission(tmp_path)
    assert [each.where for each in mission.problems] == ["places.csv:3", "places.csv:4"]
    assert [place.id for place in mission.places] == ["own:a"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_of_wide_letters_is_not_read_at_all(tmp_path: Path, encoding: str) -> None:
    written(tmp_path)
    (tmp_path / "places.csv").write_bytes(ROWS.format(name="Brook", alias="").encode(encoding))
    mission = load_mission(tmp_path)
    (problem,) = mission.problems
    assert (problem.code, problem.where, mission.places) == ("mission.encoding", "places.csv:1", ())
    assert "no row can be read" in problem.message


def test_a_term_about_a_place_that_was_left_out_is_told(tmp_path: Path) -> None:
    zone = '[[area]]\nkind = "place"\nname = "own:belm"\n'
    written(tmp_path, agreement=AGREEMENT + zone, places=f"{PLACES}own:belm,Belm,town,0,0,SY,\n")
    told = [(each.code, each.where) for each in load_mission(tmp_path).problems]
    assert told == [("mission.bereft", "agreement.toml:14"), ("mission.null-island", "places.csv:3")]
