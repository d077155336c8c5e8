"""A small world around the pipeline: a clock that is set, a store and channels in memory, tellers that run dry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.alert import Alert, Finding, NextStep
from bot.core.event import Event
from bot.core.route import Routes
from bot.core.severity import Severity
from bot.core.told import Patience
from bot.pipeline import Ledger, Pace, Reading, Taking, Teller
from bot.pipeline.lease import Lease
from tests.fake_channels import FakeChannels
from tests.fakes import FakeStore

START = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
CHANNEL, FALLBACK = "#security", "#ops"


class World:
    """One bot; `replica()` gives another over the same store and channels."""

    def __init__(self, **patience: Any) -> None:
        self.time = START
        self.store = FakeStore()
        self.channels = FakeChannels(self.now)
        self.ledger = Ledger(self.store, Patience(**patience), self.now)
        self.routes = Routes(channel=CHANNEL, ops_channel=FALLBACK)
        self.taking = Taking(Reading((), self.routes), self.ledger, lambda _channel: None)
        self.tellers = [self.teller(CHANNEL), self.teller(FALLBACK)]

    def now(self) -> datetime:
        return self.time

    def teller(self, channel: str, owner: str = "a", **pace: Any) -> Teller:
        paced = Pace(**pace)
        lease = Lease(self.store, channel, owner, paced.lease, self.now)
        return Teller(channel, self.ledger, self.channels, lease, fallback=FALLBACK, pace=paced)

    def tell(self, *alerts: Alert) -> None:
        self.taking.tell(*alerts)

    def run(self, seconds: float) -> None:
        """Let the tellers work for so long."""
        end = self.time + timedelta(seconds=seconds)
        while self.time < end:
            wait = min([teller.step() for teller in self.tellers])
            if wait:
                self.time += max(wait, timedelta(seconds=seconds / 2000))


def alert(key: str = "one", n: int = 1, **parts: Any) -> Alert:
    """The nth telling of a problem."""
    seen = START - timedelta(hours=1) + timedelta(minutes=n)
    whole = Alert(
        key=key,
        source="guardduty",
        kind="Tor caller (UnauthorizedAccess:IAMUser/TorIPCaller)",
        severity=Severity.HIGH,
        title=f"A key of {key} is used through Tor",
        account_id="111122223333",
        region="eu-west-1",
        resource=key,
        story=(("Called GetObject",),),
        first_seen=START - timedelta(hours=1),
        last_seen=seen,
        next_steps=(NextStep("Who accessed acme-payroll", ("trail", "who-accessed", "acme-payroll")),),
        occurrence=f"{key}/{n}",
        finding=Finding("111122223333", "eu-west-1", key),
    )
    return replace(whole, **parts)


EVENT = Event("noroshi", "", {})
