"""`truceline gazetteer …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.options import MaybeMissionFolder

if TYPE_CHECKING:
    from truceline.read.gazetteer import MissionGazetteer, Named
    from truceline.read.gazetteer_file import About, Additions

Country = Annotated[
    str | None, typer.Option("--country", help="Only there: an ISO code of two letters.", metavar="CODE")
]


def make_app() -> typer.Typer:
    app = typer.Typer(help="The places that reading knows.", no_args_is_help=True)
    app.callback()(look_after)
    app.command("build")(build)
    app.command("info")(info)
    app.command("lookup")(lookup)
    return app


def look_after() -> None:
    """The places that reading knows."""


def build(
    country_dump: Annotated[
        list[Path] | None,
        typer.Option(
            "--country-dump",
            help="Every place of a GeoNames country dump too: its .txt or .zip, or a folder of them; can be repeated.",
            metavar="PATH",
        ),
    ] = None,
    mission: Annotated[
        Path | None, typer.Option("--mission", "-m", help="The places of a mission's places.csv too.", metavar="DIR")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Write it there and leave the one in use; TRUCELINE_GAZETTEER=PATH uses it.", metavar="PATH"
        ),
    ] = None,
) -> None:
    """Compile the gazetteer and put it in use.

    What is built last is what read, run and check know from then on; built without options, the world's towns of
    500 people and more, as it is at first use. A row of a dump that cannot be used is told with its line and left out.

        truceline gazetteer build --country-dump SY.zip --country-dump LB.zip

        truceline gazetteer build

    Ends with 3 when rows were left out.
    """
    from truceline.cli.exits import Exit
    from truceline.cli.shown import Complaints, progress_shown
    from truceline.read.gazetteer_in_use import build_gazetteer, user_cache

    additions = additions_of(country_dump or [], mission)
    complaints, told = Complaints(), 0
    with progress_shown() as progress, progress.stage("compiling the gazetteer") as advance:

        def tell(done: int, _total: int) -> None:
            nonlocal told
            advance(done - told)
            told = done

        path, about = build_gazetteer(additions, folder=user_cache(), out=out, tell=tell, complain=complaints.tell_one)
    complaints.close("left out")
    show_about(path, about)
    if any(each.left_out for each in about.dumps):
        raise typer.Exit(Exit.NOT_ALL_READ)


def additions_of(dumps: list[Path], mission: Path | None) -> "Additions":
    from truceline.cli.options import existing, known_mission
    from truceline.read.gazetteer_file import Additions
    from truceline.read.places_dump import find_dumps

    found = tuple(find_dumps(existing(dumps)))
    if mission is None:
        return Additions(dumps=found)
    return Additions(dumps=found, mission=mission, places=known_mission(mission).places)


def info() -> None:
    """Tell what the gazetteer in use is made of."""
    from truceline.cli.shown import note
    from truceline.read.gazetteer_in_use import about_file, gazetteer_path, is_compiled, rebuilding, user_cache

    path = gazetteer_path(user_cache())
    if not is_compiled(user_cache()):
        note(f"{path}: not there yet; it is compiled at the first reading, or by `truceline gazetteer build`")
        return
    about = about_file(path)
    show_about(path, about)
    if not about.is_current:
        note(f"another version of Truceline built it: do `truceline gazetteer build{rebuilding(about)}`")


def show_about(path: Path, about: "About") -> None:
    from truceline.kit.visible import visible_line

    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB, {about.places:,} places under {about.names:,} names")
    for dump in about.dumps:
        rows = f"{dump.filed:,} places, {dump.joined:,} divisions joined to ours, {dump.unwanted:,} of kinds not filed"
        print(visible_line(f"  {dump.path}: {rows}, {dump.left_out:,} rows left out"))
    if about.mission is not None:
        print(visible_line(f"  {about.mission}: {about.brought:,} places"))


def lookup(
    name: Annotated[str, typer.Argument(help="A name in any script.", metavar="NAME", show_default=False)],
    mission: MaybeMissionFolder = None,
    country: Country = None,
) -> None:
    """Print every place that goes by a name.

    One a line, between tabs: id, name, kind, country, division, latitude, longitude, radius in km, people, and how it
    is called so. Places of countries that write from Arabic are found by any spelling of their names.

        truceline gazetteer lookup "Deir Ezzour" --country SY

    Ends with 1 when there is none.
    """
    from truceline.cli.exits import Exit
    from truceline.cli.shown import note
    from truceline.kit.visible import visible_line
    from truceline.read.transliterate import name_key

    found = [
        each
        for each in searched(mission).named(name_key(name))
        if country is None or each.place.country == country.upper()
    ]
    if not found:
        note(f"no place goes by the name '{name}'")
        raise typer.Exit(Exit.UNEXPECTED)
    for each in sorted(found, key=lambda each: (not each.given, each.respelled, not each.main, -each.place.population)):
        print("\t".join(map(visible_line, told(each))))


def searched(mission: Path | None) -> "MissionGazetteer":
    """The gazetteer in use, open to free spellings everywhere."""
    from truceline.cli.options import known_mission
    from truceline.read.gazetteer import open_gazetteer
    from truceline.vocab.places import toml_table

    places = () if mission is None else known_mission(mission).places
    return open_gazetteer(places, countries=toml_table("variants.toml")["arabic"]["countries"])


def told(named: "Named") -> list[str]:
    place = named.place
    how = "spelled like it" if named.respelled else "its own name" if named.main else "also called so"
    numbers = (f"{place.lat:.5f}", f"{place.lon:.5f}", f"{place.radius_km:g}", str(place.population))
    return [place.id, place.name, place.kind, place.country or "", place.admin1 or "", *numbers, how]
