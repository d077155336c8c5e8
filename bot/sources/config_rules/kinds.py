"""The resource types whose changes are alerts: those that decide who gets in, and those that let us see.

Instances, functions, tables change with every deployment and every scaling; what is wrong with them
comes as a broken rule. The types here change rarely, and an intruder changes them first.
"""

from bot.core.severity import Severity

KINDS = {
    # The doors: what the network lets in.
    "AWS::EC2::SecurityGroup": Severity.LOW,
    "AWS::EC2::NetworkAcl": Severity.LOW,
    "AWS::EC2::RouteTable": Severity.LOW,
    "AWS::EC2::InternetGateway": Severity.LOW,
    # The data: who may read it, and with which key.
    "AWS::S3::Bucket": Severity.MEDIUM,
    "AWS::S3::AccountPublicAccessBlock": Severity.HIGH,
    "AWS::KMS::Key": Severity.MEDIUM,
    # The people: who may do what.
    "AWS::IAM::User": Severity.LOW,
    "AWS::IAM::Group": Severity.LOW,
    "AWS::IAM::Role": Severity.LOW,
    "AWS::IAM::Policy": Severity.LOW,
    "AWS::IAM::SAMLProvider": Severity.MEDIUM,
    "AWS::IAM::OIDCProvider": Severity.MEDIUM,
    # The eyes: without them the rest goes unseen.
    "AWS::CloudTrail::Trail": Severity.HIGH,
    "AWS::GuardDuty::Detector": Severity.HIGH,
}
"""How bad it is when one is gone."""
