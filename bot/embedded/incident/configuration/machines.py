"""Instances: the web servers at home, and the thief's machines in a region where nothing ever ran."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.group_item import Group
from bot.embedded.incident.configuration.groups import old_group, web_group
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    instant,
    recording_since,
    related,
    servers_moved,
    tag_list,
    workday,
)
from bot.embedded.incident.story import Incident

_RUNNING = {"code": 16, "name": "running"}
_FOUND = "ResourceDiscovered"


class _Machine(NamedTuple):
    ident: str
    kind: str
    launched: datetime
    vpc_id: str
    subnet_id: str
    tags: dict[str, str]
    more: Json


def web_servers(incident: Incident) -> Iterator[Configured]:
    """Three servers, discovered in the old group and since moved to `web-prod`; of one, Systems Manager took stock.

    That is a relation and nothing else: no call was made on the machine.
    """
    place, launched = Place(incident.prod.id, incident.home_region), incident.now - timedelta(days=212)
    moved = servers_moved(incident) + timedelta(minutes=6, milliseconds=3_771)
    for number, ident in enumerate(incident.web_instance_ids, 1):
        tags, where = {"Name": f"web-prod-{number}"}, (incident.vpc_id, incident.subnet_id)
        machine = _Machine(ident, "m7i.large", launched, *where, tags, {"state": _RUNNING})
        since = recording_since(incident) + timedelta(seconds=7 * number)
        yield _instance(place, machine, old_group(incident), since, status=_FOUND)
        yield _instance(place, machine, web_group(incident), moved + timedelta(milliseconds=number))
        if number == 1:
            stock = ("AWS::SSM::ManagedInstanceInventory", ident, "Is associated with ")
            seen = workday(incident, 16, "12:41:19.604")
            yield _instance(place, machine, web_group(incident), seen, others=[stock])


def gpu_machines(incident: Incident) -> Iterator[Configured]:
    """Two machines, found while they start and seen again when they run."""
    place, launched = Place(incident.prod.id, incident.gpu_region), incident.times.instances_started
    vpc, subnet = (incident.hexadecimal(f"default {each}", 17) for each in ("vpc", "subnet"))
    default = f"sg-{incident.hexadecimal('default group', 17)}"
    group = Group(default, "default", "default VPC security group", place, f"vpc-{vpc}", {})
    image = f"ami-{incident.hexadecimal('gpu image', 17)}"
    for number, ident in enumerate(incident.gpu_instance_ids):
        more = {"imageId": image, "amiLaunchIndex": number, "state": {"code": 0, "name": "pending"}}
        where = (f"vpc-{vpc}", f"subnet-{subnet}")
        machine = _Machine(ident, incident.gpu_types[-1], launched, *where, {}, more)
        found = launched + timedelta(minutes=2, seconds=38, milliseconds=119 + number)
        yield _instance(place, machine, group, found, status=_FOUND)
        running = machine._replace(more=more | {"state": _RUNNING})
        yield _instance(place, running, group, found + timedelta(minutes=4, milliseconds=9_030))


def _instance(
    place: Place,
    machine: _Machine,
    group: Group,
    at: datetime,
    *,
    status: str = "OK",
    others: Sequence[tuple[str, str, str]] = (),
) -> Configured:
    zone = f"{place.region}a"
    configuration = {
        "instanceId": machine.ident,
        "instanceType": machine.kind,
        "launchTime": instant(machine.launched),
        "architecture": "x86_64",
        "placement": {"availabilityZone": zone, "tenancy": "default"},
        "securityGroups": [{"groupId": group.ident, "groupName": group.name}],
        "subnetId": machine.subnet_id,
        "vpcId": machine.vpc_id,
        "tags": tag_list(machine.tags),
        **machine.more,
    }
    said = {
        "arn": f"arn:aws:ec2:{place.region}:{place.account_id}:instance/{machine.ident}",
        "availabilityZone": zone,
        "configurationItemStatus": status,
        "resourceCreationTime": machine.launched,
        "configuration": configuration,
        "tags": machine.tags,
        "relationships": related(
            ("AWS::EC2::SecurityGroup", group.ident, "Is associated with SecurityGroup"),
            ("AWS::EC2::Subnet", machine.subnet_id, "Is contained in Subnet"),
            ("AWS::EC2::VPC", machine.vpc_id, "Is contained in Vpc"),
            *others,
        ),
    }
    return configured(place, ("AWS::EC2::Instance", machine.ident), at, said)
