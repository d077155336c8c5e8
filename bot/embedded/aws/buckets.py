"""Puts objects straight into moto's S3, thousands in a second, and lists them back for Athena."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from moto.s3.models import FakeBucket, FakeKey, PublicAccessBlock, s3_backends

from bot.embedded.aws.accounts import PARTITION


def make_bucket(account_id: str, region: str, name: str) -> None:
    """Make an empty bucket."""
    s3_backends[account_id][PARTITION].create_bucket(name, region)


def close_bucket(bucket: FakeBucket, ownership: str = "BucketOwnerEnforced") -> None:
    """As a bucket comes into the world: all four flags on, and ACLs off unless its maker wants them.

    S3 user guide, "Default settings for new buckets" (since April 2023).
    """
    bucket.public_access_block = PublicAccessBlock(*(["true"] * 4))
    bucket.ownership_rule = ownership


def put_objects(account_id: str, bucket: str, files: Iterable[tuple[str, bytes]]) -> int:
    """Put each (key, bytes) without HTTP; gives how many there were. The bucket must be there."""
    backend = s3_backends[account_id][PARTITION]
    count = 0
    for key, body in files:
        backend.put_object(bucket, key, body, disable_notification=True)
        count += 1
    return count


def find_bucket(name: str) -> FakeBucket | None:
    """The bucket by name, whoever owns it: names are the whole world's in S3."""
    owner = s3_backends.bucket_accounts.get(name)
    return s3_backends[owner[1]][owner[0]].buckets.get(name) if owner else None


class Listing:
    """A bucket's objects as they are now, for many prefixes."""

    def __init__(self, bucket: FakeBucket) -> None:
        self._bucket = bucket
        self._names = sorted(list(bucket.keys))  # noqa: C414 - the copy is made at once, while others write

    def under(self, prefix: str) -> Iterator[FakeKey]:
        """The objects whose key begins with `prefix`, in the order of their keys."""
        for number in range(bisect_left(self._names, prefix), len(self._names)):
            if not self._names[number].startswith(prefix):
                return
            newest = self._bucket.keys.get(self._names[number])
            if isinstance(newest, FakeKey):  # a delete marker, or gone, otherwise
                yield newest
