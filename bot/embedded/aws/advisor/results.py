"""Trusted Advisor's results: made when it looks, and told until it looks again.

https://docs.aws.amazon.com/awssupport/latest/user/get-started-with-aws-trusted-advisor.html
"""

import hashlib
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.embedded.aws.advisor import buckets, copies, groups, people, regions
from bot.embedded.aws.advisor.checks import Check
from bot.embedded.aws.advisor.seen import Looked, Resource, Rule, Seen, Status, worst

Plan = Literal["basic", "business"]
RULES: Final[dict[str, Rule]] = {
    "HCP4007jGY": groups.specific_ports,
    "1iG5NDGVre": groups.unrestricted,
    "Pfx0RwqBli": buckets.permissions,
    "R365s2Qddf": buckets.versioning,
    "7DAFEmoDos": people.root_mfa,
    "c2vlfg0f4h": people.root_key,
    "DqdJqYeRm5": people.rotation,
    "Yw2K9puPzl": people.password_policy,
    "ePs02jT06w": copies.disks,
    "rSs93HQwa1": copies.databases,
    "c25hn9x03v": regions.trails,
    "07602fcad6": regions.analyzers,
}
_BY_ITSELF: Final = timedelta(hours=6)
"""How old a result gets of a check that looks again by itself; the others look once a week."""
_WEEK: Final = timedelta(days=7)
_AGAIN: Final = timedelta(hours=1)
_QUEUED, _LOOKS = timedelta(seconds=10), timedelta(seconds=30)


@dataclass(frozen=True)
class Result:
    """What a check said of an account, and when."""

    check: Check
    account_id: str
    at: datetime
    looked: Looked

    @property
    def status(self) -> Status:
        """The worst of what it lists."""
        return worst([each.status for each in self.looked.resources])

    @property
    def flagged(self) -> int:
        """How many are yellow or red."""
        return sum(each.status != "ok" for each in self.looked.resources)

    @property
    def id(self) -> str:
        """A UUID of its own, the same for a check and an account."""
        text = hashlib.sha256(f"{self.account_id}/{self.check.id}".encode()).hexdigest()
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:32]))


class Advisor:
    """All accounts' results; `plan` is their support plan, without which none is told by an API."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.plan: Plan = "basic"
        self._lock = threading.Lock()
        self._more: dict[tuple[str, str], tuple[Resource, ...]] = {}
        self._kept: dict[tuple[str, str], Result] = {}
        self._asked: dict[tuple[str, str], datetime] = {}

    def put(self, account_id: str, check_id: str, *resources: Resource) -> None:
        """Let a check list these, beside what its rule finds, from its next look on."""
        self._more[account_id, check_id] = resources

    def result(self, account_id: str, check: Check) -> Result:
        """What it says; it looks where it never did, where that was too long ago, and where it was asked to."""
        key, now = (account_id, check.id), self.seen.clock()
        with self._lock:
            kept, asked = self._kept.get(key), self._asked.get(key)
            due = asked is not None and kept is not None and kept.at < asked + _LOOKS <= now
            if kept is None or due or now - kept.at >= (_WEEK if check.by_request else _BY_ITSELF):
                kept = self._kept[key] = Result(check, account_id, now, self._look(account_id, check.id))
            return kept

    def refresh(self, account_id: str, check_id: str) -> None:
        """Ask it to look again; nothing happens where it was asked within the hour."""
        if not self.again_in(account_id, check_id):
            self._asked[account_id, check_id] = self.seen.clock()

    def state(self, account_id: str, check_id: str) -> str:
        """How far it is with looking again; `none` where nobody asked."""
        asked = self._asked.get((account_id, check_id))
        if asked is None:
            return "none"
        since = self.seen.clock() - asked
        return "enqueued" if since < _QUEUED else "processing" if since < _LOOKS else "success"

    def again_in(self, account_id: str, check_id: str) -> int:
        """In how many milliseconds it may be asked again."""
        asked = self._asked.get((account_id, check_id))
        left = asked + _AGAIN - self.seen.clock() if asked else timedelta()
        return max(0, round(left.total_seconds() * 1000))

    def _look(self, account_id: str, check_id: str) -> Looked:
        rule, more = RULES.get(check_id), self._more.get((account_id, check_id), ())
        found = rule(account_id, self.seen) if rule else Looked()
        return Looked((*found.resources, *more), found.processed + len(more))
