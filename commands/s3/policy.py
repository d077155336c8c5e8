"""What would a bucket's policy be with this template in it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.command import Reach, Request
from bot.core.policies.proposal import Proposal, propose
from bot.core.policies.remark import Remark
from bot.core.policies.template import Wanted
from bot.core.policies.templates import filled
from bot.core.public.bucket import Bucket
from bot.core.view import Caveat, Receipt
from bot.errors import NoroshiError, NotFound

# Before the bucket is found nobody knows whose it is; that is no fault of the words.
_SOMEBODYS = "000000000000"


class PolicyFor(Request):
    """A template by its name, a bucket and the account that has it ("": to be found), and what fills the template."""

    template: str
    bucket: str
    account: str = ""
    distribution: str = ""
    endpoint: str = ""
    organization: str = ""
    networks: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()


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
    ports, began = reach.ports, reach.ports.now()
    # Words that make no sense are told before anything is asked.
    filled(request.template, _wanted(request, Bucket(request.bucket, request.account or _SOMEBODYS)))
    judged = ports.public_access.whole(request.bucket, request.account, reach.progress)
    if judged.gone:
        raise NotFound(f"{request.bucket} was deleted meanwhile.")
    proposal = propose(filled(request.template, _wanted(request, judged.bucket)), judged)
    reach.progress("Letting Access Analyzer read it…")
    remarks, caveats = _validated(proposal, reach)
    seconds = (ports.now() - began).total_seconds()
    return Answer(proposal, remarks, caveats, Receipt("s3", seconds, cost_usd=0.0))


def _wanted(request: PolicyFor, bucket: Bucket) -> Wanted:
    return Wanted(
        bucket.name,
        bucket.account_id,
        bucket.region,
        distribution=request.distribution,
        endpoint=request.endpoint,
        organization=request.organization,
        networks=request.networks,
        spared=request.spared,
    )


def _validated(proposal: Proposal, reach: Reach) -> tuple[Sequence[Remark] | None, tuple[Caveat, ...]]:
    bucket = proposal.judged.bucket
    try:
        text = proposal.policy.text
        return reach.ports.policy_validation.remarks(text, bucket.account_id, bucket.region), ()
    except NoroshiError as error:
        said = f"what Access Analyzer says of it: {error.message} {error.hint}".strip()
        return None, (Caveat("not-validated", said),)
