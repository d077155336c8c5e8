"""Which problem a call belongs to: the lasting state that it brings about, or what somebody does in a day."""

import re

from bot.core.event import Event
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import Rule, Seen

# One job has a session for every run; a person of IAM Identity Center is the session.
_SESSION = re.compile(r"(:assumed-role/(?!AWSReservedSSO_)[^/]+)/.*", re.DOTALL)


def key(event: Event, call: Call, rule: Rule | None, seen: Seen) -> str:
    """The same for the same problem.

    A state: `trail-off:ACCOUNT:REGION:main`, and `opened:ACCOUNT:REGION:sg-…`, which Config's source
    says too. Else what was done to whom on that day, what somebody tries in vain, or root's day.
    """
    at = call.event_time or event.at
    day = f"{at:%Y-%m-%d}" if at else ""
    account = call.account or ""
    if rule is None:
        return f"cloudtrail:root:{account}:{day}"
    if call.failed:
        return f"cloudtrail:tried:{account}:{call.event_name}:{_who(call)}:{day}"
    if rule.brings and seen.sure and (rule.of(call) or not rule.resource):
        return state(call, rule.brings, rule.of(call), regional=rule.regional)
    return f"cloudtrail:{account}:{call.event_name}:{rule.of(call) or _who(call)}:{day}"


def state(call: Call, name: str, resource: str | None, *, regional: bool = True) -> str:
    """A lasting state's key, the same for what begins it and what ends it."""
    return f"{name}:{call.account or ''}:{(regional and call.aws_region) or ''}:{resource or ''}"


def occurrence(call: Call) -> str | None:
    """The call's own id, the shared one where two accounts have a copy (reference: delivery §6)."""
    return call.shared_event_id or call.event_id or None


def _who(call: Call) -> str:
    return _SESSION.sub(r"\1", call.user_identity.principal() or "")
