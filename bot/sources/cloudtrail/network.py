"""Whether a call opens a security group to every address, in any of the shapes EC2 writes."""

from collections.abc import Iterator
from typing import Any

from bot.core.severity import Severity
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import Seen

_WEB = {("tcp", "80", "80"), ("tcp", "443", "443")}
_DEEPEST = 12
"""Deeper than any API's parameters; whatever lies below is not looked at."""

Ports = tuple[str, str, str]
"""Protocol, first and last port, as texts."""


def world(call: Call) -> Seen | None:
    """A rule whose range is every address; only web ports are less bad, they are often meant."""
    opened = [(ports, cidr) for ports, cidr in _ranges(call.request_parameters) if cidr.endswith("/0")]
    if not opened:
        return None
    web = all(ports in _WEB for ports, _ in opened)
    words = dict.fromkeys(f"{_port_words(ports)} from anywhere ({cidr})" for ports, cidr in opened)
    return Seen(", ".join(list(words)[:5]), Severity.MEDIUM if web else None)


def _ranges(node: Any, ports: Ports = ("", "", ""), depth: int = 0) -> Iterator[tuple[Ports, str]]:
    """Every address range with the protocol and ports above it, in any of EC2's shapes."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for value in node:
            yield from _ranges(value, ports, depth + 1)
    if not isinstance(node, dict):
        return
    named = {name[:1].lower() + name[1:]: value for name, value in node.items()}
    if "ipProtocol" in named or "fromPort" in named:
        ports = tuple(str(named.get(name, "")) for name in ("ipProtocol", "fromPort", "toPort"))  # type: ignore[assignment]  # three names, three texts
    for name, value in named.items():
        if name in {"cidrIp", "cidrIpv4", "cidrIpv6"} and isinstance(value, str):
            yield ports, value
        else:
            yield from _ranges(value, ports, depth + 1)


def _port_words(ports: Ports) -> str:
    protocol, first, last = ports
    if protocol == "-1":
        return "Every port"
    if not first:
        return "A rule"
    span = first if first == last else f"{first}-{last}"
    return f"{'Port' if first == last else 'Ports'} {span}/{protocol}".rstrip("/")
