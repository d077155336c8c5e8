"""What AWS tells us, one file per kind; SOURCES is asked in order, `unknown` always last.

Anatomy of a source (read guardduty/ beside this):

1. Docstring: what it means when this fires, and what to do first.
2. A pydantic model of just the fields read; unknown keys ignored.
3. `alert(event) -> Alert | Quiet`: Quiet is a decision, with its reason and what it ends; never a failure.
4. `source = Source(...)`, whose fields also give the EventBridge patterns.

To add one: its file, one line here, one event that fires and one that must not.
"""

from bot.core.source import Source
from bot.sources.advisor import source as advisor
from bot.sources.billing import source as billing
from bot.sources.budgets import source as budgets
from bot.sources.cloudtrail import source as cloudtrail
from bot.sources.config_rules import source as config_rules
from bot.sources.cost_anomaly import source as cost_anomaly
from bot.sources.guardduty import source as guardduty
from bot.sources.health import source as health
from bot.sources.unknown import source as unknown

SOURCES: tuple[Source, ...] = (
    guardduty,
    cloudtrail,
    config_rules,
    advisor,
    billing,
    budgets,
    cost_anomaly,
    health,
    unknown,
)
