"""From a queue's message to what it means: unwrap, then the first source that can read it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from bot.core import moment
from bot.core.alert import Alert, Quiet
from bot.core.event import Event
from bot.core.route import Routes, Where
from bot.core.shapes import recognise, text_of
from bot.core.source import Source
from bot.errors import BadEvent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message becomes: an alert and where it goes, or the reason it is let go, and what that ends."""

    event: Event
    alert: Alert | None = None
    where: Where | None = None
    dropped: str | None = None
    closes: str | None = None


def unwrap(body: str) -> Event:
    """The event inside a queue's message: EventBridge's or a shape of SNS's, in any envelope; else `unknown`.

    Shapes: `core.shapes`, reference delivery §6 (SNS: Amazon SNS message formats; EventBridge: event structure).
    """
    parsed = _json(body)
    if (
        isinstance(parsed, dict)
        and parsed.get("Type") == "Notification"
        and isinstance(parsed.get("Message"), str)
    ):
        inner = unwrap(parsed["Message"])
        return replace(
            inner,
            carriers=("sns", *inner.carriers),
            at=inner.at or moment.read(parsed.get("Timestamp")),
            event_id=inner.event_id or text_of(parsed.get("MessageId")),
        )
    if isinstance(parsed, dict) and isinstance(parsed.get("detail"), dict) and parsed.get("detail-type"):
        return _eventbridge(parsed)
    known = recognise(parsed if isinstance(parsed, dict) else body)
    return known or Event("unknown", "", parsed if isinstance(parsed, dict) else {"body": body})


def read(event: Event, sources: Sequence[Source]) -> Alert | Quiet:
    """The first source that accepts it says what it means; a shape it cannot read goes on to the last, as unknown.

    Raises BadEvent when not even the last source can show it.
    """
    for source in sources:
        if source.accepts(event):
            try:
                return source.alert(event)
            except (ValidationError, BadEvent):
                continue
    raise BadEvent(f"No source can show this {event.detail_type or 'message'}.", "It stays on the queue.")


@dataclass(frozen=True, slots=True)
class Reading:
    """How messages are read here: by which sources, where alerts go, what accounts (by id) are called."""

    sources: Sequence[Source]
    routes: Routes
    account_names: Mapping[str, str] = field(default_factory=dict)
    drop_samples: bool = False

    def calm(self, body: str) -> bool:
        """Whether a cheap look at a message says that nothing in it is critical; it may be wrong, and only delays."""
        return any(source.calm(body) for source in self.sources)

    def decide(self, body: str) -> Outcome:
        """What a message becomes, without doing it; raises BadEvent."""
        event = unwrap(body)
        said = read(event, self.sources)
        if isinstance(said, Quiet):
            return Outcome(event, dropped=said.reason, closes=said.closes)
        if said.sample and self.drop_samples:
            return Outcome(event, dropped="a sample, and the settings drop samples")
        return self.placed(said, event)

    def placed(self, alert: Alert, event: Event) -> Outcome:
        """An alert with its account's name, and where it goes."""
        named = replace(alert, account_name=self.account_names.get(alert.account_id or ""))
        return Outcome(event, named, self.routes.where(named))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _eventbridge(parsed: dict[str, Any]) -> Event:
    return Event(
        source=str(parsed.get("source", "")),
        detail_type=str(parsed["detail-type"]),
        detail=parsed["detail"],
        event_id=text_of(parsed.get("id")),
        account_id=text_of(parsed.get("account")),
        region=text_of(parsed.get("region")),
        at=moment.read(parsed.get("time")),
        carriers=("eventbridge",),
    )
