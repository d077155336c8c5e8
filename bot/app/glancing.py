"""The state of the accounts, put together: what is looked up, where it is kept, who is shown it."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.adapters.slack_channels import SlackChannels
from bot.app.clock import now
from bot.app.later_store import LaterStore
from bot.app.lookings import Lookings
from bot.app.production import Production
from bot.app.record import must_be_kept
from bot.core.standing.overview import Overview, overview, without
from bot.core.standing.view import show
from bot.core.view import Caveat, View
from bot.edges import record_looks
from bot.edges.alerting import Alerting
from bot.edges.clockwork import Clockwork
from bot.edges.glances import Glances
from bot.edges.glancing import Glancing, kept
from bot.edges.links import Links
from bot.edges.look_once import look_once
from bot.errors import NotFound
from bot.pipeline.lease import Lease
from bot.ports import Counting
from bot.render.blocks import payload
from bot.settings import Settings

_FRESH = Caveat("looked-now", "no running bot has kept anything here, so this was looked up just now")
_TERM = timedelta(minutes=3)
"""How long a dead replica keeps the others from looking; theirs is at most so much older than five minutes."""
Watched = tuple[Glances, Glancing | None]


def watched(production: Production, alerting: Alerting) -> Watched | None:
    """What looks everything up, as loops of `alerting`; None where neither Prometheus nor people are to see it.

    Without people there is nothing to keep.
    """
    given, counting = production.settings, production.counting
    if not (counting or given.home.refresh_minutes):
        return None
    store = production.store
    lookings = Lookings(production, _links(given, counting))
    shared = _shared(lookings, store) if given.home.refresh_minutes else None
    glances = Glances(lookings.all(), now, others=shared)
    loops = glances.loops()
    if shared:
        shared.hurry = glances.hurry
        loops.append(Clockwork("what others saw", shared.sync))
    alerting.loops = [*alerting.loops, *loops]
    return glances, shared


def status(given: Settings, say: Callable[[str], None]) -> View:
    """The kept state; where nothing is kept, it is looked up, `say` telling so. Raises what every look raised."""
    production = Production(given)
    store = production.store
    try:
        with suppress(NotFound):
            must_be_kept(given)
            if seen := kept(store):
                return show(seen, now())
        looked = show(_looked_up(production, say), now())
        return replace(looked, caveats=(*looked.caveats, _FRESH))
    finally:
        store.close()


def _looked_up(production: Production, say: Callable[[str], None]) -> Overview:
    say("Nothing is kept: looking now, which may take a minute…")
    lookings = Lookings(production, _links(production.settings, None))
    return without(overview(look_once(lookings.all(), now)), lookings.off())


def _shared(lookings: Lookings, store: LaterStore) -> Glancing:
    everywhere = lookings.production.counting is not None  # each replica's page shows what it saw itself
    lease = Lease(store, "glance", secrets.token_hex(8), _TERM, now)
    return Glancing(store, lease, now, lookings.off(), everywhere=everywhere)


def _links(given: Settings, counting: Counting | None) -> record_looks.Link:
    if given.slack_bot_token is None:
        return record_looks.no_link
    slack = SlackChannels(
        given.slack_bot_token.get_secret_value(), payload, base_url=given.slack_api_url, counting=counting
    )
    return Links(slack.link)
