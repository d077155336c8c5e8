"""What a table hides is said, each thing once, and only as loudly as it matters."""

from datetime import UTC, date, datetime

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.athena_reach import unseen
from bot.adapters.aws.athena_watch import Watch
from bot.adapters.aws.glue import Reach
from bot.adapters.aws.partitions import Partitions
from bot.core.span import Span
from bot.errors import Upstream

REACH = Reach(
    "s3://acme-trail-logs/AWSLogs/", ("111122223333", "444455556666"), ("eu-west-1",), date(2024, 1, 1)
)


class Nothing:
    """What a client of Athena's must tell of itself."""

    class meta:  # noqa: N801 - botocore's name
        endpoint_url = "http://127.0.0.1:1"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def told(seen: Reach = REACH, span: Span | None = None, *, found: bool = True, **watch: object):
    watched = Watch(Nothing(), 1, print, **{"bytes_scanned": 1, **watch})
    return unseen(seen, span or Span(at(2024, 1, 1), at(2024, 1, 8)), watched, found=found)


def codes(caveats):
    return [(caveat.code, caveat.weight) for caveat in caveats]


def test_a_full_answer_says_nothing():
    assert told() == ()


def test_a_window_that_begins_before_the_table_is_noted_with_the_first_day():
    (caveat,) = told(span=Span(at(2023, 12, 31, 23), at(2024, 1, 1, 1)))

    assert (caveat.code, caveat.weight) == ("before-the-table", "note")
    assert "2024-01-01" in caveat.message


@pytest.mark.parametrize("until", [at(2023, 6, 2), at(2024, 1, 1)])
def test_a_window_wholly_before_the_table_is_blind_for_that_one_reason(until):
    caveats = told(span=Span(at(2023, 6, 1), until), bytes_scanned=0)

    assert codes(caveats) == [("before-the-table", "blind")]
    assert "2024-01-01" in caveats[0].message


def test_no_file_read_is_blind_and_says_where_the_table_points():
    (caveat,) = told(bytes_scanned=0)

    assert (caveat.code, caveat.weight) == ("nothing-scanned", "blind")
    assert "no log file at all for these days" in caveat.message
    assert "s3://acme-trail-logs/AWSLogs/" in caveat.message


def test_a_result_that_was_reused_scanned_nothing_and_is_no_blindness():
    assert told(bytes_scanned=0, reused=True) == ()


def test_an_empty_answer_says_which_places_the_table_covers():
    (caveat,) = told(found=False)

    assert (caveat.code, caveat.weight) == ("only-these-places", "note")
    assert caveat.message == (
        "the table covers accounts 111122223333, 444455556666 and region eu-west-1; calls elsewhere are not in it"
    )


def test_more_than_six_names_are_counted():
    seen = Reach(regions=tuple(f"eu-test-{n}" for n in range(9)))

    (caveat,) = told(seen, found=False)

    assert caveat.message.startswith("the table covers regions eu-test-0,")
    assert "eu-test-5 and 3 more;" in caveat.message
    assert "eu-test-6" not in caveat.message


def test_a_table_that_says_nothing_of_itself_hides_nothing_that_we_know():
    assert codes(told(Reach(), Span(at(2000, 1, 1), at(2000, 1, 2)), found=False)) == []


def test_an_answer_without_a_query_id_is_none_of_athenas():
    with pytest.raises(Upstream, match=r"AWS can't be reached: what answers at http://127\.0\.0\.1:1 is not"):
        Watch(Nothing(), 1, print).begin(None)


class Registered:
    """Glue with partitions of these days, or none to tell."""

    def __init__(self, *days: int, refuses: bool = False) -> None:
        self.found = [["2024", "01", f"{day:02}"] for day in days]
        self.refuses = refuses

    def get_partitions(self, **_: object) -> dict[str, object]:
        if self.refuses:
            raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetPartitions")
        return {"Partitions": [{"Values": values} for values in self.found]}


def by_hand(*days: int, refuses: bool = False) -> Reach:
    keys = ("year", "month", "day")
    return Reach(partitions=Partitions(Registered(*days, refuses=refuses), "noroshi", "ct", keys, keys))


WEEK = Span(at(2024, 1, 1), at(2024, 1, 8))


def test_every_day_with_a_partition_is_no_caveat():
    assert told(by_hand(*range(1, 8)), WEEK) == ()


def test_days_without_a_partition_were_not_searched_and_are_named():
    (caveat,) = told(by_hand(1, 2, 5, 6, 7), WEEK)

    assert (caveat.code, caveat.weight) == ("partitions-missing", "note")
    assert "no partition of 2 of the 7 days (2024-01-03 to 2024-01-04)" in caveat.message
    assert "those days were not searched; noroshi setup trail --adopt" in caveat.message


def test_a_window_without_any_partition_is_blind_for_that_one_reason():
    caveats = told(by_hand(), WEEK, bytes_scanned=0)

    assert codes(caveats) == [("partitions-missing", "blind")]
    assert "any of these days" in caveats[0].message


def test_days_that_the_compact_copy_answered_need_no_partition():
    watched = Watch(Nothing(), 1, print, bytes_scanned=1)

    last = [date(2024, 1, 7), date(2024, 1, 8)]
    assert unseen(by_hand(7), WEEK, watched, found=True, days=last) == ()
    (caveat,) = unseen(by_hand(), WEEK, watched, found=True, days=last)
    assert caveat.weight == "note"
    assert "no partition of 1 of the 7 days (2024-01-07): that day was not searched" in caveat.message


def test_an_answer_stands_where_glue_will_not_tell_of_partitions():
    (caveat,) = told(by_hand(refuses=True), WEEK)

    assert (caveat.code, caveat.weight) == ("partitions-unknown", "note")
    assert "glue:GetPartitions" in caveat.message
