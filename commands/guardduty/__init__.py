"""/guardduty: what GuardDuty found, what one finding says, and where it does not look."""

from typing import Any

import click

from bot.command import Reach, Slash
from bot.core.handover import show as show_shift
from bot.core.places import account_ids, region_names
from bot.core.span import Span, moment, span
from bot.core.view import View
from commands.guardduty import (
    changes,
    listing,
    listing_view,
    one_view,
    rules_view,
    status_view,
    summary_view,
    words,
)
from commands.guardduty import handover as handing
from commands.guardduty import one as looking
from commands.guardduty import rules as hiding
from commands.guardduty import status as standing
from commands.guardduty import summary as counting

_since = click.option(
    "--since", default=None, help="Updated since then: 7d, 36h, yesterday, a time; all (90 days) if left out."
)


@click.group(name="guardduty", cls=Slash, short_help="What GuardDuty found, in words")
def guardduty() -> None:
    """What GuardDuty found, what a finding says, and where GuardDuty does not look."""


@guardduty.command(
    "list", short_help="The open findings, the worst first", example="--severity high+ --since 7d"
)
@click.option("--severity", default=None, help="Of this severity and worse: critical, high, medium or low.")
@_since
@click.option("--account", "accounts", multiple=True, help="Only this account, by id or name; repeat it.")
@click.option("--region", "regions", multiple=True, help="Only this region; repeat it.")
@click.option(
    "--type", "types", multiple=True, help="Only this type, or a part of it: TorIPCaller; repeat it."
)
@click.option("--archived", is_flag=True, help="Those that were archived instead.")
@click.pass_obj
def list_findings(
    reach: Reach, /, severity: str | None, since: str | None, archived: bool, **given: Any
) -> View:
    """Every open finding of every account and region, the worst first; and where GuardDuty does not look."""
    request = listing.ListFindings(
        severity=words.severity(severity),
        span=_span(reach, since),
        accounts=account_ids(given["accounts"], reach.ports.accounts),
        regions=region_names(given["regions"]),
        types=words.types(given["types"]),
        archived=archived,
    )
    return listing_view.show(request, listing.listing(request, reach), reach.ports.accounts)


@guardduty.command("show", short_help="One finding in words", example="8cb90000000000000000000000000001")
@click.argument("finding", metavar="ID")
@click.pass_obj
def show_finding(reach: Reach, /, finding: str) -> View:
    """What the finding ID says: who did what, from where, how often; its JSON as a file. An ARN will do, too."""
    request = looking.ShowFinding(finding_id=looking.finding_id(finding))
    answer = looking.one(request, reach)
    return one_view.show(request, answer, reach.ports.accounts, changes=reach.ports.changes_findings)


@guardduty.command(
    "summary", short_help="How many are open, of which kinds, and whether it grows", example="--since 30d"
)
@_since
@click.pass_obj
def summary(reach: Reach, /, since: str | None) -> View:
    """How many findings are open by severity, type and account; how many are new this week."""
    request = counting.Summary(span=_span(reach, since))
    return summary_view.show(request, counting.summary(request, reach), reach.ports.accounts)


@guardduty.command("status", short_help="Where GuardDuty looks, and what of it is off")
@click.pass_obj
def status(reach: Reach, /) -> View:
    """Every detector: where GuardDuty is off or suspended, which protections are off, which members are."""
    return status_view.show(standing.status(reach), reach.ports.accounts)


@guardduty.command("handover", short_help="What a shift hands over to the next", example="--since 12h")
@click.option("--since", default="8h", show_default=True, help="When the shift began: 8h, today, a time.")
@click.pass_obj
def hand_over(reach: Reach, /, since: str) -> View:
    """What is new, open, acknowledged (by whom), muted and for how long, and what ended: alerts of every kind."""
    now = reach.ports.now()
    request = handing.Handover(since=moment(since, now=now, zone=reach.ports.zone), now=now)
    return show_shift(handing.handover(request, reach), now, request.words())


@guardduty.command("suppressions", short_help="The rules by which findings are hidden")
@click.pass_obj
def suppressions(reach: Reach, /) -> View:
    """Every suppression rule: what it hides, where, since when. What it hides reaches no channel."""
    return rules_view.show(hiding.rules(reach), reach.ports.accounts)


def _span(reach: Reach, since: str | None) -> Span | None:
    return span(since, None, now=reach.ports.now(), zone=reach.ports.zone) if since else None


changes.explained(guardduty)
