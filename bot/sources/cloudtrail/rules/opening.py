"""Calls that open something: buckets, networks, copies of data, functions, keys, queues."""

from bot.core.severity import Severity
from bot.sources.cloudtrail.conditions import is_, lifted_block, owner_by_acl, public_acl
from bot.sources.cloudtrail.network import world
from bot.sources.cloudtrail.policies import granted, lambda_for_strangers, opens, shared
from bot.sources.cloudtrail.rule import Rule

_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
_S3, _EC2, _RDS, _KMS = "s3.amazonaws.com", "ec2.amazonaws.com", "rds.amazonaws.com", "kms.amazonaws.com"
_LAMBDA, _SECRETS, _ECR = "lambda.amazonaws.com", "secretsmanager.amazonaws.com", "ecr.amazonaws.com"
_SNS, _SQS = "sns.amazonaws.com", "sqs.amazonaws.com"
_BUCKET, _KEY, _FUNCTION, _SECRET = ("bucketName",), ("keyId",), ("functionName",), ("secretId",)
_SNAPSHOT, _CLUSTER_SNAPSHOT = ("dBSnapshotIdentifier",), ("dBClusterSnapshotIdentifier",)

# One bucket is one problem, whatever opens it. No call ends it: what one closes another may hold open, so that the
# bucket itself is looked at (edges/looking.py).
BUCKETS: tuple[Rule, ...] = (
    Rule(
        _S3,
        "PutBucketPolicy",
        _HIGH,
        "open the bucket {} by its policy",
        _BUCKET,
        opens("bucketPolicy"),
        "bucket-open",
    ),
    Rule(_S3, "DeleteBucketPolicy", _LOW, "delete the policy of the bucket {}", _BUCKET),
    Rule(
        _S3,
        "PutBucketAcl",
        _HIGH,
        "open the bucket {} by its ACL",
        _BUCKET,
        public_acl,
        "bucket-open",
    ),
    Rule(_S3, "PutBucketOwnershipControls", _LOW, "allow ACLs on the bucket {}", _BUCKET, owner_by_acl),
    Rule(_S3, "CreateBucket", _HIGH, "create the bucket {} with an ACL for anyone", _BUCKET, public_acl),
    Rule(_S3, "DeleteBucketOwnershipControls", _LOW, "allow ACLs on the bucket {}", _BUCKET),
    Rule(_S3, "PutAccessPointPolicy", _LOW, "change the policy of the access point {}", ("name",)),
    Rule(
        _S3,
        "PutMultiRegionAccessPointPolicy",
        _LOW,
        "change the policy of a multi-region access point",
    ),
    Rule(
        _S3,
        "PutBucketPublicAccessBlock",
        _HIGH,
        "weaken the public access block of the bucket {}",
        _BUCKET,
        lifted_block,
        "bucket-open",
    ),
    Rule(
        _S3,
        "DeleteBucketPublicAccessBlock",
        _HIGH,
        "delete the public access block of the bucket {}",
        _BUCKET,
        brings="bucket-open",
    ),
    Rule(
        _S3,
        "PutAccountPublicAccessBlock",
        _HIGH,
        "weaken the account's public access block",
        when=lifted_block,
        brings="account-block",
        whole=True,
        regional=False,
    ),
    Rule(
        _S3,
        "DeleteAccountPublicAccessBlock",
        _HIGH,
        "delete the account's public access block",
        brings="account-block",
        regional=False,
    ),
)

NETWORK: tuple[Rule, ...] = (
    Rule(
        _EC2,
        "AuthorizeSecurityGroupIngress",
        _HIGH,
        "open the security group {} to the internet",
        ("groupId", "groupName"),
        world,
        "opened",
    ),
    Rule(
        _EC2,
        "ModifySecurityGroupRules",
        _HIGH,
        "open the security group {} to the internet",
        ("ModifySecurityGroupRulesRequest.GroupId",),
        world,
        "opened",
    ),
    Rule(
        _RDS,
        "ModifyDBInstance",
        _HIGH,
        "open the database {} to the internet",
        ("dBInstanceIdentifier",),
        is_("publiclyAccessible", True),
        "database-open",
    ),
)

