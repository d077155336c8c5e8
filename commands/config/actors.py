"""Who changed it, in words, and as the contract's JSON has it."""

from typing import Any, Final

from bot.core.configuration.revision import Actor, Tool
from bot.core.principal import describe
from bot.core.text import Code, Line, Piece, Small, Strong, When

_THROUGH: Final[dict[Tool, str]] = {
    "console": " in the console",
    "cli": " with the AWS CLI",
    "sdk": " through an SDK",
    "terraform": " with Terraform",
    "cloudformation": " through CloudFormation",
    "ci": " from CI",
    "service": "",
}


def by_line(actor: Actor) -> Line:
    """`by mika.sato in the console (AuthorizeSecurityGroupIngress, …, from 203.0.113.9) · exact`."""
    if actor.confidence == "unknown" and not actor.principal:
        return (Small("by "), "nobody I can name", Small(f": {actor.reason}"))
    call: list[Piece] = [Small(" ("), Code(actor.event_name or "unknown")]
    if actor.event_time:
        call += [Small(", "), When(actor.event_time)]
    if actor.source_ip:
        call += [Small(f", from {actor.source_ip}")]
    sure = Small(f" · {actor.confidence}")
    why = (Small(f": {actor.reason}"),) if actor.confidence != "exact" and actor.reason else ()
    return (Small("by "), *who(actor), Small(_through(actor)), *call, Small(")"), sure, *why)


def who(actor: Actor) -> Line:
    """The human first; what they acted as behind."""
    principal = describe(actor.principal)
    if actor.human and actor.human != principal.name:
        return (Strong(actor.human), Small(f" as {principal}"))
    kind = (Small(f" ({principal.kind})"),) if principal.kind else ()
    return (Strong(principal.name), *kind)


def _through(actor: Actor) -> str:
    if actor.via and actor.via != actor.principal:
        return f" through {actor.via}"
    return _THROUGH.get(actor.tool, "")


def as_json(actor: Actor) -> dict[str, Any]:
    """The contract's `actor`, and what more is known; None is unknown."""
    return {
        "principal": actor.principal,
        "event_name": actor.event_name,
        "event_time": actor.event_time,
        "event_id": actor.event_id,
        "source_ip": actor.source_ip,
        "confidence": actor.confidence,
        "reason": actor.reason or None,
        "human": actor.human,
        "known_by": actor.known_by,
        "event_source": actor.event_source,
        "user_agent": actor.user_agent,
        "access_key": actor.access_key,
        "via": actor.via,
        "tool": None if actor.tool == "unknown" else actor.tool,
        "others": actor.others,
    }
