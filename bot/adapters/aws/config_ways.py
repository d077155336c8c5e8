"""The way to each account's and region's Config."""

import time
from collections.abc import Callable, Sequence

import boto3

from bot.adapters.aws.config_asked import HASTY, PATIENT, Asked
from bot.adapters.aws.config_mending import mended
from bot.adapters.aws.pace import Pace
from bot.adapters.aws.session import client
from bot.adapters.aws.ways import Known, Ways
from bot.core.configuration.item import Place


class ConfigWays(Ways):
    """Makes each place's client once; `own` gives the caller's own session. Many threads may ask."""

    def __init__(
        self,
        own: Callable[[], boto3.Session],
        accounts: Sequence[Known] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
        pace: Callable[[], Pace] = Pace,
    ) -> None:
        super().__init__(own, accounts, clock=clock)
        self._pace = pace
        self._asked: dict[tuple[Place, bool], Asked] = {}

    def to(self, place: Place, *, hasty: bool = False) -> Asked:
        """Config there; a `hasty` one gives up soon. Raises NotConfigured where no role leads there."""
        session = self.session(place.account_id)
        with self._lock:
            if (place, hasty) not in self._asked:
                made = mended(client("config", place.region, session, HASTY if hasty else PATIENT))
                self._asked[place, hasty] = Asked(place, made, self._pace())
            return self._asked[place, hasty]
