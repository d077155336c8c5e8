"""What it happened to, as a finding says it: the filled block of several, and its name in words.

Shape: botocore's GuardDuty model, by its location names (reference: guardduty §2).
"""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AliasChoices, Field

from bot.core.findings.action import Listed, Part


class Tag(Part):
    """A tag."""

    key: str | None = None
    value: str | None = None


Tags = Annotated[tuple[Tag, ...], Listed]


class Key(Part):
    """The credentials used; for a role `principal_id` ends in the session's name."""

    access_key_id: str | None = None
    principal_id: str | None = None
    user_name: str | None = None
    user_type: str | None = None


class Thing(Part):
    """A bucket, a cluster, a database …: each block has its own word for its name; some have only an ARN."""

    name: str | None = Field(
        None,
        validation_alias=AliasChoices(
            "name",
            "functionName",
            "dbInstanceIdentifier",
            "dbClusterIdentifier",
            "imageArn",
            "snapshotArn",
            "recoveryPointArn",
            "id",
        ),
    )
    tags: Tags = ()

    @property
    def label(self) -> str | None:
        """What people call it; of an ARN its last part."""
        return re.split("[/:]", self.name)[-1] if self.name and self.name.startswith("arn:") else self.name


class Group(Part):
    """A security group."""

    group_id: str | None = None


class Interface(Part):
    """How an instance is connected."""

    security_groups: Annotated[tuple[Group, ...], Listed] = ()


class Instance(Thing):
    """An EC2 instance."""

    instance_id: str | None = None
    network_interfaces: Annotated[tuple[Interface, ...], Listed] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of its security groups."""
        held = (group.group_id for each in self.network_interfaces for group in each.security_groups)
        return tuple(dict.fromkeys(each for each in held if each))

    @property
    def label(self) -> str | None:
        """`web-prod-1 (i-0a1b)`, the id alone where it has no name."""
        named = next((tag.value for tag in self.tags if tag.key == "Name" and tag.value), None)
        return f"{named} ({self.instance_id})" if named and self.instance_id else named or self.instance_id


class Workload(Part):
    """A Kubernetes workload."""

    name: str | None = None
    type: str | None = None
    namespace: str | None = None


class KubernetesUser(Part):
    """Who Kubernetes says it was."""

    username: str | None = None


class Kubernetes(Part):
    """What Kubernetes knows."""

    kubernetes_user_details: KubernetesUser | None = None
    kubernetes_workload_details: Workload | None = None


class DatabaseUser(Part):
    """Who signed in to a database."""

    user: str | None = None
    database: str | None = None


class Resource(Part):
    """What it happened to; `resource_type` is an open set."""

    resource_type: str | None = None
    access_key_details: Key | None = None
    s3_bucket_details: Annotated[tuple[Thing, ...], Listed] = ()
    instance_details: Instance | None = None
    eks_cluster_details: Thing | None = None
    ecs_cluster_details: Thing | None = None
    rds_db_instance_details: Thing | None = None
    rds_db_user_details: DatabaseUser | None = None
    lambda_details: Thing | None = None
    container_details: Thing | None = None
    kubernetes_details: Kubernetes | None = None
    ec2_image_details: Thing | None = None
    ebs_snapshot_details: Thing | None = None
    recovery_point_details: Thing | None = None

    @property
    def things(self) -> tuple[tuple[str, str], ...]:
        """Every named block: its kind in words, its name; what the finding is about first."""
        buckets = ", ".join(bucket.name for bucket in self.s3_bucket_details if bucket.name)
        found = [("bucket", buckets)] if buckets else []
        found += [(word, block.label) for word, block in self._blocks() if block and block.label]
        about = _ABOUT.get(self.resource_type or "")
        return tuple(sorted(found, key=lambda thing: thing[0] != about))

    @property
    def tags(self) -> Mapping[str, str]:
        """The tags of the thing it is about, where it is a single one."""
        buckets = self.s3_bucket_details if len(self.s3_bucket_details) == 1 else ()
        blocks = (*buckets, *(block for _, block in self._blocks()))
        held = next((block.tags for block in blocks if block and block.tags), ())
        return {tag.key: tag.value or "" for tag in held if tag.key}

    def _blocks(self) -> tuple[tuple[str, Thing | None], ...]:
        return (
            ("function", self.lambda_details),
            ("database", self.rds_db_instance_details),
            ("cluster", self.eks_cluster_details),
            ("cluster", self.ecs_cluster_details),
            ("container", self.container_details),
            ("instance", self.instance_details),
            ("image", self.ec2_image_details),
            ("snapshot", self.ebs_snapshot_details),
            ("backup", self.recovery_point_details),
        )


_ABOUT = {
    "S3Bucket": "bucket",
    "S3Object": "bucket",
    "Lambda": "function",
    "Instance": "instance",
    "EKSCluster": "cluster",
    "ECSCluster": "cluster",
    "Container": "container",
    "RDSDBInstance": "database",
    "RDSLimitlessDB": "database",
    "EC2Image": "image",
    "EBSSnapshot": "snapshot",
    "RecoveryPoint": "backup",
}
