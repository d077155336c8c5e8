"""A resource's history: pages of seven days at most, newest first, many of them empty.

https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.config_items import captured_at, order
from bot.adapters.aws.pace import Tally
from bot.core.configuration.item import Resource
from bot.ports import Progress

MOST = 100
"""Items to a page, at most."""
BEYOND = 52
"""So many empty pages, a year of them, are read beyond a span for the item before its first."""
EVER = 400
"""Config keeps items for seven years at most."""
_TOLD_EVERY = 10
_WEEK, _SECOND = timedelta(days=7), timedelta(seconds=1)
_NEVER = datetime.max.replace(tzinfo=UTC)

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: items as AWS tells them, and the token of the next."""

    items: tuple[Told, ...]
    token: str = ""


@dataclass(slots=True)
class Reading:
    """What was read: items newest first; `ended` when there is nothing before them."""

    items: list[Told] = field(default_factory=list)
    ended: bool = False
    _known: set[tuple[Any, ...]] = field(default_factory=set)

    def add(self, page: Page, before: datetime) -> int:
        """Keep what was captured earlier than `before`, each item once; gives how many were new."""
        count = len(self.items)
        for item in page.items:
            if captured_at(item) < before and (identity := _identity(item)) not in self._known:
                self._known.add(identity)
                self.items.append(item)
        self.items.sort(key=order, reverse=True)
        return len(self.items) - count


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many items from `since` on, captured earlier than `before` (None: up to now), and the one before them.

    That one is looked for in so many empty pages `beyond` the span.
    """

    since: datetime
    before: datetime | None
    count: int
    beyond: int = BEYOND

    def enough(self, reading: Reading) -> bool:
        """Whether what is wanted and the older neighbour are in hand."""
        inside = sum(captured_at(item) >= self.since for item in reading.items)
        return len(reading.items) > min(self.count, inside)

    @property
    def limit(self) -> int:
        """How many items a page is asked for: the fewest pages that hold all of them."""
        # AWS counts items of the very end in, which are not wanted.
        at_the_end = 1 if self.before else 0
        return max(1, min(MOST, self.count + 1 + at_the_end))


class Walk:
    """Goes back in time through one resource's items; `first` is a page that was read a moment ago."""

    def __init__(
        self,
        asked: Asked,
        resource: Resource,
        tally: Tally,
        first: Page | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._asked, self._resource, self._tally, self._first = asked, resource, tally, first
        self._progress = progress or (lambda _: None)

    def read(self, wanted: Wanted, now: datetime) -> Reading:
        """Read until it is enough, the end, or a year of nothing; raises as `Asked.ask` does."""
        reading = Reading()
        reached, empty = wanted.before or now, 0
        limit = MOST if self._first else wanted.limit
        for number, page in enumerate(self._pages(limit, wanted.before)):
            if number and number % _TOLD_EVERY == 0:
                self._progress(f"Still reading back: {number} pages, {len(reading.items)} changes so far…")
            empty = 0 if reading.add(page, wanted.before or _NEVER) else empty + 1
            reading.ended = not page.token
            if reading.items:
                reached = captured_at(reading.items[-1])
            if wanted.enough(reading) or empty > _weeks(reached - wanted.since) + wanted.beyond:
                break
        return reading

    def back(self, limit: int) -> Iterator[Page]:
        """All pages from now on back, so many items each."""
        return self._pages(limit, None)

    def _pages(self, limit: int, before: datetime | None) -> Iterator[Page]:
        page = self._first or self.page(limit, before)
        seen = set()
        while True:
            yield page
            # A recorded answer says the same for ever.
            if not page.token or page.token in seen:
                return
            seen.add(page.token)
            page = self.page(limit, before, page.token)

    def page(self, limit: int, before: datetime | None = None, token: str = "") -> Page:
        """One request."""
        words: dict[str, Any] = {"limit": limit, "chronologicalOrder": "Reverse"}
        if before:
            # Sent as whole seconds: one later, lest those of the last second be missed.
            words["laterTime"] = before.replace(microsecond=0) + _SECOND * bool(before.microsecond)
        if token:
            words["nextToken"] = token
        answer = self._asked.ask(
            "get_resource_config_history",
            self._tally,
            holds="configurationItems",
            resourceType=self._resource.type,
            resourceId=self._resource.id,
            **words,
        )
        return Page(tuple(answer.get("configurationItems") or ()), str(answer.get("nextToken") or ""))


def _weeks(length: timedelta) -> int:
    return max(0, ceil(length / _WEEK))


def _identity(item: Told) -> tuple[Any, ...]:
    """What makes it another item: two of one moment and number may still differ."""
    fields = (
        "configurationItemStatus",
        "configuration",
        "supplementaryConfiguration",
        "tags",
        "relationships",
    )
    return (*order(item), *(str(item.get(name)) for name in fields))
