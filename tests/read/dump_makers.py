"""Country dumps in GeoNames' format, made up for the tests."""

import zipfile
from collections.abc import Iterable
from pathlib import Path


def dump_row(
    id: object = 90_000_001,
    name: str = "Tall Mirzan",
    *,
    others: str = "",
    lat: object = 36.1,
    lon: object = 37.2,
    feature: str = "P.PPL",
    country: str = "SY",
    admin1: str = "09",
    admin2: str = "",
    people: object = 0,
) -> str:
    """One line; the made-up village lies in the governorate of Aleppo."""
    letter, code = feature.split(".")
    cells = [id, name, name, others, lat, lon, letter, code, country, "", admin1, admin2, "", "", people]
    return "\t".join(map(str, [*cells, "", "350", "Asia/Damascus", "2026-01-01"]))


def write_dump(path: Path, rows: Iterable[str]) -> Path:
    """A dump of these lines; a .zip holds GeoNames' read-me too."""
    text = "\n".join(rows) + "\n"
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "a read-me\n")
            archive.writestr(f"{path.stem}.txt", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path
