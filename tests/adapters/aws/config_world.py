"""Config for the adapter's tests: items by their age, an adapter over the stand-in, and every request counted."""

from contextlib import contextmanager
from datetime import timedelta

from bot.adapters.aws.config import AwsConfigurations
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.pace import Pace
from bot.adapters.aws.session import make_session
from bot.adapters.aws.ways import Known
from bot.core.configuration.item import Place, Resource
from bot.core.span import Span
from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.recordings import Recorder
from tests.aws_world import NOW

GROUP, BUCKET, ROLE = "AWS::EC2::SecurityGroup", "AWS::S3::Bucket", "AWS::IAM::Role"
FAR, VIRGINIA = "ap-northeast-1", "us-east-1"
AT_HOME = Place(PROD.id, HOME)
MONTH = Span(NOW - timedelta(days=30), NOW)
STAGING_ROLE = f"arn:aws:iam::{STAGING.id}:role/NoroshiReadOnly"


def silent(_):
    pass


def item(resource_id="sg-1", days=1.0, kind=GROUP, status="OK", place=AT_HOME, **more):
    """An item as the stand-in keeps it."""
    at = NOW - timedelta(days=days)
    gone = status in {"ResourceDeleted", "ResourceDeletedNotRecorded"}
    return {
        "version": "1.3",
        "accountId": place.account_id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": kind,
        "resourceId": resource_id,
        "resourceName": resource_id,
        "awsRegion": place.region,
        "tags": {},
        "relationships": [],
        "configuration": None if gone else {"groupId": resource_id, "ipPermissions": [], "at": days},
        "supplementaryConfiguration": {},
    } | more


def open_places(world, *places):
    for place in places:
        world.aws.recordings.open((place.account_id, place.region), Recorder(NOW - timedelta(days=3000)))


def put(world, *items, place=AT_HOME):
    for each in items:
        world.aws.recordings.record((place.account_id, place.region), each)


class Counted:
    """The requests that a session's clients really send, by operation."""

    def __init__(self, session):
        self.sent = []
        session.events.register("before-send.config-service", self._count)

    def _count(self, event_name, **_):
        self.sent.append(event_name.rpartition(".")[2])

    @contextmanager
    def within(self):
        begin = len(self.sent)
        here = []
        yield here
        here += self.sent[begin:]


def configurations(session=None, *accounts: Known, now=lambda: NOW, **more):
    """The adapter, in no hurry of its own."""
    session = session or make_session()
    ways = ConfigWays(lambda: session, accounts, pace=lambda: Pace(clock=lambda: 0.0, sleep=silent))
    return AwsConfigurations(ways, now=now, **more)


def resource(resource_id="sg-1", kind=GROUP, place=AT_HOME):
    return Resource(kind, resource_id, place)
