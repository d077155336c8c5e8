"""`noroshi setup billing`: lets AWS tell of money, through a topic to the bot's queue."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

import click

from bot.core.billing.setting_up import BillingWish
from bot.core.money import read_amount
from bot.edges.setup_lines import or_exit, tell
from bot.trail.setting_up import Done

if TYPE_CHECKING:
    from bot.settings import Settings


class BillingSetup(Protocol):
    """Makes what tells of money; see `bot.adapters.aws.billing_setup`."""

    def make(self, wish: BillingWish) -> Iterator[Done]:
        """Make, or name, what is missing."""


def _usd(_: click.Context, __: click.Parameter, said: str | None) -> Decimal | None:
    """An amount as people write it: `500`, `$1,200`."""
    if said is None:
        return None
    amount = read_amount(said.strip().removeprefix("$"))
    if amount is None or amount <= 0:
        raise click.BadParameter(f"{said[:40]!r} is no amount above zero; write it like 500")
    return amount


def billing_command(
    settings: Callable[[], "Settings"], setup: Callable[["Settings"], BillingSetup]
) -> click.Command:
    """The command."""

    @click.command("billing", short_help="Let AWS tell of money: alarm, budget, anomalies")
    @click.option(
        "--limit",
        metavar="USD",
        callback=_usd,
        help="The alarm rings when a month passes it (default: 1.2 × last month).",
    )
    @click.option("--budget", metavar="USD", callback=_usd, help="The month's budget (default: the limit).")
    @click.option("--topic", default="noroshi-bill", show_default=True, help="The topic's name.")
    @click.option("--print", "only_print", is_flag=True, help="Say what would be made; change nothing.")
    def billing(**said: Any) -> None:
        """Make the topic, the alarm on the month's charges, the budget and the anomaly monitor, in us-east-1.

        What is there stays as it is: a second run changes nothing. One switch nobody but you can set; it is named.
        """
        or_exit(lambda: tell(setup(settings()).make(BillingWish(**said)), err=False))

    return billing
