"""Rows of a GeoNames country dump, each as it stands or as the problem it has: nothing is put right, nothing guessed.

The format is GeoNames' own: one feature a line, 19 columns between tabs, UTF-8, as text or in the zip they publish.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from truceline.errors import Problem, UsageError
from truceline.kit.boundedlines import Line, find_bounded_lines
from truceline.vocab.geo import country_box, lies_in

COLUMNS = 19
LONGEST_LINE = 65_536  # bytes; GeoNames' longest rows have some 10,000
LONGEST_NAME = 200  # characters, as GeoNames' page of the format has it
LARGEST_ID = 100_000_000  # GeoNames has given out some 13 million
MOST_PEOPLE = 2_000_000_000
NULL_DEGREES = 0.01
ENDINGS = (".txt", ".zip")
NO_DUMP = "readme.txt"  # GeoNames puts it beside the dump in the zip
CODE = re.compile(r"[A-Z]{2}|")
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
SIGNS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")

ID, NAME, ASCII, OTHERS, LAT, LON, LETTER, CODE_OF, COUNTRY, ADMIN1, ADMIN2, PEOPLE = *range(9), 10, 11, 14
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpRow:
    """One feature. `letter` and `code` are its feature class and code; `where` is its file and line."""

    id: int
    names: tuple[str, ...]
    lat: float
    lon: float
    letter: str
    code: str
    country: str
    admin1: str
    admin2: str
    population: int
    where: str


def find_dumps(paths: Sequence[Path]) -> list[Path]:
    """The dumps that files and folders stand for. Raises UsageError, naming what is none."""
    found = [each for path in paths for each in (_dumps_in(path) if path.is_dir() else [path])]
    wrong = [str(each) for each in found if each.suffix.lower() not in ENDINGS or not each.is_file()]
    if wrong:
        raise UsageError(f"{', '.join(wrong)}: no country dump; give GeoNames' .txt or .zip, or a folder of them")
    return list(dict.fromkeys(found))


def _dumps_in(folder: Path) -> list[Path]:
    inside = sorted(each for each in folder.iterdir() if each.suffix.lower() in ENDINGS)
    dumps = [each for each in inside if each.name.lower() != NO_DUMP]
    if not dumps:
        raise UsageError(f"{folder}: holds no .txt or .zip; give a folder of GeoNames' country dumps")
    return dumps


def find_rows(path: Path, *, holding: bytes = b"") -> Iterator[DumpRow | Problem]:
    """Every row of a dump in order, in little memory; a row that cannot be used is its problem.

    `holding` passes over lines without these bytes.
    """
    try:
        with _opened(path) as stream:
            for line in find_bounded_lines(stream, LONGEST_LINE):
                if holding and holding not in (line.octets or b""):
                    continue
                parsed = _parse_line(line, f"{path}:{line.number}")
                if parsed is not None:
                    yield parsed
                if isinstance(parsed, Problem) and parsed.code == "gazetteer.not-utf-8-file":
                    return
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = f"the archive cannot be read to its end ({error}); fetch it again"
        yield Problem(code="gazetteer.archive", message=message, where=str(path))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive, archive.open(_dump_inside(archive, path)) as member:
        yield cast("BinaryIO", BufferedReader(cast("BinaryIO", member)))


def _dump_inside(archive: zipfile.ZipFile, path: Path) -> str:
    names = [each for each in archive.namelist() if each.lower().endswith(".txt") and each.lower() != NO_DUMP]
    own = [each for each in names if Path(each).stem.lower() == path.stem.lower()]
    if len(own or names) != 1:
        raise zipfile.BadZipFile(f"{len(names)} text files inside, one is expected")
    return (own or names)[0]


def _parse_line(line: Line, where: str) -> DumpRow | Problem | None:
    """The row of a line; None for a blank one."""
    if line.octets is None:
        return _problem("long-line", f"the line has more than {LONGEST_LINE:,} bytes", where)
    octets = line.octets.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.octets
    if line.number == 1 and octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _problem("not-utf-8-file", "the file is UTF-16; save it as UTF-8", where)
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError as error:
        return _problem("not-utf-8", f"byte {error.start + 1} of the line is no UTF-8; save the file as UTF-8", where)
    return parse_row(text.rstrip("\r\n"), where) if text.strip() else None


def parse_row(text: str, where: str) -> DumpRow | Problem:
    """The feature of one line, or what is wrong with the line."""
    cells = text.split("\t")
    for check in CHECKS:
        fault = check(cells)
        if fault is not None:
            return _problem(*fault, where)
    return DumpRow(
        id=int(cells[ID]),
        names=tuple(filter(None, (cells[NAME].strip(), cells[ASCII].strip(), *_others(cells[OTHERS])))),
        lat=float(cells[LAT]),
        lon=float(cells[LON]),
        letter=cells[LETTER],
        code=cells[CODE_OF],
        country=cells[COUNTRY],
        admin1=cells[ADMIN1],
        admin2=cells[ADMIN2],
        population=int(cells[PEOPLE] or 0),
        where=where,
    )


def _others(cell: str) -> Iterator[str]:
    return (name for each in cell.split(",") if (name := each.strip()) and len(name) <= LONGEST_NAME)


def _problem(code: str, message: str, where: str) -> Problem:
    return Problem(code=f"gazetteer.{code}", message=f"{message}; left out", where=where)


def _columns(cells: Sequence[str]) -> Fault | None:
    wrong = len(cells) != COLUMNS
    return ("columns", f"{len(cells)} columns between tabs, {COLUMNS} are expected") if wrong else None


def _id(cells: Sequence[str]) -> Fault | None:
    number = cells[ID]
    fits = number.isascii() and number.isdigit() and len(number) < 10 and 0 < int(number) <= LARGEST_ID
    return None if fits else ("id", f"'{number[:20]}' is no geonameid")


def _name(cells: Sequence[str]) -> Fault | None:
    name = cells[NAME].strip()
    if not name or len(name) > LONGEST_NAME:
        return "name", f"a name of {len(name):,} characters"
    return ("name", "signs in the name that no name has") if SIGNS.search(name + cells[ASCII]) else None


def _coordinates(cells: Sequence[str]) -> Fault | None:
    if not (DEGREES.fullmatch(cells[LAT]) and DEGREES.fullmatch(cells[LON])):
        return "coordinates", f"'{cells[LAT][:20]}', '{cells[LON][:20]}' are no coordinates"
    lat, lon = float(cells[LAT]), float(cells[LON])
    if abs(lat) > 90 or abs(lon) > 180:
        return "coordinates", f"{lat:g}, {lon:g} lies not on the earth"
    if abs(lat) < NULL_DEGREES and abs(lon) < NULL_DEGREES:
        return "null-island", "0, 0 lies in the Gulf of Guinea and mostly stands for 'unknown'"
    box = country_box(cells[COUNTRY])
    if box is not None and not lies_in(box, lat, lon) and lies_in(box, lon, lat):
        return "swapped-coordinates", f"{lat:g}, {lon:g} lies outside {cells[COUNTRY]}; lat and lon seem swapped"
    return None


def _country(cells: Sequence[str]) -> Fault | None:
    country = cells[COUNTRY]
    return None if CODE.fullmatch(country) else ("country", f"'{country[:20]}' is no ISO 3166-1 alpha-2 code")


def _people(cells: Sequence[str]) -> Fault | None:
    people = cells[PEOPLE]
    fits = not people or (people.isascii() and people.isdigit() and len(people) < 11 and int(people) <= MOST_PEOPLE)
    return None if fits else ("population", f"'{people[:20]}' is no number of people")


CHECKS = (_columns, _id, _name, _country, _coordinates, _people)


class SeenIds:
    """Which geonameids were met: one bit each, whatever their number."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << 21)

    def __contains__(self, id: int) -> bool:
        at, bit = divmod(id, 8)
        return at < len(self._bits) and bool(self._bits[at] >> bit & 1)

    def add(self, id: int) -> None:
        at, bit = divmod(id, 8)
        if at >= len(self._bits):
            self._bits.extend(bytes(at + 1 - len(self._bits)))
        self._bits[at] |= 1 << bit
