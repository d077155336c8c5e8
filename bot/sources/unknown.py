"""Anything no other source reads: shown as what it is, never dropped.

When this fires, AWS said something Noroshi has no words for yet. Look at the source and the type first.
"""

import hashlib
import json

from bot.core.alert import Alert
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded
from bot.core.text import Code, Line

_SHOWN = 600


def alert(event: Event) -> Alert:
    """The event by its own words, and the beginning of its content; the same content is the same problem."""
    content = json.dumps(event.detail, ensure_ascii=False, sort_keys=True, default=str)
    kind = folded(event.detail_type or "a message of no known shape", 100)
    said = "\n".join((event.source, kind, event.account_id or "", event.region or "", content))
    return Alert(
        key=f"unknown:{hashlib.sha256(said.encode(errors='replace')).hexdigest()}",
        source="unknown",
        kind=f"{folded(event.source, 100)}: {kind}" if event.source != "unknown" else kind,
        severity=Severity.INFO,
        title=f"Something I have no words for: {kind}",
        account_id=event.account_id,
        region=event.region,
        story=_beginning(content),
        first_seen=event.at,
    )


def _beginning(content: str) -> tuple[Line, ...]:
    if len(content) <= _SHOWN:
        return ((Code(content),),)
    return ((Code(content[:_SHOWN]),), (f"… {len(content):,} characters in all",))


source = Source(name="unknown", event_source="", detail_types=(), alert=alert)
