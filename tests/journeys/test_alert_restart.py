"""What the bot knows of its posts outlives it: the store has it."""

import pytest

from tests.journeys.alert_steps import archived, finding_of, found, press, said
from tests.journeys.steps import MIKA, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")
SETTINGS = {
    "NOROSHI_ACCESS__CHANGE": lambda world: world.slack.world.user(MIKA).id,
    "NOROSHI_ALERTS__ROUTES": "[]",
}


async def test_a_restart_between_post_and_press_changes_nothing(journey):
    finding = finding_of(journey)
    post = await found(journey, finding)

    await journey.stop()
    await journey.start()
    await journey.world.slack.socket.connected.wait()
    await press(journey, post, "Archive in GuardDuty")
    await eventually(lambda: "OVER" in said(post))

    assert archived(journey, finding)
    assert len([each for each in journey.messages("security") if finding.id in said(each)]) == 1
