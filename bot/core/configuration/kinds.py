"""Resource types as people say them: `security group`, `bucket`, `load balancer`.

Types: https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
"""

import re

from bot.core.words import spaced

_WORDS = {
    "AWS::::Account": "account",
    "AWS::ACM::Certificate": "certificate",
    "AWS::AccessAnalyzer::Analyzer": "access analyzer",
    "AWS::ApiGateway::RestApi": "REST API",
    "AWS::ApiGateway::Stage": "REST API stage",
    "AWS::ApiGatewayV2::Api": "HTTP API",
    "AWS::ApiGatewayV2::Stage": "HTTP API stage",
    "AWS::AutoScaling::AutoScalingGroup": "Auto Scaling group",
    "AWS::AutoScaling::LaunchConfiguration": "launch configuration",
    "AWS::AutoScaling::ScalingPolicy": "scaling policy",
    "AWS::CloudFormation::Stack": "stack",
    "AWS::CloudFront::Distribution": "distribution",
    "AWS::CloudTrail::Trail": "trail",
    "AWS::CloudWatch::Alarm": "alarm",
    "AWS::CodeBuild::Project": "CodeBuild project",
    "AWS::CodePipeline::Pipeline": "pipeline",
    "AWS::Config::ConfigurationRecorder": "Config recorder",
    "AWS::DynamoDB::Table": "table",
    "AWS::EC2::CustomerGateway": "customer gateway",
    "AWS::EC2::DHCPOptions": "DHCP options",
    "AWS::EC2::EIP": "Elastic IP",
    "AWS::EC2::EgressOnlyInternetGateway": "egress-only internet gateway",
    "AWS::EC2::FlowLog": "flow log",
    "AWS::EC2::Host": "dedicated host",
    "AWS::EC2::Instance": "instance",
    "AWS::EC2::InternetGateway": "internet gateway",
    "AWS::EC2::LaunchTemplate": "launch template",
    "AWS::EC2::NatGateway": "NAT gateway",
    "AWS::EC2::NetworkAcl": "network ACL",
    "AWS::EC2::NetworkInterface": "network interface",
    "AWS::EC2::PrefixList": "prefix list",
    "AWS::EC2::RouteTable": "route table",
    "AWS::EC2::SecurityGroup": "security group",
    "AWS::EC2::Subnet": "subnet",
    "AWS::EC2::TransitGateway": "transit gateway",
    "AWS::EC2::TransitGatewayAttachment": "transit gateway attachment",
    "AWS::EC2::TransitGatewayRouteTable": "transit gateway route table",
    "AWS::EC2::VPC": "VPC",
    "AWS::EC2::VPCEndpoint": "VPC endpoint",
    "AWS::EC2::VPCEndpointService": "VPC endpoint service",
    "AWS::EC2::VPCPeeringConnection": "VPC peering",
    "AWS::EC2::VPNConnection": "VPN connection",
    "AWS::EC2::VPNGateway": "VPN gateway",
    "AWS::EC2::Volume": "volume",
    "AWS::ECR::Repository": "ECR repository",
    "AWS::ECS::Cluster": "ECS cluster",
    "AWS::ECS::Service": "ECS service",
    "AWS::ECS::TaskDefinition": "task definition",
    "AWS::EFS::AccessPoint": "EFS access point",
    "AWS::EFS::FileSystem": "file system",
    "AWS::EKS::Cluster": "EKS cluster",
    "AWS::ElasticBeanstalk::Environment": "Beanstalk environment",
    "AWS::ElasticLoadBalancing::LoadBalancer": "classic load balancer",
    "AWS::ElasticLoadBalancingV2::Listener": "listener",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "load balancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "target group",
    "AWS::Elasticsearch::Domain": "Elasticsearch domain",
    "AWS::Events::EventBus": "event bus",
    "AWS::Events::Rule": "EventBridge rule",
    "AWS::GuardDuty::Detector": "GuardDuty detector",
    "AWS::IAM::Group": "IAM group",
    "AWS::IAM::InstanceProfile": "instance profile",
    "AWS::IAM::OIDCProvider": "OIDC provider",
    "AWS::IAM::Policy": "IAM policy",
    "AWS::IAM::Role": "IAM role",
    "AWS::IAM::SAMLProvider": "SAML provider",
    "AWS::IAM::User": "IAM user",
    "AWS::KMS::Alias": "KMS alias",
    "AWS::KMS::Key": "KMS key",
    "AWS::Kinesis::Stream": "Kinesis stream",
    "AWS::Lambda::Function": "function",
    "AWS::OpenSearch::Domain": "OpenSearch domain",
    "AWS::RDS::DBCluster": "database cluster",
    "AWS::RDS::DBClusterSnapshot": "database cluster snapshot",
    "AWS::RDS::DBInstance": "database",
    "AWS::RDS::DBParameterGroup": "database parameter group",
    "AWS::RDS::DBSecurityGroup": "database security group",
    "AWS::RDS::DBSnapshot": "database snapshot",
    "AWS::RDS::DBSubnetGroup": "database subnet group",
    "AWS::Redshift::Cluster": "Redshift cluster",
    "AWS::Route53::HostedZone": "hosted zone",
    "AWS::S3::AccountPublicAccessBlock": "public access block of account",
    "AWS::S3::Bucket": "bucket",
    "AWS::SNS::Topic": "topic",
    "AWS::SQS::Queue": "queue",
    "AWS::SSM::Document": "SSM document",
    "AWS::SecretsManager::Secret": "secret",
    "AWS::StepFunctions::StateMachine": "state machine",
    "AWS::WAFv2::WebACL": "web ACL",
}
_OF_ANY_CASE = {kind.lower(): words for kind, words in _WORDS.items()}
_NAMES = {
    "api": "API", "apis": "APIs", "acl": "ACL", "vpc": "VPC", "vpn": "VPN", "ip": "IP", "db": "DB", "id": "ID",
    "dns": "DNS", "url": "URL", "uri": "URI", "arn": "ARN", "saml": "SAML", "oidc": "OIDC", "sso": "SSO",
    "ssm": "SSM", "iops": "IOPS", "http": "HTTP", "https": "HTTPS", "tls": "TLS", "ssl": "SSL", "kms": "KMS", "iam": "IAM",
    "ipam": "IPAM", "mfa": "MFA", "ttl": "TTL", "cpu": "CPU", "ebs": "EBS", "az": "AZ", "ami": "AMI", "acls": "ACLs",
    "cidr": "CIDR", "sns": "SNS", "sqs": "SQS", "s3": "S3", "nat": "NAT", "waf": "WAF", "json": "JSON", "sse": "SSE", "cors": "CORS",
}  # fmt: skip
_WHOLE = re.compile(
    "GraphQL|OpenSearch|CloudWatch|CloudTrail|WebSocket|NoSQL|MySQL|PostgreSQL|DynamoDB|IPv[46]|MultiAZ"
)

_BEGUN = re.compile("^[a-z](?=[A-Z]{2})")  # the SDK's small letter before an abbreviation: `dBInstanceClass`


def words(resource_type: str) -> str:
    """What people call it; a type that is not known in its own words (`AppSync GraphQL API`)."""
    known = _OF_ANY_CASE.get(resource_type.lower())
    if known:
        return known
    service, _, name = resource_type.removeprefix("AWS::").rpartition("::")
    service = service.replace("::", " ")
    said = split(name or resource_type)
    return " ".join(part for part in (service, said) if part)


def split(name: str) -> str:
    """A name of AWS's as words: `GraphQLApi` as `GraphQL API`, `dBInstanceClass` as `DB instance class`."""
    begun = _BEGUN.sub(lambda found: found[0].upper(), name)
    parts = re.split(f"({_WHOLE.pattern})", begun)
    said = [
        part if n % 2 else " ".join(_word(word) for word in spaced(part).split())
        for n, part in enumerate(parts)
    ]
    return " ".join(part for part in said if part)


def _word(word: str) -> str:
    return _NAMES.get(word.lower(), word if len(word) > 1 and word.isupper() else word.lower())
