"""Since when is a bucket public? Its recorded states, judged one by one, from now back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.configuration.item import Item, Place, Resource
from bot.core.public.bucket import Judged
from bot.core.public.recorded import recorded
from bot.core.public.verdict import verdict
from bot.core.span import Span
from bot.errors import NoroshiError
from bot.ports import Configurations

_BACK = timedelta(days=365)
_STATES = 50


@dataclass(frozen=True, slots=True)
class Since:
    """When it became public; `or_before` where the oldest state that was read was public already. None: not known."""

    at: datetime | None = None
    or_before: bool = False
    api_calls: int = 0


def since(judged: Judged, configurations: Configurations, now: datetime) -> Since:
    """Look back a year; where Config can't say, it is not known. Raises nothing of AWS's."""
    bucket = judged.bucket
    if not bucket.region:
        return Since()
    resource = Resource("AWS::S3::Bucket", bucket.name, Place(bucket.account_id, bucket.region), bucket.name)
    try:
        found = configurations.history(resource, Span(now - _BACK, now), _STATES, lambda _: None)
    except NoroshiError:
        return Since()
    public: Item | None = None
    for item in found.items:
        if not _is_public(item, judged):
            break
        public = item
    if public is None:
        return Since(api_calls=found.api_calls)
    is_oldest = public is found.items[-1]
    before = is_oldest and (found.older is None or _is_public(found.older, judged))
    return Since(public.captured_at, before, found.api_calls)


def _is_public(item: Item, judged: Judged) -> bool:
    return not item.is_deleted and verdict(recorded(item, judged.facts)).judgement == "public"
