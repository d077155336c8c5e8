"""GuardDuty findings: AWS saw behaviour that looks like an attack.

When this fires, somebody may be inside. First see who the key, role or instance belongs to and what
it did around that time; a finding is a beginning, its count grows while the behaviour goes on.
Repeats arrive under the same id (docs: guardduty_findings_eventbridge); archived findings go on
sending events and end the problem instead. Samples are alerts that say so.
"""

import re

from bot.core.alert import Alert, Quiet
from bot.core.alert import Finding as Kept
from bot.core.event import Event
from bot.core.findings.bands import band
from bot.core.findings.console import console
from bot.core.findings.finding import Finding
from bot.core.findings.kind import kind_in_words
from bot.core.findings.next_steps import next_steps
from bot.core.findings.title import is_sample, title
from bot.core.findings.words import resource, story
from bot.core.source import Source

_CRITICAL = re.compile(r'severity\\*"\s*:\s*(?:9|10)(?!\d)')


def calm(text: str) -> bool:
    """A finding in which nothing has a critical number; the text may be one inside another, its quotes escaped."""
    return "GuardDuty Finding" in text and _CRITICAL.search(text) is None


def alert(event: Event) -> Alert | Quiet:
    """An archived finding ends the problem; every other one is told, samples labelled."""
    # Shortened copies of a finding leave out what the envelope says anyway.
    finding = Finding.model_validate({"region": event.region, "accountId": event.account_id, **event.detail})
    key = f"guardduty:{finding.account_id}:{finding.region}:{finding.id}"
    if finding.service.archived:
        return Quiet("archived in GuardDuty", closes=key)
    return Alert(
        key=key,
        source="guardduty",
        kind=f"{kind_in_words(finding.type)} ({finding.type})",
        severity=band(finding.severity),
        title=title(finding),
        account_id=finding.account_id,
        region=finding.region,
        resource=resource(finding),
        story=story(finding),
        count=finding.service.count,
        first_seen=finding.service.event_first_seen or finding.created_at,
        last_seen=finding.service.event_last_seen or finding.updated_at,
        reference=f"severity {finding.severity:g} · finding {finding.id}",
        console_url=console(finding),
        next_steps=next_steps(finding),
        occurrence=_occurrence(finding),
        tags=finding.resource.tags,
        finding=Kept(finding.account_id, finding.region, finding.id),
        sample=is_sample(finding),
    )


def _occurrence(finding: Finding) -> str | None:
    """Members' and administrators' copies carry the same time and count (reference: delivery §6)."""
    if finding.updated_at is None:
        return None
    return f"{finding.updated_at.isoformat()}:{finding.service.count or ''}"


source = Source(
    name="guardduty",
    event_source="aws.guardduty",
    detail_types=("GuardDuty Finding",),
    alert=alert,
    calm=calm,
)
