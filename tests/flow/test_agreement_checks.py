"""Where an agreement names what it does not define, or contradicts itself: told with the line and a way out."""

import re
from pathlib import Path

import pytest

from truceline.errors import Severity
from truceline.flow.mission import check_mission, load_mission
from truceline.model.agreement import ZoneKind

MISSION = """\
id = "northland"
name = "Northland"
since = 2016-02-26
until = 2016-06-21
timezone = "Asia/Damascus"
countries = ["SY"]
"""
ACTORS = """\
[[actor]]
id = "gov"
name = "Government"
kind = "government"
side = "government"
source = "Gazette"

[[actor]]
id = "rebels"
name = "Rebels"
kind = "armed-group"
side = "opposition"
source = "Gazette"
"""
AGREEMENT = """\
id = "truce"
name = "Truce"
source = "Treaty 1"
ends = 2017-02-27T00:00:00+02:00

[[entry]]
at = 2016-02-27T00:00:00+02:00
as_told = "midnight"
source = "Treaty 1"

[[area]]
kind = "country"
name = "SY"

[[party]]
actor = "gov"
accepted = 2016-02-23
source = "Treaty 1"
"""
TERM = """\
[[obligation]]
id = "O1"
title = "No attack"
duty = "prohibits"
acts = [{ plover = "ASSAULT" }]
binds = ["party"]
protects = ["any"]
clause = "1"
source = "Treaty 1"
"""
ZONE = """\
[[zone]]
id = "strip"
kind = "buffer"
name = "strip along the river"
line = [[35.0, 38.0], [35.5, 38.5]]
km = 10
"""
GUNS = '[[weapon]]\nid = "guns"\nname = "guns"\nwords = ["gun"]\n'
PLACES = (
    "id,name,kind,lat,lon,country\nmission:ford,Ford,village,35.2,38.2,SY\nmission:mill,Mill,village,35.3,38.3,SY\n"
)


def term(id: str, **keys: str) -> str:
    """TERM with another id and with keys set as TOML."""
    lines = [line for line in TERM.splitlines() if line.partition(" ")[0] not in keys and not line.startswith("id")]
    return (
        "\n".join([lines[0], f'id = "{id}"', *lines[1:], *(f"{key} = {value}" for key, value in keys.items())]) + "\n"
    )


def write(folder: Path, agreement: str) -> Path:
    for name, text in (
        ("mission.toml", MISSION),
        ("actors.toml", ACTORS),
        ("sources.toml", ""),
        ("agreement.toml", agreement),
        ("places.csv", PLACES),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path, *tables: str) -> list[str]:
    _, problems = check_mission(write(folder, "\n".join([AGREEMENT, *tables])))
    return [f"{each.severity} {each.code} {each.where} {each.message}" for each in problems]


def calm(start: str, end: str, zone: str = '{ kind = "country", name = "SY" }') -> str:
    window = f"start = {start}\nend = {end}\n"
    return f'[[truce]]\nid = "calm"\nname = "Calm"\n{window}source = "x"\nzones = [{zone}]\n'


