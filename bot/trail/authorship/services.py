"""Which service makes the calls that change a type of resource, and in which region they are recorded."""

from typing import Final

from bot.core.configuration.item import Resource
from bot.core.regions import leader

# Where eventSource is another word than the type's own (docs: Service Authorization Reference, service prefixes).
_OTHERWISE: Final = {
    "ACM": "acm",
    "ApiGatewayV2": "apigateway",
    "CertificateManager": "acm",
    "CloudWatch": "monitoring",
    "EFS": "elasticfilesystem",
    "ElasticLoadBalancingV2": "elasticloadbalancing",
    "Elasticsearch": "es",
    "Cognito": "cognito-idp",
    "EMR": "elasticmapreduce",
    "KinesisAnalyticsV2": "kinesisanalytics",
    "MSK": "kafka",
    "NetworkFirewall": "network-firewall",
    "OpenSearch": "es",
    "StepFunctions": "states",
    "WAFRegional": "waf-regional",
}
# Recorded in the leading region of their partition, wherever Config has them (docs: About global service events).
_GLOBAL: Final = frozenset({"iam", "cloudfront", "route53"})


def source(resource_type: str) -> str:
    """`ec2.amazonaws.com` for `AWS::EC2::SecurityGroup`; of an unseen service, its own word."""
    parts = resource_type.split("::")
    named = parts[1] if len(parts) > 1 else ""
    return f"{_OTHERWISE.get(named, named.lower())}.amazonaws.com"


def regions(resource: Resource) -> tuple[str, ...]:
    """Where calls on the resource are recorded: its own region, or the leading one."""
    if source(resource.type).partition(".")[0] in _GLOBAL:
        return (leader(resource.place.region),)
    return (resource.place.region,)
