"""What would a bucket's policy be with this template in it?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.command import Reach, Request
from bot.core.policies.proposal import Proposal, propose
from bot.core.policies.remark import Remark
from bot.core.policies.template import Wanted
from bot.core.policies.templates import filled
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError, NotFound

# Before the bucket is found nobody knows whose it is; that is no fault of the words.
_SOMEBODYS = "000000000000"


class PolicyFor(Request):
    """A template by its name, and what fills it; the account is "" where the bucket has to be found."""

    template: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Answer:
    """The policy to review, and what Access Analyzer says of it; None where it was not asked, with a caveat."""

    proposal: Proposal
    remarks: Sequence[Remark] | None
    caveats: tuple[Caveat, ...]
    receipt: Receipt


def policy_for(request: PolicyFor, reach: Reach) -> Answer:
    """Read what is there, put the template in, and let it be validated; nothing is changed.

    Raises NotFound for a bucket that is none of ours, AccessDenied where its policy can't be read, BadRequest for what
    the template lacks and for a policy that can't be added to.
    """
    ports, began, wanted = reach.ports, reach.ports.now(), request.wanted
    # Words that make no sense are told before anything is asked.
    filled(request.template, replace(wanted, account_id=wanted.account_id or _SOMEBODYS))
    judged = ports.public_access.whole(wanted.bucket, wanted.account_id, reach.progress)
    if judged.gone:
        raise NotFound(f"{wanted.bucket} was deleted meanwhile.")
    found = judged.bucket
    known = replace(wanted, bucket=found.name, account_id=found.account_id, region=found.region)
    proposal = propose(filled(request.template, known), judged)
    reach.progress("Letting Access Analyzer read it…")
    remarks, caveats = _validated(proposal, reach)
    seconds = (ports.now() - began).total_seconds()
    return Answer(proposal, remarks, caveats, Receipt("s3", seconds, cost_usd=0.0))


def _validated(proposal: Proposal, reach: Reach) -> tuple[Sequence[Remark] | None, tuple[Caveat, ...]]:
    bucket = proposal.judged.bucket
    try:
        text = proposal.policy.text
        return reach.ports.policy_validation.remarks(text, bucket.account_id, bucket.region), ()
    except NoroshiError as error:
        said = f"what Access Analyzer says of it: {error.message} {error.hint}".strip()
        return None, (Caveat("not-validated", said),)
