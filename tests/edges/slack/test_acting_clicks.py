"""A click counts once, and only on the message that tells of this now; what is forged finds nothing."""

import pytest
from structlog.testing import capture_logs

from tests.edges.slack.alerts import alert, button, clicked, deliver, open_alerts
from tests.edges.slack.conftest import MIKA, text
from tests.render.hostile import CORPUS


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path) as opened:
        yield opened


async def test_a_replayed_click_is_refused(alerts):
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Investigate")

    first, second = await deliver(alerts, click), await deliver(alerts, click)

    assert first["result"] == "2 of 2 answered"
    assert second["result"].startswith("Forbidden: This click came before")
    assert len(alerts.thread(post)) == 2


async def test_a_click_replayed_to_another_replica_is_refused(alerts):
    """The store knows it: a replica has no memory of another's clicks."""
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Investigate")

    async with alerts.replica():
        # The stand-in gives envelopes to its connections in turn.
        results = [(await deliver(alerts, click))["result"] for _ in range(2)]

    assert sorted(result.partition(":")[0] for result in results) == ["2 of 2 answered", "Forbidden"]


async def test_a_restart_between_post_and_press_changes_nothing(tmp_path):
    async with open_alerts(tmp_path) as alerts:
        post = await alerts.tell(alert())
        await alerts.stop()
        async with alerts.replica():
            pressed = await alerts.press(post, "Acknowledge")
            await alerts.run()

        assert pressed["result"] == "done"
        assert "Acknowledged" in text(post)


async def test_a_button_of_an_old_post_is_refused(alerts):
    """The problem was over for more than a day, and has a new post."""
    old = await alerts.tell(alert())
    await alerts.tell(alert(n=2, resolved=True))
    alerts.clock.forward(hours=30)
    new = await alerts.tell(alert(n=60 * 40))
    assert new is not old

    click = clicked(alerts, MIKA, new, "Acknowledge")
    click["container"]["message_ts"] = click["message"]["ts"] = old.ts

    assert (await deliver(alerts, click))["result"].startswith("Forbidden: This button is not the one")
    assert "Look further down" in text(await alerts.told())


async def test_a_click_from_another_channel_is_refused_though_it_names_the_right_message(alerts):
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Acknowledge")
    elsewhere = alerts.slack.world.channel("general")
    click["channel"] = {"id": elsewhere.id, "name": "security"}
    click["container"]["channel_id"] = elsewhere.id

    assert (await deliver(alerts, click))["result"].startswith("Forbidden: This is not told in this channel")


@pytest.mark.parametrize(
    "subject",
    [
        "problem-" + "0" * 32,
        "mutes",
        "audit-x",
        "lease:#security",
        "",
        "problem-",
        "problem-\ud800",
        "problem-" + "x" * 1900,
        "digest-2026-11-25-#security",
        "../problem",
        "storm-#security-'; DROP TABLE record; --",
    ],
)
async def test_a_forged_subject_is_nothing_that_i_know(alerts, subject):
    post = await alerts.tell(alert())

    pressed = await deliver(alerts, clicked(alerts, MIKA, post, "Acknowledge", value=subject))

    assert pressed["result"].startswith("NotFound: I no longer know of this")


@pytest.mark.parametrize("act", ["unmute", "all-rows", "mute-storm", "explode", "investigate-all"])
async def test_an_act_that_does_not_fit_its_message_is_refused_in_words(alerts, act):
    post = await alerts.tell(alert())

    pressed = await deliver(alerts, clicked(alerts, MIKA, post, "Acknowledge", action_id=f"act:{act}"))

    assert pressed["result"].startswith("BadRequest") or pressed["result"] == "asked how"
    assert pressed["act"] == act


async def test_anothers_problem_is_not_acknowledged_by_the_button_of_this_one(alerts):
    one, two = await alerts.tell(alert("one")), await alerts.tell(alert("two"))

    click = clicked(alerts, MIKA, one, "Acknowledge", value=button(two, "Acknowledge")["value"])

    assert (await deliver(alerts, click))["result"].startswith("Forbidden: This button is not the one")


async def test_a_click_without_a_trigger_still_counts_once(alerts):
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Acknowledge")
    del click["trigger_id"]

    results = [(await deliver(alerts, click))["result"] for _ in range(2)]

    assert results[0] == "done"
    assert results[1].startswith("Forbidden: This click came before")


async def test_no_click_breaks_anything_whatever_it_says(alerts):
    """Each is refused in words and kept on record, or is no click on an alert at all."""
    post = await alerts.tell(alert())
    world = alerts.slack.world
    values = [*CORPUS.values(), None, 7, [], {}, "problem-" + "\ud800" * 9, "report-x", "storm-", "x" * 2_000]
    with capture_logs() as logs:
        for value in values:
            click = clicked(alerts, MIKA, post, "Acknowledge", value=value)
            assert (await deliver(alerts, click))["result"].startswith("NotFound")
        for place in ({}, {"id": None}, {"id": "C0NOWHERE"}, {"id": "\ud800"}, {"id": "x" * 9_000}):
            click = clicked(alerts, MIKA, post, "Acknowledge")
            click["channel"], click["container"]["channel_id"] = place, place.get("id")
            assert (await deliver(alerts, click))["result"].startswith("Forbidden")
        for user in ({}, {"id": None}, {"id": "U0NOBODY"}, {"id": "<!channel>"}, {"id": "\ud800"}):
            click = clicked(alerts, MIKA, post, "Acknowledge") | {"user": user}
            assert (await deliver(alerts, click))["result"].startswith("Forbidden")
        for trigger in (None, 7, "", "\ud800", "t" * 9_000):
            click = clicked(alerts, MIKA, post, "Mute…") | {"trigger_id": trigger}
            await deliver(alerts, click)

    assert not [line for line in logs if line["event"] in {"broke", "listener_broke"}]
    assert world.channel("security").message(post.ts) is post


@pytest.mark.parametrize("actions", ["x", [None], ["x"], [[]], [{"action_id": 7}]])
async def test_after_a_payload_without_a_button_the_next_press_counts(alerts, actions):
    post = await alerts.tell(alert())
    click = clicked(alerts, MIKA, post, "Acknowledge") | {"actions": actions}

    await alerts.slack.socket.deliver("interactive", click)

    assert (await alerts.press(post, "Acknowledge"))["result"] == "done"
    assert len(alerts.presses()) == 1
