"""What lets everybody into buckets, as S3 tells it.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from collections.abc import Sequence
from typing import Any

from bot.adapters.aws.ways import Ways
from bot.adapters.aws.errors import asking
from bot.adapters.aws.session import client
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.errors import NotFound
from bot.ports import Progress


class S3PublicAccess:
    """Satisfies `bot.ports.PublicAccess`; `ways` lead to the accounts."""

    def __init__(self, ways: Ways, _names: object = None) -> None:
        self._ways = ways

    def survey(self, accounts: Sequence[str], regions: Sequence[str], progress: Progress) -> Survey:
        """Every bucket of the accounts, of these regions alone where some are named."""
        home = self._ways.home().account_id
        progress("Listing the buckets…")
        found = [one for each in accounts or (home,) for one in self._buckets(each)]
        wanted = [one for one in found if not regions or one.region in regions]
        return Survey(tuple(_judged(one) for one in wanted), accounts=len(accounts) or 1)

    def whole(self, bucket: str, account_id: str, progress: Progress) -> Judged:
        """One bucket; raises NotFound."""
        progress(f"Looking for {bucket}…")
        for one in self._buckets(account_id or self._ways.home().account_id):
            if one.name == bucket:
                return _judged(one)
        raise NotFound(f"There is no bucket {bucket}.")

    def _buckets(self, account_id: str) -> list[Bucket]:
        s3: Any = client("s3", session=self._ways.session(account_id))
        with asking("s3:ListAllMyBuckets"):
            pages = list(s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 1000}))
        told = [each for page in pages for each in page.get("Buckets") or ()]
        return [
            Bucket(each["Name"], account_id, each.get("BucketRegion") or "", each.get("CreationDate"))
            for each in told
        ]


def _judged(bucket: Bucket) -> Judged:
    facts = Facts(bucket.name)
    return Judged(bucket, facts, verdict(facts))
