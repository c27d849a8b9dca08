"""Walking a filtered view to its end."""

from collections.abc import Iterator

from truceline.store.browse import Browser, Page, Sought

AT_ONCE = 500


def walk_pages(browser: Browser, sought: Sought) -> Iterator[Page]:
    """The pages of a view, one after the other."""
    page = browser.page(sought, limit=AT_ONCE)
    yield page
    while page.after is not None:
        page = browser.page(sought, limit=AT_ONCE, after=page.after)
        yield page


def whole_page(browser: Browser, sought: Sought) -> Page:
    """All of it as one page."""
    pages = list(walk_pages(browser, sought))
    return Page(
        incidents=tuple(one for each in pages for one in each.incidents),
        assessments=tuple(one for each in pages for one in each.assessments),
        after=None,
    )
