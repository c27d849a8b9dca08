"""The compiled gazetteer: one SQLite file, written once, then only read, its pages mapped into memory.

about       what it was made of
place       one row a place
name        the keys that places are filed under, in order of the key
start       how many words the longest key has that starts with a word
form        what the spellings of a name written from Arabic have in common (transliterate.arabic_form)
form_start  how many words a spelling of such a name may have, by its first word's form and the country
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from itertools import chain, islice
from pathlib import Path

from truceline.model.place import Place
from truceline.read.places_added import Added, Complain, Tallied, filed_brought, filed_dump
from truceline.read.places_world import Filed, filed_keys, filed_places, world_fingerprint
from truceline.read.transliterate import arabic_form
from truceline.vocab.places import toml_table

LAYOUT = 9  # of the compiled file: a change makes a new file
MARK = 0x54524C47  # SQLite's application id of our files
BATCH = 5000  # places written at a time
WRITING_MEMORY = 48_000  # KB of pages held while writing, and as many for what is sorted
ABOUT_PLACES = 243_000  # for showing progress only
SHORTEST_FORM = 4  # letters; below that too many names share a respelled form

Tell = Callable[[int, int], None]

_SCHEMA = """
CREATE TABLE about (what TEXT PRIMARY KEY, told TEXT) WITHOUT ROWID;
CREATE TABLE place (number INTEGER PRIMARY KEY, id TEXT, name TEXT, lat REAL, lon REAL, kind TEXT, precision TEXT,
  radius_km REAL, country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER, given INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE start (word TEXT PRIMARY KEY, longest INTEGER) WITHOUT ROWID;
CREATE TABLE form (form TEXT, place INTEGER, main INTEGER, PRIMARY KEY (form, place)) WITHOUT ROWID;
CREATE TABLE form_start (word TEXT, country TEXT, longest INTEGER, PRIMARY KEY (word, country)) WITHOUT ROWID;
CREATE TEMP TABLE filed (key TEXT, place INTEGER, main INTEGER, form TEXT);
"""
_INSERT_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
_FIRST = "CASE instr({0}, ' ') WHEN 0 THEN {0} ELSE substr({0}, 1, instr({0}, ' ') - 1) END"
_WORDS = "length({0}) - length(replace({0}, ' ', '')) + 1"
# Sorted before they are written: pages are filled one after the other, and no table outgrows the memory. A form stands
# for the first of a place's names that has it; one word more than the form has, for an article.
_FINISH = f"""
INSERT INTO name SELECT key, place, main FROM filed ORDER BY key, place;
INSERT INTO start SELECT {_FIRST.format("key")}, max({_WORDS.format("key")}) FROM name GROUP BY 1;
CREATE TEMP TABLE formed AS SELECT form, place, main, min(rowid) FROM filed WHERE form <> '' GROUP BY form, place;
INSERT INTO form SELECT form, place, main FROM formed ORDER BY form, place;
INSERT INTO form_start SELECT {_FIRST.format("form")}, p.country, max({_WORDS.format("form")}) + 1
  FROM formed f JOIN place p ON p.number = f.place GROUP BY 1, 2;
DROP TABLE temp.formed;
DROP TABLE temp.filed;
"""  # noqa: S608  # put together from the lines above, nothing from outside


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpAdded:
    """A country dump in a compiled file; `country` where it is one country's. `left_out` rows could not be used."""

    path: str
    sha256: str
    filed: int
    joined: int
    unwanted: int
    left_out: int
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a compiled file is made of. `mission` is the folder whose `brought` places are in it."""

    layout: int
    world: str
    digest: str
    places: int
    names: int
    dumps: tuple[DumpAdded, ...] = ()
    mission: str | None = None
    brought: int = 0

    @property
    def is_current(self) -> bool:
        """Whether this program would file the world's places in the same way."""
        return (self.layout, self.world) == (LAYOUT, world_fingerprint())

    @property
    def is_default(self) -> bool:
        return not self.dumps and self.mission is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What goes into the file besides the world: dumps, and the places that a mission folder brings."""

    dumps: tuple[Path, ...] = ()
    mission: Path | None = None
    places: tuple[Place, ...] = ()


def default_name() -> str:
    """The file name of the world without additions."""
    return f"gazetteer-{sha256(f'{LAYOUT} {world_fingerprint()}'.encode()).hexdigest()[:16]}.sqlite"


def compile_file(path: Path, additions: Additions, *, tell: Tell, complain: Complain) -> About:
    """Writes the file, whole or not at all; `complain` hears each row of a dump that is left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        about = _compile(Path(fresh), additions, tell, complain)
        # Two makers at once each finish their own file; the last one in place wins, both are whole.
        Path(fresh).replace(path)
    finally:
        Path(fresh).unlink(missing_ok=True)
    return about


def _compile(path: Path, additions: Additions, tell: Tell, complain: Complain) -> About:
    added, tallies = Added(), [Tallied() for _ in additions.dumps]
    dumped = (filed_dump(dump, added, each, complain) for dump, each in zip(additions.dumps, tallies, strict=True))
    world = (each for each in filed_places(added.further_names) if not _is_dumped(each, added))
    with closing(begin_file(path)) as base:
        places = write_places(base, chain(filed_brought(additions.places), chain.from_iterable(dumped), world), tell)
        finish_file(base)
        (names,) = base.execute("SELECT count(*) FROM name").fetchone()
        dumps = tuple(map(_dump_added, additions.dumps, tallies))
        about = About(
            layout=LAYOUT,
            world=world_fingerprint(),
            digest=_digest(dumps, additions.places),
            places=places,
            names=names,
            dumps=dumps,
            mission=None if additions.mission is None else str(additions.mission.absolute()),
            brought=len(additions.places),
        )
        base.executemany("INSERT INTO about VALUES (?,?)", ((k, json.dumps(v)) for k, v in asdict(about).items()))
        base.commit()
    return about


def _is_dumped(filed: Filed, added: Added) -> bool:
    """Whether a dump has the same feature, with more of its names."""
    kind, _, number = filed.place.id.partition(":")
    return kind == "geonames" and int(number) in added.filed


def _dump_added(path: Path, tallied: Tallied) -> DumpAdded:
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return DumpAdded(
        path=str(path.absolute()),
        sha256=digest,
        filed=tallied.filed,
        joined=tallied.joined,
        unwanted=tallied.unwanted,
        left_out=tallied.wrong,
        country=tallied.country,
    )


def _digest(dumps: Sequence[DumpAdded], places: Sequence[Place]) -> str:
    parts = (LAYOUT, world_fingerprint(), *(each.sha256 for each in dumps), *places)
    return sha256(repr(parts).encode()).hexdigest()[:16]


def begin_file(path: Path) -> sqlite3.Connection:
    """An empty gazetteer, open for writing; what is sorted lies in files of SQLite's own, which go by themselves."""
    base = sqlite3.connect(path)
    base.executescript(
        f"PRAGMA application_id = {MARK}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA temp_store = FILE;"
        f"PRAGMA cache_size = -{WRITING_MEMORY}; PRAGMA temp.cache_size = -{WRITING_MEMORY};" + _SCHEMA
    )
    return base


def write_places(base: sqlite3.Connection, places: Iterable[Filed], tell: Tell) -> int:
    """Writes the places and notes their names; how many there were."""
    numbered = enumerate(places)
    count = 0
    while batch := list(islice(numbered, BATCH)):
        base.executemany(_INSERT_PLACE, ((number, *_columns(filed)) for number, filed in batch))
        rows = ((key, number, main, form) for number, filed in batch for key, main, form in _names(filed))
        base.executemany("INSERT INTO filed VALUES (?,?,?,?)", rows)
        count += len(batch)
        tell(count, ABOUT_PLACES)
    return count


def finish_file(base: sqlite3.Connection) -> None:
    """Puts the noted names into their tables."""
    base.executescript(_FINISH)


def _names(filed: Filed) -> Iterator[tuple[str, int, str]]:
    respelled = filed.place.country in toml_table("variants.toml")["arabic"]["countries"]
    for key, main in filed_keys(filed).items():
        form = arabic_form(key) if respelled and key.isascii() else ""
        yield key, main, form if len(form) >= SHORTEST_FORM else ""


def _columns(filed: Filed) -> tuple[object, ...]:
    place = filed.place
    return (
        place.id,
        place.name,
        place.lat,
        place.lon,
        place.kind,
        place.precision.value,
        place.radius_km,
        place.country,
        place.admin1,
        place.admin2,
        place.population,
        int(filed.given),
    )
