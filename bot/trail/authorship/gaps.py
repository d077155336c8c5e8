"""When nothing was recorded, and who saw to that: by the calls on the recorder of the resource's region.

https://docs.aws.amazon.com/config/latest/APIReference/API_StopConfigurationRecorder.html
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.core.configuration.item import Resource
from bot.core.configuration.revision import Gap
from bot.core.principal import describe
from bot.trail.authorship.deeds import Record
from bot.trail.authorship.reading import CONFIG, RECORDER

_DID = {
    "StopConfigurationRecorder": "stopped the recorder",
    "DeleteConfigurationRecorder": "deleted the recorder",
    "PutConfigurationRecorder": "told the recorder to leave out this type",
}

_AGAIN = {
    "StartConfigurationRecorder": "started it again",
    "PutConfigurationRecorder": "took it in again",
}


def gaps(resource: Resource, records: Iterable[Record], captured: Sequence[datetime]) -> tuple[Gap, ...]:
    """Oldest first. `captured` are the times of the items that are shown: there it recorded again at the latest."""
    calls = sorted(
        (one for one in records if _on_recorder(resource, one)), key=lambda one: (one.at, _id(one))
    )
    return tuple(_gaps(resource, calls, sorted(captured)))


def _on_recorder(resource: Resource, one: Record) -> bool:
    call = one.link.call
    here = (call.event_source, call.region) == (CONFIG, resource.place.region)
    return here and call.event_name in RECORDER


def _gaps(resource: Resource, calls: Sequence[Record], captured: Sequence[datetime]) -> Iterator[Gap]:
    stopped: Record | None = None
    left_out: Record | None = None
    since: Record | None = None
    for one in calls:
        match one.link.call.event_name:
            case "StartConfigurationRecorder":
                stopped = None
            case "PutConfigurationRecorder":
                recorded = _records(one.request, resource.type)
                left_out = left_out if recorded is None else None if recorded else one
            case _:
                stopped = stopped or one
        if since is None:
            since = stopped or left_out
        elif not (stopped or left_out):
            yield Gap(
                since.at, one.at, f"{_did(since)}, {_who(one)} {_AGAIN.get(_name(one), 'changed that')}"
            )
            since = None
    if since is not None:
        # An item of later says that it recorded again, whoever saw to that.
        yield Gap(since.at, next((at for at in captured if at > since.at), None), _did(since))


def _records(request: Any, resource_type: str) -> bool | None:
    """Whether what it was told to record holds the type; None where the call does not say."""
    recorder = request.get("configurationRecorder") if isinstance(request, dict) else None
    group = recorder.get("recordingGroup") if isinstance(recorder, dict) else None
    if not isinstance(group, dict):
        return None
    if group.get("allSupported") is True:
        return True
    excluded = (group.get("exclusionByResourceTypes") or {}).get("resourceTypes") or []
    if excluded:
        return resource_type not in excluded
    types = group.get("resourceTypes")
    return resource_type in types if isinstance(types, list) else None


def _did(one: Record) -> str:
    return f"{_who(one)} {_DID.get(_name(one), 'changed the recorder')}"


def _name(one: Record) -> str:
    return one.link.call.event_name or ""


def _who(one: Record) -> str:
    return str(describe(one.link.call.principal))


def _id(one: Record) -> str:
    return one.link.call.event_id or ""
