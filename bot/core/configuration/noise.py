"""What moves by itself, without anybody changing anything: by resource type, each with its reason.

Nothing else is ever left out of a diff. `*` stands for any one step; what lies below a named field goes with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.configuration.canonical import canonical
from bot.core.configuration.change import Change


@dataclass(frozen=True, slots=True)
class Noise:
    """A field, as AWS spells it (compared without regard to case), and why it is no change.

    It is one all the same where it became or was one of `unless`.
    """

    field: str
    why: str
    unless: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The path's steps, in small letters."""
        return tuple(self.field.lower().split("."))


_ROLE = (Noise("configuration.roleLastUsed", "the last use of it"),)
_SNAPSHOT = (Noise("configuration.percentProgress", "how far the copying is"),)
_SCALING = (
    Noise("configuration.runningCount", "tasks start and stop"),
    Noise("configuration.pendingCount", "tasks start and stop"),
)

NOISE: Mapping[str, tuple[Noise, ...]] = {
    "AWS::EC2::Instance": (
        Noise(
            "configuration.stateTransitionReason", "its moment moves with every stop; the state says the rest"
        ),
        Noise("configuration.state.code", "a number for the state's name"),
        Noise("configuration.launchTime", "moves with every start"),
        Noise("configuration.publicDnsName", "follows the public address"),
        Noise("configuration.networkInterfaces.*.attachment.status", "attaching and attached"),
        Noise("configuration.networkInterfaces.*.attachment.attachTime", "moves with the attachment"),
        Noise("configuration.networkInterfaces.*.status", "follows the attachment"),
        Noise("configuration.networkInterfaces.*.association.publicDnsName", "follows the public address"),
        Noise("configuration.networkInterfaces.*.association.ipOwnerId", "follows the public address"),
        Noise("configuration.blockDeviceMappings.*.ebs.status", "attaching and attached"),
        Noise("configuration.blockDeviceMappings.*.ebs.attachTime", "moves with the attachment"),
    ),
    "AWS::EC2::Subnet": (
        Noise("configuration.availableIpAddressCount", "addresses are taken and given back"),
    ),
    "AWS::EC2::NetworkInterface": (
        Noise("configuration.attachment.status", "attaching and attached"),
        Noise("configuration.attachment.attachTime", "moves with the attachment"),
    ),
    "AWS::EC2::VPNConnection": (Noise("configuration.vgwTelemetry", "tunnels go up and down"),),
    "AWS::AutoScaling::AutoScalingGroup": (
        Noise("configuration.instances", "instances come and go with every scaling"),
    ),
    "AWS::RDS::DBInstance": (
        Noise("configuration.latestRestorableTime", "moves every five minutes"),
        Noise("configuration.statusInfos", "how replication is doing"),
    ),
    "AWS::RDS::DBCluster": (
        Noise("configuration.latestRestorableTime", "moves every five minutes"),
        Noise("configuration.earliestRestorableTime", "moves with the backups"),
    ),
    "AWS::RDS::DBSnapshot": _SNAPSHOT,
    "AWS::RDS::DBClusterSnapshot": _SNAPSHOT,
    "AWS::DynamoDB::Table": (
        Noise("configuration.tableSizeBytes", "what is stored"),
        Noise("configuration.itemCount", "what is stored"),
        Noise("configuration.provisionedThroughput.numberOfDecreasesToday", "begins anew every day"),
        Noise("configuration.globalSecondaryIndexes.*.indexSizeBytes", "what is stored"),
        Noise("configuration.globalSecondaryIndexes.*.itemCount", "what is stored"),
        Noise("configuration.localSecondaryIndexes.*.indexSizeBytes", "what is stored"),
        Noise("configuration.localSecondaryIndexes.*.itemCount", "what is stored"),
    ),
    "AWS::IAM::Role": _ROLE,
    "AWS::IAM::User": (
        *_ROLE,
        Noise("configuration.passwordLastUsed", "the last use of it"),
    ),
    "AWS::IAM::Policy": (
        Noise("configuration.updateDate", "moves with every other change"),
        Noise(
            "configuration.policyVersionList.*.isDefaultVersion", "follows the default version, which is told"
        ),
        Noise("configuration.attachmentCount", "follows the attachments, which are told"),
    ),
    "AWS::IAM::Group": (Noise("configuration.updateDate", "moves with every other change"),),
    "AWS::Lambda::Function": (
        Noise("configuration.lastModified", "moves with every other change"),
        Noise("configuration.revisionId", "moves with every other change"),
        Noise("configuration.codeSize", "follows the code"),
        Noise("configuration.lastUpdateStatus", "in progress and done", unless=("Failed",)),
    ),
    "AWS::ECS::Service": (
        Noise("configuration.events", "a log of what the service did"),
        Noise("configuration.deployments.*.updatedAt", "moves while it deploys"),
        *(
            Noise(f"configuration.deployments.*.{name}", "tasks start and stop")
            for name in ("runningCount", "pendingCount")
        ),
        *_SCALING,
    ),
    "AWS::ECS::Cluster": (
        Noise("configuration.runningTasksCount", "tasks start and stop"),
        Noise("configuration.pendingTasksCount", "tasks start and stop"),
        Noise("configuration.statistics", "tasks start and stop"),
    ),
    "AWS::ElasticLoadBalancing::LoadBalancer": (Noise("configuration.instances.*.state", "health checks"),),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (
        Noise("configuration.state", "provisioning and active", unless=("failed", "active_impaired")),
    ),
    "AWS::CloudFront::Distribution": (
        Noise("configuration.lastModifiedTime", "moves with every other change"),
        Noise("configuration.distributionConfig.*.quantity", "the number of what is told"),
        Noise("configuration.distributionConfig.*.*.quantity", "the number of what is told"),
        Noise("configuration.inProgressInvalidationBatches", "invalidations that run"),
        Noise("configuration.status", "in progress and deployed"),
    ),
    "AWS::CloudTrail::Trail": (
        *(
            Noise(f"supplementaryConfiguration.TrailStatus.{name}", "moves with every delivery")
            for name in ("latestDeliveryTime", "latestDigestDeliveryTime", "latestCloudWatchLogsDeliveryTime")
        ),
    ),
}
_EVERYWHERE = (Noise("relationships.*.resourceName", "follows the other resource's name"),)


def is_noise(change: Change, resource_type: str) -> bool:
    """Whether the change only moves by itself."""
    steps = tuple(step.lower() for step in change.path)
    return any(
        _covers(one.steps, steps) and not _is_told(one, change)
        for one in (*NOISE.get(resource_type, ()), *_EVERYWHERE)
    )


def _covers(named: Sequence[str], steps: Sequence[str]) -> bool:
    return len(named) <= len(steps) and all(
        want in ("*", step) for want, step in zip(named, steps, strict=False)
    )


def _is_told(noise: Noise, change: Change) -> bool:
    sides = canonical(change.before), canonical(change.after)
    return any(f'"{word}"' in side for word in noise.unless for side in sides)
