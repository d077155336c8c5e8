"""How opinions are said: colours, sources, accounts, plans, differences."""

from collections.abc import Mapping, Sequence

from bot.core.advice.compared import Difference, differences, flags
from bot.core.advice.opinion import By, Opinion, Opinions, Status
from bot.core.spoken import some
from bot.core.text import Line, Small, Strong, When

COLOURS: Mapping[Status, str] = {
    "error": "red",
    "warning": "yellow",
    "not_available": "can’t tell",
    "ok": "green",
}
SOURCES: Mapping[By, str] = {"own": "Noroshi", "trusted-advisor": "Trusted Advisor"}
_NAMES, _DIFFER = 3, 5


def where(opinions: Sequence[Opinion], accounts: Mapping[str, str]) -> str:
    """` in prod`, ` in prod, staging`, ` in 212 accounts`; "" for the bot's own that nobody named."""
    ids = list(dict.fromkeys(one.account_id for one in opinions if one.account_id))
    if len(ids) > _NAMES:
        return f" in {len(ids):,} accounts"
    named = [accounts.get(each) or each for each in ids]
    return f" in {', '.join(named)}" if named else ""


def plan(told: Opinions) -> tuple[Line, ...]:
    """Whose checks these are, where Trusted Advisor's are not among them; and what would need it."""
    if told.plan == "yes":
        return ()
    why = (
        "the support plan has no API for Trusted Advisor"
        if told.plan == "no"
        else "Trusted Advisor refused, and I can’t tell whether the support plan or a right is missing"
    )
    return (
        ("These are ", Strong("Noroshi’s own checks"), f", by Trusted Advisor’s rules: {why}."),
        (
            "It would take AWS Business Support+ or more for exposed keys, cost, service limits and fault tolerance.",
        ),
    )


def differing(opinions: Sequence[Opinion], accounts: Mapping[str, str]) -> tuple[Line, ...]:
    """Where ours and Trusted Advisor's differ, the first of them in words."""
    found = differences(opinions)
    lines = tuple(_difference(one, accounts) for one in found[:_DIFFER])
    more = len(found) - len(lines)
    return (*lines, (Small(f"… and on {more:,} more: see the CSV"),)) if more else lines


def flagged(opinion: Opinion) -> int | None:
    """How many it flags; None where nobody can tell."""
    found = len(flags(opinion))
    return found if found or opinion.status == "ok" else None


def _difference(one: Difference, accounts: Mapping[str, str]) -> Line:
    """What ours says, and what Trusted Advisor's."""
    own, theirs = one.own, one.theirs
    account = accounts.get(own.account_id) or own.account_id
    of = f" of {account}" if account else ""
    if own.status != theirs.status:
        said = f"mine is {COLOURS[own.status]}, Trusted Advisor’s {COLOURS[theirs.status]}"
    else:
        said = f"both are {COLOURS[own.status]}"
    only = [
        f"only {who} flags {some(list(names))}"
        for who, names in (("mine", one.only_own), ("Trusted Advisor", one.only_theirs))
        if names
    ]
    return (
        Strong("They differ"),
        f" on {own.check.name}{of}: {'; '.join([said, *only])}. Trusted Advisor’s is of ",
        When(theirs.at),
    )
