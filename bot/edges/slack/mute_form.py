"""The mute's form: what it offers, and what comes back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from bot.core.alert import Alert
from bot.core.mute import REACHES, Reach, scope
from bot.core.storm import Storm
from bot.core.words import without_types
from bot.errors import BadRequest
from bot.render.lines import Json
from bot.render.safe import hidden
from bot.render.views import LONGEST_ANSWER, MUTE, Choice, choices_modal

_MORNING = time(9)
_KINDS = 100  # as many as a list of Slack's takes
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
REASON = "reason"
"""The field whose words are checked."""
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_NO_REASON = "A mute needs a reason. Say why in a few words: others will read it."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody filled in: of what thing, which kind of a storm (its mark, or ""), how far, why, until when."""

    subject: str
    kind: str
    reach: Reach
    reason: str
    until: datetime


def of_problem(subject: str, alert: Alert, place: Json) -> Json:
    """The form for one alert: only what it has can be muted; raises BadRequest where that is nothing."""
    reaches = [(reach, words) for reach, words in REACHES.items() if scope(reach, alert)]
    return _form(subject, f"Mute: {alert.title}", reaches, place)


def of_storm(storm: Storm, place: Json) -> Json:
    """The form for a storm: one of its kinds, the most frequent first; raises BadRequest where it has none."""
    most = sorted((kind for kind in storm.kinds if kind), key=lambda kind: (-storm.kinds[kind], kind))
    words = without_types(most)
    kinds = [(f"kind:{_mark(kind)}", f"{storm.kinds[kind]:,} × {words[kind]}") for kind in most[:_KINDS]]
    among = f", of the {_KINDS} most frequent" if len(most) > _KINDS else ""
    return _form(storm.id, f"Mute one kind of this storm, everywhere{among}", kinds, place)


def kind_of(storm: Storm, wanted: Wanted) -> str:
    """The kind that was chosen, however the storm has changed since; raises BadRequest."""
    for kind in storm.kinds:
        if kind and _mark(kind) == wanted.kind:
            return kind
    raise BadRequest("This storm has no such kind.", "Open the form again.")


def _mark(kind: str) -> str:
    """Names a kind in a value, which holds 150 characters: a kind may be longer, its place in a list changes."""
    return hashlib.sha256(kind.encode(errors="replace")).hexdigest()[:32]


def wrong(view: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with what was typed, by field: words for the person."""
    try:
        reason = _reason(view)
    except _UNREADABLE:
        return {}
    if not any(not (char.isspace() or hidden(char)) for char in reason):
        return {REASON: _NO_REASON}
    if len(reason) > LONGEST_ANSWER:
        return {REASON: f"Say it in at most {LONGEST_ANSWER} characters."}
    return {}


def read(view: Mapping[str, Any], now: datetime, zone: tzinfo) -> Wanted:
    """What was filled in; raises BadRequest for a form of another time, and for what is `wrong`."""
    try:
        kept = json.loads(view.get("private_metadata") or "")
        subject, what, span = str(kept["subject"]), _chosen(view, "what"), _chosen(view, "until")
        reason = _reason(view)
    except _UNREADABLE as error:
        raise _stale() from error
    kind = what.removeprefix("kind:") if what.startswith("kind:") else ""
    reach = "kind" if kind else what
    if reach not in REACHES or span not in SPANS:
        raise _stale()
    if said := wrong(view):
        raise BadRequest(said[REASON], "Press Mute… again.")
    return Wanted(subject, kind, reach, reason, until(span, now, zone))


def until(span: str, now: datetime, zone: tzinfo) -> datetime:
    """The end of a span that begins now."""
    if span in _HOURS:
        return now + timedelta(hours=_HOURS[span])
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, _MORNING, zone)


def _chosen(view: Mapping[str, Any], name: str) -> str:
    return str(view["state"]["values"][name]["value"]["selected_option"]["value"])


def _reason(view: Mapping[str, Any]) -> str:
    return str(view["state"]["values"][REASON]["value"].get("value") or "").strip()


def _stale() -> BadRequest:
    return BadRequest("I can't read this form: it is of another time.", "Press Mute… again.")


def _form(subject: str, asked: str, scopes: Sequence[tuple[str, str]], place: Json) -> Json:
    if not scopes:
        raise BadRequest("I know too little of this to mute it.", "Mute it where it comes from, in AWS.")
    choices = (
        Choice("what", "What to mute", tuple(scopes)),
        Choice("until", "How long", tuple(SPANS.items())),
        Choice(REASON, "Why", ()),
    )
    kept = json.dumps({"subject": subject, "place": place}, separators=(",", ":"))
    return choices_modal(MUTE, "Mute", asked, choices, kept)
