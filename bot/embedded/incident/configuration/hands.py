"""Whose hands change Acme's resources: people in the console and in a shell, Terraform, a workflow, CloudFormation.

Each gives the caller as its records show it; who takes a role first gives the record of that, too.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from bot.embedded.incident import callers
from bot.embedded.incident.callers import Caller
from bot.embedded.incident.chance import ids
from bot.embedded.incident.company import Account, Person, Place
from bot.embedded.incident.credentials import role_assumed, session_of, written
from bot.embedded.incident.federation import token_shown
from bot.embedded.incident.story import Incident
from bot.embedded.incident.template import Record, Template

CONSOLE = {"sessionCredentialFromConsole": "true"}
"""What CloudTrail says, beyond the agent, of a call that was a click."""
TERRAFORM = (
    "203.0.113.77",
    "APN/1.0 HashiCorp/1.0 Terraform/1.12.2 terraform-provider-aws/6.2.0 aws-sdk-go-v2/1.36.5",
)
_RUNNER = "192.0.2.120"


class Step(NamedTuple):
    """A call, and when."""

    at: datetime
    record: Record


def records_of(incident: Incident, name: str, steps: Iterator[Step]) -> Iterator[Record]:
    """The records of some steps; `name` is what their ids are drawn for."""
    told = list(steps)
    for step, holes in zip(told, ids(Random(f"{incident.seed}/{name}"), len(told)), strict=True):
        time = f"{step.at:%Y-%m-%dT%H:%M:%SZ}"
        yield Template(step.record).record(holes | {"time": time, "session": time})


def named(incident: Incident, first: str) -> Person:
    """The colleague of that first name."""
    return next(one for one in incident.people if one.email.startswith(f"{first}."))


def signed_in(incident: Incident, first: str, account: Account | None = None, agent: str = "") -> Caller:
    """A colleague's SSO session: in the console, unless an agent is given."""
    return callers.person(
        incident, account or incident.prod, named(incident, first), agent or callers.BROWSER
    )


def terraform(incident: Incident, run: int, at: datetime) -> tuple[Caller, Step]:
    """A run of Terraform in prod, started by a merge into `infra`, and the call by which it took its role."""
    name = "tf-apply"
    by = callers.web_identity(incident, workflow_of("infra"), TERRAFORM[0])
    made = session_of(incident, name, "terraform", replace(by, agent=TERRAFORM[1]), at)
    # All runs call their sessions the same; their keys are each its own.
    key = incident.unique_id("ASIA", f"{incident.prod.id}/{name}/terraform/{run}", 20)
    return _by_token(incident, by, replace(made, identity=made.identity | {"accessKeyId": key}), at)


def for_somebody(caller: Caller) -> Caller:
    """CloudFormation, which works with the credentials of whoever touched the stack."""
    return caller.via("cloudformation.amazonaws.com")


def through_role(
    incident: Incident, first: str, name: str, session: str, at: datetime
) -> tuple[Caller, Step]:
    """A role of prod that a colleague took in a shell at that moment, and the call by which they did."""
    by = signed_in(incident, first, agent=callers.CLI)
    made = session_of(incident, name, session, by, at)
    return made, Step(at, role_assumed(by, made, at))


def workflow(incident: Incident, repository: str, run: int, at: datetime) -> tuple[Caller, Step]:
    """A run of a workflow that took role `ci-deploy` with GitHub's token, and the call by which it did."""
    by = callers.web_identity(incident, workflow_of(repository), _RUNNER)
    return _by_token(incident, by, session_of(incident, "ci-deploy", f"{repository}-{run}", by, at), at)


def workflow_of(repository: str) -> str:
    """Whom GitHub's token speaks for, where the workflow runs on what was merged."""
    return f"repo:acme/{repository}:ref:refs/heads/main"


def _by_token(incident: Incident, by: Caller, made: Caller, at: datetime) -> tuple[Caller, Step]:
    """The session as its own records show it, and the call that gave it for a token."""
    place = Place(incident.prod.id, incident.home_region)
    taken = token_shown(by, made, place, {"expiration": written(at + timedelta(hours=1))})
    context = made.identity["sessionContext"]
    federated = {"federatedProvider": by.identity["identityProvider"], "attributes": {}}
    known = made.identity | {"sessionContext": context | {"webIdFederationData": federated}}
    return replace(made, identity=known), Step(at, taken)
