"""Items, revisions and calls made by hand, and an engine that gives rows."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.revision import Revision
from bot.core.view import Receipt
from bot.ports import TrailRows
from bot.trail.authorship.deeds import deeds, records

AT = datetime(2026, 9, 8, 10, tzinfo=UTC)
"""When it was captured."""
NOW = AT + timedelta(days=1)
PLACE = Place("111122223333", "eu-west-1")
GROUP = Resource(
    "AWS::EC2::SecurityGroup", "sg-0abc", PLACE, "web", f"arn:aws:ec2:{PLACE.region}:x:security-group/sg-0abc"
)
ANA, BO = (f"arn:aws:iam::111122223333:user/{name}" for name in ("ana", "bo"))


def minutes(count):
    return timedelta(minutes=count)


def item(resource=GROUP, at=AT, **more):
    return Item(resource, at, "OK", **({"configuration": {"ipPermissions": []}} | more))


def revision(before, after):
    return Revision(after, before, differ(before, after))


def rules(*pairs):
    """`(port, cidr)` each, as Config has them."""
    return {
        "ipPermissions": [
            {"ipProtocol": "tcp", "fromPort": port, "toPort": port, "ipv4Ranges": [{"cidrIp": cidr}]}
            for port, cidr in pairs
        ]
    }


def opened(port=22, cidr="0.0.0.0/0", at=AT):
    """A revision in which one rule was added."""
    before = item(at=at - timedelta(days=2))
    return revision(before, item(at=at, configuration=rules((port, cidr))))


def row(
    event="AuthorizeSecurityGroupIngress",
    ago=5,
    who=ANA,
    source="ec2",
    *,
    request=None,
    response=None,
    **more,
):
    """A row as the engine gives it: a call so many minutes before AT."""
    at = AT - minutes(ago)
    request = {"groupId": "sg-0abc"} if request is None else request
    return {
        "at": f"{at:%Y-%m-%dT%H:%M:%S}",
        "event_id": more.pop("event_id", f"{event}-{ago}-{who[-3:]}"),
        "event_name": event,
        "event_source": f"{source}.amazonaws.com",
        "event_type": "AwsApiCall",
        "region": "eu-west-1",
        "recorded_in": "111122223333",
        "read_only": "false",
        "error_code": None,
        "error_message": None,
        "principal": who,
        "principal_type": "IAMUser",
        "caller_account": "111122223333",
        "role": None,
        "access_key": "AKIAEXAMPLE000000001",
        "session_name": None,
        "source_identity": None,
        "via": None,
        "source_ip": "198.51.100.7",
        "user_agent": "aws-cli/2.9",
        "target": None,
        "resource_arns": None,
        "request": json.dumps(request),
        "response": json.dumps(response) if response else None,
        "group_calls": 1,
        "place": 1,
    } | more


def rule(port=22, cidr="0.0.0.0/0", group="sg-0abc", **more):
    """The parameters of a call on one rule."""
    return {"groupId": group, "ipProtocol": "tcp", "fromPort": port, "toPort": port, "cidrIp": cidr} | more


def done(*rows, resource=GROUP):
    """The deeds of rows."""
    return deeds(resource, records(rows))


class Engine:
    """Gives what it is made with, one answer a statement, and keeps what it was asked; an error is raised."""

    table = "noroshi.cloudtrail"

    def __init__(self, *answers, caveats=(), engine="duckdb"):
        self.answers, self.caveats, self.engine, self.asked = list(answers), caveats, engine, []

    def run(self, query, progress):
        self.asked.append(query)
        answer = self.answers.pop(0) if self.answers else ()
        if isinstance(answer, Exception):
            raise answer
        return TrailRows(tuple(answer), Receipt(self.engine, 0.1), self.caveats)


def named(one, **more):
    """The resource under another name, and such."""
    return replace(one, **more)
