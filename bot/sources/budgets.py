"""AWS Budgets: spending, or its forecast, passed the alert that somebody set on a budget.

When this fires, compare it with what was planned: an ACTUAL alert is money spent, a FORECASTED one a
guess that may come again. Then see which service it went to. Budgets lag 8 to 24 hours and come as
plain text by SNS only, in wordings that changed over the years; only the lines `Name: value` are read
(reference: billing §3).
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.alert import TITLE, Alert, Quiet
from bot.core.event import Event
from bot.core.money import money, read_amount
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded
from bot.core.steps import spending
from bot.core.text import Line
from bot.errors import BadEvent

_LINE = re.compile(r"^([A-Z][A-Za-z ]{2,40}):[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_ACCOUNT = re.compile(r"^AWS Account:? (\d{12})\b", re.MULTILINE)
_DATE = re.compile(r"AWS Budget Notification ([A-Z][a-z]{2,8} \d{1,2}, \d{4})")
_PERIOD = re.compile(r"\bfor the current (month|quarter|year)\b|\bper (day)\b")
_AMOUNT = re.compile(r"([<>=]*)\s*(\$?)(-?[\d,]+(?:\.\d+)?)\s*(\S*)")
_CONSOLE = "https://console.aws.amazon.com/billing/home#/budgets"
_MUCH = Decimal(2)
_LAG = timedelta(days=1)
"""A notice is about charges of the day before."""


class Amount(BaseModel):
    """A number with its unit, as a budget writes it: `> $0.16`, `80%`, `1,000 GB`."""

    sign: str
    value: Decimal
    unit: str

    def __str__(self) -> str:
        if self.unit == "$":
            return money(self.value)
        return f"{self.value:,f}{'' if self.unit == '%' else ' '}{self.unit}".strip()


def _amount(text: object) -> object:
    found = _AMOUNT.fullmatch(str(text).strip())
    value = read_amount(found[3]) if found else None
    return (
        {"sign": found[1], "value": value, "unit": found[2] or found[4]}
        if found and value is not None
        else None
    )


Read = Annotated[Amount | None, BeforeValidator(_amount)]


class Notice(BaseModel):
    """The lines that are read; an amount of another form is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str = Field(alias="Budget Name")
    type: str = Field("Cost", alias="Budget Type")
    budgeted: Read = Field(None, alias="Budgeted Amount")
    alert_type: str = Field("", alias="Alert Type")
    threshold: Read = Field(None, alias="Alert Threshold")
    amount: Read = Field(
        None,
        validation_alias=AliasChoices(
            "ACTUAL Amount", "FORECASTED Amount", "Actual Amount", "Forecasted Amount"
        ),
    )

    @property
    def is_forecast(self) -> bool:
        """Whether the money is not spent yet."""
        return self.alert_type.upper().startswith("FORECAST")


def alert(event: Event) -> Alert | Quiet:
    """Every notice of a budget is one; raises BadEvent for what is no text."""
    text = event.detail.get("body")
    if not isinstance(text, str):
        raise BadEvent("A Budgets message without a text.", "It is shown as unknown.")
    notice = Notice.model_validate(dict(reversed(_LINE.findall(text))))
    account = found[1] if (found := _ACCOUNT.search(text)) else None
    period = next(
        (part for found in [_PERIOD.search(text)] if found for part in found.groups() if part), "month"
    )
    at = event.at or _date(text)
    return Alert(
        key=":".join(
            (
                "budgets",
                account or "",
                notice.name,
                notice.alert_type,
                str(notice.threshold or ""),
                _of(period, at),
            )
        ),
        source="budgets",
        kind=f"AWS Budgets: {notice.type} budget, {'forecast' if notice.is_forecast else 'actual'}",
        severity=severity(notice),
        title=folded(title(notice, period), TITLE),
        account_id=account,
        resource=notice.name,
        story=story(notice, period),
        first_seen=at,
        console_url=_CONSOLE,
        next_steps=spending((at - _LAG).date() if at else None),
        # The text names the day and the amounts, and no id.
        occurrence=hashlib.sha256(text.encode(errors="replace")).hexdigest(),
    )


def severity(notice: Notice) -> Severity:
    """AWS gives none: low while it is a forecast or within the budget, medium over it, high at twice."""
    spent, planned = notice.amount, notice.budgeted
    comparable = spent and planned and spent.unit == planned.unit and notice.type.lower() in {"cost", "usage"}
    if notice.is_forecast or not (comparable and spent and planned) or spent.value < planned.value:
        return Severity.LOW
    return Severity.HIGH if spent.value >= _MUCH * planned.value else Severity.MEDIUM


def title(notice: Notice, period: str) -> str:
    """`Budget web: $0.59 spent this month, above the alert at $0.16`."""
    span = "yesterday" if period == "day" else f"this {period}"
    if notice.amount is None:
        return f"Budget {folded(notice.name)} passed its alert"
    verb = "forecast for" if notice.is_forecast else "spent" if notice.amount.unit == "$" else "used"
    when = ("the day" if period == "day" else span) if notice.is_forecast else span
    limit = f", {_relation(notice.threshold)} the alert at {notice.threshold}" if notice.threshold else ""
    return f"Budget {folded(notice.name)}: {notice.amount} {verb} {when}{limit}"


def story(notice: Notice, period: str) -> tuple[Line, ...]:
    """What was planned, and how the amount stands to it."""
    spent, planned = notice.amount, notice.budgeted
    if planned is None:
        return ()
    share = ""
    if spent and spent.unit == planned.unit and planned.value > 0:
        share = f"; {spent} is {spent.value / planned.value:,.0%} of it"
    return ((f"Budgeted: {planned} a {period}{share}",),)


def _relation(threshold: Amount) -> str:
    return "below" if threshold.sign.startswith("<") else "above" if threshold.sign.startswith(">") else "at"


def _of(period: str, at: datetime | None) -> str:
    """The budget's own period, in which the same alert is the same problem."""
    if at is None:
        return ""
    quarter = f"{at:%Y}-Q{(at.month + 2) // 3}"
    return {"day": f"{at:%Y-%m-%d}", "quarter": quarter, "year": f"{at:%Y}"}.get(period, f"{at:%Y-%m}")


def _date(text: str) -> datetime | None:
    found = _DATE.search(text)
    try:
        return datetime.strptime(found[1], "%B %d, %Y").replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


source = Source(
    name="budgets",
    event_source="aws.budgets",
    detail_types=("AWS Budget Notification",),
    alert=alert,
    on_eventbridge=False,
)
