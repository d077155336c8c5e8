"""What our own checks need of EC2: security groups and public snapshots of disks, in one region.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.adapters.aws.s3_asked import unread
from bot.adapters.aws.service_asked import ServiceAsked
from bot.core.advice.groups import LIST, Door, Group, Groups
from bot.core.advice.snapshots import Disks
from bot.core.public.meaning import Unread
from bot.errors import Upstream

_PAGE: Final = 1000


def groups(ec2: ServiceAsked) -> Groups:
    """Every group, which are attached, and what their prefix lists hold; raises where the groups can't be listed."""
    found = tuple(map(_group, ec2.pages("describe_security_groups", "SecurityGroups", MaxResults=_PAGE)))
    named = {door.peer for group in found for door in group.doors if door.peer.startswith(LIST)}
    return Groups(found, _attached(ec2), {each: _held(ec2, each) for each in sorted(named)})


def disks(ec2: ServiceAsked) -> Disks:
    """The account's own public snapshots: without an owner EC2 lists the whole world's. Raises where it may not."""
    # All snapshots are not counted: there may be a hundred thousand of them.
    told = ec2.pages(
        "describe_snapshots",
        "Snapshots",
        OwnerIds=["self"],
        RestorableByUserIds=["all"],
        MaxResults=_PAGE,
    )
    public = tuple(str(each["SnapshotId"]) for each in told)
    return Disks(public, _block(ec2) if public else "")


def regions(ec2: ServiceAsked) -> tuple[str, ...]:
    """Those that the account has switched on; raises where it may not be told."""
    told = ec2.ask("describe_regions", "Regions", AllRegions=False)["Regions"]
    return tuple(sorted(str(each["RegionName"]) for each in told))


def _group(told: Mapping[str, Any]) -> Group:
    doors = tuple(door for each in told.get("IpPermissions") or () for door in _doors(each))
    return Group(str(told["GroupId"]), str(told.get("GroupName") or ""), doors)


def _doors(told: Mapping[str, Any]) -> Iterator[Door]:
    for peer in _peers(told):
        yield Door(str(told.get("IpProtocol")), told.get("FromPort"), told.get("ToPort"), peer)


def _peers(told: Mapping[str, Any]) -> Iterator[str]:
    """CIDRs and prefix lists; other groups are not the internet."""
    for name, field in (
        ("IpRanges", "CidrIp"),
        ("Ipv6Ranges", "CidrIpv6"),
        ("PrefixListIds", "PrefixListId"),
    ):
        yield from (str(each[field]) for each in told.get(name) or () if each.get(field))


def _attached(ec2: ServiceAsked) -> frozenset[str] | Unread:
    try:
        told = ec2.pages("describe_network_interfaces", "NetworkInterfaces", MaxResults=_PAGE)
    except Upstream as error:
        return unread(error)
    return frozenset(_ids(told))


def _ids(interfaces: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in interfaces:
        yield from (str(group["GroupId"]) for group in each.get("Groups") or ())


def _held(ec2: ServiceAsked, prefix_list: str) -> tuple[str, ...] | Unread:
    try:
        told = ec2.pages(
            "get_managed_prefix_list_entries", "Entries", PrefixListId=prefix_list, MaxResults=100
        )
    except Upstream as error:
        return unread(error)
    return tuple(str(each.get("Cidr")) for each in told)


def _block(ec2: ServiceAsked) -> str | Unread:
    try:
        return str(ec2.ask("get_snapshot_block_public_access_state", "State")["State"])
    except Upstream as error:
        return unread(error)
