"""Messages and views as wholes: what Slack refuses is refused with its code, and nothing breaks the check."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.validate import check_message, check_view, findings


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def section(text="x", **more):
    return {"type": "section", "text": plain(text), **more}


def table():
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}


def refusal(check, *args, **kwargs):
    with pytest.raises(SlackError) as caught:
        check(*args, **kwargs)
    return caught.value


MESSAGES = [
    ({}, "no_text"),
    ({"text": "", "blocks": []}, "no_text"),
    ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
    ({"blocks": [section()] * 51}, "invalid_blocks"),
    ({"blocks": [section(block_id="b"), section(block_id="b")]}, "invalid_blocks"),
    ({"blocks": [table(), table()]}, "invalid_attachments"),
    ({"blocks": [table()], "attachments": [{"blocks": [table()]}]}, "invalid_attachments"),
    ({"attachments": [{"blocks": [section("")]}]}, "invalid_attachments"),
    ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ({"blocks": [section("x" * 2900)] * 5}, "msg_blocks_too_long"),
    ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
    ({"blocks": [{"type": "markdown", "text": "x" * 7000}] * 2}, "invalid_blocks"),
]


@pytest.mark.parametrize(("body", "code"), MESSAGES)
def test_a_message_that_slack_refuses_is_refused(body, code):
    assert refusal(check_message, body, posted=True).code == code


def test_size_is_held_against_posted_messages_only():
    check_message({"blocks": [section("x" * 2900)] * 5}, posted=False)


FIELD = {"type": "input", "label": plain(), "element": {"type": "plain_text_input", "action_id": "a"}}
MODAL = {"type": "modal", "title": plain(), "blocks": [section()]}
VIEWS = [
    (MODAL | {"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    (MODAL | {"blocks": [FIELD]}, "missing required field: submit [json-pointer:/view]"),
    (MODAL | {"blocks": [table()]}, "unsupported type: table [json-pointer:/view/blocks/0/type]"),
    (MODAL | {"blocks": [section()] * 101}, "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (
        MODAL | {"private_metadata": "x" * 3001},
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (MODAL | {"type": "home"}, "must be one of: modal [json-pointer:/view/type]"),
    (MODAL | {"colour": "red"}, "invalid additional property: colour [json-pointer:/view]"),
]


@pytest.mark.parametrize(("view", "said"), VIEWS)
def test_a_view_that_slack_refuses_is_refused(view, said):
    refused = refusal(check_view, view, "modal")

    assert refused.code == "invalid_arguments"
    assert said in refused.detail["errors"]


def test_a_view_past_250_kb_is_too_large():
    heavy = MODAL | {"blocks": [section("é" * 3000)] * 100}

    assert refusal(check_view, heavy, "modal").code == "view_too_large"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "rows", "fields", "accessory"]), inner)
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(["section", "actions", "table", "rich_text", "context", "input", "header", "image"])


@given(
    kind=KINDS,
    body=st.dictionaries(st.sampled_from(["text", "elements", "rows", "element", "block_id"]), JSON),
)
def test_whatever_block_is_sent_is_taken_or_refused_but_never_breaks(kind, body):
    with suppress(SlackError):
        check_message({"blocks": [body | {"type": kind}]}, posted=True)


@given(body=JSON)
def test_whatever_view_is_sent_is_taken_or_refused_but_never_breaks(body):
    with suppress(SlackError):
        check_view(body, "modal")
    with suppress(SlackError):
        check_view(MODAL | {"blocks": [body]}, "modal")
    for kind in ("blocks", "message", "view"):
        findings(kind, body)


async def test_the_client_sees_slacks_error_shape(client):
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="#ops", text="x", blocks=[section("x" * 3001)])

    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert caught.value.response.data == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [said],
        "response_metadata": {"messages": [f"[ERROR] {said}"]},
    }


async def test_blocks_can_be_validated_without_a_token(slack, client):
    client.token = None
    good = await client.api_call("blocks.validate", json={"blocks": [section()]})
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("blocks.validate", json={"message": {"blocks": [{"type": "section"}]}})

    assert good["ok"]
    assert caught.value.response["error"] == "invalid_message"
    assert caught.value.response["errors"][0]["code"] == "missing_field"
