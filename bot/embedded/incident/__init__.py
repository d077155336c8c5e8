"""The incident that the embedded world tells: who Acme is, what happens there, and who steals from it.

`Incident(seed, now)` names every actor and resource; `log_files` is the log bucket up to `now`, `records` the
thief's own calls, `findings` what GuardDuty makes of them,
`configuration_items` what AWS Config recorded, `changes` and `upkeep` the calls behind it. The same seed and `now` give the same bytes anywhere.
"""

from bot.embedded.incident.archive import Written, write_archive
from bot.embedded.incident.company import Account, Bucket, Company, Person, Place
from bot.embedded.incident.configuration import (
    Configured,
    changes,
    configuration_items,
    recording_paused,
    recording_resumed,
    recording_since,
    upkeep,
)
from bot.embedded.incident.day import ORDINARY, Volume
from bot.embedded.incident.delivery import LogFile
from bot.embedded.incident.findings import Finding, eventbridge, findings, guardduty_api
from bot.embedded.incident.logs import log_files
from bot.embedded.incident.story import DAYS, Incident, Timeline
from bot.embedded.incident.theft import records

__all__ = [
    "DAYS",
    "ORDINARY",
    "Account",
    "Bucket",
    "Company",
    "Configured",
    "Finding",
    "Incident",
    "LogFile",
    "Person",
    "Place",
    "Timeline",
    "Volume",
    "Written",
    "changes",
    "configuration_items",
    "eventbridge",
    "findings",
    "guardduty_api",
    "log_files",
    "recording_paused",
    "recording_resumed",
    "recording_since",
    "records",
    "upkeep",
    "write_archive",
]
