import pytest
from inline_snapshot import snapshot

from bot.embedded.slack.validate import check_message
from bot.errors import AccessDenied, BadRequest, HelpWanted
from bot.render.notices import error_payload, progress_payload
from bot.render.room import MESSAGE, weight


def test_an_error_says_what_happened_then_the_next_step():
    error = AccessDenied(
        "Athena refused: the bot's role may not read s3://acme-trail/ (s3:GetObject).",
        "Add it to the role, or run: noroshi doctor --only trail",
        action="s3:GetObject",
    )

    assert error_payload(error) == snapshot(
        {
            "text": "Athena refused: the bot's role may not read s3://acme-trail/ (s3:GetObject).",
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {
                                    "type": "text",
                                    "text": "Athena refused: the bot's role may not read s3://acme-trail/ (s3:GetObject).",
                                    "style": {"bold": True},
                                },
                                {"type": "text", "text": "\n"},
                                {
                                    "type": "text",
                                    "text": "Add it to the role, or run: noroshi doctor --only trail",
                                },
                            ],
                        }
                    ],
                }
            ],
        }
    )


def test_an_error_without_words_has_its_name():
    assert error_payload(BadRequest(""))["text"] == "BadRequest"


def test_help_keeps_its_columns():
    assert error_payload(HelpWanted("Usage: /trail\n\n  who-accessed   Who touched a bucket\n")) == snapshot(
        {
            "text": "Usage: /trail",
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_preformatted",
                            "elements": [
                                {
                                    "type": "text",
                                    "text": """\
Usage: /trail

  who-accessed   Who touched a bucket\
""",
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    )


def test_progress():
    assert progress_payload("Reading 7 days of acme-payroll, about 41 MB…") == snapshot(
        {
            "text": "Reading 7 days of acme-payroll, about 41 MB…",
            "blocks": [
                {
                    "type": "context",
                    "elements": [
                        {
                            "type": "plain_text",
                            "text": "Reading 7 days of acme-payroll, about 41 MB…",
                            "emoji": False,
                        }
                    ],
                }
            ],
        }
    )


def test_long_help_in_any_script_fits_a_message():
    for letter in ("x", "東", "🔥"):
        message = error_payload(HelpWanted(letter * 5000))

        check_message(message, posted=True)
        assert weight(message) <= MESSAGE


@pytest.mark.parametrize("letter", ["<", "🔥", "\u202e"])
def test_a_long_error_fits_a_message_that_is_updated(letter):
    message = error_payload(BadRequest(letter * 5000, letter * 5000))

    check_message(message, posted=True)
    assert len(message["text"]) <= 4000
    assert weight(message) <= MESSAGE
