"""The doctor looks at everything, and one that fails does not stop the rest."""

import pytest

from bot.core.check import Check, Found
from bot.edges.doctor import examine, well
from bot.errors import AccessDenied, BadRequest


def refuse():
    raise AccessDenied(
        "AWS refused: the bot's role may not sqs:ReceiveMessage.", "Allow it.", action="sqs:ReceiveMessage"
    )


CHECKS = [
    Check("slack", "token", lambda: Found("ok", "noroshi in Acme")),
    Check("alerts", "queue", refuse),
    Check("alerts", "channel", lambda: Found("off", "no channel", "NOROSHI_ALERTS__CHANNEL")),
]


def test_what_is_missing_is_named_with_its_fix():
    view = examine(CHECKS)

    assert view.title == "1 of 3 things need you"
    assert [(row["check"], row["state"], row["fix"]) for row in view.rows] == [
        ("token", "ok", None),
        ("queue", "missing", "Allow it."),
        ("channel", "off", "NOROSHI_ALERTS__CHANNEL"),
    ]
    assert not well(view)


def test_what_is_off_is_no_fault():
    assert well(examine([CHECKS[0], CHECKS[2]]))


def test_one_part_can_be_looked_at_alone():
    assert [row["part"] for row in examine(CHECKS, "slack").rows] == ["slack"]


def test_a_part_that_there_is_not_teaches():
    with pytest.raises(BadRequest) as error:
        examine(CHECKS, "moon")

    assert error.value.hint == "Parts: alerts, slack."
