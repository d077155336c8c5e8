"""One event's way: unwrap -> read -> route -> deliver; the intake takes it off the queue only then.

A durable store (claims, threads), storms and heartbeats will stand between `read` and `deliver`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from bot.core import moment
from bot.core.alert import Alert, show
from bot.core.event import Event
from bot.core.shapes import recognise, text_of
from bot.core.source import Source
from bot.errors import BadEvent, NotConfigured
from bot.ports import Channels


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an event: an alert and where it goes, or the reason it was let go."""

    alert: Alert | None = None
    channel: str | None = None
    dropped: str | None = None


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
            inner, carriers=("sns", *inner.carriers), at=inner.at or moment.read(parsed.get("Timestamp"))
        )
    if isinstance(parsed, dict) and isinstance(parsed.get("detail"), dict) and parsed.get("detail-type"):
        return _eventbridge(parsed)
    known = recognise(parsed if isinstance(parsed, dict) else body)
    return known or Event("unknown", "", parsed if isinstance(parsed, dict) else {"body": body})


def read(event: Event, sources: Sequence[Source]) -> Alert | None:
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


def decide(body: str, sources: Sequence[Source], channel: str | None) -> Outcome:
    """What a message becomes, without doing it."""
    alert = read(unwrap(body), sources)
    if alert is None:
        return Outcome(dropped="archived or of no interest")
    return Outcome(alert, channel)


def handle(body: str, sources: Sequence[Source], channels: Channels, channel: str | None) -> Outcome:
    """Decide, then post; returns only once Slack has the message. Raises NotConfigured, BadEvent, Upstream."""
    outcome = decide(body, sources, channel)
    if outcome.alert and not outcome.channel:
        raise NotConfigured(
            "An alert has nowhere to go.", "Set NOROSHI_ALERTS__CHANNEL to a channel the bot is in."
        )
    if outcome.alert and outcome.channel:
        channels.post(outcome.channel, show(outcome.alert))
    return outcome


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
