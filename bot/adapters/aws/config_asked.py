"""One account's and region's Config, asked at a pace that it allows, with its refusals in our words.

Reads are limited to a few a second for an account and region, and AWS tells nobody how many: botocore slows down by
itself when it hears of it (https://docs.aws.amazon.com/boto3/latest/guide/retries.html).
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import SETTINGS
from bot.core.configuration.item import Place
from bot.errors import NoroshiError, Upstream

PATIENT = SETTINGS.merge(Config(retries={"mode": "adaptive", "total_max_attempts": 10}))
"""What a client of Config's is made with."""

NO_RECORDER = "NoAvailableConfigurationRecorderException"
ABSENT = frozenset({NO_RECORDER, "ResourceNotDiscoveredException"})
"""That a place has no record of something, of whatever kind."""
_AT_ONCE = 10
_SECONDS_APART = 0.1
# An answer of another form than AWS documents; botocore itself stumbles over some of them.
_ODD = (AttributeError, LookupError, ResponseParserError, TypeError, ValueError)


class Tally:
    """Counts the requests of one question, and those that were answered, from whichever threads they come."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls = self.answered = 0

    def add(self) -> None:
        """One more request."""
        with self._lock:
            self.calls += 1

    def answer(self) -> None:
        """One more answer; that there is nothing is one too."""
        with self._lock:
            self.answered += 1


class Pace:
    """Lets ten requests go at once and ten a second after them; time is in seconds."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = float("-inf")

    def wait(self) -> None:
        """Return when it is one's turn."""
        with self._lock:
            now = self._clock()
            turn = max(self._next, now - _AT_ONCE * _SECONDS_APART)
            self._next = turn + _SECONDS_APART
        if turn > now:
            self._sleep(turn - now)


class Asked:
    """Config of one place, as boto3's `client` there tells it; safe to share between threads."""

    def __init__(self, place: Place, client: Any, pace: Pace) -> None:
        self.place = place
        self._client = client
        self._pace = pace

    def ask(self, operation: str, tally: Tally, **words: Any) -> dict[str, Any]:
        """One request; raises AccessDenied, Throttled, Upstream (`code` tells which of Config's own it was)."""
        action = f"config:{''.join(part.capitalize() for part in operation.split('_'))}"
        self._pace.wait()
        tally.add()
        try:
            with asking(action, f"in {self.place.region}"):
                answer = dict(getattr(self._client, operation)(**words))
        except Upstream as error:
            if code(error) in ABSENT:
                tally.answer()
            raise
        except _ODD as error:
            raise Upstream(
                f"AWS Config answered {action} in a form that I don't know.",
                "Check AWS_ENDPOINT_URL_CONFIG_SERVICE if it is set.",
            ) from error
        tally.answer()
        return answer


def code(error: NoroshiError) -> str:
    """AWS's code of what was refused, "" where it was no refusal."""
    cause = error.__cause__
    return str(cause.response.get("Error", {}).get("Code", "")) if isinstance(cause, ClientError) else ""
