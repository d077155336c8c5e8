"""By which rules are findings hidden?"""

from dataclasses import dataclass

from bot.command import Reach
from bot.core.findings.rules import Rules
from bot.core.view import Receipt


@dataclass(frozen=True, slots=True)
class Answer:
    """Every rule that was found."""

    rules: Rules
    receipt: Receipt


def rules(reach: Reach) -> Answer:
    """Look at every place's; raises where nothing could be asked at all."""
    began = reach.ports.now()
    found = reach.ports.findings.suppressions(reach.progress)
    seconds = (reach.ports.now() - began).total_seconds()
    return Answer(found, Receipt("guardduty", seconds, cost_usd=0.0, api_calls=found.api_calls))
