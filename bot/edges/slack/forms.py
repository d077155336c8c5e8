"""A form that comes back: what it kept, and what was filled in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.buttons import Form
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


def where(body: Mapping[str, Any]) -> Place:
    """Where the form was opened, for the access decision; nothing else of it is read, nothing is raised."""
    try:
        kept = _kept(body)
    except BadRequest:
        kept = {}
    return of_form(str((body.get("user") or {}).get("id") or ""), kept.get("place"))


def read(body: Mapping[str, Any]) -> Submitted:
    """Read a view_submission; raises BadRequest for a view that is no form of ours."""
    kept = _kept(body)
    if "form" not in kept:
        raise _unreadable()
    state = ((body.get("view") or {}).get("state") or {}).get("values") or {}
    return Submitted(decode_form(json.dumps(kept["form"])), dict(state), where(body))


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    try:
        kept = json.loads((body.get("view") or {}).get("private_metadata") or "")
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if not isinstance(kept, dict):
        raise _unreadable()
    return kept


def _unreadable() -> BadRequest:
    return BadRequest("I can't read this form: it is of another time.", "Type the question instead.")
