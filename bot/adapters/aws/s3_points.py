"""Access points of one account: listed once a region, multi-region ones once, each read once however many ask.

Those of several regions are told in us-west-2 alone.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.adapters.aws import s3_calls as calls
from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_parts import block, is_public, policy_text
from bot.core.public.bucket import Bucket
from bot.core.public.facts import NOT_ASKED, AccessPoint
from bot.core.public.meaning import Unread

_FAR: Final = "us-west-2"
_NAME: Final = "AccessPoints"

ByBucket = Mapping[str, tuple[AccessPoint, ...]]
Told = Mapping[str, Any]


class Once:
    """Makes each thing once, though many threads ask for it at the same time; they wait for the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[object, threading.Lock] = {}
        self._made: dict[object, Any] = {}

    def get(self, key: object, make: Callable[[], Any]) -> Any:
        """What was made for the key; what `make` raises is raised, and tried again by who asks next."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]


class Points:
    """The access points of an account; `bucket` narrows the list to one's, where only that one is asked about."""

    def __init__(self, asked: Asked, bucket: str = "") -> None:
        self._asked, self._once = asked, Once()
        self._narrowed = {"Bucket": bucket} if bucket else {}

    def of(self, bucket: Bucket) -> tuple[AccessPoint, ...] | Unread:
        """Those that lead to the bucket, of what the lists tell; unread where one of the lists is."""
        near = self._once.get(bucket.region, lambda: self._near(bucket.region))
        far = self._once.get(None, self._far)
        return _joined(near, far, bucket.name)

    def filled(self, point: AccessPoint, region: str, part: str) -> AccessPoint:
        """The same with one more part read (`block`, `policy`, `aws_says`); raises NotFound where it is no more."""
        if getattr(point, part) != NOT_ASKED:
            return point
        key = (point.arn, point.name, region if not point.is_multi_region else "", part)
        value = self._once.get(key, lambda: self._read(point, region, part))
        return replace(point, **{part: value})

    def _read(self, point: AccessPoint, region: str, part: str) -> Any:
        call, read = _MULTI[part] if point.is_multi_region else _PARTS[part]
        where = _FAR if point.is_multi_region else region
        answer = self._asked.of_account(call, where, Name=point.name)
        return answer if isinstance(answer, Unread) else read(answer)

    def _near(self, region: str) -> ByBucket | Unread:
        told = self._pages(calls.POINTS, region, "AccessPointList", **self._narrowed)
        return (
            told
            if isinstance(told, Unread)
            else _by_bucket((str(one.get("Bucket")), _near(one)) for one in told)
        )

    def _far(self) -> ByBucket | Unread:
        if self._asked.partition != "aws":
            return {}
        told = self._pages(calls.MULTI_POINTS, _FAR, _NAME)
        if isinstance(told, Unread):
            return told
        return _by_bucket(
            (str(each.get("Bucket")), _far(one, self._asked.account_id))
            for one in told
            for each in one.get("Regions") or ()
        )

    def _pages(self, call: calls.Call, region: str, name: str, **words: Any) -> list[Told] | Unread:
        found: list[Told] = []
        token = ""
        seen = {token}
        while True:
            page = self._asked.of_account(call, region, **words, **({"NextToken": token} if token else {}))
            if isinstance(page, Unread):
                return page
            found += (page or {}).get(name) or ()
            token = str((page or {}).get("NextToken") or "")
            if token in seen:
                return found
            seen.add(token)


def _by_bucket(pairs: Iterator[tuple[str, AccessPoint]]) -> ByBucket:
    found: dict[str, tuple[AccessPoint, ...]] = {}
    for bucket, point in pairs:
        found[bucket] = (*found.get(bucket, ()), point)
    return found


def _joined(near: ByBucket | Unread, far: ByBucket | Unread, bucket: str) -> tuple[AccessPoint, ...] | Unread:
    if isinstance(near, Unread):
        return near
    return far if isinstance(far, Unread) else (*near.get(bucket, ()), *far.get(bucket, ()))


def _near(told: Told) -> AccessPoint:
    vpc = (told.get("VpcConfiguration") or {}).get("VpcId") or ""
    bound = vpc or ("its VPC" if told.get("NetworkOrigin") == "VPC" else "")
    return AccessPoint(str(told.get("Name") or ""), str(told.get("AccessPointArn") or ""), bound)


def _far(told: Told, account_id: str) -> AccessPoint:
    arn = f"arn:aws:s3::{account_id}:accesspoint/{told.get('Alias') or ''}"
    on = block({"PublicAccessBlockConfiguration": told.get("PublicAccessBlock")})
    return AccessPoint(str(told.get("Name") or ""), arn, block=on, is_multi_region=True)


def _multi_policy(answer: Told | None) -> Any:
    said = ((answer or {}).get("Policy") or {}).get("Established") or {}
    return said.get("Policy") or None


_PARTS: Final[dict[str, tuple[calls.Call, Callable[[Any], Any]]]] = {
    "block": (calls.POINT, block),
    "policy": (
        calls.POINT_POLICY,
        lambda answer: None if answer is None else policy_text(answer.get("Policy")),
    ),
    "aws_says": (
        calls.POINT_STATUS,
        lambda answer: False if answer is None else is_public(answer.get("PolicyStatus")),
    ),
}
_MULTI: Final[dict[str, tuple[calls.Call, Callable[[Any], Any]]]] = {
    "policy": (calls.MULTI_POLICY, _multi_policy),
    "aws_says": (
        calls.MULTI_STATUS,
        lambda answer: False if answer is None else is_public(answer.get("Established")),
    ),
}
