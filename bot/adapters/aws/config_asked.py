"""One account's and region's Config, asked at a pace that it allows, with its refusals in our words.

Reads are limited to a few a second for an account and region, and AWS tells nobody how many: botocore slows down by
itself when it hears of it (https://docs.aws.amazon.com/boto3/latest/guide/retries.html).
"""

from typing import Any

from botocore.config import Config
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking, code
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.session import SETTINGS
from bot.core.configuration.item import Place
from bot.errors import Upstream

PATIENT = SETTINGS.merge(Config(retries={"mode": "adaptive", "total_max_attempts": 8}))
"""What a client of Config's is made with."""
HASTY = SETTINGS.merge(
    Config(retries={"mode": "adaptive", "total_max_attempts": 3}, connect_timeout=3, read_timeout=10)
)
"""What one is made with where many places are swept, of which some can't be reached."""

NO_RECORDER = "NoAvailableConfigurationRecorderException"
ABSENT = frozenset({NO_RECORDER, "ResourceNotDiscoveredException"})
"""That a place has no record of something, of whatever kind."""
# An answer of another form than AWS documents; botocore itself stumbles over some of them.
_ODD = (AttributeError, LookupError, ResponseParserError, TypeError, ValueError)


class Asked:
    """Config of one place, as boto3's `client` there tells it; safe to share between threads."""

    def __init__(self, place: Place, client: Any, pace: Pace) -> None:
        self.place = place
        self._client = client
        self._pace = pace

    def ask(self, operation: str, tally: Tally, *, holds: str = "", **words: Any) -> dict[str, Any]:
        """One request; raises AccessDenied, Throttled, Upstream (`code` tells which of Config's own it was).

        An answer without the field that it `holds` whatever it says is no answer: botocore makes nothing of a
        proxy's page, and nothing must never look like a resource that did not change.
        """
        action = f"config:{''.join(part.capitalize() for part in operation.split('_'))}"
        self._pace.wait()
        tally.add()
        try:
            with asking(action, f"for AWS Config in {self.place.region}"):
                answer = dict(getattr(self._client, operation)(**words))
        except Upstream as error:
            if code(error) in ABSENT:
                tally.answer()
            raise
        except _ODD as error:
            raise _odd(action) from error
        if holds and not isinstance(answer.get(holds), list):
            raise _odd(action)
        tally.answer()
        return answer


def _odd(action: str) -> Upstream:
    return Upstream(
        f"AWS Config answered {action} in a form that I don't know.",
        "Check AWS_ENDPOINT_URL_CONFIG_SERVICE if it is set.",
    )
