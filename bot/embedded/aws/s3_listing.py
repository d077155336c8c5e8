"""ListBuckets in pages, each bucket with its region: moto knows neither.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from moto.s3.models import OWNER, FakeBucket, s3_backends

from bot.embedded.aws.accounts import PARTITION
from bot.embedded.aws.s3_asking import XMLNS, Answer, Asker, error

_MOST = 10_000
_PAGING = ("max-buckets", "continuation-token", "prefix", "bucket-region")


def listing(environ: Mapping[str, Any], who: Asker) -> Answer:
    """The account's own, by name; where each is, is told to whom asks with any parameter."""
    asked = {name: each[0] for name, each in parse_qs(str(environ.get("QUERY_STRING", ""))).items()}
    try:
        size, after = _size(asked.get("max-buckets")), _after(asked.get("continuation-token", ""))
    except ValueError as wrong:
        return error("400 Bad Request", "InvalidArgument", str(wrong))
    found = _found(who.account_id, asked, after)
    rows = "".join(_row(each, tells_region=not asked.keys().isdisjoint(_PAGING)) for each in found[:size])
    more = f"<ContinuationToken>{_token(found[size - 1])}</ContinuationToken>" if found[size:] else ""
    owner = f"<Owner><ID>{OWNER}</ID></Owner>"
    inner = f"{owner}<Buckets>{rows}</Buckets>{more}"
    return "200 OK", f'<ListAllMyBucketsResult xmlns="{XMLNS}">{inner}</ListAllMyBucketsResult>'.encode()


def _found(account_id: str, asked: Mapping[str, str], after: str) -> list[FakeBucket]:
    buckets = list(s3_backends[account_id][PARTITION].buckets.values())  # copied at once, while others write
    return sorted(
        (
            each
            for each in buckets
            if each.name > after
            and each.name.startswith(asked.get("prefix", ""))
            and asked.get("bucket-region", each.region_name) == each.region_name
        ),
        key=lambda each: each.name,
    )


def _size(said: str | None) -> int:
    size = int(said) if said and said.isdigit() else _MOST if said is None else 0
    if not 1 <= size <= _MOST:
        raise ValueError(f"Argument max-buckets must be an integer between 1 and {_MOST}")
    return size


def _token(last: FakeBucket) -> str:
    return urlsafe_b64encode(last.name.encode()).decode()


def _after(token: str) -> str:
    try:
        return urlsafe_b64decode(token).decode()
    except ValueError as error:
        raise ValueError("The continuation token provided is incorrect") from error


def _row(bucket: FakeBucket, *, tells_region: bool) -> str:
    region = f"<BucketRegion>{bucket.region_name}</BucketRegion>" if tells_region else ""
    made = f"<CreationDate>{bucket.creation_date_ISO8601}</CreationDate>"
    return f"<Bucket><Name>{bucket.name}</Name>{made}{region}</Bucket>"
