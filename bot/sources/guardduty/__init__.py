"""GuardDuty findings: AWS saw behaviour that looks like an attack.

When this fires, somebody may be inside. First see who the key, role or instance belongs to and what
it did around that time; a finding is a beginning, its count grows while the behaviour goes on.
Repeats arrive under the same id (docs: guardduty_findings_eventbridge); archived findings go on
sending events and end the problem instead. Samples are alerts that say so.

What a finding says and its words are in `core/findings/`, as `/guardduty` tells findings too.
"""

import re

from bot.core.alert import Alert, Quiet
from bot.core.event import Event
from bot.core.findings.finding import Finding
from bot.core.findings.telling import key, telling
from bot.core.source import Source

_CRITICAL = re.compile(r'severity\\*"\s*:\s*(?:9|10)(?!\d)')


def calm(text: str) -> bool:
    """A finding in which nothing has a critical number; the text may be one inside another, its quotes escaped."""
    return "GuardDuty Finding" in text and _CRITICAL.search(text) is None


def alert(event: Event) -> Alert | Quiet:
    """An archived finding ends the problem; every other one is told, samples labelled."""
    # Shortened copies of a finding leave out what the envelope says anyway.
    finding = Finding.model_validate({"region": event.region, "accountId": event.account_id, **event.detail})
    if finding.service.archived:
        return Quiet("archived in GuardDuty", closes=key(finding))
    return telling(finding)


source = Source(
    name="guardduty",
    event_source="aws.guardduty",
    detail_types=("GuardDuty Finding",),
    alert=alert,
    calm=calm,
)
