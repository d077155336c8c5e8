"""Roles that no human wears: monitoring, audit, deployment, functions."""

from collections.abc import Iterator

from bot.embedded.incident import callers
from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Account, Company, Place
from bot.embedded.incident.events import event
from bot.embedded.incident.federation import token_shown
from bot.embedded.incident.life.activity import Activity, calls
from bot.embedded.incident.template import Record

_WATCHER = (
    "192.0.2.10",
    "aws-sdk-go-v2/1.36.5 ua/2.1 os/linux lang/go#1.24.4 md/GOARCH#amd64 api/ec2#1.225.1",
)
_TERRAFORM = (
    "203.0.113.77",
    "APN/1.0 HashiCorp/1.0 Terraform/1.12.2 terraform-provider-aws/6.2.0 aws-sdk-go-v2/1.36.5",
)
_POLLED = (
    "ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "ec2:DescribeVolumes", "ec2:DescribeSecurityGroups",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeTags", "elasticloadbalancing:DescribeTargetHealth",
    "monitoring:DescribeAlarms", "rds:DescribeDBInstances", "tagging:GetResources",
)  # fmt: skip
_AUDITED = (
    "iam:ListUsers", "iam:ListRoles", "iam:GetAccountSummary", "iam:ListAccessKeys", "iam:GetCredentialReport",
    "cloudtrail:DescribeTrails", "cloudfront:ListDistributions", "organizations:ListAccounts",
)  # fmt: skip
_PLANNED = (
    "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroupRules", "iam:GetRole", "kms:DescribeKey",
    "lambda:GetFunction20150331v2", "logs:DescribeLogGroups", "ssm:GetParameters", "ecs:DescribeServices",
)  # fmt: skip


def activities(company: Company) -> Iterator[Activity]:
    """Polling, audits, plans and deployments in both accounts."""
    for account, share in ((company.prod, 1.0), (company.staging, 0.5)):
        yield from _watching(company, account, share)
    yield from _deploying(company)
    yield _opening_https(company)


def _watching(company: Company, account: Account, share: float) -> Iterator[Activity]:
    watcher = callers.role(company, account, "acme-monitor", "acme-monitor", _WATCHER)
    auditor = callers.role(company, account, "acme-audit", "nightly-audit", ("192.0.2.11", callers.BOTO))
    home, global_, far = (Place(account.id, region) for region in company.regions)
    polls = [_poll(watcher, home, api) for api in _POLLED]
    yield Activity(f"{account.name} polled", int(1000 * share), calls(polls))
    yield Activity(
        f"{account.name} audited", int(420 * share), calls(event(auditor, global_, api) for api in _AUDITED)
    )
    yield Activity(f"{account.name} far", int(80 * share), calls(_poll(auditor, far, api) for api in _POLLED))
    denied = _unauthorized(watcher, home, "ec2:DescribeInstanceAttribute")
    yield Activity(f"{account.name} watcher refused", int(40 * share), calls([denied]))


def _poll(caller: Caller, place: Place, api: str) -> Record:
    request = {"maxResults": 1000, "filterSet": {}, "instancesSet": {}} if api.startswith("ec2:") else None
    return event(caller, place, api, requestParameters=request)


def _unauthorized(caller: Caller, place: Place, api: str) -> Record:
    # EC2 says it in its own words, unlike the rest of AWS.
    message = f"You are not authorized to perform this operation. User: {caller.name} is not authorized to perform: {api}"
    return event(caller, place, api, errorCode="Client.UnauthorizedOperation", errorMessage=message)


def _deploying(company: Company) -> Iterator[Activity]:
    prod = company.prod
    home = Place(prod.id, company.home_region)
    terraform = callers.role(company, prod, "tf-apply", "terraform", _TERRAFORM)
    plans = [event(terraform, home, api, requestParameters={"name": "acme-core"}) for api in _PLANNED]
    yield Activity("terraform plans", 260, calls(plans), weekend=0.1)
    yield Activity("terraform signs in", 24, calls([_sign_in(company, "infra", terraform)]), weekend=0.1)
    ci = callers.role(company, prod, "ci-deploy", "GitHubActions", ("192.0.2.120", callers.BOTO))
    yield Activity("ci signs in", 24, calls([_sign_in(company, "web", ci)]), weekend=0.25)
    steps = (
        "ecr:GetAuthorizationToken",
        "ecr:BatchGetImage",
        "ecr:PutImage",
        "ecs:UpdateService",
        "ecs:DescribeServices",
    )
    deploys = [event(ci, home, api, requestParameters={"repositoryName": "acme/web"}) for api in steps]
    yield Activity("ci deploys", 120, calls(deploys), weekend=0.25)


def _sign_in(company: Company, repository: str, session: Caller) -> Record:
    """A workflow shows GitHub's token, from where it works, and is given the session."""
    by = callers.web_identity(company, f"repo:acme/{repository}:ref:refs/heads/main", session.ip)
    return token_shown(by, session, Place(company.prod.id, company.home_region), {})


def _opening_https(company: Company) -> Activity:
    """Groups of preview environments, which Terraform opens to the office; `web-prod` is the upkeep's and the thief's."""
    terraform = callers.role(company, company.prod, "tf-apply", "terraform", _TERRAFORM)
    place = Place(company.prod.id, company.home_region)
    port = {
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "groups": {},
        "ipv6Ranges": {},
        "prefixListIds": {},
    }
    rule = port | {"ipRanges": {"items": [{"cidrIp": "203.0.113.0/24", "description": "office"}]}}
    request = {"groupId": "<<key>>", "ipPermissions": {"items": [rule]}}
    opened = event(
        terraform,
        place,
        "ec2:AuthorizeSecurityGroupIngress",
        requestParameters=request,
        responseElements={"requestId": "<<request>>", "_return": True},
    )
    previews = tuple(f"sg-{company.hexadecimal(f'preview-{n}', 17)}" for n in range(60))
    return Activity("terraform opens https", 2, calls([opened]), previews, slots=(9 * 6, 15 * 6), weekend=0.0)
