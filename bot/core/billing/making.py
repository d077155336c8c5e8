"""The calls that make what a service charges for, by what the service is called on a bill.

A bill's names are display names, and differ between Cost Explorer (`Amazon Elastic Compute Cloud - Compute`) and
CloudWatch: a part of the name decides. Names of calls: each service's API reference; event sources: CloudTrail user
guide, supported services.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Making:
    """A service as CloudTrail names it, and its calls after which something is charged for."""

    event_source: str
    names: tuple[str, ...]


def _of(source: str, *names: str) -> Making:
    return Making(f"{source}.amazonaws.com", names)


_EC2 = _of("ec2", "RunInstances", "RequestSpotInstances", "RequestSpotFleet", "CreateFleet", "StartInstances")
_BESIDE = _of(
    "ec2",
    "RunInstances",
    "CreateVolume",
    "CreateNatGateway",
    "AllocateAddress",
    "CreateSnapshot",
    "CopySnapshot",
)
# The first whose words all stand in the name decides: the narrower ones come first.
_TABLE: tuple[tuple[tuple[str, ...], Making], ...] = (
    (("ec2 - other",), _BESIDE),
    (("virtual private cloud",), _of("ec2", "CreateNatGateway", "CreateVpcEndpoint", "AllocateAddress", "CreateVpnConnection")),
    (("elastic compute",), _EC2),
    (("load balanc",), _of("elasticloadbalancing", "CreateLoadBalancer")),
    (("container service", "kubernetes"), _of("eks", "CreateCluster", "CreateNodegroup", "CreateFargateProfile")),
    (("kubernetes",), _of("eks", "CreateCluster", "CreateNodegroup", "CreateFargateProfile")),
    (("container service",), _of("ecs", "RunTask", "StartTask", "CreateService", "UpdateService")),
    (("relational database",), _of("rds", "CreateDBInstance", "CreateDBCluster", "RestoreDBInstanceFromDBSnapshot", "StartDBInstance", "ModifyDBInstance")),
    (("sagemaker",), _of("sagemaker", "CreateNotebookInstance", "CreateTrainingJob", "CreateEndpoint", "CreateProcessingJob", "CreateApp", "StartNotebookInstance")),
    (("bedrock",), _of("bedrock", "CreateProvisionedModelThroughput", "CreateModelCustomizationJob")),
    (("lambda",), _of("lambda", "CreateFunction20150331", "UpdateFunctionConfiguration20150331v2", "PutProvisionedConcurrencyConfig")),
    (("lightsail",), _of("lightsail", "CreateInstances", "CreateRelationalDatabase", "CreateContainerService")),
    (("elastic mapreduce",), _of("elasticmapreduce", "RunJobFlow", "AddInstanceGroups")),
    (("redshift",), _of("redshift", "CreateCluster", "ResizeCluster", "RestoreFromClusterSnapshot")),
    (("opensearch",), _of("es", "CreateDomain", "UpdateDomainConfig", "CreateElasticsearchDomain")),
    (("elasticache",), _of("elasticache", "CreateCacheCluster", "CreateReplicationGroup")),
    (("dynamodb",), _of("dynamodb", "CreateTable", "UpdateTable")),
    (("workspaces",), _of("workspaces", "CreateWorkspaces")),
    (("appstream",), _of("appstream", "CreateFleet", "StartFleet")),
    (("amplify",), _of("amplify", "CreateApp", "StartJob")),
    (("glue",), _of("glue", "StartJobRun", "CreateDevEndpoint", "CreateSession")),
    (("kinesis",), _of("kinesis", "CreateStream", "UpdateShardCount")),
    (("batch",), _of("batch", "SubmitJob", "CreateComputeEnvironment")),
    (("codebuild",), _of("codebuild", "StartBuild", "StartBuildBatch")),
    (("simple storage",), _of("s3", "CreateBucket", "PutBucketReplication", "PutBucketLifecycle", "RestoreObject")),
)  # fmt: skip


def making(service: str) -> Making | None:
    """The calls behind what a service charges; None for a service that the table does not know."""
    name = service.lower()
    return next((each for words, each in _TABLE if all(word in name for word in words)), None)
