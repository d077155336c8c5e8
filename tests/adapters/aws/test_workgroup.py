"""The limit of a query follows from what would be refused anyway."""

import pytest

from bot.adapters.aws.workgroup import WorkgroupWish, cutoff, differences, size
from bot.app.trail_setup import trail_setup
from bot.errors import NotConfigured
from bot.settings import Settings
from bot.settings_parts import Trail

WISH = WorkgroupWish("noroshi", "s3://acme/noroshi/", 10**12)


@pytest.mark.parametrize(
    ("usd", "usd_per_tb", "limit"),
    [(None, 5.0, 10**12), (0.5, 5.0, 10**11), (50, 5.0, 10**13), (0, 5.0, 10**7), (1, 0.0, 10**12)],
)
def test_a_query_may_read_what_it_may_cost(usd, usd_per_tb, limit):
    assert cutoff(usd, usd_per_tb) == limit


@pytest.mark.parametrize(("count", "words"), [(10**12, "1,000 GB"), (10**7, "10 MB"), (10**9, "1 GB")])
def test_a_size_is_said_in_the_unit_that_fits(count, words):
    assert size(count) == words


def found(**settings):
    return {"Name": "noroshi", "Configuration": settings}


def test_a_lower_limit_and_a_place_of_its_own_are_left():
    own = found(BytesScannedCutoffPerQuery=10**9, ResultConfiguration={"OutputLocation": "s3://theirs/"})

    assert differences(own, WISH) == ({}, [])


def test_athenas_own_store_needs_no_place():
    managed = found(BytesScannedCutoffPerQuery=10**12, ManagedQueryResultsConfiguration={"Enabled": True})

    assert differences(managed, WISH) == ({}, [])


def test_a_higher_limit_and_no_place_are_both_named():
    updates, words = differences(found(BytesScannedCutoffPerQuery=10**13), WISH)

    assert updates == {
        "ResultConfigurationUpdates": {"OutputLocation": "s3://acme/noroshi/"},
        "BytesScannedCutoffPerQuery": 10**12,
    }
    assert words[0] == "without a place for results"
    assert "a limit of 10,000 GB" in words[1]


def test_the_settings_decide_what_is_made():
    trail = Trail(
        database="audit", table="ct", workgroup="", refuse_above_usd=1, compact_location="s3://acme/compact/"
    )

    made = trail_setup(Settings(trail=trail))

    assert (made.database, made.table, made.compact_location) == ("audit", "ct", "s3://acme/compact/")
    assert made.workgroup == WorkgroupWish("primary", None, 2 * 10**11)


def test_an_engine_without_tables_is_told_so():
    with pytest.raises(NotConfigured, match="has no tables"):
        trail_setup(Settings(trail=Trail(engine="duckdb")))
