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
    "ask": "asked",
    "attach": "attached",
    "change": "changed",
    "create": "created",
    "delete": "deleted",
    "detach": "detached",
    "disable": "disabled",
    "enable": "enabled",
    "give": "gave",
    "leave": "left",
    "let": "let",
    "lift": "lifted",
    "narrow": "narrowed",
    "open": "opened",
    "put": "put",
    "remove": "removed",
    "schedule": "scheduled",
    "set": "set",
    "share": "shared",
    "sign": "signed",
    "silence": "silenced",
    "start": "started",
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
    word, `the trail {}` is `a trail` where it is not named. `resource` names the request parameters (or
    paths into them) that may hold it, first found first. Without `when` every such call is sensitive;
    with it, only one of which it says what it saw (None: of no interest).

    `brings` names the state that it brings about, which lasts until a call of `rules.ends` ends it;
    `whole`: the call sets all of it, so that one in which `when` sees nothing ends it too; not
    `regional`: it is the account's state, whichever region was called. Without `brings` a call is
    over when it is made.
    """

    event_source: str
    event_name: str
    severity: Severity
    words: str
    resource: tuple[str, ...] = ()
    when: Callable[[Call], Seen | None] | None = None
    brings: str = ""
    whole: bool = False
    regional: bool = True

    def fits(self, call: Call) -> bool:
        """Whether the call is of this name."""
        return (call.event_source, call.event_name) == (self.event_source, self.event_name)

    def see(self, call: Call) -> Seen | None:
        """What makes this call sensitive, or None when it is not this rule's."""
        if not self.fits(call):
            return None
        if self.when is None:
            return Seen()
        return self.when(call) or (UNSEEN if call.hides_its_parameters else None)

    def of(self, call: Call) -> str | None:
        """The thing it was done to, where the call names it."""
        return named(call, self.resource)

    def done(self, resource: str | None) -> str:
        """`stopped the trail main`, `stopped a trail`, `created an access key for themselves`."""
        verb, _, rest = self.words.partition(" ")
        return _filled(f"{_PAST[verb]} {rest}", resource, None)

    def tried(self, resource: str | None) -> str:
        """`tried to stop the trail main`; a refused call often does not say at whom it was aimed."""
        return _filled(f"tried to {self.words}", resource, "somebody")


def named(call: Call, parameters: tuple[str, ...]) -> str | None:
    """What the first of these request parameters that holds something says, an ARN by its last part."""
    values = (call.asked(path) for path in parameters)
    return next((_short(str(value)) for value in values if isinstance(value, str | int) and value), None)


def _filled(words: str, resource: str | None, whom: str | None) -> str:
    if resource:
        return _HOLE.sub(lambda _: resource, words)
    words = _NAMED.sub(lambda named: f"{'an' if named[1][0] in 'aeio' else 'a'} {named[1]}", words)
    return _HOLE.sub(lambda hole: (hole[1] and whom) or hole[1], words).strip()


def _short(name: str) -> str:
    """The last part of an ARN or an address: nobody reads the rest."""
    if name.startswith("https://"):
        return name.rpartition("/")[2] or name
    last = short(name).rpartition("/")[2] if name.startswith("arn:") else ""
    return last.partition(":")[2] or last or name
