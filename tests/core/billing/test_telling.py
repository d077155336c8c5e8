"""What stands out is told in words: how much, what is usual, what it was, and what to ask next."""

from datetime import date
from decimal import Decimal

from bot.core.alert import show
from bot.core.billing.days import Days
from bot.core.billing.firsts import First
from bot.core.billing.pace import Pace
from bot.core.billing.spikes import Rule, Spike
from bot.core.billing.telling import of_first, of_pace, of_spike
from bot.core.severity import Severity
from bot.core.text import plain
from bot.core.view import Caveat
from tests.core.billing.bill import DAY, bill, on, steady

TODAY = date(2026, 9, 8)
WHOLE = Days(TODAY - 50 * DAY, TODAY + DAY)
RULE = Rule(Decimal(3), Decimal(25))
YESTERDAY = TODAY - DAY
EC2 = "Amazon Elastic Compute Cloud - Compute"
SPIKE = Spike("111122223333", EC2, YESTERDAY, Decimal("150.1"), Decimal(10), YESTERDAY, Decimal("140.1"))
FIRST = First("region", "111122223333", "ap-south-1", YESTERDAY, Decimal(12))
PACE = Pace("111122223333", date(2026, 9, 1), Decimal(300), Decimal(930), Decimal(310))


def words(alert):
    return "\n".join([alert.title, *(plain(line) for line in alert.story)])


def uses(*lines):
    return bill(WHOLE, *lines, by=("usage-type",))


def test_a_spike_says_how_much_what_is_usual_and_which_usage_types_it_was():
    lines = [
        *steady(Days(WHOLE.start, YESTERDAY), 9, "BoxUsage:t3.micro"),
        on(YESTERDAY, 10, "BoxUsage:t3.micro"),
    ]
    alert = of_spike(SPIKE, bill(WHOLE), RULE, uses(*lines, on(YESTERDAY, 140, "BoxUsage:m5.4xlarge")), TODAY)

    assert alert.title == f"{EC2} cost $150.10 on Mon 7 Sep, usually $10.00"
    assert words(alert).splitlines()[1:] == [
        "BoxUsage:m5.4xlarge $140.00, usually $0.00",
        "BoxUsage:t3.micro $10.00, usually $9.00",
    ]
    assert (alert.severity, alert.source, alert.kind) == (Severity.MEDIUM, "billing", "Spending spike")
    assert [step.words for step in alert.next_steps] == [
        ("billing", "why", "2026-09-07"),
        ("billing", "by-region", "--since", "7d"),
        ("billing", "summary"),
    ]


def test_machines_that_are_always_there_are_no_sign_in_another_ones_spike():
    """Who trains models has them every day, maybe in another account of the same bill."""
    always = steady(WHOLE, 900, "USW2-BoxUsage:p4d.24xlarge")
    some_more = on(YESTERDAY, "0.50", "USW2-BoxUsage:p4d.24xlarge")
    alert = of_spike(
        SPIKE, bill(WHOLE), RULE, uses(*always, some_more, on(YESTERDAY, 140, "BoxUsage:m5.4xlarge")), TODAY
    )

    assert alert.severity is Severity.MEDIUM
    assert "Among it" not in words(alert)


def test_a_spike_that_goes_on_is_one_problem_under_its_first_day():
    going_on = Spike("1", EC2, TODAY, Decimal(150), Decimal(10), YESTERDAY, Decimal(280))
    begun = Spike("1", EC2, YESTERDAY, Decimal(150), Decimal(10), YESTERDAY, Decimal(140))
    one, other = (of_spike(each, bill(WHOLE), RULE, None, TODAY) for each in (begun, going_on))

    assert one.key == other.key == f"billing:spike:1:{EC2}:2026-09-07"
    assert one.occurrence != other.occurrence
    assert "2 such days in a row, $280.00 over the usual in all" in words(other)
    assert "today so far" in other.title


def test_a_day_told_so_far_and_then_as_a_whole_is_one_telling_more():
    so_far, whole = (
        of_spike(
            Spike("1", EC2, YESTERDAY, Decimal(90), Decimal(1), YESTERDAY, Decimal(89)),
            bill(WHOLE),
            RULE,
            None,
            day,
        )
        for day in (YESTERDAY, TODAY)
    )

    assert so_far.key == whole.key
    assert (so_far.adds, whole.adds) == (False, True)


