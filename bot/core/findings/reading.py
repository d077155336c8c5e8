"""A finding out of the JSON that GuardDuty gave."""

from collections.abc import Iterable

from pydantic import ValidationError

from bot.core.findings.finding import Finding
from bot.core.findings.seen import Seen


def read(seen: Seen) -> Finding | None:
    """Its fields, as far as we read them; None for what lacks what every finding has (id, type, severity)."""
    where = {"region": seen.kept.region, "accountId": seen.kept.account_id}
    try:
        return Finding.model_validate({**seen.detail, **where})
    except ValidationError:
        return None


def readable(found: Iterable[Seen]) -> tuple[Finding, ...]:
    """Those that can be read, in their order."""
    return tuple(finding for seen in found if (finding := read(seen)) is not None)
