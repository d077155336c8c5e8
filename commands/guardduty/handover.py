"""What does a shift hand over to the next?"""

from datetime import datetime
from typing import Self

from pydantic import model_validator

from bot.command import Reach, Request
from bot.core.handover import Shift
from bot.core.span import iso


class Handover(Request):
    """Since when the shift has lasted."""

    since: datetime
    now: datetime

    @model_validator(mode="after")
    def _begins_before_now(self) -> Self:
        if self.since >= self.now:
            raise ValueError("a shift begins before now: say --since 8h")
        return self

    def words(self) -> dict[str, str]:
        """What was asked, as the answer repeats it."""
        return {"since": iso(self.since)}


def handover(request: Handover, reach: Reach) -> Shift:
    """Read the record; raises NotConfigured, NotFound, Upstream."""
    reach.progress("Reading what is open and what ended…")
    return reach.ports.shifts.shift(request.since)
