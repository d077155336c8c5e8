"""What a bare name may be of: the types that people call by it, the likeliest first."""

import re
from dataclasses import dataclass

from bot.core.configuration.meant import Candidate


@dataclass(frozen=True, slots=True)
class Kind:
    """A type, the form of its names, and whether Config has them as ids."""

    type: str
    form: re.Pattern[str]
    is_id: bool = False


_WORD = re.compile(r"[\w+=,.@-]{1,128}")
_DASHED = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")
_DATABASE = re.compile(r"[a-z][a-z0-9-]{0,62}")
_FREE = re.compile(r".{1,255}")

KINDS = (
    Kind("AWS::S3::Bucket", re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"), is_id=True),
    Kind("AWS::Lambda::Function", re.compile(r"[\w-]{1,64}"), is_id=True),
    Kind("AWS::IAM::Role", _WORD),
    Kind("AWS::IAM::User", _WORD),
    Kind("AWS::RDS::DBInstance", _DATABASE),
    Kind("AWS::RDS::DBCluster", _DATABASE),
    Kind("AWS::DynamoDB::Table", re.compile(r"[\w.-]{3,255}"), is_id=True),
    Kind("AWS::SQS::Queue", re.compile(r"[\w-]{1,80}(\.fifo)?")),
    Kind("AWS::EC2::SecurityGroup", _FREE),
    Kind("AWS::SNS::Topic", re.compile(r"[\w-]{1,256}(\.fifo)?")),
    Kind("AWS::ElasticLoadBalancingV2::LoadBalancer", _DASHED),
    Kind("AWS::AutoScaling::AutoScalingGroup", _FREE),
    Kind("AWS::CloudFormation::Stack", _DASHED),
    Kind("AWS::ECS::Service", _WORD),
    Kind("AWS::ECS::Cluster", _WORD),
    Kind("AWS::EKS::Cluster", re.compile(r"[A-Za-z0-9][\w-]{0,99}"), is_id=True),
    Kind("AWS::SecretsManager::Secret", re.compile(r"[\w/+=.@-]{1,512}")),
    Kind("AWS::IAM::Policy", _WORD),
    Kind("AWS::IAM::Group", _WORD),
    Kind("AWS::StepFunctions::StateMachine", re.compile(r"[\w-]{1,80}")),
    Kind("AWS::ECR::Repository", re.compile(r"[a-z0-9][a-z0-9._/-]{1,255}"), is_id=True),
    Kind("AWS::KMS::Alias", re.compile(r"alias/[\w/-]{1,250}"), is_id=True),
)


def likely(name: str) -> tuple[str, ...]:
    """The types that may have this name."""
    return tuple(kind.type for kind in KINDS if kind.form.fullmatch(name))


def as_ids(name: str) -> tuple[Candidate, ...]:
    """Those of them that Config has under the name itself."""
    return tuple(Candidate(kind.type, name) for kind in KINDS if kind.is_id and kind.form.fullmatch(name))
