"""The published folder: same view, same bytes; every link leads somewhere; nothing comes from elsewhere."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from views import empty_view, large_view, small_view

from truceline.publish import Receipt, publish
from truceline.vocab.estimative import find_estimative_mistakes

EXTERNAL = ("http:", "https:", "//")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Receipt:
    return publish(small_view(), tmp_path_factory.mktemp("out"))


def pages(receipt: Receipt) -> list[tuple[Path, html.HtmlElement]]:
    names = [each for each in receipt.files if each.suffix == ".html"]
    return [(each, html.document_fromstring((receipt.folder / each).read_bytes())) for each in names]


def test_the_same_view_gives_the_same_bytes(published: Receipt, tmp_path: Path) -> None:
    again = publish(small_view(), tmp_path)
    assert again.hashes == published.hashes
    assert Path("bulletin.pdf") in again.files


def test_the_manifest_names_every_file_with_its_hash(published: Receipt) -> None:
    manifest = json.loads((published.folder / "manifest.json").read_text("utf-8"))["files"]
    on_disk = {path.relative_to(published.folder).as_posix() for path in published.folder.rglob("*") if path.is_file()}
    assert on_disk == {*manifest, "manifest.json"}
    for name, digest in manifest.items():
        assert hashlib.sha256((published.folder / name).read_bytes()).hexdigest() == digest


def test_an_incident_no_longer_held_loses_its_page_and_foreign_files_stay(tmp_path: Path) -> None:
    publish(small_view(), tmp_path)
    (tmp_path / "mine.txt").write_text("keep")
    view = small_view()
    publish(replace(view, incidents=view.incidents[:1]), tmp_path)
    assert not (tmp_path / "incidents/i-kammouna.html").exists()
    assert (tmp_path / "incidents/i-aleppo-shelling.html").exists()
    assert (tmp_path / "mine.txt").read_text() == "keep"


def test_every_link_leads_to_a_file_that_was_published(published: Receipt) -> None:
    missing = []
    for name, page in pages(published):
        for element, _, link, _ in page.iterlinks():
            target = link.split("#")[0]
            if not target or target.startswith(EXTERNAL):
                continue
            path = (published.folder / name).parent / target
            if not path.resolve().is_file():
                missing.append((str(name), element.tag, link))
    assert missing == []


def test_every_fragment_of_a_link_exists_on_its_page(published: Receipt) -> None:
    ids = {name.as_posix(): set(page.xpath("//@id")) for name, page in pages(published)}
    broken = []
    for name, page in pages(published):
        for link in page.xpath("//a/@href"):
            target, _, fragment = link.partition("#")
            if not fragment or target.startswith(EXTERNAL) or target.endswith("map.html"):
                continue
            there = (name.parent / target).as_posix() if target else name.as_posix()
            known = ids[str(Path(there)).replace("incidents/../", "").replace("documents/../", "")]
            if fragment not in known:
                broken.append((str(name), link))
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(published: Receipt) -> None:
    for _, page in pages(published):
        loaded = page.xpath("//script/@src | //link/@href | //img/@src | //image/@href | //iframe/@src")
        assert [each for each in loaded if each.startswith(EXTERNAL)] == []


def test_scripts_and_styles_need_no_exception_from_the_content_policy(published: Receipt) -> None:
    for name, page in pages(published):
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert page.xpath("//script[not(@src)] | //style") == [], name
        assert page.xpath("//*[@style]") == [], name
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], name


def test_every_page_can_be_read_by_a_screen_reader(published: Receipt) -> None:
    for name, page in pages(published):
        assert page.get("lang") == "en", name
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("//a[@class='skip']/@href") == ["#main"], name
        assert len(page.xpath("//main | //nav | //footer")) >= 3, name
        assert page.xpath("//th[not(@scope)]") == [], name
        assert page.xpath("//table[not(caption)]") == [], name
        assert page.xpath("//svg[not(@aria-hidden) and not(@role)]") == [], name
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (name, sorted(each for each in ids if ids.count(each) > 1))


def test_every_telling_names_the_word_that_tells_the_event(published: Receipt) -> None:
    cards = [card for _, page in pages(published) for card in page.xpath("//article[@class='telling']")]
    assert cards
    assert all(card.xpath(".//p[@class='values']/b")[0].text_content().strip() for card in cards)


def test_no_sentence_of_any_page_says_both_how_likely_and_how_sure(published: Receipt) -> None:
    found = 0
    for path, page in pages(published):
        for quote in page.xpath("//script | //style | //blockquote | //q"):
            quote.drop_tree()
        said = "\n".join(" ".join(text.split()) for text in sentences_of(page))
        found += "onfidence" in said
        assert list(find_estimative_mistakes(said)) == [], path.name
    assert found > 1


def sentences_of(page: html.HtmlElement) -> Iterator[str]:
    """The text of every element that stands in a line of its own."""
    blocks = "//p | //li | //dt | //dd | //td | //th | //h1 | //h2 | //h3 | //h4 | //summary | //figcaption"
    return (each.text_content() for each in page.xpath(blocks))


def test_a_mission_on_its_first_day_publishes_pages_that_teach(tmp_path: Path) -> None:
    publish(empty_view(), tmp_path)
    bulletin = (tmp_path / "bulletin.html").read_text("utf-8")
    assert "not that nothing happened" in bulletin
    assert "No judgement" in bulletin
    assert "truceline gather" in (tmp_path / "documents/index.html").read_text("utf-8")
    assert (tmp_path / "bulletin.pdf").read_bytes().startswith(b"%PDF-")


def test_a_large_register_gets_pages_for_some_and_says_so(tmp_path: Path) -> None:
    receipt = publish(large_view(700), tmp_path)
    listed = [each for each in receipt.files if each.parent == Path("incidents") and each.name != "index.html"]
    assert len(listed) == 600
    index = (tmp_path / "incidents/index.html").read_text("utf-8")
    assert "700 incidents" in index
    assert "lists 600" in index
    assert len((tmp_path / "data/incidents.csv").read_text("utf-8").splitlines()) == 701
