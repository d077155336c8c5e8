"""What the bot says of money by itself, put together: what stands out in the bill, and the weekly digest."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from bot.app.production import Production
from bot.command import Reach
from bot.core.alert import Alert
from bot.core.billing.spikes import Rule
from bot.core.billing.telling import SOURCE
from bot.core.severity import Severity
from bot.core.view import View
from bot.edges.alerting import Loop
from bot.edges.clockwork import Clockwork
from bot.edges.looking import Tell
from bot.edges.spending import TERM, Part, Spending, daily, every_six_hours
from bot.edges.standing_out import StandingOut
from bot.edges.watch import Watch
from bot.pipeline import Ledger
from bot.pipeline.lease import Lease
from bot.pipeline.punctual import Punctual
from bot.pipeline.weekly import Weekly
from bot.settings import Settings
from bot.settings_kinds import WEEKDAYS
from commands.billing import week_view
from commands.billing.week import week

_EVERY = 60.0
_ASKING = timedelta(minutes=10)
"""How long a dead replica keeps the others from asking for the digest's figures."""
_UNTOLD = "What {} is told by nobody, until AWS’s own alarm, budget or anomaly tells of it."


def spending(production: Production, book: Ledger, tell: Tell, watch: Watch) -> list[Loop]:
    """What looks at the bill by itself; nothing where `billing.watch` is off."""
    billing = production.settings.billing
    if not billing.watch:
        return []
    rule = Rule(Decimal(str(billing.spike_times)), Decimal(str(billing.spike_least_usd)))
    out = StandingOut(lambda: production.bills, rule, Decimal(str(billing.pace_times)))
    services = Part("spikes", _UNTOLD.format("costs far more than usual"), daily, out.services)
    regions = Part("new regions", _UNTOLD.format("is spent in a region never used"), daily, out.regions)
    pace = Part("the month’s pace", _UNTOLD.format("a month is on its way to"), every_six_hours, out.pace)
    # CloudWatch alone knows no regions: whoever switched Cost Explorer off knows that.
    parts = [services, *([regions] if billing.explorer else []), pace]
    lease = Lease(book.store, "spending", secrets.token_hex(8), TERM, book.now)
    looking = Spending(parts, book.store, lease, tell, watch.settle, book.now)
    return [Clockwork("look at the bill", looking.look, _EVERY)]


def digest(production: Production, book: Ledger, wake: Callable[[str], None]) -> list[Loop]:
    """The weekly digest; nothing where `billing.digest_on` or `digest_at` is empty."""
    billing = production.settings.billing
    channel = digest_channel(production.settings)
    if billing.digest_on is None or billing.digest_at is None or channel is None:
        return []

    def make() -> View:
        return week_view.show(week(Reach(production, lambda _: None)), production.accounts)

    when = Punctual(billing.digest_at, production.zone, WEEKDAYS.index(billing.digest_on))
    lease = Lease(book.store, "weekly bill", secrets.token_hex(8), _ASKING, book.now)
    made = Weekly(channel, book, when, make, week_view.unseen, lease, wake)
    return [Clockwork("weekly bill", made.look, _EVERY)]


def digest_channel(given: Settings) -> str | None:
    """Where the digest goes: its own channel, else where an alert about money would."""
    bill = Alert("", SOURCE, "", Severity.MEDIUM, "")
    return given.billing.digest_channel or given.routes.where(bill).channel
