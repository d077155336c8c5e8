"""What a question would read and cost, told before it is asked."""

from dataclasses import dataclass
from typing import Protocol

from bot.core.amounts import counted, price, size
from bot.ports import Progress, TrailEngine, TrailQuery


@dataclass(frozen=True, slots=True)
class Estimate:
    """Compressed bytes, as billed, in so many log files and so many days of the compact copy.

    `at_most` where a part of what is counted need not be read: of the copy's files only the columns that are asked for.
    """

    bytes: int
    usd: float
    files: int = 0
    copied_days: int = 0
    at_most: bool = False

    @property
    def reads(self) -> str:
        """`about 41 MB`, `at most 41 MB`."""
        return f"{self._nearly} {size(self.bytes)}"

    @property
    def costs(self) -> str:
        """`about $0.0002`, `at most $1.20`."""
        return f"{self._nearly} {price(self.usd)}"

    @property
    def where(self) -> str:
        """`212 files and 6 days of the compact copy`."""
        copied = counted(self.copied_days, "day") + " of the compact copy" if self.copied_days else ""
        files = counted(self.files, "file") if self.files or not copied else ""
        return " and ".join(words for words in (files, copied) if words)

    @property
    def nothing(self) -> bool:
        """Whether nothing is read at all: there is no table, or no file of these days."""
        return not (self.bytes or self.files or self.copied_days)

    @property
    def _nearly(self) -> str:
        return "at most" if self.at_most else "about"


class Estimating(TrailEngine, Protocol):
    """An engine that is paid by what it reads."""

    def estimate(self, query: TrailQuery, progress: Progress) -> Estimate:
        """What `run` would read; raises BadRequest for what can't be asked, NotConfigured and Upstream where it can't be told."""
