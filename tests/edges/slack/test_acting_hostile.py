"""What an attacker wrote is dead wherever a button carries it: post, thread, mute, report, form, refusal."""

import json

import pytest

from tests.edges.slack.alerts import alert, form, open_alerts, submit
from tests.edges.slack.conftest import BEN, MIKA
from tests.render.hostile import CORPUS
from tests.render.test_harmless import OURS, assert_inert

SAYING = {"chat.postMessage", "chat.update", "chat.postEphemeral", "response_url"}
SHOWN = ("text", "blocks", "attachments")


CONSOLE = "https://console.aws.amazon.com/"
"""The one link of the command that is asked here."""


def everything_said(slack):
    for method, sent in slack.world.calls:
        if method in SAYING:
            shown = {name: sent[name] for name in SHOWN if name in sent}
            yield json.loads(json.dumps(shown).replace(CONSOLE, OURS))
        elif method == "views.open":
            yield sent["view"]


@pytest.mark.parametrize("words", CORPUS.values(), ids=CORPUS)
async def test_nothing_comes_alive_on_the_way_of_any_button(tmp_path, words):
    async with open_alerts(tmp_path, [BEN]) as alerts:
        world = alerts.slack.world
        mika, ben = world.user(MIKA).id, world.user(BEN).id
        for person in (world.user(MIKA), world.user(BEN)):
            person.name = person.real_name = words or person.name
        hostile = alert(
            "hostile",
            title=words,
            kind=f"{words} kind"[:400],
            account_id=words,
            account_name=words,
            resource=words,
            reference=words,
            story=((words,),),
        )
        post = await alerts.tell(hostile)
        for label, user in (
            ("Investigate", mika),
            ("Acknowledge", ben),
            ("Acknowledge", mika),
            ("Archive in GuardDuty", mika),
        ):
            await alerts.press(post, label, user)
        view = await form(alerts, post, user=mika)
        await submit(alerts, view, what="kind", reason=f"why {words}"[:199])
        message = next(each for each in alerts.messages() if "Unmute" in str(each.blocks))
        await alerts.tell(alert("hidden", kind=hostile.kind, title=words), alert("hostile", n=2, title=words))
        await alerts.press(message, "Unmute", ben)
        await alerts.run(30)
        await alerts.press(post, "Archive in GuardDuty", ben)
        await alerts.run(5)

        said = list(everything_said(alerts.slack))
        assert len(said) > 10
        for each in said:
            assert_inert(each)
