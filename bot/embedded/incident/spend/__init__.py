"""What Acme spends at AWS: 14 months of it, and what the machines in Tokyo add."""

from bot.embedded.incident.spend.charge import Charge, monthly
from bot.embedded.incident.spend.spend import REFRESH, Spend, spend_of
from bot.embedded.incident.spend.unusual import USD_AN_HOUR, compute, debugged

__all__ = ["REFRESH", "USD_AN_HOUR", "Charge", "Spend", "compute", "debugged", "monthly", "spend_of"]
