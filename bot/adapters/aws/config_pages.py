"""First pages of histories, kept for a moment: who finds a resource asks for its history next."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from bot.adapters.aws.config_history import Page
from bot.core.configuration.item import Place, Resource

_FRESH = 60.0
_MOST = 16


class Pages:
    """Keeps the pages that finding a resource has read already, each for a minute and for one reader."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Place, str, str], tuple[float, Page]] = OrderedDict()

    def keep(self, resource: Resource, page: Page) -> None:
        """Keep it for whoever asks for the history next."""
        with self._lock:
            self._kept[_key(resource)] = self._clock() + _FRESH, page
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def take(self, resource: Resource) -> Page | None:
        """The page, if it is fresh."""
        with self._lock:
            until, page = self._kept.pop(_key(resource), (0.0, None))
        return page if page and self._clock() < until else None


def _key(resource: Resource) -> tuple[Place, str, str]:
    return resource.place, resource.type, resource.id
