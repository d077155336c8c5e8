"""Lets AWS tell of money, part by part: one that is refused does not stop the others, what is there stays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from bot.adapters.aws.billing_steps import Step, taken
from bot.adapters.aws.billing_topic import Queue, Topic
from bot.adapters.aws.billing_watchers import Watchers
from bot.adapters.aws.errors import asking
from bot.core.billing.setting_up import BillingWish
from bot.errors import NoroshiError
from bot.trail.setting_up import Done

_MORE = Decimal("1.2")
"""How many times last month's charges the limit is, where none is said."""


@dataclass(frozen=True, slots=True)
class BillingSetup:
    """`client` gives a client of a service where the bills are; `last_month` raises where nobody knows its charges."""

    client: Callable[[str], Any]
    region: str
    queues: Sequence[Queue]
    last_month: Callable[[], Decimal]

    def make(self, wish: BillingWish) -> Iterator[Done]:
        """Make, or name (`only_print`), whatever is missing; each line once it is done."""

        def take(what: str, look: Callable[[], Step]) -> Done:
            return taken(what, look, only_print=wish.only_print)

        try:
            account_id, partition = self._account()
        except NoroshiError as error:
            yield Done("account", error.message, error.hint, failed=True)
            return
        arn = f"arn:{partition}:sns:{self.region}:{account_id}:{wish.topic}"
        topic, watchers = Topic(arn, account_id, self.client("sns")), Watchers(self.client, account_id, arn)
        yield take("topic", topic.step)
        yield from self._delivery(topic, take)
        limit, why = self._limit(wish)
        yield take("alarm", lambda: watchers.alarm(limit) if limit else _unsaid("alarm", why, "--limit USD"))
        budget = wish.budget or limit
        yield take(
            "budget", lambda: watchers.budget(budget) if budget else _unsaid("budget", why, "--budget USD")
        )
        yield take("monitor", watchers.monitor)
        yield take("anomalies", lambda: watchers.anomalies(only_print=wish.only_print))
        yield take("switch", watchers.switch)

    def _delivery(self, topic: Topic, take: Callable[[str, Callable[[], Step]], Done]) -> Iterator[Done]:
        if not self.queues:
            fix = "Set NOROSHI_ALERTS__QUEUE_URL, and run this again"
            yield Done("queue", "no queue is set, so nobody hears the topic yet", fix, failed=True)
        for queue in self.queues:
            yield take("queue", lambda queue=queue: queue.step(topic.arn, topic.account_id))  # type: ignore[misc] # mypy types no default
            yield take("delivery", lambda queue=queue: topic.subscription(queue.arn()))  # type: ignore[misc] # same

    def _limit(self, wish: BillingWish) -> tuple[Decimal | None, str]:
        """The limit, or why there is none."""
        if wish.limit:
            return wish.limit, ""
        try:
            last = self.last_month()
        except NoroshiError as error:
            return None, error.message
        if last <= 0:
            return None, "Last month cost nothing."
        return (last * _MORE).quantize(Decimal(1), ROUND_CEILING), ""

    def _account(self) -> tuple[str, str]:
        with asking("sts:GetCallerIdentity", "which account this is"):
            identity = self.client("sts").get_caller_identity()
        return str(identity["Account"]), str(identity["Arn"]).split(":")[1]


def _unsaid(what: str, why: str, option: str) -> Step:
    return Step(
        what,
        f"not made: I don’t know last month’s charges to derive a limit from. {why}",
        f"Say {option}",
        failed=True,
    )
