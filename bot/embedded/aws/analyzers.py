"""IAM Access Analyzer's analyzers, by account and region; what they find is not served.

https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html
"""

from datetime import datetime
from typing import Any, ClassVar

from moto.core.responses import ActionResult, BaseResponse

from bot.embedded.aws.config.recordings import Place

Json = dict[str, Any]


class Analyzers(BaseResponse):
    """One request; a subclass carries the stand-in's analyzers."""

    analyzers: ClassVar[dict[Place, list[Json]]]

    def __init__(self) -> None:
        super().__init__(service_name="accessanalyzer")

    def list_analyzers(self) -> ActionResult:
        """Those of a place, of one type where that is asked for; there are too few for pages."""
        self.parse_parameters(self.normalized_request)
        kind = dict(self.params).get("type")
        here = self.analyzers.get((self.current_account, self.region), [])
        return ActionResult({"analyzers": [each for each in here if kind in (None, each["type"])]})


def analyzer(place: Place, name: str, made: datetime, kind: str = "ACCOUNT") -> Json:
    """An analyzer that is at work."""
    account_id, region = place
    arn = f"arn:aws:access-analyzer:{region}:{account_id}:analyzer/{name}"
    return {"arn": arn, "name": name, "type": kind, "createdAt": made, "status": "ACTIVE"}
