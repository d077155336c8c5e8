"""The findings of every account and region, and the samples that GuardDuty makes on request."""

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.embedded.aws.guardduty.filters import Filters
from bot.embedded.aws.guardduty.organization import Organization, Place

Finding = dict[str, Any]


class Findings:
    """Keeps findings in the camelCase form of EventBridge's `detail`; `clock` is the world's.

    `organization` says who sees and archives whose, `filters` which new ones are archived at once.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.organization, self.filters = Organization(), Filters()
        self._lock = threading.Lock()
        self._all: dict[Place, dict[str, Finding]] = {}
        self._suppressed: set[tuple[Place, str]] = set()

    def put(self, detail: Mapping[str, Any]) -> None:
        """Add a finding, or replace the one of the same id; its own account and region say where.

        A new one that a suppression rule is about is archived, and is told to nobody; what was archived before, by
        whomever, stays so when it is seen again, and so does what somebody said of its use.
        """
        finding = copy.deepcopy(dict(detail))
        place = (finding["accountId"], finding["region"])
        with self._lock:
            here = self._all.setdefault(place, {})
            if was := here.get(finding["id"]):
                _carry(was["service"], finding["service"])
            elif self.filters.suppress(self.organization.deciding(place), finding):
                finding["service"]["archived"] = True
                self._suppressed.add((place, finding["id"]))
            here[finding["id"]] = finding

    def is_told(self, event: Mapping[str, Any]) -> bool:
        """Whether an event goes out at all: one of a finding that a suppression rule archived does not."""
        detail = event.get("detail") or {}
        place = (str(detail.get("accountId")), str(detail.get("region")))
        return (place, str(detail.get("id"))) not in self._suppressed

    def of(self, account_id: str, region: str) -> list[Finding]:
        """Copies of all findings of a detector."""
        with self._lock:
            return copy.deepcopy(list(self._all.get((account_id, region), {}).values()))

    def seen_from(self, place: Place) -> list[Finding]:
        """All findings that a place's detector shows, an administrator's those of its members too; not to be changed."""
        places = self.organization.seen_from(place)
        with self._lock:
            return [each for one in places for each in self._all.get(one, {}).values()]

    def archive(self, place: Place, finding_ids: Iterable[str], *, archived: bool) -> None:
        """Mark findings as archived, or as current again; ids that nobody knows are passed over."""
        with self._lock:
            for finding in self._known(place, finding_ids):
                finding["service"]["archived"] = archived
                finding["updatedAt"] = self._now()
                if not archived:
                    self._suppressed.discard(((finding["accountId"], finding["region"]), finding["id"]))

    def judge(self, place: Place, finding_ids: Iterable[str], feedback: str) -> None:
        """Keep what somebody said of their use (`USEFUL`, `NOT_USEFUL`); ids that nobody knows are passed over."""
        with self._lock:
            for finding in self._known(place, finding_ids):
                finding["service"]["userFeedback"] = feedback

    def sample(self, place: Place, detector_id: str, kind: str) -> Finding:
        """Make and keep a sample of a type, plain and marked as a sample, as GuardDuty's are."""
        account_id, region = place
        now, finding_id = self._now(), uuid4().hex
        finding: Finding = {
            "schemaVersion": "2.0",
            "accountId": account_id,
            "region": region,
            "partition": "aws",
            "id": finding_id,
            "arn": f"arn:aws:guardduty:{region}:{account_id}:detector/{detector_id}/finding/{finding_id}",
            "type": kind,
            "title": f"[SAMPLE] {kind}",
            "description": f"[SAMPLE] A sample of {kind}; nothing has happened.",
            "severity": 5,
            "createdAt": now,
            "updatedAt": now,
            "resource": {
                "resourceType": "AccessKey",
                "accessKeyDetails": {
                    "accessKeyId": "GeneratedFindingAccessKeyId",
                    "principalId": "GeneratedFindingPrincipalId",
                    "userType": "IAMUser",
                    "userName": "GeneratedFindingUserName",
                },
            },
            "service": {
                "serviceName": "guardduty",
                "detectorId": detector_id,
                "resourceRole": "TARGET",
                "count": 1,
                "archived": False,
                "eventFirstSeen": now,
                "eventLastSeen": now,
                "additionalInfo": {"value": '{"sample":true}', "type": "default"},
            },
        }
        self.put(finding)
        return finding

    def _known(self, place: Place, finding_ids: Iterable[str]) -> list[Finding]:
        every = [self._all.get(one, {}) for one in self.organization.seen_from(place)]
        return [here[each] for each in finding_ids for here in every if each in here]

    def _now(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _carry(was: Finding, service: Finding) -> None:
    service["archived"] = bool(was.get("archived") or service.get("archived"))
    if "userFeedback" in was:
        service.setdefault("userFeedback", was["userFeedback"])
