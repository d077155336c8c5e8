"""The three findings of a storm that matter: whole attacks, which Extended Threat Detection puts together."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bot.embedded.incident.company import Company
from bot.embedded.incident.finding_parts import instant
from bot.embedded.incident.storm.kinds import CRITICAL

Json = dict[str, Any]


def attacks(company: Company, at: datetime, number: int) -> Iterator[Json]:
    """The `detail` of each, in the order of `CRITICAL`."""
    machine, credentials, data = CRITICAL
    yield _attack(company, at, number, machine, _group(company))
    yield _attack(company, at, number, credentials, _role(company))
    yield _attack(company, at, number, data, _bucket(company))


def _group(company: Company) -> Json:
    names = [f"i-{company.hexadecimal(f'fleet/group/{n}', 17)}" for n in range(3)]
    touched = [
        {"uid": name, "name": name, "resourceType": "EC2_INSTANCE", "accountId": company.prod.id}
        for name in names
    ]
    signals = ("UnauthorizedAccess:EC2/SSHBruteForce", "Backdoor:EC2/C&CActivity.B", "Impact:EC2/PortSweep")
    return {"resources": touched, "actors": [], "signals": signals}


def _role(company: Company) -> Json:
    user = {"name": "build-runner", "uid": company.unique_id("AROA", "build-runner"), "type": "Role"}
    key = company.unique_id("ASIA", "build-runner/session", 20)
    touched = [{"uid": key, "name": key, "resourceType": "ACCESS_KEY", "accountId": company.prod.id}]
    signals = ("iam:CreateAccessKey", "iam:AttachUserPolicy", "kms:ScheduleKeyDeletion")
    return {"resources": touched, "actors": [{"id": "role", "user": user}], "signals": signals}


def _bucket(company: Company) -> Json:
    bucket = company.bucket("acme-reports")
    touched = [
        {"uid": bucket.arn, "name": bucket.name, "resourceType": "S3_BUCKET", "accountId": company.prod.id}
    ]
    user = {"name": "report-mailer", "uid": company.unique_id("AIDA", "report-mailer"), "type": "IAMUser"}
    signals = ("s3:GetObject", "Exfiltration:S3/AnomalousBehavior", "s3:DeleteObject")
    return {"resources": touched, "actors": [{"id": "user", "user": user}], "signals": signals}


def _attack(company: Company, at: datetime, number: int, kind: str, told: Json) -> Json:
    began = at - timedelta(minutes=25)
    place = {"city": "Bucharest", "country": "Romania"}
    sequence = {
        "uid": company.hexadecimal(f"storm/{number}/{kind}", 32),
        "description": "",
        "actors": told["actors"],
        "resources": told["resources"],
        "endpoints": [{"id": "far", "ip": "203.0.113.199", "location": place}],
        "signals": [
            _signal(name, began + timedelta(minutes=4 * n)) for n, name in enumerate(told["signals"])
        ],
        "sequenceIndicators": [],
    }
    return {
        "schemaVersion": "2.0",
        "accountId": company.prod.id,
        "region": company.home_region,
        "partition": "aws",
        "id": company.hexadecimal(f"storm/{number}/{kind}/finding", 32),
        "type": kind,
        "severity": 9,
        "createdAt": instant(at),
        "updatedAt": instant(at),
        "title": "",
        "description": "",
        "resource": {"resourceType": "AttackSequence"},
        "service": {
            "serviceName": "guardduty",
            "eventFirstSeen": instant(began),
            "eventLastSeen": instant(at),
            "archived": False,
            "count": 1,
            "detection": {"sequence": sequence},
        },
    }


def _signal(name: str, at: datetime) -> Json:
    kind = "CLOUD_TRAIL" if name[0].islower() else "FINDING"
    return {"uid": name, "type": kind, "name": name, "severity": 8, "count": 1, "firstSeenAt": instant(at)}
