"""An alarm as one value, whichever shape it came in; its numbers are in the reason's prose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.core.event import Event
from bot.core.money import read_amount
from bot.core.regions import code
from bot.sources.billing.shapes import BridgeAlarm, Metric, Query, SnsAlarm, State

# "Threshold Crossed: 1 out of the last 1 datapoints [6.0 (25/09/22 18:49:00)] was greater than the
# threshold (5.0)"; in 2016 the datapoint stood in round brackets.
_POINT = re.compile(r"datapoints? [\[(](-?[\d.]+(?:[eE][-+]?\d+)?)")
_LIMIT = re.compile(r"the threshold \((-?[\d.]+(?:[eE][-+]?\d+)?)\)")
_RELATION = re.compile(r"was (?:not )?((?:greater|less) than(?: or equal to)?) the threshold")
_RELATIONS = {
    "greater than": "above",
    "greater than or equal to": "at or above",
    "less than": "below",
    "less than or equal to": "at or below",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One change of state; `relation` is how value and threshold stand in ALARM (`above`)."""

    name: str
    state: State
    before: str | None
    region: str | None
    at: datetime | None
    reason: str
    description: str
    metric: str | None
    namespace: str | None
    dimensions: Mapping[str, str]
    value: Decimal | None
    threshold: Decimal | None
    relation: str
    unit: str | None
    quiet: bool

    @property
    def of_charges(self) -> bool:
        """Whether it watches the month's bill (docs: CloudWatch, monitor estimated charges)."""
        return self.namespace == "AWS/Billing"

    @property
    def begins_month(self) -> bool:
        """Whether the bill starts from zero now; its fall is no good news."""
        return self.of_charges and self.at is not None and self.at.day == 1

    @property
    def currency(self) -> str:
        """The bill's; the metric always names it."""
        return self.dimensions.get("Currency", "USD")


def alarm_of(event: Event) -> Alarm:
    """Read either shape; raises ValidationError for neither."""
    if "AlarmName" in event.detail:
        return _from_sns(event, SnsAlarm.model_validate(event.detail))
    return _from_bridge(event, BridgeAlarm.model_validate(event.detail))


def _from_sns(event: Event, said: SnsAlarm) -> Alarm:
    """The region stands as a display name; its code is in the ARN, where there is one."""
    reason, trigger = said.new_state_reason or "", said.trigger
    metric = trigger if trigger.name else _metric(trigger.metrics)
    by_arn = (said.alarm_arn or "").split(":")
    return Alarm(
        name=said.alarm_name,
        state=said.new_state_value,
        before=said.old_state_value,
        region=code(by_arn[3] if len(by_arn) > 3 else None) or code(said.region) or said.region,  # noqa: PLR2004 - an ARN's form
        at=said.state_change_time or event.at,
        reason=reason,
        description=said.alarm_description or "",
        metric=trigger.name or _label(trigger.metrics) or metric.name,
        namespace=metric.namespace,
        dimensions=metric.dimensions,
        value=_number(_POINT, reason),
        threshold=trigger.threshold if trigger.threshold is not None else _number(_LIMIT, reason),
        relation=_relation(reason),
        unit=trigger.unit,
        quiet=False,
    )


def _from_bridge(event: Event, said: BridgeAlarm) -> Alarm:
    reason, queries = said.state.reason or "", said.configuration.metrics
    metric = _metric(queries)
    return Alarm(
        name=said.alarm_name,
        state=said.state.value,
        before=said.previous_state.value,
        region=event.region,
        at=said.state.timestamp or event.at,
        reason=reason,
        description=said.configuration.description or "",
        metric=_label(queries) or metric.name,
        namespace=metric.namespace,
        dimensions=metric.dimensions,
        value=_number(_POINT, reason),
        threshold=_number(_LIMIT, reason),
        relation=_relation(reason),
        unit=None,
        quiet=bool(said.state.actions_suppressed_by or said.mute_detail),
    )


def _metric(queries: Sequence[Query]) -> Metric:
    return next((query.stat.metric for query in queries if query.stat and query.stat.metric), Metric())


def _label(queries: Sequence[Query]) -> str | None:
    return next((query.label for query in queries if query.returns and query.label), None)


def _number(pattern: re.Pattern[str], reason: str) -> Decimal | None:
    found = pattern.search(reason)
    return read_amount(found[1]) if found else None


def _relation(reason: str) -> str:
    found = _RELATION.search(reason)
    return _RELATIONS[found[1]] if found else "past"
