"""How many checks are red and yellow in each account, whoever says so."""

from collections.abc import Iterable

from bot.core.advice.opinion import Opinion, Status
from bot.core.glance import Advised

_WORST: tuple[Status, ...] = ("error", "warning", "ok", "not_available")
"""Of two opinions of one check the worse one counts; that one of the two could not tell takes nothing from the other."""


def advised(opinions: Iterable[Opinion]) -> dict[str, Advised]:
    """By the account's id; a check that Trusted Advisor and we both have counts once."""
    found: dict[tuple[str, str], Status] = {}
    for one in opinions:
        key = (one.account_id, one.check.id)
        found[key] = min(one.status, found.get(key, "not_available"), key=_WORST.index)
    accounts = dict.fromkeys(account for account, _ in found)
    return {
        account: _counted([how for (whose, _), how in found.items() if whose == account])
        for account in accounts
    }


def _counted(found: list[Status]) -> Advised:
    return Advised(found.count("error"), found.count("warning"), found.count("not_available"))
