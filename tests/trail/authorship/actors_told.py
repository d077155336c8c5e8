"""Those who change things in the generated archive, each with the records that make their credentials."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

ACCOUNT, REGION = "111122223333", "eu-west-1"
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
_TERRAFORM = "APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) aws-sdk-go-v2/1.30.3"


@dataclass(frozen=True)
class Person:
    """Who calls: `arn` is what is to be found, `human` who is behind it where a chain says so."""

    arn: str
    identity: dict[str, Any]
    agent: str
    tool: str
    address: str
    human: str | None = None
    via: str | None = None
    makers: tuple[dict[str, Any], ...] = field(default=(), compare=False)

    def __hash__(self):
        return hash(self.arn)


def _user(name, agent, tool, number):
    arn = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    identity = {
        "type": "IAMUser",
        "arn": arn,
        "principalId": f"AIDAEXAMPLE{number:09}",
        "accountId": ACCOUNT,
        "accessKeyId": f"AKIAEXAMPLE{number:09}",
        "userName": name,
    }
    return Person(arn, identity, agent, tool, f"198.51.100.{number}")


def _session(role, session, number, began, key=None, **more):
    identity = {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE{number:09}:{session}",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}",
        "accountId": ACCOUNT,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}",
                "principalId": f"AROAEXAMPLE{number:09}",
                "accountId": ACCOUNT,
                "userName": role,
            },
            "attributes": {"creationDate": f"{began:%Y-%m-%dT%H:%M:%SZ}", "mfaAuthenticated": "false"},
        },
    }
    return identity | ({"accessKeyId": key} if key else {}) | more


def _made(event, identity, began, key, region):
    """The record that made a session's credentials."""
    return {
        "eventTime": f"{began:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "sts.amazonaws.com",
        "eventName": event,
        "awsRegion": region,
        "userIdentity": identity,
        "readOnly": True,
        "requestParameters": {"roleSessionName": "x"},
        "responseElements": {"credentials": {"accessKeyId": key}},
    }


def people(start):
    """Everybody, with sessions that began a while before `start`."""
    began = start - timedelta(minutes=40)
    ana = _user("ana", _BROWSER, "console", 1)
    bo = _user("bo", "aws-cli/2.17.1 md/awscrt#0.20 ua/2.0 os/linux#6.1 lang/python#3.11", "cli", 2)
    eve = _user("eve", "Boto3/1.34.1 md/Botocore#1.34.1 ua/2.0 os/linux lang/python#3.12", "sdk", 3)
    sso_key = "ASIAEXAMPLESSO000001"
    sso = _session("AWSReservedSSO_Admin_0123456789abcdef", "mika@acme.example", 11, began, sso_key)
    mika = Person(
        sso["arn"], sso, "console.amazonaws.com", "console", "203.0.113.9", human="mika@acme.example"
    )
    ops_key = "ASIAEXAMPLEOPS000001"
    ops = _session("ops", "on-call", 12, began, ops_key)
    by_ops = Person(
        ops["arn"],
        ops,
        "aws-cli/1.18.69 Python/3.8.10 Linux/5.4 botocore/1.16.19",
        "cli",
        "198.51.100.2",
        human="bo",
        makers=(_made("AssumeRole", bo.identity, began, ops_key, REGION),),
    )
    tf_key = "ASIAEXAMPLETF0000001"
    tf = _session("tf-apply", "GitHubActions", 13, began, tf_key)
    token = {"type": "WebIdentityUser", "userName": "repo:acme/infra:ref:refs/heads/main", "principalId": "p"}
    terraform = Person(
        tf["arn"],
        tf,
        _TERRAFORM,
        "terraform",
        "192.0.2.4",
        human="repo:acme/infra:ref:refs/heads/main",
        makers=(_made("AssumeRoleWithWebIdentity", token, began, tf_key, "us-east-1"),),
    )
    own = _session("deploy", "nia", 14, began, "ASIAEXAMPLESRC000001")
    own["sessionContext"]["sourceIdentity"] = "nia.k"
    sourced = Person(
        own["arn"], own, "aws-sdk-go/1.44.1 (go1.19; linux; amd64)", "sdk", "192.0.2.5", human="nia.k"
    )
    stacked = _session("AWSReservedSSO_Admin_0123456789abcdef", "kai@acme.example", 15, began)
    stack = Person(
        stacked["arn"],
        stacked | {"invokedBy": "cloudformation.amazonaws.com"},
        "cloudformation.amazonaws.com",
        "cloudformation",
        "cloudformation.amazonaws.com",
        human="kai@acme.example",
        via="cloudformation.amazonaws.com",
    )
    scaled = _session("AWSServiceRoleForAutoScaling", "AutoScaling", 16, began)
    scaling = Person(
        scaled["arn"],
        scaled | {"invokedBy": "autoscaling.amazonaws.com"},
        "autoscaling.amazonaws.com",
        "service",
        "autoscaling.amazonaws.com",
        via="autoscaling.amazonaws.com",
    )
    return (ana, bo, eve, mika, by_ops, terraform, sourced, stack, scaling)
