"""One setting of a bucket, before and after: exactly what is put, and what is put back."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.policies.merge import merged
from bot.core.policies.template import Wanted
from bot.core.policies.templates import filled
from bot.core.public.bucket import Judged
from bot.core.public.fix import fix
from bot.core.public.meaning import Unread
from bot.errors import AccessDenied, BadRequest, NoroshiError, Upstream

Setting = Literal["block", "acl", "policy"]
_FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_SUBJECT = re.compile(r"bucket:(\d{12}):([a-z0-9-]{0,30}):([A-Za-z0-9][A-Za-z0-9._-]{2,254})")
_ROOT = re.compile(r"^arn:aws[a-z-]*:iam::(\d{12}):root$")
_PRINCIPALS = frozenset({"Principal", "NotPrincipal"})
_EVERYBODY = ("groups/global/AllUsers", "groups/global/AuthenticatedUsers")
WANTS: Mapping[str, str] = {
    "block": "Block Public Access: turn on what closes it",
    "acl": "ACL: take out what everybody is granted",
    "policy:tls-only": "Policy: deny every request without TLS",
    "policy:deny-everyone": "Policy: deny everybody all objects (an emergency stop)",
}
"""What can be asked for, by the name that the form gives it."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose bucket, where."""

    name: str
    account_id: str
    region: str

    @property
    def subject(self) -> str:
        """As a button names it."""
        return f"bucket:{self.account_id}:{self.region}:{self.name}"


def named(subject: str) -> Bucket | None:
    """The bucket that a button names; None for what names none."""
    found = _SUBJECT.fullmatch(subject)
    return Bucket(found[3], found[1], found[2]) if found else None


@dataclass(frozen=True, slots=True)
class Change:
    """A setting's whole value before and after, as JSON; None is that there is none.

    A block is its four flags, an ACL AWS's `AccessControlPolicy`, a policy its document. `words` say what it does, `costs` what stops with it.
    """

    setting: Setting
    before: str | None
    after: str | None
    words: str
    costs: tuple[str, ...] = ()

    def is_before(self, value: str | None) -> bool:
        """Whether this is the value that it was asked to change."""
        return self._same(self.before, value)

    def is_after(self, value: str | None) -> bool:
        """Whether this is the value that it sets."""
        return self._same(self.after, value)

    def _same(self, one: str | None, other: str | None) -> bool:
        if self.setting == "block":
            # No block, and one with nothing on, let the same through.
            return _on(one) == _on(other)
        if one is None or other is None:
            return one is other
        try:
            return bool(_meaning(json.loads(one)) == _meaning(json.loads(other)))
        except ValueError:
            return one == other


def change(wanted: str, judged: Judged) -> Change:
    """What to do to a bucket as it is now.

    Raises BadRequest where there is nothing to do, AccessDenied or Upstream where the present value is not known.
    """
    setting, _, template = wanted.partition(":")
    if wanted not in WANTS:
        raise BadRequest("I don't know this fix: it is of another time.", "Press Fix… again.")
    if setting == "block":
        return _block(judged)
    return _acl(judged) if setting == "acl" else _policy(judged, template)


def _block(judged: Judged) -> Change:
    own = judged.facts.bucket_block
    if isinstance(own, Unread):
        raise _unknown("the bucket's Block Public Access", own)
    closing = fix(judged.facts, judged.verdict)
    if closing is None:
        raise BadRequest(
            f"{judged.bucket.name} is not public: Block Public Access closes nothing.",
            "Look again: /s3 explain",
        )
    after = {flag: flag in own.on or flag in closing.flags for flag in _FLAGS}
    before = {flag: flag in own.on for flag in _FLAGS} if own.on else None
    return Change("block", _json(before), _json(after), closing.words, closing.costs)


def _acl(judged: Judged) -> Change:
    held: Any = judged.facts.acl
    if isinstance(held, Unread) or not isinstance(held, Mapping):
        raise _unknown("the ACL", held if isinstance(held, Unread) else Unread("it was not read"))
    grants = list(held.get("Grants", ()))
    kept = [one for one in grants if not _is_everybodys(one)]
    if len(kept) == len(grants):
        raise BadRequest(
            f"The ACL of {judged.bucket.name} grants everybody nothing.", "Look again: /s3 explain"
        )
    owner = {"Owner": held["Owner"]} if "Owner" in held else {}
    words = f"take {len(grants) - len(kept)} grant{'s' if len(grants) - len(kept) > 1 else ''} to everybody out of its ACL"
    return Change("acl", _json({"Grants": grants, **owner}), _json({"Grants": kept, **owner}), words)


def _policy(judged: Judged, name: str) -> Change:
    held = judged.facts.policy
    if isinstance(held, Unread):
        raise _unknown("the policy", held)
    template = filled(name, Wanted(judged.bucket.name, judged.bucket.account_id, judged.bucket.region))
    whole = merged(held, template)
    text = held if isinstance(held, str) or held is None else _json(held)
    made = Change(
        "policy",
        text,
        whole.text,
        f"put the policy template {name}: {template.does}",
        (f"it locks out {template.locks_out}",),
    )
    if made.is_after(made.before):
        raise BadRequest(f"{judged.bucket.name} has this policy already.", "Look again: /s3 explain")
    return made


def _is_everybodys(grant: object) -> bool:
    grantee = grant.get("Grantee", {}) if isinstance(grant, Mapping) else {}
    return any(group in str(grantee.get("URI", "")) for group in _EVERYBODY)


def _unknown(what: str, why: Unread) -> NoroshiError:
    said = f"{what[:1].upper()}{what[1:]} is not known: {why.why}. What nobody can read can't be put back."
    if why.action:
        return AccessDenied(said, f"Allow {why.action} to the bot.", action=why.action)
    return Upstream(said, "Try again in a moment.")


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True)


def _on(block: str | None) -> frozenset[str]:
    said = json.loads(block) if block else {}
    return frozenset(name for name, on in said.items() if on)


def _meaning(value: Any, key: str = "") -> Any:
    """S3 gives a policy back in words of its own: an account as its root's ARN, one value for a list of one.

    IAM user guide, AWS JSON policy elements: Principal.
    """
    if isinstance(value, Mapping):
        return {name: _meaning(each, key if key in _PRINCIPALS else name) for name, each in value.items()}
    if not isinstance(value, list) and key in {"", "Version", "Id", "Sid", "Effect"}:
        return value
    listed = [
        _meaning(each, key) if isinstance(each, Mapping) else _said(each, key) for each in _several(value)
    ]
    return sorted(listed, key=_json_text)


def _said(value: Any, key: str) -> str:
    text = value if isinstance(value, str) else _json_text(value)
    return _ROOT.sub(r"\1", text) if key in _PRINCIPALS else text


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _json_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
