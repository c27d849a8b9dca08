from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from truceline.errors import MissionError, Problem, Severity, UsageError
from truceline.flow.mission import check_mission, init_mission, load_mission
from truceline.model.place import Precision

MISSION = """\
id = "northland"
name = "Northland"
since = 2016-02-26
until = 2016-06-21
timezone = "Asia/Damascus"
"""
ACTORS = """\
[[actor]]
id = "nor.gov"
name = "Government of Northland"
kind = "government"
side = "government"

[[actor]]
id = "nor.army"
name = "Army of Northland"
kind = "military"
aliases = ["government troops"]
memberships = [{ of = "nor.gov", source = "Gazette 1" }]
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
"""
TRUCE = """\
[[truce]]
id = "calm"
name = "Calm"
start = 2016-05-05T01:00:00+03:00
end = 2016-05-07T01:00:00+03:00
source = "Bulletin 7"
zones = [{ kind = "place", name = "mission:hill" }]
"""
PLACES = """\
id,name,kind,lat,lon,radius_km,country,admin1,admin2,aliases,source
mission:hill,North Hill,hill,35.05,38.02,,SY,Aleppo,,Hill 12 | تل,Map 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, {"mission.toml": MISSION, "actors.toml": ACTORS, "sources.toml": SOURCES})


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in check_mission(folder)[1]]


def only_problem(folder: Path) -> Problem:
    (problem,) = check_mission(folder)[1]
    return problem


def test_the_three_required_files_make_a_mission_that_only_counts(folder: Path) -> None:
    mission = load_mission(folder)
    assert mission.agreement is None
    assert (mission.since, mission.until, mission.cutoff) == (date(2016, 2, 26), date(2016, 6, 21), time(0, 0))
    assert [actor.id for actor in mission.actors] == ["nor.gov", "nor.army"]
    assert mission.actors[1].memberships[0].of == "nor.gov"
    assert mission.sources[0].actor == "nor.gov"


def test_a_mission_says_whether_bulletins_take_four_eyes_or_leaves_it_open(folder: Path) -> None:
    assert load_mission(folder).four_eyes is None
    for said, asked in (("true", True), ("false", False)):
        text = f"{MISSION}[bulletin]\nfour_eyes = {said}\n"
        assert load_mission(written(folder, {"mission.toml": text})).four_eyes is asked


def test_instants_become_utc(folder: Path) -> None:
    written(folder, {"agreement.toml": AGREEMENT})
    agreement = load_mission(folder).agreement
    assert agreement is not None
    assert agreement.entries[0].at == datetime(2016, 2, 26, 22, tzinfo=UTC)
    assert agreement.entries[0].at.tzinfo is UTC


def test_a_zone_that_names_a_place_takes_its_centre_and_radius(folder: Path) -> None:
    written(folder, {"agreement.toml": AGREEMENT + TRUCE, "places.csv": PLACES})
    agreement = load_mission(folder).agreement
    assert agreement is not None
    (zone,) = agreement.local_truces[0].zones
    assert (zone.name, zone.lat, zone.lon, zone.radius_km) == ("mission:hill", 35.05, 38.02, 1.0)


def test_the_kind_of_a_place_gives_its_precision_and_its_default_radius(folder: Path) -> None:
    written(folder, {"places.csv": PLACES})
    (place,) = load_mission(folder).places
    assert (place.precision, place.radius_km) == (Precision.POINT, 1.0)
    assert place.aliases == ("Hill 12", "تل")


def test_a_membership_without_a_source_takes_its_actors(folder: Path) -> None:
    written(folder, {"actors.toml": ACTORS.replace(', source = "Gazette 1"', "") + 'source = "Yearbook"\n'})
    assert load_mission(folder).actors[1].memberships[0].source == "Yearbook"


def test_an_unsourced_membership_is_a_warning_and_the_mission_still_loads(folder: Path) -> None:
    written(folder, {"actors.toml": ACTORS.replace(', source = "Gazette 1"', "")})
    mission, (problem,) = check_mission(folder)
    assert mission is not None
    assert (problem.code, problem.where, problem.severity) == ("mission.unsourced", "actors.toml:12", Severity.WARNING)


def test_ten_mistakes_in_four_files_are_told_at_once_with_file_and_line(folder: Path) -> None:
    written(
        folder,
        {
            "mission.toml": MISSION.replace("2016-06-21", "2016-01-01").replace("Damascus", "Damascas") + "nam = 1\n",
            "actors.toml": ACTORS.replace('"military"', '"militry"').replace('of = "nor.gov"', 'of = "nor.gvo"'),
            "sources.toml": SOURCES.replace("reliability", "reliabilty").replace('"nor.gov"', '"nor.gv"'),
            "agreement.toml": AGREEMENT.replace("+02:00", "") + TRUCE.replace("05-07", "05-04"),
        },
    )
    with pytest.raises(MissionError) as raised:
        load_mission(folder)
    assert [problem.where for problem in raised.value.problems] == [
        "actors.toml:10",
        "actors.toml:12",
        "agreement.toml:6",
        "agreement.toml:17",
        "agreement.toml:19",
        "mission.toml:4",
        "mission.toml:5",
        "mission.toml:6",
        "sources.toml:1",
        "sources.toml:6",
        "sources.toml:7",
    ]
    message = str(raised.value)
    assert "sources.toml:7: source 'nna': unknown key 'reliabilty'; did you mean 'reliability'?" in message
    assert "mission.toml:5: 'Asia/Damascas' is no IANA time zone" in message
    assert "did you mean 'Asia/Damascus'?" in message


@pytest.mark.parametrize(
    ("mistaken", "where", "words"),
    [
        ({"mission.toml": MISSION + "cutoff = 18:00\n"}, "mission.toml:6", "this is not TOML"),
        ({"mission.toml": MISSION + 'cutoff = "18:00"\n'}, "mission.toml:6", "an hour without quotes, like 18:00:00"),
        ({"mission.toml": MISSION + "[bulletin]\ndays = 0\n"}, "mission.toml:7", "greater than or equal to 1"),
        ({"mission.toml": MISSION + '[bulletin]\nfour_eyes = "yes"\n'}, "mission.toml:7", "a valid boolean"),
        ({"mission.toml": MISSION + 'countries = ["sy"]\n'}, "mission.toml:6", "did you mean 'SY'?"),
        ({"mission.toml": MISSION + 'languages = ["English"]\n'}, "mission.toml:6", "no language code"),
        ({"mission.toml": MISSION.replace("2016-02-26", "2016")}, "mission.toml:3", "a date without quotes"),
        ({"mission.toml": MISSION + 'id = "again"\n'}, "mission.toml:6", "overwrite"),
        (
            {"actors.toml": ACTORS.replace('"nor.army"', '"nor.gov"')},
            "actors.toml:8",
            "already defined at actors.toml:2",
        ),
        ({"actors.toml": ACTORS.replace('"nor.army"', '"Nor Army"')}, "actors.toml:8", "is no id"),
        ({"actors.toml": ACTORS.replace('of = "nor.gov"', 'of = "nor.army"')}, "actors.toml:12", "member of itself"),
        ({"actors.toml": ACTORS + 'names = [{ nme = "x", name = "y" }]\n'}, "actors.toml:13", "did you mean 'name'?"),
        ({"sources.toml": SOURCES.replace("[[source]]", "[[sorce]]")}, "sources.toml:1", "did you mean 'source'?"),
        ({"sources.toml": SOURCES.replace('"D"', '"G"')}, "sources.toml:7", "none of A | B | C | D | E | F"),
        ({"sources.toml": SOURCES + 'utc_offset = "3"\n'}, "sources.toml:9", "no offset from UTC"),
        ({"agreement.toml": AGREEMENT.replace('"SY"', '"UK"')}, "agreement.toml:12", "no ISO 3166"),
        ({"agreement.toml": AGREEMENT + "lat = 35.0\n"}, "agreement.toml:13", "a country has borders"),
        ({"agreement.toml": AGREEMENT + "radius_km = -1\n"}, "agreement.toml:13", "greater than 0"),
        ({"agreement.toml": AGREEMENT + TRUCE}, "agreement.toml:19", "places.csv has no id 'mission:hill'"),
        (
            {"agreement.toml": AGREEMENT + TRUCE.replace('"place"', '"circle"')},
            "agreement.toml:19",
            "has no lat, lon, radius_km",
        ),
        (
            {"agreement.toml": AGREEMENT + '[[party]]\nactor = "nor.gvo"\nsource = "x"\n'},
            "agreement.toml:14",
            "did you mean 'nor.gov'?",
        ),
        ({"places.csv": PLACES.replace("lat,", "latitude,")}, "places.csv:1", "column 'lat' is missing"),
        ({"places.csv": PLACES.replace("35.05", "95.05")}, "places.csv:2", "less than or equal to 90"),
        ({"places.csv": PLACES.replace("35.05", "north")}, "places.csv:2", "must be a number, not 'north'"),
        ({"places.csv": PLACES.replace("35.05", "nan")}, "places.csv:2", "finite"),
        ({"places.csv": PLACES.replace("35.05", "35,05")}, "places.csv:2", "12 cells under 11 columns"),
        ({"places.csv": PLACES.replace(",hill,", ",hil,")}, "places.csv:2", "did you mean 'hill'?"),
        ({"places.csv": PLACES + PLACES.splitlines()[1] + "\n"}, "places.csv:3", "already defined at places.csv:2"),
        ({"places.csv": PLACES + '"open'}, "places.csv:3", "this is not CSV"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_way_out(
    folder: Path, mistaken: dict[str, str], where: str, words: str
) -> None:
    written(folder, mistaken)
    mission, problems = check_mission(folder)
    # The window and the agreement cannot lack a part; actors, sources and places can.
    assert (mission is None) == where.startswith(("mission.toml", "agreement.toml"))
    assert (problems[0].where, words in problems[0].message) == (where, True), problems


def test_what_binds_nobody_known_is_a_mistake(folder: Path) -> None:
    duty = '[[obligation]]\nid = "O1"\ntitle = "t"\nduty = "prohibits"\nacts = [{ plover = "ASSAULT" }]\n'
    duty += 'binds = ["side:govenment", "nor.gov", "party"]\nprotects = ["any"]\nclause = "1"\nsource = "x"\n'
    written(folder, {"agreement.toml": AGREEMENT + duty})
    problem = only_problem(folder)
    assert problem.where == "agreement.toml:18"
    assert "did you mean 'side:government'?" in problem.message


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ('{ plover = "ASSALT" }', "did you mean 'ASSAULT'?"),
        ('{ plover = "ASSAULT", modes = ["ariel"] }', "'ariel' is no mode of ASSAULT; did you mean 'aerial'?"),
    ],
)
def test_acts_are_plover_categories_with_their_modes(folder: Path, act: str, words: str) -> None:
    duty = f'[[obligation]]\nid = "O1"\ntitle = "t"\nduty = "prohibits"\nacts = [{act}]\n'
    duty += 'binds = ["party"]\nprotects = ["any"]\nclause = "1"\nsource = "x"\n'
    written(folder, {"agreement.toml": AGREEMENT + duty})
    assert words in only_problem(folder).message


def test_a_name_shared_by_two_actors_is_a_warning(folder: Path) -> None:
    written(folder, {"actors.toml": ACTORS.replace('"government troops"', '"GOVERNMENT  of Nórthland"')})
    mission, (problem,) = check_mission(folder)
    assert mission is not None
    assert (problem.code, problem.severity, problem.where) == (
        "mission.shared-alias",
        Severity.WARNING,
        "actors.toml:11",
    )


def test_a_missing_file_is_told_with_the_name_it_may_have(folder: Path) -> None:
    (folder / "actors.toml").rename(folder / "actor.toml")
    assert "actors.toml: the file is missing; rename 'actor.toml'?" in told(folder)


def test_a_misspelt_optional_file_is_not_silently_left_out(folder: Path) -> None:
    written(folder, {"agrement.toml": AGREEMENT})
    mission, (problem,) = check_mission(folder)
    assert mission is not None
    assert (problem.severity, problem.where) == (Severity.WARNING, "agrement.toml")
    assert "did you mean 'agreement.toml'?" in problem.message


def test_a_file_that_is_not_utf8_is_told_with_its_line(folder: Path) -> None:
    (folder / "sources.toml").write_bytes(SOURCES.encode() + b"# caf\xe9\n")
    problem = only_problem(folder)
    assert (problem.where, problem.code) == ("sources.toml:9", "mission.encoding")


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    (folder / "sources.toml").write_bytes(b"\xef\xbb\xbf" + SOURCES.encode())
    assert load_mission(folder).sources[0].id == "nna"


def test_a_syntax_mistake_in_one_file_does_not_hide_those_of_the_others(folder: Path) -> None:
    written(folder, {"actors.toml": ACTORS + "oops\n", "sources.toml": SOURCES.replace('"D"', '"X"')})
    assert [problem.where for problem in check_mission(folder)[1]] == ["actors.toml:13", "sources.toml:7"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissionError, match="no such folder"):
        load_mission(tmp_path / "nowhere")


def test_the_folder_one_starts_from_loads_without_a_single_problem(tmp_path: Path) -> None:
    paths = init_mission(tmp_path / "new")
    mission, problems = check_mission(tmp_path / "new")
    assert problems == []
    assert mission is not None
    assert mission.agreement is not None
    assert tmp_path / "new" / "documents" / "2020-04-11-northbridge.md" in paths
    assert all(path.is_file() for path in paths)


def test_starting_a_mission_overwrites_nothing(tmp_path: Path) -> None:
    written(tmp_path, {"mission.toml": "mine"})
    with pytest.raises(UsageError, match="not empty"):
        init_mission(tmp_path)
    assert (tmp_path / "mission.toml").read_text(encoding="utf-8") == "mine"


def test_a_governorate_that_no_border_carries_is_a_mistake_in_a_zone_and_a_warning_in_a_place(folder: Path) -> None:
    zone = '[[area]]\nkind = "admin1"\nname = "Allepo"\n'
    written(
        folder,
        {
            "mission.toml": MISSION + 'countries = ["SY"]\n',
            "agreement.toml": AGREEMENT + zone,
            "places.csv": PLACES.replace(",Aleppo,", ",Ar Raqqah,"),
        },
    )
    found = [(problem.where, problem.severity, problem.message[-30:]) for problem in check_mission(folder)[1]]
    assert found == [
        ("agreement.toml:13", Severity.ERROR, "llepo'; did you mean 'Aleppo'?"),
        ("places.csv:2", Severity.WARNING, "ah'; did you mean 'Al-Raqqah'?"),
    ]


def test_governorates_of_countries_without_borders_cannot_be_checked(folder: Path) -> None:
    zone = '[[area]]\nkind = "admin1"\nname = "Bavaria"\n'
    written(folder, {"mission.toml": MISSION + 'countries = ["DE"]\n', "agreement.toml": AGREEMENT + zone})
    assert check_mission(folder)[1] == []


def misplaced(folder: Path, lat: str, lon: str, country: str = "SY") -> list[Problem]:
    rows = (
        f"id,name,kind,lat,lon,country\nown:harran,Harran,town,36.2,37.1,SY\nown:belm,Belm,town,{lat},{lon},{country}\n"
    )
    written(folder, {"mission.toml": MISSION + 'countries = ["SY"]\n', "places.csv": rows})
    return check_mission(folder)[1]


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("0", "0", "mission.null-island"),
        ("37.1", "61.2", "mission.outside-country"),
        ("40.1", "35.3", "mission.swapped-coordinates"),
        ("36,2", "37.1", "mission.bad-value"),
        ("nan", "37.1", "mission.bad-value"),
        ("36.2", "371", "mission.bad-value"),
    ],
)
def test_impossible_coordinates_are_told_with_their_line(folder: Path, lat: str, lon: str, code: str) -> None:
    cell = f'"{lat}"' if "," in lat else lat
    assert [(each.code, each.where) for each in misplaced(folder, cell, lon)] == [(code, "places.csv:3")]


def test_a_place_of_a_country_without_an_outline_is_taken_as_it_is(folder: Path) -> None:
    assert misplaced(folder, "36.2", "37.1") == []


def test_places_in_another_encoding_are_told_with_their_line(folder: Path) -> None:
    written(folder, {})
    (folder / "places.csv").write_bytes("id,name,kind,lat,lon\nown:x,Château,town,36.2,37.1\n".encode("latin-1"))
    assert [(each.code, each.where) for each in check_mission(folder)[1]] == [("mission.encoding", "places.csv:2")]
