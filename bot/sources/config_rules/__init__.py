"""AWS Config: a resource breaks a rule, or something that decides who gets in was changed.

When a rule fires, a resource is not as your own rule says it must be; Config knows since when, not who.
First look at the resource in the console, then who changed it (CloudTrail, minutes before the time shown).
When a change fires and nobody of yours made it, treat it as an intrusion; most are deployments.

Only changes of the types in `kinds.py` are alerts; that a rule was kept, that nothing could be
evaluated, that Config delivered its files, is none. Events: reference config §3, by EventBridge or SNS.
"""

from bot.core.alert import Alert, Quiet
from bot.core.event import Event
from bot.core.source import Source
from bot.errors import BadEvent
from bot.sources.config_rules import change, compliance
from bot.sources.config_rules.kinds import KINDS

_COMPLIANCE = "Config Rules Compliance Change"
_CHANGE = "Config Configuration Item Change"
_ROUTINE = (
    "Config Rules Re-evaluation Status",
    "Config Configuration Snapshot Delivery Status",
    "Config Configuration History Delivery Status",
)
"""Every SNS topic of Config carries these; the EventBridge pattern leaves them out."""


def alert(event: Event) -> Alert | Quiet:
    """A rule broken or kept again, a change of a chosen type; Config's own bookkeeping is quiet.

    Raises BadEvent when Config says that it failed to deliver: that is shown as it is.
    """
    if str(event.detail.get("messageType", "")).endswith("Failed"):
        raise BadEvent("Config could not deliver.", "Look at its delivery channel.")
    if event.detail_type == _COMPLIANCE:
        return compliance.alert(event)
    if event.detail_type == _CHANGE:
        return change.alert(event)
    return Quiet("Config's own bookkeeping")


source = Source(
    name="config_rules",
    event_source="aws.config",
    detail_types=(_COMPLIANCE, _CHANGE, *_ROUTINE),
    alert=alert,
    details=(
        {
            "$or": [
                {"messageType": ["ComplianceChangeNotification"]},
                {"configurationItem": {"resourceType": list(KINDS)}},
                {"configurationItemSummary": {"resourceType": list(KINDS)}},
            ]
        },
    ),
)
