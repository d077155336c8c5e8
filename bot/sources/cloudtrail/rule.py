"""One row of the table: which call, how bad, in which words, and what must be true of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.severity import Severity
from bot.core.spoken import short
from bot.sources.cloudtrail.call import Call

_HOLE = re.compile(r"\{([^}]*)\}")
_NAMED = re.compile(r"\bthe ((?:(?!the )[\w ])+) \{\}")

_PAST = {
    "add": "added",
    "allow": "allowed",
    "attach": "attached",
    "change": "changed",
    "create": "created",
    "delete": "deleted",
    "disable": "disabled",
    "enable": "enabled",
    "give": "gave",
    "leave": "left",
    "lift": "lifted",
    "open": "opened",
    "put": "put",
    "remove": "removed",
    "schedule": "scheduled",
    "set": "set",
    "share": "shared",
    "sign": "signed",
    "silence": "silenced",
    "stop": "stopped",
    "switch": "switched",
    "upload": "uploaded",
    "weaken": "weakened",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a condition saw: a sentence for the story, and a severity where the row's own is not right.

    Not `sure`: the record does not show what it would have to look at.
    """

    words: str = ""
    severity: Severity | None = None
    sure: bool = True


UNSEEN = Seen("CloudTrail's record does not show what exactly was asked for", Severity.MEDIUM, sure=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of call that people want to know of.

    `words` are an imperative that starts with a verb of `_PAST`; `{themselves}` is the resource or this
    word, `the trail {}` is `a trail` where it is not named. `resource` names the request parameters that may hold it, first found first. Without `when` every
    such call is sensitive; with it, only one of which it says what it saw (None: of no interest).
    """

    event_source: str
    event_name: str
    severity: Severity
    words: str
    resource: tuple[str, ...] = ()
    when: Callable[[Call], Seen | None] | None = None

    def see(self, call: Call) -> Seen | None:
        """What makes this call sensitive, or None when it is not this rule's."""
        if (call.event_source, call.event_name) != (self.event_source, self.event_name):
            return None
        if self.when is None:
            return Seen()
        return self.when(call) or (UNSEEN if call.hides_its_parameters else None)

    def of(self, call: Call) -> str | None:
        """The thing it was done to, where the call names it."""
        values = (call.request_parameters.get(name) for name in self.resource)
        return next((_short(str(value)) for value in values if isinstance(value, str | int) and value), None)

    def done(self, resource: str | None) -> str:
        """`stopped the trail main`, `stopped a trail`, `created an access key for themselves`."""
        verb, _, rest = self.words.partition(" ")
        return _filled(f"{_PAST[verb]} {rest}", resource, None)

    def tried(self, resource: str | None) -> str:
        """`tried to stop the trail main`; a refused call often does not say at whom it was aimed."""
        return _filled(f"tried to {self.words}", resource, "somebody")


def _filled(words: str, resource: str | None, whom: str | None) -> str:
    if resource:
        return _HOLE.sub(lambda _: resource, words)
    words = _NAMED.sub(lambda named: f"{'an' if named[1][0] in 'aeio' else 'a'} {named[1]}", words)
    return _HOLE.sub(lambda hole: (hole[1] and whom) or hole[1], words).strip()


def _short(name: str) -> str:
    """The last part of an ARN's own part: nobody reads the rest."""
    return short(name).rpartition("/")[2] if name.startswith("arn:") else name
