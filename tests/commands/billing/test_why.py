from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from bot.core.billing.days import DAY
from bot.core.buttons import Menu
from bot.core.configuration.item import Place
from bot.errors import AccessDenied, BadRequest, NotConfigured
from tests.commands.billing.small_bills import (
    EC2,
    GPU,
    NOW,
    PROD,
    S3,
    TODAY,
    FakeBills,
    Ports,
    ask,
    daily,
    once,
)
from tests.commands.fake_trail import FakeTrail
from tests.commands.reading import read

YESTERDAY = TODAY - DAY
RUN = {
    "at": f"{NOW - timedelta(hours=20):%Y-%m-%dT%H:%M:%S}",
    "event_name": "RunInstances",
    "event_source": "ec2.amazonaws.com",
    "principal": f"arn:aws:iam::{PROD}:user/backup",
    "principal_type": "IAMUser",
    "region": "ap-northeast-1",
    "source_ip": "198.51.100.7",
    "user_agent": "Boto3",
    "error_code": None,
    "resource_arns": None,
    "read_only": "false",
    "event_id": "e-1",
    "access_key": "AKIAEXAMPLEBACKUP7Q",
    "caller_account": PROD,
    "recorded_in": PROD,
}
LINES = {
    ("service",): [*daily("10", EC2), *daily("2", S3), once(YESTERDAY, "54.05", EC2)],
    ("region", "usage-type"): [
        *daily("10", "eu-west-1", "EU-BoxUsage:m5.large"),
        once(YESTERDAY, "54.05", "ap-northeast-1", GPU),
    ],
    ("account", "region"): [
        *daily("10", PROD, "eu-west-1"),
        once(YESTERDAY, "54.05", PROD, "ap-northeast-1"),
    ],
    ("region",): [*daily("12", "eu-west-1"), once(YESTERDAY, "54.05", "ap-northeast-1")],
}


def test_a_jump_is_told_down_to_the_machine_and_who_started_it():
    ports = Ports(FakeBills(LINES), FakeTrail(RUN))

    assert read(ask("why", bills=ports)) == snapshot(
        [
            "Yesterday cost $54.05 more than such days: Amazon Elastic Compute Cloud - Compute in ap-northeast-1 +$54.05",
            "This is how a miner’s bill begins: g5.12xlarge, a machine with GPUs, in ap-northeast-1, which cost nothing in the four weeks before",
            "Amazon Elastic Compute Cloud - Compute: $64.05, such days $10.00",
            "+$54.05  APN1-BoxUsage:g5.12xlarge in ap-northeast-1 · first time in four weeks",
            "charged to prod",
            "Who made it",
            "backup (user) called RunInstances in ap-northeast-1 from 198.51.100.7 at 2026-09-15 18:20 UTC",
            "Today is not in this: what it has cost so far is a question of its own.",
            "service | that day | such days | change",
            "Amazon Elastic Compute Cloud - Compute | $64.05 | $10.00 | +$54.05",
            "(estimated)",
        ]
    )
    assert ports.places == [Place(PROD, "ap-northeast-1")]


def test_machines_in_a_region_that_is_used_are_no_miners_sign():
    used = LINES | {("region",): [*LINES[("region",)], *daily("3", "ap-northeast-1")]}
    view = ask("why", bills=FakeBills(used), trail=FakeTrail(RUN))

    assert GPU in "\n".join(read(view))
    assert not any("miner" in line or "first time" in line for line in read(view))


def test_only_calls_that_make_something_are_asked_for_in_that_day_and_the_one_before():
    ports = Ports(FakeBills(LINES), FakeTrail(RUN))
    ask("why", bills=ports)
    (query,) = ports.trail.asked

    assert (query.span.since.date(), query.span.until.date()) == (YESTERDAY - DAY, TODAY)
    assert "RunInstances" in query.needles


def test_the_next_question_is_who_has_the_key():
    view = ask("why", bills=FakeBills(LINES), trail=FakeTrail(RUN))
    menu = next(button for button in view.buttons if isinstance(button, Menu))

    assert ("trail", "key", "AKIAEXAMPLEBACKUP7Q", "--since", "2026-09-14", "--until", "2026-09-16") in [
        choice.words for choice in menu.choices
    ]


