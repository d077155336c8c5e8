"""What a bucket's ACL lets everybody do.

It is public where it grants anything to one of two groups.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.core.public.meaning import EVERY_ACCESS, Access, Opening, written

_PUBLIC: Final = {"AllUsers": "everybody", "AuthenticatedUsers": "everybody with an AWS account"}
_KNOWN: Final = frozenset({*_PUBLIC, "LogDelivery"})

_ON_A_BUCKET: Final[Mapping[str, tuple[Access, ...]]] = {
    "READ": ("list",),
    "WRITE": ("write",),
    "READACP": ("settings",),
    "WRITEACP": ("admin",),
    "FULLCONTROL": ("write", "admin", "list", "settings"),
}
# Names of ready-made ACLs, without case and hyphens: CloudFormation writes PublicRead.
_CANNED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "publicread": (("AllUsers", "READ"),),
    "publicreadwrite": (("AllUsers", "READ"), ("AllUsers", "WRITE")),
    "authenticatedread": (("AuthenticatedUsers", "READ"),),
    "private": (),
    "awsexecread": (),
    "bucketownerread": (),
    "bucketownerfullcontrol": (),
    "logdeliverywrite": (),
}


def openings(said: object) -> tuple[Opening, ...]:
    """Each grant of a bucket's ACL that is public or may be; () where none is.

    `said` is what GetBucketAcl answers, what Config has (`grantList`, groups by their short names), the name of
    a canned ACL, or a text of one of them; None is no ACL. Nothing is raised, whatever it is.
    """
    if said is None:
        return ()
    if isinstance(said, str):
        return _of_text(said)
    grants = (said.get("Grants") or said.get("grantList") or ()) if isinstance(said, Mapping) else None
    if not isinstance(grants, (list, tuple)):
        return (_unread("the ACL can't be read"),)
    return tuple(found for one in grants if (found := _of_grant(one)))


def _of_text(said: str) -> tuple[Opening, ...]:
    canned = _CANNED.get(said.replace("-", "").lower())
    if canned is not None:
        return tuple(_public(group, permission) for group, permission in canned)
    try:
        opened = json.loads(said)
    except (ValueError, RecursionError):
        opened = None
    # A text in a text is how Config has it; a third one within is nobody's ACL.
    return openings(opened) if isinstance(opened, Mapping) else (_unread("the ACL can't be read"),)


def _of_grant(said: object) -> Opening | None:
    if not isinstance(said, Mapping):
        return _unread("a grant of the ACL can't be read")
    permission = written(_either(said, "Permission", "permission"))
    grantee = _either(said, "Grantee", "grantee")
    group = _group(grantee)
    if group in _PUBLIC:
        return _public(group, permission)
    if group in _KNOWN or (group is None and _is_somebody(grantee)):
        return None
    return _unread(f"the ACL grants {permission} to {group or 'somebody who'} that is not known")


def _group(grantee: object) -> str | None:
    uri = _either(grantee, "URI", "uri") if isinstance(grantee, Mapping) else grantee
    return uri.rpartition("/")[2] if isinstance(uri, str) else None


def _is_somebody(grantee: object) -> bool:
    names = ("ID", "id", "EmailAddress", "emailAddress")
    return isinstance(grantee, Mapping) and any(grantee.get(name) for name in names)


def _either(said: Mapping[str, Any], *names: str) -> Any:
    return next((said[name] for name in names if name in said), None)


def _public(group: str, permission: str) -> Opening:
    access = _ON_A_BUCKET.get(permission.replace("_", "").upper(), EVERY_ACCESS)
    return Opening("", access, f"the ACL grants {permission} to {group}", _PUBLIC[group])


def _unread(why: str) -> Opening:
    return Opening("", EVERY_ACCESS, why, who="nobody that can be read", is_certain=False)
