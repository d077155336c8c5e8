from inline_snapshot import snapshot

from bot.render.blocks import payload
from tests.render.examples import ANSWER


def test_an_answer():
    assert payload(ANSWER, "a1") == snapshot(
        {
            "text": "Who accessed acme-payroll — last 7 days",
            "blocks": [
                {
                    "type": "header",
                    "text": {
                        "type": "plain_text",
                        "text": "Who accessed acme-payroll — last 7 days",
                        "emoji": False,
                    },
                },
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "2 principals · "},
                                {"type": "text", "text": "4,212 reads", "style": {"bold": True}},
                                {"type": "text", "text": " · 17 writes · 9 refused"},
                            ],
                        }
                    ],
                },
                {
                    "type": "table",
                    "rows": [
                        [
                            {"type": "raw_text", "text": "who"},
                            {"type": "raw_text", "text": "calls"},
                            {"type": "raw_text", "text": "first"},
                            {"type": "raw_text", "text": "last"},
                            {"type": "raw_text", "text": "from"},
                        ],
                        [
                            {"type": "raw_text", "text": "ci-deploy (role)"},
                            {"type": "raw_text", "text": "3,901"},
                            {
                                "type": "rich_text",
                                "elements": [
                                    {
                                        "type": "rich_text_section",
                                        "elements": [
                                            {
                                                "type": "date",
                                                "timestamp": 1788297060,
                                                "format": "{date_short_pretty} {time}",
                                                "fallback": "2026-09-01 21:11 UTC",
                                            }
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
                                            {
                                                "type": "date",
                                                "timestamp": 1788837060,
                                                "format": "{date_short_pretty} {time}",
                                                "fallback": "2026-09-08 03:11 UTC",
                                            }
                                        ],
                                    }
                                ],
                            },
                            {"type": "raw_text", "text": "2 IPs"},
                        ],
                        [
                            {"type": "raw_text", "text": "AKIAEXAMPLE7Q"},
                            {"type": "raw_text", "text": "17"},
                            {
                                "type": "rich_text",
                                "elements": [
                                    {
                                        "type": "rich_text_section",
                                        "elements": [
                                            {
                                                "type": "date",
                                                "timestamp": 1788833460,
                                                "format": "{date_short_pretty} {time}",
                                                "fallback": "2026-09-08 02:11 UTC",
                                            }
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
                                            {
                                                "type": "date",
                                                "timestamp": 1788837060,
                                                "format": "{date_short_pretty} {time}",
                                                "fallback": "2026-09-08 03:11 UTC",
                                            }
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
                                            {"type": "text", "text": "198.51.100.7 "},
                                            {
                                                "type": "text",
                                                "text": "● new address",
                                                "style": {"bold": True},
                                            },
                                        ],
                                    }
                                ],
                            },
                        ],
                    ],
                    "column_settings": [
                        {"align": "left", "is_wrapped": True},
                        {"align": "right", "is_wrapped": False},
                        {"align": "left", "is_wrapped": True},
                        {"align": "left", "is_wrapped": True},
                        {"align": "left", "is_wrapped": True},
                    ],
                },
                {
                    "type": "context",
                    "elements": [{"type": "plain_text", "text": "+ 3 more rows in the CSV", "emoji": False}],
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
                        {
                            "type": "plain_text",
                            "text": "Athena · 41 MB · $0.0002 · 2.1 s · query 5f2c91d0…",
                            "emoji": False,
                        }
                    ],
                },
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "button",
                            "action_id": "ask:0",
                            "text": {"type": "plain_text", "text": "What did this key do", "emoji": False},
                            "value": '["trail","key","AKIAEXAMPLE7Q"]',
                            "style": "primary",
                        },
                        {
                            "type": "button",
                            "action_id": "form:1",
                            "text": {"type": "plain_text", "text": "Narrow…", "emoji": False},
                            "value": '["Narrow\\u2026",["trail","who-accessed","acme-payroll"],[["since","Since","7d"],["prefix","Prefix",""]]]',
                        },
                        {
                            "type": "button",
                            "action_id": "csv",
                            "text": {"type": "plain_text", "text": "CSV", "emoji": False},
                            "value": "a1",
                        },
                        {
                            "type": "button",
                            "action_id": "share",
                            "text": {"type": "plain_text", "text": "Share in channel", "emoji": False},
                            "value": "a1",
                        },
                    ],
                },
            ],
        }
    )
