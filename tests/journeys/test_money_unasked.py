"""The bot speaks of money by itself: what stands out in the bill, the week's digest, and what AWS is set up to tell."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.alert_steps import press, said, thread
from tests.journeys.steps import QUIET, eventually, is_note, line

pytestmark = pytest.mark.asyncio(loop_scope="module")


def just_now(form):
    """A digest is due for six hours, of one day: a quarter of an hour ago, unless that was yesterday."""

    def value(_world):
        now = datetime.now(UTC)
        return f"{max(now - timedelta(minutes=15), now.replace(hour=0, minute=0)):{form}}"

    return value


SETTINGS = {
    **QUIET,
    "NOROSHI_ZONE": "UTC",
    "NOROSHI_BILLING__WATCH": "true",
    "NOROSHI_BILLING__DIGEST_ON": just_now("%A"),
    "NOROSHI_BILLING__DIGEST_AT": just_now("%H:%M"),
    "NOROSHI_BILLING__DIGEST_CHANNEL": "#billing",
    "NOROSHI_ALERTS__CHANNEL": "#security",
}


async def posted(journey, words, channel="security"):
    return await eventually(
        lambda: next((each for each in journey.messages(channel) if words in said(each)), None)
    )


async def test_a_region_never_used_before_is_told_with_the_machines_of_the_miner(journey):
    post = await posted(journey, "First money spent in ap-northeast-1")

    assert "Among it: g5.12xlarge, a machine with GPUs" in line(post)
    assert "the sign of a miner" in line(post)
    assert "HIGH" in line(post)


async def test_investigating_it_answers_every_next_step(journey):
    post = await posted(journey, "First money spent in ap-northeast-1")
    await press(journey, post, "Investigate")

    def answered(words):
        told = (each for each in thread(journey, post) if not is_note(each))
        return next((each for each in told if words in said(each) + each.body.get("text", "")), None)

    why = await eventually(lambda: answered("/billing why"))
    assert "g5.12xlarge" in line(why)
    assert "ap-northeast-1" in line(await eventually(lambda: answered("/billing by-region")))
    assert " so far in " in (await eventually(lambda: answered("/billing summary"))).body["text"]


async def test_the_weeks_digest_comes_with_its_chart(journey):
    post = await posted(journey, "Weekly bill: $", "billing")

    assert "the week before" in line(post)
    assert "My own questions" in line(post)


async def test_a_day_of_looking_costs_cents(journey):
    await posted(journey, "Weekly bill: $", "billing")
    await posted(journey, "First money spent in ap-northeast-1")

    assert 0 < journey.world.aws.cost_requests <= 25


async def test_setting_up_makes_all_that_tells_and_a_second_run_nothing(journey):
    code, printed, _ = await journey.noroshi("setup", "billing", "--print")
    assert code == 0
    assert "would be made: arn:aws:sns:us-east-1:" in printed

    code, made, _ = await journey.noroshi("setup", "billing")
    assert code == 0, made
    assert "CloudWatch has the bill" in made
    code, again, _ = await journey.noroshi("setup", "billing")
    assert (code, "made:" in again) == (0, False)
