"""Texts are hostile: what sources write is shown and never run."""

import csv
import io
from dataclasses import replace
from pathlib import Path

from lxml import html
from readings import CHECK
from views import DOCUMENTS, INCIDENTS, TELLINGS, small_view

from truceline.kit.visible import visible
from truceline.model.view import View
from truceline.publish import annotate, publish
from truceline.publish.lookup import safe_href, safe_name

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
OTHER_IMAGES = "//img[not(starts-with(@src, 'data/plots/'))]"  # our own plots are images
OVERRIDE = "harmless \u202egnp.exe\u202c \x00\x1b[31m"


def hostile_view() -> View:
    view = small_view()
    first, rest = DOCUMENTS[0], DOCUMENTS[1:]
    document = replace(
        first,
        id="../../etc/passwd",
        title=SCRIPT + OVERRIDE,
        publisher=SCRIPT,
        uri="javascript:alert(1)",
        language='"><script>',
    )
    telling = replace(TELLINGS[0], document=document.id, quote=SCRIPT, source=None, family=SCRIPT)
    incident = replace(
        INCIDENTS[0], id='"><script>alert(2)</script>', title=SCRIPT, agent_words=(SCRIPT,), reasons=(OVERRIDE,)
    )
    mission = replace(view.mission, name=SCRIPT, summary=SCRIPT)
    return replace(
        view,
        documents=(document, *rest),
        tellings=(telling, *TELLINGS[1:]),
        incidents=(incident, *INCIDENTS[1:]),
        assessments=(),
        mission=mission,
    )


def test_no_text_of_a_source_becomes_markup(tmp_path: Path) -> None:
    receipt = publish(hostile_view(), tmp_path)
    for name in receipt.files:
        if name.suffix != ".html":
            continue
        page = html.document_fromstring((tmp_path / name).read_bytes())
        assert page.xpath(f"//script[not(@src)] | {OTHER_IMAGES} | //*[@onerror]") == [], name
        assert not any("javascript:" in link.lower() for link in page.xpath("//@href | //@src")), name


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    publish(hostile_view(), folder)
    outside = [each for each in tmp_path.rglob("*") if each.is_file() and not each.is_relative_to(folder)]
    assert outside == []


def test_an_address_that_is_no_web_address_is_shown_and_not_linked(tmp_path: Path) -> None:
    publish(hostile_view(), tmp_path)
    page = next(each for each in (tmp_path / "documents").glob("*.html") if "passwd" in each.name).read_text("utf-8")
    assert "javascript:alert(1)" in page
    assert 'href="javascript:' not in page


def test_only_web_addresses_are_linked() -> None:
    assert safe_href("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for bad in (
        "javascript:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "file:///etc/passwd",
        'https://a"onclick="b',
        None,
    ):
        assert safe_href(bad) is None


def test_ids_become_names_every_file_system_takes_and_stay_apart() -> None:
    ids = ["../x", "..\\x", "CON", "a/b", "A/B", "x" * 300, "", "index", "sana-2016.05", "مستند", "documents/note 1.md"]
    names = [safe_name(each) for each in ids]
    assert len({each.lower() for each in names}) == len(ids)
    assert all(each.isascii() and not set(each) & set('/\\:*?"<>| ') and not each.startswith(".") for each in names)
    assert safe_name("sana-2016.05") == "sana-2016.05"


def test_control_characters_are_shown_and_no_offset_moves() -> None:
    assert visible("a\x00b\x1b[31m\x7f\x85\ud800\nc") == "a␀b␛[31m␡��\nc"
    assert len(visible(OVERRIDE)) == len(OVERRIDE)


def test_a_writing_direction_override_ends_with_the_words_it_stands_in(tmp_path: Path) -> None:
    publish(hostile_view(), tmp_path)
    for name in ("incidents/index.html", "documents/index.html"):
        page = html.document_fromstring((tmp_path / name).read_bytes())
        holders = page.xpath("//*[contains(text(), '\u202e')]")
        assert all(each.tag == "bdi" or each.get("dir") == "auto" for each in holders)


def test_spreadsheets_get_no_formula(tmp_path: Path) -> None:
    view = small_view()
    risky = replace(INCIDENTS[0], title='=HYPERLINK("http://x")', agent_words=("@cmd", "-1+1"))
    publish(replace(view, incidents=(risky,), assessments=()), tmp_path)
    row = next(csv.DictReader(io.StringIO((tmp_path / "data/incidents.csv").read_text("utf-8"))))
    assert row["title"].startswith("'=")
    assert row["agent_words"].startswith("'@")


def test_an_article_page_runs_nothing_its_author_wrote() -> None:
    document = replace(
        CHECK.reading.document, title=SCRIPT, publisher=SCRIPT, uri="JavaScript:alert(1)", language='x" onload="y'
    )
    text = document.text.replace("“terrorists”", "<b>terr</b>")
    check = replace(CHECK, reading=replace(CHECK.reading, document=replace(document, text=text)))
    page = html.document_fromstring(annotate(check, small_view()).html)
    assert page.xpath("//script | //img | //b[text()='terr'] | //*[@onload]") == []
    assert page.xpath("//a[starts-with(translate(@href, 'JS', 'js'), 'javascript')]") == []
