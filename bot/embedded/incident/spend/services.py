"""Services by the three names that they go by: ours in the table of meters, Cost Explorer's, and AWS/Billing's.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
"""

from typing import NamedTuple


class Service(NamedTuple):
    """`name` is what Cost Explorer calls it, `product` AWS/Billing's ServiceName: "" where it has none."""

    name: str
    product: str


SERVICES = {
    "EC2": Service("Amazon Elastic Compute Cloud - Compute", "AmazonEC2"),
    "EC2Other": Service("EC2 - Other", "AmazonEC2"),
    "RDS": Service("Amazon Relational Database Service", "AmazonRDS"),
    "S3": Service("Amazon Simple Storage Service", "AmazonS3"),
    "ELB": Service("Amazon Elastic Load Balancing", "AWSELB"),
    "Lambda": Service("AWS Lambda", "AWSLambda"),
    "DynamoDB": Service("Amazon DynamoDB", "AmazonDynamoDB"),
    "CloudFront": Service("Amazon CloudFront", "AmazonCloudFront"),
    "Route53": Service("Amazon Route 53", "AmazonRoute53"),
    "CloudWatch": Service("AmazonCloudWatch", "AmazonCloudWatch"),
    "CloudTrail": Service("AWS CloudTrail", "AWSCloudTrail"),
    "GuardDuty": Service("Amazon GuardDuty", "AmazonGuardDuty"),
    "Config": Service("AWS Config", "AWSConfig"),
    "KMS": Service("AWS Key Management Service", "awskms"),
    "Secrets": Service("AWS Secrets Manager", "AWSSecretsManager"),
    "SQS": Service("Amazon Simple Queue Service", "AWSQueueService"),
    "Athena": Service("Amazon Athena", "AmazonAthena"),
    "WAF": Service("AWS WAF", "awswaf"),
    "CE": Service("AWS Cost Explorer", "AWSCostExplorer"),
    "SavingsPlans": Service("Savings Plans for AWS Compute usage", "ComputeSavingsPlans"),
    "Support": Service("AWS Support (Developer)", "AWSSupportDeveloper"),
    # AWS/Billing's total holds taxes, none of its services does.
    "Tax": Service("Tax", ""),
}


def product(service: str, usage_type: str) -> str:
    """The ServiceName of a charge: traffic is a product of its own, whatever service it goes through."""
    if "DataTransfer" in usage_type and service != "CloudFront":
        return "AWSDataTransfer"
    return SERVICES[service].product
