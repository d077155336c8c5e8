"""Items of configurations for the tests, invented."""

from datetime import UTC, datetime, timedelta

from bot.core.configuration.item import Item, Place, Related, Resource
from bot.core.configuration.opened import opened

PLACE = Place("111122223333", "eu-west-1")
NOON = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP, BUCKET, INSTANCE = "AWS::EC2::SecurityGroup", "AWS::S3::Bucket", "AWS::EC2::Instance"
ROLE, FUNCTION = "AWS::IAM::Role", "AWS::Lambda::Function"


def item(resource_type=GROUP, configuration=None, **said):
    """An item; `minute` is how many after noon it was captured, `supplementary` is opened as the adapter does."""
    minute = said.pop("minute", 0)
    return Item(
        resource=Resource(
            resource_type, said.pop("resource_id", "sg-0a1b2c"), PLACE, name=said.pop("name", "web-prod")
        ),
        captured_at=NOON + timedelta(minutes=minute),
        status=said.pop("status", "OK"),
        state_id=said.pop("state_id", minute),
        configuration=opened(configuration),
        supplementary=opened(said.pop("supplementary", {})),
        **said,
    )


def rule(protocol="tcp", first=22, last=None, cidrs=(), **more):
    """A security group's permission, as Config repeats itself in it."""
    ports = {} if protocol == "-1" else {"fromPort": first, "toPort": first if last is None else last}
    return {
        "ipProtocol": protocol,
        **ports,
        "ipv4Ranges": [{"cidrIp": cidr} if isinstance(cidr, str) else cidr for cidr in cidrs],
        "ipRanges": [cidr if isinstance(cidr, str) else cidr["cidrIp"] for cidr in cidrs],
        "ipv6Ranges": [],
        "prefixListIds": [],
        "userIdGroupPairs": [],
        **more,
    }


def group(*inbound, outbound=(), **said):
    """A security group's item."""
    held = {
        "groupId": "sg-0a1b2c",
        "groupName": "web-prod",
        "ipPermissions": list(inbound),
        "ipPermissionsEgress": list(outbound),
    }
    return item(GROUP, held, **said)


def related(kind, identity, relation, name=""):
    """A relationship."""
    return Related(f"AWS::EC2::{kind}", identity, relation, name)
