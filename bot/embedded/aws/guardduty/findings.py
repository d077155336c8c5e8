"""The findings of every account and region, and the samples that GuardDuty makes on request."""

import copy
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from botocore.model import ListShape, MapShape, Shape, StructureShape

Finding = dict[str, Any]


class Findings:
    """Keeps findings in the camelCase form of EventBridge's `detail`; `clock` is the world's."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._all: dict[tuple[str, str], dict[str, Finding]] = {}

    def put(self, detail: Mapping[str, Any]) -> None:
        """Add a finding, or replace the one of the same id; its own account and region say where."""
        finding = copy.deepcopy(dict(detail))
        with self._lock:
            self._all.setdefault((finding["accountId"], finding["region"]), {})[finding["id"]] = finding

    def of(self, account_id: str, region: str) -> list[Finding]:
        """Copies of all findings of a detector."""
        with self._lock:
            return copy.deepcopy(list(self._all.get((account_id, region), {}).values()))

    def archive(self, place: tuple[str, str], finding_ids: Iterable[str], *, archived: bool) -> None:
        """Mark findings as archived, or as current again; ids that nobody knows are passed over."""
        with self._lock:
            here = self._all.get(place, {})
            for finding_id in finding_ids:
                if finding_id in here:
                    here[finding_id]["service"]["archived"] = archived
                    here[finding_id]["updatedAt"] = self._now()

    def sample(self, place: tuple[str, str], detector_id: str, kind: str) -> Finding:
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

    def _now(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")


def as_event(finding: Finding) -> dict[str, Any]:
    """The finding as the event that GuardDuty puts on its account's bus."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": "GuardDuty Finding",
        "source": "aws.guardduty",
        "account": finding["accountId"],
        "time": finding["updatedAt"],
        "region": finding["region"],
        "resources": [],
        "detail": finding,
    }


def as_api(value: Any, shape: Shape) -> Any:
    """A camelCase value under the names of the API's own model; what the model lacks is left out."""
    match shape:
        case StructureShape() if isinstance(value, Mapping):
            return {
                name: as_api(value[wire], member)
                for name, member in shape.members.items()
                if (wire := member.serialization.get("name", name)) in value
            }
        case ListShape() if isinstance(value, list):
            return [as_api(each, shape.member) for each in value]
        case MapShape() if isinstance(value, Mapping):
            return {key: as_api(each, shape.value) for key, each in value.items()}
        case _:
            return value
