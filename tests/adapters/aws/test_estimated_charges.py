"""CloudWatch's estimates tell what each day cost, and say what they do not tell."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.adapters.aws.estimated_charges_names import readable
from bot.core.billing.costs import Line
from bot.core.billing.days import Days
from bot.errors import AccessDenied, NotConfigured, Upstream
from tests.adapters.aws.estimates_stub import OWN, FakeEstimates, at, estimates

D = Decimal
NOW = datetime(2026, 9, 4, 14, 20, tzinfo=UTC)
DAYS = Days(date(2026, 9, 1), date(2026, 9, 5))
S3, LAMBDA = "Amazon Simple Storage Service", "AWS Lambda"


@pytest.fixture
def cloudwatch():
    """August ended with 900; September's days cost 10, 20, 30, of which S3 3 a day."""
    fake = FakeEstimates()
    for day, total, s3, function in (
        ("2026-08-31", 900.0, 90.0, 810.0),
        ("2026-09-01", 10.0, 3.0, 7.0),
        ("2026-09-02", 30.0, 6.0, 24.0),
        ("2026-09-03", 60.0, 9.0, 51.0),
    ):
        fake.count(day, total)
        fake.count(day, s3, "AmazonS3")
        fake.count(day, function, "AWSLambda")
    return fake


def codes(costs):
    return [caveat.code for caveat in costs.caveats]


def by_key(costs):
    found = {}
    for line in costs.lines:
        found.setdefault(line.keys, {})[line.day.day] = line.amount
    return found


def test_a_day_costs_what_it_added_by_service_under_cost_explorers_names(cloudwatch):
    costs = estimates(cloudwatch, NOW).costs(DAYS, ("service",))

    assert by_key(costs) == {
        (S3,): {1: D(3), 2: D(3), 3: D(3)},
        (LAMBDA,): {1: D(7), 2: D(17), 3: D(27)},
    }
    assert (costs.source, costs.currency, costs.requests) == ("cloudwatch", "USD", 0)
    assert (costs.as_of, costs.estimated_from) == (at("2026-09-03"), date(2026, 9, 1))
    assert not costs.splits_credits
    assert codes(costs) == ["credits-not-split"]


def test_every_day_is_asked_for_from_before_the_1st_and_by_the_hour(cloudwatch):
    estimates(cloudwatch, NOW).costs(Days(date(2026, 9, 3), date(2026, 9, 5)), ("service",))

    name, asked = cloudwatch.asked[-1]
    assert name == "GetMetricData"
    assert datetime.fromtimestamp(asked["StartTime"], UTC) == at("2026-08-31", 0)
    assert {each["MetricStat"]["Period"] for each in asked["MetricDataQueries"]} == {3600}


def test_what_no_service_has_is_a_line_of_its_own_so_that_the_sum_is_the_bill(cloudwatch):
    cloudwatch.count("2026-09-04", 100.0)
    cloudwatch.count("2026-09-04", 12.0, "AmazonS3")
    cloudwatch.count("2026-09-04", 51.0, "AWSLambda")

    costs = estimates(cloudwatch, NOW).costs(DAYS, ("service",))

    assert by_key(costs)[("Not by service",)] == {4: D(37)}
    assert sum(line.amount for line in costs.lines) == D(100)


def test_what_was_rounded_off_is_no_line(cloudwatch):
    cloudwatch.count("2026-09-04", 60.02)
    cloudwatch.count("2026-09-04", 9.0, "AmazonS3")
    cloudwatch.count("2026-09-04", 51.0, "AWSLambda")

    assert ("Not by service",) not in by_key(estimates(cloudwatch, NOW).costs(DAYS, ("service",)))


def test_one_service_has_its_own_lines_alone(cloudwatch):
    costs = estimates(cloudwatch, NOW).costs(DAYS, ("service",), S3)

    assert by_key(costs) == {(S3,): {1: D(3), 2: D(3), 3: D(3)}}


def test_an_account_that_pays_for_no_other_is_the_whole_bill(cloudwatch):
    costs = estimates(cloudwatch, NOW).costs(DAYS, ("account",))

    assert costs.lines[0] == Line(date(2026, 9, 1), (OWN,), D(10))
    assert sum(line.amount for line in costs.lines) == D(60)


