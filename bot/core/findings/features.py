"""GuardDuty's protections in words (docs: GuardDuty user guide, Protection plans; names: DetectorFeatureResult)."""

from bot.core.words import spaced

_NAMES = {
    "CLOUD_TRAIL": "calls in CloudTrail",
    "FLOW_LOGS": "network flows",
    "DNS_LOGS": "DNS questions",
    "S3_DATA_EVENTS": "reads and writes of S3 objects",
    "EKS_AUDIT_LOGS": "Kubernetes audit logs",
    "EBS_MALWARE_PROTECTION": "malware on disks",
    "RDS_LOGIN_EVENTS": "database logins",
    "LAMBDA_NETWORK_LOGS": "network of Lambda functions",
    "EKS_RUNTIME_MONITORING": "programs in Kubernetes",
    "RUNTIME_MONITORING": "programs on machines and in containers",
    "AI_PROTECTION": "calls of AI models",
    "AI_ANALYST": "AI analyst",
}


def feature(name: str) -> str:
    """What it looks at; one that we don't know in its own words (`RDS_DATA_RISK` as `RDS data risk`)."""
    known = _NAMES.get(name)
    return known or " ".join(_word(n, part) for n, part in enumerate(spaced(name).split()))


def _word(n: int, part: str) -> str:
    """AWS writes all of it in capitals: what is as short as an abbreviation stays so."""
    if len(part) <= _ABBREVIATED or not part.isupper():
        return part
    return part.capitalize() if n == 0 else part.lower()


_ABBREVIATED = 3
