"""What AWS Config has recorded: recorders, configuration items, rules and aggregators of every account and region."""

import copy
import threading
from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.embedded.aws.config.aggregator import Aggregator
from bot.embedded.aws.config.recorder import Place, Recorder
from bot.embedded.aws.config.rules import Rule
from bot.embedded.aws.config.verdicts import COMPLIANCE, evaluated_by, verdicts

__all__ = ["Item", "Place", "Recorder", "Recordings", "Resource", "is_current", "is_deleted", "resource_of"]

Item = dict[str, Any]
"""A configuration item under the API's names; `configuration` and `supplementaryConfiguration` are still objects."""
Resource = tuple[str, str]
"""Resource type and resource id."""

DELETED = frozenset({"ResourceDeleted", "ResourceDeletedNotRecorded"})
_CURRENT = frozenset({"OK", "ResourceDiscovered"})


class Recordings:
    """Keeps items for good; `clock` is the world's, and what is captured later than it is not told yet.

    What it gives is shared, a thousand revisions at a time, and must not be changed.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._recorders: dict[Place, Recorder] = {}
        self._rules: dict[Place, tuple[Rule, ...]] = {}
        self._aggregators: dict[Place, list[Aggregator]] = {}
        self._items: dict[Place, dict[Resource, list[Item]]] = {}

    def open(self, place: Place, recorder: Recorder, rules: Iterable[Rule] = ()) -> None:
        """Turn recording on in an account and region, and evaluate these rules there."""
        with self._lock:
            self._recorders[place] = recorder
            self._rules[place] = tuple(rules)

    def aggregate(self, place: Place, aggregator: Aggregator) -> None:
        """Let an account and region see what those of the aggregator recorded."""
        with self._lock:
            self._aggregators.setdefault(place, []).append(aggregator)

    def switch(self, place: Place, *, on: bool) -> None:
        """Start or stop the recorder now; nothing where it is so already. Raises KeyError where no recorder is."""
        now = self.clock()
        with self._lock:
            self._recorders[place] = self._recorders[place].switched(on=on, now=now)

    def record(self, place: Place, item: Mapping[str, Any]) -> None:
        """Keep an item; raises KeyError where no recorder is."""
        kept = copy.deepcopy(dict(item))
        with self._lock:
            self._recorders[place]
            history = self._items.setdefault(place, {}).setdefault(resource_of(kept), [])
            insort(history, kept, key=_order)

    def recorder(self, place: Place) -> Recorder | None:
        """The recorder of a place, if one is there."""
        with self._lock:
            return self._recorders.get(place)

    def rules(self, place: Place) -> tuple[Rule, ...]:
        """The rules of a place, by name."""
        with self._lock:
            return tuple(sorted(self._rules.get(place, ()), key=lambda rule: rule.name))

    def aggregators(self, place: Place) -> tuple[Aggregator, ...]:
        """The aggregators of a place, by name."""
        with self._lock:
            return tuple(sorted(self._aggregators.get(place, ()), key=lambda each: each.name))

    def history(self, place: Place, resource: Resource) -> list[Item]:
        """A resource's items up to now, oldest first; none if it was never discovered there."""
        now = self.clock()
        items = (
            self._compliance(place, resource) if resource[0] == COMPLIANCE else self._kept(place, resource)
        )
        return [item for item in items if item["configurationItemCaptureTime"] <= now]

    def latest(self, place: Place) -> list[Item]:
        """The newest item of every resource discovered in a place, deleted ones too, by type and id."""
        with self._lock:
            known = list(self._items.get(place, {}))
        evaluated = {evaluated_by(resource) for resource in known if self._is_evaluated(place, resource[0])}
        histories = (self.history(place, resource) for resource in sorted({*known, *evaluated}))
        return [history[-1] for history in histories if history]

    def _kept(self, place: Place, resource: Resource) -> list[Item]:
        with self._lock:
            return list(self._items.get(place, {}).get(resource, ()))

    def _compliance(self, place: Place, resource: Resource) -> list[Item]:
        """What the rules of the place made of the items of another resource, as Config records that in turn."""
        kind, _, ident = resource[1].partition("/")
        if not self._is_evaluated(place, kind):
            return []
        return verdicts(place, self.rules(place), self._kept(place, (kind, ident)))

    def _is_evaluated(self, place: Place, kind: str) -> bool:
        recorder = self.recorder(place)
        recorded = recorder is not None and recorder.records(COMPLIANCE)
        return recorded and any(rule.resource_type == kind for rule in self.rules(place))


def resource_of(item: Mapping[str, Any]) -> Resource:
    """What an item is about."""
    return str(item["resourceType"]), str(item["resourceId"])


def is_deleted(item: Mapping[str, Any]) -> bool:
    """Whether the item says that the resource is gone."""
    return item["configurationItemStatus"] in DELETED


def is_current(item: Mapping[str, Any]) -> bool:
    """Whether it says how the resource is: it is there, and its type is recorded still."""
    return item["configurationItemStatus"] in _CURRENT


def _order(item: Mapping[str, Any]) -> tuple[datetime, int]:
    return item["configurationItemCaptureTime"], int(item["configurationStateId"])
