"""What stands out in a bill, as alerts: how much, what is usual, what it was used for, and what to ask next."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from bot.core.alert import TITLE, Alert
from bot.core.billing.costs import Costs
from bot.core.billing.days import DAY, midnight
from bot.core.billing.firsts import First
from bot.core.billing.jump import Rise, rises, rose
from bot.core.billing.mining import suspicious
from bot.core.billing.pace import Pace
from bot.core.billing.spikes import Rule, Spike
from bot.core.billing.sums import ZERO
from bot.core.money import money
from bot.core.severity import Severity
from bot.core.spoken import folded
from bot.core.steps import spending
from bot.core.text import Code, Line, Strong
from bot.core.view import Caveat

SOURCE = "billing"
_MUCH = 10
"""A spike of so many times what makes one is high."""
_USES = 3
_MINER = (
    "A region that nobody used before and such machines are the sign of a miner: look who started them, now"
)


def of_spike(spike: Spike, costs: Costs, rule: Rule, uses: Costs | None, today: date) -> Alert:
    """`uses` are what its service cost by usage type around that day, where they could be had."""
    amount, usual = (money(each, costs.currency) for each in (spike.amount, spike.usual))
    so_far = spike.day == today
    when = "today so far" if so_far else f"on {named(spike.day)}"
    risen = _risen(uses, spike.day)
    machines = _machines(rise.keys[-1] for rise in risen if rose(rise))
    worse = bool(machines) or spike.more >= _MUCH * rule.least
    story: tuple[Line, ...] = (
        *_run(spike, costs.currency),
        *_used(risen if uses else None, costs.currency),
        *machines,
        *_as_of(costs),
    )
    against = "and nothing before" if spike.first else f"usually {usual}"
    return Alert(
        key=f"billing:spike:{spike.account}:{spike.service}:{spike.since}",
        source=SOURCE,
        kind="Spending spike",
        severity=Severity.HIGH if worse else Severity.MEDIUM,
        title=folded(f"{folded(spike.service, 80)} cost {amount} {when}, {against}", TITLE),
        account_id=spike.account or None,
        resource=spike.service,
        story=story,
        first_seen=midnight(spike.since),
        last_seen=midnight(spike.day),
        next_steps=spending(spike.day),
        occurrence=f"{spike.day} {'so far' if so_far else 'whole'}",
        adds=not so_far and spike.since == spike.day,
    )


def of_pace(pace: Pace, costs: Costs, today: date) -> Alert:
    """A month that is on its way to far more than the one before."""
    far, end, last = (money(each, costs.currency) for each in (pace.so_far, pace.projected, pace.last))
    month = f"{pace.month:%B}"
    title = (
        f"{month} has cost {far} already, {pace.so_far / pace.last:.1f} × all of last month"
        if pace.already
        else f"{month} is on its way to {end}, {pace.times:.1f} × last month"
    )
    how = f"{far} so far; at this pace {end} by its end. Last month was {last} in all"
    return Alert(
        key=f"billing:pace:{pace.account}:{pace.month:%Y-%m}",
        source=SOURCE,
        kind="Spending pace",
        severity=Severity.HIGH if pace.already else Severity.MEDIUM,
        title=folded(title, TITLE),
        account_id=pace.account or None,
        story=(
            (how,),
            ("Simple arithmetic: the average of this month’s complete days, no forecast",),
            *_as_of(costs),
        ),
        first_seen=midnight(today),
        next_steps=spending(today - DAY),
        occurrence="already" if pace.already else "on its way",
    )


def of_first(first: First, costs: Costs, uses: Costs | None) -> Alert:
    """`uses` are by region and usage type, where they could be had; machines of a miner's make a region's first high."""
    amount = money(first.amount, costs.currency)
    region = first.name if first.of == "region" else None
    machines = _machines(_costliest(uses, first.since, first.name)) if region else ()
    known = (first.since - costs.days.start).days
    where = {"region": f"in {first.name}", "account": f"in account {first.name}"}.get(
        first.of, f"for {folded(first.name, 80)}"
    )
    sign: tuple[Line, ...] = (*machines, (Strong(_MINER),)) if machines else ()
    unseen: tuple[Line, ...] = (
        (("I could not see which machines it was",),) if region and uses is None else ()
    )
    return Alert(
        key=f"billing:first-{first.of}:{first.account}:{first.name}",
        source=SOURCE,
        kind=f"First spending in {'an' if first.of == 'account' else 'a'} {first.of}",
        severity=Severity.HIGH if machines else Severity.LOW if first.of == "service" else Severity.MEDIUM,
        title=folded(f"First money spent {where}: {amount} since {named(first.since)}", TITLE),
        account_id=first.account or None,
        region=region,
        resource=first.name if first.of == "service" else None,
        story=((f"Nothing was spent there in the {known} days before",), *sign, *unseen, *_as_of(costs)),
        first_seen=midnight(first.since),
        next_steps=spending(first.since),
        occurrence="with machines" if machines else "first",
    )


def named(day: date) -> str:
    """`Sun 6 Sep`."""
    return f"{day:%a} {day.day} {day:%b}"


def _run(spike: Spike, currency: str) -> tuple[Line, ...]:
    days = (spike.day - spike.since).days + 1
    if days == 1:
        return ()
    return ((f"{days} such days in a row, {money(spike.more, currency)} over the usual in all",),)


def _risen(uses: Costs | None, day: date) -> list[Rise]:
    """The usage types that rose, what rose most first."""
    return [rise for rise in rises(uses, day, fees=False) if rise.more > 0] if uses else []


def _used(risen: Sequence[Rise] | None, currency: str) -> tuple[Line, ...]:
    if risen is None:
        return (("I could not see which usage types it was",),)
    return tuple(
        (Code(rise.keys[-1]), f" {money(rise.amount, currency)}, usually {money(rise.usual, currency)}")
        for rise in risen[:_USES]
    )


def _costliest(uses: Costs | None, since: date, region: str) -> list[str]:
    """The usage types of a region since then, the costliest first."""
    found: dict[str, Decimal] = {}
    for line in uses.lines if uses else ():
        if line.day >= since and line.amount > 0 and line.keys[0] == region:
            found[line.keys[-1]] = found.get(line.keys[-1], ZERO) + line.amount
    return sorted(found, key=lambda usage: (-found[usage], usage))


def _machines(usages: Iterable[str]) -> tuple[Line, ...]:
    """The machines of a miner's among them."""
    words = [words for usage in usages if (words := suspicious(usage))]
    return tuple((Strong(f"Among it: {each}"),) for each in dict.fromkeys(words[:_USES]))


def _as_of(costs: Costs) -> tuple[Line, ...]:
    """Where the figures are from, and what they could not see."""
    return tuple((caveat.message,) for caveat in _matters(costs.caveats))


def _matters(caveats: Iterable[Caveat]) -> list[Caveat]:
    """What may make a day seem dearer, or cheaper, than it was."""
    return [caveat for caveat in caveats if caveat.weight == "blind" or caveat.code == "days-carried"]
