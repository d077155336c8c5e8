"""Where does GuardDuty look, and what of it is off?"""

from dataclasses import dataclass

from bot.command import Reach
from bot.core.findings.seen import Detectors
from bot.core.view import Receipt


@dataclass(frozen=True, slots=True)
class Answer:
    """Every detector that was looked for."""

    detectors: Detectors
    receipt: Receipt


def status(reach: Reach) -> Answer:
    """Look at every detector; raises where nothing could be asked at all."""
    began = reach.ports.now()
    found = reach.ports.findings.detectors(reach.progress)
    seconds = (reach.ports.now() - began).total_seconds()
    return Answer(found, Receipt("guardduty", seconds, cost_usd=0.0, api_calls=found.api_calls))
