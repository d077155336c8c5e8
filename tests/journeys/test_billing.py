"""What AWS costs and why: asked in Slack and in the terminal, of the stand-in's Cost Explorer through real boto3."""

import asyncio

import pytest

from bot.app.production import Production
from bot.settings import read
from commands.billing import billing
from tests.journeys.alert_steps import press
from tests.journeys.steps import MIKA, QUIET, line

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = QUIET
MACHINE = "g5.12xlarge, a machine with GPUs, in ap-northeast-1, which cost nothing in the four weeks before"


def pictures(journey):
    """The pictures that Mika was sent by herself: name, first bytes, and what they show in words."""
    world = journey.world.slack.world
    mika = world.user(MIKA).id
    sent = (each for talk in world.channels.values() if talk.im_with == mika for each in talk.messages)
    files = [world.files.get(file["id"]) for each in sent for file in each.body.get("files", ())]
    return [(file.name, file.content[:4]) for file in files if file.name.endswith(".png")]


async def test_the_month_is_told_with_its_end_and_what_was_given_back_apart(journey):
    told = await journey.asks("/billing summary")

    assert " so far in " in told.body["text"]
    said = line(told)
    assert "By month’s end  about $" in said
    assert "By account: prod $" in said
    assert told.only_for == journey.world.slack.world.user(MIKA).id


async def test_the_picture_comes_at_a_press(journey):
    told = await journey.asks("/billing summary")
    said = await journey.answer_to(await press(journey, told, "Picture"))

    assert "The picture is in your direct messages with me" in said.body["text"]
    assert pictures(journey) == [("noroshi-billing-summary.png", b"\x89PNG")]


async def test_from_the_jump_to_the_machine_to_the_key_that_started_it(journey):
    day = journey.world.incident.times.instances_started.date()
    told = await journey.asks(f"/billing why {day}")

    said = line(told)
    assert "Amazon Elastic Compute Cloud - Compute in ap-northeast-1 +$" in told.body["text"]
    assert f"This is how a miner’s bill begins: {MACHINE}" in said
    assert "backup (user) called RunInstances in ap-northeast-1 from 198.51.100.7" in said

    key = await journey.chooses(told, "Key AKIAEXAMPLEBACKUP")
    assert "RunInstances" in line(key)


async def test_the_terminal_gives_the_contracts_json(journey):
    told = await journey.told("billing", "by-service", "--since", "7d")

    assert {"command", "request", "title", "rows", "caveats", "receipt", "total", "currency", "as_of"} <= set(
        told
    )
    assert {"service", "amount", "previous", "change_pct"} == set(told["rows"][0])
    assert abs(sum(row["amount"] for row in told["rows"]) - told["total"]) < 0.005
    assert told["currency"] == "USD"


async def totals(*words, **billed):
    """What the answer's JSON has at its top, asked in this process; `billed` stand over the settings of `billing`."""
    given = read()
    given = given.model_copy(update={"billing": given.billing.model_copy(update=billed)})
    return (await asyncio.to_thread(billing.answer, words, Production(given))).totals


async def test_whatever_the_days_are_cut_by_they_cost_the_same(journey):
    cuts = (["by-service"], ["by-account"], ["by-region"], ["by-tag", "team"])
    told = [await totals(*words, "--since", "30d") for words in cuts]

    assert len({each["total"] for each in told}) == 1


async def test_what_nobody_can_tell_apart_is_unknown(journey):
    """Without Cost Explorer CloudWatch's estimates answer, for nothing, and it is said what they don't tell."""
    exact, free = await totals("summary"), await totals("summary", explorer=False)
    both_months = await totals("by-service", "--since", "35d")  # the credit comes on a month's second day

    assert sum(both_months["given_back"].values()) < 0
    assert exact["given_back"] is not None
    assert free["given_back"] is None
    assert (exact["source"], free["source"]) == ("cost-explorer", "cloudwatch")


QUESTIONS = (
    "summary",
    "forecast",
    "anomalies",
    "by-service --since 7d",
    "by-service --since 30d",
    "by-service --since 60d",
    "by-region",
    "by-region --since 14d",
    "by-account",
    "by-tag team",
    "why yesterday",
    "why 3d",
    "why today",
    "bot",
)


async def test_a_day_of_use_costs_at_most_half_a_dollar(journey):
    """200 questions by a bot that was just started, while it looks at the bill by itself and is scraped."""
    before = journey.world.aws.cost_requests
    production = Production(read())
    words = [QUESTIONS[n % len(QUESTIONS)].split() for n in range(200)]

    def ask_all():
        return [billing.answer(each, production, asker=f"U{n}").title for n, each in enumerate(words)]

    titles = await asyncio.to_thread(ask_all)

    assert len(titles) == 200
    assert journey.world.aws.cost_requests - before <= 50
    assert sum(count for _, count in production.bills.asked().by_day) == journey.world.aws.cost_requests
