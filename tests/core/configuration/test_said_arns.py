"""An ARN of each service leads to the id that Config has; an address leads to the page's resource and its region."""

import pytest

from bot.core.configuration.said import meant

A, R = "111122223333", "eu-west-1"
ELB = f"arn:aws:elasticloadbalancing:{R}:{A}"
ASG = f"arn:aws:autoscaling:{R}:{A}:autoScalingGroup:1234abcd-12ab-34cd-56ef-1234567890ab:autoScalingGroupName/web"
TRAIL = f"arn:aws:cloudtrail:{R}:{A}:trail/acme"
SECRET = f"arn:aws:secretsmanager:{R}:{A}:secret:prod/db-AbCdEf"
API = f"arn:aws:apigateway:{R}::/restapis/a1b2c3"

EXACT = {
    "arn:aws:s3:::acme-payroll": ("AWS::S3::Bucket", "acme-payroll"),
    "arn:aws:s3:::acme-payroll/2026/1.csv": ("AWS::S3::Bucket", "acme-payroll"),
    "arn:aws-cn:s3:::acme-payroll": ("AWS::S3::Bucket", "acme-payroll"),
    f"arn:aws:lambda:{R}:{A}:function:pay-out": ("AWS::Lambda::Function", "pay-out"),
    f"arn:aws:lambda:{R}:{A}:function:pay-out:7": ("AWS::Lambda::Function", "pay-out"),
    f"arn:aws:dynamodb:{R}:{A}:table/orders/index/by-day": ("AWS::DynamoDB::Table", "orders"),
    f"arn:aws:sns:{R}:{A}:alarms": ("AWS::SNS::Topic", "ARN"),
    f"arn:aws:kms:{R}:{A}:key/1234abcd-12ab-34cd-56ef-1234567890ab": (
        "AWS::KMS::Key",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    f"arn:aws:rds:{R}:{A}:snapshot:rds:orders-2026-09-08": ("AWS::RDS::DBSnapshot", "rds:orders-2026-09-08"),
    f"arn:aws:ec2:{R}:{A}:security-group/sg-0abc1234": ("AWS::EC2::SecurityGroup", "sg-0abc1234"),
    f"arn:aws-us-gov:ec2:us-gov-west-1:{A}:instance/i-0abc1234": ("AWS::EC2::Instance", "i-0abc1234"),
    f"{ELB}:loadbalancer/app/web/50dc6c495c0c9188": ("AWS::ElasticLoadBalancingV2::LoadBalancer", "ARN"),
    f"{ELB}:loadbalancer/web": ("AWS::ElasticLoadBalancing::LoadBalancer", "web"),
    f"{ELB}:targetgroup/web/50dc6c495c0c9188": ("AWS::ElasticLoadBalancingV2::TargetGroup", "ARN"),
    ASG: ("AWS::AutoScaling::AutoScalingGroup", "ARN"),
    f"arn:aws:ecs:{R}:{A}:service/prod/web": ("AWS::ECS::Service", "ARN"),
    f"arn:aws:ecs:{R}:{A}:task-definition/web:7": ("AWS::ECS::TaskDefinition", "ARN"),
    f"arn:aws:eks:{R}:{A}:cluster/prod": ("AWS::EKS::Cluster", "prod"),
    f"arn:aws:ecr:{R}:{A}:repository/team/web": ("AWS::ECR::Repository", "team/web"),
    f"arn:aws:states:{R}:{A}:stateMachine:pay": ("AWS::StepFunctions::StateMachine", "ARN"),
    f"arn:aws:acm:{R}:{A}:certificate/1234": ("AWS::ACM::Certificate", "ARN"),
    f"arn:aws:cloudformation:{R}:{A}:stack/web/1234": ("AWS::CloudFormation::Stack", "ARN"),
    f"arn:aws:kinesis:{R}:{A}:stream/clicks": ("AWS::Kinesis::Stream", "clicks"),
    f"arn:aws:redshift:{R}:{A}:cluster:dwh": ("AWS::Redshift::Cluster", "dwh"),
    f"arn:aws:wafv2:{R}:{A}:regional/webacl/web/1234abcd": ("AWS::WAFv2::WebACL", "1234abcd"),
    f"{API}/stages/prod": ("AWS::ApiGateway::Stage", "ARN"),
    f"arn:aws:cloudfront::{A}:distribution/E2QWRUHEXAMPLE": ("AWS::CloudFront::Distribution", "E2QWRUHEXAMPLE"),
    "arn:aws:route53:::hostedzone/Z2FDTNDATAQYW2": ("AWS::Route53::HostedZone", "Z2FDTNDATAQYW2"),
    f"arn:aws:elasticfilesystem:{R}:{A}:file-system/fs-0abc1234": ("AWS::EFS::FileSystem", "fs-0abc1234"),
}  # fmt: skip
NAMED = {
    f"arn:aws:iam::{A}:user/people/mika.sato": ("AWS::IAM::User", "mika.sato"),
    f"arn:aws:iam::{A}:role/aws-service-role/x.amazonaws.com/AWSServiceRole": (
        "AWS::IAM::Role",
        "AWSServiceRole",
    ),
    f"arn:aws-cn:iam::{A}:policy/deploy": ("AWS::IAM::Policy", "deploy"),
    f"arn:aws:sts::{A}:assumed-role/tf-apply/run-77": ("AWS::IAM::Role", "tf-apply"),
    f"arn:aws:rds:{R}:{A}:db:orders": ("AWS::RDS::DBInstance", "orders"),
    f"arn:aws:rds:{R}:{A}:cluster:orders": ("AWS::RDS::DBCluster", "orders"),
}


@pytest.mark.parametrize("said", EXACT)
def test_an_arn_leads_to_the_id_that_config_has(said):
    kind, resource_id = EXACT[said]
    (one,) = meant(said).exact

    assert (one.type, one.id) == (kind, said if resource_id == "ARN" else resource_id)
    assert meant(said).region == said.split(":")[3]
    assert meant(said).account_id == said.split(":")[4]


@pytest.mark.parametrize("said", NAMED)
def test_an_arn_without_the_id_is_looked_for_by_its_name(said):
    found = meant(said)

    assert found.exact == ()
    assert (found.types, found.name) == ((NAMED[said][0],), NAMED[said][1])


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        (TRAIL, [TRAIL, "acme"]),
        (SECRET, [SECRET, "prod/db"]),
        (API, ["a1b2c3", API]),
        (
            f"arn:aws:sqs:{R}:{A}:jobs",
            [f"https://sqs.{R}.amazonaws.com/{A}/jobs", f"https://{R}.queue.amazonaws.com/{A}/jobs"],
        ),
        (f"arn:aws:es:{R}:{A}:domain/logs", ["logs", "logs"]),
    ],
)
def test_where_config_may_have_either_id_both_are_tried(said, tried):
    assert [each.id for each in meant(said).exact] == tried


