"""`truceline check`."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.annotated import Format
from truceline.cli.options import (
    DatabaseAddress,
    MissionFolder,
    PublishedAt,
    Publisher,
    RegisterFolder,
    existing,
    known_mission,
    moment,
    moment_or_none,
    open_register_of,
)

if TYPE_CHECKING:
    from truceline.flow.tools import Tools
    from truceline.model.check import ArticleCheck
    from truceline.model.document import Document
    from truceline.model.view import View


def check(
    article: Annotated[
        Path, typer.Argument(help="One article: text, Markdown or HTML.", metavar="ARTICLE", show_default=False)
    ],
    mission: MissionFolder,
    published_at: PublishedAt = None,
    publisher: Publisher = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = Format.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it there, not to the terminal.", metavar="FILE")
    ] = None,
    register: RegisterFolder = None,
    database: DatabaseAddress = None,
    site: Annotated[
        Path | None,
        typer.Option("--site", help="The published folder that the notes of the page link to.", metavar="DIR"),
    ] = None,
) -> None:
    """Hold an article against the register.

    Prints it annotated: who says what on whose word, and what the register holds for or against it. The article
    does not enter the register, and a copy of it there never supports it.

        truceline check article.txt -m missions/syria-2016 --published-at 2016-06-04 --format html --out article.html
    """
    from truceline.cli.shown import complain_of, progress_shown
    from truceline.flow.check import check_article
    from truceline.flow.reading import prepare
    from truceline.flow.tools import Tools

    known = known_mission(mission)
    tools = Tools.for_mission(known, now=moment())
    with progress_shown() as progress:
        prepare([article], progress)
    document = the_article(article, tools, published_at=published_at, publisher=publisher)
    with open_register_of(known, register, database) as opened:
        checked = check_article(document, known, opened, tools)
        view = opened.view(known)
    complain_of(checked.reading.problems)
    words = printed(checked, view, format, site="" if site is None else seen_from(out, site))
    if out is None:
        print(words, end="")
    else:
        out.write_text(words, encoding="utf-8")
        print(out)


def seen_from(page: Path | None, site: Path) -> str:
    """The published folder as a link from the page, or from here when the page goes to the terminal."""
    here = Path.cwd() if page is None else page.absolute().parent
    return f"{Path(os.path.relpath(site.absolute(), here)).as_posix()}/"


def printed(checked: "ArticleCheck", view: "View", format: Format, *, site: str) -> str:
    from truceline.publish import annotate

    match format:
        case Format.JSONL:
            return as_jsonl(checked)
        case Format.HTML:
            return annotate(checked, view, site=site).html
        case Format.TEXT:
            return annotate(checked, view).text


def the_article(article: Path, tools: "Tools", *, published_at: str | None, publisher: str | None) -> "Document":
    """The one document in a file. Raises UsageError where there is none or more than one."""
    from truceline.cli.shown import complain_of
    from truceline.errors import Problem, UsageError
    from truceline.flow.reading import Particulars
    from truceline.model.document import Document

    existing([article])
    if article.is_dir():
        raise UsageError(f"{article}: this is a folder; give the file of one article")
    found = list(tools.gather([article]))
    complain_of(each for each in found if isinstance(each, Problem))
    documents = [each for each in found if isinstance(each, Document)]
    if len(documents) != 1:
        raise UsageError(f"{article}: holds {len(documents)} readable documents; give one article")
    given = Particulars(published_at=moment_or_none(published_at, name="--published-at"), publisher=publisher)
    return given.complete(documents[0])


def as_jsonl(checked: "ArticleCheck") -> str:
    """The contract's reading on one line, with what the register holds on each claim."""
    from truceline.read.contract import as_contract
    from truceline.store.records import adapter

    whole = as_contract(checked.reading, with_text=False)
    whole["checked"] = [adapter(type(each)).dump_python(each, mode="json") for each in checked.checked]
    whole["rates"] = [adapter(type(each)).dump_python(each, mode="json") for each in checked.rates]
    if checked.statements is not None:
        whole["statements"] = adapter(type(checked.statements)).dump_python(checked.statements, mode="json")
    return json.dumps(whole, ensure_ascii=False) + "\n"
