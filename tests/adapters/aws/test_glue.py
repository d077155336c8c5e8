"""What a table's properties in Glue tell of what it can see, and which tables are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.aws.glue import Reach, check_table, reach
from bot.adapters.aws.partitions import expression
from bot.errors import NotConfigured
from bot.trail.sources import UNPARTITIONED_DAY, Layout
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

        self.partitions: list[list[str]] = []
        self.asked: list[dict[str, object]] = []

    def by(self, *keys: str, kind: str = "string") -> "Glue":
        self.table["PartitionKeys"] = [{"Name": name, "Type": kind} for name in keys]
        return self

    def at(self, location: str) -> "Glue":
        self.table["StorageDescriptor"] = {"Location": location}
        return self

    def get_table(self, **asked: str) -> dict[str, object]:
        return {"Table": self.table}

    def get_partitions(self, **asked: object) -> dict[str, object]:
        """Two at a time, whatever is asked for."""
        self.asked.append(asked)
        begin = int(str(asked.get("NextToken", 0)))
        page = [{"Values": values} for values in self.partitions[begin : begin + 2]]
        more = {"NextToken": str(begin + 2)} if len(self.partitions) > begin + 2 else {}
        return {"Partitions": page, **more}


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
    assert check_table(Glue(), "noroshi", "cloudtrail").partitions is not None
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


WINDOW = (
    "(year = '2026' AND month = '08' AND day BETWEEN '31' AND '31')",
    "(year = '2026' AND month = '09' AND day BETWEEN '01' AND '08')",
)
BY_HAND = ("region", "year", "month", "day")
DAY = date(2026, 9, 8)


def by_hand(*values: str) -> Glue:
    glue = Glue().by(*BY_HAND).at("s3://acme/AWSLogs/111122223333/CloudTrail/")
    glue.partitions = [["eu-west-1", *value.split("/")] for value in values]
    return glue


def test_a_table_partitioned_by_hand_is_pruned_by_its_three_parts_of_a_day():
    seen = check_table(by_hand("2026/09/08"), "noroshi", "cloudtrail")

    assert seen.layout == Layout(UNPARTITIONED_DAY, None, "region")
    assert seen.accounts == ("111122223333",)


def test_only_the_windows_partitions_are_asked_for_page_by_page():
    glue = by_hand("2026/08/31", "2026/09/01", "2026/09/03", "2026/09/08", "2026/09/09")
    partitions = check_table(glue, "noroshi", "cloudtrail").partitions

    assert partitions.days(date(2026, 8, 31), DAY) == {
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 3),
        DAY,
    }
    assert {one["Expression"] for one in glue.asked[1:]} == {" OR ".join(WINDOW)}
    assert len(glue.asked) == 4


def test_an_expression_never_gets_longer_than_glue_takes():
    for years in range(10):
        assert len(expression(("year", "month", "day"), date(2016, 1, 1), date(2016 + years, 12, 31))) <= 2048
    assert expression(("timestamp",), DAY, DAY) == ""
    assert expression(("day",), DAY, DAY) == "day BETWEEN '2026/09/08' AND '2026/09/08'"


@pytest.mark.parametrize("written", ["2026/9/8", "2026/09/8", "26/09/08", "2026/13/01"])
def test_days_written_without_leading_zeros_are_refused(written):
    with pytest.raises(NotConfigured, match="leading zeros"):
        check_table(by_hand(written), "noroshi", "cloudtrail")


def test_days_that_are_no_text_are_refused():
    with pytest.raises(NotConfigured, match="as int, not as text"):
        check_table(Glue().by("year", "month", "day", kind="int"), "noroshi", "cloudtrail")


@pytest.mark.parametrize("keys", [(), ("account", "region"), ("year", "month")])
def test_a_table_without_a_day_is_refused_telling_what_there_is(keys):
    with pytest.raises(NotConfigured, match="would read the whole trail") as caught:
        check_table(Glue().by(*keys), "noroshi", "cloudtrail")

    assert (", ".join(sorted(keys)) or "nothing") in caught.value.message


TIMESTAMP = {
    "projection.enabled": "true",
    "projection.timestamp.type": "date",
    "projection.timestamp.format": "yyyy/MM/dd",
    "projection.timestamp.range": "2020/01/01,NOW",
    "storage.location.template": "s3://acme/AWSLogs/111122223333/CloudTrail/us-east-1/${timestamp}",
}


def test_awss_own_form_by_one_projected_date_is_recognised():
    seen = check_table(Glue(**TIMESTAMP).by("timestamp"), "noroshi", "cloudtrail")

    assert seen.layout == Layout('"timestamp"')
    assert (seen.accounts, seen.regions) == (("111122223333",), ("us-east-1",))
    assert seen.first_day == date(2020, 1, 1)
    assert seen.partitions is None


def test_awss_own_form_with_other_days_is_refused():
    other = TIMESTAMP | {"projection.timestamp.format": "yyyy-MM-dd"}
    with pytest.raises(NotConfigured, match=r"projection\.timestamp\.format"):
        check_table(Glue(**other).by("timestamp"), "noroshi", "cloudtrail")


PARTS = {
    "projection.enabled": "true",
    "projection.year.type": "integer",
    "projection.year.range": "2024,2030",
    "projection.month.type": "integer",
    "projection.month.range": "1,12",
    "projection.month.digits": "2",
    "projection.day.type": "integer",
    "projection.day.range": "1,31",
    "projection.day.digits": "2",
}


def test_projected_parts_of_a_day_need_leading_zeros():
    assert check_table(Glue(**PARTS).by(*BY_HAND), "noroshi", "cloudtrail").first_day == date(2024, 1, 1)
    bare = {key: value for key, value in PARTS.items() if key != "projection.month.digits"}
    with pytest.raises(NotConfigured, match="months without leading zeros"):
        check_table(Glue(**bare).by(*BY_HAND), "noroshi", "cloudtrail")


@pytest.mark.parametrize("kind", ["injected", "integer"])
def test_a_day_that_can_not_be_asked_for_as_a_stretch_is_refused(kind):
    with pytest.raises(NotConfigured, match=kind):
        check_table(Glue(**(OURS | {"projection.day.type": kind})), "noroshi", "cloudtrail")
