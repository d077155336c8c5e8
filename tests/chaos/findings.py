"""GuardDuty findings by the thousand: each a whole event as its queue holds it, and the same for the same number."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.embedded.incident import Finding, Incident, eventbridge, findings

BEGAN = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
ACCOUNTS = ("111122223333", "444455556666", "777788889999", "123456789012")
REGIONS = ("eu-west-1", "us-east-1", "ap-northeast-1")
_PURPOSES = ("Recon", "UnauthorizedAccess", "Backdoor", "Trojan", "CryptoCurrency")
_SEEN = (
    *("Portscan", "SSHBruteForce", "DNSDataExfiltration", "DropPoint"),
    *("BlackholeTraffic", "TorClient", "MetadataDNSRebind", "BitcoinTool.B"),
)
KINDS = tuple(f"{purpose}:EC2/{seen}" for purpose in _PURPOSES for seen in _SEEN)
"""Forty types."""


@cache
def _pattern(type_: str) -> Finding:
    told = findings(Incident(1, BEGAN))
    return next(each for each in told if each.type == type_)


def body(
    number: int,
    severity: float = 5,
    *,
    telling: int = 1,
    copy: int = 0,
    archived: bool = False,
    machines: int = 200,
) -> str:
    """One telling of the finding of this number.

    Its nth `telling` comes n minutes later, counted; a `copy` says the same in another region's envelope.
    """
    critical = severity >= 9
    pattern = _pattern(
        "AttackSequence:IAM/CompromisedCredentials" if critical else "Recon:EC2/PortProbeUnprotectedPort"
    )
    seen = BEGAN + timedelta(seconds=number, minutes=telling)
    detail: dict[str, Any] = deepcopy(pattern.detail)
    detail |= {
        "id": f"{number:032x}",
        "accountId": ACCOUNTS[number % len(ACCOUNTS)],
        "region": REGIONS[number % len(REGIONS)],
        "severity": severity,
        "updatedAt": f"{seen:%Y-%m-%dT%H:%M:%S}.000Z",
    }
    detail["service"] |= {"count": telling, "archived": archived}
    if not critical:
        detail["type"] = KINDS[number % len(KINDS)]
        detail["resource"]["instanceDetails"]["instanceId"] = f"i-{number % machines:017x}"
    event = eventbridge(Finding(seen, detail))
    event["id"] = f"{number:08x}-0000-4000-8000-{telling:06x}{copy:06x}"
    event["region"] = REGIONS[(number + copy) % len(REGIONS)]
    return json.dumps(event)


def key(number: int) -> str:
    """The key of the alert that the finding of this number becomes."""
    account, region = ACCOUNTS[number % len(ACCOUNTS)], REGIONS[number % len(REGIONS)]
    return f"guardduty:{account}:{region}:{number:032x}"


def bodies(numbers: range, critical: frozenset[int] = frozenset()) -> Iterator[str]:
    """The first telling of each; those in `critical` are critical, the others low to high."""
    return (body(number, 9 if number in critical else 2 + number % 7) for number in numbers)
