"""What is looked up is counted as it is; what could not be asked is left out, never taken for zero."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.billing.costs import Costs, Forecast, Line
from bot.core.billing.days import Days, month_of
from bot.core.configuration.evaluation import Evaluation, Rule
from bot.core.configuration.item import Place
from bot.core.configuration.recorder import Recorder
from bot.core.glance import Bearer, Broken, Buckets, Kind
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.core.public.facts import Facts
from bot.core.severity import Severity
from bot.core.view import Caveat
from bot.edges import looks, record_looks
from bot.errors import AccessDenied, Upstream
from bot.ports import Evaluations
from tests.glanced import HOME, NOW, PROD, STAGING
from tests.pipeline.world import CHANNEL, FALLBACK, World, alert

DENIED = AccessDenied("AWS refused.", action="s3:ListAllMyBuckets")


class Bills:
    """A bill of these lines, fresh as of `as_of`; keeps what it was asked."""

    def __init__(self, *lines, as_of, total="0", currency="USD"):
        self.lines, self.as_of, self.asked = lines, as_of, []
        self.total, self.currency = Decimal(total), currency

    def costs(self, days, by, progress, *, free=False, service=""):
        self.asked.append((days, by, free))
        return Costs(days, by, self.lines, "USD", "cloudwatch", self.as_of)

    def forecast(self, today):
        return Forecast(
            Days(today, month_of(today).end), (), self.total, None, None, self.currency, self.as_of
        )


def line(day, amount, account=PROD, service="AmazonEC2", record="Usage"):
    return Line(date.fromisoformat(day), (account, service), Decimal(amount), record)


def test_costs_are_this_months_and_yesterdays_by_account_and_service():
    bills = Bills(
        line("2026-09-01", "10.10"),
        line("2026-09-07", "3"),
        line("2026-09-08", "0.05"),
        line("2026-09-07", "1", STAGING, "AmazonS3"),
        line("2026-09-07", "-5", record="Credit"),
        as_of=NOW,
    )

    spend = looks.spend(bills, NOW).value

    ec2, s3 = Bearer(PROD, "AmazonEC2"), Bearer(STAGING, "AmazonS3")
    assert spend.month_to_date == {ec2: Decimal("13.15"), s3: Decimal(1)}
    assert spend.yesterday == {ec2: Decimal(3), s3: Decimal(1)}
    assert bills.asked == [(Days(date(2026, 9, 1), date(2026, 9, 9)), ("account", "service"), True)]


def test_on_the_first_of_a_month_yesterday_is_the_last_months():
    first = datetime(2026, 10, 1, 9, tzinfo=UTC)
    bills = Bills(line("2026-09-30", "7"), line("2026-10-01", "0.5"), as_of=first)

    spend = looks.spend(bills, first).value

    assert spend.month_to_date == {Bearer(PROD, "AmazonEC2"): Decimal("0.5")}
    assert spend.yesterday == {Bearer(PROD, "AmazonEC2"): Decimal(7)}
    assert bills.asked[0][0] == Days(date(2026, 9, 30), date(2026, 10, 2))


def test_each_day_up_to_now_stands_by_itself_and_people_need_no_accounts():
    first, seventh = date(2026, 9, 1), date(2026, 9, 7)
    charges = [(first, "10", "Usage"), (first, "2", "Usage"), (seventh, "-5", "Credit")]
    bills = Bills(*(Line(day, ("EC2",), Decimal(amount), how) for day, amount, how in charges), as_of=NOW)

    days = dict(looks.spend(bills, NOW, ("service",)).value.by_day)

    assert [each.isoformat() for each in days] == [f"2026-09-0{n}" for n in range(1, 9)]
    assert (days[first], days[seventh]) == (Decimal(12), Decimal(0))
    assert bills.asked[0][1:] == (("service",), True)


@pytest.mark.parametrize(
    ("now", "as_of", "month", "yesterday"),
    [
        ("2026-09-08T02:00", "2026-09-07T20:00", True, False),
        ("2026-09-08T02:00", "2026-09-08T00:00", True, True),
        ("2026-10-01T02:00", "2026-09-30T20:00", False, False),
    ],
)
def test_figures_that_do_not_reach_so_far_are_not_known(now, as_of, month, yesterday):
    bills = Bills(line("2026-09-07", "3"), as_of=datetime.fromisoformat(as_of).replace(tzinfo=UTC))

    spend = looks.spend(bills, datetime.fromisoformat(now).replace(tzinfo=UTC)).value

    assert (spend.month_to_date is not None, spend.yesterday is not None) == (month, yesterday)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware
    st.lists(st.decimals(-1000, 1000, places=4), max_size=60),
)
def test_costs_of_all_bearers_are_the_bills_sum_to_the_last_digit(now, amounts):
    lines = [
        Line(now.date() - timedelta(days=n % 40), (PROD, f"s{n % 7}"), amount)
        for n, amount in enumerate(amounts)
    ]

    spend = looks.spend(Bills(*lines, as_of=now), now).value

    month = [each.amount for each in lines if (each.day.year, each.day.month) == (now.year, now.month)]
    assert sum(spend.month_to_date.values(), Decimal()) == sum(month, Decimal())
    yesterday = [each.amount for each in lines if each.day == now.date() - timedelta(days=1)]
    assert sum(spend.yesterday.values(), Decimal()) == sum(yesterday, Decimal())


def test_a_months_end_counts_today_once():
    lines = (line("2026-09-01", "10"), line("2026-09-07", "3"), line("2026-09-08", "99"))

    assert looks.month_end(Bills(*lines, as_of=NOW, total="200.5"), NOW).value.amount == Decimal("213.5")
    first = datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert looks.month_end(Bills(*lines, as_of=first, total="5"), first).value.amount == Decimal(5)


def test_two_currencies_are_never_added():
    with pytest.raises(Upstream):
        looks.month_end(Bills(as_of=NOW, currency="EUR"), NOW)


def test_open_problems_are_counted_by_source_severity_and_standing():
    world = World()
    world.tell(alert("one"), alert("two", severity=Severity.CRITICAL), alert("three"))
    world.run(30)

    record = record_looks.Record(world.ledger, [CHANNEL, FALLBACK], ["guardduty", "health"])
    seen = record_looks.problems(record).value

    assert seen.open[Kind("guardduty", Severity.HIGH, "new")] == 2
    assert seen.open[Kind("guardduty", Severity.CRITICAL, "new")] == 1
    assert seen.open[Kind("health", Severity.LOW, "muted")] == 0
    assert (sum(seen.open.values()), len(seen.open), seen.in_storm) == (3, 2 * 5 * 3, 0)


class Access:
    """S3 with these judgements by account; an error for one that refuses."""

    def __init__(self, **judgements):
        self.judgements = judgements

    def survey(self, accounts, regions, progress):
        (account,) = accounts
        told = self.judgements[f"a{account}"]
        if isinstance(told, Exception):
            raise told
        return Survey(tuple(self._judged(account, each) for each in told))

    def _judged(self, account, judgement):
        gone = judgement == "gone"
        return Judged(
            Bucket("b", account),
            Facts("b"),
            SimpleNamespace(judgement="public" if gone else judgement),
            gone=gone,
        )


def test_buckets_are_counted_by_account_and_an_empty_account_has_none_public():
    access = Access(a1=["public", "not-public", "unknown", "public", "gone"], a2=[], a3=DENIED)

    seen = looks.buckets(access, ["1", "2", "3"])

    assert seen.value == {"1": Buckets(2, 1), "2": Buckets(0, 0)}
    assert (seen.unseen, seen.why) == (1, "AWS refused.")


def test_where_every_account_refuses_the_part_fails_with_the_missing_action():
    with pytest.raises(AccessDenied) as refused:
        looks.buckets(Access(a1=DENIED), ["1"])

    assert refused.value.action == "s3:ListAllMyBuckets"


class Config:
    """Config of three places: one records, one was never switched on, one refuses a rule."""

    def recorder(self, place):
        return Recorder(place, there=place.region != "off", recording=place.region != "off")

    def evaluations(self, places, resource, rule, progress):
        (place,) = places
        own, service = Rule("own", place), Rule("theirs", place, made_by="securityhub.amazonaws.com")
        found = [
            Evaluation(own, "AWS::S3::Bucket", "a", "NON_COMPLIANT"),
            Evaluation(Rule("other", place), "AWS::S3::Bucket", "a", "NON_COMPLIANT"),
            Evaluation(own, "AWS::S3::Bucket", "b", "COMPLIANT"),
            Evaluation(service, "AWS::S3::Bucket", "c", "NON_COMPLIANT"),
        ]
        caveats = (Caveat("config-refused", "no"),) if place.region == "partly" else ()
        return Evaluations(tuple(found), caveats=caveats)


def test_a_resource_that_breaks_two_rules_is_one_and_services_own_rules_are_not_asked():
    off, partly = Place(PROD, "off"), Place(PROD, "partly")

    seen = looks.compliance(Config(), [HOME, off, partly])

    assert seen.value == {HOME: Broken(resources=1, rules=2)}
    assert (seen.unseen, seen.why) == (2, "AWS Config does not record there")
