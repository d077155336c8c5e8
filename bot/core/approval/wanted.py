"""What can be asked for, and what it would change of a bucket as it is now."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.amounts import counted
from bot.core.approval.change import Change
from bot.core.approval.given import given
from bot.core.approval.same import grant
from bot.core.configuration.words import lines
from bot.core.policies.proposal import TYPE, propose
from bot.core.policies.template import Wanted
from bot.core.policies.templates import TEMPLATES, filled
from bot.core.public.block import Flags
from bot.core.public.bucket import Judged
from bot.core.public.fix import fix
from bot.core.public.meaning import Unread
from bot.core.public.verdict import verdict
from bot.core.public.words import stands
from bot.core.text import Added, Line, Removed
from bot.errors import AccessDenied, BadRequest, NoroshiError, Upstream

WANTS: Mapping[str, str] = {
    "block": "Block Public Access: turn on what closes it",
    "acl": "ACL: take out what everybody is granted",
    **{f"policy:{name}": f"Policy: {kind.words}" for name, kind in TEMPLATES.items()},
}
"""By the name that the form gives it."""
_LOOK: Final = "Look again: /s3 explain"
_FLAGS: Final = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_EVERYBODY: Final = ("groups/global/AllUsers", "groups/global/AuthenticatedUsers")


def change(wanted: str, judged: Judged, text: str = "") -> Change:
    """What to do to a bucket as it is now; `text` is what a template is filled with, in any order.

    Raises BadRequest where there is nothing to do, S3 would refuse it, or a template lacks something; AccessDenied or
    Upstream where the present value is not known.
    """
    setting, _, template = wanted.partition(":")
    if wanted not in WANTS:
        raise BadRequest("I don't know this fix: it is of another time.", "Press Fix… again.")
    if setting == "block":
        return _block(judged)
    return _acl(judged) if setting == "acl" else _policy(judged, template, text)


def _block(judged: Judged) -> Change:
    own = judged.facts.bucket_block
    if isinstance(own, Unread):
        raise _unknown("the bucket's Block Public Access", own)
    closing = fix(judged.facts, judged.verdict)
    if closing is None:
        raise BadRequest(f"{judged.bucket.name} is not public: Block Public Access closes nothing.", _LOOK)
    after = {flag: flag in own.on or flag in closing.flags for flag in _FLAGS}
    before = {flag: flag in own.on for flag in _FLAGS} if own.on else None
    shown = tuple(_flag(flag, was=flag in own.on, then=after[flag]) for flag in _FLAGS)
    facts = replace(judged.facts, bucket_block=Flags(own.on.union(closing.flags)))
    then = stands(verdict(facts), still=True)
    return Change("block", _json(before), _json(after), closing.words, closing.costs, shown, then)


def _acl(judged: Judged) -> Change:
    held: Any = judged.facts.acl
    if isinstance(held, Unread) or not isinstance(held, Mapping):
        raise _unknown("the ACL", held if isinstance(held, Unread) else Unread("it was not read"))
    grants = list(held.get("Grants", ()))
    kept = [one for one in grants if not _is_everybodys(one)]
    gone = [one for one in grants if _is_everybodys(one)]
    if not gone:
        raise BadRequest(f"The ACL of {judged.bucket.name} grants everybody nothing.", _LOOK)
    owner = {"Owner": held["Owner"]} if "Owner" in held else {}
    before, after = {"Grants": grants, **owner}, {"Grants": kept, **owner}
    words = f"take {counted(len(gone), 'grant')} to everybody out of its ACL"
    shown = (*(_taken(one) for one in gone), (f"{counted(len(kept), 'other grant')} as now",))
    then = stands(verdict(replace(judged.facts, acl=after)), still=True)
    return Change("acl", _json(before), _json(after), words, (), shown, then)


def _policy(judged: Judged, name: str, text: str) -> Change:
    bucket = judged.bucket
    template = filled(name, given(text, Wanted(bucket.name, bucket.account_id, bucket.region)))
    made = propose(template, judged)
    if made.refused_by:
        raise BadRequest(
            f"S3 would refuse it: {made.refused_by} takes no public policy.",
            "Take what lets in everybody out of the policy first.",
        )
    held = judged.facts.policy
    before = held if isinstance(held, str) or held is None else _json(held)
    words = f"put the policy template {name}: {template.does}"
    costs, shown = (f"it locks out {template.locks_out}",), lines(made.changes, TYPE)
    exact = "\n".join(json.dumps(one, indent=2, ensure_ascii=False) for one in template.statements)
    then = stands(made.after, still=True)
    found = Change("policy", before, made.policy.text, words, costs, shown, then, template.check, exact)
    if found.is_after(found.before):
        raise BadRequest(f"{judged.bucket.name} has this policy already.", _LOOK)
    return found


def _flag(flag: str, *, was: bool, then: bool) -> Line:
    return (f"{flag} is {'on' if then else 'off'}, as now",) if was == then else (Added(f"+ {flag} is on"),)


def _taken(one: Any) -> Line:
    whom, what = grant(one)
    signed_in = whom.endswith("AuthenticatedUsers")
    return (Removed(f"− {'everybody with an AWS account' if signed_in else 'everybody'}: {what}"),)


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
