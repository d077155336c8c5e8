from inline_snapshot import snapshot

from bot.render.blocks import payload
from tests.render.examples import ALERT


def test_an_alert():
    assert payload(ALERT) == snapshot(
        {
            "text": "🟠 HIGH · A key of user backup is used from an address it never used before",
            "blocks": [
                {
                    "type": "header",
                    "text": {
                        "type": "plain_text",
                        "text": "🟠 HIGH · A key of user backup is used from an address it never used before",
                        "emoji": False,
                    },
                }
            ],
            "attachments": [
                {
                    "color": "#ef6c00",
                    "blocks": [
                        {
                            "type": "rich_text",
                            "elements": [
                                {
                                    "type": "rich_text_section",
                                    "elements": [
                                        {"type": "text", "text": "111111111111 · eu-west-1 · last "},
                                        {
                                            "type": "date",
                                            "timestamp": 1788837060,
                                            "format": "{date_short_pretty} {time}",
                                            "fallback": "2026-09-08 03:11 UTC",
                                        },
                                        {"type": "text", "text": "\n"},
                                        {"type": "text", "text": "Key "},
                                        {"type": "text", "text": "AKIAEXAMPLE7Q", "style": {"code": True}},
                                        {"type": "text", "text": " called GetObject on "},
                                        {"type": "text", "text": "acme-payroll", "style": {"code": True}},
                                    ],
                                }
                            ],
                        },
                        {
                            "type": "context",
                            "elements": [
                                {
                                    "type": "plain_text",
                                    "text": "UnauthorizedAccess:IAMUser/TorIPCaller · finding 8cb9",
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
                                    "text": {"type": "plain_text", "text": "Investigate", "emoji": False},
                                    "value": '["trail","key","AKIAEXAMPLE7Q"]',
                                    "style": "primary",
                                },
                                {
                                    "type": "button",
                                    "action_id": "open:1",
                                    "text": {"type": "plain_text", "text": "Console", "emoji": False},
                                    "url": "https://console.aws.amazon.com/guardduty/home?region=eu-west-1#/findings",
                                },
                            ],
                        },
                    ],
                }
            ],
        }
    )
