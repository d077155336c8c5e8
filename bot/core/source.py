"""A source: what reads one kind of event and says what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.alert import Alert, Quiet
from bot.core.event import Event


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of event.

    `event_source` and `detail_types` say which events it accepts, and make the EventBridge pattern,
    which `detail` narrows; an `event_source` that ends in a dot is a prefix (`aws.`, which only AWS
    itself can send). What is not `on_eventbridge` comes by SNS alone and needs no rule. `alert` gives
    Quiet, with the reason, for an event that deliberately is no alert, and raises ValidationError or
    BadEvent for one it cannot read.
    """

    name: str
    event_source: str
    detail_types: tuple[str, ...]
    alert: Callable[[Event], Alert | Quiet]
    detail: Mapping[str, Any] = field(default_factory=dict)
    on_eventbridge: bool = True

    def accepts(self, event: Event) -> bool:
        """Whether this event is of its kind; an empty `event_source` accepts everything."""
        if not self.event_source:
            return True
        if event.detail_type not in self.detail_types:
            return False
        if self.event_source.endswith("."):
            return event.source.startswith(self.event_source)
        # Who shortens an event leaves its source out; EventBridge itself never does.
        return event.source in {"", self.event_source}

    def pattern(self) -> dict[str, Any]:
        """The EventBridge pattern that selects what `accepts` accepts (docs: Event patterns)."""
        of: Any = {"prefix": self.event_source} if self.event_source.endswith(".") else self.event_source
        pattern: dict[str, Any] = {"source": [of], "detail-type": list(self.detail_types)}
        return pattern | ({"detail": dict(self.detail)} if self.detail else {})
