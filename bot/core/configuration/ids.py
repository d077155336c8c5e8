"""What an id says of itself: the type of resource that it is of, by its prefix.

docs: Amazon EC2 user guide, Resource IDs; IAM user guide, Unique identifiers; Amazon RDS API reference, DBInstance.
"""

import re

from bot.core.configuration.meant import Candidate

_EC2 = {
    "acl": "NetworkAcl",
    "cagw": "CarrierGateway",
    "cgw": "CustomerGateway",
    "cr": "CapacityReservation",
    "cvpn-endpoint": "ClientVpnEndpoint",
    "dopt": "DHCPOptions",
    "eice": "InstanceConnectEndpoint",
    "eigw": "EgressOnlyInternetGateway",
    "eipalloc": "EIP",
    "eipassoc": "EIPAssociation",
    "eni": "NetworkInterface",
    "fl": "FlowLog",
    "fleet": "EC2Fleet",
    "h": "Host",
    "i": "Instance",
    "igw": "InternetGateway",
    "ipam": "IPAM",
    "ipam-pool": "IPAMPool",
    "ipam-scope": "IPAMScope",
    "lt": "LaunchTemplate",
    "nat": "NatGateway",
    "nia": "NetworkInsightsAnalysis",
    "nip": "NetworkInsightsPath",
    "pcx": "VPCPeeringConnection",
    "pl": "PrefixList",
    "rtb": "RouteTable",
    "sfr": "SpotFleet",
    "sg": "SecurityGroup",
    "subnet": "Subnet",
    "tgw": "TransitGateway",
    "tgw-attach": "TransitGatewayAttachment",
    "tgw-mcast-domain": "TransitGatewayMulticastDomain",
    "tgw-rtb": "TransitGatewayRouteTable",
    "tmf": "TrafficMirrorFilter",
    "tms": "TrafficMirrorSession",
    "tmt": "TrafficMirrorTarget",
    "vgw": "VPNGateway",
    "vol": "Volume",
    "vpc": "VPC",
    "vpce": "VPCEndpoint",
    "vpce-svc": "VPCEndpointService",
    "vpn": "VPNConnection",
}
_PREFIXES = {prefix: f"AWS::EC2::{kind}" for prefix, kind in _EC2.items()} | {
    "fs": "AWS::EFS::FileSystem",
    "fsap": "AWS::EFS::AccessPoint",
    "mi": "AWS::SSM::ManagedInstanceInventory",
    "ws": "AWS::WorkSpaces::Workspace",
}
# The longest first: a transit gateway's attachment is no transit gateway.
_ANY = "|".join(sorted(_PREFIXES, key=len, reverse=True))
_PREFIXED = re.compile(rf"({_ANY})-([0-9a-z]{{1,40}})", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<![\w-])(?:{_ANY})-(?:[0-9a-f]{{17}}|[0-9a-f]{{8}})(?![\w-])")
_WHOLE = re.compile(r"[0-9a-f]{8}|[0-9a-f]{17}")
_CAPITALS = {
    "AIDA": "AWS::IAM::User",
    "AROA": "AWS::IAM::Role",
    "AGPA": "AWS::IAM::Group",
    "ANPA": "AWS::IAM::Policy",
}
_SHAPES = (
    (re.compile(r"db-[A-Z0-9]{8,40}"), "AWS::RDS::DBInstance"),
    (re.compile(r"cluster-[A-Z0-9]{8,40}"), "AWS::RDS::DBCluster"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "AWS::KMS::Key"),
    (re.compile(r"mrk-[0-9a-f]{32}"), "AWS::KMS::Key"),
    (re.compile(r"E[A-Z0-9]{12,13}"), "AWS::CloudFront::Distribution"),
    (re.compile(r"Z[A-Z0-9]{11,32}"), "AWS::Route53::HostedZone"),
)
_UNIQUE = re.compile(r"(A[A-Z]{3})[A-Z0-9]{12,124}")


def of(said: str) -> Candidate | None:
    """The type and id of an id, `i-love-this` being none."""
    if found := _PREFIXED.fullmatch(said):
        return Candidate(_PREFIXES[found[1].lower()], said.lower())
    if (unique := _UNIQUE.fullmatch(said)) and unique[1] in _CAPITALS:
        return Candidate(_CAPITALS[unique[1]], said)
    return next((Candidate(kind, said) for shape, kind in _SHAPES if shape.fullmatch(said)), None)


def is_certain(said: str) -> bool:
    """Whether an id has the very form that AWS gives out, so that it can be no name that people gave."""
    found = _PREFIXED.fullmatch(said)
    return not found or bool(_WHOLE.fullmatch(found[2].lower()))


def within(text: str) -> Candidate | None:
    """The first prefixed id in a longer text."""
    found = _WITHIN.search(text)
    return of(found[0]) if found else None
