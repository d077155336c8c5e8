"""GetResourceConfigHistory walks back seven days to a page, as AWS does: pages may be empty and yet go on."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.config.history import WINDOW, Range, page
from bot.embedded.aws.config.recordings import Recorder

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP = "AWS::EC2::SecurityGroup"
DAYS = (0.5, 1, 9, 9.25, 40)
"""How long ago each item of sg-1 was captured."""


def item(resource_id="sg-1", days=0.5, status="OK", **more):
    at = NOW - timedelta(days=days)
    return {
        "version": "1.3",
        "accountId": PROD.id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": status,
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": GROUP,
        "resourceId": resource_id,
        "awsRegion": HOME,
        "configuration": {"groupId": resource_id},
        "supplementaryConfiguration": {},
    } | more


@pytest.fixture(scope="module")
def config(world):
    recordings = world.aws.recordings
    for region in (HOME, "us-east-1"):
        recordings.open((PROD.id, region), Recorder(NOW - timedelta(days=90)))
    for days in DAYS:
        recordings.record((PROD.id, HOME), item(days=days))
    recordings.record((PROD.id, HOME), item("sg-later", days=-1))
    recordings.record(
        (PROD.id, HOME),
        item("sg-precise", configurationItemCaptureTime=NOW.replace(hour=11, microsecond=412_000)),
    )
    return world.client("config")


def ask(config, resource_id="sg-1", **more):
    return config.get_resource_config_history(resourceType=GROUP, resourceId=resource_id, **more)


def ages(items):
    return [(NOW - each["configurationItemCaptureTime"]) / timedelta(days=1) for each in items]


def pages(config, **asked):
    told = [ask(config, **asked)]
    while token := told[-1].get("nextToken"):
        told.append(ask(config, **asked, nextToken=token))
    return [ages(each["configurationItems"]) for each in told]


def refusal(config, **asked):
    with pytest.raises(ClientError) as caught:
        ask(config, **asked)
    return caught.value.response["Error"]["Code"]


def test_a_page_covers_seven_days_and_may_be_empty_while_there_is_more(config):
    assert pages(config) == [[0.5, 1], [9, 9.25], [], [], [], [40]]


def test_forward_begins_with_the_first_item(config):
    assert pages(config, chronologicalOrder="Forward") == [[40], [], [], [], [9.25, 9], [1, 0.5]]


def test_a_limit_cuts_pages_within_their_seven_days(config):
    assert pages(config, limit=1)[:4] == [[0.5], [1], [9], [9.25]]


def test_without_a_limit_a_page_holds_ten(config, world):
    for minutes in range(13):
        world.aws.recordings.record((PROD.id, HOME), item("sg-busy", days=1 + minutes / 1440))

    assert [len(each) for each in pages(config, resource_id="sg-busy")] == [10, 3]
    assert [len(each) for each in pages(config, resource_id="sg-busy", limit=0)] == [10, 3]
    assert [len(each) for each in pages(config, resource_id="sg-busy", limit=100)] == [13]


def test_botos_paginator_collects_everything(config):
    paginator = config.get_paginator("get_resource_config_history")

    told = paginator.paginate(resourceType=GROUP, resourceId="sg-1", PaginationConfig={"PageSize": 2})

    assert ages(told.build_full_result()["configurationItems"]) == list(DAYS)


def test_only_the_time_asked_for_is_told_both_ends_included(config):
    later, earlier = NOW - timedelta(days=1), NOW - timedelta(days=9)

    told = pages(config, laterTime=later, earlierTime=earlier)

    assert [age for each in told for age in each] == [1, 9]


def test_an_item_is_found_at_the_very_millisecond_of_its_capture(config):
    captured = ask(config, "sg-precise")["configurationItems"][0]["configurationItemCaptureTime"]

    assert captured.microsecond == 412_000
    assert ask(config, "sg-precise", laterTime=captured, limit=1)["configurationItems"]
    just_before = captured - timedelta(milliseconds=1)
    assert ask(config, "sg-precise", laterTime=just_before)["configurationItems"] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"resource_id": "sg-nobody"}, "ResourceNotDiscoveredException"),
        ({"resource_id": "SG-1"}, "ResourceNotDiscoveredException"),
        ({"resource_id": "sg-later"}, "ResourceNotDiscoveredException"),
        ({"limit": 101}, "InvalidLimitException"),
        ({"nextToken": "nonsense"}, "InvalidNextTokenException"),
        ({"nextToken": "eyJhIjoxfQ=="}, "InvalidNextTokenException"),
        ({"laterTime": NOW - timedelta(days=3), "earlierTime": NOW}, "InvalidTimeRangeException"),
        ({"laterTime": NOW, "earlierTime": NOW}, "InvalidTimeRangeException"),
        ({"earlierTime": NOW + timedelta(days=1)}, "InvalidTimeRangeException"),
    ],
)
def test_what_aws_refuses_is_refused_by_the_same_name(config, asked, code):
    assert refusal(config, **asked) == code


def test_a_type_that_config_does_not_know_is_refused(config):
    with pytest.raises(ClientError, match="enum value set") as caught:
        config.get_resource_config_history(resourceType="AWS::EC2::Image", resourceId="ami-1")

    assert caught.value.response["Error"]["Code"] == "ValidationException"


def test_a_token_is_good_for_its_own_question_only(config):
    token = ask(config)["nextToken"]

    assert refusal(config, nextToken=token, chronologicalOrder="Forward") == "InvalidNextTokenException"
    assert refusal(config, nextToken=token, resource_id="sg-precise") == "InvalidNextTokenException"


def test_other_regions_and_accounts_know_nothing_of_it(config, world):
    assert refusal(world.client("config", region="us-east-1")) == "ResourceNotDiscoveredException"
    staging = world.client("config", account=STAGING)
    assert refusal(staging) == "NoAvailableConfigurationRecorderException"


def test_what_config_knows_is_text_within_the_answer(config, world):
    acl = {"grantList": [{"grantee": "AllUsers", "permission": "Read"}]}
    more = {"AccessControlList": acl, "BucketPolicy": {"policyText": None}, "IsRequesterPaysEnabled": False}
    world.aws.recordings.record((PROD.id, HOME), item("sg-texts", supplementaryConfiguration=more))

    (told,) = ask(config, "sg-texts")["configurationItems"]

    assert told["configuration"] == '{"groupId":"sg-texts"}'
    supplementary = told["supplementaryConfiguration"]
    assert json.loads(json.loads(supplementary["AccessControlList"])) == acl
    assert json.loads(supplementary["BucketPolicy"]) == {"policyText": None}
    assert supplementary["IsRequesterPaysEnabled"] == "false"


def test_the_last_item_of_what_is_deleted_has_no_configuration(config, world):
    gone = item("sg-gone", days=0.25, status="ResourceDeleted", configuration=None)
    for each in (item("sg-gone"), gone):
        world.aws.recordings.record((PROD.id, HOME), each)

    last, before = ask(config, "sg-gone")["configurationItems"]

    assert (last["configurationItemStatus"], before["configurationItemStatus"]) == ("ResourceDeleted", "OK")
    assert "configuration" not in last


def test_the_now_of_the_first_page_is_the_now_of_all(config, world, monkeypatch):
    for days in (3, 2, -1):
        world.aws.recordings.record((PROD.id, HOME), item("sg-live", days=days))
    asked = {"resource_id": "sg-live", "limit": 1, "chronologicalOrder": "Forward"}
    first = ask(config, **asked)

    monkeypatch.setattr(world.aws.recordings, "clock", lambda: NOW + timedelta(days=2))
    rest = ask(config, **asked, nextToken=first["nextToken"])

    assert ages(first["configurationItems"] + rest["configurationItems"]) == [3, 2]
    assert "nextToken" not in rest


# Half days, so that items often lie on the very edge of seven days.
hours = st.integers(min_value=0, max_value=60).map(lambda halves: 12 * halves)


@given(st.lists(hours, max_size=25), hours, hours, st.booleans(), st.integers(min_value=1, max_value=4))
def test_pages_together_are_the_range_once_and_in_order(captured, one, other, forward, limit):
    items = [{"configurationItemCaptureTime": NOW + timedelta(hours=each)} for each in sorted(captured)]
    earlier, later = (NOW + timedelta(hours=each) for each in sorted((one, other)))
    asked = Range(earlier, later, forward)
    told, position = [], asked.start

    while position is not None:
        found, position = page(items, asked, position, limit)
        times = [each["configurationItemCaptureTime"] for each in found]
        assert len(found) <= limit
        assert not times or max(times) - min(times) <= WINDOW
        told += times

    inside = [at for each in items if earlier <= (at := each["configurationItemCaptureTime"]) <= later]
    assert told == (inside if forward else inside[::-1])
