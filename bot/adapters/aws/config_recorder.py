"""What a place's recorder does, looked at once in a few minutes.

https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.pace import Tally
from bot.core import moment
from bot.core.configuration.item import Place
from bot.core.configuration.recorder import Recorder
from bot.errors import AccessDenied, NoroshiError

_FRESH = 300.0
_REFUSED_FRESH = 30.0  # a throttle passes, and who was just given a right wants to see it work
_ODD = (AttributeError, LookupError, TypeError, ValueError)  # an answer of another form than AWS documents

Told = Mapping[str, Any]


class Recorders:
    """Remembers what each place's recorder does; `to` leads to a place's Config, `clock` counts seconds."""

    def __init__(self, to: Callable[[Place], Asked], clock: Callable[[], float] = time.monotonic) -> None:
        self._to, self._clock = to, clock
        self._lock = threading.Lock()
        self._seen: dict[Place, tuple[float, Recorder]] = {}

    def at(self, place: Place) -> Recorder:
        """As of the last few minutes; raises nothing."""
        with self._lock:
            until, seen = self._seen.get(place, (float("-inf"), None))
        if seen and self._clock() < until:
            return seen
        found = self._look(place)
        with self._lock:
            fresh = _REFUSED_FRESH if found.refused else _FRESH
            self._seen[place] = self._clock() + fresh, found
        return found

    def _look(self, place: Place) -> Recorder:
        try:
            asked, tally = self._to(place), Tally()
            told = asked.ask("describe_configuration_recorders", tally).get("ConfigurationRecorders")
            if not (recorder := _own(told)):
                return Recorder(place, there=False, recording=False)
            status = asked.ask("describe_configuration_recorder_status", tally)
            return read_recorder(place, recorder, _own(status.get("ConfigurationRecordersStatus")) or {})
        except NoroshiError as error:
            action = error.action if isinstance(error, AccessDenied) else ""
            return Recorder(place, refused=error.message, action=action)
        except _ODD:
            return Recorder(place, refused="AWS Config answered in a form that I don't know.")


def read_recorder(place: Place, told: Told, status: Told) -> Recorder:
    """Read what both calls say of one recorder."""
    group = told.get("recordingGroup") or {}
    strategy = (group.get("recordingStrategy") or {}).get("useOnly")
    excluding = strategy == "EXCLUSION_BY_RESOURCE_TYPES"
    everything = excluding or strategy == "ALL_SUPPORTED_RESOURCE_TYPES"
    mode = told.get("recordingMode") or {}
    recording = status.get("recording")
    return Recorder(
        place,
        recording=None if recording is None else bool(recording),
        all_types=everything or (strategy is None and bool(group.get("allSupported"))),
        # Where types are excluded by name, IAM's are recorded unless they are among them.
        global_types=excluding or bool(group.get("includeGlobalResourceTypes")),
        types=frozenset(group.get("resourceTypes") or ()),
        excluded=frozenset((group.get("exclusionByResourceTypes") or {}).get("resourceTypes") or ()),
        daily=_overridden(mode, "DAILY"),
        continuous=_overridden(mode, "CONTINUOUS"),
        daily_by_default=mode.get("recordingFrequency") == "DAILY",
        started_at=moment.read(status.get("lastStartTime")),
        stopped_at=moment.read(status.get("lastStopTime")),
        refused="" if recording is not None else "AWS Config does not say whether it records.",
    )


def _overridden(mode: Told, frequency: str) -> frozenset[str]:
    overrides = mode.get("recordingModeOverrides") or ()
    return frozenset(
        each
        for override in overrides
        if override.get("recordingFrequency") == frequency
        for each in override.get("resourceTypes") or ()
    )


def _own(told: Sequence[Told] | None) -> Told | None:
    """The customer's own one; services may have recorders beside it."""
    return next((each for each in told or () if not each.get("servicePrincipal")), None)
