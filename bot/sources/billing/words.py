"""An alarm in words: the month's bill first of all, any other metric too."""

from decimal import Decimal

from bot.core.money import money
from bot.core.spoken import folded, lowered
from bot.core.text import Line
from bot.core.words import spaced
from bot.sources.billing.alarm import Alarm

_WHAT = "Charges of the month so far, no forecast; they count up until the 1st"


def title(alarm: Alarm) -> str:
    """What happened, in one line."""
    if alarm.of_charges:
        return _charges(alarm)
    if alarm.state == "OK":
        return f"Over: alarm {alarm.name}"
    measured = _measured(alarm)
    return f"Alarm {alarm.name}: {measured}" if measured else f"Alarm {alarm.name} fires"


def story(alarm: Alarm) -> tuple[Line, ...]:
    """What it is about, why it was made, and AWS's own reason where it says more than the title."""
    told = _measured(alarm) if alarm.state == "ALARM" else ""
    reason = "" if told and not alarm.reason.startswith("arn:") else _reason(alarm)
    lines = (
        _WHAT if alarm.of_charges and alarm.state == "ALARM" else "",
        _parts(alarm),
        folded(alarm.description),
        reason,
        "CloudWatch itself keeps this alarm quiet: its actions are suppressed or muted"
        if alarm.quiet
        else "",
    )
    return tuple((line,) for line in lines if line)


def kind(alarm: Alarm) -> str:
    """`CloudWatch alarm: Estimated charges (AWS/Billing)`."""
    of = f": {spaced(alarm.metric)}" if alarm.metric else ""
    return f"CloudWatch alarm{of}{f' ({alarm.namespace})' if alarm.namespace else ''}"


def resource(alarm: Alarm) -> str | None:
    """What the alarm watches: an instance, a service's bill."""
    return ", ".join(held for name, held in alarm.dimensions.items() if name != "Currency") or None


def _charges(alarm: Alarm) -> str:
    of = "".join(
        f" {word} {alarm.dimensions[name]}"
        for name, word in (("ServiceName", "of"), ("LinkedAccount", "in account"))
        if name in alarm.dimensions
    )
    limit = "the alarm's limit" if alarm.threshold is None else money(alarm.threshold, alarm.currency)
    if alarm.state == "OK":
        return f"This month's charges{of} are under {limit} again"
    far = f": {money(alarm.value, alarm.currency)} so far" if alarm.value is not None else ""
    return f"This month's charges{of} passed {limit}{far}"


def _measured(alarm: Alarm) -> str:
    if alarm.value is None or alarm.threshold is None or not alarm.metric:
        return ""
    unit = f" {alarm.unit.lower()}" if alarm.unit and alarm.unit not in {"None", "Count"} else ""
    metric = lowered(alarm.metric)
    return f"{metric} is {_number(alarm.value)}{unit}, {alarm.relation} {_number(alarm.threshold)}{unit}"


def _number(value: Decimal) -> str:
    """At most two decimals, small ones by their first digits."""
    if value and abs(value) < Decimal("0.01"):
        return f"{float(value):.2g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _parts(alarm: Alarm) -> str:
    return ", ".join(
        f"{spaced(name)}: {held}" for name, held in alarm.dimensions.items() if not alarm.of_charges
    )


def _reason(alarm: Alarm) -> str:
    """AWS's prose without the prefix of an ARN that names another alarm."""
    reason = alarm.reason.rpartition(":alarm:")[2] if alarm.reason.startswith("arn:") else alarm.reason
    return folded(reason)
