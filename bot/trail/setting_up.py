"""What `noroshi setup trail` is asked for, and what it says it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_ACCOUNTS: Final = 20_000
"""What fits into a table's metadata: 512,000 characters a property, 1 MB gzipped in all (docs: Glue, Athena)."""
_FEW_DOZEN = 36
_MOST_PARTITIONS = 1_000_000
_WEEK = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; what is left empty is found out."""

    trail: str | None = None
    """A trail's name or ARN."""
    accounts: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    since: date | None = None
    compact: str | None = None
    """`s3://bucket/prefix/` for the compact copy."""
    apply_workgroup: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what was done, or could not be: `what` it is about, in words, and the next step."""

    what: str
    words: str
    fix: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where a trail's files lie (`location` ends in `AWSLogs/` or `AWSLogs/o-…/`), and what is in there."""

    location: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    first_day: date
    certain: bool = True
    """Whether the first day was looked for; otherwise it is one before any."""
    left_out: int = 0
    """Accounts that have files and are not among `accounts`."""

    @property
    def since(self) -> str:
        """The first day as the table spells it."""
        return f"{self.first_day:%Y/%m/%d}"

    def words(self) -> str:
        """What was found, in a line."""
        since = f"since {self.first_day}" if self.certain else "since ever (so many were not looked through)"
        accounts, regions = _some(self.accounts, "account"), _some(self.regions, "region")
        return f"{self.location}: {accounts}, {regions}, {since}"

    def warning(self) -> str:
        """What so many partitions mean for questions; "" for a few dozen (docs: Athena, enum projection)."""
        count = len(self.accounts)
        if self.left_out:
            return (
                f"{self.left_out:,} accounts do not fit into one table and can't be asked about: "
                "name those of each table with --account"
            )
        if count * len(self.regions) * _WEEK > _MOST_PARTITIONS:
            return "a week of all accounts is more partitions than Athena takes: name some with --account"
        if count > _FEW_DOZEN:
            return f"AWS advises a few dozen accounts a table, these are {count}: with --account a question stays fast"
        return ""


def _some(names: Sequence[str], word: str) -> str:
    return f"{len(names)} {word}{'' if len(names) == 1 else 's'}"
