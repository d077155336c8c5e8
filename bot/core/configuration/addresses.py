"""Which resource an address is of: pages of the AWS console, queues' and buckets' own.

The console's addresses are documented nowhere; what can be read out of any page is its region, an ARN, or an id.
"""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from bot.core.configuration import arns, ids
from bot.core.configuration.meant import Candidate, Meant
from bot.core.regions import is_code

_CONSOLE = re.compile(
    r"(?:(\d{12})-\w+\.)?(?:([a-z0-9-]+)\.)?console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)"
)
_QUEUE = re.compile(r"(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue|queue)\.amazonaws\.com(?:\.cn)?")
_QUEUE_PATH = re.compile(r"/(\d{12})/([\w-]{1,80}(?:\.fifo)?)")
_BUCKET = re.compile(
    r"(?:([a-z0-9][a-z0-9.-]+)\.)?s3(?:-website)?(?:[.-]([a-z]{2}-[a-z0-9-]+?))?\.amazonaws\.com(?:\.cn)?"
)
_ARN = re.compile(r"arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:[^\s&;?#'\"]+")
_GLOBAL = ("AWS::IAM::", "AWS::CloudFront::", "AWS::Route53::")
_WITHIN = re.compile(r"https://(?:[\w.-]*\bsqs\.|[\w-]+\.queue\.|queue\.)[^\s?#&]+")
_S3, _QUEUES = "AWS::S3::Bucket", "AWS::SQS::Queue"

# What a page of each service is about, in its address behind the host; a name may be encoded in it.
_PAGES = (
    (r"/s3/(?:buckets|home/bucket)/([^/?#]+)", _S3),
    (r"/iam\w*/.*#/?(?:\w+/)*roles/(?:details/)?([^/?#]+)", "AWS::IAM::Role"),
    (r"/iam\w*/.*#/?(?:\w+/)*users/(?:details/)?([^/?#]+)", "AWS::IAM::User"),
    (r"/iam\w*/.*#/?(?:\w+/)*groups/(?:details/)?([^/?#]+)", "AWS::IAM::Group"),
    (r"/rds/.*#database:.*\bid=([^;&]+);.*is-cluster=true", "AWS::RDS::DBCluster"),
    (r"/rds/.*#database:.*\bid=([^;&]+)", "AWS::RDS::DBInstance"),
    (r"/rds/.*#db-snapshot:.*\bid=([^;&]+)", "AWS::RDS::DBSnapshot"),
    (r"/lambda/.*#/functions/([^/?]+)", "AWS::Lambda::Function"),
    (r"/dynamodb\w*/.*#.*\b(?:name|table)=([^;&]+)", "AWS::DynamoDB::Table"),
    (r"/kms/.*#/?kms/keys/([^/?]+)", "AWS::KMS::Key"),
    (r"/cloudfront/.*#/?distributions/([^/?]+)", "AWS::CloudFront::Distribution"),
    (r"/route53/.*#.*/(Z[A-Z0-9]+)", "AWS::Route53::HostedZone"),
    (r"/ecs/.*?/?clusters/[^/?#]+/services/([^/?#]+)", "AWS::ECS::Service"),
    (r"/ecs/.*?/?clusters/([^/?#]+)", "AWS::ECS::Cluster"),
    (r"/eks/(?:.*/)?clusters/([^/?#]+)", "AWS::EKS::Cluster"),
    (r"/ecr/repositories/(?:private/\d+/)?([^/?#]+)", "AWS::ECR::Repository"),
    (r"/secretsmanager/.*[?&]name=([^&#]+)", "AWS::SecretsManager::Secret"),
    (r"/codesuite/codebuild/(?:\d+/)?projects/([^/?#]+)", "AWS::CodeBuild::Project"),
    (r"/apigateway/.*/(?:apis|restapis)/([a-z0-9]+)", "AWS::ApiGateway::RestApi"),
    (r"/ec2/.*#AutoScalingGroupDetails:id=([^;&]+)", "AWS::AutoScaling::AutoScalingGroup"),
)
_BY_ID = frozenset(
    {
        _S3,
        "AWS::RDS::DBSnapshot",
        "AWS::Lambda::Function",
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::CloudFront::Distribution",
        "AWS::Route53::HostedZone",
        "AWS::EKS::Cluster",
        "AWS::ECR::Repository",
        "AWS::ApiGateway::RestApi",
    }
)


def read(said: str) -> Meant | None:
    """What an address means; None for one that is of no resource."""
    try:
        parts = urlsplit(said)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme == "s3":
        return Meant(parts.netloc, (Candidate(_S3, parts.netloc),)) if parts.netloc else None
    if console := _CONSOLE.fullmatch(host):
        return _page(said, console[1] or "", _region(said, console[2]))
    if (queue := _QUEUE.fullmatch(host)) and (path := _QUEUE_PATH.fullmatch(parts.path)):
        url = f"https://{host}{parts.path}"
        return Meant(
            url, (Candidate(_QUEUES, url),), path[2], (_QUEUES,), queue[1] or queue[2] or "", path[1]
        )
    if bucket := _BUCKET.fullmatch(host):
        name = bucket[1] or parts.path.strip("/").partition("/")[0]
        return Meant(name, (Candidate(_S3, name),), region=_code(bucket[2])) if name else None
    return None


def _page(said: str, account_id: str, region: str) -> Meant | None:
    behind = said.split("://", 1)[1].partition("/")[2]
    found = _timeline(behind) or _told(f"/{behind}")
    if found is None:
        return None
    types = found.types or tuple(each.type for each in found.exact)
    # The pages of global services are in one region, whichever their resources are recorded in.
    here = "" if any(kind.startswith(_GLOBAL) for kind in types) else region
    return replace(found, region=found.region or here, account_id=found.account_id or account_id)


def _timeline(behind: str) -> Meant | None:
    """Config's own pages say type and id."""
    fields = parse_qs(behind.replace("#", "&").replace("?", "&"))
    kind, resource_id = (fields.get(name, [""])[0] for name in ("resourceType", "resourceId"))
    return Meant(resource_id, (Candidate(kind, resource_id),)) if kind and resource_id else None


def _told(behind: str) -> Meant | None:
    """An ARN, or what a page of the service is about, or an id."""
    plain = unquote(unquote(behind))
    if (arn := _ARN.search(plain)) and (meant := arns.read(arn[0])) and (meant.exact or meant.types):
        return meant
    if (within := _WITHIN.search(plain)) and (queue := read(within[0])):
        return queue
    for page, kind in _PAGES:
        if found := re.match(page, behind):
            return _named(unquote(unquote(found[1])), kind)
    path, _, fragment = plain.partition("#")
    known = ids.within(fragment) or ids.within(path)
    return Meant(known.id, (known,)) if known else None


def _named(name: str, kind: str) -> Meant:
    exact = (Candidate(kind, name),) if kind in _BY_ID else ()
    return Meant(name, exact, "" if exact else name, (kind,))


def _region(said: str, host: str | None) -> str:
    """The region of a page: its host's, or what the address says of it."""
    named = re.search(r"[?&#;]region=([a-z0-9-]+)", unquote(said))
    return _code(host) or _code(named[1] if named else "")


def _code(text: str | None) -> str:
    return text if text and is_code(text) else ""
