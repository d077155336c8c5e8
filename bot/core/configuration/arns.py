"""What an ARN says: the service's own forms, and under which id Config keeps each.

Forms: AWS, Service Authorization Reference. Ids: AWS Config developer guide, Supported resource types.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bot.core.configuration import ids
from bot.core.configuration.meant import Candidate, Meant

_ARN = re.compile(r"arn:(aws[a-z-]*):([a-z0-9-]*):([a-z0-9-]*):(\d{12}|aws|):(.+)", re.DOTALL)

Key = Literal["part", "arn", "name"]


@dataclass(frozen=True, slots=True)
class Form:
    """An ARN's last part (`([^/]+)` being the name in it), its type, and what Config has as its id.

    `part` is the name itself, `arn` the whole ARN; by `name` it is looked for: the id is another one.
    """

    service: str
    resource: str
    type: str
    keys: tuple[Key, ...] = ("arn",)


_PART: tuple[Key, ...] = ("part",)
_NAME: tuple[Key, ...] = ("name",)
_BOTH: tuple[Key, ...] = ("arn", "part")
_LB = "AWS::ElasticLoadBalancing"

FORMS = (
    Form("s3", r"accesspoint/([^/]+)(?:/.*)?", "AWS::S3::AccessPoint", ("arn", "part")),
    Form("s3", r"([^/:*?]+)(?:/.*)?", "AWS::S3::Bucket", _PART),
    Form("lambda", r"function:([^:]+)(?::.*)?", "AWS::Lambda::Function", _PART),
    Form("dynamodb", r"table/([^/]+)(?:/.*)?", "AWS::DynamoDB::Table", _PART),
    Form("sns", r"([^:]+)(?::.*)?", "AWS::SNS::Topic"),
    Form("iam", r"user/(?:.*/)?([^/]+)", "AWS::IAM::User", _NAME),
    Form("iam", r"role/(?:.*/)?([^/]+)", "AWS::IAM::Role", _NAME),
    Form("iam", r"group/(?:.*/)?([^/]+)", "AWS::IAM::Group", _NAME),
    Form("iam", r"policy/(?:.*/)?([^/]+)", "AWS::IAM::Policy", _NAME),
    Form("iam", r"instance-profile/(?:.*/)?([^/]+)", "AWS::IAM::InstanceProfile", _BOTH),
    Form("iam", r"saml-provider/(.+)", "AWS::IAM::SAMLProvider"),
    Form("iam", r"oidc-provider/(.+)", "AWS::IAM::OIDCProvider"),
    Form("iam", r"server-certificate/(?:.*/)?([^/]+)", "AWS::IAM::ServerCertificate", _BOTH),
    Form("sts", r"assumed-role/([^/]+)(?:/.*)?", "AWS::IAM::Role", _NAME),
    Form("kms", r"key/([^/]+)", "AWS::KMS::Key", _PART),
    Form("kms", r"(alias/.+)", "AWS::KMS::Alias", _PART),
    Form("rds", r"db:([^:]+)", "AWS::RDS::DBInstance", _NAME),
    Form("rds", r"cluster:([^:]+)", "AWS::RDS::DBCluster", _NAME),
    Form("rds", r"snapshot:(.+)", "AWS::RDS::DBSnapshot", _PART),
    Form("rds", r"cluster-snapshot:(.+)", "AWS::RDS::DBClusterSnapshot", _PART),
    Form("rds", r"subgrp:([^:]+)", "AWS::RDS::DBSubnetGroup", _PART),
    Form("elasticloadbalancing", r"loadbalancer/(?:app|net|gwy)/([^/]+)/\w+", f"{_LB}V2::LoadBalancer"),
    Form("elasticloadbalancing", r"loadbalancer/([^/]+)", f"{_LB}::LoadBalancer", _PART),
    Form("elasticloadbalancing", r"targetgroup/([^/]+)/\w+", f"{_LB}V2::TargetGroup"),
    Form("elasticloadbalancing", r"listener/(.+)", f"{_LB}V2::Listener"),
    Form(
        "autoscaling",
        r"autoScalingGroup:[^:]*:autoScalingGroupName/(.+)",
        "AWS::AutoScaling::AutoScalingGroup",
    ),
    Form("ecs", r"cluster/(.+)", "AWS::ECS::Cluster"),
    Form("ecs", r"service/(.+)", "AWS::ECS::Service"),
    Form("ecs", r"task-definition/(.+)", "AWS::ECS::TaskDefinition"),
    Form("eks", r"cluster/([^/]+)", "AWS::EKS::Cluster", _PART),
    Form("ecr", r"repository/(.+)", "AWS::ECR::Repository", _PART),
    Form("es", r"domain/([^/]+)(?:/.*)?", "AWS::OpenSearch::Domain", _PART),
    Form("es", r"domain/([^/]+)(?:/.*)?", "AWS::Elasticsearch::Domain", _PART),
    Form("cloudtrail", r"trail/([^/]+)", "AWS::CloudTrail::Trail", _BOTH),
    Form("secretsmanager", r"secret:(.+?)(?:-[A-Za-z0-9]{6})?", "AWS::SecretsManager::Secret", _BOTH),
    Form("states", r"stateMachine:([^:]+)(?::.*)?", "AWS::StepFunctions::StateMachine"),
    Form("acm", r"certificate/(.+)", "AWS::ACM::Certificate"),
    Form("cloudformation", r"stack/([^/]+)/.+", "AWS::CloudFormation::Stack"),
    Form("cloudformation", r"stack/([^/]+)", "AWS::CloudFormation::Stack", _NAME),
    Form("kinesis", r"stream/([^/]+)", "AWS::Kinesis::Stream", _PART),
    Form("firehose", r"deliverystream/([^/]+)", "AWS::KinesisFirehose::DeliveryStream", _PART),
    Form("redshift", r"cluster:([^:]+)", "AWS::Redshift::Cluster", _PART),
    Form("wafv2", r"(?:regional|global)/webacl/[^/]+/([^/]+)", "AWS::WAFv2::WebACL", _PART),
    Form("wafv2", r"(?:regional|global)/rulegroup/[^/]+/([^/]+)", "AWS::WAFv2::RuleGroup", _PART),
    Form("wafv2", r"(?:regional|global)/ipset/[^/]+/([^/]+)", "AWS::WAFv2::IPSet", _PART),
    Form("apigateway", r"/restapis/([^/]+)", "AWS::ApiGateway::RestApi", ("part", "arn")),
    Form("apigateway", r"/restapis/[^/]+/stages/([^/]+)", "AWS::ApiGateway::Stage"),
    Form("apigateway", r"/apis/([^/]+)", "AWS::ApiGatewayV2::Api", ("part", "arn")),
    Form("apigateway", r"/apis/[^/]+/stages/([^/]+)", "AWS::ApiGatewayV2::Stage"),
    Form("cloudfront", r"distribution/([^/]+)", "AWS::CloudFront::Distribution", _PART),
    Form("route53", r"hostedzone/([^/]+)", "AWS::Route53::HostedZone", _PART),
    Form("elasticfilesystem", r"file-system/([^/]+)", "AWS::EFS::FileSystem", _PART),
    Form("elasticfilesystem", r"access-point/([^/]+)", "AWS::EFS::AccessPoint", _PART),
    Form("codebuild", r"project/([^/]+)", "AWS::CodeBuild::Project", _BOTH),
    Form("cloudwatch", r"alarm:(.+)", "AWS::CloudWatch::Alarm", _BOTH),
    Form("events", r"rule/(.+)", "AWS::Events::Rule", _BOTH),
    Form("guardduty", r"detector/([^/]+)", "AWS::GuardDuty::Detector", _PART),
)


def read(said: str) -> Meant | None:
    """What an ARN means; None for what is no ARN. One of a service that is not listed is looked for as it is."""
    parts = _ARN.fullmatch(said)
    if not parts:
        return None
    partition, service, region, account_id, resource = parts.groups()
    account_id = account_id if account_id.isdigit() else ""
    if service == "sqs":
        found = _queue(said, partition, region, account_id, resource)
    elif service == "ec2" and (known := ids.of(resource.rpartition("/")[2])):
        found = Meant(said, (known,))
    else:
        found = _listed(said, service, resource)
    return Meant(said, found.exact, found.name, found.types, region, account_id)


def _listed(said: str, service: str, resource: str) -> Meant:
    exact: list[Candidate] = []
    names: list[tuple[str, str]] = []
    for form in FORMS:
        if form.service == service and (found := re.fullmatch(form.resource, resource)):
            by = {"part": found[1], "arn": said}
            exact += [Candidate(form.type, by[key]) for key in form.keys if key != "name"]
            names += [(found[1], form.type)] * ("name" in form.keys)
            if service != "es":
                break
    if not exact and not names:
        return Meant(said, name=said)
    types = tuple(dict.fromkeys([each.type for each in exact] + [kind for _, kind in names]))
    return Meant(said, tuple(exact), names[0][0] if names else "", types)


def _queue(said: str, partition: str, region: str, account_id: str, name: str) -> Meant:
    """Config has a queue under its URL, of which there are several forms (docs: SQS, Endpoints)."""
    end = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
    hosts = (f"sqs.{region}.{end}", f"{region}.queue.{end}")
    kind = "AWS::SQS::Queue"
    exact = tuple(Candidate(kind, f"https://{host}/{account_id}/{name}") for host in hosts)
    return Meant(said, exact, name, (kind,))
