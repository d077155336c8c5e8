"""Trails of the stand-in's CloudTrail, and one that refuses."""

from contextlib import contextmanager

from botocore.exceptions import ClientError

from bot.embedded.aws import HOME
from tests.aws_world import LOGS
from tests.core.coverage.trails import advanced

TRAIL = f"arn:aws:cloudtrail:{HOME}:111122223333:trail/acme-trail"


@contextmanager
def another(world, name, region, **more):
    """A second trail, for a while."""
    client = world.client("cloudtrail", region)
    client.create_trail(Name=name, S3BucketName=LOGS, **more)
    try:
        yield
    finally:
        client.delete_trail(Name=name)


@contextmanager
def selecting(cloudtrail, *selectors):
    """Other selectors for a while; a trail has basic ones or advanced ones, which moto keeps side by side."""
    before = cloudtrail.get_event_selectors(TrailName="acme-trail")["EventSelectors"]
    cloudtrail.put_event_selectors(TrailName="acme-trail", AdvancedEventSelectors=list(selectors))
    try:
        yield
    finally:
        cloudtrail.put_event_selectors(TrailName="acme-trail", AdvancedEventSelectors=[advanced("Data")])
        cloudtrail.put_event_selectors(TrailName="acme-trail", EventSelectors=before)


class Refusing:
    """CloudTrail's client, with some calls refused; `asked` counts them all."""

    def __init__(self, client, *calls, code="AccessDeniedException"):
        self.client, self.calls, self.code, self.asked = client, calls, code, []
        self.meta = client.meta

    def __getattr__(self, call):
        self.asked.append(call)
        if call in self.calls:
            raise ClientError({"Error": {"Code": self.code, "Message": "no"}}, call)
        return getattr(self.client, call)
