"""The findings' adapter over the stand-in, its requests counted, and some of them refused as AWS refuses."""

import json
from collections import Counter

from botocore.awsrequest import AWSResponse

from bot.adapters.aws.findings import AwsFindings
from bot.adapters.aws.pace import Pace
from bot.adapters.aws.ways import Known, Ways
from bot.embedded.aws import HOME, PROD, STAGING
from tests.embedded.aws.guardduty_world import finding

EAST = "us-east-1"
BOTH = (HOME, EAST)
ROLE = f"arn:aws:iam::{STAGING.id}:role/NoroshiReadOnly"
NAMES = {PROD.id: "prod", STAGING.id: "staging"}
TOR, SSH = "UnauthorizedAccess:IAMUser/TorIPCaller", "UnauthorizedAccess:EC2/SSHBruteForce"


def silent(_):
    pass


def findings(session, *, regions=BOTH, staging=True, names=None, **options):
    """An adapter that may ask prod, and staging through a role, in these regions."""
    known = [Known(PROD.id, "prod", regions=regions)]
    known += [Known(STAGING.id, "staging", ROLE, regions)] if staging else []
    ways = Ways(lambda: session, known)
    return AwsFindings(
        ways, names or {each.id: each.name for each in known}, pace=lambda: Pace(10_000, 1e9), **options
    )


def put(world, number, account=PROD, region=HOME, minutes=None, **more):
    """A finding, the higher its number the newer."""
    at = f"2026-09-08T{(minutes or number) // 60:02}:{(minutes or number) % 60:02}:00.000Z"
    made = finding(f"f{number:04}", account.id, region, **{"updatedAt": at} | more)
    world.aws.findings.put(made)
    return made


class Asked:
    """GuardDuty's operations that a session's clients really send."""

    def __init__(self, session):
        self.sent = []
        session.events.register("before-send.guardduty", self._sent)

    def _sent(self, event_name, **_):
        self.sent.append(event_name.rpartition(".")[2])

    @property
    def counts(self):
        return Counter(self.sent)


class _Body:
    def __init__(self, body):
        self._body = body

    def stream(self, **_):
        yield self._body


def refuse(session, operation, region="", code="AccessDeniedException", status=403):
    """Answer an operation as AWS does whoever may not."""
    body = json.dumps({"__type": code, "message": f"not authorized to perform: guardduty:{operation}"})
    if code != "AccessDeniedException":
        body = json.dumps(
            {"__type": code, "message": "The security token included in the request is invalid."}
        )

    def answer(request, **_):
        if region and region not in str(request.headers.get("Authorization")):
            return None
        headers = {"x-amzn-ErrorType": code, "Content-Type": "application/json"}
        return AWSResponse(request.url, status, headers, _Body(body.encode()))

    session.events.register_first(f"before-send.guardduty.{operation}", answer)
