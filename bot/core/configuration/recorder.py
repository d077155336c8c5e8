"""What a region's recorder does, as one look found it.

https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorder.html
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.configuration.item import Place

GLOBAL = frozenset(f"AWS::IAM::{kind}" for kind in ("User", "Group", "Role", "Policy"))
"""What `includeGlobalResourceTypes` is about (docs: AWS Config API reference, RecordingGroup)."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """The recorder of an account and region. `recording` is None where AWS would not say (`refused` says why).

    `there` is False where Config was never switched on. With `all_types` it records everything but `excluded`
    (and IAM only with `global_types`), else `types` alone. `daily`: types that are recorded once a day;
    `daily_by_default`: all others are too, but for those that are `continuous`. `started_at` and `stopped_at`
    are the latest of their kind.
    """

    place: Place
    there: bool = True
    recording: bool | None = None
    all_types: bool = False
    global_types: bool = False
    types: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    daily: frozenset[str] = frozenset()
    daily_by_default: bool = False
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    refused: str = ""
    action: str = ""
    """The missing IAM action, where it was a refusal."""
    continuous: frozenset[str] = frozenset()

    def records(self, resource_type: str) -> Literal["yes", "no", "unknown"]:
        """Whether this type is among those that it would record, running or not."""
        if not self.there:
            return "no"
        if self.recording is None:
            return "unknown"
        if not self.all_types:
            return "yes" if resource_type in self.types else "no"
        left_out = resource_type in self.excluded or (resource_type in GLOBAL and not self.global_types)
        return "no" if left_out else "yes"

    def is_daily(self, resource_type: str) -> bool:
        """Whether it records this type once a day, so that changes between are lost."""
        return resource_type in self.daily or (self.daily_by_default and resource_type not in self.continuous)
