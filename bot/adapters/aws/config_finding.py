"""Finding what a person means in Config."""

from collections.abc import Sequence

from bot.adapters.aws.config_asked import Tally
from bot.adapters.aws.config_pages import Pages
from bot.adapters.aws.config_probing import probe
from bot.adapters.aws.config_ways import Ways
from bot.core.configuration.item import Place
from bot.core.configuration.meant import Meant
from bot.ports import Found, Progress


class Finding:
    """One search."""

    def __init__(self, ways: Ways, pages: Pages, progress: Progress) -> None:
        self._ways, self._pages, self._progress = ways, pages, progress
        self._tally = Tally()

    def find(self, meant: Meant, places: Sequence[Place]) -> Found:
        """Look at home, or in the given places."""
        looked = places or (self._ways.home(),)
        found = [
            resource
            for place in looked
            for candidate in meant.exact
            if (resource := probe(self._ways, self._pages, place, candidate, self._tally))
        ]
        tried = tuple(
            f"{each.type} {each.id} in {self._ways.words(place)}" for place in looked for each in meant.exact
        )
        return Found(tuple(found), tried, api_calls=self._tally.calls)
