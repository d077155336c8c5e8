"""EC2's API, as far as it is about doors that stand open.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from moto.core.responses import ActionResult, BaseResponse

from bot.embedded.aws.config.recordings import Place
from bot.embedded.aws.ec2.network import Json, Network
from bot.embedded.aws.ec2.regions import ALWAYS_ON, TO_SWITCH_ON
from bot.embedded.aws.ec2.snapshots import Snapshot, Snapshots, owned_by, restorable_by
from bot.embedded.aws.errors import Refused

_PAGE, _FEWEST = 1000, 5
_GROUP_FILTERS: dict[str, Callable[[Json], list[str]]] = {
    "group-id": lambda each: [each["GroupId"]],
    "group-name": lambda each: [each["GroupName"]],
    "owner-id": lambda each: [each["OwnerId"]],
    "vpc-id": lambda each: [each["VpcId"]],
    "ip-permission.cidr": lambda each: [
        one["CidrIp"] for rule in each["IpPermissions"] for one in rule["IpRanges"]
    ],
    "ip-permission.ipv6-cidr": lambda each: [
        one["CidrIpv6"] for rule in each["IpPermissions"] for one in rule["Ipv6Ranges"]
    ],
}
_INTERFACE_FILTERS: dict[str, Callable[[Json], list[str]]] = {
    "group-id": lambda each: [one["GroupId"] for one in each["Groups"]],
    "vpc-id": lambda each: [each["VpcId"]],
    "status": lambda each: [each["Status"]],
}
_SNAPSHOT_FILTERS: dict[str, Callable[[Json], list[str]]] = {
    "encrypted": lambda each: [str(each["Encrypted"]).lower()],
    "owner-id": lambda each: [each["OwnerId"]],
    "snapshot-id": lambda each: [each["SnapshotId"]],
    "status": lambda each: [each["State"]],
    "volume-id": lambda each: [each["VolumeId"]],
}


class Ec2(BaseResponse):
    """One request; a subclass carries the stand-in's groups and snapshots."""

    network: ClassVar[Network]
    snapshots: ClassVar[Snapshots]

    def __init__(self) -> None:
        super().__init__(service_name="ec2")

    def describe_regions(self) -> ActionResult:
        """The regions that are on; all of them where that is asked for."""
        asked = self._asked()
        on = dict.fromkeys(ALWAYS_ON, "opt-in-not-required")
        off = dict.fromkeys(TO_SWITCH_ON, "not-opted-in") if asked.get("AllRegions") else {}
        wanted = asked.get("RegionNames") or list(on | off)
        for name in wanted:
            if name not in on | off:
                raise Refused("InvalidParameterValue", f"Invalid region names: [{name}]")
        return ActionResult(
            {
                "Regions": [
                    {
                        "RegionName": each,
                        "Endpoint": f"ec2.{each}.amazonaws.com",
                        "OptInStatus": (on | off)[each],
                    }
                    for each in wanted
                ]
            }
        )

    def describe_security_groups(self) -> ActionResult:
        """Groups, those named or all, in pages where a size is asked for."""
        asked, every = self._asked(), self.network.groups(self._place())
        known = {each["GroupId"] for each in every}
        for ident in asked.get("GroupIds") or ():
            if ident not in known:
                raise Refused("InvalidGroup.NotFound", f"The security group '{ident}' does not exist")
        found = [
            each
            for each in _filtered(every, asked, _GROUP_FILTERS)
            if not asked.get("GroupIds") or each["GroupId"] in asked["GroupIds"]
            if not asked.get("GroupNames") or each["GroupName"] in asked["GroupNames"]
        ]
        return _page("SecurityGroups", found, asked)

    def describe_network_interfaces(self) -> ActionResult:
        """Interfaces, and the groups that each is in."""
        asked, every = self._asked(), self.network.interfaces(self._place())
        wanted = asked.get("NetworkInterfaceIds") or [each["NetworkInterfaceId"] for each in every]
        for ident in wanted:
            if ident not in {each["NetworkInterfaceId"] for each in every}:
                raise Refused(
                    "InvalidNetworkInterfaceID.NotFound", f"The networkInterface ID '{ident}' does not exist"
                )
        found = _filtered(every, asked, _INTERFACE_FILTERS)
        return _page(
            "NetworkInterfaces", [each for each in found if each["NetworkInterfaceId"] in wanted], asked
        )

    def describe_snapshots(self) -> ActionResult:
        """Snapshots that the account sees; without an owner, everybody's public ones are among them."""
        asked, place = self._asked(), self._place()
        seen = self.snapshots.seen_from(place)
        for ident in asked.get("SnapshotIds") or ():
            if ident not in {each.id for each in seen}:
                raise Refused("InvalidSnapshot.NotFound", f"The snapshot '{ident}' does not exist.")
        chosen = [
            _described(each)
            for each in seen
            if owned_by(each, asked.get("OwnerIds") or (), place[0])
            if restorable_by(each, asked.get("RestorableByUserIds") or (), place[0])
            if not asked.get("SnapshotIds") or each.id in asked["SnapshotIds"]
        ]
        return _page("Snapshots", _filtered(chosen, asked, _SNAPSHOT_FILTERS), asked)

    def get_snapshot_block_public_access_state(self) -> ActionResult:
        """Whether sharing snapshots with everybody is blocked in the region."""
        return ActionResult({"State": self.snapshots.block(self._place()), "ManagedBy": "account"})

    def get_managed_prefix_list_entries(self) -> ActionResult:
        """The networks of a list."""
        asked = self._asked()
        networks = self.network.prefix_list(self._place(), asked["PrefixListId"])
        if networks is None:
            words = f"The prefix list ID '{asked['PrefixListId']}' does not exist"
            raise Refused("InvalidPrefixListID.NotFound", words)
        return _page("Entries", [{"Cidr": each} for each in networks], asked)

    def _asked(self) -> dict[str, Any]:
        self.parse_parameters(self.normalized_request)
        return dict(self.params)

    def _place(self) -> Place:
        return self.current_account, self.region


def _described(snapshot: Snapshot) -> Json:
    return {
        "SnapshotId": snapshot.id,
        "OwnerId": snapshot.place[0],
        "VolumeId": snapshot.volume_id,
        "VolumeSize": snapshot.size,
        "StartTime": snapshot.made,
        "State": "completed",
        "Progress": "100%",
        "Description": snapshot.description,
        "Encrypted": snapshot.encrypted,
        "StorageTier": "standard",
        "Tags": [],
    }


def _filtered(
    found: Sequence[Json], asked: Mapping[str, Any], known: Mapping[str, Callable[[Json], list[str]]]
) -> list[Json]:
    for each in asked.get("Filters") or ():
        if each["Name"] not in known:
            raise Refused("InvalidParameterValue", f"The filter '{each['Name']}' is invalid")
        found = [one for one in found if set(known[each["Name"]](one)) & set(each["Values"])]
    return list(found)


def _page(name: str, found: Sequence[Json], asked: Mapping[str, Any]) -> ActionResult:
    """All of it, unless a size is asked for."""
    size, given = int(asked.get("MaxResults") or 0), str(asked.get("NextToken") or "0")
    if size and not _FEWEST <= size <= _PAGE:
        raise Refused("InvalidParameterValue", f"Value ( {size} ) for parameter maxResults is invalid.")
    if not given.isdecimal():
        raise Refused("InvalidNextToken", "The token is not valid")
    begin, end = int(given), int(given) + (size or len(found))
    more = {"NextToken": str(end)} if end < len(found) else {}
    return ActionResult({name: list(found[begin:end]), **more})
