"""Security groups and network interfaces: those of AWS Config's newest items, and those that a test puts there.

Config is the one truth of the incident: what it recorded is what EC2 describes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.embedded.aws.config.recordings import Item, Place, Recordings, is_current

Json = dict[str, Any]


class Network:
    """What is reachable in every account and region.

    Groups and interfaces are in EC2's own shape, prefix lists a mapping of id to networks. `cards` names the
    interfaces of recorded machines, by instance id, where a story's findings do.
    """

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings
        self._groups: dict[Place, dict[str, Json]] = {}
        self._interfaces: dict[Place, dict[str, Json]] = {}
        self._lists: dict[Place, dict[str, Sequence[str]]] = {}
        self.cards: dict[str, str] = {}

    def put_group(self, place: Place, group_id: str, permissions: Sequence[Json] = (), **more: Any) -> None:
        """Make a group with these `IpPermissions`, or change it; `more` are fields of it (`GroupName`)."""
        self._groups.setdefault(place, {})[group_id] = _group(place, group_id) | {
            "IpPermissions": [_permission(each) for each in permissions],
            **more,
        }

    def attach(self, place: Place, *group_ids: str, interface_id: str = "") -> None:
        """Put a network interface into groups."""
        ident = interface_id or f"eni-{_digits('/'.join(group_ids))}"
        self._interfaces.setdefault(place, {})[ident] = _interface(place, ident, group_ids)

    def put_list(self, place: Place, prefix_list_id: str, networks: Sequence[str]) -> None:
        """Make a managed prefix list of these networks."""
        self._lists.setdefault(place, {})[prefix_list_id] = tuple(networks)

    def groups(self, place: Place) -> list[Json]:
        """Every group of a place, by id."""
        recorded = {each["GroupId"]: each for each in self._recorded_groups(place)}
        return [each for _, each in sorted({**recorded, **self._groups.get(place, {})}.items())]

    def interfaces(self, place: Place) -> list[Json]:
        """Every interface of a place, by id."""
        recorded = {each["NetworkInterfaceId"]: each for each in self._recorded_interfaces(place)}
        return [each for _, each in sorted({**recorded, **self._interfaces.get(place, {})}.items())]

    def prefix_list(self, place: Place, prefix_list_id: str) -> Sequence[str] | None:
        """Its networks; None for no such list."""
        return self._lists.get(place, {}).get(prefix_list_id)

    def _recorded_groups(self, place: Place) -> Iterator[Json]:
        for item in self._latest(place, "AWS::EC2::SecurityGroup"):
            told = item["configuration"]
            yield _group(place, told["groupId"]) | {
                "GroupName": told["groupName"],
                "Description": told["description"],
                "VpcId": told["vpcId"],
                "Tags": [{"Key": each["key"], "Value": each["value"]} for each in told["tags"]],
                "IpPermissions": [_as_api(each) for each in told["ipPermissions"]],
                "IpPermissionsEgress": [_as_api(each) for each in told["ipPermissionsEgress"]],
            }

    def _recorded_interfaces(self, place: Place) -> Iterator[Json]:
        for item in self._latest(place, "AWS::EC2::Instance"):
            told = item["configuration"]
            ident = self.cards.get(told["instanceId"]) or f"eni-{_digits(told['instanceId'])}"
            groups = [each["groupId"] for each in told["securityGroups"]]
            names = {each["groupId"]: each["groupName"] for each in told["securityGroups"]}
            yield _interface(place, ident, groups, names) | {
                "VpcId": told["vpcId"],
                "SubnetId": told["subnetId"],
                "Attachment": {"InstanceId": told["instanceId"], "Status": "attached", "DeviceIndex": 0},
            }
        for item in self._latest(place, "AWS::RDS::DBInstance"):
            groups = [each["vpcSecurityGroupId"] for each in item["configuration"]["vpcSecurityGroups"]]
            yield _interface(place, f"eni-{_digits(item['resourceId'])}", groups) | {
                "Description": "RDSNetworkInterface",
                "RequesterManaged": True,
            }

    def _latest(self, place: Place, kind: str) -> Iterator[Item]:
        for item in self._recordings.latest(place):
            if item["resourceType"] == kind and is_current(item):
                yield item


def _group(place: Place, group_id: str) -> Json:
    account_id, region = place
    return {
        "GroupId": group_id,
        "GroupName": group_id,
        "Description": "",
        "OwnerId": account_id,
        "VpcId": f"vpc-{_digits(f'{account_id}/{region}')}",
        "SecurityGroupArn": f"arn:aws:ec2:{region}:{account_id}:security-group/{group_id}",
        "Tags": [],
        "IpPermissions": [],
        "IpPermissionsEgress": [_permission({"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]})],
    }


def _interface(
    place: Place, ident: str, groups: Sequence[str], names: Mapping[str, str] | None = None
) -> Json:
    account_id, region = place
    return {
        "NetworkInterfaceId": ident,
        "OwnerId": account_id,
        "AvailabilityZone": f"{region}a",
        "Description": "",
        "InterfaceType": "interface",
        "RequesterManaged": False,
        "Status": "in-use",
        "VpcId": f"vpc-{_digits(f'{account_id}/{region}')}",
        "Groups": [{"GroupId": each, "GroupName": (names or {}).get(each, each)} for each in groups],
    }


def _permission(rule: Json) -> Json:
    empty: Json = {"IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [], "UserIdGroupPairs": []}
    return empty | rule


def _as_api(rule: Json) -> Json:
    """A rule of Config's under EC2's names; all protocols together have no ports in either."""
    ports = {name[:1].upper() + name[1:]: rule[name] for name in ("fromPort", "toPort") if name in rule}
    return _permission(
        ports
        | {
            "IpProtocol": rule["ipProtocol"],
            "IpRanges": [_named(each) for each in rule["ipv4Ranges"]],
            "Ipv6Ranges": [_named(each) for each in rule["ipv6Ranges"]],
            "PrefixListIds": [_named(each) for each in rule["prefixListIds"]],
            "UserIdGroupPairs": [_named(each) for each in rule["userIdGroupPairs"]],
        }
    )


def _named(each: Mapping[str, Any]) -> Json:
    return {name[:1].upper() + name[1:]: value for name, value in each.items()}


def _digits(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:17]
