"""The fields of a finding that Noroshi reads; everything that may be missing is optional.

Identifiers that end in a link are checked. Shape: botocore's GuardDuty model, by its location names
(reference: guardduty §2, §7).
"""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from bot.core.findings.action import Action, Listed, Part, RemoteIp
from bot.core.findings.resource import Resource
from bot.core.findings.sequence import Detection
from bot.core.moment import Moment


class Process(Part):
    """What ran."""

    name: str | None = None
    executable_path: str | None = None
    user: str | None = None


class Runtime(Part):
    """What the agent on the machine saw."""

    process: Process | None = None


class Named(Part):
    """A threat by its name."""

    name: str | None = None


class ByName(Part):
    """What a scan of a disk found."""

    threat_names: Annotated[tuple[Named, ...], Listed] = ()


class Detections(Part):
    """A disk scan's results."""

    threat_detected_by_name: ByName | None = None


class DiskScan(Part):
    """A scan of a disk."""

    scan_detections: Detections | None = None


class FileScan(Part):
    """A scan of an object or a backup."""

    threats: Annotated[tuple[Named, ...], Listed] = ()


class Intelligence(Part):
    """A list that the address or name stands on."""

    threat_list_name: str | None = None
    threat_names: Annotated[tuple[str, ...], Listed] = ()


class Evidence(Part):
    """Why the far end is called bad."""

    threat_intelligence_details: Annotated[tuple[Intelligence, ...], Listed] = ()


class Service(Part):
    """How GuardDuty saw it; `resource_role` is TARGET or ACTOR."""

    count: int | None = None
    archived: bool = False
    event_first_seen: Moment = None
    event_last_seen: Moment = None
    resource_role: str | None = None
    action: Action | None = None
    additional_info: dict[str, Any] | None = None
    detection: Detection | None = None
    evidence: Evidence | None = None
    runtime_details: Runtime | None = None
    ebs_volume_scan_details: DiskScan | None = None
    malware_scan_details: FileScan | None = None

    @property
    def threats(self) -> tuple[str, ...]:
        """The names of what a scan found."""
        return tuple(dict.fromkeys(name for name in self._threats() if name))

    def _threats(self) -> Iterator[str | None]:
        disk = self.ebs_volume_scan_details and self.ebs_volume_scan_details.scan_detections
        by_name = disk and disk.threat_detected_by_name
        for held in (
            by_name and by_name.threat_names,
            self.malware_scan_details and self.malware_scan_details.threats,
        ):
            yield from (threat.name for threat in held or ())


class Finding(Part):
    """One finding, as EventBridge carries it in `detail`."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,300}$")]
    type: str
    severity: float
    account_id: str
    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    partition: str = "aws"
    title: str | None = None
    description: str | None = None
    created_at: Moment = None
    updated_at: Moment = None
    resource: Annotated[Resource, BeforeValidator(lambda value: value or {})] = Field(
        default_factory=Resource
    )
    service: Annotated[Service, BeforeValidator(lambda value: value or {})] = Field(default_factory=Service)

    @property
    def remote(self) -> RemoteIp | None:
        """The far end of what was done."""
        return self.service.action.remote() if self.service.action else None
