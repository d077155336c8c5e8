"""History and threads, page by page, through a real slack_sdk client."""

import pytest
from slack_sdk.errors import SlackApiError


@pytest.fixture
def ops(slack):
    return slack.world.channel("ops")


def say(slack, ops, count, **rest):
    return [slack.world.post(ops, slack.world.as_bot({"text": str(n)} | rest)).ts for n in range(count)]


async def pages(method, **asked):
    """Each page's timestamps, by following the cursors."""
    found, cursor = [], None
    while True:
        page = await method(cursor=cursor, **asked)
        found.append([message["ts"] for message in page["messages"]])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        assert page["has_more"] == bool(cursor)
        if not cursor:
            return found


async def test_history_comes_newest_first_in_pages(slack, client, ops):
    sent = say(slack, ops, 25)

    found = await pages(client.conversations_history, channel=ops.id, limit=10)

    assert [len(page) for page in found] == [10, 10, 5]
    assert [ts for page in found for ts in page] == sent[::-1]


async def test_a_page_is_a_hundred_if_nobody_says_otherwise(slack, client, ops):
    say(slack, ops, 101)

    assert [len(page) for page in await pages(client.conversations_history, channel=ops.id)] == [100, 1]


async def test_a_cursor_stands_where_it_stood_though_more_is_said(slack, client, ops):
    sent = say(slack, ops, 4)
    first = await client.conversations_history(channel=ops.id, limit=2)
    say(slack, ops, 3)
    second = await client.conversations_history(
        channel=ops.id, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [message["ts"] for message in second["messages"]] == [sent[1], sent[0]]


async def test_the_ends_of_a_time_are_left_out_unless_they_are_asked_for(slack, client, ops):
    sent = say(slack, ops, 4)
    between = {"channel": ops.id, "oldest": sent[0], "latest": sent[3]}

    assert await pages(client.conversations_history, **between) == [[sent[2], sent[1]]]
    assert await pages(client.conversations_history, **between, inclusive=True) == [sent[::-1]]


async def test_a_thread_comes_oldest_first_in_pages_its_root_once(slack, client, ops):
    (root,) = say(slack, ops, 1)
    replies = say(slack, ops, 25, thread_ts=root)
    thread = {"channel": ops.id, "ts": root, "limit": 10}

    found = await pages(client.conversations_replies, **thread)

    assert [ts for page in found for ts in page] == [root, *replies]
    assert await pages(client.conversations_replies, **thread, oldest=replies[22]) == [[root, *replies[23:]]]
    assert await pages(client.conversations_replies, channel=ops.id, ts=replies[3]) == [[root, *replies]]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"cursor": "made up"}, "invalid_cursor"),
        ({"cursor": "cm93OjM="}, "invalid_cursor"),  # row:3, of another method
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "-1"}, "invalid_ts_latest"),
    ],
)
async def test_nonsense_is_refused_by_its_name(slack, client, ops, asked, code):
    (root,) = say(slack, ops, 1)
    for call in (
        client.conversations_history(channel=ops.id, **asked),
        client.conversations_replies(channel=ops.id, ts=root, **asked),
    ):
        with pytest.raises(SlackApiError, match=code):
            await call


async def test_every_message_has_a_timestamp_of_its_own_though_the_clock_stands(slack, ops):
    sent = say(slack, ops, 500)

    assert len(set(sent)) == 500
    assert sent == sorted(sent)
