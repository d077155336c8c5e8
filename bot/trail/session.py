"""The calls of one session of a role, and the calls that made its credentials (`bot.trail.rows` makes the statements).

A call that makes credentials has their access key's id in its answer, and the calls made with them have it as
their own: AssumeRole and its kin, GetSessionToken, GetFederationToken; CreateAccessKey for a user's key
(docs: CloudTrail log entries for IAM and STS).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.span import Span
from bot.errors import BadRequest
from bot.ports import Lookup, Match
from bot.trail import questions
from bot.trail.rows import Calls

COLUMNS: Final = ("made_key", "session_began", "user_name", "identity_user", "role_name", "mfa")
"""What the chain is told by, beside what every row of calls shows."""

LONGEST: Final = timedelta(hours=36)
"""No credentials of a session live longer (docs: GetSessionToken, GetFederationToken)."""

_AROUND: Final = timedelta(minutes=15)
_KEY = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,124}")
_SESSION = re.compile(r"arn:[^:]*:sts::\d*:(assumed-role/[^/]+/.+|federated-user/.+)|[\w+=,.@-]+/[\w+=,.@-]+")


def is_key(session: str) -> bool:
    """Whether it is the id of an access key."""
    return bool(_KEY.fullmatch(session))


def lasts(access_key: str) -> bool:
    """Whether the key is a user's own (AKIA…), which lives until somebody deletes it."""
    return access_key.startswith("AKIA")


def calls(session: str) -> Calls:
    """What a session did: by its ARN, as ROLE/SESSION, or by its access key; raises BadRequest for what is none."""
    said = session.strip()
    if is_key(said):
        used = (Match("access_key = ?", (said,)),)
        return Calls(where=used, columns=COLUMNS, needles=(said,), lookup=Lookup("AccessKeyId", (said,)))
    if not _SESSION.fullmatch(said):
        raise BadRequest(
            f"{said[:80]!r} is no session.",
            "Say its ARN (arn:aws:sts::…:assumed-role/…), ROLE/SESSION, or an access key's id; "
            "/trail user finds people by name.",
        )
    return replace(questions.user(said), columns=COLUMNS)


def makers(access_keys: Sequence[str]) -> Calls:
    """The calls that made these keys."""
    either = tuple(Match("made_key = ?", (key,)) for key in access_keys)
    # The event history files such a call under the key that it made; those by the key may be thousands.
    lookup = Lookup("ResourceName", tuple(access_keys))
    return Calls(either=either, columns=COLUMNS, needles=tuple(access_keys), lookup=lookup)


def around(began: Sequence[datetime]) -> Span:
    """When sessions that began then were made."""
    return Span(min(began) - _AROUND, max(began) + _AROUND)


def before(first: datetime, last: datetime) -> Span:
    """When the credentials of calls from `first` to `last` can have been made, their session's beginning unknown."""
    return Span(min(first, last - LONGEST), first + _AROUND)
