"""The compiled file: what is in it, which one is in use, and what is said when it cannot be."""

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from dump_makers import dump_row, write_dump
from place_makers import base
from small_world import use_small_world

from truceline.errors import Problem, UsageError
from truceline.read import gazetteer_in_use
from truceline.read.gazetteer import MissionGazetteer, open_gazetteer
from truceline.read.gazetteer_file import Additions
from truceline.read.gazetteer_in_use import (
    about_file,
    build_gazetteer,
    gazetteer_file,
    gazetteer_fingerprint,
    gazetteer_path,
    is_compiled,
)
from truceline.read.reader import Reader
from truceline.read.transliterate import name_key


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_small_world(tmp_path / "cache", monkeypatch)


def build(cache: Path, *rows: str, out: Path | None = None, **more: object) -> Path:
    """A gazetteer with a dump of these rows; none of them may be wrong."""
    dumps = (write_dump(cache.parent / "SY.txt", rows),) if rows else ()
    additions = Additions(dumps=dumps, **more)  # type: ignore[arg-type]
    return build_gazetteer(additions, folder=cache, out=out, tell=lambda *_: None, complain=refuse)[0]


def refuse(problem: Problem) -> None:
    raise AssertionError(str(problem))


def ids(name: str, gazetteer: MissionGazetteer | None = None) -> set[str]:
    return {each.place.id for each in (gazetteer or open_gazetteer()).named(name_key(name))}


def test_what_was_built_last_is_in_use_and_a_plain_build_goes_back(cache: Path) -> None:
    assert not is_compiled(cache)
    assert ids("Tall Mirzan") == set()
    plain = Reader.default().fingerprint
    build(cache, dump_row())
    assert ids("Tall Mirzan") == {"geonames:90000001"}
    assert Reader.default().fingerprint != plain
    build(cache)
    assert (ids("Tall Mirzan"), Reader.default().fingerprint) == (set(), plain)


def test_other_rows_make_another_fingerprint_and_the_same_rows_the_same(cache: Path) -> None:
    build(cache, dump_row())
    first = gazetteer_fingerprint(cache)
    build(cache, dump_row(lat=36.2))
    second = gazetteer_fingerprint(cache)
    build(cache, dump_row())
    assert gazetteer_fingerprint(cache) == first != second


@pytest.mark.parametrize(
    ("filed", "asked"),
    [
        ("Ash Shaykh Mirzan", "al-Sheikh Mirzan"),
        ("Ash Shaykh Mirzan", "el Sheikh Mirzan"),
        ("Tall Mirzan", "Tell Mirzan"),
        ("Tall Mirzan", "TALL-MIRZAN"),
        ("Tall Mirzān", "tall mirzan"),
        ("Khān Mirtūmān", "Khan Mirtouman"),
        ("Khān Mirtūmān", "Khan Mirtuman"),
        ("Mirzamīyah", "Mirzamiyeh"),
        ("Mirzamīyah", "Mirzamiya"),
        ("Kafr Mirzayn", "Kafar Mirzein"),
        ("Dayr az Zamrān", "Deir ez-Zamran"),
    ],
)
def test_a_place_of_a_dump_is_found_by_any_spelling_of_its_name(cache: Path, filed: str, asked: str) -> None:
    build(cache, dump_row(name=filed))
    assert ids(asked) == {"geonames:90000001"}
    words = asked.split()
    assert open_gazetteer().longest(name_key(words[0]).split()[0]) >= len(name_key(asked).split())


def test_a_place_of_a_dump_is_found_in_arabic_and_russian_and_by_a_french_name(cache: Path) -> None:
    build(cache, dump_row(others="تلّ مرزان,Таль-Мирзан,Tell Mirzane"))
    for name in ("تل مرزان", "таль мирзан", "Tell Mirzané"):
        assert ids(name) == {"geonames:90000001"}, name


def test_free_spellings_are_tried_in_a_missions_countries_else_in_those_of_the_dumps(cache: Path) -> None:
    build(cache, dump_row())
    assert ids("Tell Mirzan", open_gazetteer(countries=("IQ",))) == set()
    assert ids("Tell Mirzan", open_gazetteer(countries=("IQ", "SY"))) == {"geonames:90000001"}


