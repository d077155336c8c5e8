"""A block that Slack would refuse is refused, with a pointer; one at its limits is taken."""

import pytest

from bot.embedded.slack.refusal import SlackError
from bot.embedded.slack.validate import check_message


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def section(text="x", **more):
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id="a", **more):
    return {"type": "button", "action_id": action_id, "text": plain(), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def option(value="v", text="x"):
    return {"text": plain(text), "value": value}


def group(*options, label="x"):
    return {"label": plain(label), "options": list(options) or [option()]}


def table(rows=1, columns=1, text="x", **more):
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows, **more}


def rich(*leaves):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def refusal(check, *args, **kwargs):
    with pytest.raises(SlackError) as caught:
        check(*args, **kwargs)
    return caught.value


REFUSED = [
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    (
        {"type": "section", "fields": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    (
        {"type": "section", "text": plain() | {"verbatim": True}},
        "invalid additional property: verbatim [json-pointer:/blocks/0/text]",
    ),
    ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "context", "elements": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ({"type": "alert", "text": plain()}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
    ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/blocks/0/type]"),
    ({"text": plain()}, "missing required field: type [json-pointer:/blocks/0]"),
    (
        actions(*[button(str(number)) for number in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(button(), button()), "action_id already exists: a [json-pointer:/blocks/0]"),
    (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button(style="loud")),
        "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button() | {"text": plain("x" * 76)}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions({"type": "overflow", "options": [option()] * 6}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "checkboxes", "options": [option()] * 11}),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select", "options": [option()] * 101}),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select", "options": [option("v" * 151)]}),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions({"type": "static_select", "options": []}),
        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select", "placeholder": plain("x" * 151), "options": [option()]}),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    (
        actions({"type": "static_select", "placeholder": plain()}),
        "missing required field: options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions({"type": "static_select", "option_groups": [group(label="x" * 76)]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/option_groups/0/label/text]",
    ),
    (
        actions({"type": "static_select", "option_groups": [group(option(text="x" * 76))]}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/option_groups/0/options/0/text/text]",
    ),
    (
        actions(button(confirm={"title": plain("x" * 101), "text": plain()})),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        {"type": "image", "image_url": "https://example.com/a.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        {"type": "markdown", "text": "x" * 12_001},
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
    (table(rows=101), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table(columns=21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (table(text=""), "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"),
    (
        table(column_settings=[{"align": "middle"}]),
        "must be one of: left, center, right [json-pointer:/blocks/0/column_settings/0/align]",
    ),
    (table(rows=2, text="x" * 5001), "table cells must be less than 10001 characters [json-pointer:/blocks]"),
    (rich(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/elements]"),
    (
        rich({"type": "text", "text": ""}),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (section(block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
]


@pytest.mark.parametrize(("block", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_block_that_slack_refuses_is_refused(block, said):
    refused = refusal(check_message, {"blocks": [block]}, posted=False)

    assert refused.code == "invalid_blocks"
    assert said in refused.detail["errors"]
    assert f"[ERROR] {said}" in refused.detail["response_metadata"]["messages"]


TAKEN = [
    section("x" * 3000, accessory=button()),
    {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    actions(button(url="https://example.com/", style="danger")),
    actions({"type": "static_select", "placeholder": plain("x" * 150), "options": [option()] * 100}),
    actions({"type": "static_select", "option_groups": [group(*[option("v" * 150, "x" * 75)] * 100)] * 100}),
    table(rows=100, columns=20, column_settings=[{"align": "right", "is_wrapped": True}, None]),
    table() | {"rows": [[rich({"type": "link", "url": "https://example.com/"})]]},
    rich(
        {"type": "date", "timestamp": 1, "format": "{ago}", "fallback": "x"},
        {"type": "emoji", "name": "fire"},
    ),
    {
        "type": "context",
        "elements": [mrkdwn(), {"type": "image", "image_url": "https://example.com/", "alt_text": "x"}],
    },
]


@pytest.mark.parametrize("block", TAKEN, ids=[block["type"] for block in TAKEN])
def test_a_block_at_its_limits_is_taken(block):
    check_message({"blocks": [block]}, posted=False)
