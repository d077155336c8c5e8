"""What everybody may do with a bucket, and why nobody can tell, in words."""

from collections.abc import Sequence

from bot.core.public.meaning import Access
from bot.core.public.way import Missing

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


def because(missing: Missing) -> str:
    """`the policy: AWS refused (s3:GetBucketPolicy)`."""
    action = f" ({missing.unread.action})" if missing.unread.action else ""
    return f"{missing.part}: {missing.unread.why}{action}"
