"""Whether Config has a record of a type and id somewhere: the first page of its history says so, of what is gone too."""

from dataclasses import replace

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.config_history import MOST, Page, Walk
from bot.adapters.aws.config_items import read_item
from bot.adapters.aws.config_pages import Pages
from bot.adapters.aws.config_refused import is_absence, is_nonsense
from bot.adapters.aws.pace import Tally
from bot.core.configuration.item import Resource
from bot.core.configuration.meant import Candidate
from bot.errors import Upstream


def probe(asked: Asked, pages: Pages, candidate: Candidate, tally: Tally) -> Resource | None:
    """The resource as its newest item names it, if the first page has one; the page is kept for who reads on.

    None where Config there has no record of it; raises as `Asked.ask` does.
    """
    resource = Resource(candidate.type, candidate.id, asked.place)
    try:
        # As many as a page may hold: whoever reads the history needs no other call for them.
        page = Walk(asked, resource, tally).page(MOST)
    except Upstream as error:
        if is_absence(error) or is_nonsense(error):
            return None
        raise
    found = _named(resource, page)
    pages.keep(found, page)
    return found


def _named(resource: Resource, page: Page) -> Resource:
    if not page.items:
        return resource
    newest = read_item(page.items[0], resource)
    deleted = newest.captured_at if newest.is_deleted else None
    return replace(newest.resource, deleted_at=deleted)
