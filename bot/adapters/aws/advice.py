"""What AWS advises and what we find by ourselves, in every account that the settings let us ask in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final

from bot.adapters.aws.own_checks import OwnChecks
from bot.adapters.aws.own_checks_asked import Places
from bot.adapters.aws.pace import Tally
from bot.adapters.aws.trusted_advisor import Advised, Plan, TrustedAdvisor, is_planless
from bot.adapters.aws.unasked import unasked
from bot.core.advice.classic import BY_ID, CLASSIC
from bot.core.advice.opinion import Check, Opinions, Refreshed
from bot.core.view import Caveat
from bot.errors import NotFound, Upstream
from bot.ports import Progress, PublicAccess

_AT_ONCE: Final = 6


class AwsAdvice:
    """Satisfies `bot.ports.Advice`; `names` are the accounts' of the settings, by id. Many threads may ask."""

    def __init__(
        self,
        places: Places,
        public_access: PublicAccess,
        names: Mapping[str, str],
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._places, self._names = places, names
        self._own = OwnChecks(places, public_access, now=now)
        self._trusted = TrustedAdvisor(places, now=now)

    def checks(self) -> Sequence[Check]:
        """Ours first, then all others that our own account's Trusted Advisor has."""
        theirs = self._trusted.checks(self._places.ways.home().account_id, Tally())
        ours = [one.check for one in CLASSIC]
        return (*ours, *(one.check for one in theirs if one.check.id not in BY_ID))

    def opinions(self, checks: Sequence[str], accounts: Sequence[str], progress: Progress) -> Opinions:
        """Ours and Trusted Advisor's, side by side; raises where nothing at all could be asked."""
        asking, tally = tuple(dict.fromkeys(accounts)) or self._places.accounts(), Tally()
        progress("Asking Trusted Advisor, and looking for myself…")
        with ThreadPoolExecutor(_AT_ONCE, "noroshi-advice") as pool:
            theirs = pool.map(lambda each: self._trusted.opinions(checks, each, tally), asking)
            ours = self._own.opinions(checks or tuple(BY_ID), asking, tally, progress)
            advised = dict(zip(asking, theirs, strict=True))
        found = (*ours, *(one for each in advised.values() for one in each.opinions))
        caveats = (*self._unadvised(advised), *(() if accounts else unasked(self._places.ways, self._names)))
        return Opinions(found, _plan(each.plan for each in advised.values()), caveats, tally.calls)

    def refresh(self, check: str) -> Refreshed:
        """Let our own account's Trusted Advisor look again; ours look anew whenever they are asked."""
        home, tally = self._places.ways.home().account_id, Tally()
        listed = {one.check.id for one in self._trusted.checks(home, tally)}
        if check not in listed and check not in BY_ID:
            raise NotFound(f"There is no check {check!r}.", "See which there are: advisor list --all")
        try:
            return self._trusted.refresh(check, home, tally)
        except Upstream as error:
            if is_planless(error):
                return Refreshed("computed")
            raise

    def _unadvised(self, advised: Mapping[str, Advised]) -> tuple[Caveat, ...]:
        """Each reason once, with the accounts that it holds for."""
        reasons: dict[tuple[str, str], list[str]] = {}
        for account, one in advised.items():
            if one.plan != "yes":
                code = "no-support-plan" if one.plan == "no" else "advisor-refused"
                reasons.setdefault((code, one.why), []).append(self._words(account))
        return tuple(Caveat(code, f"{', '.join(names)}: {why}") for (code, why), names in reasons.items())

    def _words(self, account_id: str) -> str:
        return self._names.get(account_id) or account_id or "this account"


def _plan(plans: Iterable[Plan]) -> Plan:
    """Whether it can be asked anywhere."""
    said = set(plans)
    return "yes" if "yes" in said else "no" if said == {"no"} else "unknown"
