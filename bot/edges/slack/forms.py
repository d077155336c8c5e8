"""A form that comes back: what it kept, and what was filled in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.view import Form
from bot.edges.slack.place import Place, of_form
from bot.errors import BadRequest
from bot.render.actions import answered, decode_form


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submitted form, the fields as Slack gives them (`view.state.values`), and where its answer goes."""

    form: Form
    state: dict[str, Any]
    place: Place

    @property
    def words(self) -> tuple[str, ...]:
        """The whole question."""
        return answered(self.form, self.state)


def read(body: Mapping[str, Any]) -> Submitted:
    """Read a view_submission; raises BadRequest for a view that is no form of ours."""
    view = body.get("view") or {}
    user = str((body.get("user") or {}).get("id") or "")
    try:
        kept = json.loads(view.get("private_metadata") or "")
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(kept, dict) or "form" not in kept:
        raise _unreadable()
    state = (view.get("state") or {}).get("values") or {}
    return Submitted(decode_form(json.dumps(kept["form"])), dict(state), of_form(user, kept.get("place")))


def _unreadable() -> BadRequest:
    return BadRequest("I can't read this form: it is of another time.", "Type the question instead.")
