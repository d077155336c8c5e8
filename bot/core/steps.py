"""Next steps that several sources propose; each is one of our own questions, word for word.

What an event calls a key, an address or a thing is believed only in the form that AWS gives it: otherwise no step.
"""

import re
from datetime import date, datetime, timedelta
from ipaddress import ip_address

from bot.core.alert import NextStep
from bot.core.regions import is_code
from bot.core.span import iso

_BEFORE = timedelta(hours=6)
_LASTING = timedelta(days=30)
"""Before it is used, a user's own key is made: so far back its maker is looked for."""
# Rules: S3 user guide, General purpose bucket naming rules.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
# Prefixes: IAM user guide, Understanding unique ID prefixes (long-lived and temporary keys).
_KEY = re.compile(r"A[KS]IA[A-Z0-9]{12,124}")
# EC2's own: a kind, and 8 or 17 hex digits (EC2 user guide, Resource IDs).
_THING = re.compile(r"(sg|i|vol|eni|vpc|subnet|snap|ami)-([0-9a-f]{8}|[0-9a-f]{17})")
_WORDS = {"sg": "group", "i": "instance"}
_USER = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:user/[\w+=,.@/-]{1,512}")
_SESSION = re.compile(r"arn:aws[a-z-]*:sts::\d{12}:assumed-role/([\w+=,.@-]{1,64})/([\w+=,.@-]{2,64})")
_TYPE = re.compile(r"AWS::[A-Za-z0-9]{1,40}::[A-Za-z0-9]{1,60}")
_ID = re.compile(r"[A-Za-z0-9_:/][\w.:/@+=,-]{0,500}", re.ASCII)
_ACCOUNT = re.compile(r"\d{12}")
_DAY = timedelta(days=1)
_LABEL = 75
"""The most that a button may say (Slack: button element)."""


def who_accessed(bucket: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """Who was at this bucket (a name or its ARN) since some hours before the moment `seen`, or for a week.

    None for what is no bucket's name.
    """
    name = re.sub(r"^arn:aws[a-z-]*:s3:::", "", bucket or "")
    return _step(f"Who accessed {name}", "who-accessed", name, seen) if _BUCKET.fullmatch(name) else ()


def explained(bucket: str | None, account_id: str | None = "") -> tuple[NextStep, ...]:
    """Whether this bucket (a name or its ARN) is public now, and why."""
    name = re.sub(r"^arn:aws[a-z-]*:s3:::", "", bucket or "")
    if not _BUCKET.fullmatch(name):
        return ()
    account = ("--account", account_id) if account_id and _ACCOUNT.fullmatch(account_id) else ()
    return (NextStep(f"Whether {name} is public"[:_LABEL], ("s3", "explain", name, *account)),)


def public(account_id: str | None) -> tuple[NextStep, ...]:
    """Which buckets of an account are public now: after what may have opened any of them."""
    if not account_id or not _ACCOUNT.fullmatch(account_id):
        return ()
    return (NextStep("Which buckets are public", ("s3", "public", "--account", account_id)),)


def key(access_key_id: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """What was done with this access key, and with it to others."""
    said = access_key_id or ""
    return _step(f"What key {said} did", "key", said, seen) if _KEY.fullmatch(said) else ()


def behind(credentials: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """Who is behind an access key or an assumed role's session (its ARN), and all that was done in it.

    A user's own key (AKIA…) is asked about for the month before: who made it did so long before it was used.
    """
    said = credentials or ""
    session = _SESSION.fullmatch(said)
    if not session and not _KEY.fullmatch(said):
        return ()
    before = _LASTING if said.startswith("AKIA") else _BEFORE
    return _step(f"Who is behind {session[2] if session else said}", "session", said, seen, before)


def user(principal: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """What a user or an assumed role's session, by its ARN, did."""
    said = principal or ""
    if not (_USER.fullmatch(said) or _SESSION.fullmatch(said)):
        return ()
    return _step(f"What {said.rpartition('/')[2]} did", "user", said, seen)


def ip(address: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """What came from this address; none for one that means no other machine."""
    try:
        said = ip_address(address or "")
    except ValueError:
        return ()
    if said.is_loopback or said.is_link_local or "%" in str(said):
        return ()
    return _step(f"What came from {said}", "ip", str(said), seen)


def resource(thing: str | None, seen: datetime | None) -> tuple[NextStep, ...]:
    """Who touched an EC2 thing: a security group, an instance, a volume …, by its id."""
    found = _THING.fullmatch(thing or "")
    if not found:
        return ()
    return _step(
        f"Who touched {_WORDS.get(found[1], '')} {found[0]}".replace("  ", " "), "resource", found[0], seen
    )


def changed(
    resource_type: str, resource_id: str, seen: datetime | None, account_id: str = "", region: str = ""
) -> tuple[NextStep, ...]:
    """What changed in a resource, by AWS Config's own type and id, since a day before, and who did it."""
    if not (_TYPE.fullmatch(resource_type) and _ID.fullmatch(resource_id)):
        return ()
    name = resource_id.rpartition("/")[2].rpartition(":")[2]
    label = f"What changed in {name}, and who did it"
    account = ("--account", account_id) if _ACCOUNT.fullmatch(account_id) else ()
    place = ("--region", region) if is_code(region) else ()
    since = iso(seen - _DAY) if seen else "30d"
    words = ("config", "history", resource_id, "--type", resource_type, *account, *place, "--since", since)
    return (NextStep(label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…", words),)


def spending(day: date | None) -> tuple[NextStep, ...]:
    """Why a day (of UTC) cost what it did, in which regions the last week's money went, and how the month stands."""
    why = (NextStep(f"Why {day} cost so much", ("billing", "why", f"{day}")),) if day else ()
    regions = NextStep("In which regions", ("billing", "by-region", "--since", "7d"))
    return (*why, regions, NextStep("How the month stands", ("billing", "summary")))


def _step(
    label: str, question: str, about: str, seen: datetime | None, before: timedelta = _BEFORE
) -> tuple[NextStep, ...]:
    words = ("trail", question, about, "--since", iso(seen - before) if seen else f"{max(7, before.days)}d")
    return (NextStep(label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…", words),)
