"""What AWS Config has recorded: recorders, configuration items and rules of every account and region."""

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.embedded.aws.config.rules import Rule

Item = dict[str, Any]
"""A configuration item under the API's names; `configuration` and `supplementaryConfiguration` are still objects."""
Place = tuple[str, str]
"""Account id and the region of the recorder, which for IAM is not the item's `awsRegion`: that is `global`."""
Resource = tuple[str, str]
"""Resource type and resource id."""

DELETED = frozenset({"ResourceDeleted", "ResourceDeletedNotRecorded"})


@dataclass(frozen=True, slots=True)
class Recorder:
    """A customer's recorder of everything, on since then, or until it was stopped; one region's also records IAM."""

    since: datetime
    global_types: bool = False
    stopped_at: datetime | None = None


class Recordings:
    """Keeps items for good; `clock` is the world's, and what is captured later than it is not told yet."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._recorders: dict[Place, Recorder] = {}
        self._rules: dict[Place, tuple[Rule, ...]] = {}
        self._items: dict[Place, dict[Resource, list[Item]]] = {}

    def open(self, place: Place, recorder: Recorder, rules: Iterable[Rule] = ()) -> None:
        """Turn recording on in an account and region, and evaluate these rules there."""
        with self._lock:
            self._recorders[place] = recorder
            self._rules[place] = tuple(rules)

    def switch(self, place: Place, *, on: bool) -> None:
        """Start or stop the recorder now; nothing where it is so already. Raises KeyError where no recorder is."""
        now = self.clock()
        with self._lock:
            recorder = self._recorders[place]
            if on and recorder.stopped_at:
                self._recorders[place] = replace(recorder, since=now, stopped_at=None)
            elif not on and not recorder.stopped_at:
                self._recorders[place] = replace(recorder, stopped_at=now)

    def record(self, place: Place, item: Mapping[str, Any]) -> None:
        """Keep an item; raises KeyError where no recorder is."""
        kept = copy.deepcopy(dict(item))
        with self._lock:
            self._recorders[place]
            history = self._items.setdefault(place, {}).setdefault(resource_of(kept), [])
            history.append(kept)
            history.sort(key=lambda each: (each["configurationItemCaptureTime"], _order(each)))

    def recorder(self, place: Place) -> Recorder | None:
        """The recorder of a place, if one is there."""
        with self._lock:
            return self._recorders.get(place)

    def rules(self, place: Place) -> tuple[Rule, ...]:
        """The rules of a place, by name."""
        with self._lock:
            return tuple(sorted(self._rules.get(place, ()), key=lambda rule: rule.name))

    def history(self, place: Place, resource: Resource) -> list[Item]:
        """Copies of a resource's items up to now, oldest first; none if it was never discovered there."""
        now = self.clock()
        with self._lock:
            kept = self._items.get(place, {}).get(resource, [])
            return [copy.deepcopy(item) for item in kept if item["configurationItemCaptureTime"] <= now]

    def latest(self, place: Place) -> list[Item]:
        """The newest item of every resource discovered in a place, deleted ones too, by type and id."""
        with self._lock:
            known = sorted(self._items.get(place, {}))
        histories = (self.history(place, resource) for resource in known)
        return [history[-1] for history in histories if history]


def resource_of(item: Mapping[str, Any]) -> Resource:
    """What an item is about."""
    return str(item["resourceType"]), str(item["resourceId"])


def is_deleted(item: Mapping[str, Any]) -> bool:
    """Whether the item says that the resource is gone."""
    return item["configurationItemStatus"] in DELETED


def _order(item: Mapping[str, Any]) -> int:
    return int(item["configurationStateId"])