def test_a_service_that_is_not_listed_is_looked_for_by_its_arn():
    said = f"arn:aws:frobnicate:{R}:{A}:thing/x"

    assert (meant(said).name, meant(said).exact) == (said, ())


def test_an_arn_that_is_not_whole_may_hold_an_id_all_the_same():
    (one,) = meant(f"arn:aws:{R}:{A}:volume/vol-0abc1234").exact

    assert (one.type, one.id) == ("AWS::EC2::Volume", "vol-0abc1234")


CONSOLE = f"https://{R}.console.aws.amazon.com"
PAGES = {
    f"{CONSOLE}/config/home?region={R}#/resources/timeline?resourceId=sg-0abc1234&resourceName=&resourceType=AWS%3A%3AEC2%3A%3ASecurityGroup": (
        "AWS::EC2::SecurityGroup", "sg-0abc1234"),
    f"{CONSOLE}/config/home?region={R}#/resources/details?resourceId=acme&resourceType=AWS::S3::Bucket": (
        "AWS::S3::Bucket", "acme"),
    f"{CONSOLE}/ec2/home?region={R}#SecurityGroup:groupId=sg-0abc1234;vpcId=vpc-0abc1234": (
        "AWS::EC2::SecurityGroup", "sg-0abc1234"),
    f"{CONSOLE}/ec2/v2/home?region={R}#InstanceDetails:instanceId=i-0123456789abcdef0": (
        "AWS::EC2::Instance", "i-0123456789abcdef0"),
    f"https://{A}-ab12cd34.{R}.console.aws.amazon.com/vpcconsole/home?region={R}#VpcDetails:VpcId=vpc-0abc1234": (
        "AWS::EC2::VPC", "vpc-0abc1234"),
    f"https://s3.console.aws.amazon.com/s3/buckets/acme-payroll?region={R}&tab=objects": (
        "AWS::S3::Bucket", "acme-payroll"),
    f"{CONSOLE}/lambda/home?region={R}#/functions/pay-out?tab=code": ("AWS::Lambda::Function", "pay-out"),
    f"{CONSOLE}/dynamodbv2/home?region={R}#table?name=orders": ("AWS::DynamoDB::Table", "orders"),
    f"{CONSOLE}/sns/v3/home?region={R}#/topic/arn:aws:sns:{R}:{A}:alarms": (
        "AWS::SNS::Topic", f"arn:aws:sns:{R}:{A}:alarms"),
    f"{CONSOLE}/cloudformation/home?region={R}#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3A{R}%3A{A}%3Astack%2Fweb%2F12": (
        "AWS::CloudFormation::Stack", f"arn:aws:cloudformation:{R}:{A}:stack/web/12"),
}  # fmt: skip


