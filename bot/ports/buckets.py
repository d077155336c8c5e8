"""S3's buckets: whether they are there, who may reach them, and their settings."""

from collections.abc import Sequence
from typing import Literal, Protocol

from bot.core.approval.change import Setting
from bot.core.policies.remark import Remark
from bot.core.public.bucket import Bucket, Judged, Survey
from bot.ports.progress import Progress


class Buckets(Protocol):
    """Whether a bucket exists."""

    def exists(self, bucket: str) -> Literal["yes", "no", "unknown"]:
        """`yes` also for a bucket of somebody else's; `unknown` when S3 would not say."""


class PublicAccess(Protocol):
    """What lets everybody into buckets, in every account that the settings let us ask in. Asking changes nothing."""

    def survey(self, accounts: Sequence[str], regions: Sequence[str], progress: Progress) -> Survey:
        """Every bucket, of these accounts and regions alone where some are named.

        Of each only so much is read as its verdict needs. What was denied is unread in its facts, with the missing
        IAM action. Raises AccessDenied (s3:ListAllMyBuckets), Throttled, Upstream where nothing at all can be listed.
        """

    def whole(self, bucket: str, account_id: str, progress: Progress) -> Judged:
        """One bucket with everything read; `account_id` is "" where it has to be found. Raises NotFound."""


class PolicyValidation(Protocol):
    """What reads a policy as IAM would, before anybody puts it."""

    def remarks(self, policy: str, account_id: str, region: str) -> Sequence[Remark]:
        """What is wrong with a bucket's policy, errors first; raises AccessDenied, Throttled, Upstream."""


class BucketSettings(Protocol):
    """A bucket's settings, as an approved fix changes them. All raise NotFound, AccessDenied, Throttled, Upstream."""

    def read(self, bucket: Bucket, setting: Setting) -> str | None:
        """The value as it is now, whole, as JSON; None where there is none."""

    def put(self, bucket: Bucket, setting: Setting, value: str | None) -> None:
        """Set it; None deletes it."""
