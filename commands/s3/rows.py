"""The contract's row of `s3 public` and `s3 explain`."""

from typing import Any

from bot.core.public.bucket import Judged
from bot.core.public.fix import fix
from bot.core.public.words import because
from commands.s3.since import Since
from commands.s3.words import reasons

COLUMNS = (
    *("bucket", "account_id", "region", "verdict", "via", "access", "reasons", "unknown_because", "fix"),
    *("since", "since_or_before", "aws_says", "objects_may_be_public", "settings_readable"),
)


def row(one: Judged, when: Since) -> dict[str, Any]:
    """One bucket; None is unknown. `access` is what the contract has, `settings_readable` what lies beside it."""
    verdict, closing = one.verdict, fix(one.facts, one.verdict)
    says = one.facts.aws_says
    return {
        "bucket": one.bucket.name,
        "account_id": one.bucket.account_id or None,
        "region": one.bucket.region or None,
        "verdict": verdict.judgement,
        "via": list(dict.fromkeys(way.via.removeprefix("multi-region-") for way in verdict.via)),
        "access": _access(one),
        "reasons": list(reasons(one)),
        "unknown_because": [because(each) for each in verdict.unknown_because],
        "fix": closing.words if closing else None,
        "since": when.at,
        "since_or_before": when.or_before if when.at else None,
        "aws_says": says if isinstance(says, bool) else None,
        "objects_may_be_public": verdict.objects_may_be_public,
        "settings_readable": "settings" in verdict.access if _is_known(one) else None,
    }


def _is_known(one: Judged) -> bool:
    """Whether it is known what everybody may do, be it nothing."""
    verdict = one.verdict
    return bool(verdict.access) or verdict.judgement == "not-public"


def _access(one: Judged) -> list[str] | None:
    """What everybody may do with data and with who may do what; None where it is public and nobody knows for what."""
    if one.verdict.judgement == "public" and not _is_known(one):
        return None
    return [access for access in one.verdict.access if access != "settings"]
