"""Whether AWS Config records at home, and whether the bot may read what it recorded."""

from collections.abc import Callable
from typing import Any

import boto3

from bot.adapters.aws.config_asked import Asked
from bot.adapters.aws.config_recorder import Recorders
from bot.adapters.aws.config_ways import ConfigWays
from bot.adapters.aws.pace import Tally
from bot.core.check import Check, Found
from bot.core.span import iso
from bot.errors import AccessDenied, Upstream

_TYPE, _NOTHING = "AWS::EC2::SecurityGroup", "sg-0000000000000000"
# Each question once, about nothing: whoever is refused for another reason may ask.
_ASKED: dict[str, dict[str, Any]] = {
    "get_resource_config_history": {"resourceType": _TYPE, "resourceId": _NOTHING, "limit": 1},
    "list_discovered_resources": {"resourceType": _TYPE, "limit": 1},
    "select_resource_config": {
        "Expression": f"SELECT resourceId WHERE resourceId = '{_NOTHING}'",
        "Limit": 1,
    },
    "describe_configuration_aggregators": {"Limit": 1},
    "describe_config_rules": {},
    "describe_compliance_by_config_rule": {},
    "get_compliance_details_by_resource": {"ResourceType": _TYPE, "ResourceId": _NOTHING},
}


def config_checks(session: Callable[[], boto3.Session]) -> list[Check]:
    """What `/config` needs; the session is made when looked with."""
    return [
        Check("config", "recorder", lambda: recorder(ConfigWays(session))),
        Check("config", "what it recorded", lambda: reading(ConfigWays(session))),
    ]


def recorder(ways: ConfigWays) -> Found:
    """Whether something records at home (docs: AWS Config, Working with the configuration recorder)."""
    home = ways.home()
    found = Recorders(ways.to).at(home)
    if not found.there:
        return Found(
            "off",
            f"AWS Config is not switched on in {home.region}: /config has nothing to show there",
            "AWS Config developer guide: Setting up AWS Config",
        )
    if found.recording is None:
        return Found("missing", found.refused, f"Allow {found.action}" if found.action else "")
    if not found.recording:
        since = f" since {iso(found.stopped_at)}" if found.stopped_at else ""
        return Found(
            "missing",
            f"the recorder of {home.region} has been stopped{since}",
            "aws configservice start-configuration-recorder --configuration-recorder-name default",
        )
    what = "all types" if found.all_types else f"{len(found.types)} types"
    less = f" but {len(found.excluded)}" if found.all_types and found.excluded else ""
    iam = "" if found.records("AWS::IAM::Role") == "yes" else ", IAM not among them"
    return Found("ok", f"records {what}{less} in {home.region}{iam}")


def reading(ways: ConfigWays) -> Found:
    """Whether each question may be asked."""
    asked = ways.to(ways.home())
    missing = [action for operation in _ASKED if (action := _missing(asked, operation))]
    if missing:
        return Found("missing", f"the bot may not {', '.join(missing)}", f"Allow {', '.join(missing)} to it")
    return Found("ok", f"{len(_ASKED)} kinds of questions are allowed in {asked.place.region}")


def _missing(asked: Asked, operation: str) -> str:
    """The action that is refused, "" where it may be asked; raises where Config can't be asked at all."""
    try:
        asked.ask(operation, Tally(), **_ASKED[operation])
    except AccessDenied as error:
        return error.action
    except Upstream as error:
        if error.hint:  # nobody could be asked: no credentials, no network
            raise
    return ""
