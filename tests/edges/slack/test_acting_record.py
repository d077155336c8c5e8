"""Every press is on record: who, when, what, and what came of it; refused and failed ones too, and no secret."""

import asyncio
import json

import pytest

from bot.core.span import iso
from bot.edges.presses import show
from bot.embedded.slack import Fault
from bot.errors import Upstream
from bot.render.files import to_json
from tests.edges.slack.alerts import GIVEN, alert, button, form, open_alerts, submit
from tests.edges.slack.conftest import BEN, GUEST, MIKA, text

TOKEN = "xoxb-1234567890-abcdefghijklmnop"


@pytest.fixture
async def alerts(tmp_path):
    async with open_alerts(tmp_path, [BEN]) as opened:
        yield opened


def told(alerts):
    """As `noroshi alert presses --format json` says it."""
    return json.loads(
        to_json(show(alerts.store, alerts.clock.time.replace(hour=0), "7d", "sqlite:///noroshi.db"))
    )


async def test_presses_are_told_newest_first_with_who_when_what_and_result(alerts):
    post = await alerts.tell(alert())
    await alerts.press(post, "Acknowledge")
    began = alerts.clock.time
    await alerts.press(post, "Archive in GuardDuty", BEN)

    last, first = told(alerts)["rows"]
    assert last == {
        "at": last["at"],
        "user_id": alerts.id(BEN),
        "name": BEN,
        "act": "archive",
        "what": "A key of one is used through Tor",
        "channel": alerts.slack.world.channel("security").id,
        "result": "done",
    }
    assert last["at"] > iso(began).removesuffix("Z")
    assert (first["name"], first["act"]) == (MIKA, "acknowledge")
    assert told(alerts)["title"].startswith("2 presses since 2026-11-25")


async def test_what_was_refused_and_what_failed_is_on_record(alerts):
    post = await alerts.tell(alert())
    await alerts.press(post, "Archive in GuardDuty")
    alerts.changes.error = Upstream("AWS can't be reached.")
    await alerts.press(post, "Archive in GuardDuty", BEN)
    await alerts.press(post, "Acknowledge", GUEST)

    results = [row["result"] for row in told(alerts)["rows"]][::-1]
    assert results[0] == "Forbidden: You may not change anything in AWS from here."
    assert results[1] == "Upstream: AWS can't be reached."
    assert results[2].startswith("Forbidden: I don't answer guests")


async def test_what_broke_is_on_record(alerts):
    alerts.changes.error = RuntimeError("a bug")
    post = await alerts.tell(alert())

    pressed = await alerts.press(post, "Archive in GuardDuty", BEN)

    assert pressed["result"] == "broke off"
    assert "Something broke on my side" in text(await alerts.told(BEN))


async def test_a_mute_is_on_record_with_its_reason_and_its_end(alerts):
    await submit(alerts, await form(alerts, await alerts.tell(alert())))

    mute = told(alerts)["rows"][0]
    assert mute["act"] == "mute"
    assert mute["result"].endswith("until 2026-11-25 07:00 UTC: we test the scanner")


async def test_no_secret_is_on_record(alerts):
    """Not what Slack sends along, and not what somebody pastes."""
    post = await alerts.tell(alert(title=f"A token {TOKEN} was found"))
    await alerts.press(post, "Investigate")
    await submit(alerts, await form(alerts, post), reason=f"the old {TOKEN}")
    await alerts.press(post, "Archive in GuardDuty", BEN)

    said = json.dumps(told(alerts), ensure_ascii=False)
    assert TOKEN not in said
    for secret in (alerts.slack.bot_token, alerts.slack.app_token, alerts.slack.signing_secret, "/hooks/"):
        assert secret not in said
    assert not [trigger for trigger in alerts.slack.world.modals._triggers if trigger in said]
    assert "xoxb-…" in said


async def test_the_record_failing_hides_nothing_from_the_person(tmp_path):
    async with open_alerts(tmp_path, [BEN]) as alerts:
        post = await alerts.tell(alert())
        write = alerts.store.write
        lost = []

        def failing(*records):
            if any(record.lane == "audit" for record in records):
                lost.append(records)
                raise Upstream("The disk is full.")
            write(*records)

        alerts.store.write = failing
        await alerts.visitor.click(MIKA, post, button(post, "Archive in GuardDuty")["action_id"])

        assert "You may not change anything in AWS from here." in text(await alerts.told())
        assert lost


async def test_when_the_store_is_away_nothing_is_done(tmp_path):
    """A click that can't be claimed could be counted twice; one that is not on record did not happen."""
    async with open_alerts(tmp_path, [BEN]) as alerts:
        post = await alerts.tell(alert())

        def failing(*_records):
            raise Upstream("The disk is full.")

        alerts.store.write = failing
        await alerts.visitor.click(BEN, post, button(post, "Archive in GuardDuty")["action_id"])

        assert "The disk is full." in text(await alerts.told(BEN))
        assert alerts.changes.archived == []


async def test_what_slack_says_of_a_person_is_cut_before_it_is_kept(alerts):
    alerts.slack.world.user(MIKA).name = "n" * 5_000
    post = await alerts.tell(alert(title="t" * 5_000))
    before = len(alerts.presses())
    await alerts.visitor.click("n" * 5_000, post, button(post, "Acknowledge")["action_id"])

    pressed = await alerts.recorded(before)

    assert (len(pressed["name"]), len(pressed["what"])) == (501, 501)


async def test_many_presses_at_once_are_all_on_record(alerts):
    post = await alerts.tell(alert())
    await asyncio.gather(*(alerts.visitor.click(MIKA, post, "act:mute") for _ in range(30)))
    await alerts.recorded(29)

    assert len(told(alerts)["rows"]) == 30


async def test_a_form_that_is_refused_at_its_field_is_no_press_yet(alerts):
    view = await form(alerts, await alerts.tell(alert()))
    await alerts.visitor.submit(view, GIVEN | {"reason": " "})
    alerts.slack.world.faults.next_calls("users.info", Fault(error="internal_error"))

    assert [row["result"] for row in told(alerts)["rows"]] == ["asked how"]
