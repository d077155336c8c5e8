"""Which accounts and regions of a day are copied by one statement: Athena ends any after 30 minutes (docs: quotas)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 50 * 10**9
"""Log files (gzipped) that one statement copies: minutes of Athena's, far from its limit."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one statement copies; empty is all there are."""

    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


def shares(sizes: Mapping[tuple[str, str], int], most: int = MOST_BYTES) -> list[Share]:
    """A day's bytes by (account, region) in as few shares as are near `most`: whole accounts, or one's regions.

    "" stands for a partition that the table has not. One region of one account is never split: that is as
    small as a statement can be bounded. Together the shares hold every place, each once.
    """
    if sum(sizes.values()) <= most:
        return [Share()]
    accounts: dict[str, int] = {}
    for (account, _), size in sizes.items():
        accounts[account] = accounts.get(account, 0) + size
    big = [account for account, size in accounts.items() if size > most]
    whole = {account: size for account, size in accounts.items() if account not in big}
    found = [Share(accounts=names) for names in _packed(whole, most)]
    for account in big:
        regions = {region: size for (of, region), size in sizes.items() if of == account}
        own = (account,) if account else ()
        found += [Share(own, tuple(name for name in names if name)) for names in _packed(regions, most)]
    return found


def _packed(sizes: Mapping[str, int], most: int) -> Iterator[tuple[str, ...]]:
    taken: list[str] = []
    size = 0
    for name in _largest_first(sizes):
        if taken and size + sizes[name] > most:
            yield tuple(sorted(taken))
            taken, size = [], 0
        taken.append(name)
        size += sizes[name]
    if taken:
        yield tuple(sorted(taken))


def _largest_first(sizes: Mapping[str, int]) -> Sequence[str]:
    return sorted(sizes, key=lambda name: (-sizes[name], name))
