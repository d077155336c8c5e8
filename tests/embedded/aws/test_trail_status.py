"""A trail's status is told in the world's own time, as CloudTrail tells it."""

from datetime import UTC, datetime, timedelta

from tests.aws_world import NOW


def status(world):
    return world.client("cloudtrail").get_trail_status(Name="acme-trail")


def test_a_seeded_trail_has_logged_since_the_tables_first_day(world):
    told = status(world)

    assert told["IsLogging"]
    assert told["StartLoggingTime"] == datetime(2024, 1, 1, tzinfo=UTC)
    assert told["LatestDeliveryTime"] == NOW - timedelta(minutes=4)
    assert "StopLoggingTime" not in told


def test_stopping_and_starting_leave_their_times(world):
    cloudtrail = world.client("cloudtrail")
    cloudtrail.stop_logging(Name="acme-trail")
    stopped = status(world)
    cloudtrail.start_logging(Name="acme-trail")
    started = status(world)

    assert (stopped["IsLogging"], stopped["StopLoggingTime"]) == (False, NOW)
    assert (started["IsLogging"], started["StartLoggingTime"], started["StopLoggingTime"]) == (True, NOW, NOW)
