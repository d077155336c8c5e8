"""Who counts what the bot does."""

from typing import Protocol

from bot.core.outcome import Outcome


class Counting(Protocol):
    """Each returns at once and raises nothing, from any thread. Where nobody counts there is none at all."""

    def aws(self, service: str, operation: str, outcome: Outcome, seconds: float) -> None:
        """A request to AWS was answered, or was not; a call that is tried again is several."""

    def slack(self, method: str, outcome: Outcome, seconds: float) -> None:
        """A call of Slack's Web API ended; what its client tried again by itself is one."""

    def delivered(self, channel: str, does: str, outcome: Outcome, waited: float | None) -> None:
        """A message of an alert's was sent, or was not: `does` is post, reply or edit.

        `waited`: how many seconds after the event it stood in Slack; None for what is not an event's first message.
        """
