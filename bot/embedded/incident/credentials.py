"""Who is behind the credentials: the person who made the leaked key, and the role that the thief takes with it.

AssumeRole as CloudTrail keeps it: the answer names the key and the session that it gives out, and its moment is the
session's creationDate; the secret and the token are not written here.
https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.embedded.incident.callers import CLI, Caller, person, role
from bot.embedded.incident.company import Person, Place
from bot.embedded.incident.events import event, refused
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record

KEY_ADMIN, OPS_RUNNER = "key-admin", "ops-runner"
_HOUR = timedelta(hours=1)


def key_made(incident: Incident) -> Iterator[tuple[datetime, Record]]:
    """A person takes role `key-admin` from their own SSO session and makes the key that leaks weeks later."""
    who, at = incident.key_maker, incident.leaked_key_created
    by = _signed_in(incident, who, at - _HOUR)
    assumed = at - timedelta(minutes=4)
    made = session_of(incident, KEY_ADMIN, "rotate-backup-key", by, assumed, who.email)
    yield assumed, role_assumed(by, made, assumed, who.email)
    answer = {
        "accessKeyId": incident.leaked_key_id,
        "status": "Active",
        "userName": incident.leaked_user,
        "createDate": written(at),
    }
    asked = {"userName": incident.leaked_user}
    place = Place(incident.prod.id, "us-east-1")
    given = {"requestParameters": asked, "responseElements": {"accessKey": answer}}
    listed = {"requestParameters": asked}
    yield at - timedelta(minutes=2), event(made, place, "iam:ListAccessKeys", **listed)
    yield at, event(made, place, "iam:CreateAccessKey", **given)


def role_taken(incident: Incident, who: Caller) -> Iterator[tuple[datetime, Record]]:
    """The thief takes role `ops-runner` with the leaked key, looks around in it, and may make no user."""
    at = incident.times.role_taken
    taken = session_of(incident, OPS_RUNNER, "maintenance", who, at)
    home, world = Place(incident.prod.id, incident.home_region), Place(incident.prod.id, "us-east-1")
    yield at, role_assumed(who, taken, at)
    me = {"userId": taken.identity["principalId"], "account": incident.prod.id, "arn": taken.name}
    yield at + timedelta(seconds=20), event(taken, world, "sts:GetCallerIdentity", responseElements=me)
    listed = {"requestParameters": {"Host": "s3.amazonaws.com"}, "requestID": "<<s3request>>"}
    yield at + timedelta(minutes=1), event(taken, world, "s3:ListBuckets", **listed)
    looked: Record = {"requestParameters": {"instancesSet": {}, "filterSet": {}}}
    yield at + timedelta(minutes=2), event(taken, home, "ec2:DescribeInstances", **looked)
    user = "support-ops"
    denied = refused(taken, "iam:CreateUser", f"arn:aws:iam::{incident.prod.id}:user/{user}")
    asked = {"requestParameters": {"userName": user}, "readOnly": False}
    yield at + timedelta(minutes=4), event(taken, world, "iam:CreateUser", **(asked | denied))


def session_of(
    incident: Incident, name: str, session: str, by: Caller, at: datetime, source_identity: str = ""
) -> Caller:
    """A session of a role of prod that began at this moment, called from where its maker calls."""
    made = role(incident, incident.prod, name, session, (by.ip, by.agent))
    return _begun(made, at, source_identity)


def _signed_in(incident: Incident, who: Person, at: datetime) -> Caller:
    return _begun(person(incident, incident.prod, who, CLI), at)


def _begun(caller: Caller, at: datetime, source_identity: str = "") -> Caller:
    """The same session with its beginning written out, and for whom it says it is."""
    held = caller.identity["sessionContext"]
    context = held | {"attributes": held["attributes"] | {"creationDate": f"{at:%Y-%m-%dT%H:%M:%SZ}"}}
    context |= {"sourceIdentity": source_identity} if source_identity else {}
    return replace(caller, identity=caller.identity | {"sessionContext": context})


def role_assumed(by: Caller, given: Caller, at: datetime, source_identity: str = "") -> Record:
    """AssumeRole within an account: who asked, and which key and session it was given."""
    issuer = given.identity["sessionContext"]["sessionIssuer"]
    session = given.name.rpartition("/")[2]
    told = {"sourceIdentity": source_identity} if source_identity else {}
    asked = {"roleArn": issuer["arn"], "roleSessionName": session, "durationSeconds": 3600}
    answer = {
        "credentials": {"accessKeyId": given.identity["accessKeyId"], "expiration": written(at + _HOUR)},
        "assumedRoleUser": {"assumedRoleId": given.identity["principalId"], "arn": given.name},
    }
    return event(
        by,
        Place(issuer["accountId"], "us-east-1"),
        "sts:AssumeRole",
        requestParameters=asked | told,
        responseElements=answer | told,
        resources=[{"accountId": issuer["accountId"], "type": "AWS::IAM::Role", "ARN": issuer["arn"]}],
    )


def written(at: datetime) -> str:
    """A moment as IAM and STS write it in their answers: `Nov 5, 2026 10:12:00 AM`."""
    return f"{at:%b} {at.day}, {at:%Y} {at.hour % 12 or 12}:{at:%M:%S %p}"
