"""IAM roles: recorded at home under their unique ids; two hands widened what `acme-reports` may, and who may take it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bot.embedded.incident.callers import CLI
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.hands import CONSOLE, Step, signed_in
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    instant,
    recording_since,
    workday,
)
from bot.embedded.incident.credentials import KEY_ADMIN, OPS_RUNNER
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident

REPORTS = "acme-reports"
ROLES = (REPORTS, KEY_ADMIN, OPS_RUNNER, "ci-deploy", "db-admin", "tf-apply")

ROLES_MADE = datetime(2023, 2, 7, 10, 14, 55, tzinfo=UTC)
_POLICY = "write-reports"
_ANYTHING = {"Sid": "Reports", "Effect": "Allow", "Action": ["s3:*"], "Resource": "*"}
_WIDE: Json = {"Version": "2012-10-17", "Statement": [_ANYTHING]}


def roles(incident: Incident) -> Iterator[Configured]:
    """Each as it was discovered, and what became of the reports' role."""
    since = recording_since(incident) + timedelta(minutes=3, seconds=2)
    new = {"configurationItemStatus": "ResourceDiscovered"}
    for number, name in enumerate(ROLES):
        policy = _narrow(incident) if name == REPORTS else None
        yield _role(incident, name, since + timedelta(milliseconds=90 * number), policy, **new)
    widened, shared = (at + timedelta(minutes=6, seconds=20) for at in _changed(incident))
    yield _role(incident, REPORTS, widened, _WIDE)
    yield _role(incident, REPORTS, shared, _WIDE, trust=_trust(incident, staging=True))


def roles_calls(incident: Incident) -> Iterator[Step]:
    """Jonas clicks the policy wider; weeks later Mika lets staging take the role."""
    widened, shared = _changed(incident)
    place = Place(incident.prod.id, "us-east-1")
    asked: Json = {"roleName": REPORTS, "policyName": _POLICY, "policyDocument": json.dumps(_WIDE)}
    jonas, mika = signed_in(incident, "jonas"), signed_in(incident, "mika", agent=CLI)
    yield Step(widened, event(jonas, place, "iam:PutRolePolicy", requestParameters=asked, **CONSOLE))
    asked = {"roleName": REPORTS, "policyDocument": json.dumps(_trust(incident, staging=True))}
    yield Step(shared, event(mika, place, "iam:UpdateAssumeRolePolicy", requestParameters=asked))


def role_id(incident: Incident, name: str) -> str:
    """The unique id that the role's sessions bear too."""
    return incident.unique_id("AROA", f"{incident.prod.id}/{name}")


def _changed(incident: Incident) -> tuple[datetime, datetime]:
    return workday(incident, 24, "14:32:08"), workday(incident, 10, "09:47:56")


def _role(incident: Incident, name: str, at: datetime, policy: Json | None, **more: Any) -> Configured:
    ident, arn = role_id(incident, name), f"arn:aws:iam::{incident.prod.id}:role/{name}"
    trust = more.pop("trust", None) or _trust(incident)
    inline = [{"policyName": _POLICY, "policyDocument": _encoded(policy)}] if policy else []
    configuration = {
        "path": "/",
        "roleName": name,
        "roleId": ident,
        "arn": arn,
        "createDate": instant(ROLES_MADE),
        "assumeRolePolicyDocument": _encoded(trust),
        "instanceProfileList": [],
        "rolePolicyList": inline,
        "attachedManagedPolicies": [],
        "permissionsBoundary": None,
        "tags": [],
        "roleLastUsed": None,
    }
    said = {
        "arn": arn,
        "awsRegion": "global",
        "resourceName": name,
        "resourceCreationTime": ROLES_MADE,
        "configuration": configuration,
    }
    place = Place(incident.prod.id, incident.home_region)
    return configured(place, ("AWS::IAM::Role", ident), at, said | more)


def trusted(incident: Incident, name: str) -> Json:
    """The trust policy of a role as it is now."""
    return _trust(incident, staging=name == REPORTS)


def _trust(incident: Incident, *, staging: bool = False) -> Json:
    service = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    root = {"AWS": f"arn:aws:iam::{incident.staging.id}:root"}
    other = {"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [service, other] if staging else [service]}


def _narrow(incident: Incident) -> Json:
    only = _ANYTHING | {"Action": ["s3:PutObject"], "Resource": f"{incident.bucket(REPORTS).arn}/*"}
    return {"Version": "2012-10-17", "Statement": [only]}


def _encoded(policy: Json) -> str:
    return quote(json.dumps(policy, separators=(",", ":")), safe="")
