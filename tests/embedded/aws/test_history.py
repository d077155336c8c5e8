"""LookupEvents finds management events of one account and region in the trail's own files, newest first."""

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD
from tests.aws_world import LOGS, NOW, key_of, packed, record


@pytest.fixture(scope="module")
def calls(world):
    """A call an hour for four days, every one an IAM call."""
    files = {}
    for hours in range(1, 97):
        at = NOW - timedelta(hours=hours)
        made = record(
            hours,
            at,
            PROD.id,
            "us-east-1",
            eventSource="iam.amazonaws.com",
            eventName="CreateUser" if hours % 2 else "GetUser",
            eventCategory="Management",
            readOnly=hours % 2 == 0,
            requestParameters={"userName": f"made-{hours}"},
            eventID=f"call-{hours}",
        )
        files[key_of(PROD.id, "us-east-1", at, f"m{hours}")] = packed([made])
    world.aws.put_logs(LOGS, files.items())
    return world.client("cloudtrail", region="us-east-1")


def lookup(client, key=None, value=None, **more):
    attributes = [{"AttributeKey": key, "AttributeValue": value}] if key else []
    return client.lookup_events(LookupAttributes=attributes, **more)


def test_events_come_newest_first_in_pages_of_fifty(calls):
    pages = calls.get_paginator("lookup_events").paginate()

    events = [event for page in pages for event in page["Events"]]

    assert [event["EventId"] for event in events] == [f"call-{n}" for n in range(1, 97)]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("EventId", "call-30", 1),
        ("EventName", "CreateUser", 48),
        ("ReadOnly", "true", 48),
        ("Username", "user-1", 32),
        ("AccessKeyId", "AKIAEXAMPLEUSER00002", 32),
        ("ResourceName", "made-7", 1),
        ("EventSource", "sts.amazonaws.com", 0),
    ],
)
def test_one_attribute_is_looked_for(calls, key, value, found):
    assert len(lookup(calls, key, value)["Events"]) == found


def test_an_event_carries_its_whole_record(calls):
    (event,) = lookup(calls, "EventId", "call-3")["Events"]

    assert json.loads(event["CloudTrailEvent"])["requestParameters"] == {"userName": "made-3"}
    assert (event["EventName"], event["Username"], event["ReadOnly"]) == ("CreateUser", "user-0", "false")
    assert event["EventTime"] == NOW - timedelta(hours=3)
    assert {"ResourceName": "made-3"} in event["Resources"]


def test_a_window_is_kept_to(calls):
    found = lookup(calls, StartTime=NOW - timedelta(hours=5), EndTime=NOW - timedelta(hours=3))["Events"]

    assert [event["EventId"] for event in found] == ["call-3", "call-4", "call-5"]


