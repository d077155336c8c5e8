"""Cost Anomaly Detection: a service costs more than AWS expected of it.

When this fires, look at the causes it names: a usage type of a region or an account that nobody uses
means somebody else does. It sees costs a day late, three times a day, and sends the same anomaly again
while it grows. By SNS and by EventBridge it is the same but for one key (reference: billing §4).
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from bot.core.alert import TITLE, Alert, Quiet
from bot.core.event import Event
from bot.core.moment import Moment
from bot.core.money import Money, money
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded
from bot.core.steps import spending
from bot.core.text import Code, Line

# A link that came in an event is shown only when it leads to AWS's own console.
_CONSOLE = re.compile(
    r"https://(?:[a-z0-9-]{1,40}\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn)/[\w/#?=&%.~:,+-]{1,600}",
    re.ASCII,
)
_CAUSES = 5


class _Part(BaseModel):
    """Base of every part."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Share(_Part):
    """How much of the impact a cause makes."""

    contribution: Money | None = None


class Cause(_Part):
    """Where the money went, as far as AWS could tell; each may be missing."""

    service: str | None = None
    region: str | None = None
    linked_account: str | None = None
    linked_account_name: str | None = None
    usage_type: str | None = None
    impact: Share | None = None


class Impact(_Part):
    """In the payer's currency, which the message does not name: USD."""

    total_impact: Money | None = None
    total_actual_spend: Money | None = None
    total_expected_spend: Money | None = None
    total_impact_percentage: Money | None = None


class Anomaly(_Part):
    """The fields read."""

    anomaly_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    account_id: str | None = None
    account_name: str | None = None
    anomaly_start_date: Moment = None
    anomaly_end_date: Moment = None
    anomaly_details_link: str | None = None
    dimension: str | None = Field(None, validation_alias=AliasChoices("dimensionalValue", "dimensionValue"))
    impact: Annotated[Impact, BeforeValidator(lambda value: value or {})] = Field(default_factory=Impact)
    root_causes: Annotated[tuple[Cause, ...], BeforeValidator(lambda value: value or ())] = ()
    monitor_name: str | None = None


def alert(event: Event) -> Alert | Quiet:
    """One that saved money, or cost nothing, is none; if it was told before, AWS has corrected it."""
    anomaly = Anomaly.model_validate({"accountId": event.account_id, **event.detail})
    key = f"cost-anomaly:{anomaly.anomaly_id}"
    if anomaly.impact.total_impact is not None and anomaly.impact.total_impact <= 0:
        return Quiet("it costs no more than expected", closes=key)
    link = anomaly.anomaly_details_link or ""
    return Alert(
        key=key,
        source="cost_anomaly",
        kind="Cost anomaly"
        + (f" (monitor {folded(anomaly.monitor_name, 80)})" if anomaly.monitor_name else ""),
        severity=severity(anomaly.impact.total_impact),
        title=folded(title(anomaly), TITLE),
        account_id=_only([cause.linked_account for cause in anomaly.root_causes]) or anomaly.account_id,
        region=_only([cause.region for cause in anomaly.root_causes]),
        resource=anomaly.dimension,
        story=(*_spend(anomaly.impact), *map(_cause, anomaly.root_causes[:_CAUSES])),
        first_seen=anomaly.anomaly_start_date,
        last_seen=anomaly.anomaly_end_date,
        reference=f"anomaly {anomaly.anomaly_id}",
        next_steps=spending(anomaly.anomaly_start_date.date() if anomaly.anomaly_start_date else None),
        console_url=link if _CONSOLE.fullmatch(link) else None,
        occurrence=f"{anomaly.impact.total_impact}:{anomaly.anomaly_end_date or ''}",
    )


def severity(impact: Decimal | None) -> Severity:
    """AWS gives none: high from $1,000, medium from $100 or where it is not said."""
    if impact is None:
        return Severity.MEDIUM
    bands = ((1000, Severity.HIGH), (100, Severity.MEDIUM))
    return next((band for floor, band in bands if impact >= floor), Severity.LOW)


def title(anomaly: Anomaly) -> str:
    """`AWS CloudTrail costs $1,001.00 more than expected`."""
    named = anomaly.dimension or _only([cause.service for cause in anomaly.root_causes])
    more = f"{money(anomaly.impact.total_impact)} more" if anomaly.impact.total_impact else "more"
    return f"{folded(named, 120) if named else 'Something'} costs {more} than expected"


def _spend(impact: Impact) -> tuple[Line, ...]:
    if impact.total_actual_spend is None or impact.total_expected_spend is None:
        return ()
    percent = impact.total_impact_percentage
    share = f" (+{percent:,.0f}%)" if percent and percent > 0 else ""
    return ((f"{money(impact.total_actual_spend)} instead of {money(impact.total_expected_spend)}{share}",),)


def _cause(cause: Cause) -> Line:
    """`AWS CloudTrail in eu-west-1, account dev (444455556666), usage EUW1-…: $900.00`."""
    account = _account(cause)
    parts: list[Line] = [
        (cause.service or "A service that is not named",),
        (f" in {cause.region}",) if cause.region else (),
        (f", account {account}",) if account else (),
        (", usage ", Code(cause.usage_type)) if cause.usage_type else (),
        (f": {money(cause.impact.contribution)}",) if cause.impact and cause.impact.contribution else (),
    ]
    return tuple(piece for part in parts for piece in part)


def _account(cause: Cause) -> str | None:
    if cause.linked_account_name and cause.linked_account:
        return f"{cause.linked_account_name} ({cause.linked_account})"
    return cause.linked_account_name or cause.linked_account


def _only(values: Sequence[Any]) -> str | None:
    """The one that all who name any name."""
    named = {value for value in values if value}
    return named.pop() if len(named) == 1 else None


source = Source(name="cost_anomaly", event_source="aws.ce", detail_types=("Anomaly Detected",), alert=alert)
