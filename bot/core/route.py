"""Where an alert goes, and whom it rings: the first route that takes it says so.

What no route takes, or only a route without a channel, goes to the default channel. The bot's own words
(that it is deaf, that a message can't be read) are taken by routes that name their source and by no
other, and go to the ops channel else: a route for everything High is meant for AWS.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.alert import Alert
from bot.core.severity import Severity

OWN = "noroshi"
"""The source of what the bot says of itself."""


@dataclass(frozen=True, slots=True)
class Where:
    """A channel (None where none is set), a mention in Slack's own form or "", and the route's number from 1.

    `route` is None where none took the alert.
    """

    channel: str | None = None
    mention: str = ""
    route: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """It takes an alert that has one of each; what is empty takes any.

    `account` are account ids; `region` may have a `*` for anything; a `tag` is `Key` or `Key=Value`, and
    its key ends at the first `=`. `channel` None is the default one; `mention` is Slack's own form, or "".
    """

    severity: frozenset[Severity] = frozenset()
    source: frozenset[str] = frozenset()
    account: frozenset[str] = frozenset()
    region: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    channel: str | None = None
    mention: str = ""

    def takes(self, alert: Alert) -> bool:
        """Whether this alert is for this route."""
        return (
            (not self.severity or alert.severity in self.severity)
            and (alert.source in self.source if self.source else alert.source != OWN)
            and (not self.account or alert.account_id in self.account)
            and (not self.region or any(within(alert.region or "", glob) for glob in self.region))
            and (not self.tag or any(_tagged(alert, tag) for tag in self.tag))
        )

    def takes_all_of(self, other: "Route") -> bool:
        """Whether it takes whatever the other route would."""
        return (
            _holds(self.severity or frozenset(Severity), other.severity or frozenset(Severity))
            and (_holds(self.source, other.source) if self.source else OWN not in other.source)
            and (not self.account or _holds(self.account, other.account))
            and (not self.region or _all_within(other.region, self.region))
            and (not self.tag or _all_tagged(other.tag, self.tag))
        )


@dataclass(frozen=True, slots=True)
class Routes:
    """All routes in order, and where the rest goes: AWS's to `channel`, the bot's own words to `ops_channel`."""

    routes: Sequence[Route] = ()
    channel: str | None = None
    ops_channel: str | None = None

    def where(self, alert: Alert) -> Where:
        """The way of this alert; its `channel` is None where nothing says one (NotConfigured is the caller's)."""
        rest = self.rest(alert.source)
        for number, route in enumerate(self.routes, 1):
            if route.takes(alert):
                return Where(route.channel or rest, route.mention, number)
        return Where(rest)

    def rest(self, source: str) -> str | None:
        """The channel of what no route sends elsewhere."""
        return (self.ops_channel or self.channel) if source == OWN else self.channel


def shadowed(routes: Sequence[Route]) -> Iterator[tuple[int, int]]:
    """Each route (its number, from 1) that takes nothing, for an earlier one (its number) takes all before it."""
    for n, route in enumerate(routes):
        by = next((m for m, earlier in enumerate(routes[:n]) if earlier.takes_all_of(route)), None)
        if by is not None:
            yield n + 1, by + 1


def within(region: str, glob: str) -> bool:
    """Whether the region is one of the glob's; `*` stands for anything, and nothing else is special."""
    return _pattern(glob).fullmatch(region) is not None


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)


def _tagged(alert: Alert, tag: str) -> bool:
    key, names_value, value = tag.partition("=")
    return key in alert.tags and (not names_value or alert.tags[key] == value)


def _holds(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return bool(narrow) and narrow <= wide


def _all_within(narrow: Iterable[str], wide: Sequence[str]) -> bool:
    # A glob is within another when its text is: only a `*` can stand for a `*`. No region at all is any.
    return all(any(within(one, glob) for glob in wide) for one in tuple(narrow) or ("*",))


def _all_tagged(narrow: Sequence[str], wide: Sequence[str]) -> bool:
    return bool(narrow) and all(tag in wide or tag.partition("=")[0] in wide for tag in narrow)
