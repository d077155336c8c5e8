"""The whole running bot, put together; its parts reach AWS by one `Production`, and share what it remembers."""

from functools import partial

from bot.app import slack_edge
from bot.app.alerts import alerting
from bot.app.glancing import watched
from bot.app.metering import metering
from bot.app.production import Production
from bot.edges.running import Whole
from bot.settings import Settings


def whole(given: Settings, http: tuple[str, int] | None) -> Whole:
    """What `noroshi run` serves; `http` is where Slack calls, None for Socket Mode. Raises Upstream for a store that can't be used."""
    metered = metering(given)
    production = Production(given, metered.counting)
    alerts, desk = alerting(production)
    glances = watched(production, alerts)
    edge = partial(slack_edge, production, http, desk, glances[1] if glances else None)
    return Whole(edge, alerts, metered.web(alerts, glances))