def test_one_that_pays_for_others_is_split_by_them_and_their_services(cloudwatch):
    for day, total in (("2026-09-01", 10.0), ("2026-09-02", 30.0), ("2026-09-03", 60.0)):
        for account, share in (("222233334444", 0.75), (OWN, 0.25)):
            cloudwatch.count(day, total * share, account=account)
            cloudwatch.count(day, total * share, "AmazonS3", account)

    costs = estimates(cloudwatch, NOW).costs(DAYS, ("account",))
    both = estimates(cloudwatch, NOW).costs(DAYS, ("account", "service"), S3)

    assert {keys: sum(days.values()) for keys, days in by_key(costs).items()} == {
        ("222233334444",): D(45),
        (OWN,): D(15),
    }
    assert set(by_key(both)) == {("222233334444", S3), (OWN, S3)}


def test_a_day_without_an_estimate_is_within_the_next_and_that_is_said(cloudwatch):
    for points in cloudwatch.points.values():
        points[:] = [point for point in points if point[0].day != 2]

    costs = estimates(cloudwatch, NOW).costs(DAYS, ("service",))

    assert by_key(costs)[(S3,)] == {1: D(3), 3: D(6)}
    (caveat,) = [each for each in costs.caveats if each.code == "days-carried"]
    assert "2026-09-02" in caveat.message


def test_days_that_nobody_saw_are_no_silent_zero(cloudwatch):
    costs = estimates(cloudwatch, NOW).costs(Days(date(2026, 8, 28), date(2026, 9, 5)), ("service",))
    late = estimates(cloudwatch, datetime(2026, 9, 7, tzinfo=UTC)).costs(
        Days(date(2026, 9, 1), date(2026, 9, 8)), ("service",)
    )

    assert "2026-08-28 to 2026-08-30" in costs.caveats[-1].message
    lost = late.caveats[-1]
    assert (lost.code, lost.weight) == ("days-missing", "blind")
    assert "2026-09-04 to 2026-09-06" in lost.message


def test_on_the_1st_before_the_first_estimate_nothing_is_known_yet(cloudwatch):
    first = Days(date(2026, 10, 1), date(2026, 10, 2))
    cloudwatch.count("2026-09-30", 300.0)

    costs = estimates(cloudwatch, datetime(2026, 10, 1, 0, 30, tzinfo=UTC)).costs(first, ("service",))

    assert costs.lines == ()
    assert costs.as_of == at("2026-09-30")
    assert costs.caveats[-1].weight == "blind"
    assert "2026-10-01 yet" in costs.caveats[-1].message


def test_the_1st_after_hours_of_the_old_count_costs_its_own(cloudwatch):
    cloudwatch.count("2026-09-01", 902.5, hour=3)

    costs = estimates(cloudwatch, NOW).costs(Days(date(2026, 8, 31), date(2026, 9, 5)), ("account",))

    assert by_key(costs)[(OWN,)] == {31: D("902.5"), 1: D(10), 2: D(20), 3: D(30)}


def test_where_it_was_never_switched_on_the_switch_is_named():
    with pytest.raises(NotConfigured) as refused:
        estimates(FakeEstimates(), NOW).costs(DAYS, ("service",))

    assert "Billing preferences" in refused.value.hint


def test_days_that_it_no_longer_has_are_not_free(cloudwatch):
    with pytest.raises(NotConfigured) as refused:
        estimates(cloudwatch, NOW).costs(Days(date(2024, 1, 1), date(2024, 1, 3)), ("service",))

    assert "15 months" in refused.value.hint


def test_no_two_currencies_are_added(cloudwatch):
    cloudwatch.count("2026-09-03", 7.0, currency="EUR")

    costs = estimates(cloudwatch, NOW).costs(DAYS, ("account",))

    assert sum(line.amount for line in costs.lines) == D(60)
    assert costs.caveats[0].code == "other-currency"


def test_a_refusal_names_the_action(cloudwatch):
    cloudwatch.refusing = "AccessDenied"

    with pytest.raises(AccessDenied) as refused:
        estimates(cloudwatch, NOW).costs(DAYS, ("service",))

    assert refused.value.action == "cloudwatch:ListMetrics"


def test_a_series_that_could_not_be_read_is_not_nothing(cloudwatch):
    cloudwatch.status = "InternalError"

    with pytest.raises(Upstream):
        estimates(cloudwatch, NOW).costs(DAYS, ("service",))


def test_more_series_than_fit_one_request_are_all_asked(cloudwatch):
    for number in range(600):
        cloudwatch.count("2026-09-03", 1.0, f"Service{number}")

    costs = estimates(cloudwatch, NOW).costs(DAYS, ("service",))

    assert len([keys for (keys,) in by_key(costs) if keys.startswith("Service")]) == 600


def test_a_name_that_is_not_known_stays_as_it_is():
    assert readable("AmazonEC2") == "Amazon Elastic Compute Cloud"
    assert readable("AWSOfTomorrow") == "AWSOfTomorrow"
