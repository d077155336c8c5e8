"""A check that nobody knows of is not said to be none: Trusted Advisor's own are known where it answers."""

import pytest

from bot.core.advice.classic import CLASSIC
from bot.errors import NotFound
from commands.advisor.named import named


def test_what_trusted_advisor_alone_may_have_is_not_said_to_be_nowhere():
    with pytest.raises(NotFound, match="that I know of") as caught:
        named("Low Utilization Amazon EC2 Instances", [one.check for one in CLASSIC])

    assert "Where Trusted Advisor does not answer, I know of my own alone." in caught.value.hint
