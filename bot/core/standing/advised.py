"""How many checks are red and yellow in each account, whoever says so."""

from collections import Counter
from collections.abc import Iterable

from bot.core.advice.classic import BY_ID
from bot.core.advice.compared import overall
from bot.core.advice.opinion import Opinion
from bot.core.glance import Advised


def advised(opinions: Iterable[Opinion]) -> dict[str, Advised]:
    """By the account's id; a check that Trusted Advisor and we both have counts once.

    One that Trusted Advisor alone can make is not unknown where it is not asked: nobody there ever tells.
    """
    said: dict[tuple[str, str], list[Opinion]] = {}
    for one in opinions:
        said.setdefault((one.account_id, one.check.id), []).append(one)
    found: dict[str, Counter[str]] = {}
    for (account, _), each in said.items():
        found.setdefault(account, Counter()).update([overall(each)] if any(map(_is_made, each)) else [])
    return {
        account: Advised(told["error"], told["warning"], told["not_available"])
        for account, told in found.items()
    }


def _is_made(one: Opinion) -> bool:
    """Whether whoever says it could have looked: some of our own stand there for their name alone."""
    return one.by != "own" or one.check.id not in BY_ID or bool(BY_ID[one.check.id].needs)
