"""A source: what reads one kind of event and says what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.alert import Alert, Quiet
from bot.core.event import Event


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of event.

    `event_source` and `detail_types` say which events it accepts, and make the EventBridge patterns, one
    for each of `details`, which narrow them. An `event_source` that ends in a dot is a prefix (`aws.`,
    which only AWS itself can send). What is not `on_eventbridge` comes by SNS alone and needs no rule.
    `alert` gives Quiet, with the reason, for an event that deliberately is no alert, and raises
    ValidationError or BadEvent for one it cannot read. `calm` is a cheap look at a message's text: True only
    for what is its own and, as far as the text shows, not critical; in a storm that may wait a moment.
    """

    name: str
    event_source: str
    detail_types: tuple[str, ...]
    alert: Callable[[Event], Alert | Quiet]
    details: tuple[Mapping[str, Any], ...] = ()
    on_eventbridge: bool = True
    calm: Callable[[str], bool] = lambda _text: False

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

    def patterns(self) -> tuple[dict[str, Any], ...]:
        """The EventBridge patterns that together select what it has words for, each a rule of its own.

        Each is at most 2,048 characters as JSON without blanks (docs: Amazon EventBridge quotas; Event
        patterns). An event may fit several and comes as often. None for what needs no rule.
        """
        if not (self.event_source and self.on_eventbridge):
            return ()
        of: Any = {"prefix": self.event_source} if self.event_source.endswith(".") else self.event_source
        kind: dict[str, Any] = {"source": [of], "detail-type": list(self.detail_types)}
        return tuple(kind | {"detail": dict(detail)} for detail in self.details) or (kind,)
