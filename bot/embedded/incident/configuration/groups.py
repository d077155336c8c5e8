"""Security groups: `web-prod` from its making to the thief, and the group it replaced, deleted since."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.group_item import (
    ANYBODY,
    Group,
    deleted_call,
    group_gone,
    group_item,
    permission,
    rule_call,
)
from bot.embedded.incident.configuration.hands import Step, records_of, terraform
from bot.embedded.incident.configuration.item import Configured, recording_since, servers_moved, workday
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record

_HTTPS = permission(443, ANYBODY, "https")
_HTTP = permission(80, ANYBODY, "redirects to https")


def groups(incident: Incident) -> Iterator[Configured]:
    """Both groups' items; each is captured minutes after the change."""
    yield from _web_prod(incident)
    old, since = old_group(incident), recording_since(incident)
    rules = [_HTTPS, permission(22, "203.0.113.0/24", "office")]
    joined = _joined(incident, old)
    yield group_item(joined, since, rules, configurationItemStatus="ResourceDiscovered")
    yield group_item(old, servers_moved(incident) + timedelta(minutes=5, milliseconds=220), rules)
    yield group_gone(old, _old_deleted(incident) + timedelta(minutes=2, milliseconds=7_244))


def web_group(incident: Incident) -> Group:
    """The group that the thief opens."""
    return _group(incident, incident.security_group_id, incident.security_group_name)


def old_group(incident: Incident) -> Group:
    """The group that the web servers were in before."""
    return _group(incident, f"sg-{incident.hexadecimal('web-legacy', 17)}", "web-legacy")


def upkeep(incident: Incident) -> Iterator[Record]:
    """What Terraform did to the groups within the days that are logged, as CloudTrail's records of it."""
    return records_of(incident, "upkeep", _upkeep(incident))


def _upkeep(incident: Incident) -> Iterator[Step]:
    tended, deleted = _web_tended(incident), _old_deleted(incident)
    run, taken = terraform(incident, 405, tended - timedelta(seconds=49))
    yield taken
    yield Step(tended, rule_call(run, web_group(incident), "AuthorizeSecurityGroupIngress", _HTTP))
    run, taken = terraform(incident, 411, deleted - timedelta(seconds=61))
    yield taken
    yield Step(deleted, deleted_call(run, old_group(incident)))


def _web_prod(incident: Incident) -> Iterator[Configured]:
    web, made = web_group(incident), servers_moved(incident) + timedelta(minutes=1, milliseconds=38_506)
    yield group_item(web, made, [_HTTPS], configurationItemStatus="ResourceDiscovered")
    web = _joined(incident, web)
    yield group_item(web, made + timedelta(minutes=4, milliseconds=118), [_HTTPS])
    tended = _web_tended(incident) + timedelta(minutes=4, milliseconds=51_902)
    yield group_item(web, tended, [_HTTPS, _HTTP])
    opened = incident.times.group_opened + timedelta(minutes=3, milliseconds=12_412)
    yield group_item(web, opened, [_HTTPS, _HTTP, permission(22, ANYBODY)])


def _web_tended(incident: Incident) -> datetime:
    return workday(incident, 12, "13:24:51")


def _old_deleted(incident: Incident) -> datetime:
    return workday(incident, 9, "15:07:33")


def _group(incident: Incident, ident: str, name: str) -> Group:
    place = Place(incident.prod.id, incident.home_region)
    tags = {"Name": name, "managed-by": "terraform"}
    return Group(ident, name, "Web servers", place, incident.vpc_id, tags)


def _joined(incident: Incident, group: Group) -> Group:
    """The same with the web servers in it."""
    machines = [
        ("AWS::EC2::Instance", each, "Is associated with Instance") for each in incident.web_instance_ids
    ]
    return Group(group.ident, group.name, group.description, group.place, group.vpc_id, group.tags, machines)
