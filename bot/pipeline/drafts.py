"""Suppression rules that somebody was shown and has not agreed to yet: whose they are, for an hour, once."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.configuration.item import Place
from bot.core.findings.seen import Suppression
from bot.errors import Conflict, Forbidden, NoroshiError, NotFound
from bot.ports import Record, Store

_HOLDS = timedelta(hours=1)
_KEPT = timedelta(days=7)
_AGAIN = "Begin again: /guardduty show, then Change…"


def keep(store: Store, rule: Suppression, user_id: str, now: datetime) -> str:
    """Keep it as this person's, and give its id; raises Upstream."""
    body = {
        "by": user_id,
        "at": now.isoformat(),
        "state": "shown",
        "place": [rule.place.account_id, rule.place.region],
        "name": rule.name,
        "criteria": {path: list(values) for path, values in rule.criteria.items()},
        "description": rule.description,
    }
    draft = Record(f"draft-{secrets.token_hex(16)}", body, expires_at=now + _KEPT)
    store.write(draft)
    return draft.id


def rule_of(store: Store, draft_id: str) -> Suppression:
    """What it says; raises NotFound, Upstream."""
    return _rule(_read(store, draft_id).body)


def drop(store: Store, draft_id: str, user_id: str, now: datetime) -> None:
    """Nothing is made of it; raises Forbidden, NotFound, Upstream."""
    _take(store, _mine(store, draft_id, user_id, now), "dropped")


def make(
    store: Store, draft_id: str, user_id: str, now: datetime, create: Callable[[Suppression], None]
) -> Suppression:
    """Make it, once, in whichever replica; raises Forbidden for who may not, NotFound, Upstream, and what `create` does.

    What `create` refused may be tried again: GuardDuty takes a name once.
    """
    taken = _take(store, _mine(store, draft_id, user_id, now), "being made")
    rule = _rule(taken.body)
    try:
        create(rule)
    except NoroshiError:
        _settle(store, taken, "shown")
        raise
    _settle(store, taken, "made")
    return rule


def _mine(store: Store, draft_id: str, user_id: str, now: datetime) -> Record:
    draft = _read(store, draft_id)
    if draft.body["by"] != user_id:
        raise Forbidden(
            "This was shown to somebody else.", "Only who was shown what a rule hides may make it."
        )
    if now - datetime.fromisoformat(str(draft.body["at"])) > _HOLDS:
        raise Forbidden("This was shown more than an hour ago: it may hide other findings by now.", _AGAIN)
    if draft.body["state"] != "shown":
        raise Forbidden(f"This rule is {draft.body['state']} already.", _AGAIN)
    return draft


def _take(store: Store, draft: Record, state: str) -> Record:
    taken = replace(draft, body={**draft.body, "state": state})
    try:
        store.write(taken)
    except Conflict as error:
        raise Forbidden("This was pressed at the same moment already.", _AGAIN) from error
    return replace(taken, version=draft.version + 1)


def _settle(store: Store, taken: Record, state: str) -> None:
    """What GuardDuty said counts, whether or not the store can be told of it."""
    with suppress(NoroshiError):
        store.write(replace(taken, body={**taken.body, "state": state}))


def _read(store: Store, draft_id: str) -> Record:
    found = store.read(draft_id).get(draft_id) if draft_id.startswith("draft-") else None
    if found is None:
        raise NotFound("I no longer know of this rule: it was shown long ago.", _AGAIN)
    return found


def _rule(body: Any) -> Suppression:
    criteria = {path: tuple(values) for path, values in body["criteria"].items()}
    return Suppression(Place(*body["place"]), body["name"], criteria, body["description"])
