"""Stand-ins for what is needed from outside, as small as their promise; the real ones are tested in tests/adapters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.alert import Finding
from bot.core.findings.counts import Counts
from bot.core.findings.seen import Listed, Seen, Suppression
from bot.errors import BadRequest, Conflict, Upstream
from bot.ports import Record


class StandingClock:
    """A clock that stands at `now` until a test moves it."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class FakeStore:
    """Satisfies `bot.ports.Store` in memory; `failing` makes each call fail; `now` is needed for what expires."""

    def __init__(self, now: datetime | None = None) -> None:
        self.records: dict[str, Record] = {}
        self.now = now
        self.failing = False
        self.writes = 0

    def read(self, *ids: str) -> Mapping[str, Record]:
        self._may_fail()
        assert len(ids) <= 100
        return {id_: self.records[id_] for id_ in ids if self._is_there(id_)}

    def write(self, *records: Record) -> None:
        self._may_fail()
        assert len(records) <= 100
        for record in records:
            standing = self.records[record.id].version if self._is_there(record.id) else 0
            if standing != record.version:
                raise Conflict(f"{record.id} is at version {standing}, not at {record.version}.")
        self.writes += len(records)
        self.records |= {record.id: replace(record, version=record.version + 1) for record in records}

    def lane(self, lane: str, limit: int, after: Record | None = None) -> Sequence[Record]:
        self._may_fail()
        standing = [each for each in self.records.values() if each.lane == lane and self._is_there(each.id)]
        behind = (after.rank, after.id) if after else ("", "")
        return sorted(
            (each for each in standing if (each.rank, each.id) > behind),
            key=lambda each: (each.rank, each.id),
        )[:limit]

    def close(self) -> None:
        self._may_fail()

    def _is_there(self, id_: str) -> bool:
        record = self.records.get(id_)
        if record is None:
            return False
        return not (self.now and record.expires_at and record.expires_at <= self.now)

    def _may_fail(self) -> None:
        if self.failing:
            raise Upstream("The store can't be reached.")


class FakeChanges:
    """Satisfies `bot.ports.FindingChanges`; `detail` is every finding's, `hidden` what any rule hides, `error` refuses all."""

    def __init__(self, detail: Mapping[str, Any] | None = None, hidden: Listed | None = None) -> None:
        self.detail, self.hidden = detail or {}, hidden or Listed((), Counts(), 1)
        self.error: Exception | None = None
        self.archived: list[Finding] = []
        self.judged: list[tuple[Finding, bool]] = []
        self.rules: list[Suppression] = []
        self.looked: list[tuple[Suppression, datetime]] = []

    def seen(self, finding: Finding) -> Seen:
        self._may_refuse()
        return Seen(finding, self.detail)

    def archive(self, findings: Sequence[Finding]) -> None:
        self._may_refuse()
        self.archived += findings

    def unarchive(self, findings: Sequence[Finding]) -> None:
        self._may_refuse()
        self.archived = [each for each in self.archived if each not in findings]

    def judge(self, finding: Finding, *, useful: bool) -> None:
        self._may_refuse()
        self.judged.append((finding, useful))

    def would_hide(self, rule: Suppression, since: datetime) -> Listed:
        self._may_refuse()
        self.looked.append((rule, since))
        return self.hidden

    def suppress(self, rule: Suppression) -> None:
        self._may_refuse()
        if rule.name in [each.name for each in self.rules]:
            raise BadRequest(f"There is a rule called {rule.name} already.")
        self.rules.append(rule)

    def _may_refuse(self) -> None:
        if self.error:
            raise self.error
