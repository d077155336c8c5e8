"""What a question would cost where days have a compact copy."""

from datetime import date, timedelta

import pytest

from bot.adapters.athena import AthenaEngine, AthenaSettings
from bot.adapters.aws.compact_copy import AthenaCompactor, CompactSettings
from bot.adapters.aws.glue_tables import make_compact
from bot.adapters.aws.session import client
from bot.core.span import Span
from bot.trail.who_accessed import who_accessed
from tests.aws_world import NOW

PLACE = "s3://acme-compact/noroshi/"


def silent(_):
    pass


@pytest.fixture
def copied(world, session):
    world.aws.make_bucket("acme-compact")
    make_compact(world.client("glue"), "noroshi", "cloudtrail", PLACE)
    settings = CompactSettings("noroshi", "cloudtrail", "noroshi", compact_location=PLACE, poll_seconds=0.02)
    made = AthenaCompactor(settings, lambda name: client(name, session=session), now=lambda: NOW)
    made.compact(silent, date(2026, 9, 3))
    return AthenaEngine(AthenaSettings(workgroup="noroshi", poll_seconds=0.02), session=session)


def test_the_copy_is_an_upper_bound_and_the_estimate_says_so(copied, world):
    query = who_accessed("acme-payroll", Span(NOW - timedelta(days=5), NOW))

    estimate = copied.estimate(query, silent)

    assert estimate.at_most
    assert (estimate.copied_days, estimate.files) == (5, 5)
    assert estimate.bytes >= copied.run(query, silent).receipt.bytes_scanned
    assert estimate.bytes > world.size_of("/2026/09/08/")