CONTRADICTIONS = {
    "prohibited and required": (
        [
            term("O2", acts='[{ plover = "RETREAT", modes = ["withdraw"] }]'),
            term("O3", acts='[{ plover = "RETREAT" }]', duty='"requires"'),
        ],
        "'O2' prohibits RETREAT and 'O3' (agreement.toml:",
    ),
    "party and excluded": (
        ['[[excluded]]\nactor = "gov"\nsource = "Treaty 1"\n'],
        "'gov' is a party here and excluded at agreement.toml:",
    ),
    "party and unknown": (['[[unknown]]\nactor = "gov"\nsource = "x"\n'], "of unknown acceptance at agreement.toml:"),
    "accepted twice": (
        ['[[party]]\nactor = "gov"\naccepted = 2016-04-01\nsource = "x"\n'],
        "'gov' accepts again at agreement.toml:20 before it withdrew",
    ),
    "truce before the agreement": (
        [calm("2015-05-05T00:00:00Z", "2015-05-06T00:00:00Z")],
        "truce 'calm' ends before the agreement enters into force",
    ),
    "truce after the agreement": (
        [calm("2018-05-05T00:00:00Z", "2018-05-06T00:00:00Z")],
        "truce 'calm' begins after the agreement ends",
    ),
    "truce elsewhere": (
        [
            calm(
                "2016-05-05T00:00:00Z",
                "2016-05-06T00:00:00Z",
                '{ kind = "circle", name = "Kyiv", lat = 50.4, lon = 30.5, radius_km = 10 }',
            )
        ],
        "'Kyiv' of truce 'calm' lies outside the area of the agreement",
    ),
    "ends before it begins": (
        [
            '[[version]]\nid = "old"\nname = "old"\nfrom = 2016-03-01T00:00:00Z\nsource = "x"\n',
            term("O2", superseded_by='"O3"', **{"from": "2016-05-01T00:00:00Z"}),
            term("O3", version='"old"'),
        ],
        "'O2' ends as 'O3', which supersedes it, begins, before it begins",
    ),
    "due before it begins": (
        [term("O2", duty='"requires"', due="2016-03-01T00:00:00Z", **{"from": "2016-05-01T00:00:00Z"})],
        "'O2' falls due before it begins",
    ),
    "begins after the end": (
        [term("O2", **{"from": "2018-05-01T00:00:00Z"})],
        "'O2' begins after the agreement ends",
    ),
    "superseded in a circle": (
        [term("O2", superseded_by='"O3"'), term("O3", superseded_by='"O2"')],
        "'O2' is superseded by itself in the end",
    ),
    "superseded by the other duty": (
        [
            term("O2", superseded_by='"O3"', acts='[{ plover = "MOBILIZE" }]'),
            term("O3", duty='"requires"', acts='[{ plover = "AID" }]'),
        ],
        "'O2' prohibits and 'O3', which supersedes it, requires: one cannot stand for the other",
    ),
    "a weapon that is nothing": (
        ['[[weapon]]\nid = "guns"\nname = "guns"\n', term("O2", weapons='["guns"]')],
        "nothing could be a 'guns'",
    ),
    "binds an outsider": (
        ['[[outsider]]\nactor = "rebels"\nsource = "x"\n', term("O2", binds='["rebels"]')],
        "'O2' binds 'rebels', which this file excludes or calls an outsider",
    ),
    "a preparatory duty": (
        [term("O2", duty='"requires"', preparatory="true", acts='[{ plover = "AID" }]')],
        "only what is prohibited can be preparatory",
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_an_agreement_that_contradicts_itself_is_told_so(name: str, tmp_path: Path) -> None:
    tables, wanted = CONTRADICTIONS[name]
    told = problems_of(tmp_path, *tables)
    assert any("error mission.contradiction" in each and wanted in each for each in told), told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"until": "2016-05-01T00:00:00Z"}, {"from": "2016-05-01T00:00:00Z"}),
        ({"binds": '["gov"]'}, {"binds": '["rebels"]'}),
        ({"protects": '["gov"]'}, {"protects": '["rebels"]'}),
        ({"zones": '["strip"]'}, {"zones": '["ford"]'}),
        ({"weapons": '["guns"]'}, {"weapons": '["tanks"]'}),
    ],
)
def test_terms_that_never_meet_do_not_contradict_each_other(
    one: dict[str, str], other: dict[str, str], tmp_path: Path
) -> None:
    act = '[{ plover = "RETREAT", modes = ["withdraw"] }]'
    ford = '[[zone]]\nid = "ford"\nkind = "place"\nname = "mission:ford"\n'
    told = problems_of(
        tmp_path,
        ZONE,
        ford,
        GUNS,
        GUNS.replace("guns", "tanks"),
        term("O2", acts=act, **one),
        term("O3", acts=act, duty='"requires"', **other),
    )
    assert not any("contradiction" in each for each in told), told


def test_who_accepts_again_after_withdrawing_contradicts_nothing(tmp_path: Path) -> None:
    again = (
        '[[party]]\nactor = "rebels"\naccepted = 2016-02-26\nwithdrew = 2016-03-10\nsource = "x"\n',
        '[[party]]\nactor = "rebels"\naccepted = 2016-04-01\nsource = "x"\n',
    )
    assert problems_of(tmp_path, *again) == []
    agreement = load_mission(tmp_path).agreement
    assert agreement is not None
    assert [each.actor for each in agreement.parties] == ["gov", "rebels", "rebels"]


def test_withdrawing_before_accepting_is_a_mistake(tmp_path: Path) -> None:
    early = '[[party]]\nactor = "rebels"\naccepted = 2016-04-01\nwithdrew = 2016-03-10\nsource = "x"\n'
    assert any("'withdrew' (2016-03-10) must come after 'accepted'" in each for each in problems_of(tmp_path, early))


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("zones", '["stripe"]', "no [[zone]] has the id 'stripe'; did you mean 'strip'?"),
        ("weapons", '["gunz"]', "no [[weapon]] has the id 'gunz'; did you mean 'guns'?"),
        ("version", '"second"', "no [[version]] has the id 'second'; add [[version]] with this id"),
        ("superseded_by", '"O9"', "no [[obligation]] has the id 'O9'"),
    ],
)
def test_what_a_term_names_must_be_defined(key: str, value: str, wanted: str, tmp_path: Path) -> None:
    told = problems_of(tmp_path, ZONE, GUNS, term("O2", **{key: value}))
    assert any(each.startswith("error mission.undefined-term") and wanted in each for each in told), told


@pytest.mark.parametrize("table", ["party", "excluded", "unknown", "outsider"])
def test_an_actor_nobody_defines_is_named(table: str, tmp_path: Path) -> None:
    told = problems_of(tmp_path, f'[[{table}]]\nactor = "rebel"\nsource = "x"\n')
    assert any("no actor has the id 'rebel'; did you mean 'rebels'?" in each for each in told), told


