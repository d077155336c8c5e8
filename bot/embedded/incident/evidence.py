"""The details of each finding: type, severity, resource and what was seen, as GuardDuty words them.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
"""

from datetime import datetime, timedelta
from typing import Any

from bot.embedded.incident.attack_sequence import sequence
from bot.embedded.incident.finding_parts import (
    SAO_PAULO,
    access_key,
    api_call,
    bucket_details,
    finding,
    gpu_instance,
    remote_ip,
    seen,
    web_instance,
)
from bot.embedded.incident.story import Incident
from bot.embedded.incident.theft import records

Told = tuple[datetime, dict[str, Any]]


def payroll_exfiltrated(incident: Incident) -> Told:
    """HIGH: objects of acme-payroll read in a way that nobody there ever read them."""
    at = incident.times.copied + timedelta(minutes=5)
    until = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    reads = sum(
        record["eventName"] == "GetObject" and "errorCode" not in record and record["eventTime"] <= until
        for record in records(incident)
    )
    affected = {"AWS::S3::Bucket": incident.payroll.name}
    resource = access_key(incident, "S3Bucket") | {"s3BucketDetails": [bucket_details(incident)]}
    service = seen(incident.times.read_from, at, reads) | {
        "featureName": "S3DataEvents",
        "action": api_call(incident, "GetObject", "s3.amazonaws.com", affected),
    }
    return at, finding(
        incident,
        at,
        incident.home_region,
        {
            "type": "Exfiltration:S3/AnomalousBehavior",
            "severity": 8,
            "title": f"The IAM user {incident.leaked_user} invoked S3 API calls in an unusual way.",
            "description": f"APIs commonly used to collect data from S3 buckets were invoked by IAM user "
            f"{incident.leaked_user} from the IP address {incident.attacker_ip} in an anomalous way: "
            f"unusual objects were retrieved from bucket {incident.payroll.name}.",
            "resource": resource,
            "service": service,
        },
    )


def tor_caller(incident: Incident) -> Told:
    """MEDIUM: the key is used from a Tor exit node."""
    at = incident.times.key_tried + timedelta(minutes=8)
    threat = {"threatListName": "ProofPoint", "threatNames": ["TorExit"]}
    service = seen(incident.times.key_tried, incident.times.key_tried + timedelta(minutes=3), 4) | {
        "featureName": "CloudTrail",
        "evidence": {"threatIntelligenceDetails": [threat]},
        "action": api_call(incident, "GetCallerIdentity", "sts.amazonaws.com", {}),
    }
    return at, finding(
        incident,
        at,
        "us-east-1",
        {
            "type": "UnauthorizedAccess:IAMUser/TorIPCaller",
            "severity": 5,
            "title": f"API GetCallerIdentity was invoked by {incident.leaked_user} from a Tor exit node.",
            "description": f"An API was invoked using the access key of IAM user {incident.leaked_user} "
            f"from Tor exit node IP address {incident.attacker_ip}.",
            "resource": access_key(incident, "AccessKey"),
            "service": service,
        },
    )


def port_probed(incident: Incident) -> Told:
    """LOW: port 22 of a web server, open since a few minutes, is probed."""
    at = incident.times.group_opened + timedelta(minutes=25)
    probe = {
        "localPortDetails": {"port": 22, "portName": "SSH"},
        "localIpDetails": {"ipAddressV4": "192.0.2.201"},
        "remoteIpDetails": remote_ip("198.51.100.231", SAO_PAULO),
    }
    action = {"actionType": "PORT_PROBE", "portProbeAction": {"blocked": False, "portProbeDetails": [probe]}}
    service = seen(at - timedelta(minutes=6), at, 3) | {"featureName": "FlowLogs", "action": action}
    instance = incident.web_instance_ids[0]
    return at, finding(
        incident,
        at,
        incident.home_region,
        {
            "type": "Recon:EC2/PortProbeUnprotectedPort",
            "severity": 2,
            "title": f"Unprotected port on EC2 instance {instance} is being probed.",
            "description": f"EC2 instance {instance} has an unprotected port which is being probed by a "
            "known malicious host.",
            "resource": web_instance(incident),
            "service": service,
        },
    )


def bitcoin_domain_asked(incident: Incident) -> Told:
    """HIGH: a GPU machine in Tokyo asks for the address of a mining pool."""
    at = incident.times.instances_started + timedelta(minutes=28)
    asked = {
        "domain": "pool.mining.example",
        "domainWithSuffix": "mining.example",
        "protocol": "UDP",
        "blocked": False,
    }
    threat = {"threatListName": "ProofPoint", "threatNames": ["Bitcoin"]}
    service = seen(at - timedelta(minutes=12), at, 6, role="ACTOR") | {
        "featureName": "DnsLogs",
        "evidence": {"threatIntelligenceDetails": [threat]},
        "action": {"actionType": "DNS_REQUEST", "dnsRequestAction": asked},
    }
    instance = incident.gpu_instance_ids[0]
    return at, finding(
        incident,
        at,
        incident.gpu_region,
        {
            "type": "CryptoCurrency:EC2/BitcoinTool.B!DNS",
            "severity": 8,
            "title": f"Bitcoin-related domain name queried by EC2 instance {instance}.",
            "description": f"EC2 instance {instance} is querying a domain name that is associated with "
            "Bitcoin-related activity.",
            "resource": gpu_instance(incident),
            "service": service,
        },
    )


def credentials_compromised(incident: Incident) -> Told:
    """CRITICAL: all of it is one attack, by one key."""
    at = incident.times.instances_started + timedelta(minutes=45)
    told = sequence(incident, at)
    service = seen(incident.times.key_tried, at, 1) | {
        "featureName": "Correlation",
        "detection": {"sequence": told},
    }
    return at, finding(
        incident,
        at,
        incident.home_region,
        {
            "type": "AttackSequence:IAM/CompromisedCredentials",
            "severity": 9,
            "title": f"Potential credential compromise of IAMUser/{incident.leaked_user} "
            "indicated by a sequence of actions.",
            "description": told["description"],
            "resource": {"resourceType": "AttackSequence"},
            "service": service,
        },
    )