@pytest.mark.parametrize("size", [1, 7, 50])
def test_no_event_is_told_twice_or_left_out_when_many_are_of_one_second(world, size):
    """Ten calls a second, for five seconds, in a region of their own."""
    made = [
        record(
            number,
            NOW - timedelta(hours=2, seconds=number // 10),
            PROD.id,
            "eu-central-1",
            eventCategory="Management",
            eventID=f"burst-{number}",
        )
        for number in range(50)
    ]
    key = key_of(PROD.id, "eu-central-1", NOW - timedelta(hours=2), "burst")
    world.aws.put_logs(LOGS, [(key, packed(made))])
    paginator = world.client("cloudtrail", region="eu-central-1").get_paginator("lookup_events")

    pages = [each["Events"] for each in paginator.paginate(PaginationConfig={"PageSize": size})]

    ids = [event["EventId"] for page in pages for event in page]
    assert sorted(ids) == sorted(each["eventID"] for each in made)
    assert len(pages) == -(-50 // size)


def test_a_token_of_somebody_elses_is_refused(calls):
    with pytest.raises(ClientError) as caught:
        lookup(calls, NextToken="nonsense")

    assert caught.value.response["Error"]["Code"] == "InvalidNextTokenException"


def test_the_names_in_an_answer_and_in_sets_of_items_are_resources_too(world):
    at, region = NOW - timedelta(hours=4), "eu-north-1"
    more = {"eventCategory": "Management", "eventSource": "ec2.amazonaws.com"}
    made = [
        record(
            1,
            at,
            PROD.id,
            region,
            eventName="CreateSecurityGroup",
            requestParameters={"groupName": "web"},
            responseElements={"requestId": "not-a-resource", "groupId": "sg-made"},
            eventID="made",
            **more,
        ),
        record(
            2,
            at,
            PROD.id,
            region,
            eventName="CreateTags",
            requestParameters={
                "resourcesSet": {"items": [{"resourceId": "sg-other"}, {"resourceId": "sg-made"}]}
            },
            eventID="tagged",
            **more,
        ),
        record(
            3,
            at,
            PROD.id,
            region,
            eventName="ModifyDBInstance",
            requestParameters={"dBInstanceIdentifier": "orders"},
            eventID="modified",
            **more,
        ),
    ]
    world.aws.put_logs(LOGS, [(key_of(PROD.id, region, at, "named"), packed(made))])
    client = world.client("cloudtrail", region=region)

    def found(name):
        return {each["EventId"] for each in lookup(client, "ResourceName", name)["Events"]}

    assert found("sg-made") == {"made", "tagged"}
    assert found("orders") == {"modified"}
    assert found("not-a-resource") == set()


def test_data_events_and_other_regions_are_not_in_the_history(calls, world):
    events = world.client("cloudtrail", region=HOME).lookup_events()["Events"]

    assert [event["EventName"] for event in events] == ["CreateAccessKey"]


def test_two_attributes_are_refused(calls):
    two = [
        {"AttributeKey": "EventName", "AttributeValue": "x"},
        {"AttributeKey": "EventId", "AttributeValue": "y"},
    ]

    with pytest.raises(ClientError, match="only one lookup attribute"):
        calls.lookup_events(LookupAttributes=two)


def test_insight_events_are_refused_not_made_up(calls):
    with pytest.raises(ClientError, match="no insight events"):
        calls.lookup_events(EventCategory="insight")


def test_a_key_is_a_resource_of_the_call_that_made_it(world):
    at = NOW - timedelta(hours=3)
    made = record(
        900,
        at,
        PROD.id,
        "ap-northeast-1",
        eventSource="iam.amazonaws.com",
        eventName="CreateAccessKey",
        eventCategory="Management",
        responseElements={"accessKey": {"accessKeyId": "AKIAEXAMPLEMADE00001"}},
        eventID="made-a-key",
    )
    world.aws.put_logs(LOGS, [(key_of(PROD.id, "ap-northeast-1", at, "made"), packed([made]))])

    found = lookup(world.client("cloudtrail", "ap-northeast-1"), "ResourceName", "AKIAEXAMPLEMADE00001")

    assert [event["EventId"] for event in found["Events"]] == ["made-a-key"]


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ({"type": "Root", "accountId": PROD.id}, "root"),
        (
            {"type": "AssumedRole", "arn": f"arn:aws:sts::{PROD.id}:assumed-role/deploy/night-shift"},
            "night-shift",
        ),
        ({"type": "IAMUser", "userName": "zoë", "arn": f"arn:aws:iam::{PROD.id}:user/zoë"}, "zoë"),
    ],
)
def test_a_call_is_found_by_whoever_made_it(world, identity, name):
    at, region = NOW - timedelta(hours=2), "sa-east-1"
    made = record(
        1, at, PROD.id, region, eventCategory="Management", userIdentity=identity, eventID=f"by-{len(name)}"
    )
    world.aws.put_logs(LOGS, [(key_of(PROD.id, region, at, name), packed([made]))])

    found = lookup(world.client("cloudtrail", region=region), "Username", name)["Events"]

    assert [(event["EventId"], event["Username"]) for event in found] == [(f"by-{len(name)}", name)]