COPIES: tuple[Rule, ...] = (
    Rule(
        _EC2,
        "ModifySnapshotAttribute",
        _HIGH,
        "share the snapshot {}",
        ("snapshotId",),
        shared("createVolumePermission", "add"),
    ),
    Rule(
        _EC2,
        "ModifyImageAttribute",
        _HIGH,
        "share the image {}",
        ("imageId",),
        shared("launchPermission", "add"),
    ),
    Rule(
        _EC2, "DisableSnapshotBlockPublicAccess", _MEDIUM, "allow public snapshots", brings="snapshots-open"
    ),
    Rule(_EC2, "DisableImageBlockPublicAccess", _MEDIUM, "allow public images", brings="images-open"),
    Rule(
        _EC2,
        "DisableEbsEncryptionByDefault",
        _MEDIUM,
        "stop the encryption of new disks",
        brings="disks-unencrypted",
    ),
    Rule(
        _RDS,
        "ModifyDBSnapshotAttribute",
        _HIGH,
        "share the database snapshot {}",
        _SNAPSHOT,
        shared("valuesToAdd"),
    ),
    Rule(
        _RDS,
        "ModifyDBClusterSnapshotAttribute",
        _HIGH,
        "share the database snapshot {}",
        _CLUSTER_SNAPSHOT,
        shared("valuesToAdd"),
    ),
)

SERVICES: tuple[Rule, ...] = (
    Rule(
        _LAMBDA, "AddPermission20150331v2", _MEDIUM, "open the function {}", _FUNCTION, lambda_for_strangers
    ),
    Rule(
        _LAMBDA,
        "CreateFunctionUrlConfig",
        _HIGH,
        "open the address of the function {} to anyone",
        _FUNCTION,
        is_("authType", "NONE"),
        "function-open",
    ),
    Rule(
        _LAMBDA,
        "UpdateFunctionUrlConfig",
        _HIGH,
        "open the address of the function {} to anyone",
        _FUNCTION,
        is_("authType", "NONE"),
        "function-open",
    ),
    Rule(
        _SECRETS,
        "PutResourcePolicy",
        _HIGH,
        "open the secret {} by its policy",
        _SECRET,
        opens("resourcePolicy"),
        "secret-policy",
        whole=True,
    ),
    Rule(
        _ECR,
        "SetRepositoryPolicy",
        _HIGH,
        "open the image repository {} by its policy",
        ("repositoryName",),
        opens("policyText"),
        "repository-policy",
        whole=True,
    ),
    Rule(
        _SNS,
        "SetTopicAttributes",
        _MEDIUM,
        "open the topic {} by its policy",
        ("topicArn",),
        opens("attributeValue", only=("attributeName", "Policy")),
    ),
    Rule(
        _SQS,
        "SetQueueAttributes",
        _MEDIUM,
        "open the queue {} by its policy",
        ("queueUrl",),
        opens("attributes.Policy", only=("attributes.Policy", None)),
    ),
    Rule(_KMS, "DisableKey", _HIGH, "disable the key {}", _KEY, brings="key-disabled"),
    Rule(_KMS, "ScheduleKeyDeletion", _HIGH, "schedule the key {} for deletion", _KEY, brings="key-deletion"),
    Rule(
        _KMS,
        "PutKeyPolicy",
        _MEDIUM,
        "open the key {} by its policy",
        _KEY,
        opens("policy"),
        "key-policy",
        whole=True,
    ),
    Rule(_KMS, "CreateGrant", _MEDIUM, "give another account the use of the key {}", _KEY, granted),
    Rule(_KMS, "DisableKeyRotation", _LOW, "stop the rotation of the key {}", _KEY),
)

OPENING: tuple[Rule, ...] = (*BUCKETS, *NETWORK, *COPIES, *SERVICES)
