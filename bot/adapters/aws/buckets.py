"""Whether a bucket exists, by HeadBucket (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html)."""

from typing import Any, Literal

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

_SOMEBODYS = frozenset({301, 307, 403})


class S3Buckets:
    """Satisfies `bot.ports.Buckets`; `client` is S3's. Needs s3:ListBucket for its own buckets."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def exists(self, bucket: str) -> Literal["yes", "no", "unknown"]:
        """`yes` also for somebody else's, and for one of another region; raises nothing."""
        try:
            self._client.head_bucket(Bucket=bucket)
        except ClientError as error:
            return _verdict(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
        except ParamValidationError:
            return "no"  # no bucket can carry such a name
        except BotoCoreError:
            return "unknown"
        return "yes"


def _verdict(status: int | None) -> Literal["yes", "no", "unknown"]:
    # A HEAD has no body, so the status is all there is: 403 is "not yours" and "not for you" alike,
    # 301
    # another region.
    if status == 404:  # noqa: PLR2004 - HTTP's own number
        return "no"
    return "yes" if status in _SOMEBODYS else "unknown"
