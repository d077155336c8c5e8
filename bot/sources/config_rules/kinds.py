"""The resource types whose changes are alerts: those that decide who gets in, and those that let us see.

Instances, functions, tables change with every deployment and every scaling; what is wrong with them
comes as a broken rule. The types here change rarely, and an intruder changes them first.
"""

from dataclasses import dataclass

from bot.core.severity import Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """What people call it, and how bad it is when one is gone."""

    words: str
    deleted: Severity = Severity.LOW


KINDS = {
    # The doors: what the network lets in.
    "AWS::EC2::SecurityGroup": Kind("security group"),
    "AWS::EC2::NetworkAcl": Kind("network ACL"),
    "AWS::EC2::RouteTable": Kind("route table"),
    "AWS::EC2::InternetGateway": Kind("internet gateway"),
    # The data: who may read it, and with which key.
    "AWS::S3::Bucket": Kind("bucket", Severity.MEDIUM),
    "AWS::S3::AccountPublicAccessBlock": Kind("public access block of account", Severity.HIGH),
    "AWS::KMS::Key": Kind("KMS key", Severity.MEDIUM),
    # The people: who may do what.
    "AWS::IAM::User": Kind("IAM user"),
    "AWS::IAM::Group": Kind("IAM group"),
    "AWS::IAM::Role": Kind("IAM role"),
    "AWS::IAM::Policy": Kind("IAM policy"),
    "AWS::IAM::SAMLProvider": Kind("SAML provider", Severity.MEDIUM),
    "AWS::IAM::OIDCProvider": Kind("OIDC provider", Severity.MEDIUM),
    # The eyes: without them the rest goes unseen.
    "AWS::CloudTrail::Trail": Kind("trail", Severity.HIGH),
    "AWS::GuardDuty::Detector": Kind("GuardDuty detector", Severity.HIGH),
}
