"""A question's files shared out among those who read them."""

from collections import deque
from collections.abc import Iterator, Sequence
from zlib import crc32

from bot.adapters.duckdb.store import LogObject

Helping = list[tuple[str, int]]
"""Files' keys and sizes."""

# Cores are seldom equally free: who is done with one helping takes the next. Small ones end together.
_HELPINGS = 50


class Shares:
    """A share for each reader, the same files in each question; who is done helps the others. Safe to share between threads.

    A reader remembers what it found out about a file (see `structure`).
    """

    def __init__(self, files: Sequence[LogObject], readers: int) -> None:
        shares: list[list[LogObject]] = [[] for _ in range(readers)]
        for file in files:
            shares[crc32(file.key.encode()) % readers].append(file)
        self._shares = [deque(_helpings(share)) for share in shares]

    def of(self, reader: int) -> Iterator[Helping]:
        """What this one reads: its own share, then what is left of the largest."""
        own = self._shares[reader]
        while helping := _next(own) or _next(max(self._shares, key=len)):
            yield helping


def _next(share: deque[Helping]) -> Helping | None:
    try:
        return share.popleft()
    except IndexError:
        return None


def _helpings(files: Sequence[LogObject]) -> list[Helping]:
    """The files in parts of about the same size."""
    by_size = sorted(files, key=lambda file: file.size)
    parts = ([(file.key, file.size) for file in by_size[number::_HELPINGS]] for number in range(_HELPINGS))
    return [part for part in parts if part]
