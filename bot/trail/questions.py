"""The classic questions, each as the calls that answer it (`bot.trail.rows` makes the statement).

Needles spare an engine that reads files the parsing of records that can't match: every record that a condition
takes holds the needle verbatim. A name that JSON writes otherwise (quotes, backslashes, controls) is no needle.
"""

import re
from datetime import timedelta
from ipaddress import ip_network
from typing import Final

from bot.errors import BadRequest
from bot.ports import Lookup, Match
from bot.trail.copies import DENIED
from bot.trail.rows import Calls, source_of

HISTORY: Final = timedelta(days=30)
"""What is new in a window is told against so long before it."""

_KEY = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,124}")
_PLAIN = re.compile(r"[A-Za-z0-9_.:/@+=,-]+")
_NAMED = ("user_name", "session_name", "role_name", "source_identity", "identity_user")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def user(principal: str) -> Calls:
    """What somebody did: a name, an ARN, a role, a session, an SSO e-mail, a service, an account, or `root`."""
    said = principal.strip()
    if said.lower() == "root":
        return Calls(where=(Match("principal_type = 'Root'"),), needles=("Root",), lookup=_username("root"))
    if said.endswith(".amazonaws.com"):
        return Calls(either=(Match("principal = ?", (said,)), Match("via = ?", (said,))), needles=(said,))
    if said.isdigit() and len(said) == 12:  # noqa: PLR2004 - an account's id
        return Calls(where=(Match("caller_account = ?", (said,)),), needles=(said,))
    if said.startswith("arn:"):
        return _by_arn(said)
    if role_session := re.fullmatch(r"([\w+=,.@-]+)/([\w+=,.@-]+)", said):
        where = (
            Match("lower(role_name) = ?", (role_session[1].lower(),)),
            Match("lower(session_name) = ?", (role_session[2].lower(),)),
        )
        return Calls(where=where, lookup=_username(role_session[2]))
    either = tuple(Match(f"lower({column}) = ?", (said.lower(),)) for column in _NAMED)
    return Calls(either=either, lookup=_username(said))


def _by_arn(arn: str) -> Calls:
    if ":role/" in arn:
        # A path is part of a role's ARN where CloudTrail writes the issuer, never in a session's.
        return Calls(either=(Match("role = ?", (arn,)), Match("principal = ?", (arn,))), needles=_plain(arn))
    name = arn.rpartition("/")[2]
    return Calls(either=(Match("principal = ?", (arn,)),), needles=_plain(arn), lookup=_username(name))


def who_did(event: str) -> Calls:
    """Who made this call: an event's name in any case, `s3:GetObject` for one service's."""
    service, _, name = event.strip().rpartition(":")
    where = [Match("lower(event_name) = ?", (name.lower(),))]
    if service:
        where.append(Match("event_source = ?", (source_of(service),)))
    return Calls(where=tuple(where), lookup=Lookup("EventName", (name,)))


def key(access_key_id: str) -> Calls:
    """What was done with an access key, and to it: who made it, changed it, deleted it; raises BadRequest."""
    said = access_key_id.strip()
    if not _KEY.fullmatch(said):
        raise BadRequest(
            f"{said[:40]!r} is no access key's id.", "They look like AKIA… or ASIA…, 20 letters and digits."
        )
    either = tuple(Match(f"{column} = ?", (said,)) for column in ("access_key", "made_key", "named_key"))
    return Calls(
        either=either,
        columns=("made_key", "named_key"),
        needles=(said,),
        lookup=Lookup("AccessKeyId", (said,)),
    )


def ip(address: str) -> Calls:
    """What came from an address, or from a network (203.0.113.0/24, 2001:db8::/32); raises BadRequest."""
    said = address.strip()
    try:
        network = ip_network(said, strict=False)
    except ValueError as error:
        raise BadRequest(
            f"{said[:60]!r} is no IP address and no network.",
            "Say 203.0.113.9, 203.0.113.0/24 or 2001:db8::/32.",
        ) from error
    if network.num_addresses == 1:
        one = str(network.network_address)
        return Calls(where=(Match("source_ip = ?", (one,)),), needles=(one,))
    within = Match("contains(?, try_cast(source_ip AS ipaddress))", (str(network),))
    return Calls(where=(within,))


def resource(name: str) -> Calls:
    """Who touched a thing: its id or name, or its ARN, among the resources, in the request or in the answer."""
    said = name.strip()
    last = re.split(r"[/:]", said)[-1] if said.startswith("arn:") else said
    texts = [said, last] if last != said else [said]
    if last == said:
        # An ARN ends in the thing's name, behind / or :.
        words = "replace(replace(array_join(resources, ' '), '/', ' '), ':', ' ')"
        spaced = said.replace("/", " ").replace(":", " ")
        among = Match(f"strpos(' ' || {words} || ' ', ?) > 0", (f" {spaced} ",))
    else:
        among = Match("contains(resources, ?)", (said,))
    either = [
        among,
        *(
            Match(f"strpos({column}, ?) > 0", (f'"{text}"',))
            for text in texts
            for column in ("request", "response")
        ),
    ]
    if _BUCKET.fullmatch(last) and (last == said or ":s3:::" in said):
        either[:0] = [Match("bucket = ?", (last,)), Match("copied_bucket = ?", (last,))]
    return Calls(either=tuple(either), needles=_plain(last), lookup=Lookup("ResourceName", tuple(texts)))


def denied() -> Calls:
    """What was refused for lack of permission, by principal and action."""
    return Calls(
        where=(Match(f"regexp_like(error_code, '{DENIED}')"),),
        group=("principal", "event_source", "event_name"),
        needles=("errorCode",),
    )


def logins() -> Calls:
    """Who signed in to the console, how it went, with MFA or without, from an address that is new or not."""
    return Calls(
        where=(Match("event_name = 'ConsoleLogin'"), Match("event_source = 'signin.amazonaws.com'")),
        columns=("login", "login_mfa", "user_name"),
        since_new=("principal", "source_ip"),
        history=HISTORY,
        needles=("ConsoleLogin",),
        lookup=Lookup("EventName", ("ConsoleLogin",)),
    )


def root() -> Calls:
    """What root did by itself (CIS: no service acted for it, and it is no event of a service's own)."""
    where = (
        Match("principal_type = 'Root'"),
        Match("via IS NULL"),
        Match("coalesce(event_type, '') <> 'AwsServiceEvent'"),
    )
    return Calls(where=where, needles=("Root",), lookup=_username("root"))


def changes() -> Calls:
    """What changed anything: writes alone, by service."""
    return Calls(
        where=(Match("read_only = 'false'"),),
        group=("event_source", "event_name"),
        lookup=Lookup("ReadOnly", ("false",)),
    )


def _username(name: str) -> Lookup:
    return Lookup("Username", (name,))


def _plain(text: str) -> tuple[str, ...]:
    return (text,) if _PLAIN.fullmatch(text) else ()
