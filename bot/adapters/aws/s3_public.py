"""What lets everybody into buckets, as S3 tells it.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from botocore.config import Config

from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.s3_asked import AT_ONCE, PATIENT, Asked
from bot.adapters.aws.s3_owner import owned
from bot.adapters.aws.s3_survey import Telling, judged
from bot.adapters.aws.s3_whole import whole
from bot.adapters.aws.together import Refusals, together
from bot.adapters.aws.unasked import unasked
from bot.adapters.aws.ways import Ways
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.ports import Progress

_PER_SECOND: Final = 400.0
"""So many requests a second in one account; S3's own limits for these calls are not documented."""
_NAMELESS: Final[Mapping[str, str]] = MappingProxyType({})


def _pace() -> Pace:
    return Pace(AT_ONCE, _PER_SECOND)


class S3PublicAccess:
    """Satisfies `bot.ports.PublicAccess`; `ways` lead to the accounts, `names` are theirs by id. Many threads may ask.

    `clock` counts seconds. Beside what the port names, NotConfigured is raised where no role leads to the only
    account that was named.
    """

    def __init__(
        self,
        ways: Ways,
        names: Mapping[str, str] = _NAMELESS,
        *,
        pace: Callable[[], Pace] = _pace,
        settings: Config = PATIENT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ways, self._names = ways, names
        self._settings, self._clock = settings, clock
        self._make_pace, self._lock = pace, threading.Lock()
        self._paces: dict[str, Pace] = {}

    def survey(self, accounts: Sequence[str], regions: Sequence[str], progress: Progress) -> Survey:
        """Every bucket, of each so much as its verdict needs; what is refused on the way is told, not raised."""
        progress("Listing the buckets…")
        asking = tuple(dict.fromkeys(accounts)) or self._accounts()
        tally, refusals = Tally(), Refusals("s3-refused")
        telling = Telling(progress, len(asking), self._clock)
        asks = [(self._words(each), partial(self._judged, each, regions, telling, tally)) for each in asking]
        answers = together(asks, refusals)
        refusals.raise_if_alone(tally)
        return Survey(
            judged=tuple(one for each in answers for one in each),
            caveats=(*refusals.caveats("blind"), *(unasked(self._ways, self._names) if not accounts else ())),
            accounts=len(answers),
            api_calls=tally.calls,
        )

    def whole(self, bucket: str, account_id: str, progress: Progress) -> Judged:
        """One bucket with everything read, wherever it is; raises NotFound, also for somebody else's."""
        if Facts(bucket).is_directory:
            return self._directory(bucket, account_id)
        progress(f"Looking for {bucket}…")
        tally = Tally()
        accounts = (account_id,) if account_id else self._accounts()
        asked, found = owned(bucket, accounts, lambda each: self._asked(each, tally), self._words)
        progress(f"Reading what lets people into {bucket}…")
        return whole(asked, found)

    def _directory(self, bucket: str, account_id: str) -> Judged:
        """A directory bucket is always private, and S3 refuses these calls on it: nobody is asked."""
        facts = Facts(bucket)
        return Judged(Bucket(bucket, account_id or self._ways.home().account_id), facts, verdict(facts))

    def _judged(
        self, account_id: str, regions: Sequence[str], telling: Telling, tally: Tally
    ) -> list[Judged]:
        return judged(self._asked(account_id, tally), self._words(account_id), regions, telling)

    def _accounts(self) -> tuple[str, ...]:
        """Our own first, then all that a role leads to."""
        return tuple(
            dict.fromkeys([self._ways.home().account_id, *(each.account_id for each in self._ways.others())])
        )

    def _asked(self, account_id: str, tally: Tally) -> Asked:
        session = self._ways.session(account_id)
        with self._lock:
            pace = self._paces.setdefault(account_id, self._make_pace())
        return Asked(account_id, session, pace=pace, tally=tally, settings=self._settings)

    def _words(self, account_id: str) -> str:
        return self._names.get(account_id) or account_id or "this account"
