"""What the account's trails record, asked of CloudTrail; never an error, at worst unknown."""

import pytest

from bot.adapters.aws.recording import TrailRecording
from bot.core.recording import NOTHING, UNKNOWN, Recorded
from bot.errors import Upstream
from tests.aws_world import furnished


@pytest.fixture(scope="module")
def world():
    with furnished() as made:
        yield made


def test_a_trail_that_is_on_records_what_its_selectors_say(world):
    assert TrailRecording(lambda: world.client("cloudtrail")).objects("acme-payroll") == Recorded(
        "all", "all"
    )


def test_a_trail_that_is_off_records_nothing(world):
    cloudtrail = world.client("cloudtrail")
    cloudtrail.stop_logging(Name="acme-trail")
    try:
        assert TrailRecording(lambda: cloudtrail).objects("acme-payroll") == NOTHING
    finally:
        cloudtrail.start_logging(Name="acme-trail")


def test_without_a_region_or_credentials_it_is_unknown():
    def nowhere():
        raise Upstream("No AWS region is set.")

    assert TrailRecording(nowhere).objects("acme-payroll") == UNKNOWN
