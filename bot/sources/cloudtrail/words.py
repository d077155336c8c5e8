"""A call in words: who did what to what, from where, and what the row's condition saw."""

import re

from bot.core.principal import Principal, describe
from bot.core.spoken import folded, lowered
from bot.core.text import Code, Line
from bot.sources.cloudtrail.call import Call
from bot.sources.cloudtrail.rule import Rule, Seen

_ADDRESS = re.compile(r"[0-9a-fA-F.:]{3,45}")
_DATED = re.compile(r"20\d{6}(v\d+)?$")
_WHO = 60
"""Characters of a name in the title: what was done must be seen too."""
_HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"


def title(call: Call, rule: Rule | None, seen: Seen, resource: str | None) -> str:
    """`backup (user) stopped the trail main`; a failed call only tried, an unseen one may have."""
    who = _capital(folded(_who(call), _WHO))
    if rule:
        did = rule.tried(resource) if call.failed else rule.done(resource)
        return f"{who} {did}" if seen.sure or call.failed else f"{who} may have {did}"
    did = f"{lowered(undated(call))} ({service(call)})"
    return f"{who} was used: {did}{', which failed' if call.failed else ''}"


def story(call: Call, seen: Seen) -> tuple[Line, ...]:
    """Who and from where, what was seen, and why it failed."""
    lines: tuple[Line, ...] = (
        _by(call),
        (f"{'Asked for: ' if call.failed else ''}{seen.words}",) if seen.words else (),
        (_outcome(call),) if call.failed else (),
    )
    return tuple(line for line in lines if line)


def undated(call: Call) -> str:
    """Lambda's names carry the date of its API: `AddPermission20150331v2`."""
    return _DATED.sub("", call.event_name)


def service(call: Call) -> str:
    """`s3` for `s3.amazonaws.com`."""
    return call.event_source.partition(".")[0]


def _who(call: Call) -> Principal:
    name = call.user_identity.user_name
    if call.by_root:
        return Principal("root", f"account {call.account}" if call.account else "account not named")
    if name == _HIDDEN:
        return Principal("somebody", "a user name that does not exist")
    who = describe(call.user_identity.principal())
    # A record without an ARN names the user by an id that nobody knows.
    return Principal(name, "user") if name and not call.user_identity.arn else who


def _by(call: Call) -> Line:
    key = call.user_identity.access_key_id
    by: Line = ("By ", str(_who(call)))
    return (*by, *((" with key ", Code(key)) if key else ()), *_from(call), *_through(call))


def _from(call: Call) -> Line:
    place = call.source_ip_address
    if not place:
        return ()
    return (" from ", Code(place)) if _ADDRESS.fullmatch(place) else (f" through {place}",)


def _through(call: Call) -> Line:
    return (", in the console",) if str(call.session_credential_from_console).lower() == "true" else ()


def _outcome(call: Call) -> str:
    """`Client.UnauthorizedOperation` as `Refused: unauthorized operation`; other errors only failed."""
    if not call.error_code:
        return f"It failed: {(call.error_message or 'the sign-in was refused').lower()}"
    words = lowered(call.error_code.removeprefix("Client.")).removesuffix(" exception")
    refused = any(part in words for part in ("denied", "unauthorized", "not authorized"))
    return f"{'Refused' if refused else 'It failed'}: {words}"


def _capital(text: str) -> str:
    return (
        text[:1].upper() + text[1:]
        if text.startswith(("root ", "unknown ", "somebody ", "anonymous "))
        else text
    )
