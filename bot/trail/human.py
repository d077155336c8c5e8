"""The human behind a session, by the chain of calls that made its credentials, and how that is known."""

import re
from dataclasses import dataclass
from typing import Literal

from bot.core.principal import describe
from bot.trail.chain import Chain, Link
from bot.trail.session import lasts

By = Literal["source-identity", "sso", "web-identity", "saml", "iam-user", "root", "service", "unknown"]
KNOWN: dict[By, str] = {
    "source-identity": "by the source identity that the session carries",
    "sso": "by the sign-in to IAM Identity Center",
    "web-identity": "by the token that was shown to STS",
    "saml": "by the SAML assertion that was shown to STS",
    "iam-user": "by the IAM user at the chain's end",
    "root": "by root at the chain's end",
    "service": "by the AWS service that took the role: no human did",
}
_SSO = re.compile(r"AWSReservedSSO_.+")
_TOKENS: dict[str, By] = {"WebIdentityUser": "web-identity", "SAMLUser": "saml"}


@dataclass(frozen=True, slots=True)
class Human:
    """`name` is None where nobody can tell, and for a service (`shown` says which)."""

    name: str | None
    by: By
    shown: str = ""


UNKNOWN = Human(None, "unknown")


def human(chain: Chain) -> Human:
    """Who is behind this key: the surest word first, and of several the chain's beginning."""
    back = chain.links[::-1]
    for one in back:
        if one.call.source_identity:
            name = one.call.source_identity
            return Human(name, "source-identity", f"{name} (source identity)")
    for find in (_sso, _token, _end):
        if found := next((who for one in back if (who := find(one))), None):
            return found
    return UNKNOWN


def _sso(one: Link) -> Human | None:
    if one.role_name and _SSO.fullmatch(one.role_name) and one.call.session_name:
        return Human(one.call.session_name, "sso", str(describe(one.call.principal)))
    if one.identity_user:
        return Human(one.identity_user, "sso", f"{one.identity_user} (user of IAM Identity Center)")
    return None


def _token(one: Link) -> Human | None:
    by = _TOKENS.get(one.call.principal_type or "")
    if not by or not one.made_key or not (name := one.user_name or one.call.principal):
        return None
    return Human(name, by, f"{name} ({by.replace('-', ' ') if by != 'saml' else 'SAML'})")


def _end(one: Link) -> Human | None:
    kind, who = one.call.principal_type, describe(one.call.principal)
    if kind == "Root":
        return Human("root", "root", str(who))
    if kind == "IAMUser":
        name = one.user_name or who.name
        return Human(name, "iam-user", f"{name} (user)")
    if kind == "AWSService" and one.made_key:
        return Human(None, "service", str(who))
    return None


def made_the_key(chain: Chain) -> bool:
    """Whether it is a user's own key whose making is on record: its maker is known, not who uses it."""
    return lasts(chain.access_key) and bool(chain.makers)
