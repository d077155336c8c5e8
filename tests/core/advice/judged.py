"""What a test asks of a check: its colour, what it flags, and why it can't tell."""

from datetime import UTC, datetime

from bot.core.advice.classic import BY_ID, Facts, opinions
from bot.core.public.meaning import Unread

NOW = datetime(2026, 9, 8, 12, tzinfo=UTC)
ACCOUNT = "111122223333"


def denied(action):
    return Unread("AWS refused", action)


def asked(check, **facts):
    """The one opinion of a check on these facts."""
    (one,) = opinions([check], Facts(**facts), ACCOUNT, NOW)
    assert one.check == BY_ID[check].check
    assert one.by == "own"
    return one


def colours(opinion):
    """What it flags, by resource."""
    return {one.resource: one.status for one in opinion.flagged}


def is_dark(opinion, *actions):
    """Whether it is grey, and names each of these IAM actions."""
    said = " ".join(opinion.unknown_because)
    return opinion.status == "not_available" and not opinion.flagged and all(each in said for each in actions)
