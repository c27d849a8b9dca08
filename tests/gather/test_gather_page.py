from datetime import UTC, datetime
from pathlib import Path

import pytest
from gathering import gather_one

from truceline.model.document import Form

HEAD = """<title>Shelling hits Aleppo | Example News</title>
<meta property="og:title" content="Shelling hits Aleppo">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2016-05-03T14:20:00+03:00">
<link rel="canonical" href="https://example.org/aleppo">
<style>p { color: secretstyle }</style>
<script>var secretscript = "Ten people were killed";</script>
"""
BODY = """<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Shelling hits Aleppo</h1>
<p>Mortar fire hit the Zahraa district of Aleppo on Tuesday, witnesses and hospital staff in the city said.</p>
<p>Three people were wounded, according to the director of the hospital, who spoke by telephone in the evening.</p>
<script>document.write("secretscript")</script>
</article>
<footer>All rights reserved</footer>
"""


def page(head: str = HEAD, body: str = BODY, language: str = ' lang="en-GB"') -> str:
    return f"<!DOCTYPE html><html{language}><head>{head}</head><body>{body}</body></html>"


def test_the_main_text_of_a_page_comes_without_scripts_menus_and_footers(tmp_path: Path) -> None:
    document, problems = gather_one(tmp_path / "a.html", page())
    assert document is not None
    assert problems == []
    assert document.form is Form.HTML
    assert "Mortar fire hit the Zahraa district of Aleppo on Tuesday" in document.text
    assert "Three people were wounded" in document.text
    for beside in ("secretscript", "secretstyle", "Home", "All rights"):
        assert beside not in document.text


def test_a_page_says_where_it_comes_from(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.html", page())
    assert document is not None
    assert (document.id, document.uri) == ("https://example.org/aleppo", "https://example.org/aleppo")
    assert (document.title, document.publisher, document.language) == ("Shelling hits Aleppo", "Example News", "en")
    assert document.published_at == datetime(2016, 5, 3, 11, 20, tzinfo=UTC)


def test_a_page_that_says_nothing_of_itself_is_given_nothing(tmp_path: Path) -> None:
    body = BODY.replace("<h1>Shelling hits Aleppo</h1>", "") + "<p>Copyright 2014-01-01</p>"
    document, _ = gather_one(tmp_path / "a.html", page(head="", body=body, language=""))
    assert document is not None
    assert (document.uri, document.title, document.publisher, document.published_at) == (None, None, None, None)
    assert document.id.endswith("/a.html")


LINKED = '{"@type": "NewsArticle", "headline": "H", "datePublished": "2016-05-03", "publisher": {"name": "P"}}'


@pytest.mark.parametrize(
    "head",
    [
        f'<script type="application/ld+json">{LINKED}</script>',
        f'<script type="application/ld+json">[{{"@type": "Person"}}, {LINKED}]</script>',
        f'<script type="application/ld+json">{{"@graph": [{LINKED}]}}</script>',
        f'<script type="application/ld+json">{{ broken</script><script type="application/ld+json">{LINKED}</script>',
        '<meta name="pubdate" content="2016-05-03"><meta name="Publisher" content="P">',
    ],
)
def test_a_date_and_publisher_are_found_where_pages_put_them(tmp_path: Path, head: str) -> None:
    document, problems = gather_one(tmp_path / "a.html", page(head=head))
    assert document is not None
    assert problems == []
    assert (document.published_at, document.publisher) == (datetime(2016, 5, 3, tzinfo=UTC), "P")


def test_an_address_that_is_none_is_not_taken(tmp_path: Path) -> None:
    document, _ = gather_one(tmp_path / "a.html", page(head='<link rel="canonical" href="javascript:alert(1)">'))
    assert document is not None
    assert document.uri is None


def test_a_page_in_the_encoding_it_declares_is_read_without_a_guess(tmp_path: Path) -> None:
    words = "قتل ثلاثة مدنيين في قصف على حلب، وفق المرصد السوري لحقوق الإنسان، مساء الثلاثاء الماضي في المدينة."
    content = page(head='<meta charset="windows-1256">', body=f"<article><p>{words}</p></article>")
    document, problems = gather_one(tmp_path / "a.html", content.encode("cp1256"))
    assert document is not None
    assert (words in document.text, problems) == (True, [])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Shelling.</p><script>no()</script>", "Shelling."),
        ("Just words, no mark-up", "Just words, no mark-up"),
        (
            '<?xml version="1.0" encoding="utf-16"?><html><body><p>Shelling was heard.</p></body></html>',
            "Shelling was heard.",
        ),
        ("<div>One<div>Two</div>Three</div>", "One\nTwo\nThree"),
        ("<p>unclosed <b>tags & broken &entities; <i>all over", "unclosed tags & broken &entities; all over"),
    ],
)
def test_a_page_of_few_or_odd_words_is_still_read(tmp_path: Path, content: str, text: str) -> None:
    document, _ = gather_one(tmp_path / "a.html", content)
    assert document is not None
    assert document.text.strip() == text


@pytest.mark.parametrize("content", ["<html></html>", "<script>alert(1)</script>", "<!-- nothing -->", "<" * 2000])
def test_a_page_without_text_is_a_problem(tmp_path: Path, content: str) -> None:
    document, problems = gather_one(tmp_path / "a.html", content)
    assert document is None or "alert" not in document.text
    assert document is not None or problems[-1].code == "document.empty"
