"""AWS calling AWS: Config, CloudTrail, Auto Scaling, KMS on behalf of others, Lambda taking its role."""

from collections.abc import Iterator

from bot.embedded.incident import callers
from bot.embedded.incident.chance import guid
from bot.embedded.incident.company import Account, Company, Place
from bot.embedded.incident.events import bucket_event, event
from bot.embedded.incident.life.activity import Activity, calls
from bot.embedded.incident.template import Record

_RECORDED = (
    "config:PutEvaluations", "ec2:DescribeVpcs", "ec2:DescribeRouteTables", "lambda:ListFunctions20150331",
    "rds:DescribeDBSubnetGroups", "s3:GetBucketEncryption", "sns:ListTopics", "sqs:ListQueues",
)  # fmt: skip


def activities(company: Company) -> Iterator[Activity]:
    """What services do in each account, most of it in the home region."""
    for account, share in ((company.prod, 1.0), (company.staging, 0.4)):
        home, global_, far = (Place(account.id, region) for region in company.regions)
        yield Activity(f"{account.name} config", int(220 * share), calls(_config(company, account, home)))
        for place, number in ((global_, 60), (far, 48)):
            name = f"{account.name} config {place.region}"
            yield Activity(name, int(number * share), calls(_config(company, account, place)))
        yield Activity(f"{account.name} scaling", int(300 * share), calls(_scaling(company, account, home)))
        yield Activity(f"{account.name} kms", int(400 * share), calls(_decrypting(company, account, home)))
        yield Activity(
            f"{account.name} lambda", int(140 * share), calls([_taking_role(company, account, home)])
        )
    yield Activity("trail checks its bucket", 160, calls([_checking_bucket(company)]))


def _config(company: Company, account: Account, place: Place) -> Iterator[Record]:
    path = "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    recorder = callers.role(company, account, path, "AWSConfig-Describe", ("", "")).via(
        "config.amazonaws.com"
    )
    for api in _RECORDED:
        yield event(recorder, place, api, requestParameters={"maxResults": 100})


def _scaling(company: Company, account: Account, place: Place) -> Iterator[Record]:
    path = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
    scaler = callers.role(company, account, path, "AutoScaling", ("", "")).via("autoscaling.amazonaws.com")
    items = [{"instanceId": instance} for instance in company.web_instance_ids]
    request = {"instancesSet": {"items": items}, "filterSet": {}}
    for api in (
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "elasticloadbalancing:DescribeTargetHealth",
    ):
        yield event(scaler, place, api, requestParameters=request)


def _decrypting(company: Company, account: Account, place: Place) -> Iterator[Record]:
    key = f"arn:aws:kms:{place.region}:{account.id}:key/{guid(company.hexadecimal(f'kms/{account.id}', 24))}"
    function = callers.role(company, account, "service-role/thumbnailer", "thumbnailer", ("", ""))
    for via, context in (
        ("s3.amazonaws.com", {"aws:s3:arn": "arn:aws:s3:::acme-web-assets"}),
        ("secretsmanager.amazonaws.com", {"SecretVersionId": "<<request>>"}),
        (
            "lambda.amazonaws.com",
            {"aws:lambda:FunctionArn": f"arn:aws:lambda:{place.region}:{account.id}:function:web"},
        ),
    ):
        request = {"encryptionContext": context, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"}
        resources = [{"accountId": account.id, "type": "AWS::KMS::Key", "ARN": key}]
        yield event(function.via(via), place, "kms:Decrypt", requestParameters=request, resources=resources)


def _taking_role(company: Company, account: Account, place: Place) -> Record:
    session = callers.role(company, account, "service-role/thumbnailer", "thumbnailer", ("", "")).identity
    arn = session["sessionContext"]["sessionIssuer"]["arn"]
    answer = {
        "credentials": {"accessKeyId": session["accessKeyId"]},
        "assumedRoleUser": {"assumedRoleId": session["principalId"], "arn": session["arn"]},
    }
    return event(
        callers.service("lambda.amazonaws.com"),
        place,
        "sts:AssumeRole",
        requestParameters={"roleArn": arn, "roleSessionName": "thumbnailer"},
        responseElements=answer,
        resources=[{"accountId": account.id, "type": "AWS::IAM::Role", "ARN": arn}],
        sharedEventID="<<shared>>",
    )


def _checking_bucket(company: Company) -> Record:
    delivery = callers.service("cloudtrail.amazonaws.com")
    bucket = company.bucket(company.log_bucket)
    return bucket_event(delivery, bucket, "GetBucketAcl", request={"acl": ""}, sharedEventID="<<shared>>")
