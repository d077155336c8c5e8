"""From an alert to the human behind its key, and to all that was done with what the key was given: buttons only."""

import pytest

from tests.journeys.alert_steps import finding_of, found, press, said, thread
from tests.journeys.steps import MIKA, QUIET, choice, eventually, is_note

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = QUIET
TOR = 1
MAKER = "tomas.okafor@acme.example"


async def investigated(journey, post, *questions):
    """Press Investigate, and wait in the thread for the answers to these questions, in their order."""
    await press(journey, post, "Investigate")
    return [await eventually(lambda asked=asked: answer_to(journey, post, asked)) for asked in questions]


def answer_to(journey, post, question):
    told = [each for each in thread(journey, post) if not is_note(each)]
    return next((each for each in told if f"with /trail {question} " in said(each)), None)


async def choose(journey, message, label):
    """Choose in the menu of an answer what begins with this; gives the answer, which only Mika sees."""
    menu, value = choice(message, label)
    before = len(journey.messages("security"))
    outcome = await journey.visitor.click(MIKA, message, menu, value=value)
    assert outcome.ok, outcome
    mika = journey.world.slack.world.user(MIKA).id

    def only_for_her():
        new = journey.messages("security")[before:]
        return next((each for each in new if each.only_for == mika and not is_note(each)), None)

    return await eventually(only_for_her)


async def test_from_the_alert_to_who_made_its_key_and_all_that_its_session_did(journey):
    post = await found(journey, finding_of(journey, TOR))

    key, behind = await investigated(journey, post, "key", "session")

    assert f"What key {journey.world.incident.leaked_key_id} did" in key.body["text"]
    assert "It made key " in said(key)
    assert behind.body["text"].startswith(MAKER)
    assert "(source identity)" in said(behind)
    assert "sts:AssumeRole" in said(behind)

    session = await choose(journey, behind, "What key ASIA")

    assert session.body["text"].startswith("backup (user) is behind")
    assert session.only_for == journey.world.slack.world.user(MIKA).id
    calls = ("sts:GetCallerIdentity", "s3:ListBuckets", "ec2:DescribeInstances", "iam:CreateUser")
    assert not [call for call in calls if call not in said(session)]
    assert "refused" in said(session)
