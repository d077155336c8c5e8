"""Object-level calls: the nightly backup, payroll runs, the web site's assets, and what staging reads from prod."""

from collections.abc import Iterator

from bot.embedded.incident import callers
from bot.embedded.incident.callers import Caller
from bot.embedded.incident.company import Bucket, Company
from bot.embedded.incident.events import bucket_event, list_event, object_event, refused
from bot.embedded.incident.life.activity import Activity, calls
from bot.embedded.incident.template import Record

PAYSLIPS = tuple(f"payslips/emp-{number:04}.pdf" for number in range(1, 413))
RUNS = tuple(f"runs/cycle-{number:03}/summary.csv" for number in range(90, 118))
ASSETS = tuple(
    f"img/{name}-{size}.webp" for name in ("hero", "team", "shop", "map", "news") for size in (320, 640, 1280)
)
_NIGHT = (2 * 6, 2 * 6 + 1, 2 * 6 + 2)
_MORNING = (3 * 6, 5 * 6, 13 * 6)


def activities(company: Company) -> Iterator[Activity]:
    """Every recorded object call of an ordinary day; of acme-archive there is none, its data events are off."""
    yield from _backup(company)
    yield from _payroll(company)
    yield from _website(company)
    yield from _logs(company)
    yield from _crossing(company)


def _backup(company: Company) -> Iterator[Activity]:
    backup = callers.iam_user(company, "backup", company.leaked_key_id, company.office_ip, callers.CLI)
    bucket = company.payroll
    reads = [object_event(backup, bucket, "GetObject")]
    yield Activity("nightly backup", 320, calls(reads), keys=PAYSLIPS + RUNS, slots=_NIGHT)
    lists = [list_event(backup, bucket, prefix) for prefix in ("payslips/", "runs/")]
    yield Activity("nightly listing", 8, calls(lists), slots=_NIGHT[:1])
    # The copies land in acme-archive, unseen: only bucket-level calls on it are recorded.
    archive = company.bucket("acme-archive")
    locations = [bucket_event(backup, archive, "GetBucketLocation", request={"location": ""})]
    yield Activity("archive located", 2, calls(locations), slots=_NIGHT[:1])


def _payroll(company: Company) -> Iterator[Activity]:
    prod, payroll = company.prod, company.payroll
    ci = callers.role(company, prod, "ci-deploy", "GitHubActions", ("192.0.2.120", callers.BOTO))
    rates = tuple(f"rates/table-{number:02}.json" for number in range(24))
    yield Activity(
        "ci reads rates", 130, calls([object_event(ci, payroll, "GetObject")]), keys=rates, weekend=0.3
    )
    run = callers.role(
        company, prod, "service-role/payroll-export", "payroll-export", ("192.0.2.131", callers.BOTO)
    )
    writes = [object_event(run, payroll, "PutObject"), object_event(run, payroll, "HeadObject")]
    yield Activity("payroll run", 60, calls(writes), keys=RUNS, slots=_MORNING)
    source = {"x-amz-copy-source": f"{payroll.name}/<<key>>"}
    copied = object_event(run, company.bucket("acme-reports"), "CopyObject", request=source)
    yield Activity("payroll reports", 12, calls([copied]), keys=RUNS, slots=_MORNING[:1])
    analyst = callers.role(company, prod, "payroll-analytics", "athena-export", ("192.0.2.140", callers.BOTO))
    through = _through_access_point(company, analyst, payroll)
    yield Activity("payroll analytics", 60, calls([through]), keys=RUNS, slots=_MORNING)


def _through_access_point(company: Company, caller: Caller, bucket: Bucket) -> Record:
    """Such requests name the access point where others name the bucket; `resources` holds both."""
    name = company.payroll_access_point
    arn = f"arn:aws:s3:{bucket.region}:{bucket.account_id}:accesspoint/{name}"
    record = object_event(
        caller,
        bucket,
        "GetObject",
        request={
            "bucketName": arn,
            "Host": f"{name}-{bucket.account_id}.s3-accesspoint.{bucket.region}.amazonaws.com",
        },
    )
    point = {"accountId": bucket.account_id, "type": "AWS::S3::AccessPoint", "ARN": arn}
    return record | {"resources": [*record["resources"], point]}


