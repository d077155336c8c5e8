"""A resource that changed a thousand times: the first page is quick, and all pages together are no more than needed."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.embedded.aws import HOME, PROD
from bot.embedded.aws.config.recordings import Recorder

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
GROUP, REVISIONS, RULES = "AWS::EC2::SecurityGroup", 1000, 60


def revision(number):
    at = NOW - timedelta(minutes=30 * (REVISIONS - number))
    rules = [
        {"ipProtocol": "tcp", "fromPort": port, "toPort": port, "ipv4Ranges": [{"cidrIp": f"10.0.{number % 250}.0/24"}]}
        for port in range(RULES)
    ]  # fmt: skip
    return {
        "accountId": PROD.id,
        "configurationItemCaptureTime": at,
        "configurationItemStatus": "OK" if number else "ResourceDiscovered",
        "configurationStateId": str(round(at.timestamp() * 1000)),
        "resourceType": GROUP,
        "resourceId": "sg-busy",
        "configuration": {"groupId": "sg-busy", "ipPermissions": rules},
        "supplementaryConfiguration": {},
    }


@pytest.fixture(scope="module")
def recordings(world):
    opened = world.aws.recordings
    opened.open((PROD.id, HOME), Recorder(NOW - timedelta(days=90)))
    for number in range(REVISIONS):
        opened.record((PROD.id, HOME), revision(number))
    return opened


def test_the_newest_items_come_in_as_many_calls_as_their_days_need(world, recordings):
    paginator = world.client("config").get_paginator("get_resource_config_history")
    asked = {"resourceType": GROUP, "resourceId": "sg-busy", "limit": 100}

    pages = [len(page["configurationItems"]) for page in paginator.paginate(**asked)]

    # 336 half hours are seven days, and every fourth page ends with them; the newest item is half an hour old.
    assert pages == [100, 100, 100, 35, 100, 100, 100, 36, 100, 100, 100, 29]


def test_a_page_costs_what_it_holds_and_not_what_the_history_does(recordings):
    """Copying all of it for each page took seconds of processor time."""
    started = time.thread_time()
    for _ in range(20):
        assert len(recordings.history((PROD.id, HOME), (GROUP, "sg-busy"))) == REVISIONS

    assert (
        time.thread_time() - started < 0.2
    )  # ten milliseconds each at the very most; it takes a tenth of that


def test_what_was_recorded_does_not_change_with_what_it_was_made_of(world, recordings):
    item = revision(0) | {"resourceId": "sg-mine"}
    recordings.record((PROD.id, HOME), item)
    item["configuration"]["groupId"] = "sg-yours"

    (kept,) = recordings.history((PROD.id, HOME), (GROUP, "sg-mine"))

    assert kept["configuration"]["groupId"] == "sg-busy"
