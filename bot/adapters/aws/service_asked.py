"""One service of one account and region, asked at a pace, with its refusals in our words."""

from typing import Any, Final

from botocore.config import Config
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.session import SETTINGS
from bot.errors import Upstream

PATIENT: Final = SETTINGS.merge(
    Config(retries={"mode": "adaptive", "total_max_attempts": 6}, connect_timeout=3, read_timeout=15)
)
"""What a client is made with: many places are swept, of which some can't be reached."""
# An answer of another form than AWS documents; botocore itself stumbles over some of them.
_ODD: Final = (AttributeError, LookupError, ResponseParserError, TypeError, ValueError)
_TOKENS: Final = ("NextToken", "nextToken", "Marker")
"""How pages go on: EC2's and CloudTrail's way, the newer services', and IAM's and RDS's."""


class ServiceAsked:
    """A service as boto3's `client` there tells it; safe to share between threads."""

    def __init__(self, client: Any, pace: Pace, tally: Tally) -> None:
        self._client, self._pace, self._tally = client, pace, tally

    @property
    def service(self) -> str:
        """As IAM calls it: `ec2`."""
        return str(self._client.meta.service_model.service_name)

    def action(self, operation: str) -> str:
        """The IAM action of an operation as boto3 names it: `ec2:DescribeSecurityGroups`."""
        return f"{self.service}:{self._client.meta.method_to_api_mapping[operation]}"

    def ask(self, operation: str, holds: str = "", **words: Any) -> dict[str, Any]:
        """One request; raises AccessDenied, Throttled, Upstream (`code` tells AWS's own).

        An answer without the field that it `holds` whatever it says is no answer: nothing must never look like
        nothing found.
        """
        action = self.action(operation)
        self._pace.wait()
        self._tally.add()
        try:
            with asking(action):
                answer = dict(getattr(self._client, operation)(**words))
        except _ODD as error:
            raise self._odd(action) from error
        if holds and holds not in answer:
            raise self._odd(action)
        self._tally.answer()
        return answer

    def pages(self, operation: str, holds: str, **words: Any) -> list[Any]:
        """All that the pages list under `holds`; raises what `ask` does."""
        found: list[Any] = []
        more: dict[str, str] = {}
        while True:
            answer = self.ask(operation, holds, **words | more)
            found += answer[holds]
            token = {name: str(answer[name]) for name in _TOKENS if answer.get(name)}
            if not token or token == more:
                return found
            more = token

    def _odd(self, action: str) -> Upstream:
        return Upstream(
            f"AWS answered {action} in a form that I don't know.",
            "Check AWS_ENDPOINT_URL, and proxies, if they are set.",
        )
