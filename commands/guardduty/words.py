"""Findings' bands, accounts and places in words."""

from collections.abc import Mapping, Sequence

from bot.core.findings.counts import BANDS, Bands
from bot.core.findings.seen import Wanted
from bot.core.severity import Severity
from bot.core.span import Span
from bot.core.spoken import some
from bot.core.view import Caveat
from bot.errors import BadRequest

_NAMED = 3


def severity(said: str | None) -> Severity | None:
    """`high+` and `high` both mean high and worse; raises BadRequest for what is none of GuardDuty's bands."""
    if said is None:
        return None
    word = said.strip().lower().removesuffix("+")
    if word not in [each.value for each in BANDS]:
        raise BadRequest(
            f"{said[:40]!r} is no severity of GuardDuty’s.", "Say critical, high, medium or low."
        )
    return Severity(word)


def types(said: Sequence[str]) -> tuple[str, ...]:
    """Types as GuardDuty is asked for them: a part of one (`TorIPCaller`) is looked for in all of them."""
    return tuple(
        each if ":" in each or "*" in each else f"*{each}*" for each in (one.strip() for one in said) if each
    )


def bands(counts: Bands) -> str:
    """`3 critical, 11 high`: what there is, the worst first."""
    return ", ".join(f"{counts[each]:,} {each.value}" for each in BANDS if counts.get(each))


def account(account_id: str, accounts: Mapping[str, str]) -> str:
    """`prod`, or the id of one without a name."""
    return accounts.get(account_id) or account_id or "this account"


def asked(wanted: Wanted, accounts: Mapping[str, str], now_words: str = "") -> str:
    """What was asked for beside all: ` of high severity and worse in prod, updated in the last 7 days`."""
    worse = wanted.severity
    parts = [f" of {worse.value} severity{'' if worse is BANDS[0] else ' and worse'}"] if worse else []
    parts += [f" of type {some([each.strip('*') for each in wanted.types], _NAMED)}"] if wanted.types else []
    named = [account(each, accounts) for each in wanted.accounts]
    places = [some(named, _NAMED)] * bool(named) + [some(wanted.regions, _NAMED)] * bool(wanted.regions)
    parts += [f" in {', '.join(places)}"] if places else []
    return "".join(parts) + now_words


def updated(span: Span | None, span_words: str) -> str:
    """`, updated in the last 7 days`."""
    if span is None:
        return ""
    return f", updated {'in the ' if span_words.startswith('last') else ''}{span_words}"


def is_blind(caveats: Sequence[Caveat]) -> bool:
    """Whether nothing found may only mean that nobody could look."""
    return any(each.weight == "blind" for each in caveats)
