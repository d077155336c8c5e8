"""Whether a bucket holds logs: CloudTrail's record does not say, so its name must."""

import re
from typing import Any

from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import Seen

_LOGS = re.compile(r"cloudtrail|audit|aws-?config|flow-?logs?|(?:^|[-.])(?:logs?|trails?)(?:[-.]|$)")
_SOON = 30
"""Days; who has to keep logs keeps them longer."""


def of_logs(call: Call) -> Seen | None:
    """A bucket whose name says that it holds logs."""
    name = str(call.request_parameters.get("bucketName") or "").lower()
    return Seen() if _LOGS.search(name) else None


def short_lived(call: Call) -> Seen | None:
    """Objects of such a bucket are deleted within days."""
    days = _days(call.request_parameters.get("LifecycleConfiguration"))
    if of_logs(call) is None or days is None or days > _SOON:
        return None
    return Seen(
        f"Objects are deleted after {days} {'day' if days == 1 else 'days'}; by its name it holds logs"
    )


def _days(configuration: Any) -> int | None:
    """The shortest life that an enabled rule gives; a rule stands alone or in a list."""
    held = configuration.get("Rule") if isinstance(configuration, dict) else None
    rules = held if isinstance(held, list) else [held]
    found = [_of(rule) for rule in rules if isinstance(rule, dict) and rule.get("Status") == "Enabled"]
    return min((days for days in found if days is not None), default=None)


def _of(rule: dict[str, Any]) -> int | None:
    expires = rule.get("Expiration")
    days = str(expires.get("Days")) if isinstance(expires, dict) else ""
    return int(days) if days.isascii() and days.isdigit() and len(days) < 6 else None  # noqa: PLR2004 (S3's own limit is 2**31)
