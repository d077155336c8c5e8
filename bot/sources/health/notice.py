"""The fields of a Health event that are read (docs: AWS Health events Amazon EventBridge schema)."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.core.moment import Moment
from bot.core.regions import is_code
from bot.core.spoken import folded

_NOBODY = {"AWS_ACCOUNT", "UNKNOWN"}
"""Written where no single resource is meant."""

_Tuple = BeforeValidator(lambda value: value or ())


def _tags(value: Any) -> dict[str, str]:
    return {str(name): str(held) for name, held in value.items()} if isinstance(value, dict) else {}


class Part(BaseModel):
    """Base of every part: camelCase outside."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Entity(Part):
    """One affected resource: an id, an ARN or a key's id."""

    entity_value: str = ""
    tags: Annotated[dict[str, str], BeforeValidator(_tags)] = Field(default_factory=dict)


class Description(Part):
    """AWS's own words in one language."""

    language: str | None = None
    latest_description: str | None = None


class Notice(Part):
    """The event's detail; times are RFC 1123, `status_code` open, upcoming or closed (absent: open)."""

    event_arn: str
    event_type_code: str
    service: str = ""
    event_type_category: str = ""
    event_scope_code: str | None = None
    event_region: str | None = None
    affected_account: str | None = None
    status_code: str | None = None
    communication_id: str | None = None
    page: str | int | None = None
    start_time: Moment = None
    end_time: Moment = None
    last_updated_time: Moment = None
    event_description: Annotated[tuple[Description, ...], _Tuple] = ()
    affected_entities: Annotated[tuple[Entity, ...], _Tuple] = ()
    event_metadata: Annotated[dict[str, Any], BeforeValidator(lambda value: value or {})] = Field(
        default_factory=dict
    )

    @property
    def closed(self) -> bool:
        """Whether AWS says that it is over."""
        return self.status_code == "closed"

    @property
    def region(self) -> str | None:
        """The region that the event's ARN names; `global` is none."""
        named = [*self.event_arn.split(":"), "", "", "", ""][3]
        return named if is_code(named) else None

    @property
    def affected(self) -> tuple[str, ...]:
        """The resources by the ids AWS gives."""
        found = (folded(entity.entity_value, 200) for entity in self.affected_entities)
        return tuple(dict.fromkeys(value for value in found if value and value not in _NOBODY))
