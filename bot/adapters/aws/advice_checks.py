"""Whether the bot may ask what `/advisor` needs, at home."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import boto3

from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.trusted_advisor import TrustedAdvisor
from bot.adapters.aws.ways import Ways
from bot.core.check import Check, Found, State
from bot.errors import AccessDenied, Upstream

_NONE: Final = "noroshi-asks"
"""No snapshot's name: rights are looked at before names are."""
_QUESTIONS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("ec2", "describe_regions", {}),
    ("ec2", "describe_security_groups", {"MaxResults": 5}),
    ("ec2", "describe_network_interfaces", {"MaxResults": 5}),
    ("ec2", "describe_snapshots", {"OwnerIds": ["self"], "MaxResults": 5}),
    ("ec2", "get_snapshot_block_public_access_state", {}),
    ("ec2", "get_managed_prefix_list_entries", {"PrefixListId": "pl-00000000"}),
    ("rds", "describe_db_instances", {"MaxRecords": 20}),
    ("rds", "describe_db_snapshots", {"MaxRecords": 20}),
    ("rds", "describe_db_cluster_snapshots", {"MaxRecords": 20}),
    ("rds", "describe_db_snapshot_attributes", {"DBSnapshotIdentifier": _NONE}),
    ("rds", "describe_db_cluster_snapshot_attributes", {"DBClusterSnapshotIdentifier": _NONE}),
    ("iam", "get_account_summary", {}),
    ("iam", "get_account_password_policy", {}),
    ("iam", "generate_credential_report", {}),
    ("iam", "get_credential_report", {}),
)


def advice_checks(session: Callable[[], boto3.Session]) -> list[Check]:
    """What `/advisor` needs beside what `/s3` and trails do; the session is made when looked with."""
    return [
        Check("advisor", "own checks", lambda: own_checks(Places(Ways(session)))),
        Check("advisor", "Trusted Advisor", lambda: trusted_advisor(Places(Ways(session)))),
    ]


def own_checks(places: Places) -> Found:
    """Each question once, in our own account and region; raises Upstream where AWS can't be asked at all."""
    missing = [action for each in _QUESTIONS if (action := _missing(places, *each))]
    if missing:
        return Found("missing", f"the bot may not {', '.join(missing)}", f"Allow {', '.join(missing)} to it")
    return Found("ok", f"{len(_QUESTIONS)} kinds of questions are allowed")


def trusted_advisor(places: Places) -> Found:
    """Whether it answers; without a paid plan it does not, and all is well: our own checks need none."""
    made = TrustedAdvisor(places, now=lambda: datetime.now(UTC))
    told = made.opinions((_NONE,), places.ways.home().account_id, Tally())
    if told.plan == "yes":
        return Found("ok", "it answers")
    state: State = "ok" if told.plan == "no" else "off"
    return Found(state, f"{told.why}; /advisor has our own checks")


def _missing(places: Places, service: str, operation: str, words: dict[str, Any]) -> str:
    """The action that is refused, "" where it may be asked; raises where AWS can't be asked at all."""
    home = places.ways.home()
    try:
        places.to(service, home.account_id, home.region, Tally()).ask(operation, **words)
    except AccessDenied as error:
        return error.action
    except Upstream as error:
        if error.hint:  # nobody could be asked: no credentials, no network
            raise
    return ""
