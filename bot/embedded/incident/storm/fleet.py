"""The machines that a storm goes over, as findings describe them, and what was seen of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

from bot.embedded.incident.company import REGIONS, Company, Place
from bot.embedded.incident.finding_parts import SAO_PAULO, Spot, instant, remote_ip
from bot.embedded.incident.storm.kinds import Kind

Json = dict[str, Any]

_JOBS = ("shop", "api", "worker", "batch", "cache", "search", "build")
_EACH = 8
_FAR = (SAO_PAULO, Spot("Vietnam", "Hanoi", 21.03, 105.85), Spot("Romania", "Bucharest", 44.43, 26.1))
_NAMES = {22: "SSH", 3389: "RDP", 8088: "Unknown", 5985: "Unknown", 53: "DNS", 443: "HTTPS", 80: "HTTP"}


class Machine(NamedTuple):
    """A machine, its place and its `resource` block."""

    place: Place
    resource: Json


@cache
def fleet(company: Company) -> tuple[Machine, ...]:
    """336 machines: of every job, in both accounts and in all regions."""
    return tuple(_machines(company))


def _machines(company: Company) -> Iterator[Machine]:
    for account in company.accounts:
        for region in REGIONS:
            for job in _JOBS:
                for number in range(1, _EACH + 1):
                    name = f"{job}-{account.name}-{number}"
                    ident = f"i-{company.hexadecimal(f'fleet/{account.id}/{region}/{name}', 17)}"
                    details = {
                        "instanceId": ident,
                        "instanceType": "m7i.large",
                        "instanceState": "running",
                        "availabilityZone": f"{region}{'abc'[number % 3]}",
                        "tags": [{"key": "Name", "value": name}],
                        "networkInterfaces": [],
                    }
                    yield Machine(
                        Place(account.id, region), {"resourceType": "Instance", "instanceDetails": details}
                    )


def service(kind: Kind, chance: Random, at: datetime) -> Json:
    """What was seen of a machine, within the last few minutes."""
    first = at - timedelta(seconds=chance.randrange(60, 600))
    return {
        "serviceName": "guardduty",
        "resourceRole": "TARGET" if kind.seen in ("probe", "in") else "ACTOR",
        "eventFirstSeen": instant(first),
        "eventLastSeen": instant(at),
        "archived": False,
        "count": chance.randrange(1, 40),
        "action": _action(kind, chance),
    }


def _action(kind: Kind, chance: Random) -> Json:
    far = remote_ip(f"198.51.100.{chance.randrange(1, 255)}", chance.choice(_FAR))
    port = {"port": kind.port, "portName": _NAMES.get(kind.port, "Unknown")}
    if kind.seen == "dns":
        asked = {"domain": kind.domain, "protocol": "UDP", "blocked": False}
        return {"actionType": "DNS_REQUEST", "dnsRequestAction": asked}
    if kind.seen == "probe":
        probe = {"localPortDetails": port, "remoteIpDetails": far}
        seen = {"blocked": False, "portProbeDetails": [probe]}
        return {"actionType": "PORT_PROBE", "portProbeAction": seen}
    inward = kind.seen == "in"
    return {
        "actionType": "NETWORK_CONNECTION",
        "networkConnectionAction": {
            "connectionDirection": "INBOUND" if inward else "OUTBOUND",
            "protocol": "TCP",
            "blocked": False,
            "localPortDetails": port if inward else {"port": chance.randrange(32_768, 61_000)},
            "remotePortDetails": {"port": chance.randrange(32_768, 61_000)} if inward else port,
            "remoteIpDetails": far,
        },
    }
