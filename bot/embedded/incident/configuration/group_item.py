"""A security group as Config describes it, and the calls that change one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.item import Configured, Json, configured, related, tag_list
from bot.embedded.incident.events import event
from bot.embedded.incident.template import Record

ANYBODY = "0.0.0.0/0"

_TYPE = "AWS::EC2::SecurityGroup"


@dataclass(frozen=True)
class Group:
    """What of a group never changes here; `inside` are relations (type, id, name) beside that to its VPC."""

    ident: str
    name: str
    description: str
    place: Place
    vpc_id: str
    tags: dict[str, str]
    inside: Sequence[tuple[str, str, str]] = field(default=())

    @property
    def arn(self) -> str:
        """As its item names it."""
        return f"arn:aws:ec2:{self.place.region}:{self.place.account_id}:security-group/{self.ident}"


def group_item(group: Group, at: datetime, rules: Sequence[Json], **more: Any) -> Configured:
    """The group with these rules; `more` are fields of the item (`configurationItemStatus`)."""
    configuration = {
        "description": group.description,
        "groupName": group.name,
        "ipPermissions": list(rules),
        "ownerId": group.place.account_id,
        "groupId": group.ident,
        "ipPermissionsEgress": [permission(None, ANYBODY)],
        "tags": tag_list(group.tags),
        "vpcId": group.vpc_id,
    }
    said = {
        "arn": group.arn,
        "resourceName": group.name,
        "configuration": configuration,
        "tags": group.tags,
        "relationships": related(("AWS::EC2::VPC", group.vpc_id, "Is contained in Vpc"), *group.inside),
    }
    return configured(group.place, (_TYPE, group.ident), at, said | more)


def group_gone(group: Group, at: datetime) -> Configured:
    """The last item of a group that was deleted."""
    gone = group_item(group, at, (), configurationItemStatus="ResourceDeleted")
    return Configured(gone.place, gone.item | {"configuration": None, "relationships": [], "tags": {}})


def permission(port: int | None, source: str, description: str = "") -> Json:
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


def rule_call(caller: Caller, group: Group, api: str, rule: Json, **fields: Any) -> Record:
    """`api` (`AuthorizeSecurityGroupIngress`, `RevokeSecurityGroupIngress`) for a rule of `permission`."""
    asked = {key: rule[key] for key in ("ipProtocol", "fromPort", "toPort") if key in rule}
    empty: Json = {"groups": {}, "ipv6Ranges": {}, "prefixListIds": {}}
    item = asked | empty | {"ipRanges": {"items": rule["ipv4Ranges"]}}
    request = {"groupId": group.ident, "ipPermissions": {"items": [item]}}
    return _group_call(caller, group, api, request, {}, fields)


def made_call(caller: Caller, group: Group, **fields: Any) -> Record:
    """CreateSecurityGroup: only the answer knows the id."""
    request = {
        "groupName": group.name,
        "groupDescription": group.description,
        "vpcId": group.vpc_id,
        "tagSpecificationSet": {"items": [{"resourceType": "security-group", "tags": tag_list(group.tags)}]},
    }
    answer = {"groupId": group.ident, "securityGroupArn": group.arn}
    return _group_call(caller, group, "CreateSecurityGroup", request, answer, fields)


def deleted_call(caller: Caller, group: Group, **fields: Any) -> Record:
    """DeleteSecurityGroup."""
    return _group_call(caller, group, "DeleteSecurityGroup", {"groupId": group.ident}, {}, fields)


def _group_call(caller: Caller, group: Group, api: str, request: Json, answer: Json, fields: Json) -> Record:
    answered = {"requestId": "<<request>>", "_return": True} | answer
    return event(
        caller,
        group.place,
        f"ec2:{api}",
        **({"requestParameters": request, "responseElements": answered} | fields),
    )
