"""CloudWatch alarms, first of all on the bill: the month's charges passed a limit somebody set.

When this fires on EstimatedCharges, the money is already spent: see which service and region it went
to, and whether anybody here started that; a region nobody uses is the sign of a stolen key.
The metric lives in us-east-1 only, moves about every six hours, and starts from zero on the 1st: an OK
of that day means nothing, and a month's alarm is a problem of its own (reference: billing §1).
Other alarms are told too when they are sent to the bot; the pattern selects only the bill's.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import quote

from bot.core.alert import TITLE, Alert, Quiet
from bot.core.event import Event
from bot.core.regions import console, is_code
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded
from bot.core.steps import spending
from bot.sources.billing.alarm import Alarm, alarm_of
from bot.sources.billing.words import kind, resource, story, title

_DAY = timedelta(days=1)
_MUCH = Decimal(2)
"""This many times the limit is no slow drift."""


def alert(event: Event) -> Alert | Quiet:
    """ALARM fires, OK after it resolves; missing data, and the bill's fall to zero on the 1st, are none."""
    alarm = alarm_of(event)
    if alarm.state == "INSUFFICIENT_DATA":
        return Quiet("CloudWatch has no data to judge by")
    if alarm.state == "OK" and alarm.begins_month:
        return Quiet(
            "a new month begins at zero", closes=_key(event, alarm, alarm.at - _DAY if alarm.at else None)
        )
    if alarm.state == "OK" and alarm.before != "ALARM":
        return Quiet("there was no alarm before", closes=_key(event, alarm, alarm.at))
    return Alert(
        key=_key(event, alarm, alarm.at),
        source="billing",
        kind=kind(alarm),
        severity=severity(alarm),
        title=folded(title(alarm), TITLE),
        account_id=event.account_id,
        region=alarm.region,
        resource=resource(alarm),
        story=story(alarm),
        first_seen=alarm.at,
        reference=f"alarm {alarm.name}",
        console_url=_console(alarm),
        # Of today, Cost Explorer knows little yet; the day before is the last that it can explain.
        next_steps=spending((alarm.at - _DAY).date() if alarm.at else None) if alarm.of_charges else (),
        resolved=alarm.state == "OK",
        occurrence=f"{alarm.at.isoformat()}:{alarm.state}" if alarm.at else None,
    )


def severity(alarm: Alarm) -> Severity:
    """AWS gives none: medium, high for a bill of twice its limit, low for what CloudWatch itself keeps quiet."""
    if alarm.state == "OK":
        return Severity.INFO
    if alarm.quiet:
        return Severity.LOW
    if alarm.of_charges and alarm.value and alarm.threshold and alarm.value >= _MUCH * alarm.threshold:
        return Severity.HIGH
    return Severity.MEDIUM


def _key(event: Event, alarm: Alarm, at: datetime | None) -> str:
    """One alarm; of the bill, in one month."""
    month = f":{at:%Y-%m}" if alarm.of_charges and at else ""
    return f"billing:{event.account_id or ''}:{alarm.region or ''}:{alarm.name}{month}"


def _console(alarm: Alarm) -> str | None:
    if not (alarm.region and is_code(alarm.region)):
        return None
    path = (
        f"cloudwatch/home?region={alarm.region}#alarmsV2:alarm/{quote(alarm.name, safe='', errors='replace')}"
    )
    return f"https://{console(alarm.region)}/{path}"


source = Source(
    name="billing",
    event_source="aws.cloudwatch",
    detail_types=("CloudWatch Alarm State Change",),
    alert=alert,
    details=(
        {
            "state": {"value": ["ALARM", "OK"]},
            "configuration": {"metrics": {"metricStat": {"metric": {"namespace": ["AWS/Billing"]}}}},
        },
    ),
)
