"""Filters of findings, in their order; those that archive are suppression rules.

https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.embedded.aws.errors import BadRequest
from bot.embedded.aws.guardduty.attributes import Finding
from bot.embedded.aws.guardduty.criteria import Criteria, checked, meets
from bot.embedded.aws.guardduty.organization import Place

_MOST = 100
_NAME = re.compile(r"[A-Za-z0-9._-]{3,64}")
_ACTIONS = {"NOOP", "ARCHIVE"}


@dataclass(frozen=True)
class Filter:
    """One filter; `token` is what its maker's client retries under."""

    name: str
    criteria: Criteria
    made: datetime
    changed: datetime
    action: str = "NOOP"
    description: str = ""
    tags: Mapping[str, str] | None = None
    version: int = 1
    token: str = ""


class Filters:
    """The filters of every place, first ranked first."""

    def __init__(self) -> None:
        self._all: dict[Place, list[Filter]] = {}

    def of(self, place: Place) -> list[Filter]:
        """Those of a place."""
        return list(self._all.get(place, ()))

    def one(self, place: Place, name: str) -> Filter:
        """One by its name; raises BadRequest for none."""
        for each in self.of(place):
            if each.name == name:
                return each
        raise BadRequest("The request is rejected since no such resource found.")

    def make(self, place: Place, made: Filter, rank: int | None) -> None:
        """Add it at its rank, else last; the same client's second try adds nothing. Raises BadRequest."""
        _check(made)
        here = self.of(place)
        if same := [each for each in here if each.name == made.name]:
            if made.token and same[0].token == made.token:
                return
            raise BadRequest("The request is rejected because a filter with the given name already exists.")
        if len(here) >= _MOST:
            raise BadRequest("The request is rejected because filter limit has exceeded.")
        self._put(place, here, made, rank)

    def change(
        self, place: Place, name: str, now: datetime, changes: Mapping[str, Any], rank: int | None
    ) -> None:
        """Change what is named of it (`action`, `criteria`, `description`), and its rank; raises BadRequest."""
        was = self.one(place, name)
        changed = replace(was, **changes, changed=now, version=was.version + 1)
        _check(changed)
        here = self.of(place)
        at = here.index(was)
        here.remove(was)
        self._put(place, here, changed, at + 1 if rank is None else rank)

    def drop(self, place: Place, name: str) -> None:
        """Delete it; raises BadRequest for none."""
        self._all[place].remove(self.one(place, name))

    def suppress(self, place: Place, finding: Finding) -> bool:
        """Whether one of them archives a finding that is new."""
        return any(each.action == "ARCHIVE" and meets(finding, each.criteria) for each in self.of(place))

    def _put(self, place: Place, others: list[Filter], one: Filter, rank: int | None) -> None:
        if rank is not None and not 1 <= rank <= _MOST:
            raise BadRequest("The request is rejected because the parameter rank has an invalid value.")
        at = len(others) if rank is None else rank - 1
        self._all[place] = [*others[:at], one, *others[at:]]


def _check(one: Filter) -> None:
    if not _NAME.fullmatch(one.name):
        raise BadRequest("The request is rejected because the parameter name has an invalid value.")
    if one.action not in _ACTIONS:
        raise BadRequest("The request is rejected because the parameter action has an invalid value.")
    if not one.criteria:
        raise BadRequest(
            "The request is rejected because the parameter findingCriteria has an invalid value."
        )
    checked(one.criteria, of_filter=True)
