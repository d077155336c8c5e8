"""How many findings there are: by severity, and by severity within each type and each account."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.severity import Severity

BANDS = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
"""GuardDuty's bands, the worst first."""
WEEK = timedelta(days=7)

Bands = Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Three views of the same findings: each sums up to the same.

    A type or an account called "" stands for those that GuardDuty counted without naming them (it names 100).
    """

    by_severity: Bands = field(default_factory=dict)
    by_type: Mapping[str, Bands] = field(default_factory=dict)
    by_account: Mapping[str, Bands] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_severity.values())

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            _summed(self.by_severity, other.by_severity),
            _each_summed(self.by_type, other.by_type),
            _each_summed(self.by_account, other.by_account),
        )


def counted(findings: Iterable[tuple[str, str, Severity]]) -> Counts:
    """Counts of findings, each said as its type, its account and its severity."""
    by_severity: Counter[Severity] = Counter()
    by_type: dict[str, Counter[Severity]] = {}
    by_account: dict[str, Counter[Severity]] = {}
    for kind, account_id, severity in findings:
        by_severity[severity] += 1
        by_type.setdefault(kind, Counter())[severity] += 1
        by_account.setdefault(account_id, Counter())[severity] += 1
    return Counts(by_severity, by_type, by_account)


def named(by_severity: Bands, groups: Mapping[Severity, Mapping[str, int]]) -> Mapping[str, Bands]:
    """What each band's groups (a type's or an account's name to how many) leave of the band is called ""."""
    found: dict[str, dict[Severity, int]] = {}
    for band, counts in groups.items():
        rest = by_severity.get(band, 0) - sum(counts.values())
        for name, count in (*counts.items(), ("", rest)):
            if count > 0:
                found.setdefault(name, {})[band] = count
    return found


@dataclass(frozen=True, slots=True)
class Trend:
    """How many came up anew in the last seven days, and in the seven before."""

    this_week: int
    last_week: int


def trend(made: Iterable[datetime | None], now: datetime) -> Trend:
    """Of when each was made; what is older than two weeks, or of no known time, counts in neither."""
    ages = [now - each for each in made if each is not None and each <= now]
    return Trend(sum(age < WEEK for age in ages), sum(WEEK <= age < 2 * WEEK for age in ages))


def _summed(one: Bands, other: Bands) -> Bands:
    return {band: total for band in BANDS if (total := one.get(band, 0) + other.get(band, 0))}


def _each_summed(one: Mapping[str, Bands], other: Mapping[str, Bands]) -> Mapping[str, Bands]:
    return {name: _summed(one.get(name, {}), other.get(name, {})) for name in dict.fromkeys([*one, *other])}
