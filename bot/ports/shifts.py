"""What a shift on call hands over to the next."""

from datetime import datetime
from typing import Protocol

from bot.core.handover import Shift


class Shifts(Protocol):
    """The bot's own record of alerts."""

    def shift(self, since: datetime) -> Shift:
        """What stands now, and what ended since then (aware).

        Raises NotConfigured where alerts are off, NotFound where no bot has kept anything, Upstream.
        """
