"""Every bucket of many accounts: the accounts side by side, and within each so many buckets at once."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from bot.adapters.aws.s3_asked import AT_ONCE, Asked
from bot.adapters.aws.s3_calls import LIST
from bot.adapters.aws.s3_judging import Judge
from bot.core.amounts import counted
from bot.core.public.bucket import Bucket, Judged
from bot.ports import Progress

_PAGE: Final = 10_000
"""All that a page may hold; without any number S3 doesn't say where a bucket is."""
_EVERY_SECONDS: Final = 1.0


def listed(asked: Asked, prefix: str = "") -> Iterator[Bucket]:
    """The account's buckets, page by page; raises AccessDenied, Throttled, Upstream."""
    token = ""
    seen = {token}
    begin = {"Prefix": prefix} if prefix else {}
    while True:
        more = {"ContinuationToken": token} if token else {}
        page = asked.ask(LIST, MaxBuckets=_PAGE, **begin, **more)
        for told in page.get("Buckets") or ():
            yield Bucket(
                str(told["Name"]), asked.account_id, told.get("BucketRegion") or "", told.get("CreationDate")
            )
        token = str(page.get("ContinuationToken") or "")
        if token in seen:
            return
        seen.add(token)


@dataclass(slots=True)
class Telling:
    """Says how far it is, at most about once a second, from whichever threads; `clock` counts seconds."""

    progress: Progress
    accounts: int
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _said_at: float = float("-inf")
    _finished: int = 0

    def far(self, account: str, done: int, total: int) -> None:
        """So many of an account's buckets are done."""
        with self._lock:
            if self.clock() < self._said_at + _EVERY_SECONDS:
                return
            self._said_at = self.clock()
            words = f"{account}: {done:,} of {counted(total, 'bucket')}"
            if self.accounts > 1:
                words += f"; {self._finished:,} of {counted(self.accounts, 'account')} done"
            self.progress(f"{words}…")

    def finished(self) -> None:
        """One more account is done."""
        with self._lock:
            self._finished += 1


def judged(asked: Asked, name: str, regions: Sequence[str], telling: Telling) -> list[Judged]:
    """All buckets of one account, in these regions alone where some are named; raises what `listed` does."""
    buckets = list(listed(asked))
    # One whose region S3 won't tell may be in any.
    wanted = [one for one in buckets if not regions or one.region in {*regions, ""}]
    found: list[Judged] = []
    if wanted:
        judge = Judge(asked)
        with ThreadPoolExecutor(min(AT_ONCE, len(wanted)), "noroshi-s3") as pool:
            for one in pool.map(judge.judge, wanted):
                found.append(one)
                telling.far(name, len(found), len(wanted))
    telling.finished()
    return [one for one in found if not regions or one.bucket.region in {*regions, ""}]
