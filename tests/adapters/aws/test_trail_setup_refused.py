"""`noroshi setup trail` where AWS refuses a call: what is named, and what is made all the same."""

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.trail_setup import TrailSetup
from bot.trail.setting_up import Wish
from tests.adapters.aws.trail_setting_up import WORKGROUP, said, trail


class Refusing:
    """A client of which every call, or every call of these names, is refused as AWS would."""

    def __init__(self, client, *names):
        self.client, self.names = client, names

    def __getattr__(self, name):
        if self.names and name not in self.names:
            return getattr(self.client, name)

        def refuse(**_):
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, name)

        return refuse


@pytest.mark.parametrize(
    ("service", "calls", "line", "action"),
    [
        ("cloudtrail", ["describe_trails"], "trail", "cloudtrail:DescribeTrails"),
        ("s3", ["list_objects_v2"], "files", "s3:ListBucket"),
        ("glue", ["create_database"], "database", "glue:CreateDatabase"),
        ("glue", ["create_table"], "table", "glue:CreateTable"),
        ("athena", ["create_work_group"], "workgroup", "athena:CreateWorkGroup"),
    ],
)
def test_a_refusal_names_the_action_and_stops_nothing_else(aws, service, calls, line, action):
    trail(aws)

    def client(name):
        made = aws.client(name)
        return Refusing(made, *calls) if name == service else made

    told = said(TrailSetup(client, "noroshi", "cloudtrail", WORKGROUP).make(Wish()))

    assert told[line].failed
    assert action in told[line].words
    if line != "workgroup":
        assert told["workgroup"].words.startswith("noroshi: made")
    assert "table" in told


def test_a_status_that_is_refused_leaves_the_trail_usable(aws):
    trail(aws)

    def client(name):
        made = aws.client(name)
        return Refusing(made, "get_trail_status") if name == "cloudtrail" else made

    told = said(TrailSetup(client, "noroshi", "cloudtrail", WORKGROUP).make(Wish()))

    assert "AWS would not say whether it logs" in told["trail"].words
    assert not told["table"].failed
