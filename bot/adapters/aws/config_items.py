"""Configuration items as GetResourceConfigHistory writes them, read whatever they hold: JSON inside JSON, or garbage.

https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationItem.html
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.core import moment
from bot.core.configuration.item import Item, Related, Resource
from bot.core.configuration.opened import opened

_UNTIMED = datetime.fromtimestamp(0, UTC)
_CUT = 60
_MAIN = "configuration"


def read_item(told: Mapping[str, Any], asked: Resource) -> Item:
    """The item; what it does not say of itself is what was asked for. Raises nothing."""
    unread: list[str] = []
    configuration = _document(told.get(_MAIN), _MAIN, unread)
    supplementary = {
        str(name): _document(value, f"supplementaryConfiguration.{name}", unread)
        for name, value in _mapping(told.get("supplementaryConfiguration")).items()
    }
    state_id = _number(told.get("configurationStateId"))
    return Item(
        resource=_resource(told, asked),
        captured_at=_captured(told, state_id, unread),
        status=_text(told.get("configurationItemStatus")),
        state_id=state_id,
        created_at=moment.read(told.get("resourceCreationTime")),
        configuration=configuration,
        supplementary=supplementary,
        tags={str(key): _text(value) for key, value in _mapping(told.get("tags")).items()},
        relationships=tuple(_related(told.get("relationships"))),
        availability_zone=_text(told.get("availabilityZone")),
        daily=told.get("recordingFrequency") == "DAILY",
        unread=tuple(unread),
    )


def captured_at(told: Mapping[str, Any]) -> datetime:
    """When it was captured, without reading the rest."""
    return _captured(told, _number(told.get("configurationStateId")), [])


def order(told: Mapping[str, Any]) -> tuple[datetime, int]:
    """What items sort by: the time, and Config's own numbers within a moment."""
    return captured_at(told), _number(told.get("configurationStateId"))


def _resource(told: Mapping[str, Any], asked: Resource) -> Resource:
    place = asked.place
    account_id = _text(told.get("accountId")) or place.account_id
    return Resource(
        type=_text(told.get("resourceType")) or asked.type,
        id=_text(told.get("resourceId")) or asked.id,
        place=type(place)(account_id, place.region),
        name=_text(told.get("resourceName")) or asked.name,
        arn=_text(told.get("arn")) or asked.arn,
        deleted_at=asked.deleted_at,
    )


def _document(value: Any, name: str, unread: list[str]) -> Any:
    """What the text holds, or the text itself: the configuration is always a document, a supplement need not be."""
    if not isinstance(value, str):
        return opened(value)
    text = value.strip()
    if text == "null" or (not text and name == _MAIN):
        return None
    found = opened(value)
    if isinstance(found, str) and (name == _MAIN or text.startswith(("{", "["))):
        unread.append(f"{name} is no JSON that I can read: {value[:_CUT]}{'…' if len(value) > _CUT else ''}")
    return found


def _captured(told: Mapping[str, Any], state_id: int, unread: list[str]) -> datetime:
    for name in ("configurationItemCaptureTime", "configurationItemDeliveryTime"):
        if at := moment.read(told.get(name)):
            return at
    unread.append("when it was captured is not told")
    # Config numbers its items by the milliseconds of their time.
    return moment.read(state_id) or _UNTIMED


def _related(told: Any) -> Iterator[Related]:
    for each in told if isinstance(told, list) else ():
        if isinstance(each, Mapping):
            names = ("resourceType", "resourceId", "relationshipName", "resourceName")
            yield Related(*(_text(each.get(name)) for name in names))


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
