"""Who gets into a bucket, what they may do there, and why nobody can tell, in words."""

from collections.abc import Sequence

from bot.core.public.meaning import EVERY_ACCESS, Access
from bot.core.public.verdict import Verdict
from bot.core.public.way import Missing

_SIGNED_IN = "everybody with an AWS account"
_VERBS: dict[Access, str] = {
    "write": "write",
    "admin": "change who may do what",
    "read": "read",
    "list": "list",
    "settings": "read its settings",
}


def may(access: Sequence[Access]) -> str:
    """`write, read and list`."""
    verbs = [_VERBS[each] for each in access] or ["do something nobody can tell"]
    return verbs[0] if len(verbs) == 1 else f"{', '.join(verbs[:-1])} and {verbs[-1]}"


def does(access: Sequence[Access]) -> str:
    """`read and list`; `do anything` where it is all."""
    return "do anything" if set(access) == set(EVERY_ACCESS) else may(access)


def who_may(found: Verdict) -> str:
    """`everybody may read and list`: whom alone the public ways let in, and for what."""
    named = {opening.who for way in found.via for opening in way.openings if opening.is_certain}
    return f"{_SIGNED_IN if named == {_SIGNED_IN} else 'everybody'} may {does(found.access)}"


def stands(found: Verdict, *, still: bool = False) -> str:
    """How a bucket stands, as a sentence: `It is public: everybody may read.`; `still` where it was before."""
    match found.judgement:
        case "public":
            return f"It is {'still ' if still else ''}public: {who_may(found)}."
        case "not-public":
            return "It is not public."
        case _:
            return "Whether it is public nobody can tell."


def because(missing: Missing) -> str:
    """`the policy: AWS refused (s3:GetBucketPolicy)`."""
    action = f" ({missing.unread.action})" if missing.unread.action else ""
    return f"{missing.part}: {missing.unread.why}{action}"
