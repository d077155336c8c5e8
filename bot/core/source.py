"""A source: what reads one kind of event and says what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.alert import Alert
from bot.core.event import Event


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of event.

    `event_source` and `detail_types` say which events it accepts, and make the EventBridge pattern;
    `alert` gives None for an event that deliberately is no alert, and raises ValidationError or
    BadEvent for one it cannot read.
    """

    name: str
    event_source: str
    detail_types: tuple[str, ...]
    alert: Callable[[Event], Alert | None]
    detail: Mapping[str, Any] = field(default_factory=dict)

    def accepts(self, event: Event) -> bool:
        """Whether this event is of its kind; an empty `event_source` accepts everything."""
        return not self.event_source or (
            event.source == self.event_source and event.detail_type in self.detail_types
        )

    def pattern(self) -> dict[str, Any]:
        """The EventBridge pattern that selects what `accepts` accepts (docs: Event patterns)."""
        pattern: dict[str, Any] = {"source": [self.event_source], "detail-type": list(self.detail_types)}
        return pattern | ({"detail": dict(self.detail)} if self.detail else {})
