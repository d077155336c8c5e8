"""What has to be on in every region: CloudTrail, and Access Analyzer.

https://docs.aws.amazon.com/awssupport/latest/user/security-checks.html
"""

from moto.cloudtrail.models import Trail, cloudtrail_backends

from bot.embedded.aws.advisor.seen import COLOURS, Looked, Resource, Seen, Status, written
from bot.embedded.aws.ec2.regions import ALWAYS_ON


def trails(account_id: str, seen: Seen) -> Looked:
    """c25hn9x03v: red where no trail logs management events; deliveries never fail in the stand-in."""
    every = [each for backend in cloudtrail_backends[account_id].values() for each in backend.trails.values()]
    resources = []
    for region in ALWAYS_ON:
        logs = any(_covers(each, region) for each in every)
        status: Status = "ok" if logs else "error"
        values = (COLOURS[status], region, "Yes" if logs else "No", "No", written(seen.clock()))
        resources.append(Resource(status, f"arn:aws:cloudtrail:{region}:{account_id}", values, region))
    return Looked(tuple(resources), len(resources))


def analyzers(account_id: str, seen: Seen) -> Looked:
    """07602fcad6: red where the account has no analyzer of its own."""
    resources = []
    for region in ALWAYS_ON:
        here = seen.analyzers.get((account_id, region), [])
        own = [str(each["arn"]) for each in here if each["type"] == "ACCOUNT"]
        others = [str(each["arn"]) for each in here if each["type"] == "ORGANIZATION"]
        status: Status = "ok" if own else "error"
        values = (COLOURS[status], region, ", ".join(own), ", ".join(others), written(seen.clock()))
        resources.append(Resource(status, f"arn:aws:access-analyzer:{region}:{account_id}", values, region))
    return Looked(tuple(resources), len(resources))


def _covers(trail: Trail, region: str) -> bool:
    near = trail.is_multi_region or trail.region_name == region
    chosen = trail.event_selectors or [{}]
    managed = any(each.get("IncludeManagementEvents", True) for each in chosen)
    return bool(near and trail.status.is_logging and managed)
