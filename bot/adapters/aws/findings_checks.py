"""Whether the bot may ask GuardDuty what it found, at home."""

from collections.abc import Callable
from typing import Any

import boto3

from bot.adapters.aws.findings_stations import Stations
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.ways import Ways
from bot.core.check import Check, Found
from bot.errors import AccessDenied

_NOWHERE = "0" * 32
"""An id that no finding has: GuardDuty answers with none, where it may be asked."""
_TRIES: dict[str, dict[str, Any]] = {
    "get_detector": {},
    "get_administrator_account": {},
    "list_members": {"MaxResults": 1},
    "list_findings": {"MaxResults": 1},
    "get_findings": {"FindingIds": [_NOWHERE]},
    "get_findings_statistics": {"GroupBy": "SEVERITY", "MaxResults": 1},
}


def findings_checks(session: Callable[[], boto3.Session]) -> list[Check]:
    """What `/guardduty` needs; the session is made when looked with."""
    return [Check("guardduty", "findings", lambda: findings(Ways(session)))]


def findings(ways: Ways) -> Found:
    """Each question once, in the bot's own region; raises AccessDenied where not even a detector may be listed."""
    asked = Stations(ways).to(ways.home(), Tally())
    detectors = asked.ask("list_detectors", "DetectorIds")["DetectorIds"]
    if not detectors:
        return Found("off", f"GuardDuty is off in {ways.region}: nobody looks there")
    missing = []
    for operation, words in _TRIES.items():
        try:
            asked.ask(operation, DetectorId=str(detectors[0]), **words)
        except AccessDenied as error:
            missing.append(error.action)
    if missing:
        return Found("missing", f"the bot may not {', '.join(missing)}", f"Allow {', '.join(missing)} to it")
    return Found("ok", f"{len(_TRIES) + 1} kinds of questions are allowed in {ways.region}")
