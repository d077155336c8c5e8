"""Whether a bucket's ACLs count at all.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
"""

from collections.abc import Mapping
from typing import Final

from bot.core.public.meaning import Unread

_COUNTING: Final = frozenset({"BucketOwnerPreferred", "ObjectWriter"})
_ENFORCED: Final = "BucketOwnerEnforced"


def acls_are_off(said: object) -> bool | Unread:
    """True under BucketOwnerEnforced; None is a bucket without ownership controls, whose ACLs count.

    `said` is what GetBucketOwnershipControls answers, its inner object, what Config has, or the bare word.
    """
    for name in ("OwnershipControls", "Rules", "rules"):
        said = said[name] if isinstance(said, Mapping) and name in said else said
    if said is None or _word(said) in _COUNTING:
        return False
    return True if _word(said) == _ENFORCED else Unread("the object ownership can't be read")


def _word(said: object) -> str:
    if isinstance(said, (list, tuple)) and len(said) == 1:
        said = said[0]
    if isinstance(said, Mapping):
        said = said.get("ObjectOwnership", said.get("objectOwnership"))
    return said if isinstance(said, str) else ""
