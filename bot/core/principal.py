"""Who acted, in words a tired person reads: the human or the job first, the kind behind."""

import re
from dataclasses import dataclass

_ASSUMED = re.compile(
    r"arn:[^:]*:sts::(?P<account>\d*):assumed-role/(?P<role>[^/]+)/(?P<session>.+)", re.DOTALL
)
_FEDERATED = re.compile(r"arn:[^:]*:sts::\d*:federated-user/(?P<name>.+)", re.DOTALL)
_IAM = re.compile(r"arn:[^:]*:iam::\d*:(?P<kind>user|role)/(?:.*/)?(?P<name>[^/]+)", re.DOTALL)
_SSO = re.compile(r"AWSReservedSSO_(?P<set>.+)_[0-9a-f]{16}")
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?")
_ACCOUNT = re.compile(r"(?P<account>\d{12})(?::(?P<id>.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Principal:
    """`name` to recognise, `kind` in words (`user`, `SSO, Admin`, `role tf-apply`)."""

    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})" if self.kind else self.name


def describe(principal: str | None) -> Principal:  # noqa: PLR0911 - one return a shape
    """Words for the contract's `principal`; None is `unknown`."""
    if principal is None:
        return Principal("unknown", "the record names nobody")
    if principal == "anonymous":
        return Principal("anonymous", "anyone, no credentials")
    if found := _ASSUMED.fullmatch(principal):
        return _session(found["role"], found["session"])
    if found := _FEDERATED.fullmatch(principal):
        return Principal(found["name"], "federated user")
    if found := _IAM.fullmatch(principal):
        return Principal(found["name"], found["kind"])
    if principal.endswith(":root") and principal.startswith("arn:"):
        return Principal("root", f"account {principal.split(':')[4]}")
    if _SERVICE.fullmatch(principal):
        return Principal(principal, "AWS service")
    if found := _ACCOUNT.fullmatch(principal):
        return Principal(
            _session_name(found["id"]) or f"account {found['account']}", f"account {found['account']}"
        )
    return Principal(principal, "")


def _session(role: str, session: str) -> Principal:
    if sso := _SSO.fullmatch(role):
        return Principal(session, f"SSO, {sso['set']}")
    return Principal(session, f"role {role}")


def _session_name(principal_id: str | None) -> str | None:
    """`AROAEXAMPLE:session` says `session`; a bare id says itself."""
    return principal_id.partition(":")[2] or principal_id if principal_id else None
