"""The attack sequence that GuardDuty's Extended Threat Detection puts together from the key's doings.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-attack-sequence-finding-types.html
"""

from datetime import datetime
from typing import Any

from bot.embedded.incident.finding_parts import finding_id, instant
from bot.embedded.incident.story import Incident

Json = dict[str, Any]

_TACTICS = ("Initial Access", "Discovery", "Persistence", "Defense Evasion", "Exfiltration", "Impact")
_TECHNIQUES = (
    "T1078.004 - Valid Accounts: Cloud Accounts",
    "T1098.001 - Account Manipulation: Additional Cloud Credentials",
    "T1562.008 - Impair Defenses: Disable or Modify Cloud Logs",
    "T1537 - Transfer Data to Cloud Account",
    "T1496 - Resource Hijacking",
)
_SENSITIVE = ("iam:CreateAccessKey", "cloudtrail:StopLogging", "ec2:RunInstances", "s3:GetObject")
_ACTOR, _ENDPOINT = "user-backup", "endpoint-tor"


def sequence(incident: Incident, at: datetime) -> Json:
    """`service.detection.sequence`: one actor, one address, what it touched, and the signals in order."""
    return {
        "uid": incident.hexadecimal("sequence", 32),
        "description": _description(incident, at),
        "actors": [_actor(incident)],
        "resources": _resources(incident),
        "endpoints": [_endpoint(incident)],
        "signals": list(_signals(incident)),
        "sequenceIndicators": [
            {"key": "ATTACK_TACTIC", "values": list(_TACTICS), "title": "MITRE tactics"},
            {"key": "ATTACK_TECHNIQUE", "values": list(_TECHNIQUES), "title": "MITRE techniques"},
            {"key": "TOR_IP", "values": [incident.attacker_ip], "title": "Tor exit node"},
            {"key": "HIGH_RISK_API", "values": list(_SENSITIVE), "title": "Sensitive APIs"},
            {
                "key": "SUSPICIOUS_USER_AGENT",
                "values": [incident.attacker_agent],
                "title": "Suspicious user agent",
            },
        ],
    }


def _description(incident: Incident, at: datetime) -> str:
    return (
        f"A sequence of actions involving {len(_named(incident))} signals indicating a possible credential "
        f"compromise was observed for IAMUser/{incident.leaked_user} with principalId "
        f"{_principal(incident)} in account {incident.prod.id} between {instant(incident.times.key_tried)} and "
        f"{instant(at)} with the following behaviors:\n"
        f"  - {len(_TACTICS)} MITRE ATT&CK tactics observed: {', '.join(_TACTICS)}\n"
        f"  - {len(_TECHNIQUES)} MITRE ATT&CK techniques observed: {', '.join(_TECHNIQUES)}\n"
        f"  - Connected from a known Tor Exit Node: {incident.attacker_ip}\n"
        f"  - {len(_SENSITIVE)} sensitive APIs called: {', '.join(_SENSITIVE)}\n"
    )


def _principal(incident: Incident) -> str:
    return incident.unique_id("AIDA", f"user/{incident.leaked_user}")


def _actor(incident: Incident) -> Json:
    user = {
        "name": incident.leaked_user,
        "uid": _principal(incident),
        "type": "IAMUser",
        "credentialUid": incident.leaked_key_id,
        "account": {"uid": incident.prod.id},
    }
    return {"id": _ACTOR, "user": user}


def _endpoint(incident: Incident) -> Json:
    return {
        "id": _ENDPOINT,
        "ip": incident.attacker_ip,
        "location": {"city": "Amsterdam", "country": "Netherlands"},
        "autonomousSystem": {"name": "Example Relays", "number": 64496},
    }


def _resources(incident: Incident) -> list[Json]:
    here = {"accountId": incident.prod.id, "cloudPartition": "aws"}
    user = {"principalId": _principal(incident), "userName": incident.leaked_user, "userType": "IAMUser"}
    payroll = {"effectivePermission": "NOT_PUBLIC"}
    gpu = incident.gpu_instance_ids[0]
    arn = f"arn:aws:ec2:{incident.gpu_region}:{incident.prod.id}:instance/{gpu}"
    return [
        here
        | {"uid": incident.leaked_key_id, "name": incident.leaked_key_id, "resourceType": "ACCESS_KEY"}
        | {"region": "us-east-1", "data": {"accessKey": user}},
        here
        | {"uid": incident.payroll.arn, "name": incident.payroll.name, "resourceType": "S3_BUCKET"}
        | {"region": incident.home_region, "data": {"s3Bucket": payroll}},
        here
        | {"uid": arn, "name": gpu, "resourceType": "EC2_INSTANCE"}
        | {"region": incident.gpu_region, "data": {"ec2Instance": {"instanceType": incident.gpu_types[-1]}}},
    ]


def _named(incident: Incident) -> list[tuple[str, str, float, datetime]]:
    """Type, name, severity and time of each signal."""
    times = incident.times
    return [
        ("FINDING", "UnauthorizedAccess:IAMUser/TorIPCaller", 5, times.key_tried),
        ("S3_DATA_EVENTS", "s3:GetObject", 5, times.read_from),
        ("FINDING", "Exfiltration:S3/AnomalousBehavior", 8, times.copied),
        ("CLOUD_TRAIL", "iam:CreateAccessKey", 5, times.key_created),
        ("CLOUD_TRAIL", "cloudtrail:StopLogging", 5, times.logging_stop_tried),
        ("CLOUD_TRAIL", "ec2:RunInstances", 5, times.instances_started),
    ]


def _signals(incident: Incident) -> list[Json]:
    return [
        {
            "uid": finding_id(incident, name),
            "type": kind,
            "name": name,
            "severity": severity,
            "count": 1,
            "createdAt": instant(at),
            "updatedAt": instant(at),
            "firstSeenAt": instant(at),
            "lastSeenAt": instant(at),
            "actorIds": [_ACTOR],
            "endpointIds": [_ENDPOINT],
        }
        for kind, name, severity, at in _named(incident)
    ]
