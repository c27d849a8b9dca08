"""Walking a filtered view to its end."""

from collections.abc import Iterator

from truceline.store.browse import Browser, Page, Sought
from truceline.store.columns import Mask

AT_ONCE = 500


def walk_pages(
    browser: Browser, sought: Sought, *, among: Mask | None = None, most: int | None = None
) -> Iterator[Page]:
    """The pages of a view, one after the other: of those `among` the columns' incidents, and at `most` so many."""
    after, left = None, most
    while True:
        page = browser.page(sought, limit=AT_ONCE if left is None else min(AT_ONCE, left), after=after, among=among)
        yield page
        after, left = page.after, None if left is None else left - len(page.incidents)
        if after is None or left == 0:
            return


def whole_page(browser: Browser, sought: Sought) -> Page:
    """All of it as one page."""
    pages = list(walk_pages(browser, sought))
    return Page(
        incidents=tuple(one for each in pages for one in each.incidents),
        assessments=tuple(one for each in pages for one in each.assessments),
        after=None,
    )