def test_usage_types_that_could_not_be_seen_are_said_to_be_unseen():
    assert "I could not see which usage types it was" in words(
        of_spike(SPIKE, bill(WHOLE), RULE, None, TODAY)
    )


def test_a_spike_of_machines_that_miners_want_or_of_very_much_is_high():
    much = Spike("", EC2, YESTERDAY, Decimal(260), Decimal(10), YESTERDAY, Decimal(250))
    miner = of_spike(SPIKE, bill(WHOLE), RULE, uses(on(YESTERDAY, 140, "USW2-BoxUsage:p4d.24xlarge")), TODAY)

    assert of_spike(much, bill(WHOLE), RULE, None, TODAY).severity is Severity.HIGH
    assert miner.severity is Severity.HIGH
    assert "Among it: p4d.24xlarge, a machine with GPUs" in words(miner)


def test_a_first_region_with_a_miners_machines_is_high_and_says_why():
    lines = [
        on(YESTERDAY, 11, "ap-south-1", "APS3-SpotUsage:g5.12xlarge"),
        on(YESTERDAY, 900, "eu-west-1", "BoxUsage:p4d.24xlarge"),
    ]
    alert = of_first(FIRST, bill(WHOLE), bill(WHOLE, *lines, by=("region", "usage-type")))

    assert alert.title == "First money spent in ap-south-1: $12.00 since Mon 7 Sep"
    assert (alert.severity, alert.region) == (Severity.HIGH, "ap-south-1")
    assert "g5.12xlarge, a machine with GPUs" in words(alert)
    assert "p4d" not in words(alert)
    assert "the sign of a miner" in words(alert)


def test_a_first_region_of_common_things_is_medium_and_a_first_service_low():
    lines = [on(YESTERDAY, 11, "ap-south-1", "APS3-BoxUsage:t3.micro")]
    region = of_first(FIRST, bill(WHOLE), bill(WHOLE, *lines, by=("region", "usage-type")))
    service = of_first(First("service", "1", "Amazon Polly", TODAY, Decimal(3)), bill(WHOLE), None)

    assert (region.severity, service.severity) == (Severity.MEDIUM, Severity.LOW)
    assert "miner" not in words(region)
    assert "Nothing was spent there in the 49 days before" in words(region)
    assert (service.title, service.resource) == (
        "First money spent for Amazon Polly: $3.00 since Tue 8 Sep",
        "Amazon Polly",
    )


def test_a_pace_is_one_problem_of_its_month_and_worse_once_it_is_over():
    going, over = (
        of_pace(each, bill(WHOLE), TODAY)
        for each in (PACE, Pace("1", PACE.month, Decimal(700), Decimal(900), Decimal(310), already=True))
    )

    assert going.key == "billing:pace:111122223333:2026-09"
    assert going.title == "September is on its way to $930.00, 3.0 × last month"
    assert "$300.00 so far; at this pace $930.00 by its end. Last month was $310.00 in all" in words(going)
    assert (going.severity, over.severity) == (Severity.MEDIUM, Severity.HIGH)
    assert over.title == "September has cost $700.00 already, 2.3 × all of last month"


def test_what_the_figures_could_not_see_is_said():
    blind = bill(
        WHOLE, caveats=(Caveat("one-account", "Only account 1 is seen", "blind"), Caveat("late", "a note"))
    )

    assert "Only account 1 is seen" in words(of_pace(PACE, blind, TODAY))
    assert "a note" not in words(of_pace(PACE, blind, TODAY))


def test_a_day_that_holds_the_one_before_is_said_to():
    carried = bill(WHOLE, caveats=(Caveat("days-carried", "What 2026-09-06 cost is within the next day's."),))

    assert "within the next day's" in words(of_spike(SPIKE, carried, RULE, None, TODAY))


def test_what_aws_calls_a_service_stays_a_piece_and_fits():
    alert = of_first(First("service", "1", "<!channel> " + "x" * 400, TODAY, Decimal(3)), bill(WHOLE), None)

    assert len(alert.title) <= 150
    assert show(alert).title == alert.title
