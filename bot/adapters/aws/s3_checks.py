"""Whether the bot may ask what lets people into buckets, at home."""

from collections.abc import Callable
from typing import Any

import boto3

from bot.adapters.aws import s3_calls as calls
from bot.adapters.aws.pace import Pace, Tally
from bot.adapters.aws.s3_asked import Asked
from bot.adapters.aws.s3_survey import listed
from bot.adapters.aws.ways import Ways
from bot.core.amounts import counted
from bot.core.check import Check, Found
from bot.errors import AccessDenied, Upstream

_OF_BUCKET = (calls.BLOCK, calls.POLICY, calls.STATUS, calls.ACL, calls.OWNERSHIP, calls.WEBSITE)
_OF_ACCOUNT: dict[calls.Call, dict[str, Any]] = {
    calls.ACCOUNT_BLOCK: {},
    calls.POINTS: {"MaxResults": 1},
}


def s3_checks(session: Callable[[], boto3.Session]) -> list[Check]:
    """What `/s3` needs; the session is made when looked with."""
    return [Check("s3", "public access", lambda: public_access(Ways(session)))]


def public_access(ways: Ways) -> Found:
    """Each question once, about the account and its first bucket; raises AccessDenied where none may be listed."""
    account_id = ways.home().account_id
    asked = Asked(account_id, ways.session(account_id), pace=Pace(), tally=Tally())
    buckets = list(listed(asked))
    tries: list[tuple[calls.Call, str, dict[str, Any]]] = []
    if account_id:
        tries += [(call, "", {"AccountId": account_id, **words}) for call, words in _OF_ACCOUNT.items()]
    if buckets:
        first = buckets[0]
        tries += [(call, first.region, {"Bucket": first.name}) for call in _OF_BUCKET]
    missing = [action for call, region, words in tries if (action := _missing(asked, call, region, words))]
    if missing:
        return Found("missing", f"the bot may not {', '.join(missing)}", f"Allow {', '.join(missing)} to it")
    return Found("ok", f"{counted(len(buckets), 'bucket')}; {len(tries)} kinds of questions are allowed")


def _missing(asked: Asked, call: calls.Call, region: str, words: dict[str, Any]) -> str:
    """The action that is refused, "" where it may be asked; raises where S3 can't be asked at all."""
    try:
        asked.ask(call, region, **words)
    except AccessDenied as error:
        return error.action
    except Upstream as error:
        if error.hint:  # nobody could be asked: no credentials, no network
            raise
    return ""
