"""Lambda functions: `acme-reports`, deployed by a workflow, and one of us-east-1, changed while nothing was recorded."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Place
from bot.embedded.incident.configuration.hands import CONSOLE, Step, signed_in, workflow
from bot.embedded.incident.configuration.item import (
    Configured,
    Json,
    configured,
    instant,
    recording_since,
    related,
    workday,
)
from bot.embedded.incident.configuration.recorders import recording_resumed
from bot.embedded.incident.configuration.roles import REPORTS, role_id
from bot.embedded.incident.events import event
from bot.embedded.incident.story import Incident

EDGE = "edge-redirects"

_MADE = datetime(2024, 5, 21, 8, 30, 11, tzinfo=UTC)
_SUFFIX = {"UpdateFunctionCode": "20150331v2", "UpdateFunctionConfiguration": "20150331v2"}


@dataclass(frozen=True)
class _State:
    build: int
    deployed: datetime
    memory: int = 512
    timeout: int = 60


def functions(incident: Incident) -> Iterator[Configured]:
    """Their items, minutes after a change; of what changed during the pause only when it ended."""
    since = recording_since(incident) + timedelta(minutes=2)
    first, second = _reports_deployed(incident)
    home, far = _places(incident)
    yield _function(incident, home, since, _State(141, _MADE), is_new=True)
    yield _function(incident, home, first + timedelta(minutes=3, seconds=27), _State(142, first))
    later = second + timedelta(minutes=4, seconds=50)
    yield _function(incident, home, later, _State(157, second, memory=1024))
    deployed, clicked = _edge_changed(incident)
    yield _function(incident, far, since, _State(18, _MADE, 128, 5), is_new=True)
    yield _function(incident, far, deployed + timedelta(minutes=5, seconds=2), _State(19, deployed, 128, 5))
    seen = recording_resumed(incident) + timedelta(minutes=4, seconds=36)
    yield _function(incident, far, seen, _State(19, clicked, 128, 30))


def functions_calls(incident: Incident) -> Iterator[Step]:
    """The workflow deploys code, and once more memory with it; Priya clicks a timeout up at the edge."""
    home, far = _places(incident)
    first, second = _reports_deployed(incident)
    deployed, clicked = _edge_changed(incident)
    yield from _deployed(incident, home, ("reports", 142), first)
    yield from _deployed(incident, home, ("reports", 157), second, {"memorySize": 1024})
    yield from _deployed(incident, far, ("edge", 19), deployed)
    priya = signed_in(incident, "priya")
    change: Json = {"timeout": 30}
    yield Step(clicked, _call(priya, far, "UpdateFunctionConfiguration", change) | CONSOLE)


def _reports_deployed(incident: Incident) -> tuple[datetime, datetime]:
    return workday(incident, 21, "10:12:05"), workday(incident, 6, "15:38:44")


def _edge_changed(incident: Incident) -> tuple[datetime, datetime]:
    """When it was deployed, and when somebody changed it while the recorder was stopped."""
    return workday(incident, 26, "09:20:17"), workday(incident, 18, "17:20:40")


def _places(incident: Incident) -> tuple[Place, Place]:
    return Place(incident.prod.id, incident.home_region), Place(incident.prod.id, "us-east-1")


def _name(incident: Incident, place: Place) -> str:
    return REPORTS if place.region == incident.home_region else EDGE


def _deployed(
    incident: Incident, place: Place, run: tuple[str, int], at: datetime, change: Json | None = None
) -> Iterator[Step]:
    by, taken = workflow(incident, *run, at - timedelta(seconds=38))
    yield taken
    name = _name(incident, place)
    code = {"s3Bucket": "acme-archive", "s3Key": f"builds/{name}/{run[1]}.zip", "publish": False}
    yield Step(at, _call(by, place, "UpdateFunctionCode", code, name))
    if change:
        yield Step(at + timedelta(seconds=7), _call(by, place, "UpdateFunctionConfiguration", change, name))


def _call(by: Caller, place: Place, api: str, asked: Json, name: str = EDGE) -> Json:
    arn = f"arn:aws:lambda:{place.region}:{place.account_id}:function:{name}"
    answer = {"functionName": name, "functionArn": arn, "version": "$LATEST"} | asked
    request = {"functionName": name} | asked
    fields = {"requestParameters": request, "responseElements": answer}
    return event(by, place, f"lambda:{api}{_SUFFIX[api]}", **fields)


def _function(
    incident: Incident, place: Place, at: datetime, state: _State, *, is_new: bool = False
) -> Configured:
    name = _name(incident, place)
    arn = f"arn:aws:lambda:{place.region}:{place.account_id}:function:{name}"
    code = bytes.fromhex(incident.hexadecimal(f"{name}/{state.build}", 64))
    configuration = {
        "functionName": name,
        "functionArn": arn,
        "runtime": "python3.12",
        "role": f"arn:aws:iam::{place.account_id}:role/{REPORTS}",
        "handler": "app.handler",
        "codeSize": 48_000 + state.build,
        "description": "",
        "timeout": state.timeout,
        "memorySize": state.memory,
        "lastModified": instant(state.deployed).replace("Z", "+0000"),
        "codeSha256": b64encode(code).decode(),
        "version": "$LATEST",
        "tracingConfig": {"mode": "PassThrough"},
        "revisionId": incident.hexadecimal(f"{name}/{state}", 32),
        "state": "Active",
        "lastUpdateStatus": "Successful",
        "packageType": "Zip",
        "architectures": ["arm64"],
    }
    said = {
        "arn": arn,
        "resourceName": name,
        "configurationItemStatus": "ResourceDiscovered" if is_new else "OK",
        "configuration": configuration,
        "relationships": related(("AWS::IAM::Role", role_id(incident, REPORTS), "Is associated with ")),
    }
    return configured(place, ("AWS::Lambda::Function", name), at, said)
