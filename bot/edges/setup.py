"""`noroshi setup`: what Slack and AWS need, to paste there; the trail's tables are made."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.command import Slash
from bot.edges.setup_billing import BillingSetup, billing_command
from bot.edges.setup_lines import or_exit, tell
from bot.errors import BadRequest
from bot.trail.setting_up import Done, LogPlace, Wish

if TYPE_CHECKING:
    from bot.settings import Settings


class TrailSetup(Protocol):
    """Makes the trail's tables; see `bot.adapters.aws.trail_setup`."""

    def make(self, wish: Wish) -> Iterator[Done]:
        """Make what is missing."""

    def adopt(self, wish: Wish) -> Iterator[Done]:
        """Add missing partitions."""

    def find(self, wish: Wish) -> Generator[Done, None, LogPlace | None]:
        """Find the trail and its files."""

    def statements(self, place: LogPlace, wish: Wish) -> Iterator[str]:
        """What would be made."""


@dataclass(frozen=True, slots=True)
class SetupParts:
    """What the group is made of."""

    settings: Callable[[], "Settings"]
    trail: Callable[["Settings"], TrailSetup]
    slashes: Sequence[Slash]
    billing: Callable[["Settings"], BillingSetup]


def setup_group(parts: SetupParts) -> click.Group:
    """The group with all its commands."""

    @click.group("setup", short_help="What Slack and AWS need, printed or made")
    def setup() -> None:
        """Print what Slack and AWS need; `trail` makes its tables in Glue, `billing` lets AWS tell of money."""

    @setup.command("slack")
    def slack() -> None:
        """The app manifest, for a new app at api.slack.com/apps."""
        from bot.deploy.manifest import text

        click.echo(text(parts.slashes), nl=False)

    @setup.command("policy")
    @click.option("--for-setup", is_flag=True, help="What whoever runs `setup trail` or `billing` needs.")
    @click.option("--for-fixes", is_flag=True, help="What the bot needs beside it to fix buckets (s3.fixes).")
    def policy(for_setup: bool, for_fixes: bool) -> None:
        """The IAM policy of the bot's role; the names in capitals are yours to fill in."""
        from bot.deploy.policy import fixing_text, setup_text, text

        click.echo(setup_text() if for_setup else fixing_text() if for_fixes else text(), nl=False)

    @setup.command("grafana")
    def grafana() -> None:
        """The Grafana dashboard over the bot's metrics, to import there; bot/deploy/METRICS.md explains each."""
        from bot.deploy.grafana import text

        click.echo(text(), nl=False)

    @setup.command("template")
    def template() -> None:
        """The CloudFormation template that brings the events to the bot's queue, for every region."""
        from bot.deploy.template import how_to_deploy, text

        click.echo(text(), nl=False)
        click.echo(how_to_deploy(), nl=False, err=True)

    setup.add_command(_trail(parts))
    setup.add_command(billing_command(parts.settings, parts.billing))
    return setup


def _trail(parts: SetupParts) -> click.Command:
    @click.command("trail")
    @click.option("--trail", "name", help="The trail, by name or ARN, where there are several.")
    @click.option(
        "--compact", help="s3://BUCKET/prefix/ for the compact copy (default: trail.compact_location)."
    )
    @click.option("--account", "accounts", multiple=True, help="Instead of those in the bucket; repeat it.")
    @click.option("--region", "regions", multiple=True, help="Instead of those in the bucket; repeat it.")
    @click.option("--since", help="The first day, like 2024/01/01, instead of the bucket's.")
    @click.option("--apply-workgroup", is_flag=True, help="Change a workgroup that is there already.")
    @click.option("--adopt", is_flag=True, help="Add what a table partitioned by hand is missing, no more.")
    @click.option("--print", "only_print", is_flag=True, help="Print the statements; change nothing.")
    @click.option("--location", help="Print the statement for s3://BUCKET/AWSLogs/, and ask AWS nothing.")
    def trail(**said: Any) -> None:
        """Find the trail, and make its tables and workgroup: what is there already stays.

        With --location (and --account, --region) it prints the table's statement for Athena's editor.
        """
        or_exit(lambda: _asked(parts, said))

    return trail


def _asked(parts: SetupParts, said: Mapping[str, Any]) -> bool:
    given = parts.settings()
    wish = Wish(
        said["name"],
        said["accounts"],
        said["regions"],
        _day(said["since"]),
        said["compact"],
        said["apply_workgroup"],
    )
    if said["location"]:
        return _statement(given, said["location"], wish)
    made = parts.trail(given)
    if said["only_print"]:
        return _printed(made, wish)
    return tell(made.adopt(wish) if said["adopt"] else made.make(wish), err=False)


def _statement(given: "Settings", location: str, wish: Wish) -> bool:
    from bot.trail.table import ddl

    missing = [
        option for option, value in (("--account", wish.accounts), ("--region", wish.regions)) if not value
    ]
    if missing:
        raise BadRequest(
            f"With --location I ask AWS nothing, so {' and '.join(missing)} must be said.",
            "Leave --location out, and I look for the trail, its accounts and its regions.",
        )
    since = f"{wish.since or date(2024, 1, 1):%Y/%m/%d}"
    click.echo(ddl(given.trail.database, given.trail.table, location, wish.accounts, wish.regions, since))
    return True


def _printed(made: TrailSetup, wish: Wish) -> bool:
    """The statements on stdout, what was found on stderr."""
    finding = made.find(wish)
    well = True
    while True:
        try:
            done = next(finding)
        except StopIteration as end:
            place: LogPlace | None = end.value
            break
        well = tell(iter([done]), err=True) and well
    if place:
        click.echo(";\n\n".join(made.statements(place, wish)))
    return well


def _day(words: str | None) -> date | None:
    if not words:
        return None
    try:
        return datetime.strptime(words.replace("-", "/"), "%Y/%m/%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise BadRequest(f"{words[:80]!r} is not a day.", "Write it like 2026/09/08.") from error
