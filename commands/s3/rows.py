"""The contract's row of `s3 public` and `s3 explain`, and the words that both share."""

from collections.abc import Mapping
from typing import Any

from bot.core.public.bucket import Judged
from bot.core.public.fix import fix
from bot.core.public.words import because
from commands.s3.since import Since

COLUMNS = (
    *("bucket", "account_id", "region", "verdict", "via", "access", "reasons", "unknown_because", "fix"),
    *("since", "since_or_before", "aws_says", "objects_may_be_public"),
)


def row(one: Judged, when: Since) -> dict[str, Any]:
    """One bucket; None is unknown."""
    verdict, closing = one.verdict, fix(one.facts, one.verdict)
    says = one.facts.aws_says
    return {
        "bucket": one.bucket.name,
        "account_id": one.bucket.account_id or None,
        "region": one.bucket.region or None,
        "verdict": verdict.judgement,
        "via": list(dict.fromkeys(way.via for way in verdict.via)),
        "access": list(verdict.access),
        "reasons": list(verdict.reasons),
        "unknown_because": [because(each) for each in verdict.unknown_because],
        "fix": closing.words if closing else None,
        "since": when.at,
        "since_or_before": when.or_before if when.at else None,
        "aws_says": says if isinstance(says, bool) else None,
        "objects_may_be_public": verdict.objects_may_be_public,
    }


def place(one: Judged, accounts: Mapping[str, str]) -> str:
    """`prod · eu-west-1`."""
    account = accounts.get(one.bucket.account_id) or one.bucket.account_id
    return " · ".join(each for each in (account, one.bucket.region) if each)
