"""A resource breaks one of your Config rules, or keeps it again. Shape: reference config §3."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.core import steps
from bot.core.alert import TITLE, Alert, NextStep, Quiet
from bot.core.event import Event
from bot.core.moment import Moment
from bot.core.severity import Severity
from bot.core.spoken import folded, resource_kind, sentence, short
from bot.core.text import Code, Line, When
from bot.sources.config_rules.links import console

_OPEN = (
    "public-read",
    "public-write",
    "public-access",
    "publicly",
    "public-prohibited",
    "public-restorable",
    "not-public",
    "restricted-ssh",
    "restricted-common-ports",
    "restricted-rdp",
    "open-only-to-authorized",
    "unrestricted",
    "exposed",
    "root-account",
    "root-access-key",
    "cloudtrail-enabled",
    "cloud-trail-enabled",
    "guardduty-enabled",
)
"""Parts of rule names (AWS's managed ones, and what people call their own) that mean: open, or blind."""


class Part(BaseModel):
    """Base of every part: camelCase outside."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Result(Part):
    """One evaluation."""

    compliance_type: Literal["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE", "INSUFFICIENT_DATA"]
    result_recorded_time: Moment = None
    annotation: str | None = None


class Compliance(Part):
    """The notice; `old_evaluation_result` is absent the first time a rule sees a resource."""

    config_rule_name: str
    config_rule_arn: str = Field("", alias="configRuleARN")
    resource_type: str
    resource_id: str
    aws_account_id: str | None = None
    aws_region: str | None = None
    new_evaluation_result: Result
    old_evaluation_result: Result | None = None

    @property
    def rule(self) -> str:
        """The rule's name without what a conformance pack hangs on it."""
        return self.config_rule_name.partition("-conformance-pack-")[0] or self.config_rule_name

    @property
    def thing(self) -> str:
        """`log group app-errors`, `account 111122223333`."""
        return f"{resource_kind(self.resource_type)} {folded(short(self.resource_id), 120)}"

    @property
    def was(self) -> str:
        """What it was before, or nothing."""
        return self.old_evaluation_result.compliance_type if self.old_evaluation_result else ""


def alert(event: Event) -> Alert | Quiet:
    """Fires when a rule is broken, or still is for another reason; says so when it is kept again."""
    told = Compliance.model_validate(
        {"awsAccountId": event.account_id, "awsRegion": event.region, **event.detail}
    )
    # Security Hub's own rules: hundreds, and Security Hub reports them itself.
    if "/aws-service-rule/securityhub" in told.config_rule_arn:
        return Quiet("a rule of Security Hub's own, which reports it itself")
    if told.new_evaluation_result.compliance_type == "NON_COMPLIANT":
        return Quiet("still broken, as it was told before") if _is_same(told) else _broken(told, event)
    if told.new_evaluation_result.compliance_type == "INSUFFICIENT_DATA":
        return Quiet("Config has no data to judge by")
    if told.was == "NON_COMPLIANT":
        return _resolved(told, event)
    return Quiet("the rule was kept all along", closes=_key(told))


def severity(rule: str) -> Severity:
    """High where the rule's name says that something is open to anybody or unseen, low for tags, else medium."""
    name = rule.lower().replace("_", "-")
    if any(part in name for part in _OPEN):
        return Severity.HIGH
    return Severity.LOW if "tag" in name.replace("tags", "tag").split("-") else Severity.MEDIUM


def _is_same(told: Compliance) -> bool:
    old = told.old_evaluation_result
    return (
        old is not None
        and told.was == "NON_COMPLIANT"
        and old.annotation == told.new_evaluation_result.annotation
    )


def _broken(told: Compliance, event: Event) -> Alert:
    new = told.new_evaluation_result
    annotation: Line = (folded(new.annotation),) if new.annotation and new.annotation.strip() else ()
    return _alert(
        told,
        event,
        severity=severity(told.rule),
        title=sentence(f"{told.thing} breaks the rule {told.rule}"),
        story=(annotation, _since(told, event)),
    )


def _since(told: Compliance, event: Event) -> Line:
    """Since when, and what was known before: a first check says nothing about how long it was so."""
    since = told.new_evaluation_result.result_recorded_time or event.at
    if since is None:
        return ()
    checked = told.old_evaluation_result.result_recorded_time if told.old_evaluation_result else None
    if checked and told.was == "COMPLIANT":
        return ("Broken since ", When(since), "; it was in order when checked on ", When(checked))
    return ("Broken since ", When(since), *(() if told.was else (", the first time it was checked",)))


def _resolved(told: Compliance, event: Event) -> Alert:
    gone = told.new_evaluation_result.compliance_type == "NOT_APPLICABLE"
    ends = "no longer falls under the rule" if gone else "keeps the rule"
    old = told.old_evaluation_result
    began = old.result_recorded_time if old else None
    return _alert(
        told,
        event,
        severity=Severity.INFO,
        title=f"Resolved: {told.thing} {ends} {told.rule}{'' if gone else ' again'}",
        story=(
            ("Usually the resource is gone.",) if gone else (),
            ("It was broken since ", When(began)) if began else (),
        ),
    )


def _alert(
    told: Compliance, event: Event, *, severity: Severity, title: str, story: tuple[Line, ...]
) -> Alert:
    at = told.new_evaluation_result.result_recorded_time or event.at
    rule: Line = ("Rule ", Code(told.config_rule_name)) if told.rule != told.config_rule_name else ()
    return Alert(
        key=_key(told),
        source="config_rules",
        kind=f"Config rule {told.rule}",
        severity=severity,
        title=folded(title, TITLE),
        account_id=told.aws_account_id,
        region=told.aws_region,
        resource=None if told.resource_type == "AWS::::Account" else folded(short(told.resource_id), 120),
        story=tuple(line for line in (*story, rule) if line),
        first_seen=at,
        reference=f"{told.resource_type} {told.resource_id}",
        console_url=console(told.aws_region, "/rules/details", configRuleName=told.config_rule_name),
        next_steps=_next_steps(told, at),
        resolved=told.new_evaluation_result.compliance_type != "NON_COMPLIANT",
        occurrence=_occurrence(told),
    )


def _next_steps(told: Compliance, at: datetime | None) -> tuple[NextStep, ...]:
    place = (told.aws_account_id or "", told.aws_region or "")
    changed = steps.changed(told.resource_type, told.resource_id, at, *place)
    bucket = told.resource_id if told.resource_type == "AWS::S3::Bucket" else None
    return (*_public(told, bucket), *changed, *steps.who_accessed(bucket, at))


def _public(told: Compliance, bucket: str | None) -> tuple[NextStep, ...]:
    """Of a rule against public buckets: whether this one is, or which of the account's are."""
    if "public" not in told.rule.lower():
        return ()
    if bucket:
        return steps.explained(bucket, told.aws_account_id)
    return steps.public(told.aws_account_id) if "s3" in told.rule.lower() else ()


def _key(told: Compliance) -> str:
    """One rule, one resource."""
    place = (
        told.aws_account_id,
        told.aws_region,
        told.config_rule_name,
        told.resource_type,
        told.resource_id,
    )
    return ":".join(("config_rules", *(part or "" for part in place)))


def _occurrence(told: Compliance) -> str | None:
    """When the verdict was recorded (reference: delivery §6)."""
    new = told.new_evaluation_result
    return (
        f"{new.result_recorded_time.isoformat()}:{new.compliance_type}" if new.result_recorded_time else None
    )
