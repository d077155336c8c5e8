from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from inline_snapshot import snapshot

from bot.core.billing.days import DAY, Days
from bot.core.view import Caveat
from bot.errors import BadRequest
from tests.commands.billing.small_bills import (
    EC2,
    PROD,
    S3,
    STAGING,
    TODAY,
    FakeBills,
    Ports,
    ask,
    daily,
    once,
)
from tests.commands.reading import read


def test_services_stand_beside_as_many_days_before():
    bills = FakeBills({("service",): [*daily("3", EC2), *daily("1", S3), once(TODAY, "20", EC2)]})

    assert read(ask("by-service", "--since", "7d", bills=bills)) == snapshot(
        [
            "Amazon Elastic Compute Cloud - Compute costs most: $41.00 of $48.00 (85 %) — last 7 days",
            "+$20.00 against the 7 days before",
            "Moved most: Amazon Elastic Compute Cloud - Compute +$20.00",
            "[Cost by service: bars by day, with a line for the 7 days before; $48.00 in all, most on 2026-09-16: $24.00]",
            "service | amount | before | change",
            "Amazon Elastic Compute Cloud - Compute | $41.00 | $21.00 | +$20.00 (95 %)",
            "Amazon Simple Storage Service | $7.00 | $7.00 | –",
            "(estimated)",
            "(day-not-over)",
        ]
    )


def test_thirty_days_are_thirty_with_today_the_last():
    bills = FakeBills({("region",): daily("1", "eu-west-1")})
    view = ask("by-region", bills=bills)

    assert view.request == {"by": "region", "since": "2026-08-18", "until": "2026-09-17"}
    assert view.totals["total"] == 30
    assert bills.questions[0][0] == Days(TODAY - 59 * DAY, TODAY + DAY)


def test_accounts_have_their_names_and_ids():
    bills = FakeBills({("account",): [*daily("2", PROD), *daily("1", "999999999999"), *daily("1", STAGING)]})
    view = ask("by-account", "--since", "7d", bills=bills)

    assert view.title.startswith("prod costs most: $14.00 of $28.00 (50 %)")
    assert view.rows[1] == {
        "account_id": STAGING,
        "account": "staging",
        "amount": 7,
        "previous": 7,
        "change_pct": 0,
    }
    assert f"staging {STAGING} | $7.00 | $7.00 | –" in read(view)


def test_what_has_no_tag_is_said_in_words_and_unknown_to_programs():
    bills = FakeBills({("tag:team",): [*daily("2", ""), *daily("1", "web")]})
    view = ask("by-tag", "team", "--since", "7d", bills=bills)

    assert view.title.startswith("untagged costs most")
    assert [row["tag"] for row in view.rows] == [None, "web"]


def test_a_tag_that_nothing_has_may_be_none_that_a_bill_knows():
    view = ask("by-tag", "team", "--since", "7d", bills=FakeBills({("tag:team",): daily("2", "")}))

    assert view.title == "Nothing has the tag team: $14.00 without it — last 7 days"
    assert ("tag-not-on-bill", "blind") in [(each.code, each.weight) for each in view.caveats]


def test_a_tags_long_value_pushes_no_amount_out_of_the_first_line():
    view = ask("by-tag", "team", "--since", "7d", bills=FakeBills({("tag:team",): daily("2", "w" * 256)}))

    assert view.title == f"{'w' * 59}… costs most: $14.00 of $14.00 (100 %) — last 7 days"


def test_a_new_service_is_new_and_a_gone_one_still_stands():
    bills = FakeBills({("service",): [once(TODAY, "5", EC2), *daily("1", S3, until=TODAY - 7 * DAY)]})

    told = read(ask("by-service", "--since", "7d", bills=bills))
    assert f"{EC2} | $5.00 | – | new" in told
    assert f"{S3} | $0.00 | $7.00 | −$7.00 (100 %)" in told


def test_what_cost_next_to_nothing_before_is_new_and_not_a_billion_times_more():
    bills = FakeBills({("service",): [once(TODAY, "960", EC2), once(TODAY - 8 * DAY, "0.0000001", EC2)]})

    assert f"{EC2} | $960.00 | under $0.01 | new" in read(ask("by-service", "--since", "7d", bills=bills))


def test_credits_stand_under_the_sums():
    bills = FakeBills({("service",): [*daily("2", EC2), once(TODAY, "-9", EC2, record="Refund")]})

    view = ask("by-service", "--since", "7d", bills=bills)
    assert view.totals["total"] == 14
    assert "Not in these sums: refunds −$9.00" in read(view)


def test_nothing_is_said_as_such():
    view = ask("by-service", bills=FakeBills({("service",): []}))

    assert view.title == "Nothing was charged — last 30 days"
    assert view.rows == ()


def test_one_day_stands_beside_the_day_before_and_a_day_long_over_beside_whole_ones():
    bills = FakeBills({("service",): daily("3", EC2)})
    over = ask("by-service", "--since", "2026-09-10", "--until", "2026-09-10", bills=bills)

    assert "no change against the day before" in read(over)
    assert "day-not-over" not in [each.code for each in over.caveats]


def test_days_that_could_not_be_seen_did_not_cost_nothing():
    lost = Caveat("days-missing", "CloudWatch has no estimate of these days.", "blind")
    view = ask("by-service", bills=FakeBills({("service",): []}, caveats=(lost,)))

    assert view.title == "I can’t tell what was charged: AWS has no figures of it — last 30 days"
    assert view.totals["total"] is None


def test_what_lies_too_far_back_to_compare_is_not_compared():
    bills = FakeBills({("service",): daily("1", EC2)})
    view = ask("by-service", "--since", "300d", bills=bills)

    assert view.totals["previous"] is None
    assert "not-compared" in [caveat.code for caveat in view.caveats]


@pytest.mark.parametrize("words", [("--since", "500d"), ("--since", "2027-01-01"), ("--since", "soon")])
def test_days_that_make_no_sense_are_refused(words):
    with pytest.raises(BadRequest):
        ask("by-service", *words, bills=FakeBills({("service",): []}))


@pytest.mark.parametrize("key", ["", "\x07bell", "k" * 129])
def test_what_is_no_tags_key_is_refused(key):
    with pytest.raises(BadRequest):
        ask("by-tag", key, bills=FakeBills({}))


def test_yesterday_is_a_date_as_people_have_it():
    """At 14:20 UTC it is already the 16th in Tokyo for long; at 16:00 UTC it is the 17th, which no bill has yet."""
    bills = FakeBills({("service",): daily("1", EC2)})
    late = datetime(2026, 9, 16, 16, tzinfo=UTC)
    view = ask(
        "by-service", "--since", "yesterday", bills=Ports(bills, now=late, zone=ZoneInfo("Asia/Tokyo"))
    )

    assert view.request["since"] == date(2026, 9, 16).isoformat()
