"""A day has the records and files of a real account, and its quiet places stay quiet."""

import gzip
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.incident.company import PROD, REGIONS, STAGING, Company, Place
from bot.embedded.incident.day import awake, day_files
from bot.embedded.incident.life import ordinary_life

PLACES = [Place(account.id, region) for account in (PROD, STAGING) for region in REGIONS]
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def counted(files):
    return sum(gzip.decompress(file.body).count(b'{"eventVersion":') for file in files)


def test_any_thirty_days_hold_at_least_200_000_records_in_2_000_to_4_000_files():
    working, weekend = (list(day_files(Company(7), day)) for day in (FRIDAY, SATURDAY))

    # Thirty days in a row have between eight and ten weekend days.
    assert 20 * counted(working) + 10 * counted(weekend) >= 200_000
    assert 2_000 <= 20 * len(working) + 10 * len(weekend) <= 22 * len(working) + 8 * len(weekend) <= 4_000


def test_records_are_of_realistic_size():
    files = list(day_files(Company(7), FRIDAY))
    size = sum(len(gzip.decompress(file.body)) for file in files) / counted(files)

    assert 1_000 <= size <= 1_700


def test_records_of_a_file_are_in_no_order_and_mixed():
    biggest = max(day_files(Company(7), FRIDAY), key=lambda file: len(file.body))
    records = orjson.loads(gzip.decompress(biggest.body))["Records"]
    times = [record["eventTime"] for record in records]
    cached = [
        n for n, record in enumerate(records) if record["sourceIPAddress"] == "cloudfront.amazonaws.com"
    ]

    assert times != sorted(times)
    assert cached[-1] - cached[0] > 2 * len(cached)


def test_every_activity_happens_in_one_place_and_under_one_name():
    life = ordinary_life(Company(7))

    assert len({activity.name for activity in life}) == len(life)
    for activity in life:
        assert {copies[0].place for copies in activity.calls} == {activity.place}, activity.name


@pytest.mark.parametrize("place", PLACES)
@given(files=st.floats(min_value=0.01, max_value=10))
def test_the_last_slot_of_a_day_is_always_awake_and_no_slot_is_made_up(place, files):
    slots = awake(place, files)

    assert slots[-1] == 143
    assert set(slots) <= set(range(144))
    assert len(set(slots)) == len(slots)
