"""Trusted Advisor: a check's verdict on one resource changed.

When this fires, AWS's own review found something open, unprotected, near a limit, or paid for and unused.
Exposed keys and open security groups first: treat them as an incident. Limits next: what runs out stops.
Savings can wait for the morning. Sent from us-east-1 whatever the region, for paid support plans only,
and with the check's display name, not its id (reference: advisor §4).
"""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.core import regions
from bot.core.advice.checks import OTHERS, SECURITY, plain
from bot.core.alert import TITLE, Alert, NextStep, Quiet
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.spoken import folded, short
from bot.core.steps import explained, who_accessed
from bot.core.text import Code, Line

_IDENTITY = re.compile(
    r"(?:\b(?:name|id|arn|service|region|user|domain|bucket|protocol|ports?)\b|region/az)", re.IGNORECASE
)
_DOOR = re.compile(r"\b(?:protocol|ports?)\b", re.IGNORECASE)
"""One security group has an item for each port it opens."""
_LEFT_OUT = re.compile(r"status|region|region/az|day \d+", re.IGNORECASE)
_LINES = 7


class Finding(BaseModel):
    """One item of a check; `resource_id` is an ARN, or empty for limits and the account's own settings."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, str_strip_whitespace=True)

    check_name: str = Field(alias="check-name", min_length=1)
    details: Annotated[dict[str, Any], BeforeValidator(lambda value: value or {})] = Field(
        default_factory=dict, alias="check-item-detail"
    )
    status: Literal["OK", "INFO", "WARN", "ERROR"]
    resource_id: str | None = None
    uuid: str | None = None

    def columns(self) -> dict[str, str]:
        """What the check found, by column; empty columns left out."""
        filled = {
            folded(name, 60): folded(value, 160) for name, value in self.details.items() if value is not None
        }
        return {name: value for name, value in filled.items() if name and value}


def alert(event: Event) -> Alert | Quiet:
    """Warnings and errors fire, OK says that it is resolved; INFO is a remark that needs nobody."""
    finding = Finding.model_validate(event.detail)
    key = f"advisor:{event.account_id or ''}:{plain(finding.check_name)}:{_identity(finding)}"
    if finding.status == "INFO":
        return Quiet("a remark of Trusted Advisor that asks for nothing", closes=key)
    region = _region(finding)
    return Alert(
        key=key,
        source="advisor",
        kind=f"Trusted Advisor: {folded(finding.check_name, 120)}",
        severity=severity(finding),
        title=folded(_title(finding), TITLE),
        account_id=event.account_id,
        region=region,
        resource=_resource(finding),
        story=_story(finding),
        first_seen=event.at,
        reference=finding.resource_id or None,
        console_url=f"https://{regions.console(event.region)}/trustedadvisor/home#/dashboard"
        if event.region and regions.is_code(event.region)
        else None,
        next_steps=_next_steps(finding, event.account_id),
        resolved=finding.status == "OK",
        occurrence=finding.uuid or None,
    )


def _next_steps(finding: Finding, account_id: str | None) -> tuple[NextStep, ...]:
    """Of a bucket: whether it is public, where the check is about that, and who was at it."""
    bucket = finding.resource_id or finding.columns().get("Bucket Name")
    about_access = plain(finding.check_name) == "amazon s3 bucket permissions"
    return (*(explained(bucket, account_id) if about_access else ()), *who_accessed(bucket, None))


def severity(finding: Finding) -> Severity:
    """Security by colour, a public key always critical; savings are never urgent; OK is information."""
    check = plain(finding.check_name)
    if finding.status == "OK":
        return Severity.INFO
    if check == "exposed access keys":
        return Severity.CRITICAL
    if check in SECURITY:
        return Severity.HIGH if finding.status == "ERROR" else Severity.MEDIUM
    if any("savings" in name.lower() or "monthly" in name.lower() for name in finding.columns()):
        return Severity.INFO
    return Severity.MEDIUM if finding.status == "ERROR" else Severity.LOW


def _title(finding: Finding) -> str:
    check, thing = folded(finding.check_name, 120), _resource(finding)
    of = f": {thing}" if thing else ""
    if finding.status == "OK":
        return f"Resolved: Trusted Advisor's check {check} is in order{of}"
    if danger := SECURITY.get(plain(check)):
        return f"{danger}{of}"
    if limit := _limit(finding):
        return limit
    if fault := OTHERS.get(plain(check)):
        return f"{fault}{of}{_saved(finding)}"
    verb = "finds a fault" if finding.status == "ERROR" else "warns"
    return f"Trusted Advisor {verb}: {check}{f', {thing}' if thing else ''}"


def _saved(finding: Finding) -> str:
    """What it costs, or what could be saved, a month."""
    monthly = [
        value
        for name, value in finding.columns().items()
        if "monthly" in name.lower() and value.startswith("$")
    ]
    return f", {monthly[0]} a month" if monthly else ""


def _limit(finding: Finding) -> str | None:
    """A quota's use in the first line, as it is the answer."""
    columns = finding.columns()
    used, most = columns.get("Current Usage"), columns.get("Limit Amount")
    if not used or not most:
        return None
    near = "At" if finding.status == "ERROR" else "Near"
    return f"{near} a limit: {_resource(finding) or folded(finding.check_name, 120)}, {used} of {most}"


def _resource(finding: Finding) -> str | None:
    """Its own name first, then the id, then what the ARN ends in; a limit's service and name."""
    columns = finding.columns()
    named = [value for name, value in columns.items() if re.search(r"(?<!limit) name$", name, re.IGNORECASE)]
    ids = [value for name, value in columns.items() if re.search(r" id$", name, re.IGNORECASE)]
    limit = f"{columns.get('Service', '')} {columns['Limit Name']}".strip() if "Limit Name" in columns else ""
    last = re.split(r"[/:]", short(finding.resource_id))[-1] if finding.resource_id else ""
    return next((value for value in (*named[:1], *ids[:1], limit, folded(last, 120)) if value), None)


def _story(finding: Finding) -> tuple[Line, ...]:
    thing = _resource(finding)
    told = [
        (name, value)
        for name, value in finding.columns().items()
        if value != thing and not _LEFT_OUT.fullmatch(name)
    ]
    lines: list[Line] = [(f"{name}: ", Code(value)) for name, value in told[:_LINES]]
    more = len(told) - _LINES
    return (*lines, *(((f"and {more} more columns in the console",),) if more > 0 else ()))


def _region(finding: Finding) -> str | None:
    """The finding's own; the event's is always us-east-1. `ca-central-1a` is a zone of ca-central-1."""
    columns = finding.columns()
    said = columns.get("Region") or columns.get("Region/AZ") or ""
    arn = (finding.resource_id or "").split(":")
    asked = (said, said[:-1], arn[3] if len(arn) > 3 else "")  # noqa: PLR2004 (an ARN's fourth part)
    return next((name for name in asked if regions.is_code(name)), None)


def _identity(finding: Finding) -> str:
    """What stays while the verdict changes: the ARN, else the columns that name, never those that measure."""
    names = _DOOR if finding.resource_id else _IDENTITY
    columns = finding.columns()
    named = (columns[name] for name in sorted(columns) if names.search(name))
    return "/".join((finding.resource_id or "", *named))


source = Source(
    name="advisor",
    event_source="aws.trustedadvisor",
    detail_types=("Trusted Advisor Check Item Refresh Notification",),
    alert=alert,
    details=({"status": ["OK", "WARN", "ERROR"]},),
)
