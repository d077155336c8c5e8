"""What is asked of the record from outside the running bot: who pressed what, and what a shift hands over."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.app.alerts import ledger, open_store
from bot.app.production import Production
from bot.core.span import moment
from bot.core.view import View
from bot.edges import presses as presses_edge
from bot.errors import NotConfigured, NotFound
from bot.pipeline import Ledger, handing_over
from bot.ports import Shifts, Store
from bot.settings import Settings


def shifts(given: Settings, store: Callable[[], Store]) -> Shifts:
    """What a shift hands over, out of the store that the settings name."""

    def book() -> Ledger:
        if not (given.alerts.queue_url and given.alerts.channel):
            raise NotConfigured(
                "Alerts are off: nothing is handed over.",
                "Set NOROSHI_ALERTS__QUEUE_URL and NOROSHI_ALERTS__CHANNEL.",
            )
        must_be_kept(given)
        return ledger(given, store())

    return handing_over.HandingOver(book, given.alerts.channels)


def presses(given: Settings, since: str) -> View:
    """Who pressed what under the alerts; raises NotFound where no bot has kept anything."""
    production = Production(given)
    begin = moment(since, now=production.now(), zone=production.zone)
    must_be_kept(given)
    with closing(open_store(given)) as store:
        return presses_edge.show(store, begin, since, given.alerts.store)


def must_be_kept(given: Settings) -> None:
    """Raise NotFound where no bot has kept anything: opening a file that is not there would make it."""
    kind, _, place = given.alerts.store.partition("://")
    if kind == "sqlite" and not Path(place[1:]).exists():
        raise NotFound(
            f"Nothing is kept in {given.alerts.store}.",
            "Ask where the bot runs, or set NOROSHI_ALERTS__STORE as it is there.",
        )
