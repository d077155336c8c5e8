"""What AWS itself finds: the key is public, another is old, and something that Noroshi has no words for.

Shapes: AWS Health user guide, "EventBridge schema"; Trusted Advisor's check item refresh notification; IAM Access
Analyzer user guide, "Monitoring with EventBridge".
"""

from datetime import datetime, timedelta

from bot.embedded.incident.chance import guid
from bot.embedded.incident.company import Place
from bot.embedded.incident.exposure import users
from bot.embedded.incident.news.envelope import OnBus, event
from bot.embedded.incident.story import Incident


def key_exposed(incident: Incident, at: datetime, *, closed: bool = False) -> tuple[OnBus, ...]:
    """AWS saw the key in a public repository, and says so hours late; closed once the key is inactive."""
    place = Place(incident.prod.id, "us-east-1")
    code = "AWS_RISK_CREDENTIALS_EXPOSED"
    number = incident.hexadecimal("exposed", 32)
    began = incident.start - timedelta(minutes=22)
    words = (
        f"The access key {incident.leaked_key_id} of the IAM user {incident.leaked_user} and its secret are in a "
        "public repository. Rotate the key, and look for what was done with it."
    )
    detail = {
        "eventArn": f"arn:aws:health:us-east-1::event/RISK/{code}/{code}_{number}",
        "service": "RISK",
        "eventTypeCode": code,
        "eventTypeCategory": "issue",
        "eventScopeCode": "ACCOUNT_SPECIFIC",
        "communicationId": f"{number}-{2 if closed else 1}",
        "startTime": f"{began:%a, %d %b %Y %H:%M:%S} GMT",
        "lastUpdatedTime": f"{at:%a, %d %b %Y %H:%M:%S} GMT",
        "statusCode": "closed" if closed else "open",
        "eventRegion": "us-east-1",
        "affectedAccount": incident.prod.id,
        "eventDescription": [{"language": "en_US", "latestDescription": words}],
        "affectedEntities": [{"entityValue": incident.leaked_key_id}],
        "page": "1",
        "totalPages": "1",
    }
    return (OnBus(event("aws.health", "AWS Health Event", place, at, detail)),)


def key_is_old(incident: Incident, at: datetime) -> tuple[OnBus, ...]:
    """Trusted Advisor's check of old keys, on one of staging's; its events come from us-east-1 whatever the region."""
    user = next(each for each in users(incident) if each.name == "load-test")
    place = Place(user.account_id, "us-east-1")
    detail = {
        "check-name": "IAM Access Key Rotation",
        "check-item-detail": {
            "Status": "Red",
            "IAM User": user.name,
            "Access Key": user.keys[0].id,
            "Key Last Rotated": f"{user.keys[0].made:%Y-%m-%d}",
            "Reason": "Active access key has not been rotated in the last 2 years",
        },
        "status": "ERROR",
        "resource_id": f"arn:aws:iam::{user.account_id}:user/{user.name}",
        "uuid": guid(incident.hexadecimal("old key", 24)),
    }
    kind = "Trusted Advisor Check Item Refresh Notification"
    return (OnBus(event("aws.trustedadvisor", kind, place, at, detail)),)


def shared_outside(incident: Incident, at: datetime) -> tuple[OnBus, ...]:
    """Access Analyzer saw a role that another account may assume; Acme sends these to the queue by a rule of its own."""
    place = Place(incident.staging.id, incident.home_region)
    arn = f"arn:aws:access-analyzer:{place.region}:{place.account_id}:analyzer/acme"
    detail = {
        "version": "1.0",
        "id": guid(incident.hexadecimal("analyzer finding", 24)),
        "status": "ACTIVE",
        "resourceType": "AWS::IAM::Role",
        "resource": f"arn:aws:iam::{place.account_id}:role/vendor-metrics",
        "principal": {"AWS": "999900002222"},
        "action": ["sts:AssumeRole"],
        "isPublic": False,
        "accountId": place.account_id,
        "region": place.region,
        "analyzerArn": arn,
    }
    return (OnBus(event("aws.access-analyzer", "Access Analyzer Finding", place, at, detail)),)