def test_a_dump_of_several_countries_is_no_countrys_dump(cache: Path) -> None:
    build(cache, dump_row(), dump_row(id=90_000_002, name="Karkamal", country="LB", lat=34, lon=36, admin1=""))
    assert ids("Tell Mirzan") == set()
    assert ids("Tall Mirzan") == {"geonames:90000001"}


def test_a_town_that_the_dump_has_too_is_there_once_with_the_dumps_names(cache: Path) -> None:
    build(cache, dump_row(id=170063, name="Aleppo", others="Alep Mirzan", people=1_700_000))
    assert ids("Aleppo") == ids("Alep Mirzan") == {"geonames:170063"}
    with closing(sqlite3.connect(gazetteer_file(cache))) as opened:
        assert opened.execute("SELECT count(*) FROM place WHERE id = 'geonames:170063'").fetchone() == (1,)


def test_a_missions_places_are_known_without_the_mission_and_not_twice_with_it(cache: Path, tmp_path: Path) -> None:
    build(cache, mission=tmp_path, places=(base(),))
    (named,) = open_gazetteer().named(name_key("Hmeimim airport"))
    assert (named.place.id, named.given) == (base().id, True)
    assert len(open_gazetteer([base()], countries=["SY"]).named("hmeimim")) == 1
    assert about_file(gazetteer_path(cache)).brought == 1


def test_a_file_built_elsewhere_is_used_where_the_environment_names_it(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = build(cache, dump_row(), out=tmp_path / "own.gazetteer")
    assert ids("Tall Mirzan") == set()
    monkeypatch.setenv("TRUCELINE_GAZETTEER", str(elsewhere))
    assert ids("Tall Mirzan") == {"geonames:90000001"}
    monkeypatch.setenv("TRUCELINE_GAZETTEER", str(tmp_path / "gone"))
    with pytest.raises(UsageError, match="no such gazetteer"):
        open_gazetteer()


def test_the_default_is_in_use_whatever_was_built_where_the_environment_says_so(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(cache, dump_row())
    monkeypatch.setenv("TRUCELINE_GAZETTEER", "default")
    assert ids("Tall Mirzan") == set()


def test_a_file_of_another_version_is_not_silently_passed_over(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(cache, dump_row())
    monkeypatch.setattr("truceline.read.gazetteer_file.world_fingerprint", lambda: "newer")
    with pytest.raises(UsageError, match=re.escape(f"build --country-dump {cache.parent / 'SY.txt'}`")):
        open_gazetteer()


@pytest.mark.parametrize("written", [b"", b"no database at all", b"SQLite format 3\x00" + bytes(100)])
def test_what_is_no_gazetteer_is_wrong_usage(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes
) -> None:
    (tmp_path / "strange").write_bytes(written)
    monkeypatch.setenv("TRUCELINE_GAZETTEER", str(tmp_path / "strange"))
    with pytest.raises(UsageError, match="no gazetteer that this version can read"):
        open_gazetteer()


@pytest.mark.parametrize("written", ["", "[]", "{}", json.dumps({"file": "../elsewhere.sqlite"})])
def test_a_spoilt_note_of_what_is_in_use_is_wrong_usage(cache: Path, written: str) -> None:
    cache.mkdir()
    (cache / "gazetteer.json").write_text(written, encoding="utf-8")
    with pytest.raises(UsageError, match="do `truceline gazetteer build` again"):
        open_gazetteer()


def test_the_file_in_use_is_never_dropped_as_an_old_one(cache: Path) -> None:
    path = build(cache, dump_row())
    os.utime(path, (1, 1))
    for number in range(6):
        (cache / f"gazetteer-other{number}.sqlite").touch()
    gazetteer_in_use._drop_old(cache)
    assert path.exists()
    assert len(list(cache.glob("gazetteer-*.sqlite"))) == gazetteer_in_use.KEPT_FILES + 1


def test_a_build_that_fails_leaves_what_was_in_use(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(cache, dump_row())

    def fail(*_given: object, **_options: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("truceline.read.gazetteer_file.write_places", fail)
    with pytest.raises(OSError, match="disk is full"):
        build(cache, dump_row(lat=36.3))
    assert ids("Tall Mirzan") == {"geonames:90000001"}
    assert not list(cache.glob("*.part"))
