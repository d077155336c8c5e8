"""The way to each account: whose session asks there."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import UnknownRegionError

from bot.adapters.aws.accounts import session_as
from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import SETTINGS, client
from bot.core.configuration.item import Place
from bot.core.regions import leader
from bot.errors import NoroshiError, NotConfigured, Upstream

# Where only Config can be reached, nobody waits long for STS.
_HASTY = SETTINGS.merge(
    Config(retries={"mode": "standard", "total_max_attempts": 1}, connect_timeout=2, read_timeout=3)
)
_UNKNOWN_FOR = 60.0


@dataclass(frozen=True, slots=True)
class Known:
    """An account that the settings name; without a role it is asked as ourselves."""

    id: str
    name: str = ""
    role_arn: str | None = None
    regions: tuple[str, ...] = ()


class Ways:
    """Makes each account's session once; `own` gives the caller's own. Many threads may ask."""

    def __init__(
        self,
        own: Callable[[], boto3.Session],
        accounts: Sequence[Known] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._own, self._clock = own, clock
        self._accounts = {account.id: account for account in accounts}
        self._lock, self._asking = threading.Lock(), threading.Lock()
        self._account_id = ""
        self._asked_again_at = float("-inf")
        self._sessions: dict[str, boto3.Session] = {}

    @property
    def region(self) -> str:
        """The caller's own region; raises Upstream where none is set."""
        region = self._own().region_name
        if not region:
            raise Upstream("No AWS region is set.", "Set AWS_REGION, such as AWS_REGION=eu-west-1.")
        return region

    def home(self) -> Place:
        """The caller's own; its account is "" while STS does not say whose it is."""
        with self._asking:  # nobody goes on with an account that another thread is about to learn
            if not self._account_id and self._clock() >= self._asked_again_at:
                self._account_id = self._whose() or self._account_id
                self._asked_again_at = self._clock() + _UNKNOWN_FOR
        return Place(self._account_id, self.region)

    def learn(self, place: Place, account_id: str) -> None:
        """What an answer of the caller's own account says of whose it is, where STS did not."""
        known = self._accounts.get(place.account_id)
        if not (known and known.role_arn):
            self._account_id = self._account_id or account_id

    def session(self, account_id: str) -> boto3.Session:
        """One that may ask in the account; nobody is asked before its first call."""
        known = self._accounts.get(account_id)
        if self._is_own(account_id):
            return self._own()
        if known is None or not known.role_arn:
            raise NotConfigured(
                f"I can't ask in account {account_id}: no role of it is in the settings.",
                f'Add it to accounts: id = "{account_id}", role_arn = "arn:aws:iam::{account_id}:role/NoroshiReadOnly"',
            )
        with self._lock:
            if account_id not in self._sessions:
                self._sessions[account_id] = session_as(known.role_arn, self._own())
            return self._sessions[account_id]

    def leads_to(self, account_id: str) -> bool:
        """Whether there is a way."""
        known = self._accounts.get(account_id)
        return self._is_own(account_id) or bool(known and known.role_arn)

    def regions(self, account_id: str) -> tuple[str, ...]:
        """The regions that the settings name for an account."""
        if known := self._accounts.get(account_id):
            return known.regions
        return ()

    def regions_near(self, account_id: str) -> tuple[str, ...]:
        """Where something of an account is looked for first: our own region, or those named where it is another's."""
        return (self.region,) if self._is_own(account_id) else self.regions(account_id) or (self.region,)

    def every_region(self, service: str = "config") -> tuple[str, ...]:
        """All that a service is in, in the caller's partition, whether the account has them on or not."""
        session: Any = self._own()
        try:
            partition = session.get_partition_for_region(self.region)
        except UnknownRegionError:
            return (self.region,)
        return tuple(session.get_available_regions(service, partition))

    def others(self) -> tuple[Place, ...]:
        """The other accounts' places: the regions that the settings name for them, else our own."""
        return tuple(
            Place(account.id, region)
            for account in self._accounts.values()
            if account.role_arn and account.id != self._account_id
            for region in account.regions or (self.region,)
        )

    def global_regions(self) -> tuple[str, ...]:
        """Where IAM, CloudFront and Route 53 may be recorded, the likeliest first."""
        return tuple(dict.fromkeys((self.region, leader(self.region))))

    def words(self, place: Place) -> str:
        """`prod (111122223333), eu-west-1`."""
        known = self._accounts.get(place.account_id)
        name = f"{known.name} ({place.account_id})" if known and known.name else place.account_id
        return f"{name}, {place.region}" if name else place.region

    def _is_own(self, account_id: str) -> bool:
        if account_id in {"", self._account_id}:
            return True
        if own := self.home().account_id:
            return account_id == own
        # While nobody says whose the caller is, an account without a role may well be its own.
        known = self._accounts.get(account_id)
        return not (known and known.role_arn)

    def _whose(self) -> str:
        try:
            with asking("sts:GetCallerIdentity", "who I am"):
                sts = client("sts", self.region, self._own(), _HASTY)
                return str(sts.get_caller_identity()["Account"])
        except (NoroshiError, KeyError):
            return ""
