"""Security groups: `web-prod` from its making to the thief, and the group it replaced, deleted since."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from bot.embedded.incident import callers
from bot.embedded.incident.chance import ids
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    recording_since,
    related,
    servers_moved,
    tag_list,
    workday,
)
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record, Template

_ANYBODY = "0.0.0.0/0"
_TERRAFORM = (
    "203.0.113.77",
    "APN/1.0 HashiCorp/1.0 Terraform/1.12.2 terraform-provider-aws/6.2.0 aws-sdk-go-v2/1.36.5",
)

Group = tuple[str, str]


def groups(incident: Incident) -> Iterator[Configured]:
    """Both groups' items; each is captured minutes after the change."""
    https = _permission(443, _ANYBODY, "https")
    yield from _web_prod(incident, [https])
    old, since = old_group(incident), recording_since(incident)
    rules = [https, _permission(22, "203.0.113.0/24", "office")]
    yield _group(incident, old, since, rules, members=True, status="ResourceDiscovered")
    yield _group(incident, old, servers_moved(incident) + timedelta(minutes=5, milliseconds=220), rules)
    gone = _group(incident, old, _old_deleted(incident) + timedelta(minutes=2, milliseconds=7_244), [])
    nothing: Json = {"configuration": None, "relationships": [], "tags": {}}
    yield Configured(gone.place, gone.item | nothing | {"configurationItemStatus": "ResourceDeleted"})


def web_group(incident: Incident) -> Group:
    """Id and name of the group that the thief opens."""
    return incident.security_group_id, incident.security_group_name


def old_group(incident: Incident) -> Group:
    """Id and name of the group that the web servers were in before."""
    return f"sg-{incident.hexadecimal('web-legacy', 17)}", "web-legacy"


def upkeep(incident: Incident) -> Iterator[Record]:
    """What Terraform did to the groups within the days that are logged, as CloudTrail's records of it."""
    steps = list(_upkeep(incident))
    chance = Random(f"{incident.seed}/upkeep")
    for (at, record), holes in zip(steps, ids(chance, len(steps)), strict=True):
        time = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        yield Template(record).record(holes | {"time": time, "session": time})


def _upkeep(incident: Incident) -> Iterator[tuple[datetime, Record]]:
    terraform = callers.role(incident, incident.prod, "tf-apply", "terraform", _TERRAFORM)
    place = Place(incident.prod.id, incident.home_region)
    port: Json = {"ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "groups": {}, "ipv6Ranges": {}}
    port["ipRanges"] = {"items": [{"cidrIp": _ANYBODY, "description": "redirects to https"}]}
    request = {"groupId": incident.security_group_id, "ipPermissions": {"items": [port]}}
    answer = {"requestId": "<<request>>", "_return": True}
    opened = event(
        terraform,
        place,
        "ec2:AuthorizeSecurityGroupIngress",
        requestParameters=request,
        responseElements=answer,
    )
    yield _web_tended(incident), opened
    request = {"groupId": old_group(incident)[0]}
    deleted = event(
        terraform, place, "ec2:DeleteSecurityGroup", requestParameters=request, responseElements=answer
    )
    yield _old_deleted(incident), deleted


def _web_prod(incident: Incident, rules: list[Json]) -> Iterator[Configured]:
    web, made = web_group(incident), servers_moved(incident) + timedelta(minutes=1, milliseconds=38_506)
    yield _group(incident, web, made, rules, status="ResourceDiscovered")
    yield _group(incident, web, made + timedelta(minutes=4, milliseconds=118), rules, members=True)
    rules = [*rules, _permission(80, _ANYBODY, "redirects to https")]
    tended = _web_tended(incident) + timedelta(minutes=4, milliseconds=51_902)
    yield _group(incident, web, tended, rules, members=True)
    opened = incident.times.group_opened + timedelta(minutes=3, milliseconds=12_412)
    yield _group(incident, web, opened, [*rules, _permission(22, _ANYBODY)], members=True)


def _web_tended(incident: Incident) -> datetime:
    return workday(incident, 12, "13:24:51")


def _old_deleted(incident: Incident) -> datetime:
    return workday(incident, 9, "15:07:33")


def _group(
    incident: Incident,
    group: Group,
    at: datetime,
    rules: list[Json],
    *,
    members: bool = False,
    status: str = "OK",
) -> Configured:
    ident, name = group
    tags = {"Name": name, "managed-by": "terraform"}
    machines = incident.web_instance_ids if members else ()
    configuration = {
        "description": "Web servers",
        "groupName": name,
        "ipPermissions": rules,
        "ownerId": incident.prod.id,
        "groupId": ident,
        "ipPermissionsEgress": [_permission(None, _ANYBODY)],
        "tags": tag_list(tags),
        "vpcId": incident.vpc_id,
    }
    place = Place(incident.prod.id, incident.home_region)
    said = {
        "arn": f"arn:aws:ec2:{place.region}:{place.account_id}:security-group/{ident}",
        "resourceName": name,
        "configurationItemStatus": status,
        "configuration": configuration,
        "tags": tags,
        "relationships": related(
            ("AWS::EC2::VPC", incident.vpc_id, "Is contained in Vpc"),
            *(("AWS::EC2::Instance", each, "Is associated with Instance") for each in machines),
        ),
    }
    return configured(place, ("AWS::EC2::SecurityGroup", ident), at, said)


def _permission(port: int | None, source: str, description: str = "") -> Json:
    """A rule as groups list it: the range as text and as object; all protocols together have no port."""
    described = {"description": description} if description else {}
    ports = {} if port is None else {"fromPort": port, "toPort": port}
    return ports | {
        "ipProtocol": "-1" if port is None else "tcp",
        "ipv6Ranges": [],
        "prefixListIds": [],
        "userIdGroupPairs": [],
        "ipv4Ranges": [{"cidrIp": source} | described],
        "ipRanges": [source],
    }
