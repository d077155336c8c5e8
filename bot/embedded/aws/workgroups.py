"""UpdateWorkGroup, which moto lacks.

https://docs.aws.amazon.com/athena/latest/APIReference/API_UpdateWorkGroup.html
"""

import json
from typing import Any

from moto.core.responses import EmptyResult

from bot.embedded.aws.athena.responses import Athena
from bot.embedded.aws.errors import InvalidRequest

_PLAIN = ("BytesScannedCutoffPerQuery", "EnforceWorkGroupConfiguration", "PublishCloudWatchMetricsEnabled")
_KNOWN = {*_PLAIN, "ResultConfigurationUpdates", "RemoveBytesScannedCutoffPerQuery"}


class Workgroups(Athena):
    """One request."""

    def update_work_group(self) -> EmptyResult:
        """Change a workgroup's settings; one that is not known here is refused by name."""
        asked = json.loads(self.body)
        group = self.athena_backend.work_groups.get(asked["WorkGroup"])
        if group is None:
            raise InvalidRequest(f"WorkGroup {asked['WorkGroup']} is not found.")
        updates: dict[str, Any] = asked.get("ConfigurationUpdates", {})
        if unknown := updates.keys() - _KNOWN:
            raise InvalidRequest(f"The AWS stand-in does not update {', '.join(sorted(unknown))}.")
        settings = group.configuration
        settings |= {name: updates[name] for name in _PLAIN if name in updates}
        if updates.get("RemoveBytesScannedCutoffPerQuery"):
            settings.pop("BytesScannedCutoffPerQuery", None)
        location = updates.get("ResultConfigurationUpdates", {}).get("OutputLocation")
        if location:
            settings.setdefault("ResultConfiguration", {})["OutputLocation"] = location
        return EmptyResult()
