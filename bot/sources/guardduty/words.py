"""A finding in words: who did what, to what, from where. Pure; every field may be missing."""

import json
import re
from typing import Any

from bot.core.text import Code, Line
from bot.core.words import spaced
from bot.sources.guardduty.finding import Action, Finding, Key, RemoteIp, Resource

# Grammar: docs, GuardDuty finding format.
_TYPE = re.compile(
    r"(?P<purpose>[A-Za-z]+):(?P<on>[A-Za-z0-9]+)/(?P<family>[^.!]+)(?:\.(?P<mechanism>[^!]+))?(?:!(?P<artifact>.+))?"
)
_ON = {"IAMUser": "IAM", "EC2": "EC2", "S3": "S3", "RDS": "RDS", "EKS": "EKS", "ECS": "ECS"}


def kind_in_words(kind: str) -> str:
    """`UnauthorizedAccess:IAMUser/TorIPCaller` as `Unauthorized access on IAM: Tor IP caller`."""
    found = _TYPE.fullmatch(kind)
    if not found:
        return spaced(kind)
    family = spaced(found["family"])
    details = ", ".join(
        spaced(found[part]) for part in ("mechanism", "artifact") if found[part] and len(found[part]) > 1
    )
    on = _ON.get(found["on"], spaced(found["on"]))
    return f"{spaced(found['purpose'])} on {on}: {family}{f' ({details})' if details else ''}"


def title(finding: Finding) -> str:
    """GuardDuty's own sentence, or the type in words; samples say so first."""
    said = (finding.title or "").removeprefix("[SAMPLE] ").strip() or kind_in_words(finding.type)
    return f"Sample, not real: {said}" if is_sample(finding) else said


def is_sample(finding: Finding) -> bool:
    """A finding made by CreateSampleFindings (reference: guardduty §8)."""
    info = finding.service.additional_info or {}
    return bool(
        info.get("sample") or _value(info).get("sample") or (finding.title or "").startswith("[SAMPLE]")
    )


def _value(info: dict[str, Any]) -> dict[str, Any]:
    """`additionalInfo.value` is JSON in a string."""
    try:
        inside = json.loads(info.get("value") or "{}")
    except (TypeError, ValueError):
        return {}
    return inside if isinstance(inside, dict) else {}


def resource(finding: Finding) -> str | None:
    """The thing it happened to, by the name people use, its id behind."""
    of = finding.resource
    if of.resource_type == "AccessKey" and of.access_key_details and of.access_key_details.user_name:
        return of.access_key_details.user_name
    if of.s3_bucket_details:
        return ", ".join(bucket.name for bucket in of.s3_bucket_details if bucket.name) or None
    if of.instance_details and of.instance_details.instance_id:
        name = next((tag.get("value") for tag in of.instance_details.tags if tag.get("key") == "Name"), None)
        return f"{name} ({of.instance_details.instance_id})" if name else of.instance_details.instance_id
    return _named(of) or (of.access_key_details.user_name if of.access_key_details else None)


def _named(of: Resource) -> str | None:
    blocks = (
        (of.eks_cluster_details, "name"),
        (of.ecs_cluster_details, "name"),
        (of.rds_db_instance_details, "dbInstanceIdentifier"),
        (of.lambda_details, "functionName"),
    )
    return next((str(block[name]) for block, name in blocks if block and block.get(name)), None)


def story(finding: Finding) -> tuple[Line, ...]:
    """Who acted, what they did and from where, or AWS's description where neither is known."""
    lines = (
        _who(finding.resource.access_key_details),
        _what(finding.service.action),
        *_sequence(finding.service.detection),
    )
    told = tuple(line for line in lines if line)
    return told or _paragraph(finding.description)


def _paragraph(text: object) -> tuple[Line, ...]:
    lines = (line.strip(" -") for line in str(text or "").splitlines())
    return tuple((line,) for line in lines if line)


def _who(key: Key | None) -> Line:
    if key is None or not (key.user_name or key.access_key_id or key.principal_id):
        return ()
    kinds = {
        "IAMUser": "user",
        "AssumedRole": "role",
        "Role": "role",
        "Root": "root",
        "FederatedUser": "federated user",
    }
    kind = kinds.get(key.user_type or "", spaced(key.user_type or "principal").lower())
    who: Line = (f"{kind} {key.user_name}" if key.user_name else f"{kind} {key.principal_id or ''}".strip(),)
    return ("Key ", Code(key.access_key_id), " of ", *who) if key.access_key_id else ("By ", *who)


def _what(action: Action | None) -> Line:
    if action is None:
        return ()
    if call := action.aws_api_call_action:
        refused = (f" (refused: {call.error_code})",) if call.error_code else ()
        return ("Called ", Code(call.api or "an API"), *refused, *_from(call.remote_ip_details))
    if link := action.network_connection_action:
        near = link.local_port_details.port if link.local_port_details else None
        far = link.remote_port_details.port if link.remote_port_details else None
        way = {
            "INBOUND": f"Inbound connection to port {near}",
            "OUTBOUND": f"Outbound connection to port {far}",
        }
        said = way.get(link.connection_direction or "", "Connection")
        return (
            said.replace(" to port None", ""),
            *_from(link.remote_ip_details, outbound=link.connection_direction == "OUTBOUND"),
        )
    return _other(action)


def _other(action: Action) -> Line:
    if action.port_probe_action and action.port_probe_action.port_probe_details:
        probes = action.port_probe_action.port_probe_details
        ports = sorted(
            {p.local_port_details.port for p in probes if p.local_port_details and p.local_port_details.port}
        )
        return (
            f"Port {', '.join(map(str, ports)) or 'unknown'} was probed",
            *_from(probes[0].remote_ip_details),
        )
    if action.dns_request_action and action.dns_request_action.domain:
        return ("Asked DNS for ", Code(action.dns_request_action.domain))
    if call := action.kubernetes_api_call_action:
        return (
            "Kubernetes call ",
            Code(f"{call.verb or ''} {call.request_uri or ''}".strip()),
            *_from(call.remote_ip_details),
        )
    if login := action.rds_login_attempt_action:
        return ("Database login", *_from(login.remote_ip_details))
    return ()


def _from(remote: RemoteIp | None, *, outbound: bool = False) -> Line:
    if remote is None or not (address := remote.ip_address_v4 or remote.ip_address_v6):
        return ()
    country, network = (remote.country or {}).get("countryName"), (remote.organization or {}).get("asnOrg")
    place = ", ".join(str(part) for part in (network, country) if part)
    return (" to " if outbound else " from ", Code(address), f" ({place})" if place else "")


def _sequence(detection: dict[str, Any] | None) -> tuple[Line, ...]:
    """An attack sequence ties signals together (docs: guardduty-attack-sequence-finding-types)."""
    sequence = (detection or {}).get("sequence")
    if not isinstance(sequence, dict):
        return ()
    count = len(sequence.get("signals") or ())
    return ((f"{count} signals tied together",), *_paragraph(sequence.get("description")))
