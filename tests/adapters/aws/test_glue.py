"""What a table's properties in Glue tell of what it can see, and which tables are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.aws.glue import Reach, check_table, reach
from bot.errors import NotConfigured
from bot.trail.table import projection

TODAY = date(2026, 3, 31)
OURS = projection(
    "s3://acme-trail-logs/AWSLogs/", ["111122223333", "444455556666"], ["eu-west-1"], "2024/01/01"
)
PLACE = "s3://acme-trail-logs/AWSLogs/${account}/CloudTrail/${region}/${day}"


class Glue:
    """Knows one table."""

    def __init__(self, **properties: str) -> None:
        self.table = {
            "Name": "cloudtrail",
            "PartitionKeys": [{"Name": name} for name in ("account", "region", "Day")],
            "StorageDescriptor": {"Location": "s3://acme-trail-logs/AWSLogs/"},
            "Parameters": properties,
        }

    def get_table(self, **asked: str) -> dict[str, object]:
        return {"Table": self.table}


def first_day(words: str) -> date | None:
    return reach("", OURS | {"projection.day.range": words}, TODAY).first_day


def test_our_own_table_tells_place_accounts_regions_and_first_day():
    seen = check_table(Glue(**OURS), "noroshi", "cloudtrail")

    assert seen == Reach(PLACE, ("111122223333", "444455556666"), ("eu-west-1",), date(2024, 1, 1))


@pytest.mark.parametrize("form", ["yyyy-MM-dd", "yyyy/MM/dd/HH", "yyyyMMdd", "dd/MM/yyyy", ""])
def test_days_written_otherwise_are_refused_telling_how(form):
    with pytest.raises(NotConfigured, match=r"projection\.day\.format") as caught:
        check_table(Glue(**(OURS | {"projection.day.format": form})), "noroshi", "cloudtrail")

    assert f"as {form} (" in caught.value.message
    assert "yyyy/MM/dd" in caught.value.message


def test_a_table_with_registered_partitions_passes_and_says_its_place_only():
    assert check_table(Glue(), "noroshi", "cloudtrail") == Reach("s3://acme-trail-logs/AWSLogs/")
    off = OURS | {"projection.enabled": "false", "projection.day.format": "yyyy-MM-dd"}
    assert check_table(Glue(**off), "noroshi", "cloudtrail") == Reach("s3://acme-trail-logs/AWSLogs/")


def test_names_of_properties_are_read_in_any_case():
    loud = {name.upper(): value for name, value in OURS.items()}

    assert check_table(Glue(**loud), "noroshi", "cloudtrail").regions == ("eu-west-1",)


def test_injected_accounts_stay_unsaid():
    assert reach("", OURS | {"projection.account.type": "injected"}, TODAY).accounts == ()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024/01/01,NOW", date(2024, 1, 1)),
        (" 2024/02/29 , 2025/01/01", date(2024, 2, 29)),
        ("NOW-3YEARS,NOW", date(2023, 3, 31)),
        ("now - 1 month,NOW", date(2026, 2, 28)),
        ("NOW-15MONTHS,NOW", date(2024, 12, 31)),
        ("NOW-2WEEKS,NOW", date(2026, 3, 17)),
        ("NOW-90DAYS,NOW", date(2025, 12, 31)),
        ("NOW,NOW+1DAYS", TODAY),
        ("NOW-9999YEARS,NOW", None),
        ("NOW-99999MONTHS,NOW", None),
        ("NOW-5HOURS,NOW", None),
        ("NOW+1DAYS,NOW", None),
        ("2024/13/01,NOW", None),
        ("2024,NOW", None),
        ("", None),
    ],
)
def test_the_first_day_is_read_from_dates_and_from_arithmetic_on_now(words, day):
    assert first_day(words) == day


@given(st.text() | st.from_regex(r"NOW-[0-9]{1,5}(YEAR|MONTH|WEEK|DAY)S?", fullmatch=True))
def test_no_range_breaks_it(words):
    day = first_day(words)

    assert day is None or day <= TODAY or "NOW" not in words.upper()


@given(st.dictionaries(st.sampled_from(sorted(OURS)), st.text()))
def test_no_property_breaks_it(properties):
    assert reach("s3://b/", properties, TODAY).location == properties.get(
        "storage.location.template", "s3://b/"
    )
