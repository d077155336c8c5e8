"""The thief's calls that change something: a second key, an open port, machines in a new region."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Place
from bot.embedded.incident.credentials import written
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record


def key_created(incident: Incident, who: Caller) -> Record:
    """CreateAccessKey for the same user: the answer names the new key, never its secret."""
    at = incident.times.key_created
    key = {
        "accessKeyId": incident.new_key_id,
        "status": "Active",
        "userName": incident.leaked_user,
        "createDate": written(at),
    }
    place = Place(incident.prod.id, "us-east-1")
    request = {"userName": incident.leaked_user}
    return event(
        who, place, "iam:CreateAccessKey", requestParameters=request, responseElements={"accessKey": key}
    )


def group_opened(incident: Incident, who: Caller) -> Record:
    """Port 22 of `web-prod`, open to everybody."""
    port = {
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "groups": {},
        "ipv6Ranges": {},
        "prefixListIds": {},
    }
    rule = port | {"ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}}
    rule_id = f"sgr-{incident.hexadecimal('thief rule', 17)}"
    answered = {
        "groupOwnerId": incident.prod.id,
        "groupId": incident.security_group_id,
        "securityGroupRuleId": rule_id,
        "isEgress": False,
        "ipProtocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "cidrIpv4": "0.0.0.0/0",
    }
    return event(
        who,
        Place(incident.prod.id, incident.home_region),
        "ec2:AuthorizeSecurityGroupIngress",
        requestParameters={"groupId": incident.security_group_id, "ipPermissions": {"items": [rule]}},
        responseElements={
            "requestId": "<<request>>",
            "_return": True,
            "securityGroupRuleSet": {"items": [answered]},
        },
    )


def instances_started(incident: Incident, who: Caller) -> Iterator[tuple[datetime, Record]]:
    """RunInstances: the biggest type hits a quota, the next one runs."""
    at = incident.times.instances_started
    place = Place(incident.prod.id, incident.gpu_region)
    big, small = incident.gpu_types
    message = "You have requested more vCPU capacity than your current vCPU limit of 96 allows."
    limit = {"errorCode": "Client.VcpuLimitExceeded", "errorMessage": message}
    request = _request(incident, big)
    yield at - timedelta(minutes=2), event(who, place, "ec2:RunInstances", requestParameters=request, **limit)
    request, answer = _request(incident, small), _started(incident, small)
    yield at, event(who, place, "ec2:RunInstances", requestParameters=request, responseElements=answer)


def _request(incident: Incident, instance_type: str) -> Record:
    count = len(incident.gpu_instance_ids)
    image = f"ami-{incident.hexadecimal('gpu image', 17)}"
    return {
        "instancesSet": {"items": [{"imageId": image, "minCount": count, "maxCount": count}]},
        "instanceType": instance_type,
        "blockDeviceMapping": {},
        "monitoring": {"enabled": False},
        "disableApiTermination": True,
        "clientToken": "<<request>>",
    }


def _started(incident: Incident, instance_type: str) -> Record:
    launched = int(incident.times.instances_started.timestamp() * 1000)
    items = [
        {
            "instanceId": instance,
            "imageId": f"ami-{incident.hexadecimal('gpu image', 17)}",
            "instanceState": {"code": 0, "name": "pending"},
            "amiLaunchIndex": number,
            "instanceType": instance_type,
            "launchTime": launched,
            "placement": {"availabilityZone": f"{incident.gpu_region}a", "tenancy": "default"},
            "architecture": "x86_64",
        }
        for number, instance in enumerate(incident.gpu_instance_ids)
    ]
    return {
        "requestId": "<<request>>",
        "reservationId": f"r-{incident.hexadecimal('reservation', 17)}",
        "ownerId": incident.prod.id,
        "groupSet": {},
        "instancesSet": {"items": items},
    }
