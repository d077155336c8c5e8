"""Trusted Advisor's checks by their display names, in words: what is wrong with the thing that is named.

Events carry the name, not the check's id (reference: advisor §4); names differ in dashes and blanks over
the years, so they are compared by `plain`.
"""

import re

SECURITY = {
    "exposed access keys": "An access key is public",
    "security groups specific ports unrestricted": "A security group opens a risky port to the internet",
    "security groups unrestricted access": "A security group is open to the internet",
    "amazon s3 bucket permissions": "A bucket is open to others",
    "mfa on root account": "The root user has no second factor",
    "root user access key": "The root user has an access key",
    "amazon ebs public snapshots": "A disk snapshot is public",
    "amazon rds public snapshots": "A database snapshot is public",
    "amazon rds security group access risk": "A database is open to the internet",
    "aws cloudtrail logging": "CloudTrail does not log everything",
    "aws cloudtrail management event logging": "CloudTrail does not log everything",
    "iam access key rotation": "An access key is old",
    "iam password policy": "The password policy is weak",
}
"""Checks whose finding is a danger by itself, in words; names by `plain`."""

OTHERS = {
    "amazon ebs snapshots": "A disk has no recent snapshot",
    "amazon ec2 availability zone balance": "Instances are not spread over zones",
    "load balancer optimization": "A load balancer is not spread over zones",
    "amazon s3 bucket versioning": "A bucket keeps no old versions",
    "amazon s3 bucket logging": "A bucket keeps no access log",
    "amazon rds backups": "A database has no backups",
    "amazon rds multi az": "A database stands in one zone",
    "amazon rds idle db instances": "A database is idle",
    "low utilization amazon ec2 instances": "An instance is hardly used",
    "underutilized amazon ebs volumes": "A disk is hardly used",
    "idle load balancers": "A load balancer is idle",
    "unassociated elastic ip addresses": "An address is paid for and not used",
    "amazon ec2 reserved instance lease expiration": "A reservation of instances ends",
    "auto scaling group resources": "A scaling group names what is gone",
    "amazon route 53 name server delegations": "A domain's name servers do not match",
    "cloudfront custom ssl certificates in the iam certificate store": "A certificate needs attention",
    "aws lambda functions using deprecated runtimes": "A function's runtime is out of date",
    "elb listener security": "A load balancer's listener is not secure",
    "aws lambda functions with high error rates": "A function fails often",
    "amazon ec2 instances over utilized": "An instance is overloaded",
}
"""Checks whose finding is a fault or a waste, in words."""


def plain(check: str) -> str:
    """Names differ in dashes and blanks over the years, some end in a blank."""
    return " ".join(re.sub(r"[^\w]+", " ", check).lower().split())
