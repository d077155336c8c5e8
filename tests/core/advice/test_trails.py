"""Whether trails record management events: red where none does, yellow where what they record is not delivered."""

import pytest

from bot.core.coverage.trails import Refused, Status, Trail, Trails
from tests.core.advice.judged import asked, denied, is_dark

CHECK, HERE = "c25hn9x03v", "eu-west-1"
ALL = {"EventSelectors": [{"IncludeManagementEvents": True, "ReadWriteType": "All"}]}
OFF = {"EventSelectors": [{"IncludeManagementEvents": False}]}
MANAGEMENT = {
    "AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]
}
DATA = {"AdvancedEventSelectors": [{"FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}]}]}
STATUS, SELECTORS = "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"


def trail(selectors=ALL, *, logging=True, error="", home=HERE, everywhere=False, name="acme", refused=()):
    status = None if logging is None else Status(logging, delivery_error=error)
    return Trail(
        name,
        f"arn:aws:cloudtrail:{home}:111122223333:trail/{name}",
        home,
        everywhere,
        log_bucket="acme-logs",
        status=status,
        selectors=selectors,
        refused=refused,
    )


def unsaid(action):
    return (Refused("what it records", "AWS refused, asked what it records.", action),)


def judged(*trails, refused=()):
    return asked(CHECK, trails={HERE: Trails(HERE, trails, refused)})


@pytest.mark.parametrize(
    ("trails", "verdict"),
    [
        ((), "error"),
        ((trail(),), "ok"),
        ((trail(MANAGEMENT),), "ok"),
        ((trail({}),), "ok"),
        ((trail(OFF),), "error"),
        ((trail(DATA),), "error"),
        ((trail(logging=False),), "error"),
        ((trail(error="NoSuchBucket"),), "warning"),
        ((trail(home="us-east-1", everywhere=True),), "ok"),
        ((trail(home="us-east-1"),), "error"),
        ((trail(logging=False), trail(name="other")), "ok"),
        ((trail(None, refused=unsaid(SELECTORS)),), "not_available"),
        ((trail(logging=None, refused=unsaid(STATUS)),), "not_available"),
        ((trail(OFF, logging=None, refused=unsaid(STATUS)),), "error"),
        ((trail(None, refused=unsaid(SELECTORS)), trail(name="other")), "ok"),
    ],
)
def test_management_events(trails, verdict):
    assert judged(*trails).status == verdict


def test_the_region_that_nobody_records_is_flagged():
    (one,) = judged(trail(logging=False)).flagged

    assert (one.resource, one.region, one.why) == (HERE, HERE, "the trail acme records none here")


def test_what_cant_be_delivered_says_where_to_and_why():
    (one,) = judged(trail(error="NoSuchBucket")).flagged

    assert (one.resource, one.why) == ("acme", "it can’t deliver to acme-logs: NoSuchBucket")


def test_denied_is_never_green():
    describe = "cloudtrail:DescribeTrails"

    assert is_dark(judged(refused=unsaid(describe)), HERE, describe)
    assert is_dark(judged(trail(None, refused=unsaid(SELECTORS))), SELECTORS)
    assert is_dark(asked(CHECK, trails={HERE: denied(describe)}), describe)
