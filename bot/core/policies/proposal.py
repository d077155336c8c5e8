"""What a template would change: the policy before and after, as they differ, and who gets in then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.core.configuration.change import Change
from bot.core.configuration.diff import differ
from bot.core.configuration.item import Item, Place, Resource
from bot.core.configuration.opened import opened
from bot.core.policies.merge import Merged, merged
from bot.core.policies.template import Template
from bot.core.public import policy as policies
from bot.core.public.block import stop
from bot.core.public.bucket import Judged
from bot.core.public.facts import NOT_ASKED
from bot.core.public.meaning import Unread, judgement
from bot.core.public.verdict import Verdict, verdict
from bot.errors import AccessDenied, BadRequest, Upstream

TYPE = "AWS::S3::Bucket"
_LONG_AGO = datetime(2006, 3, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A policy to review. `present` is the one that is there, as AWS gave it; `after` what the verdict would be.

    `refused_by`: what would make S3 refuse it (`BlockPublicPolicy of the bucket's block`), as it takes no public
    policy where that is on; "" where nothing known does.
    """

    template: Template
    judged: Judged
    policy: Merged
    present: object
    changes: Sequence[Change]
    after: Verdict
    refused_by: str = ""


def propose(template: Template, judged: Judged) -> Proposal:
    """Raises AccessDenied or Upstream where the present policy can't be read, BadRequest as `merged` does.

    BadRequest also for a directory bucket, whose policies speak of another service.
    """
    facts = judged.facts
    if facts.is_directory:
        said = f"{judged.bucket.name} is a directory bucket: its policy has other actions (s3express)."
        raise BadRequest(said, "It is always private; write its policy by hand.")
    if isinstance(facts.policy, Unread):
        raise _unreadable(facts.policy)
    policy = merged(facts.policy, template)
    before, after = (judgement(policies.openings(each)) for each in (facts.policy, policy.document))
    # All the old statements are in the new policy and a template opens nothing: where AWS and we differ now, we would
    # differ then.
    then = replace(facts, policy=policy.document, aws_says=facts.aws_says if before == after else NOT_ASKED)
    is_public = after == "public" or then.aws_says is True
    refused = stop("BlockPublicPolicy", facts.blocks).by if is_public else ""
    return Proposal(template, judged, policy, facts.policy, _changes(judged, policy), verdict(then), refused)


def _changes(judged: Judged, policy: Merged) -> tuple[Change, ...]:
    bucket = judged.bucket
    resource = Resource(TYPE, bucket.name, Place(bucket.account_id, bucket.region), bucket.name)
    at = bucket.made_at or _LONG_AGO
    old, new = (
        Item(resource, at, "OK", supplementary={"BucketPolicy": {"policyText": text}})
        for text in (opened(judged.facts.policy), policy.document)
    )
    return tuple(differ(old, new).changes)


def _unreadable(why: Unread) -> Upstream:
    said = f"The policy that is there can't be read: {why.why}. Without it nothing can be added to it."
    if why.action:
        return AccessDenied(said, f"Allow {why.action} to the bot.", action=why.action)
    return Upstream(said, "Ask again in a moment.")
