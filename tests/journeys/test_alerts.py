"""An event's whole way: from the event bus over the queue into the channel, and on by its buttons."""

import pytest

from bot.embedded.aws.world import tell_finding
from bot.embedded.incident import findings
from tests.journeys.alert_steps import answered, press
from tests.journeys.steps import eventually, texts

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_finding_arrives_and_its_button_answers_the_next_questions(journey):
    incident = journey.world.incident
    tell_finding(journey.world.aws, findings(incident)[0])

    alert = await eventually(lambda: next(iter(journey.messages("security")), None))

    said = " ".join(texts(alert.blocks))
    assert alert.only_for is None
    assert "HIGH" in said
    assert "acme-payroll" in said
    assert incident.leaked_key_id in said
    assert incident.prod.id in said
    assert "412 times" in said

    await press(journey, alert, "Investigate")

    answer = await eventually(lambda: answered(journey, alert))
    assert answer.body["text"].startswith("Who accessed acme-payroll")
    assert incident.attacker_ip in " ".join(texts(answer.blocks))
    assert answer.only_for is None


async def test_a_message_that_is_nothing_known_is_shown_and_leaves_the_queue(journey):
    queue = journey.world.aws.client("sqs")
    before = len(journey.messages("security"))
    queue.send_message(QueueUrl=journey.world.seeded.queue_url, MessageBody="<!channel> what is this")

    def told():
        new = journey.messages("security")[before:]
        return next(
            (each for each in new if "Something I have no words for" in " ".join(texts(each.blocks))), None
        )

    shown = await eventually(told)
    assert "<!channel>" not in shown.body.get("text", "")

    def left():
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = queue.get_queue_attributes(QueueUrl=journey.world.seeded.queue_url, AttributeNames=names)
        return not any(int(count) for count in counts["Attributes"].values())

    assert await eventually(left)
