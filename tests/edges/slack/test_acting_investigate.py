"""Investigate: the next questions are asked at once, and answered in the alert's thread for everybody."""

import asyncio

import pytest

from bot.core.alert import NextStep
from bot.embedded.slack import Fault
from bot.errors import AccessDenied, NoroshiError, Upstream
from tests.edges.slack.alerts import STEPS, alert, button, labels, open_alerts
from tests.edges.slack.conftest import BEN, MIKA, text

WRONG = NextStep("Wrong", ("look", "at", "payroll", "--rows", "many"))
TIME = NextStep("What time", ("look", "now"))


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


async def test_the_answers_come_into_the_thread_of_the_alert(alerts):
    other = await alerts.tell(alert("other"))
    post = await alerts.tell(alert())

    pressed = await alerts.press(post, "Investigate")

    first, second = alerts.thread(post)
    assert "Who touched payroll" in text(first)
    assert "It is 12:00" in text(second)
    assert "asked by mika.sato with /look at payroll" in text(first)
    assert pressed["result"] == "2 of 2 answered"
    assert alerts.thread(other) == []
    assert all(each.only_for is None for each in (first, second))


async def test_each_press_spends_what_its_own_presser_may(alerts):
    ports = alerts.workspace.ports
    ids = []
    for number, name in enumerate((MIKA, BEN)):
        post = await alerts.tell(alert(str(number)))
        await alerts.press(post, "Investigate", name)
        ids.append(alerts.workspace.slack.world.user(name).id)

    assert ports.askers == ids


async def test_the_press_is_answered_at_once_and_the_note_becomes_the_first_answer(alerts):
    alerts.workspace.ports.trail.gate.clear()
    post = await alerts.tell(alert())
    before = len(alerts.presses())

    await alerts.visitor.click("mika.sato", post, button(post, "Investigate")["action_id"])
    await alerts.workspace.until(lambda: alerts.thread(post))

    [note] = alerts.thread(post)
    assert "Looking for mika.sato… /look at payroll · /look now" in text(note)
    alerts.workspace.ports.trail.gate.set()
    await alerts.recorded(before)
    assert alerts.thread(post)[0] is note
    assert "Who touched payroll" in text(note)
    assert "Looking" not in text(note)
    assert alerts.private() == []


async def test_a_step_that_fails_says_so_and_the_rest_goes_on(alerts):
    alerts.workspace.ports.trail.error = AccessDenied(
        "AWS refused.", "Allow it.", action="athena:GetQueryResults"
    )
    post = await alerts.tell(alert(next_steps=(STEPS[0], WRONG, TIME)))

    pressed = await alerts.press(post, "Investigate")

    denied, wrong, time = map(text, alerts.thread(post))
    assert "/look at payroll: AWS refused." in denied
    assert "Allow it." in denied
    assert "/look at payroll --rows many: " in wrong
    assert "It is 12:00" in time
    assert pressed["result"] == "1 of 3 answered"


async def test_a_step_that_breaks_names_no_cause_and_the_rest_goes_on(alerts):
    alerts.workspace.ports.trail.error = RuntimeError("the password is hunter2")
    post = await alerts.tell(alert())

    pressed = await alerts.press(post, "Investigate")

    broken, time = map(text, alerts.thread(post))
    assert "/look at payroll: something broke on my side." in broken
    assert "hunter2" not in broken
    assert "It is 12:00" in time
    assert pressed["result"] == "1 of 2 answered"


async def test_an_answer_that_slack_does_not_take_holds_up_nothing(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.faults.next_calls("chat.update", Fault(error="invalid_blocks"))

    pressed = await alerts.press(post, "Investigate")

    assert "It is 12:00" in text(alerts.thread(post)[-1])
    assert pressed["result"] == "1 of 2 answered"


async def test_when_slack_takes_nothing_the_person_is_told(alerts):
    post = await alerts.tell(alert())
    alerts.slack.world.faults.next_calls("chat.postMessage", Fault(error="invalid_blocks"), 5)

    pressed = await alerts.press(post, "Investigate")

    assert "Slack refused the form of this message" in text(await alerts.told())
    assert pressed["result"].startswith("BadForm")


async def test_pressing_twice_does_not_run_twice_at_the_same_time(alerts):
    alerts.workspace.ports.trail.gate.clear()
    post = await alerts.tell(alert())
    await alerts.visitor.click("mika.sato", post, button(post, "Investigate")["action_id"])
    await alerts.workspace.until(lambda: alerts.thread(post))
    alerts.clock.forward(minutes=2)

    async with alerts.replica():
        again = [await alerts.press(post, "Investigate", BEN) for _ in range(2)]

    assert "mika.sato pressed this 2 min ago, and I am still looking." in text(await alerts.told(BEN))
    assert [each["result"].partition(":")[0] for each in again] == ["BadRequest", "BadRequest"]
    alerts.workspace.ports.trail.gate.set()
    await alerts.recorded(2)
    assert len(alerts.workspace.ports.trail.asked) == 1


async def test_it_can_be_pressed_again_when_it_is_done(alerts):
    post = await alerts.tell(alert())

    results = [(await alerts.press(post, "Investigate"))["result"] for _ in range(2)]

    assert results == ["2 of 2 answered"] * 2
    assert len(alerts.thread(post)) == 4


async def test_a_store_that_fails_at_the_end_takes_no_answer_back(alerts):
    post = await alerts.tell(alert())
    write = alerts.store.write

    def failing(*records):
        if any(record.id.startswith("turn-") and record.version for record in records):
            raise Upstream("The disk is full.")
        write(*records)

    alerts.store.write = failing

    assert (await alerts.press(post, "Investigate"))["result"] == "2 of 2 answered"
    assert alerts.private() == []


async def test_after_a_crash_in_the_midst_it_can_be_pressed_again_in_a_while(alerts):
    alerts.workspace.ports.trail.gate.clear()
    post = await alerts.tell(alert())
    await alerts.visitor.click("mika.sato", post, button(post, "Investigate")["action_id"])
    await alerts.workspace.until(lambda: alerts.thread(post))
    alerts.clock.forward(minutes=11)
    alerts.workspace.ports.trail.gate.set()

    assert (await alerts.press(post, "Investigate", BEN))["result"] == "2 of 2 answered"


async def test_a_stop_in_the_midst_leaves_no_note_that_promises_answers(tmp_path):
    async with open_alerts(tmp_path) as alerts:
        alerts.workspace.ports.trail.gate.clear()
        post = await alerts.tell(alert())
        await alerts.visitor.click("mika.sato", post, button(post, "Investigate")["action_id"])
        await alerts.workspace.until(lambda: alerts.thread(post))

        stopping = asyncio.create_task(alerts.stop())
        await alerts.workspace.until(lambda: "restarted" in text(alerts.thread(post)[0]))
        alerts.workspace.ports.trail.gate.set()
        await stopping

        assert alerts.presses()[0]["result"] == "broke off"


async def test_an_alert_without_next_steps_has_no_such_button(alerts):
    post = await alerts.tell(alert(next_steps=()))

    assert "Investigate" not in labels(post)


async def test_errors_of_steps_are_no_private_matter(alerts):
    """What a step could not answer stands in the thread, not with the person alone."""
    alerts.workspace.ports.trail.error = NoroshiError("No.", "Go.")
    post = await alerts.tell(alert(next_steps=STEPS[:1]))

    await alerts.press(post, "Investigate")

    assert "/look at payroll: No." in text(alerts.thread(post)[0])
    assert alerts.private() == []
