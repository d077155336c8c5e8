"""The fix's form: what can be done to a bucket, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.approval.given import HINT
from bot.core.approval.wanted import WANTS
from bot.edges.slack.mute_form import REASON, wrong
from bot.errors import BadRequest
from bot.render.lines import Json
from bot.render.views import FIX, Choice, choices_modal

_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody filled in: of what problem or bucket, which fix, why, and what a template is filled with."""

    subject: str
    fix: str
    reason: str
    given: str = ""


def of_problem(subject: str, bucket: str, place: Json) -> Json:
    """The form for a problem about a bucket."""
    choices = (
        Choice("what", "What to change", tuple(WANTS.items())),
        Choice(_GIVEN, "What a policy needs", (), optional=True, hint=HINT),
        Choice(REASON, "Why", ()),
    )
    kept = json.dumps({"subject": subject, "place": place}, separators=(",", ":"))
    asked = f"Fix the bucket {bucket}. Nothing is changed before a second person approves."
    return choices_modal(FIX, "Ask for a fix", asked, choices, kept)


def read(view: Mapping[str, Any]) -> Wanted:
    """What was filled in; raises BadRequest for a form of another time, and for a missing reason."""
    try:
        subject = str(json.loads(view.get("private_metadata") or "")["subject"])
        values = view["state"]["values"]
        fix = str(values["what"]["value"]["selected_option"]["value"])
        reason = str(values[REASON]["value"].get("value") or "").strip()
        given = str(values.get(_GIVEN, {}).get("value", {}).get("value") or "").strip()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest("I can't read this form: it is of another time.", "Press Fix… again.") from error
    if said := wrong(view):
        raise BadRequest(said[REASON], "Press Fix… again.")
    return Wanted(subject, fix, reason, given)
