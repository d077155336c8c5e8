"""GuardDuty of one account and region, asked at a pace, with its refusals in our words."""

from typing import Any

from botocore.config import Config
from botocore.model import Shape
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.findings_form import detail
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.session import SETTINGS
from bot.core.configuration.item import Place
from bot.errors import Upstream

PATIENT = SETTINGS.merge(
    Config(retries={"mode": "adaptive", "total_max_attempts": 6}, connect_timeout=3, read_timeout=10)
)
"""What a client is made with: many places are swept, of which some can't be reached."""
# An answer of another form than AWS documents; botocore itself stumbles over some of them.
_ODD = (AttributeError, LookupError, ResponseParserError, TypeError, ValueError)


class Asked:
    """GuardDuty of one place, as boto3's `client` there tells it; safe to share between threads."""

    def __init__(self, place: Place, client: Any, pace: Pace, tally: Tally) -> None:
        self.place = place
        self._client, self._pace, self._tally = client, pace, tally

    def ask(self, operation: str, holds: str = "", **words: Any) -> dict[str, Any]:
        """One request; raises AccessDenied, Throttled, Upstream.

        An answer without the field that it `holds` whatever it says is no answer: nothing must never look like
        nothing found.
        """
        action = f"guardduty:{''.join(part.capitalize() for part in operation.split('_'))}"
        self._pace.wait()
        self._tally.add()
        try:
            with asking(action, f"for GuardDuty in {self.place.region}"):
                answer = dict(getattr(self._client, operation)(**words))
        except _ODD as error:
            raise _odd(action) from error
        if holds and not isinstance(answer.get(holds), list | dict):
            raise _odd(action)
        self._tally.answer()
        return answer

    def pages(self, operation: str, holds: str, most: int, **words: Any) -> tuple[list[Any], bool]:
        """The first `most` of what the pages list under `holds`, at least one page of them; and whether that is all."""
        found: list[Any] = []
        token = ""
        while True:
            answer = self.ask(operation, holds, **words, **({"NextToken": token} if token else {}))
            found += answer[holds]
            last, token = token, str(answer.get("NextToken") or "")
            if not token or token == last:
                return found, True
            if len(found) >= most:
                return found, False

    def detail(self, finding: dict[str, Any]) -> dict[str, Any]:
        """A finding of this answer in the form that EventBridge has."""
        operation = self._client.meta.service_model.operation_model("GetFindings")
        form: Shape = operation.output_shape.members["Findings"].member
        return dict(detail(finding, form))


def _odd(action: str) -> Upstream:
    return Upstream(
        f"GuardDuty answered {action} in a form that I don't know.",
        "Check AWS_ENDPOINT_URL_GUARDDUTY if it is set.",
    )