def test_a_day_like_such_days_is_no_jump():
    view = ask("why", "2026-09-14", bills=FakeBills(LINES))

    assert view.title == "Mon 14 Sep cost $12.00: no more than such days ($12.00)"
    assert not view.totals["total"] - view.totals["previous"]


def test_no_call_found_and_nobody_to_ask_never_look_alike():
    none = ask("why", bills=FakeBills(LINES), trail=FakeTrail())
    refused = FakeTrail(fails=AccessDenied("AWS refused.", "Allow it.", action="cloudtrail:LookupEvents"))
    blind = ask("why", bills=FakeBills(LINES), trail=refused)

    assert any("CloudTrail has no call" in line for line in read(none))
    assert "Who made it, I can’t tell: see what was not seen below." in read(blind)
    assert "makers-not-asked" in [caveat.code for caveat in blind.caveats]


def test_without_usage_types_the_service_alone_is_told():
    off = NotConfigured("Cost Explorer is off.", "Switch it on.")
    bills = FakeBills(LINES, fails={("region", "usage-type"): off, ("region",): off})
    view = ask("why", bills=bills)

    assert view.title == f"Yesterday cost $54.05 more than such days: {EC2} +$54.05"
    assert {"parts-unknown", "regions-unknown"} <= {caveat.code for caveat in view.caveats}
    assert "Who made it, I can’t tell: see what was not seen below." in read(view)


def test_a_service_that_nobody_knows_is_said_to_be_one():
    odd = {by: [one for one in lines if one.day != YESTERDAY] for by, lines in LINES.items()}
    odd[("service",)] = [*odd[("service",)], once(YESTERDAY, "99", "Acme Quantum")]
    view = ask("why", bills=FakeBills(odd))

    assert "makers-unknown" in [caveat.code for caveat in view.caveats]


def test_the_answer_costs_what_both_cost():
    view = ask("why", bills=FakeBills(LINES), trail=FakeTrail(RUN))

    assert view.receipt.cost_usd == pytest.approx(0.0401)


def test_of_many_services_that_rose_two_are_paid_for_closely():
    many = LINES | {("service",): [once(YESTERDAY, str(90 - n), f"s{n}") for n in range(6)]}
    bills = FakeBills(many)
    view = ask("why", bills=bills)

    assert [service for _, _, _, service in bills.questions if service] == ["s0", "s0", "s1", "s1"]
    assert len([row for row in view.rows if row["region"] is None]) == 6


def test_rows_go_down_to_the_usage_type():
    view = ask("why", bills=FakeBills(LINES), trail=FakeTrail(RUN))

    assert [(row["service"], row["region"], row["usage_type"]) for row in view.rows] == [
        (EC2, None, None),
        (EC2, "ap-northeast-1", GPU),
        (S3, None, None),
    ]


@pytest.mark.parametrize("day", ["tomorrow", "2030-01-01", "someday"])
def test_a_day_to_come_is_not_explained(day):
    with pytest.raises(BadRequest):
        ask("why", day, bills=FakeBills(LINES))


def test_a_day_that_is_not_over_is_not_said_to_be_cheap():
    today = ask("why", "today", bills=FakeBills(LINES))
    dear = {by: [*lines, once(TODAY, "54.05", *lines[-1].keys)] for by, lines in LINES.items()}
    dear[("service",)] = [*LINES[("service",)], once(TODAY, "54.05", EC2)]

    assert today.title == "Today has cost $12.00 so far; such days cost $12.00"
    assert "day-not-over" in [caveat.code for caveat in today.caveats]
    assert ask("why", "today", bills=FakeBills(dear)).title == (
        f"Today has cost $66.05 so far, $54.05 more than such days whole: {EC2} in ap-northeast-1 +$54.05"
    )


@pytest.mark.parametrize(
    ("day", "told"), [("", True), ("2026-09-14", False), ("today", False)], ids=["no day", "another", "today"]
)
def test_who_names_no_day_is_told_that_today_is_not_in_it_and_can_ask(day, told):
    view = ask("why", *filter(None, [day]), bills=FakeBills(LINES), trail=FakeTrail(RUN))

    assert any("Today is not in this" in line for line in read(view)) is told
    assert (("billing", "why", "today") in [getattr(each, "words", ()) for each in view.buttons]) is told
    assert len(view.buttons) <= 5
