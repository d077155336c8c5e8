"""Security groups that let in everybody, by IPv4 alone: Trusted Advisor looks at nothing else.

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from collections.abc import Callable, Iterator
from typing import Any

from bot.embedded.aws.advisor.seen import COLOURS, Looked, Resource, Seen, Status
from bot.embedded.aws.ec2.regions import ALWAYS_ON

_ANYBODY = "0.0.0.0/0"
_HARMLESS, _MEANT = {25, 80, 443, 465}, {25, 80, 443}
_RISKY = {20, 21, 22, 1433, 1434, 3306, 3389, 4333, 5432, 5500}
_ALL = (0, 65535)
Json = dict[str, Any]
_Open = tuple[str, Json, Json, tuple[int, int], bool]
"""Region, group, rule, ports, and whether anything is in the group."""


def specific_ports(account_id: str, seen: Seen) -> Looked:
    """HCP4007jGY: red where something is behind a risky port."""

    def colour(ports: tuple[int, int], *, attached: bool) -> Status:
        if _within(ports, _HARMLESS):
            return "ok"
        risky = any(ports[0] <= port <= ports[1] for port in _RISKY)
        return "error" if risky and attached else "warning"

    def told(one: _Open, status: Status) -> tuple[str, ...]:
        region, group, rule, ports, _ = one
        said = (region, group["GroupName"], group["GroupId"], rule["IpProtocol"])
        return (*said, COLOURS[status], _said(ports))

    return _looked(account_id, seen, colour, told)


def unrestricted(account_id: str, seen: Seen) -> Looked:
    """1iG5NDGVre: yellow where something is in the group and red where nothing is, as AWS's page has it."""

    def colour(ports: tuple[int, int], *, attached: bool) -> Status:
        if _within(ports, _MEANT):
            return "ok"
        return "warning" if attached else "error"

    def told(one: _Open, status: Status) -> tuple[str, ...]:
        region, group, rule, ports, _ = one
        said = (region, group["GroupName"], group["GroupId"], rule["IpProtocol"])
        return (*said, _said(ports), COLOURS[status], _ANYBODY)

    return _looked(account_id, seen, colour, told)


def _looked(
    account_id: str,
    seen: Seen,
    colour: Callable[..., Status],
    told: Callable[[_Open, Status], tuple[str, ...]],
) -> Looked:
    resources = []
    for one in _open(account_id, seen):
        region, group, _, ports, attached = one
        status = colour(ports, attached=attached)
        if status != "ok":
            resources.append(Resource(status, group["GroupId"], told(one, status), region))
    count = sum(len(seen.network.groups((account_id, region))) for region in ALWAYS_ON)
    return Looked(tuple(resources), count)


def _open(account_id: str, seen: Seen) -> Iterator[_Open]:
    for region in ALWAYS_ON:
        interfaces = seen.network.interfaces((account_id, region))
        attached = {each["GroupId"] for interface in interfaces for each in interface["Groups"]}
        for group in seen.network.groups((account_id, region)):
            for rule in group["IpPermissions"]:
                if ports := _ports(rule):
                    yield region, group, rule, ports, group["GroupId"] in attached


def _ports(rule: Json) -> tuple[int, int] | None:
    """What a rule opens to everybody; None for nothing, and for protocols without ports."""
    if _ANYBODY not in {each.get("CidrIp") for each in rule["IpRanges"]}:
        return None
    if rule["IpProtocol"] == "-1":
        return _ALL
    return (rule["FromPort"], rule["ToPort"]) if rule["IpProtocol"] in {"tcp", "udp"} else None


def _within(ports: tuple[int, int], allowed: set[int]) -> bool:
    return all(port in allowed for port in range(ports[0], ports[1] + 1))


def _said(ports: tuple[int, int]) -> str:
    first, last = ports
    return str(first) if first == last else f"{first}-{last}"
