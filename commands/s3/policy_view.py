"""How a policy to review is shown: what it does and to whom, what differs, what Access Analyzer says, and the file."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from bot.core.buttons import Ask, Button, Download, Share
from bot.core.configuration.words import lines, path
from bot.core.policies.merge import MOST
from bot.core.policies.proposal import TYPE, Proposal
from bot.core.sections import Paragraph, Section, Verbatim
from bot.core.text import Code, Line, Small, Strong
from bot.core.view import File, View
from commands.s3.policy import Answer, PolicyFor
from commands.s3.words import missing, place

_SHOWN, _REMARKS, _REASONS = 8, 8, 3
COLUMNS = (
    *("bucket", "account_id", "template", "policy", "bytes", "replaced", "verdict", "verdict_after"),
    *("reasons_after", "refused_by", "changes", "remarks"),
)


def show(request: PolicyFor, answer: Answer, accounts: Mapping[str, str]) -> View:
    """The whole answer; it says first that nothing is changed, and what would come of it."""
    proposal = answer.proposal
    return View(
        title=_title(proposal),
        sections=tuple(_sections(answer, accounts)),
        command="s3 policy",
        request=_request(request),
        rows=(_row(answer),),
        columns=COLUMNS,
        caveats=answer.caveats,
        receipt=answer.receipt,
        buttons=tuple(_buttons(proposal)),
        file=File(_name(proposal), proposal.policy.text),
    )


def _request(request: PolicyFor) -> dict[str, Any]:
    """As it was asked; the region is the bucket's own."""
    asked = asdict(request.wanted)
    told = {"template": request.template, "bucket": asked.pop("bucket"), "account": asked.pop("account_id")}
    return {name: None if said == "" else said for name, said in (told | asked).items() if name != "region"}


def _title(proposal: Proposal) -> str:
    bucket, template = proposal.judged.bucket.name, proposal.template.name
    if not proposal.changes:
        return f"{bucket} has this policy already ({template})"
    said = f"A policy for {bucket} to review ({template}): nothing is changed"
    if proposal.refused_by:
        return f"{said}, and S3 would not take it"
    return said + (", and the bucket stays public with it" if proposal.after.judgement == "public" else "")


def _sections(answer: Answer, accounts: Mapping[str, str]) -> Iterator[Section]:
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
    if proposal.changes:
        yield Paragraph(tuple(_by_hand(proposal)))
    yield Verbatim(proposal.policy.text)


def _differences(proposal: Proposal) -> Iterator[Line]:
    told = lines(proposal.changes, TYPE)
    if not told:
        yield ("Nothing would differ: what the template says stands there.",)
    yield from told[:_SHOWN]
    if (more := len(told) - _SHOWN) > 0:
        yield (Small(f"… and {more:,} more"),)
    if proposal.policy.replaced:
        yield (Small("It takes the place of an older form of the same template."),)
    yield (Small(f"{proposal.policy.size:,} of {MOST:,} bytes"),)


def _verdicts(proposal: Proposal) -> Iterator[Line]:
    before, after = proposal.judged.verdict.judgement, proposal.after.judgement
    words = {"public": "public", "not-public": "not public", "unknown": "not known"}
    yield (Strong("Public?"), f" now {words[before]}, then {words[after]}")
    if after == "public":
        yield from ((f"  still public because {one}",) for one in proposal.after.reasons[:_REASONS])
        if proposal.template.denies:
            yield ("  AWS counts what is allowed; this narrows who gets in all the same.",)
        yield (Small("  Block Public Access closes it: /s3 explain has the smallest change."),)
    if after == "unknown":
        yield from ((f"  missing: {one}",) for one in missing(proposal.after)[:_REASONS])
    if proposal.refused_by:
        names = ", ".join(_openers(proposal)) or "what lets in everybody"
        yield (
            Strong("S3 would refuse it"),
            f": {proposal.refused_by} takes no public policy. First take out of the file: {names}",
        )


def _openers(proposal: Proposal) -> tuple[str, ...]:
    """The statements of the policy that let in everybody, or may, by their names."""
    own = (way for way in proposal.after.ways if way.via == "policy")
    return tuple(
        one.sid or f"statement {one.number}" for way in own for one in way.openings if one.is_certain
    )


def _remarks(answer: Answer) -> Iterator[Line]:
    remarks = answer.remarks or ()
    if not remarks:
        yield (Strong("Access Analyzer"), " has nothing against it")
    for one in remarks[:_REMARKS]:
        where: Line = (Small(f" ({one.where})"),) if one.where else ()
        kind = one.kind.replace("-", " ")
        yield (Strong(f"Access Analyzer, {kind}"), f": {one.words} ", Code(one.code), *where)
    if (more := len(remarks) - _REMARKS) > 0:
        yield (Small(f"… and {more:,} more"),)


def _by_hand(proposal: Proposal) -> Iterator[Line]:
    """As one would do it in a shell; what is there is kept first."""
    bucket = proposal.judged.bucket
    where = ["--bucket", bucket.name, *(("--region", bucket.region) if bucket.region else ())]
    if proposal.present is not None:
        get = shlex.join(
            ["aws", "s3api", "get-bucket-policy", *where, "--query", "Policy", "--output", "text"]
        )
        yield (Small("Keep what is there:"),)
        yield (Code(f"{get} > {shlex.quote(f'{bucket.name}-policy-before.json')}"),)
    yield (Small("When it is reviewed, put the file there:"),)
    yield (Code(shlex.join(["aws", "s3api", "put-bucket-policy", *where, "--policy", f"file://{_name(proposal)}"])),)  # fmt: skip


def _buttons(proposal: Proposal) -> Iterator[Button]:
    bucket = proposal.judged.bucket.name
    yield Download("The policy as a file")
    yield Ask("Who accesses it", ("trail", "who-accessed", bucket), strong=True)
    yield Ask("Why it is public or not", ("s3", "explain", bucket))
    yield Share()


def _name(proposal: Proposal) -> str:
    return f"{proposal.judged.bucket.name}-policy.json"


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
        "reasons_after": list(proposal.after.reasons),
        "refused_by": proposal.refused_by or None,
        "changes": [
            {"path": path(one), "kind": one.kind, "before": one.before, "after": one.after}
            for one in proposal.changes
        ],
        "remarks": told,
    }
