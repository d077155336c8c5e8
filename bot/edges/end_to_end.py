"""`noroshi doctor --end-to-end`: a sample finding goes the whole way, and the running bot is seen to tell it.

Nothing is taken off the queue here: that would take it from the bot.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.alert import Finding
from bot.core.check import Check, Found

HOPS = (
    "the rule (noroshi-guardduty in the finding's region, on; elsewhere than at home its target is home's bus)",
    "noroshi-undelivered in that region (what EventBridge could not deliver, and its ERROR_CODE)",
    "the queue (does anything wait? then no bot reads it: noroshi run)",
    "noroshi-dead (what the bot gave up on)",
    "the bot's log and its ops channel (a mute, a route, a channel that it is not in)",
)
"""Where a finding that did not arrive may lie, in the order in which it travels."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What sending a sample takes.

    `send` makes one and gives where GuardDuty keeps it; `arrived` says whether the bot has told that finding;
    both may raise NoroshiError. `dropped` is the setting that lets samples go untold. `patience`: GuardDuty
    sends a new finding within five minutes. `now` and `pause` are in seconds.
    """

    send: Callable[[], Finding]
    arrived: Callable[[Finding], bool]
    dropped: bool = False
    patience: timedelta = timedelta(minutes=7)
    every: timedelta = timedelta(seconds=3)
    now: Callable[[], float] = time.monotonic
    pause: Callable[[float], object] = time.sleep


def end_to_end(journey: Journey) -> list[Check]:
    """One check, which takes as long as the sample; it changes one thing in AWS: there is a sample finding more."""
    return [Check("alerts", "a sample finding, end to end", lambda: travel(journey))]


def travel(journey: Journey) -> Found:
    """Send a sample and wait until it is told; raises what `send` and `arrived` do."""
    if journey.dropped:
        return Found(
            "off",
            "samples are dropped (alerts.samples), so none would be seen",
            "NOROSHI_ALERTS__SAMPLES=label, for the bot and for this",
        )
    finding, sent = journey.send(), journey.now()
    while not journey.arrived(finding):
        if journey.now() - sent >= journey.patience.total_seconds():
            return _lost(finding, journey.patience)
        journey.pause(journey.every.total_seconds())
    took = round(journey.now() - sent)
    after = f"{took} s after" if took else "within a second of when"
    return Found("ok", f"the sample finding {finding.finding_id} was told {after} it was made")


def _lost(finding: Finding, patience: timedelta) -> Found:
    minutes = round(patience.total_seconds() / 60)
    return Found(
        "missing",
        f"the sample finding {finding.finding_id} ({finding.account_id}, {finding.region}) was not told"
        f" within {minutes} minutes",
        "Look, in this order, at " + "; ".join(f"{n} {hop}" for n, hop in enumerate(HOPS, 1)),
    )