def _website(company: Company) -> Iterator[Activity]:
    assets = company.bucket("acme-web-assets")
    cloudfront = callers.service("cloudfront.amazonaws.com")
    yield Activity("cloudfront", 800, calls([object_event(cloudfront, assets, "GetObject")]), keys=ASSETS)
    visitors = [callers.anonymous(f"198.51.100.{number}") for number in range(40, 60)]
    seen = [object_event(visitor, assets, "GetObject") for visitor in visitors]
    yield Activity("visitors", 220, calls(seen), keys=ASSETS)
    drafts = [
        object_event(
            v, assets, "GetObject", "drafts/<<key>>", errorCode="AccessDenied", errorMessage="Access Denied"
        )
        for v in visitors
    ]
    yield Activity("visitors refused", 24, calls(drafts), keys=ASSETS)
    maker = callers.role(
        company, company.prod, "service-role/thumbnailer", "thumbnailer", ("192.0.2.132", callers.BOTO)
    )
    made = [object_event(maker, assets, api) for api in ("GetObject", "PutObject")]
    yield Activity("thumbnails", 760, calls(made), keys=ASSETS)
    ci = callers.role(company, company.prod, "ci-deploy", "GitHubActions", ("192.0.2.120", callers.BOTO))
    yield Activity(
        "site deploys", 240, calls([object_event(ci, assets, "PutObject")]), keys=ASSETS, weekend=0.25
    )


def _logs(company: Company) -> Iterator[Activity]:
    logs = company.bucket("acme-logs")
    delivery = callers.service("delivery.logs.amazonaws.com")
    keys = tuple(f"elb/web/part-{number:04}.log.gz" for number in range(200))
    yield Activity("access logs", 500, calls([object_event(delivery, logs, "PutObject")]), keys=keys)
    staging = company.bucket("acme-staging-assets")
    tester = callers.role(company, company.staging, "staging-web", "i-staging", ("192.0.2.150", callers.BOTO))
    tests = [object_event(tester, staging, api) for api in ("GetObject", "PutObject", "DeleteObject")]
    yield Activity("staging site", 420, calls(tests), keys=ASSETS)


def _crossing(company: Company) -> Iterator[Activity]:
    """Both accounts are told of a call that crosses, each with its own eventID and one sharedEventID."""
    sync = callers.role(
        company, company.staging, "staging-sync", "nightly-sync", ("192.0.2.151", callers.BOTO)
    )
    for bucket, keys, number in (
        (company.bucket("acme-web-assets"), ASSETS, 60),
        (company.payroll, RUNS, 24),
    ):
        pair = _pair(sync, bucket, company.staging.id)
        yield Activity(f"staging reads {bucket.name}", number, calls([pair]), keys=keys, slots=_MORNING)
    nosy = callers.role(company, company.staging, "staging-web", "i-staging", ("192.0.2.150", callers.BOTO))
    denied = refused(nosy, "s3:GetObject", f"{company.payroll.arn}/<<key>>")
    refusal = _pair(nosy, company.payroll, company.staging.id, denied)
    yield Activity("staging refused", 3, calls([refusal]), keys=PAYSLIPS, slots=_MORNING)


def _pair(
    caller: Caller, bucket: Bucket, caller_account: str, fields: Record | None = None
) -> tuple[Record, Record]:
    shared = {"sharedEventID": "<<shared>>"} | (fields or {})
    own = object_event(caller, bucket, "GetObject", recipientAccountId=caller_account, **shared)
    owners = object_event(callers.from_other_account(caller), bucket, "GetObject", **shared)
    return own, owners
