"""The ways to what our own checks look at: which accounts, which of their regions, which service there."""

import threading
from collections.abc import Callable
from typing import Any, Final

from bot.adapters.aws import own_checks_ec2 as ec2
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.s3_asked import unread
from bot.adapters.aws.service_asked import PATIENT, ServiceAsked
from bot.adapters.aws.session import client
from bot.adapters.aws.ways import Ways
from bot.core.configuration.item import Place
from bot.core.public.meaning import Unread
from bot.errors import NoroshiError

_AT_ONCE, _PER_SECOND = 20, 20.0
"""EC2 lets 20 of its heavier reads through in a second (docs: EC2 API reference, Request throttling)."""
REST: Final = "every other region"
"""What is not looked into where nobody says which regions an account has switched on."""

MakeClient = Callable[[str, Place], Any]


def _pace() -> Pace:
    return Pace(_AT_ONCE, _PER_SECOND)


class Places:
    """Services by place, each place at its own pace; many threads may ask. `make_client` is for who has clients."""

    def __init__(
        self, ways: Ways, make_client: MakeClient | None = None, pace: Callable[[], Pace] = _pace
    ) -> None:
        self.ways = ways
        self._make = make_client or self._client
        self._make_pace, self._lock = pace, threading.Lock()
        self._paces: dict[tuple[str, Place], Pace] = {}

    def to(self, service: str, account_id: str, region: str, tally: Tally) -> ServiceAsked:
        """A service there; raises NotConfigured where no role leads to its account."""
        place = Place(account_id, region)
        with self._lock:
            pace = self._paces.setdefault((service, place), self._make_pace())
        return ServiceAsked(self._make(service, place), pace, tally)

    def raw(self, service: str, account_id: str, region: str) -> Any:
        """boto3's client there, for who counts and paces by itself."""
        return self._make(service, Place(account_id, region))

    def accounts(self) -> tuple[str, ...]:
        """Our own first, then all that a role leads to."""
        others = (each.account_id for each in self.ways.others())
        return tuple(dict.fromkeys([self.ways.home().account_id, *others]))

    def regions(self, account_id: str, tally: Tally) -> tuple[tuple[str, ...], dict[str, Unread]]:
        """Those that the settings name, else those that are switched on; what nobody would say of the rest."""
        if named := self.ways.regions(account_id):
            return named, {}
        try:
            return ec2.regions(self.to("ec2", account_id, self.ways.region, tally)), {}
        except NoroshiError as error:
            return (self.ways.region,), {REST: unread(error)}

    def _client(self, service: str, place: Place) -> Any:
        # Thousands of places would be thousands of clients: none is kept.
        return client(service, place.region, self.ways.session(place.account_id), PATIENT)
