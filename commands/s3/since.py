"""Since when is a bucket public? Its recorded states, judged one by one, from now back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.configuration.item import Item, Place, Resource
from bot.core.public.block import flags
from bot.core.public.bucket import Judged
from bot.core.public.facts import Facts
from bot.core.public.recorded import recorded
from bot.core.public.verdict import verdict
from bot.core.span import Span
from bot.core.view import Receipt
from bot.errors import NoroshiError, NotFound
from bot.ports import Configurations, History

_BACK = timedelta(days=365)
_STATES = 50
_BUCKET, _ACCOUNT = "AWS::S3::Bucket", "AWS::S3::AccountPublicAccessBlock"


@dataclass(frozen=True, slots=True)
class Since:
    """When it became public; `or_before` where the oldest state that was read was public already.

    `at` is None where it is not known, and `why` says why not, in words. `by_itself`: only the bucket's own settings
    were looked at, as nothing recorded tells since when the account's block lets them through. `by`: the call that
    made it so, in words, and `trail` what it cost to find it.
    """

    at: datetime | None = None
    or_before: bool = False
    by_itself: bool = False
    why: str = ""
    api_calls: int = 0
    by: str = ""
    trail: Receipt | None = None


NOT_ASKED = Since(why="looked up for the most dangerous alone")


def since(judged: Judged, configurations: Configurations, now: datetime) -> Since:
    """Look back a year; where Config can't say, it is not known, and why. Raises nothing of AWS's."""
    if not judged.bucket.region:
        return Since(why="the bucket's region is not known")
    if only_by_access_points(judged):
        return Since(why="what is recorded of a bucket does not tell of its access points")
    # What an access point lets in stands in no item of the bucket's.
    facts = replace(judged.facts, access_points=())
    try:
        found = _history(judged, _BUCKET, judged.bucket.name, configurations, now)
        by_itself = _opened(found, lambda item: _is_public(recorded(item, facts)))
        if by_itself is None:
            return Since(why="AWS Config has not recorded it as public yet", api_calls=found.api_calls)
        return _with_account(by_itself, judged, facts, configurations, now)
    except NotFound:
        return Since(why="AWS Config has not recorded it")
    except NoroshiError as error:
        return Since(why=error.message.rstrip("."))


def only_by_access_points(judged: Judged) -> bool:
    """Whether the bucket's own policy and ACL let nobody in."""
    return all("access-point" in way.via for way in judged.verdict.via)


def _with_account(
    by_itself: Since, judged: Judged, facts: Facts, configurations: Configurations, now: datetime
) -> Since:
    """No bucket is public for longer than its account lets it: the later of the two counts."""
    account = judged.bucket.account_id
    try:
        found = _history(judged, _ACCOUNT, account, configurations, now) if account else None
    except NoroshiError:
        found = None
    if found is None or not found.items:
        return replace(by_itself, by_itself=True)
    calls = by_itself.api_calls + found.api_calls
    let = _opened(found, lambda item: _is_public(replace(facts, account_block=flags(item.configuration))))
    if let is None or let.at is None or by_itself.at is None:
        return Since(why="AWS Config has not recorded what the account lets through yet", api_calls=calls)
    if let.at > by_itself.at:
        by_itself = replace(by_itself, by_itself=True) if let.or_before else let
    return replace(by_itself, api_calls=calls)


def _history(judged: Judged, kind: str, name: str, configurations: Configurations, now: datetime) -> History:
    place = Place(judged.bucket.account_id, judged.bucket.region)
    return configurations.history(
        Resource(kind, name, place, name), Span(now - _BACK, now), _STATES, lambda _: None
    )


def _opened(found: History, is_public: Callable[[Item], bool]) -> Since | None:
    """The oldest of the latest public states in a row; None where the newest is not public."""
    states = [*found.items, *([found.older] if found.older else [])]
    row = next((n for n, item in enumerate(states) if item.is_deleted or not is_public(item)), len(states))
    inside = min(row, len(found.items))
    if not inside:
        return None
    return Since(found.items[inside - 1].captured_at, row == len(states), api_calls=found.api_calls)


def _is_public(facts: Facts) -> bool:
    return verdict(facts).judgement == "public"
