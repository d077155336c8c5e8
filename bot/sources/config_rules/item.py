"""The fields of a configuration item's change that are read, in the shape of EventBridge and SNS.

Not GetResourceConfigHistory's shape: there `configuration` is text and the account is `accountId`
(reference: config §3). Oversized items come as a summary, without what changed.
"""

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.core.moment import Moment


def _first(value: object) -> object:
    """Notifications of 2014 carry a list of one item."""
    return value[0] if isinstance(value, list) and value else value


def _tags(value: object) -> dict[str, str]:
    """A map; lists and nulls were seen in old notifications."""
    return {str(name): str(held) for name, held in value.items()} if isinstance(value, dict) else {}


class Part(BaseModel):
    """Base of every part: camelCase outside."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Item(Part):
    """The resource as it is now, or was when it was deleted; `change_type` only in an oversized summary."""

    resource_type: str
    resource_id: str
    resource_name: str | None = None
    configuration_item_status: str | None = None
    configuration_item_capture_time: Moment = None
    resource_creation_time: Moment = None
    aws_region: str | None = None
    account_id: str | None = Field(None, validation_alias=AliasChoices("awsAccountId", "accountId"))
    change_type: str | None = None
    configuration: Any = None
    configuration_state_id: str | int | None = None
    tags: Annotated[dict[str, str], BeforeValidator(_tags)] = Field(default_factory=dict)


class Property(Part):
    """One property before and after; None on the side where it was not."""

    previous_value: Any = None
    updated_value: Any = None


class Diff(Part):
    """What changed, by paths such as `Configuration.IpPermissions.0`; indexes are not stable."""

    change_type: str | None = None
    changed_properties: Annotated[dict[str, Property], BeforeValidator(lambda value: value or {})] = Field(
        default_factory=dict
    )


class Change(Part):
    """The notice: an item with its difference, or a summary of one too large to be sent."""

    configuration_item: Annotated[Item | None, BeforeValidator(_first)] = None
    configuration_item_summary: Item | None = None
    configuration_item_diff: Diff | None = None

    @property
    def properties(self) -> dict[str, Property]:
        """What changed, empty where that was not sent."""
        return self.configuration_item_diff.changed_properties if self.configuration_item_diff else {}

    def how(self, item: Item) -> str:
        """CREATE, UPDATE, DELETE or UNRECORDED: by the item's status first, as every shape carries it."""
        by_status = {
            "ResourceDeleted": "DELETE",
            "ResourceDeletedNotRecorded": "DELETE",
            "ResourceDiscovered": "CREATE",
            "ResourceNotRecorded": "UNRECORDED",
        }
        said = self.configuration_item_diff.change_type if self.configuration_item_diff else item.change_type
        return by_status.get(item.configuration_item_status or "") or said or "UPDATE"