@pytest.mark.parametrize(
    ("shape", "wanted"),
    [
        ('kind = "polygon"\npoints = [[35.0, 38.0], [35.1, 38.1]]', "has no area"),
        ('kind = "polygon"\npoints = [[35.0, 38.0], [36.0, 39.0], [36.0, 38.0], [35.0, 39.0]]', "crosses itself"),
        ('kind = "buffer"\nline = [[35.0, 38.0], [35.0, 38.0]]\nkm = 5', "is no line"),
        ('kind = "buffer"\nline = [[35.0, 38.0], [35.1, 38.1]]', "has no km; add km = …"),
        ('kind = "polygon"', "has no points"),
        ('kind = "settlements"', "has no places"),
        ('kind = "settlements"\nplaces = ["mission:fort"]', "places.csv has no id 'mission:fort'"),
        ('kind = "country"\nkm = 5', "leave 'km' out"),
        ('kind = "circle"\nlat = 35\nlon = 38\nradius_km = 5\nkm = 3', "a circle has no 'km'"),
    ],
)
def test_a_zone_without_a_shape_of_its_kind_is_told(shape: str, wanted: str, tmp_path: Path) -> None:
    name = "SY" if "country" in shape else "odd"
    kind, _, rest = shape.partition("\n")
    zone = f'[[zone]]\nid = "odd"\n{kind}\nname = "{name}"\n{rest}\n'
    told = problems_of(tmp_path, zone, term("O2", zones='["odd"]'))
    assert any(each.startswith("error") and wanted in each for each in told), told


def test_what_is_defined_and_never_used_is_a_warning(tmp_path: Path) -> None:
    told = problems_of(tmp_path, ZONE, GUNS)
    assert [each.split()[1] for each in told] == ["mission.unused-term", "mission.unused-term"]
    assert check_mission(tmp_path)[0] is not None


def test_an_exception_nobody_could_claim_is_a_warning(tmp_path: Path) -> None:
    told = problems_of(tmp_path, term("O2", exceptions='["bad weather"]'), term("O3", exceptions='["self-defence"]'))
    assert len(told) == 1
    assert "warning mission.unknown-exception" in told[0]


def test_a_zone_is_drawn_once_and_used_by_its_id(tmp_path: Path) -> None:
    towns = '[[zone]]\nid = "towns"\nkind = "settlements"\nname = "towns"\nplaces = ["mission:ford", "mission:mill"]\n'
    truce = (
        '[[truce]]\nid = "calm"\nname = "Calm"\nstart = 2016-05-05T00:00:00Z\nend = 2016-05-06T00:00:00Z\n'
        'source = "x"\nzones = [{ zone = "towns" }]\n'
    )
    assert problems_of(tmp_path, ZONE, towns, truce, term("O2", zones='["strip"]')) == []
    agreement = load_mission(tmp_path).agreement
    assert agreement is not None
    (strip,), (calm,) = agreement.obligations[0].zones, agreement.local_truces[0].zones
    assert (strip.kind, strip.km, strip.points[1]) == (ZoneKind.BUFFER, 10, (35.5, 38.5))
    assert [(each.lat, each.lon) for each in calm.parts] == [(35.2, 38.2), (35.3, 38.3)]


def test_a_term_takes_its_days_from_its_version_and_from_what_supersedes_it(tmp_path: Path) -> None:
    versions = "".join(
        f'[[version]]\nid = "{name}"\nname = "{name}"\nfrom = {at}\nsource = "x"\n'
        for name, at in (("first", "2016-03-01T00:00:00Z"), ("second", "2016-05-01T00:00:00Z"))
    )
    terms = term("O2", version='"first"', superseded_by='"O3"'), term("O3", version='"second"')
    assert problems_of(tmp_path, versions, *terms) == []
    agreement = load_mission(tmp_path).agreement
    assert agreement is not None
    old, new = agreement.obligations
    assert old.begins[0].month == 3
    assert old.until == new.begins[0]
    assert new.until is None


def test_the_guide_teaches_a_language_that_is_understood(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "agreements.md").read_text(encoding="utf-8")
    agreement = "\n".join(re.findall(r"```toml\n(.*?)```", guide, re.DOTALL))
    named = ("nor.gov", "nor.legion", "nor.riders", "sea.navy")
    actors = "".join(f'[[actor]]\nid = "{each}"\nname = "{each}"\nkind = "armed-group"\n' for each in named)
    write(tmp_path, agreement)
    (tmp_path / "actors.toml").write_text(actors, encoding="utf-8")
    mission, problems = check_mission(tmp_path)
    assert not problems, problems
    assert mission is not None
    assert mission.agreement is not None
    assert mission.agreement.obligations[0].zones[0].km == 15


def test_shipped_agreements_contradict_nothing() -> None:
    missions = Path(__file__).parents[2] / "missions"
    for folder in sorted(each.parent for each in missions.glob("*/agreement.toml")):
        _, problems = check_mission(folder)
        assert not [each for each in problems if each.where.startswith("agreement.toml")], folder.name
        assert not [each for each in problems if each.severity is Severity.ERROR], folder.name