@pytest.mark.parametrize("said", PAGES)
def test_a_page_of_the_console_leads_to_its_resource_and_region(said):
    found = meant(said)

    assert [(each.type, each.id) for each in found.exact] == [PAGES[said]]
    assert found.region == R


def test_a_console_of_several_sessions_says_the_account():
    said = next(page for page in PAGES if A in page.partition("://")[2].partition(".")[0])

    assert meant(said).account_id == A


@pytest.mark.parametrize(
    ("said", "kind", "name", "region"),
    [
        (f"https://us-east-1.console.aws.amazon.com/iam/home?region={R}#/roles/details/tf-apply?section=permissions",
         "AWS::IAM::Role", "tf-apply", ""),
        ("https://us-east-1.console.aws.amazon.com/iamv2/home#/users/details/mika.sato", "AWS::IAM::User", "mika.sato", ""),
        (f"{CONSOLE}/rds/home?region={R}#database:id=orders;is-cluster=false", "AWS::RDS::DBInstance", "orders", R),
        (f"{CONSOLE}/rds/home?region={R}#database:id=orders;is-cluster=true", "AWS::RDS::DBCluster", "orders", R),
        ("https://cn-north-1.console.amazonaws.cn/rds/home?region=cn-north-1#database:id=orders;is-cluster=false",
         "AWS::RDS::DBInstance", "orders", "cn-north-1"),
    ],
)  # fmt: skip
def test_a_page_that_shows_a_name_has_it_looked_for(said, kind, name, region):
    """IAM's page is in one region whatever its resources are recorded in."""
    found = meant(said)

    assert (found.types, found.name, found.region) == ((kind,), name, region)


@pytest.mark.parametrize(
    "said",
    ["https://acme-payroll.s3.eu-west-1.amazonaws.com/2026/1.csv", "https://acme-payroll.s3.amazonaws.com/",
     "https://s3.eu-west-1.amazonaws.com/acme-payroll/2026", "s3://acme-payroll/2026"],
)  # fmt: skip
def test_the_address_of_an_object_leads_to_its_bucket(said):
    (one,) = meant(said).exact

    assert (one.type, one.id) == ("AWS::S3::Bucket", "acme-payroll")
