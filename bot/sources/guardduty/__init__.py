"""GuardDuty findings: AWS saw behaviour that looks like an attack.

When this fires, somebody may be inside. First see who the key, role or instance belongs to and what
it did around that time; a finding is a beginning, its count grows while the behaviour goes on.
Repeats arrive under the same id (docs: guardduty_findings_eventbridge); archived findings go on
sending events and are no alert.
"""

from bot.core.alert import Alert, NextStep
from bot.core.event import Event
from bot.core.severity import Severity
from bot.core.source import Source
from bot.core.steps import who_accessed
from bot.sources.guardduty.finding import Finding
from bot.sources.guardduty.words import kind_in_words, resource, story, title


def severity(finding: Finding) -> Severity:
    """The band of the finding's own number, a double (docs: guardduty_findings-severity)."""
    bands = ((9, Severity.CRITICAL), (7, Severity.HIGH), (4, Severity.MEDIUM))
    return next((band for floor, band in bands if finding.severity >= floor), Severity.LOW)


def alert(event: Event) -> Alert | None:
    """An archived finding is none; everything else is, samples labelled."""
    # Shortened copies of a finding leave out what the envelope says anyway.
    finding = Finding.model_validate({"region": event.region, "accountId": event.account_id, **event.detail})
    if finding.service.archived:
        return None
    return Alert(
        key=f"guardduty:{finding.account_id}:{finding.region}:{finding.id}",
        source="guardduty",
        kind=f"{kind_in_words(finding.type)} ({finding.type})",
        severity=severity(finding),
        title=title(finding),
        account_id=finding.account_id,
        region=finding.region,
        resource=resource(finding),
        story=story(finding),
        count=finding.service.count,
        first_seen=finding.service.event_first_seen or finding.created_at,
        last_seen=finding.service.event_last_seen or finding.updated_at,
        reference=f"severity {finding.severity:g} · finding {finding.id}",
        console_url=_console(finding),
        next_steps=_next_steps(finding),
    )


def _console(finding: Finding) -> str:
    """The documented deep link; other partitions have other hosts (reference: guardduty §10)."""
    hosts = {"aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com"}
    host = hosts.get(finding.partition, "console.aws.amazon.com")
    return f"https://{host}/guardduty/home?region={finding.region}#/findings?search=id%3D{finding.id}"


def _next_steps(finding: Finding) -> tuple[NextStep, ...]:
    seen = finding.service.event_first_seen or finding.created_at
    buckets = finding.resource.s3_bucket_details[:2]
    return tuple(step for bucket in buckets for step in who_accessed(bucket.name, seen))


source = Source(
    name="guardduty", event_source="aws.guardduty", detail_types=("GuardDuty Finding",), alert=alert
)
