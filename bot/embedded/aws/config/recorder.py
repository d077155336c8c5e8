"""A customer's recorder: what it records, how often, and since when; and how Config describes it.

https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorder.html
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

Place = tuple[str, str]
"""Account id and the region of the recorder, which for IAM is not the item's `awsRegion`: that is `global`."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Records everything but `excluded`, or `only` some types, since then; one region's also records IAM.

    `stopped_at` is set while it is stopped; `paused_at` is the stop before its last start, `since`. It records at
    each change, or once a day (`daily`), and the types of `otherwise` the other way.
    """

    since: datetime
    global_types: bool = False
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    excluded: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    daily: bool = False
    otherwise: frozenset[str] = frozenset()

    def records(self, resource_type: str) -> bool:
        """Whether the type is one of those that it records, running or not."""
        return resource_type not in self.excluded and (not self.only or resource_type in self.only)

    def switched(self, *, on: bool, now: datetime) -> "Recorder":
        """The same started or stopped now; itself where it is so already."""
        if on and self.stopped_at:
            return replace(self, since=now, stopped_at=None, paused_at=self.stopped_at)
        if not on and not self.stopped_at:
            return replace(self, stopped_at=now)
        return self

    def described(self, place: Place) -> dict[str, Any]:
        """As DescribeConfigurationRecorders answers it."""
        role = "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
        return {
            "arn": recorder_arn(place),
            "name": "default",
            "roleARN": f"arn:aws:iam::{place[0]}:role/{role}",
            "recordingGroup": self._group(),
            "recordingMode": self._mode(),
            "recordingScope": "PAID",
        }

    def status(self, place: Place, now: datetime) -> dict[str, Any]:
        """As DescribeConfigurationRecorderStatus answers it."""
        return {
            "arn": recorder_arn(place),
            "name": "default",
            "lastStartTime": self.since,
            "lastStopTime": self.stopped_at or self.paused_at,
            "recording": self.stopped_at is None,
            # The model says "Success"; AWS answers in capitals all the same.
            "lastStatus": "SUCCESS",
            "lastStatusChangeTime": self.stopped_at or now,
        }

    def _group(self) -> dict[str, Any]:
        everything = not (self.excluded or self.only)
        strategy = "ALL_SUPPORTED" if everything else "INCLUSION_BY" if self.only else "EXCLUSION_BY"
        return {
            "allSupported": everything,
            "includeGlobalResourceTypes": everything and self.global_types,
            "resourceTypes": sorted(self.only),
            "exclusionByResourceTypes": {"resourceTypes": sorted(self.excluded)},
            "recordingStrategy": {"useOnly": f"{strategy}_RESOURCE_TYPES"},
        }

    def _mode(self) -> dict[str, Any]:
        usual, other = ("DAILY", "CONTINUOUS") if self.daily else ("CONTINUOUS", "DAILY")
        override = {"resourceTypes": sorted(self.otherwise), "recordingFrequency": other}
        return {
            "recordingFrequency": usual,
            "recordingModeOverrides": [override] if self.otherwise else [],
        }


def recorder_arn(place: Place) -> str:
    """What AWS calls the one recorder of a place."""
    account_id, region = place
    ident = sha256(f"recorder/{place}".encode()).hexdigest()[:16]
    return f"arn:aws:config:{region}:{account_id}:configuration-recorder/default/{ident}"
