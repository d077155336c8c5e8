"""What people fill a template with: each in the form that AWS gives it, or refused with an example."""

import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_interface, ip_network
from typing import Final

from bot.core.policies.template import Wanted
from bot.errors import BadRequest

_DISTRIBUTION = re.compile(r"(?:arn:aws[a-z-]*:cloudfront::(\d{12}):distribution/)?(E[A-Z0-9]{6,30})")
_ENDPOINT = re.compile(r"vpce-[0-9a-f]{8,17}")
_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")
_PRINCIPAL = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(role|user)/[\w+=,.@/*-]{1,512}", re.ASCII)
# aws:SourceIp is where a request comes from on the internet: none comes from these (RFC 1918, 4193, 6598).
_PRIVATE: Final = tuple(
    map(ip_network, ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
)
_EXAMPLES: Final = {
    "--distribution": "E1A2B3C4D5E6F7",
    "--vpce": "vpce-0a1b2c3d4e5f60718",
    "--org": "o-a1b2c3d4e5",
    "--cidr": "203.0.113.0/24",
    "--except": "arn:aws:iam::111122223333:role/BreakGlass",
}


def only(name: str, takes: Iterable[str], wanted: Wanted) -> None:
    """Nothing that this template would leave out unsaid: raises BadRequest for what it does not take."""
    given: Mapping[str, object] = {
        "--distribution": wanted.distribution,
        "--vpce": wanted.endpoint,
        "--org": wanted.organization,
        "--cidr": wanted.networks,
        "--except": wanted.spared,
    }
    known = tuple(takes)
    for option, value in given.items():
        if value and option not in known:
            hint = f"It takes {' and '.join(known)}." if known else "It takes nothing but the bucket."
            raise BadRequest(f"{name} has no use for {option}.", hint)


def distribution(wanted: Wanted) -> str:
    """The ARN of a CloudFront distribution; a bare id is taken for one of the bucket's own account."""
    found = _fits(_DISTRIBUTION, wanted.distribution, "--distribution")
    account_id = found[1] or wanted.account_id
    if not account_id:
        hint = f"Say its ARN: --distribution arn:aws:cloudfront::111122223333:distribution/{found[2]}"
        raise BadRequest(f"Which account has the distribution {found[2]}?", hint)
    return f"arn:{wanted.partition}:cloudfront::{account_id}:distribution/{found[2]}"


def endpoint(wanted: Wanted) -> str:
    """A VPC endpoint's id."""
    return _fits(_ENDPOINT, wanted.endpoint, "--vpce")[0]


def organization(wanted: Wanted) -> str:
    """An organization's id."""
    return _fits(_ORGANIZATION, wanted.organization, "--org")[0]


def networks(wanted: Wanted) -> list[str]:
    """Networks of the internet, each once."""
    if not wanted.networks:
        raise BadRequest("From which addresses?", f"Say them: --cidr {_EXAMPLES['--cidr']}; repeat it.")
    return list(dict.fromkeys(str(_network(each.strip())) for each in wanted.networks))


def spared(wanted: Wanted) -> list[str]:
    """ARNs of roles and users."""
    return list(dict.fromkeys(_fits(_PRINCIPAL, each, "--except")[0] for each in wanted.spared))


def _network(said: str) -> IPv4Network | IPv6Network:
    try:
        found = ip_network(said)
    except ValueError as error:
        raise BadRequest(f"{said[:60]!r} is no network.", _meant(said)) from error
    if found.prefixlen == 0:
        raise BadRequest(f"{found} is every address there is.", _example("--cidr"))
    if any(_within(found, one) for one in _PRIVATE):
        hint = "S3 sees them through a VPC endpoint only: use the template vpc-endpoint."
        raise BadRequest(f"{found} are private addresses: S3 never sees a request from them.", hint)
    return found


def _within(network: IPv4Network | IPv6Network, wide: IPv4Network | IPv6Network) -> bool:
    if isinstance(network, IPv4Network):
        return isinstance(wide, IPv4Network) and network.subnet_of(wide)
    return isinstance(wide, IPv6Network) and network.subnet_of(wide)


def _meant(said: str) -> str:
    try:
        return f"Did you mean {ip_interface(said).network}?"
    except ValueError:
        return _example("--cidr")


def _fits(form: re.Pattern[str], said: str, option: str) -> re.Match[str]:
    if found := form.fullmatch(said.strip()):
        return found
    if not said.strip():
        raise BadRequest(f"{option} is missing.", f"Say {option} {_EXAMPLES[option]}.")
    raise BadRequest(f"{said[:80]!r} is nothing for {option}.", _example(option))


def _example(option: str) -> str:
    return f"Say one like {_EXAMPLES[option]}."
