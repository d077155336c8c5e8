"""A finding's first line: who did what, to what, from where; AWS's own sentence where we have none."""

import json
import re
from typing import Any

from bot.core.alert import TITLE
from bot.core.findings.action import RemoteIp
from bot.core.findings.finding import Finding
from bot.core.findings.kind import USERS, Kind, kind, kind_in_words
from bot.core.findings.programs import CLUSTERS, PROGRAMS
from bot.core.findings.resource import Key
from bot.core.findings.sentences import ATTACKERS, DATA, MACHINES, PEOPLE
from bot.core.findings.sequence import Sequence
from bot.core.spoken import folded, lowered, sentence, some

_SENTENCES = {**PEOPLE, **DATA, **MACHINES, **PROGRAMS, **CLUSTERS}
_HOLE = re.compile(r"\{(\w+)\}")
_MARK = re.compile(r"^\[?SAMPLE\]?:? +")
_BAD = {"MaliciousIPCaller": "a known malicious address", "TorIPCaller": "the Tor network"}
_OWN_LIST = "an address on your own threat list"
_FIELD = re.compile(
    r"\b(?:event(?:First|Last)Seen|(?:principal|accessKey|account|instance)Id|userName|userType)\b"
)
"""Names of fields that AWS's own prose has."""
_MENTION = re.compile(rf"\b(?:(?:[Pp]rincipal|[Uu]ser) )?(?P<kind>{'|'.join(USERS)})\s*[:/]\s*(?=\S)")


def title(finding: Finding) -> str:
    """One line of at most TITLE characters; samples say so first."""
    said = sentence(_sentence(finding) or _theirs(finding))
    return folded(f"Sample, not real: {said}" if is_sample(finding) else said, TITLE)


def is_sample(finding: Finding) -> bool:
    """A finding made by CreateSampleFindings (reference: guardduty §8)."""
    info = finding.service.additional_info or {}
    return bool(info.get("sample") or _value(info).get("sample") or _MARK.match(finding.title or ""))


def principal(key: Key | None) -> str | None:
    """`user backup`, `role ci-deploy`, `the root user`; None where nobody is named."""
    if key is None:
        return None
    if key.user_type == "Root":
        return "the root user"
    name = key.user_name or key.principal_id
    word = USERS.get(key.user_type or "", "principal")
    return f"{word} {name}" if name else None


def _sentence(finding: Finding) -> str | None:
    """Ours, when the table has the kind and the finding every name that its row needs."""
    parts = kind(finding.type)
    row = _row(finding, parts) if parts else None
    if parts is None or row is None:
        return None
    names = {hole: _names(finding, parts, hole) for hole in _HOLE.findall(row)}
    if not all(names.values()):
        return None
    return _HOLE.sub(lambda hole: names[hole[1]] or "", row) + _tail(finding, colon="{bad}" in row)


def _row(finding: Finding, parts: Kind) -> str | None:
    whole = f"{parts.on}/{parts.family}"
    mechanism = f".{parts.mechanism}" if parts.mechanism else ""
    forms = (
        f"{whole}{mechanism}!{parts.artifact}",
        f"{parts.purpose}:{whole}{mechanism}",
        f"{whole}{mechanism}",
        f"{parts.purpose}:{whole}",
        whole,
        parts.family,
    )
    tables = (ATTACKERS, _SENTENCES) if finding.service.resource_role == "ACTOR" else (_SENTENCES,)
    return next((table[form] for form in forms for table in tables if form in table), None)


def _names(finding: Finding, parts: Kind, hole: str) -> str | None:
    told = finding.service.detection and finding.service.detection.sequence
    match hole:
        case "bad":
            return _OWN_LIST if parts.mechanism.startswith("Custom") else _BAD.get(parts.family)
        case "who" if told and told.who:
            return some(told.who, 2)
        case "who":
            return _kubernetes_user(finding) or principal(finding.resource.access_key_details)
        case "ports":
            probes = finding.service.action and finding.service.action.port_probe_action
            ports = probes.ports if probes else ()
            return f"port{'s' if len(ports) > 1 else ''} {some([str(port) for port in ports])}".strip()
        case _:
            return _thing(finding) or (some(_touched(told), 1) if told else None)


def _touched(told: Sequence) -> list[str]:
    """What took part, the keys last: they are who, not what."""
    return [one.words for one in sorted(told.resources, key=lambda one: one.resource_type == "ACCESS_KEY")]


def _thing(finding: Finding) -> str | None:
    first = next(iter(finding.resource.things), None)
    if first is None:
        return None
    word, name = first
    return f"{'' if word in {'instance', 'cluster'} else 'the '}{word} {name}"


def _kubernetes_user(finding: Finding) -> str | None:
    told = finding.resource.kubernetes_details
    user = told and told.kubernetes_user_details
    return f"Kubernetes user {user.username}" if user and user.username else None


def _tail(finding: Finding, *, colon: bool) -> str:
    """The domain that was asked for, or the far end: where it came from, or went to."""
    action, told = finding.service.action, finding.service.detection and finding.service.detection.sequence
    if told and len(told.signals) > 1:
        return f": {len(told.signals)} signs of one attack"
    if action and action.dns_request_action and action.dns_request_action.domain:
        return f": {action.dns_request_action.domain}"
    if not (finding.remote and finding.remote.address):
        return ""
    joint = ": " if colon else " at " if action and action.outbound else ", from "
    return f"{joint}{_place(finding.remote)}"


def _place(remote: RemoteIp) -> str:
    return f"{remote.address} ({remote.country_name})" if remote.country_name else str(remote.address)


def _theirs(finding: Finding) -> str:
    """AWS's sentence with its raw words spoken, and the resource where it names none."""
    said = _MARK.sub("", (finding.title or "").strip()).rstrip(".")
    if not said or said == finding.type:
        known = ", ".join(part for part in (kind_in_words(finding.type), _about(finding)) if part)
        return known or "GuardDuty found something, and does not say what"
    said = spoken(said)
    key = finding.resource.access_key_details
    names = [name for _, name in finding.resource.things] + [(key.user_name if key else None) or ""]
    named = any(part and part in said for name in names for part in (name, name.partition(" (")[0]))
    return said if named or not _about(finding) else f"{said}: {_about(finding)}"


def spoken(text: str) -> str:
    """AWS's prose with `AssumedRole : ci-deploy`, `IAMUser/backup` and `principalId` as words."""
    said = _MENTION.sub(lambda found: f"{USERS[found['kind']]} ", text)
    return _FIELD.sub(lambda found: lowered(found[0]), said)


def _about(finding: Finding) -> str:
    return _thing(finding) or principal(finding.resource.access_key_details) or ""


def _value(info: dict[str, Any]) -> dict[str, Any]:
    """`additionalInfo.value` is JSON in a string."""
    try:
        inside = json.loads(info.get("value") or "{}")
    except (TypeError, ValueError, RecursionError):
        return {}
    return inside if isinstance(inside, dict) else {}
