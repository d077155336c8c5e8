"""The trails that CloudTrail tells of, and which of them the table is made for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import BadRequest, NotFound


@dataclass(frozen=True, slots=True)
class LogTrail:
    """A trail, as far as its files matter; `logging` is None where AWS would not say."""

    name: str
    arn: str
    bucket: str
    prefix: str = ""
    organization: bool = False
    multi_region: bool = False
    home_region: str = ""
    logging: bool | None = None

    @property
    def account(self) -> str:
        """Whose trail it is: of an organisation's, the management account."""
        return self.arn.split(":")[4]

    @property
    def root(self) -> str:
        """The prefix of all its files in the bucket (docs: CloudTrail log file names)."""
        return f"{self.prefix.strip('/')}/AWSLogs/".lstrip("/")

    def words(self) -> str:
        """What it covers, and whether it is on."""
        whose = "an organisation's" if self.organization else f"of account {self.account}"
        where = "every region" if self.multi_region else f"{self.home_region} only"
        state = {True: "logging", False: "NOT LOGGING", None: "AWS would not say whether it logs"}
        return f"{self.name} ({whose}, {where}, {state[self.logging]})"


def choose(trails: Sequence[LogTrail], wanted: str | None = None) -> tuple[LogTrail, str]:
    """The trail to make the table for, and why that one.

    One that logs before one that does not, an organisation's before an account's, every region before one.
    Raises NotFound where there is none (by that name), BadRequest for a name that several have.
    """
    if not trails:
        raise NotFound(
            "No trail covers this region.",
            "Create a multi-region trail (CloudTrail user guide: Creating a trail), then run this again.",
        )
    if wanted:
        return _named(trails, wanted), "as asked"
    best = min(trails, key=lambda one: (*_rank(one), one.arn))
    if len(trails) == 1:
        return best, "the only one"
    others = ", ".join(one.name for one in trails if one is not best)
    even = any(_rank(one) == _rank(best) for one in trails if one is not best)
    why = "as good as any" if even else "it sees the most"
    return best, f"{why} of {len(trails)}; --trail takes another: {others}"


def _named(trails: Sequence[LogTrail], wanted: str) -> LogTrail:
    found = [one for one in trails if wanted in {one.name, one.arn}]
    if not found:
        names = ", ".join(one.name for one in trails)
        raise NotFound(f"There is no trail {wanted[:128]!r} here.", f"There are: {names}.")
    if len(found) > 1:
        arns = ", ".join(one.arn for one in found)
        raise BadRequest(f"Several trails are called {wanted[:128]}.", f"Name one by its ARN: {arns}.")
    return found[0]


def _rank(trail: LogTrail) -> tuple[bool, bool, bool]:
    return trail.logging is False, not trail.organization, not trail.multi_region
