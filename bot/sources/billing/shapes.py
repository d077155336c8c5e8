"""The two shapes of an alarm's message, by the fields read: SNS's capitals since 2012, EventBridge's camelCase.

Sources: CloudWatch user guide, "Alarm events and EventBridge"; real SNS messages of 2015 to 2022, whose
older ones have no ARN, no Trigger, null descriptions and times with `+0000`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel, to_pascal

from bot.core.moment import Moment
from bot.core.money import read_amount

State = Literal["ALARM", "OK", "INSUFFICIENT_DATA"]


def _pairs(value: Any) -> Mapping[str, str]:
    """Dimensions are a map, or a list of names and values."""
    if isinstance(value, list):
        value = {one.get("name"): one.get("value") for one in value if isinstance(one, dict)}
    pairs = value.items() if isinstance(value, dict) else ()
    return {str(name): str(held) for name, held in pairs if name and held}


Dimensions = Annotated[Mapping[str, str], BeforeValidator(_pairs)]
Objects = BeforeValidator(lambda value: value or ())
Object = BeforeValidator(lambda value: value or {})


class _Either(BaseModel):
    """Base of what both write alike but for the first letter."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _either(name: str, *others: str) -> Any:
    return Field(None, validation_alias=AliasChoices(name, name[:1].upper() + name[1:], *others))


class Metric(_Either):
    """What is measured, and of what."""

    name: str | None = _either("name", "MetricName")
    namespace: str | None = _either("namespace")
    dimensions: Dimensions = Field({}, validation_alias=AliasChoices("dimensions", "Dimensions"))


class Stat(_Either):
    """A metric's statistic."""

    metric: Metric | None = _either("metric")


class Query(_Either):
    """One line of an alarm's mathematics, or its only metric."""

    label: str | None = _either("label")
    returns: bool | None = _either("returnData")
    stat: Stat | None = _either("metricStat")


class Trigger(Metric):
    """What SNS says an alarm watches: a metric, or mathematics over several."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_pascal)

    threshold: Annotated[Decimal | None, BeforeValidator(lambda value: read_amount(str(value)))] = None
    unit: str | None = None
    metrics: Annotated[tuple[Query, ...], Objects] = ()


class SnsAlarm(BaseModel):
    """An alarm's message as SNS carries it."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_pascal)

    alarm_name: str
    alarm_description: str | None = None
    new_state_value: State
    old_state_value: str | None = None
    new_state_reason: str | None = None
    state_change_time: Moment = None
    region: str | None = None
    alarm_arn: str | None = None
    trigger: Annotated[Trigger, Object] = Field(default_factory=Trigger)


class _Part(BaseModel):
    """Base of EventBridge's parts."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


class StateChange(_Part):
    """A state, why, and since when."""

    value: State
    reason: str | None = None
    timestamp: Moment = None
    actions_suppressed_by: str | None = None


class Before(_Part):
    """The state it was in."""

    value: str | None = None


class Configuration(_Part):
    """What the alarm watches."""

    description: str | None = None
    metrics: Annotated[tuple[Query, ...], Objects] = ()


class BridgeAlarm(_Part):
    """An alarm's state change as EventBridge carries it."""

    alarm_name: str
    state: StateChange
    previous_state: Annotated[Before, Object] = Field(default_factory=Before)
    configuration: Annotated[Configuration, Object] = Field(default_factory=Configuration)
    mute_detail: Mapping[str, Any] | None = None
