"""Config's API for what was recorded, and for the recorders themselves."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from bot.embedded.aws.config.aggregates import Aggregates
from bot.embedded.aws.config.asked import MOST, known_type, limit, paged, position, token
from bot.embedded.aws.config.compliance import Compliance
from bot.embedded.aws.config.history import Position, Range, page
from bot.embedded.aws.config.items import as_base_item, as_identifier, as_item
from bot.embedded.aws.config.queries import Queries
from bot.embedded.aws.config.recorder import Recorder, recorder_arn
from bot.embedded.aws.config.recordings import is_deleted
from bot.embedded.aws.errors import Refused

_ITEMS_TO_A_PAGE = 10
_MOST_IDS = 20
_EPOCH, _TICK = datetime.fromtimestamp(0, UTC), timedelta(microseconds=1)


class Config(Compliance, Aggregates, Queries):
    """All that Config answers."""

    def get_resource_config_history(self) -> ActionResult:
        """The items of a resource, newest first unless asked otherwise, seven days of them to a page."""
        asked, size = self._recorded()
        resource = (known_type(asked["resourceType"]), asked["resourceId"])
        items = self.recordings.history(self.place, resource)
        if not items:
            raise Refused(
                "ResourceNotDiscoveredException",
                f"Resource {resource[1]} of resourceType:{resource[0]} is unknown or has not been discovered",
            )
        # The first page's "now" is every page's, lest the seven days shift while somebody reads.
        reached = position(asked, 3)
        now = _moment(reached[0]) if reached else self.recordings.clock()
        walk = _range(asked, now, items[0]["configurationItemCaptureTime"])
        start = Position(_moment(reached[1]), reached[2]) if reached else walk.start
        told, further = page(items, walk, start, size or _ITEMS_TO_A_PAGE)
        answer: dict[str, Any] = {"configurationItems": [as_item(item) for item in told]}
        if further:
            answer["nextToken"] = token(asked, _number(now), _number(further.edge), further.skip)
        return ActionResult(answer)

    def list_discovered_resources(self) -> ActionResult:
        """The resources of a type, deleted ones on request only; by ids or by name, but not by both."""
        asked, size = self._recorded()
        kind, ids, name = (
            known_type(asked["resourceType"]),
            asked.get("resourceIds") or [],
            asked.get("resourceName"),
        )
        if ids and name:
            raise Refused(
                "ValidationException", "You can specify either resource IDs or a resource name, but not both."
            )
        if len(ids) > _MOST_IDS:
            raise Refused("ValidationException", f"You can list a maximum of {_MOST_IDS} resource IDs.")
        found = [
            as_identifier(item)
            for item in self.recordings.latest(self.place)
            if item["resourceType"] == kind
            and (asked.get("includeDeletedResources") or not is_deleted(item))
            and (not ids or item["resourceId"] in ids)
            and (not name or item.get("resourceName") == name)
        ]
        told, more = paged(asked, found, size or MOST)
        return ActionResult({"resourceIdentifiers": told, "nextToken": more})

    def batch_get_resource_config(self) -> ActionResult:
        """The newest items of up to a hundred resources; what is deleted or unknown is left out."""
        asked, _ = self._recorded()
        keys = asked["resourceKeys"]
        if len(keys) > MOST:
            raise Refused("ValidationException", f"You can specify a maximum of {MOST} resource keys.")
        wanted = {(known_type(key["resourceType"]), key["resourceId"]) for key in keys}
        histories = (self.recordings.history(self.place, resource) for resource in sorted(wanted))
        newest = [history[-1] for history in histories if history]
        items = [as_base_item(item) for item in newest if not is_deleted(item)]
        return ActionResult({"baseConfigurationItems": items, "unprocessedResourceKeys": []})

    def describe_configuration_recorders(self) -> ActionResult:
        """The recorder of the caller's account and region, or nothing."""
        recorder = self._recorder()
        told = [recorder.described(self.place)] if recorder else []
        return ActionResult({"ConfigurationRecorders": told})

    def describe_configuration_recorder_status(self) -> ActionResult:
        """Whether it records."""
        recorder = self._recorder()
        told = [recorder.status(self.place, self.recordings.clock())] if recorder else []
        return ActionResult({"ConfigurationRecordersStatus": told})

    def start_configuration_recorder(self) -> ActionResult:
        """Record again."""
        return self._switch(on=True)

    def stop_configuration_recorder(self) -> ActionResult:
        """Record no more; what was recorded stays."""
        return self._switch(on=False)

    def _switch(self, *, on: bool) -> ActionResult:
        name = self.asked()["ConfigurationRecorderName"]
        if name != "default" or self.recordings.recorder(self.place) is None:
            raise _no_recorder(name)
        self.recordings.switch(self.place, on=on)
        return EmptyResult()

    def _recorded(self) -> tuple[dict[str, Any], int]:
        """The request and its limit; raises where nothing records."""
        asked = self.asked()
        size = limit(asked, 0)
        if self.recordings.recorder(self.place) is None:
            raise Refused(
                "NoAvailableConfigurationRecorderException",
                "Configuration recorder is not available to record resources.",
            )
        return asked, size

    def _recorder(self) -> Recorder | None:
        asked = self.asked()
        names, arn = asked.get("ConfigurationRecorderNames") or [], asked.get("Arn")
        if len(names) > 1:
            raise Refused("ValidationException", "You can specify only one configuration recorder.")
        recorder = self.recordings.recorder(self.place)
        is_other = (names and names != ["default"]) or (arn and arn != recorder_arn(self.place))
        if asked.get("ServicePrincipal") or is_other or (names and not recorder):
            raise _no_recorder(asked.get("ServicePrincipal") or arn or names[0])
        return recorder


def _no_recorder(name: str) -> Refused:
    return Refused(
        "NoSuchConfigurationRecorderException",
        f"Cannot find configuration recorder with the specified name '{name}'.",
    )


def _range(asked: Mapping[str, Any], now: datetime, first: datetime) -> Range:
    """The time asked for; without an earlier time it begins with the first item."""
    # moto parses the times of requests as UTC without saying so.
    given = {
        name: asked[name].replace(tzinfo=UTC) for name in ("earlierTime", "laterTime") if asked.get(name)
    }
    later = min(given.get("laterTime", now), now)
    earlier = given.get("earlierTime")
    if earlier is not None and earlier >= given.get("laterTime", now):
        raise Refused(
            "InvalidTimeRangeException",
            "The earlier time is not chronologically before the later time.",
        )
    forward = asked.get("chronologicalOrder") == "Forward"
    return Range(first if earlier is None else earlier, later, forward)


def _number(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def _moment(number: int) -> datetime:
    return _EPOCH + number * _TICK
