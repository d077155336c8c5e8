from inline_snapshot import snapshot

from bot.render.blocks import payload
from tests.render.examples import BLIND, NOTHING


def test_nothing_found():
    assert payload(NOTHING) == snapshot(
        {
            "text": "Nobody accessed acme-archive in the last 7 days.",
            "blocks": [
                {
                    "type": "header",
                    "text": {
                        "type": "plain_text",
                        "text": "Nobody accessed acme-archive in the last 7 days.",
                        "emoji": False,
                    },
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {
                                    "type": "text",
                                    "text": "Seen: object reads and writes of 2 accounts, 3 regions.",
                                }
                            ],
                        }
                    ],
                },
                {
                    "type": "context",
                    "elements": [
                        {"type": "plain_text", "text": "DuckDB · 1.5 kB · free · <0.1 s", "emoji": False}
                    ],
                },
            ],
        }
    )


def test_nothing_visible_never_looks_like_nothing_found():
    assert payload(BLIND) == snapshot(
        {
            "text": "I can't tell who read acme-archive: no trail records object events for it.",
            "blocks": [
                {
                    "type": "header",
                    "text": {
                        "type": "plain_text",
                        "text": "I can't tell who read acme-archive: no trail records object events for it.",
                        "emoji": False,
                    },
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "Searched", "style": {"bold": True}},
                                {"type": "text", "text": "  "},
                                {"type": "text", "text": "bucket-level calls only: none in 7 days"},
                                {"type": "text", "text": "\n"},
                                {"type": "text", "text": "Bucket", "style": {"bold": True}},
                                {"type": "text", "text": "  "},
                                {"type": "text", "text": "acme-archive", "style": {"code": True}},
                            ],
                        }
                    ],
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "How to turn it on: "},
                                {
                                    "type": "link",
                                    "url": "https://docs.aws.amazon.com/x",
                                    "text": "data events",
                                },
                            ],
                        }
                    ],
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_quote",
                            "elements": [
                                {
                                    "type": "text",
                                    "text": "This answer may be wrong: ",
                                    "style": {"bold": True},
                                },
                                {
                                    "type": "text",
                                    "text": "object reads and writes are not recorded. /trail coverage acme-archive",
                                },
                            ],
                        }
                    ],
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "Not seen: ", "style": {"bold": True}},
                                {"type": "text", "text": "the last 15 minutes are not delivered yet"},
                            ],
                        }
                    ],
                },
                {
                    "type": "context",
                    "elements": [
                        {"type": "plain_text", "text": "guardduty · 12 s · 3 API calls", "emoji": False}
                    ],
                },
            ],
        }
    )
