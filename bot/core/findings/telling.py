"""A finding told in words: one way, for the alert in a channel and for who asks about it."""

from bot.core.alert import Alert
from bot.core.alert import Finding as Kept
from bot.core.findings.bands import band
from bot.core.findings.console import console
from bot.core.findings.finding import Finding
from bot.core.findings.kind import kind_in_words
from bot.core.findings.next_steps import next_steps
from bot.core.findings.title import is_sample, title
from bot.core.findings.words import resource, story


def telling(finding: Finding) -> Alert:
    """The finding as an alert, archived or not; samples are labelled."""
    return Alert(
        key=key(finding),
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


def key(finding: Finding) -> str:
    """The same for all that is told of one finding."""
    return f"guardduty:{finding.account_id}:{finding.region}:{finding.id}"


def _occurrence(finding: Finding) -> str | None:
    """Members' and administrators' copies carry the same time and count (reference: delivery §6)."""
    if finding.updated_at is None:
        return None
    return f"{finding.updated_at.isoformat()}:{finding.service.count or ''}"
