"""People at their desks: signing in, looking at the console, reading what their work needs, being refused."""

from collections.abc import Iterator

from bot.embedded.incident import callers
from bot.embedded.incident.company import Company, Person, Place
from bot.embedded.incident.events import bucket_event, event, list_event, object_event, refused
from bot.embedded.incident.federation import signed_in
from bot.embedded.incident.life.activity import Activity, calls
from bot.embedded.incident.life.storage import ASSETS, PAYSLIPS, RUNS
from bot.embedded.incident.template import Record

_LOOKED_AT = (
    "ec2:DescribeInstances", "ec2:DescribeSecurityGroups", "ec2:DescribeRegions", "logs:FilterLogEvents",
    "cloudformation:DescribeStacks", "monitoring:GetMetricData", "lambda:ListFunctions20150331",
    "health:DescribeEventAggregates", "ce:GetCostAndUsage",
)  # fmt: skip
_DESK = tuple(range(8 * 6, 18 * 6, 6))


def activities(company: Company) -> Iterator[Activity]:
    """What the eight of them do; little of it on weekends."""
    home = Place(company.prod.id, company.home_region)
    yield Activity(
        "sign-ins", 16, calls(_sign_in(company, who) for who in company.people), slots=_DESK, weekend=0.1
    )
    for who in company.people:
        yield from _roles_chosen(company, who)
        looks = calls(_looks(company, who, home))
        yield Activity(f"{who.email} looks", 45, looks, slots=_DESK, weekend=0.1)
    yield from _payroll(company)
    yield from _buckets(company)


def _looks(company: Company, who: Person, place: Place) -> Iterator[Record]:
    caller = callers.person(company, company.prod, who)
    for api in _LOOKED_AT:
        request = {"maxResults": 50, "nextToken": None} if api.startswith("ec2:") else None
        yield event(caller, place, api, requestParameters=request, sessionCredentialFromConsole="true")


def _roles_chosen(company: Company, who: Person) -> Iterator[Activity]:
    """Identity Center gives them a session of their permission set, in each account that they work in."""
    for account, number, weekend in ((company.prod, 3, 0.4), (company.staging, 1, 0.0)):
        given = callers.person(company, account, who)
        record = signed_in(company, who, given, Place(account.id, company.home_region))
        name = f"{who.email} chooses {account.name}"
        yield Activity(name, number, calls([record]), slots=_DESK, weekend=weekend)


def _sign_in(company: Company, who: Person) -> Record:
    """Federated sign-ins always say that no MFA was used, whatever the identity provider asked for."""
    return event(
        callers.person(company, company.prod, who),
        Place(company.prod.id, "us-east-1"),
        "signin:ConsoleLogin",
        responseElements={"ConsoleLogin": "Success"},
        additionalEventData={"MobileVersion": "No", "MFAUsed": "No"},
        readOnly=False,
        eventType="AwsConsoleSignIn",
    )


def _payroll(company: Company) -> Iterator[Activity]:
    payroll, prod = company.payroll, company.prod
    for who, number in ((company.people[0], 42), (company.people[5], 30), (company.people[6], 18)):
        caller = callers.person(company, prod, who)
        yield Activity(
            f"{who.email} reads payroll",
            number,
            calls([object_event(caller, payroll, "GetObject"), list_event(caller, payroll, "payslips/")]),
            keys=PAYSLIPS,
            slots=_DESK,
            weekend=0.0,
        )
    writer = callers.person(company, prod, company.people[0], callers.CLI)
    yield Activity(
        "payroll corrected",
        3,
        calls([object_event(writer, payroll, "PutObject")]),
        RUNS,
        slots=_DESK,
        weekend=0.0,
    )
    for who in (company.people[2], company.people[7]):
        caller = callers.person(company, prod, who)
        denied = refused(caller, "s3:GetObject", f"{payroll.arn}/<<key>>")
        tries = [object_event(caller, payroll, "GetObject", **denied)]
        yield Activity(f"{who.email} refused", 1, calls(tries), PAYSLIPS, slots=_DESK, weekend=0.0)


def _buckets(company: Company) -> Iterator[Activity]:
    """Settings of buckets, those of acme-archive too: bucket-level calls are recorded for every bucket."""
    admin = callers.person(company, company.prod, company.people[1])
    asked = [
        bucket_event(admin, bucket, api, request={what: ""})
        for bucket in company.buckets
        if bucket.account_id == company.prod.id
        for api, what in (("GetBucketPolicy", "policy"), ("GetBucketVersioning", "versioning"))
    ]
    yield Activity("bucket settings", 60, calls(asked), slots=_DESK, weekend=0.1)
    reader = callers.person(company, company.prod, company.people[3], callers.CLI)
    assets = company.bucket("acme-web-assets")
    yield Activity(
        "assets checked",
        80,
        calls([object_event(reader, assets, "GetObject")]),
        ASSETS,
        slots=_DESK,
        weekend=0.1,
    )
