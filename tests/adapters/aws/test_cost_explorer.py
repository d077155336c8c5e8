"""Cost Explorer is asked page by page, each of them booked, and its figures are read as they are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.aws.cost_explorer import CostExplorer
from bot.adapters.aws.cost_explorer_lines import Bill
from bot.core.billing.costs import Line
from bot.core.billing.days import Days
from bot.errors import AccessDenied, BadRequest, Forbidden, NotConfigured, Throttled, Upstream
from tests.adapters.aws.cost_stubs import NOW, StubbedCe, day, group, page

D = Decimal
DAYS = Days(date(2026, 9, 1), date(2026, 9, 9))
COSTS = "get_cost_and_usage"
NO_CREDITS = {"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit", "Refund"]}}}


@pytest.fixture
def ce():
    return StubbedCe()


@pytest.fixture
def explorer(ce):
    return CostExplorer(lambda: ce.client, ce.book, now=lambda: NOW)


def test_one_dimension_has_lines_of_their_own_for_credits(ce, explorer):
    ce.answers(
        COSTS,
        page(
            day(
                "2026-09-01",
                group("Amazon S3", "Usage", amount="1.0000000001"),
                group("Amazon S3", "Credit", amount="-1.0000000001"),
                group("AWS Lambda", "Usage", amount="0"),
            )
        ),
    )

    costs = explorer.costs(DAYS, ("service",))

    first = date(2026, 9, 1)
    assert costs.lines == (
        Line(first, ("Amazon S3",), D("1.0000000001")),
        Line(first, ("Amazon S3",), D("-1.0000000001"), "Credit"),
    )
    assert (costs.splits_credits, costs.currency, costs.source) == (True, "USD", "cost-explorer")
    assert ce.asked == [
        {
            "TimePeriod": {"Start": "2026-09-01", "End": "2026-09-09"},
            "Granularity": "DAILY",
            "Metrics": ["UnblendedCost"],
            "GroupBy": [
                {"Type": "DIMENSION", "Key": "SERVICE"},
                {"Type": "DIMENSION", "Key": "RECORD_TYPE"},
            ],
        }
    ]


def test_two_dimensions_leave_credits_out_and_say_so(ce, explorer):
    ce.answers(COSTS, page(day("2026-09-01", group("eu-west-1", "BoxUsage:m5.large", amount="3.1"))))

    costs = explorer.costs(DAYS, ("region", "usage-type"), "Amazon EC2")

    (asked,) = ce.asked
    assert [each["Key"] for each in asked["GroupBy"]] == ["REGION", "USAGE_TYPE"]
    only = {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon EC2"]}}
    assert asked["Filter"] == {"And": [NO_CREDITS, only]}
    assert costs.lines == (Line(date(2026, 9, 1), ("eu-west-1", "BoxUsage:m5.large"), D("3.1")),)
    assert [caveat.code for caveat in costs.caveats] == ["credits-left-out"]


def test_one_condition_stands_in_no_and(ce, explorer):
    ce.answers(COSTS, page(), page())

    explorer.costs(DAYS, ("region",), "Amazon EC2")
    explorer.costs(DAYS, ("region", "account"))

    assert [asked["Filter"] for asked in ce.asked] == [
        {"Dimensions": {"Key": "SERVICE", "Values": ["Amazon EC2"]}},
        NO_CREDITS,
    ]


def test_every_page_is_asked_for_with_the_same_words_and_booked(ce, explorer):
    ce.answers(
        COSTS,
        page(day("2026-09-01", group("a", "Usage", amount="1")), following="t1"),
        page(day("2026-09-01", group("b", "Usage", amount="2")), following="t2"),
        page(day("2026-09-02", group("a", "Usage", amount="4"))),
    )

    costs = explorer.costs(DAYS, ("service",))

    assert sum(line.amount for line in costs.lines) == D(7)
    assert costs.requests == ce.booked == 3
    first, *others = ce.asked
    assert others == [first | {"NextPageToken": "t1"}, first | {"NextPageToken": "t2"}]


def test_a_token_that_comes_again_ends_it(ce, explorer):
    ce.answers(COSTS, page(following="t"), page(following="t"))

    with pytest.raises(Upstream):
        explorer.costs(DAYS, ("service",))

    assert ce.booked == 2


def test_what_may_not_be_booked_is_not_asked(ce):
    def refuse():
        raise Forbidden("Enough for today.")

    with pytest.raises(Forbidden):
        CostExplorer(lambda: ce.client, refuse, now=lambda: NOW).costs(DAYS, ("service",))

    assert ce.asked == []


def test_a_tag_is_read_without_its_name_and_untagged_is_nothing(ce, explorer):
    found = [group("team$pay$roll", "Usage", amount="1"), group("team$", "Usage", amount="2")]
    ce.answers(COSTS, page(day("2026-09-01", *found)))

    costs = explorer.costs(DAYS, ("tag:team",))

    assert [line.keys for line in costs.lines] == [("pay$roll",), ("",)]
    assert ce.asked[0]["GroupBy"][0] == {"Type": "TAG", "Key": "team"}


def test_accounts_are_called_by_their_names(ce, explorer):
    ce.answers(COSTS, page(names=[("111122223333", "prod")]))

    assert explorer.costs(DAYS, ("account",)).names == {"111122223333": "prod"}


def test_figures_are_final_until_the_first_day_that_is_estimated(ce, explorer):
    ce.answers(
        COSTS, page(day("2026-09-01"), day("2026-09-02", estimated=True), day("2026-09-03", estimated=True))
    )

    assert explorer.costs(DAYS, ("service",)).estimated_from == date(2026, 9, 2)


def test_no_two_currencies_are_added_and_what_is_left_out_is_said(ce, explorer):
    found = [group(key, "Usage", amount="5", unit="EUR") for key in "ab"]
    ce.answers(COSTS, page(day("2026-09-01", *found, group("c", "Usage", amount="7.5", unit="USD"))))

    costs = explorer.costs(DAYS, ("service",))

    assert (costs.currency, [line.keys for line in costs.lines]) == ("EUR", [("a",), ("b",)])
    (caveat,) = costs.caveats
    assert (caveat.code, caveat.weight) == ("other-currency", "blind")
    assert "$7.50" in caveat.message


def test_an_account_without_charges_has_none(ce, explorer):
    ce.answers(COSTS, page(day("2026-09-01")))

    costs = explorer.costs(DAYS, ("service",))

    assert (costs.lines, costs.currency, costs.caveats) == ((), "USD", ())


@pytest.mark.parametrize(
    ("code", "message", "kind", "words"),
    [
        ("DataUnavailableException", "", NotConfigured, "24 h"),
        ("AccessDeniedException", "User not enabled for cost explorer access", NotConfigured, "24 h"),
        (
            "AccessDeniedException",
            "… is not authorized to perform: ce:GetCostAndUsage",
            AccessDenied,
            "root user",
        ),
        ("LimitExceededException", "Rate exceeded", Throttled, "Wait"),
        ("RequestChangedException", "", Upstream, "Ask again"),
        ("InvalidNextTokenException", "", Upstream, "Ask again"),
        ("BillExpirationException", "", Upstream, "--since"),
    ],
)
def test_a_refusal_says_whose_turn_it_is(ce, explorer, code, message, kind, words):
    ce.refuses(COSTS, code, message)

    with pytest.raises(kind) as refused:
        explorer.costs(DAYS, ("service",))

    assert words in refused.value.hint
    assert ce.booked == 1


@pytest.mark.parametrize("by", [(), ("colour",), ("tag:",), ("service", "service"), ("a", "b", "c")])
def test_what_nothing_groups_by_is_not_asked(ce, explorer, by):
    with pytest.raises(BadRequest):
        explorer.costs(DAYS, by)

    assert ce.asked == []


@pytest.mark.parametrize("amount", ["", "much", "NaN", "1e999"])
def test_an_amount_that_is_no_number_is_never_nothing(ce, explorer, amount):
    ce.answers(COSTS, page(day("2026-09-01", group("a", "Usage", amount=amount))))

    with pytest.raises(Upstream):
        explorer.costs(DAYS, ("service",))


@given(st.lists(st.decimals(-(10**6), 10**6, places=10), max_size=30))
def test_the_total_is_the_sum_of_the_parts_to_the_last_digit(amounts):
    bill = Bill(("service",))

    bill.read(
        page(day("2026-09-01", *(group(f"s{n}", "Usage", amount=f"{a:f}") for n, a in enumerate(amounts))))
    )

    _, lines, _ = bill.in_one_currency()
    assert sum((line.amount for line in lines), D(0)) == sum(amounts, D(0))
