"""Slack delivers at least once: what came before is known again by its trigger or event id."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

_SECONDS = 15 * 60.0
_MOST = 20_000


class Once:
    """The ids of what came lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def is_new(self, body: Mapping[str, Any]) -> bool:
        """Whether this came for the first time; what has no id always counts as new."""
        key = body.get("event_id") or body.get("trigger_id")
        if not isinstance(key, str):
            return True
        now = self._clock()
        while self._seen and (len(self._seen) >= _MOST or now - next(iter(self._seen.values())) > _SECONDS):
            self._seen.popitem(last=False)
        if key in self._seen:
            return False
        self._seen[key] = now
        return True
