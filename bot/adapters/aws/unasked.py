"""The accounts of the settings that nobody looked into."""

from collections.abc import Mapping

from bot.adapters.aws.ways import Ways
from bot.core.view import Caveat


def unasked(ways: Ways, names: Mapping[str, str]) -> tuple[Caveat, ...]:
    """One caveat for each that no role leads to; `names` are the accounts' of the settings, by id."""
    why = "not looked at, as no role of it is in the settings (accounts, role_arn)"
    dark = [each for each in names if not ways.leads_to(each)]
    return tuple(Caveat("account-not-asked", f"{names[each] or each}: {why}") for each in dark)
