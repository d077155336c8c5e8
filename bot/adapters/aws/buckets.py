"""Whether a bucket exists, by HeadBucket (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html)."""

from collections.abc import Callable
from typing import Any, Literal

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from bot.errors import NoroshiError

_SOMEBODYS = frozenset({301, 307, 403})


class S3Buckets:
    """Satisfies `bot.ports.Buckets`; `make_client` gives S3's, when first asked. Needs s3:ListBucket for its own buckets."""

    def __init__(self, make_client: Callable[[], Any]) -> None:
        self._make_client = make_client

    def exists(self, bucket: str) -> Literal["yes", "no", "unknown"]:
        """`yes` also for somebody else's, and for one of another region; raises nothing."""
        try:
            self._make_client().head_bucket(Bucket=bucket)
        except ClientError as error:
            return _verdict(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
        except ParamValidationError:
            return "no"  # no bucket can carry such a name
        except (BotoCoreError, NoroshiError):
            return "unknown"  # nobody to ask, or no way there: the rest of an answer must not hang on it
        return "yes"


def _verdict(status: int | None) -> Literal["yes", "no", "unknown"]:
    # A HEAD has no body, so the status is all there is: 403 is "not yours" and "not for you" alike,
    # 301
    # another region.
    if status == 404:  # noqa: PLR2004 - HTTP's own number
        return "no"
    return "yes" if status in _SOMEBODYS else "unknown"
