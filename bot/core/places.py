"""Accounts and regions as people say them."""

import re
from collections.abc import Mapping, Sequence

from bot.errors import BadRequest

_ACCOUNT = re.compile(r"\d{12}")
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-\d")


def account_ids(said: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """Twelve digits for each account, said by id or by the name that the settings give it (`named`: id to name).

    Raises BadRequest for a name that nobody gave.
    """
    by_name = {name.lower(): number for number, name in named.items() if name}
    found = []
    for word in said:
        number = word if _ACCOUNT.fullmatch(word) else by_name.get(word.strip().lower())
        if number is None:
            known = ", ".join(sorted(by_name)) or "none"
            raise BadRequest(
                f"I know no account {word[:40]!r}.", f"Say its 12 digits; names I know: {known}."
            )
        found.append(number)
    return tuple(found)


def region_names(said: Sequence[str]) -> tuple[str, ...]:
    """Regions by their codes; raises BadRequest for what is none."""
    for word in said:
        if not _REGION.fullmatch(word.strip()):
            raise BadRequest(f"{word[:40]!r} is no region.", "Say one like eu-west-1.")
    return tuple(word.strip() for word in said)
