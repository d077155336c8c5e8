"""chat.update as its page has it: what is not sent stays, an empty array or object takes it away."""

import pytest
from slack_sdk.errors import SlackApiError

BLOCK = {"type": "section", "text": {"type": "plain_text", "text": "x"}}
TOLD = {"event_type": "a", "event_payload": {"token": "t-1"}}


@pytest.fixture
async def sent(client):
    return await client.chat_postMessage(
        channel="#ops", text="one", blocks=[BLOCK], attachments=[{"text": "more"}], metadata=TOLD
    )


@pytest.fixture
def body(slack, sent):
    return slack.world.channel("ops").message(sent["ts"]).body


@pytest.fixture
def update(client, sent):
    async def update(**parts):
        return await client.chat_update(channel=sent["channel"], ts=sent["ts"], **parts)

    return update


async def test_metadata_and_attachments_that_are_not_sent_stay(update, body):
    await update(text="two", blocks=[BLOCK])

    assert (body["text"], body["metadata"], len(body["attachments"])) == ("two", TOLD, 1)


async def test_empty_ones_take_them_away(update, body):
    await update(text="two", attachments=[], metadata={})

    assert body["attachments"] == []
    assert "metadata" not in body


async def test_metadata_can_be_replaced_and_must_have_a_form(update, body):
    await update(text="two", metadata={"event_type": "b", "event_payload": {}})
    assert body["metadata"]["event_type"] == "b"
    with pytest.raises(SlackApiError, match="invalid_metadata_format"):
        await update(text="two", metadata={"event_type": "b"})


async def test_a_text_without_blocks_takes_the_blocks_away_and_shows_that_it_was_edited(update, body):
    await update(text="two", blocks=[BLOCK])
    assert (len(body["blocks"]), "edited" in body) == (1, False)
    await update(text="three")
    assert (body["blocks"], "edited" in body) == ([], True)


async def test_blocks_stay_where_no_text_is_sent(update, body):
    await update(attachments=[{"text": "other", "fallback": "other"}])

    assert (body["text"], len(body["blocks"]), body["attachments"][0]["text"]) == ("one", 1, "other")


async def test_an_update_wants_an_id_and_a_message_of_the_apps_own(slack, client, sent):
    said = await slack.visitor.say("mika.sato", "#ops", "mine")
    for channel, ts, code in (
        ("#ops", sent["ts"], "channel_not_found"),
        (sent["channel"], "1.000001", "message_not_found"),
        (sent["channel"], said.ts, "cant_update_message"),
    ):
        with pytest.raises(SlackApiError, match=code):
            await client.chat_update(channel=channel, ts=ts, text="x")


async def test_updates_are_of_the_third_tier(slack, update):
    slack.world.rates.seconds = lambda: 100.0
    for _ in range(50):
        await update(text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        await update(text="x")
