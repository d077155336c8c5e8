"""How a policy to review is shown: what it does and to whom, what differs, what Access Analyzer says, and the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.configuration.words import lines
from bot.core.policies.proposal import TYPE, Proposal
from bot.core.text import Code, Line, Small, Strong
from bot.core.view import Ask, Download, File, Paragraph, Section, Share, View
from commands.s3.policy import Answer, PolicyFor
from commands.s3.words import place

_SHOWN, _REMARKS = 8, 8
COLUMNS = (
    "bucket",
    "account_id",
    "template",
    "policy",
    "bytes",
    "replaced",
    "verdict",
    "verdict_after",
    "remarks",
)


def show(request: PolicyFor, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; it says first that nothing is changed."""
    proposal, bucket = answer.proposal, answer.proposal.judged.bucket
    name = f"{bucket.name}-policy.json"
    put = f"aws s3api put-bucket-policy --bucket {bucket.name} --policy file://{name}"
    return View(
        title=f"A policy for {bucket.name} to review ({proposal.template.name}): nothing is changed",
        sections=tuple(_sections(answer, accounts, put)),
        command="s3 policy",
        request=request.model_dump(),
        rows=(_row(answer),),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=(
            Download("The policy as a file"),
            Ask("Who accesses it", ("trail", "who-accessed", bucket.name), strong=True),
            Ask("Why it is public or not", ("s3", "explain", bucket.name)),
            Share(),
        ),
        file=File(name, proposal.policy.text),
    )


def _sections(answer: Answer, accounts: Mapping[str, str], put: str) -> Iterator[Section]:
    proposal = answer.proposal
    template = proposal.template
    yield Paragraph(
        (
            (Small(f"bucket · {place(proposal.judged, accounts)}"),),
            (template.does,),
            (Strong("It locks out"), f" {template.locks_out}."),
            (Strong("Look first"), f": {template.check}"),
        )
    )
    yield Paragraph(tuple(_differences(proposal)))
    yield Paragraph(tuple(_verdicts(proposal)))
    if answer.remarks is not None:
        yield Paragraph(tuple(_remarks(answer)))
    yield Paragraph(((Small("When it is reviewed, put the file there:"),), (Code(put),)))


def _differences(proposal: Proposal) -> Iterator[Line]:
    told = lines(proposal.changes, TYPE)
    if not told:
        yield ("The bucket has this policy already.",)
    yield from told[:_SHOWN]
    if (more := len(told) - _SHOWN) > 0:
        yield (Small(f"… and {more:,} more"),)
    if proposal.policy.replaced:
        yield (Small("It takes the place of an older form of the same template."),)
    yield (Small(f"{proposal.policy.size:,} of 20,480 bytes"),)


def _verdicts(proposal: Proposal) -> Iterator[Line]:
    before, after = proposal.judged.verdict, proposal.after
    words = {"public": "public", "not-public": "not public", "unknown": "not known"}
    yield (Strong("Public?"), f" now {words[before.judgement]}, then {words[after.judgement]}")
    if after.judgement == "public":
        yield from ((Small(f"  {one}"),) for one in after.reasons[:3])
        if before.judgement == "public":
            yield (
                Small(
                    "  A Deny takes nothing from what AWS calls public: close it with Block Public Access."
                ),
            )


def _remarks(answer: Answer) -> Iterator[Line]:
    if not answer.remarks:
        yield (Strong("Access Analyzer"), " has nothing against it")
    for one in (answer.remarks or ())[:_REMARKS]:
        where: Line = (Small(f" ({one.where})"),) if one.where else ()
        yield (
            Strong(f"Access Analyzer, {one.kind.replace('-', ' ')}"),
            f": {one.words} ",
            Code(one.code),
            *where,
        )


def _row(answer: Answer) -> dict[str, Any]:
    proposal = answer.proposal
    bucket = proposal.judged.bucket
    told = None if answer.remarks is None else [f"{one.kind}: {one.code}" for one in answer.remarks]
    return {
        "bucket": bucket.name,
        "account_id": bucket.account_id or None,
        "template": proposal.template.name,
        "policy": dict(proposal.policy.document),
        "bytes": proposal.policy.size,
        "replaced": list(proposal.policy.replaced),
        "verdict": proposal.judged.verdict.judgement,
        "verdict_after": proposal.after.judgement,
        "remarks": told,
    }
