"""/billing: what it costs, what it will cost, why it jumped."""

import re

import click

from bot.command import Reach, Slash
from bot.core.billing.jump import LOOKED_BACK
from bot.core.view import View
from bot.errors import BadRequest
from commands.billing import anomalies as finding
from commands.billing import anomalies_view, by_view, forecast_view, spent, summary_view, why_view
from commands.billing import by as grouping
from commands.billing import forecast as forecasting
from commands.billing import summary as summing
from commands.billing import why as asking_why
from commands.billing.options import since, until
from commands.billing.window import day as day_of
from commands.billing.window import window

_TAG = re.compile(r"[^\x00-\x1f]{1,128}")


@click.group(name="billing", cls=Slash, short_help="What it costs, will cost, and why")
def billing() -> None:
    """What AWS costs, what it will cost, and why it jumped."""


@billing.command("summary", short_help="This month so far, against the last one, and its end")
@click.pass_obj
def summary(reach: Reach, /) -> View:
    """The month so far against the last one by the same day, yesterday, the month's end, what moved most."""
    return summary_view.show(summing.summary(reach), reach.ports.accounts)


@billing.command("by-service", short_help="What each service costs", example="--since 90d")
@since
@until
@click.pass_obj
def by_service(reach: Reach, /, since: str, until: str | None) -> View:
    """What each service costs, against as many days before."""
    return _by("service", reach, since, until)


@billing.command("by-account", short_help="What each account costs", example="--since 7d")
@since
@until
@click.pass_obj
def by_account(reach: Reach, /, since: str, until: str | None) -> View:
    """What each account costs, against as many days before."""
    return _by("account", reach, since, until)


@billing.command("by-region", short_help="What each region costs", example="--since 7d")
@since
@until
@click.pass_obj
def by_region(reach: Reach, /, since: str, until: str | None) -> View:
    """What each region costs, against as many days before."""
    return _by("region", reach, since, until)


@billing.command("by-tag", short_help="What each value of a tag costs", example="team --since 30d")
@click.argument("key")
@since
@until
@click.pass_obj
def by_tag(reach: Reach, /, key: str, since: str, until: str | None) -> View:
    """What each value of the cost allocation tag KEY costs, and what has none."""
    if not _TAG.fullmatch(key):
        raise BadRequest("That is no tag’s key.", "Say one like team; it must be a cost allocation tag.")
    return _by(f"tag:{key}", reach, since, until)


@billing.command("forecast", short_help="What this month will cost")
@click.pass_obj
def forecast(reach: Reach, /) -> View:
    """What this month will cost, between which bounds, and how that is known."""
    return forecast_view.show(forecasting.forecast(reach), reach.ports.accounts)


@billing.command("anomalies", short_help="What AWS found unusual", example="--since 90d")
@since
@until
@click.pass_obj
def anomalies(reach: Reach, /, since: str, until: str | None) -> View:
    """What Cost Anomaly Detection found, the costliest first; and whether anybody looks at all."""
    days = window(reach, since, until)
    request = finding.AnomaliesIn(since=days.start, until=days.end)
    return anomalies_view.show(request, finding.anomalies(request, reach), reach.ports.accounts)


@billing.command("why", short_help="Why a day cost more, and who made that", example="yesterday")
@click.argument("day", default="yesterday")
@click.pass_obj
def why(reach: Reach, /, day: str) -> View:
    """What rose on DAY against such days: service, region, usage type, account; and the calls that made it."""
    request = asking_why.Why(day=day_of(reach, day, back=LOOKED_BACK))
    return why_view.show(request, asking_why.why(request, reach), reach.ports.accounts)


@billing.command("bot", short_help="What asking has cost")
@click.pass_obj
def bot(reach: Reach, /) -> View:
    """What the bot's own questions to Cost Explorer have cost, and how many it may ask in a day."""
    return spent.show(*spent.spent(reach))


def _by(dimension: str, reach: Reach, since: str, until: str | None) -> View:
    days = window(reach, since, until)
    request = grouping.CostsBy(by=dimension, since=days.start, until=days.end)
    return by_view.show(request, grouping.costs_by(request, reach), reach.ports.accounts)
