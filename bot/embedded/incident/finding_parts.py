"""Blocks that several findings share, in GuardDuty's camelCase."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.embedded.incident.story import Incident

Json = dict[str, Any]


class Spot(NamedTuple):
    """A city on the map, as GuardDuty places addresses."""

    country: str
    city: str
    lat: float
    lon: float


AMSTERDAM = Spot("Netherlands", "Amsterdam", 52.37, 4.9)
SAO_PAULO = Spot("Brazil", "São Paulo", -23.55, -46.63)


def instant(at: datetime) -> str:
    """A time as findings write it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def finding_id(incident: Incident, finding_type: str) -> str:
    """The id of the incident's finding of a type, e.g. for `guardduty show`."""
    return incident.hexadecimal(f"finding/{finding_type}", 32)


def finding(incident: Incident, at: datetime, region: str, said: Json) -> Json:
    """A whole `detail`: what every finding has, around what this one says (type, severity, service …)."""
    detector = incident.detector_id(region)
    ident = finding_id(incident, said["type"])
    return {
        "schemaVersion": "2.0",
        "accountId": incident.prod.id,
        "region": region,
        "partition": "aws",
        "id": ident,
        "arn": f"arn:aws:guardduty:{region}:{incident.prod.id}:detector/{detector}/finding/{ident}",
        **said,
        "service": {"serviceName": "guardduty", "detectorId": detector, **said["service"]},
        "createdAt": instant(at),
        "updatedAt": instant(at),
    }


def seen(first: datetime, last: datetime, count: int, role: str = "TARGET") -> Json:
    """How often and when it was seen, and whether the resource is the victim or the doer."""
    return {
        "resourceRole": role,
        "additionalInfo": {"value": "{}", "type": "default"},
        "eventFirstSeen": instant(first),
        "eventLastSeen": instant(last),
        "archived": False,
        "count": count,
    }


def remote_ip(address: str, place: Spot) -> Json:
    """Where a remote address is; the number of the network is one kept for documentation (RFC 5398)."""
    return {
        "ipAddressV4": address,
        "country": {"countryName": place.country},
        "city": {"cityName": place.city},
        "geoLocation": {"lat": place.lat, "lon": place.lon},
        "organization": {
            "asn": "64496",
            "asnOrg": "Example Relays",
            "isp": "Example Relays",
            "org": "Example Relays",
        },
    }


def access_key(incident: Incident, resource_type: str) -> Json:
    """The resource block of what the leaked key did."""
    details = {
        "accessKeyId": incident.leaked_key_id,
        "principalId": incident.unique_id("AIDA", f"user/{incident.leaked_user}"),
        "userType": "IAMUser",
        "userName": incident.leaked_user,
    }
    return {"resourceType": resource_type, "accessKeyDetails": details}


def api_call(incident: Incident, api: str, service: str, affected: Json) -> Json:
    """The action block of a call by the thief."""
    call = {
        "api": api,
        "serviceName": service,
        "callerType": "Remote IP",
        "userAgent": incident.attacker_agent,
        "remoteIpDetails": remote_ip(incident.attacker_ip, AMSTERDAM),
        "affectedResources": affected,
    }
    return {"actionType": "AWS_API_CALL", "awsApiCallAction": call}


def bucket_details(incident: Incident) -> Json:
    """acme-payroll: private, encrypted, and read all the same."""
    private = {"allowsPublicReadAccess": False, "allowsPublicWriteAccess": False}
    blocked = dict.fromkeys(
        ("ignorePublicAcls", "restrictPublicBuckets", "blockPublicAcls", "blockPublicPolicy"), True
    )
    return {
        "arn": incident.payroll.arn,
        "name": incident.payroll.name,
        "type": "Destination",
        "createdAt": "2021-03-04T09:12:44.000Z",
        "owner": {"id": incident.hexadecimal("canonical owner", 64)},
        "tags": [{"key": "team", "value": "finance"}, {"key": "data", "value": "personal"}],
        "defaultServerSideEncryption": {"encryptionType": "SSEAlgorithm"},
        "publicAccess": {
            "permissionConfiguration": {
                "bucketLevelPermissions": {
                    "accessControlList": private,
                    "bucketPolicy": private,
                    "blockPublicAccess": blocked,
                },
                "accountLevelPermissions": {"blockPublicAccess": blocked},
            },
            "effectivePermission": "NOT_PUBLIC",
        },
    }


def web_instance(incident: Incident) -> Json:
    """A web server behind the opened group."""
    group = {"groupId": incident.security_group_id, "groupName": incident.security_group_name}
    network = {
        "networkInterfaceId": f"eni-{incident.hexadecimal('eni/web', 17)}",
        "publicIp": "192.0.2.200",
        "privateIpAddress": "192.0.2.201",
        "subnetId": incident.subnet_id,
        "vpcId": incident.vpc_id,
        "securityGroups": [group],
    }
    launched = incident.now - timedelta(days=212)
    zone = f"{incident.home_region}a"
    block = _instance(incident.web_instance_ids[0], "m7i.large", zone, launched, network)
    block["instanceDetails"]["tags"] = [{"key": "Name", "value": "web-prod-1"}]
    return block


def gpu_instance(incident: Incident) -> Json:
    """A machine that the thief started."""
    network = {
        "networkInterfaceId": f"eni-{incident.hexadecimal('eni/gpu', 17)}",
        "publicIp": "192.0.2.210",
        "privateIpAddress": "192.0.2.211",
        "subnetId": f"subnet-{incident.hexadecimal('default subnet', 17)}",
        "vpcId": f"vpc-{incident.hexadecimal('default vpc', 17)}",
        "securityGroups": [
            {"groupId": f"sg-{incident.hexadecimal('default group', 17)}", "groupName": "default"}
        ],
    }
    kind, zone = incident.gpu_types[-1], f"{incident.gpu_region}a"
    launched = incident.times.instances_started
    block = _instance(incident.gpu_instance_ids[0], kind, zone, launched, network)
    block["instanceDetails"]["imageId"] = f"ami-{incident.hexadecimal('gpu image', 17)}"
    return block


def _instance(instance: str, kind: str, zone: str, launched: datetime, network: Json) -> Json:
    details = {
        "instanceId": instance,
        "instanceType": kind,
        "launchTime": instant(launched),
        "instanceState": "running",
        "availabilityZone": zone,
        "networkInterfaces": [network],
        "tags": [],
    }
    return {"resourceType": "Instance", "instanceDetails": details}
