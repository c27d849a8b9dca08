"""Which compiled gazetteer is in use: the world's, made at first use, or the one that was built last.

TRUCELINE_CACHE       where compiled files of this user go (default: XDG_CACHE_HOME/truceline)
TRUCELINE_GAZETTEER   a file built elsewhere, or `default` for the world without additions, whatever was built
"""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from truceline.errors import UsageError
from truceline.read.gazetteer_file import MARK, About, Additions, DumpAdded, Tell, compile_file, default_name
from truceline.read.places_added import Complain

KEPT_FILES = 3
IN_USE = "gazetteer.json"  # names the file that was built last, where it has additions
DEFAULT = "default"


def user_cache() -> Path:
    """Where compiled files of this user go (XDG base directory rules)."""
    given = os.environ.get("TRUCELINE_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "truceline"


def is_compiled(folder: Path) -> bool:
    """Whether the gazetteer in use is there already."""
    return gazetteer_path(folder).exists()


def gazetteer_file(folder: Path, *, tell: Tell | None = None) -> Path:
    """The gazetteer in use; the world's is made first when it is not there (some seconds, once).

    `tell` hears how many places are done and about how many there are. Raises UsageError where what was built cannot be
    used: it is gone, or another version of the program made it.
    """
    path = gazetteer_path(folder)
    if path.name != default_name():
        _check_current(path)
    elif not path.exists():
        compile_file(path, Additions(), tell=tell or _silent, complain=_never)
        _drop_old(folder)
    return path


def gazetteer_path(folder: Path) -> Path:
    """Where the gazetteer in use lies, or will lie."""
    given = os.environ.get("TRUCELINE_GAZETTEER")
    if given and given != DEFAULT:
        return Path(given)
    named = None if given else _named_in(folder)
    return folder / (named or default_name())


def gazetteer_fingerprint(folder: Path) -> str:
    """Empty for the world without additions, else what changes with the file in use."""
    path = gazetteer_path(folder)
    return "" if path.name == default_name() else about_file(path).digest


def build_gazetteer(
    additions: Additions, *, folder: Path, out: Path | None, tell: Tell, complain: Complain
) -> tuple[Path, About]:
    """Compiles a gazetteer and puts it in use; with `out` it only lies there."""
    if out is not None:
        path = out / "gazetteer.sqlite" if out.is_dir() else out
        return path, compile_file(path, additions, tell=tell, complain=complain)
    if not (additions.dumps or additions.mission):
        path = folder / default_name()
        about = compile_file(path, additions, tell=tell, complain=complain)
        (folder / IN_USE).unlink(missing_ok=True)
    else:
        fresh = folder / f"gazetteer-building-{os.getpid()}.sqlite"
        about = compile_file(fresh, additions, tell=tell, complain=complain)
        path = fresh.replace(folder / f"gazetteer-with-{about.digest}.sqlite")
        _put_in_use(folder, path.name)
    _drop_old(folder)
    return path, about


def _put_in_use(folder: Path, name: str) -> None:
    fresh = folder / f"{IN_USE}.{os.getpid()}.part"
    fresh.write_text(json.dumps({"file": name}) + "\n", encoding="utf-8")
    fresh.replace(folder / IN_USE)


def _named_in(folder: Path) -> str | None:
    try:
        told = json.loads((folder / IN_USE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise UsageError(f"{folder / IN_USE}: cannot be read; do `truceline gazetteer build` again") from error
    name = told.get("file") if isinstance(told, dict) else None
    if not isinstance(name, str) or Path(name).name != name:
        raise UsageError(f"{folder / IN_USE}: names no file of this folder; do `truceline gazetteer build` again")
    return name


def about_file(path: Path) -> About:
    """What a compiled file is made of. Raises UsageError where it is none."""
    if not path.is_file():
        raise UsageError(f"{path}: no such gazetteer; build it with `truceline gazetteer build`")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            (mark,) = base.execute("PRAGMA application_id").fetchone()
            rows = dict(base.execute("SELECT what, told FROM about")) if mark == MARK else {}
        told = {what: json.loads(value) for what, value in rows.items()}
        return About(**{**told, "dumps": tuple(DumpAdded(**each) for each in told["dumps"])})
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{path}: no gazetteer that this version can read; {_again('')}") from error


def _check_current(path: Path) -> None:
    about = about_file(path)
    if not about.is_current:
        raise UsageError(f"{path}: another version of Truceline built it; {_again(rebuilding(about))}")


def rebuilding(about: About) -> str:
    """The options that build a file of the same things again."""
    mission = () if about.mission is None else (f" --mission {about.mission}",)
    return "".join((*(f" --country-dump {each.path}" for each in about.dumps), *mission))


def _again(options: str) -> str:
    return f"do `truceline gazetteer build{options}`, or `truceline gazetteer build` for the world alone"


def _drop_old(folder: Path) -> None:
    """Keeps the newest few compiled files, and the one in use: another version of the program may still use one."""
    kept = _named_in(folder)
    files_by_age = sorted(folder.glob("gazetteer-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in files_by_age[KEPT_FILES:]:
        if old.name != kept:
            old.unlink(missing_ok=True)


def _silent(_done: int, _total: int) -> None:
    """Progress nobody asked for."""


def _never(problem: object) -> None:
    raise AssertionError(f"the world's own tables are no dump: {problem}")
