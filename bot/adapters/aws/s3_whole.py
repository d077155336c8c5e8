"""One bucket with everything read, for the proof; what belongs together is read side by side."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Final, get_args

from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_parts import Part, account_block, part, region_of
from bot.adapters.aws.s3_points import Points
from bot.core.public.bucket import Bucket, Judged
from bot.core.public.facts import AccessPoint, Facts
from bot.core.public.verdict import verdict
from bot.errors import NotFound

_AT_ONCE: Final = 8
_OF_POINTS: Final = ("block", "policy", "aws_says")

Asks = Mapping[Any, Callable[[], Any]]


def whole(asked: Asked, bucket: Bucket) -> Judged:
    """Everything that decides the bucket's verdict, and its website; raises NotFound where it was deleted meanwhile."""
    bucket = bucket if bucket.region else replace(bucket, region=region_of(asked, bucket.name))
    points = Points(asked, bucket.name)
    asks: dict[str, Callable[[], Any]] = {
        name: partial(part, asked, name, bucket.name, bucket.region) for name in get_args(Part)
    }
    with ThreadPoolExecutor(_AT_ONCE, "noroshi-s3") as pool:
        known = _read(
            pool,
            {
                **asks,
                "account_block": partial(account_block, asked),
                "access_points": partial(points.of, bucket),
            },
        )
        if isinstance(known["access_points"], tuple):
            known["access_points"] = _filled(pool, points, known["access_points"], bucket.region)
    website = known.pop("website")
    facts = Facts(bucket.name, **known)
    return Judged(bucket, facts, verdict(facts), website=website)


def _filled(
    pool: ThreadPoolExecutor, points: Points, found: tuple[AccessPoint, ...], region: str
) -> tuple[AccessPoint, ...]:
    asks = {
        (number, name): partial(_one, points, point, region, name)
        for number, point in enumerate(found)
        for name in _OF_POINTS
    }
    read = _read(pool, asks)
    told = (
        [(name, read[number, name]) for name in _OF_POINTS if (number, name) in read]
        for number in range(len(found))
    )
    return tuple(
        replace(point, **dict(parts))
        for point, parts in zip(found, told, strict=True)
        if all(value is not _GONE for _, value in parts)
    )


_GONE: Final = object()


def _one(points: Points, point: AccessPoint, region: str, name: str) -> Any:
    try:
        return getattr(points.filled(point, region, name), name)
    except NotFound:
        return _GONE


def _read(pool: ThreadPoolExecutor, asks: Asks) -> dict[Any, Any]:
    running = {name: pool.submit(ask) for name, ask in asks.items()}
    return {name: one.result() for name, one in running.items()}
