"""The mute's form: what it offers, and what comes back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from bot.core.alert import Alert
from bot.core.mute import REACHES, Reach, scope
from bot.core.storm import Storm
from bot.errors import BadRequest
from bot.render.lines import Json
from bot.render.views import MUTE, Choice, choices_modal

_MORNING = time(9)
_KINDS = 50
_REASON = 200
SPANS = {
    "1h": "1 hour",
    "4h": "4 hours",
    "morning": "until 9:00 tomorrow",
    "1d": "1 day",
    "7d": "7 days",
    "30d": "30 days",
}
"""How long a mute may last, as its form offers it."""
_HOURS = {"1h": 1, "4h": 4, "1d": 24, "7d": 24 * 7, "30d": 24 * 30}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody filled in: of what thing, which kind of a storm (or ""), how far, why, until when."""

    subject: str
    kind: str
    reach: Reach
    reason: str
    until: datetime


def of_problem(subject: str, alert: Alert, place: Json) -> Json:
    """The form for one alert: only what it has can be muted."""
    reaches = [(reach, words) for reach, words in REACHES.items() if scope(reach, alert)]
    return _form(subject, f"Mute: {alert.title}", reaches, place)


def of_storm(storm: Storm, place: Json) -> Json:
    """The form for a storm: one of its kinds."""
    most = sorted(storm.kinds, key=lambda kind: -storm.kinds[kind])
    # The kind's place in this list: a value holds 150 characters, and a kind may be longer.
    kinds = [(f"kind:{n}", kind) for n, kind in enumerate(most[:_KINDS]) if kind]
    return _form(storm.id, "Mute one kind of this storm, everywhere", kinds, place)


def kind_of(storm: Storm, wanted: Wanted) -> str:
    """The kind that was chosen; raises BadRequest where the storm has changed since."""
    most = sorted(storm.kinds, key=lambda kind: -storm.kinds[kind])
    chosen = int(wanted.kind or "-1")
    if not 0 <= chosen < len(most):
        raise BadRequest("This storm has no such kind any more.", "Open the form again.")
    return most[chosen]


def read(view: Mapping[str, Any], now: datetime, zone: tzinfo) -> Wanted:
    """What was filled in; raises BadRequest for a form of another time or an empty reason."""
    try:
        kept = json.loads(view.get("private_metadata") or "")
        values = (view.get("state") or {})["values"]
        what = str(values["what"]["value"]["selected_option"]["value"])
        span = str(values["until"]["value"]["selected_option"]["value"])
        reason = str(values["reason"]["value"].get("value") or "").strip()
        subject = str(kept["subject"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest("I can't read this form: it is of another time.", "Press Mute… again.") from error
    if not reason:
        raise BadRequest("A mute needs a reason.", "Say why in a few words: others will read it.")
    if span not in SPANS:
        raise BadRequest("I don't know this span of time.", "Press Mute… again.")
    kind = what.removeprefix("kind:") if what.startswith("kind:") else ""
    reach = "kind" if kind else what
    if reach not in REACHES:
        raise BadRequest("I don't know how far this mute is to reach.", "Press Mute… again.")
    return Wanted(subject, kind, reach, reason[:_REASON], until(span, now, zone))


def until(span: str, now: datetime, zone: tzinfo) -> datetime:
    """The end of a span that begins now."""
    if span in _HOURS:
        return now + timedelta(hours=_HOURS[span])
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, _MORNING, zone)


def _form(subject: str, asked: str, scopes: Sequence[tuple[str, str]], place: Json) -> Json:
    choices = (
        Choice("what", "What to mute", tuple(scopes)),
        Choice("until", "How long", tuple(SPANS.items())),
        Choice("reason", "Why", ()),
    )
    kept = json.dumps({"subject": subject, "place": place}, separators=(",", ":"))
    return choices_modal(MUTE, "Mute", asked, choices, kept)
