"""The calls that change the types of resources that people ask about most (docs: each service's API reference).

A line: names of calls, what they do, and to which parts, as Config's own field names without punctuation and in
lower case (`bot.trail.authorship.writers.part`). `*` is any part; `+`: one call for a list of resources; what
`clears` takes away all of its part. Behind it, what the part says afterwards, where the name alone tells.
Calls on tags are told by their names, for every type.
"""

from typing import Final

_SECURITY_GROUP = """
AuthorizeSecurityGroupIngress adds ippermissions
AuthorizeSecurityGroupEgress adds ippermissionsegress
RevokeSecurityGroupIngress removes ippermissions
RevokeSecurityGroupEgress removes ippermissionsegress
ModifySecurityGroupRules sets ippermissions|ippermissionsegress
UpdateSecurityGroupRuleDescriptionsIngress sets ippermissions
UpdateSecurityGroupRuleDescriptionsEgress sets ippermissionsegress
CreateSecurityGroup creates *
DeleteSecurityGroup deletes *
"""
_INSTANCE = """
RunInstances creates *
TerminateInstances deletes+ state* shutting-down terminated
StartInstances sets+ state*|publicip*|publicdns*|launchtime|networkinterfaces pending running
StopInstances sets+ state*|publicip*|publicdns*|networkinterfaces stopping stopped
RebootInstances sets+ state*
ModifyInstanceAttribute sets *
ModifyInstanceMetadataOptions sets metadataoptions
ModifyInstancePlacement sets placement
ModifyInstanceCreditSpecification sets+ credit*
ModifyInstanceMaintenanceOptions sets maintenanceoptions
MonitorInstances/UnmonitorInstances sets+ monitoring
AssociateIamInstanceProfile/ReplaceIamInstanceProfileAssociation sets iaminstanceprofile
DisassociateIamInstanceProfile removes iaminstanceprofile
AttachVolume adds blockdevicemappings
DetachVolume removes blockdevicemappings
AttachNetworkInterface adds networkinterfaces
DetachNetworkInterface removes networkinterfaces
AssociateAddress sets publicip*|publicdns*|networkinterfaces
"""
_BUCKET = """
CreateBucket creates *
DeleteBucket deletes *
PutBucketPolicy sets bucketpolicy|policy
DeleteBucketPolicy clears bucketpolicy|policy
PutBucketAcl sets accesscontrollist
PutBucketPublicAccessBlock sets publicaccessblock*
DeleteBucketPublicAccessBlock clears publicaccessblock*
PutBucketEncryption sets serversideencryption*
DeleteBucketEncryption sets serversideencryption*
PutBucketVersioning sets bucketversioning*
PutBucketLogging sets bucketlogging*
PutBucketLifecycle/PutBucketLifecycleConfiguration sets bucketlifecycle*
DeleteBucketLifecycle clears bucketlifecycle*
PutBucketReplication sets bucketreplication*
DeleteBucketReplication clears bucketreplication*
PutBucketNotification/PutBucketNotificationConfiguration sets bucketnotification*
PutBucketWebsite sets bucketwebsite*
DeleteBucketWebsite clears bucketwebsite*
PutBucketCors sets bucketcrossorigin*
DeleteBucketCors clears bucketcrossorigin*
PutBucketRequestPayment sets isrequesterpays*
PutAccelerateConfiguration/PutBucketAccelerateConfiguration sets bucketaccelerate*
PutBucketObjectLockConfiguration sets objectlock*
PutBucketOwnershipControls/DeleteBucketOwnershipControls sets *ownership*
"""
_ROLE = """
CreateRole/CreateServiceLinkedRole creates *
DeleteRole/DeleteServiceLinkedRole deletes *
UpdateRole sets description|maxsessionduration
UpdateRoleDescription sets description
UpdateAssumeRolePolicy sets assumerolepolicy*
AttachRolePolicy adds attachedmanagedpolicies
DetachRolePolicy removes attachedmanagedpolicies
PutRolePolicy sets rolepolicylist
DeleteRolePolicy removes rolepolicylist
PutRolePermissionsBoundary sets permissionsboundary
DeleteRolePermissionsBoundary clears permissionsboundary
AddRoleToInstanceProfile adds instanceprofile*
RemoveRoleFromInstanceProfile removes instanceprofile*
"""
_USER = """
CreateUser creates *
DeleteUser deletes *
UpdateUser sets username|path|arn
AttachUserPolicy adds attachedmanagedpolicies
DetachUserPolicy removes attachedmanagedpolicies
PutUserPolicy sets userpolicylist
DeleteUserPolicy removes userpolicylist
PutUserPermissionsBoundary sets permissionsboundary
DeleteUserPermissionsBoundary clears permissionsboundary
AddUserToGroup adds grouplist
RemoveUserFromGroup removes grouplist
"""
_GROUP = """
CreateGroup creates *
DeleteGroup deletes *
UpdateGroup sets groupname|path|arn
AttachGroupPolicy adds attachedmanagedpolicies
DetachGroupPolicy removes attachedmanagedpolicies
PutGroupPolicy sets grouppolicylist
DeleteGroupPolicy removes grouppolicylist
"""
_POLICY = """
CreatePolicy creates *
DeletePolicy deletes *
CreatePolicyVersion adds policyversionlist|defaultversionid
DeletePolicyVersion removes policyversionlist
SetDefaultPolicyVersion sets policyversionlist|defaultversionid
AttachRolePolicy/AttachUserPolicy/AttachGroupPolicy sets attachmentcount
DetachRolePolicy/DetachUserPolicy/DetachGroupPolicy sets attachmentcount
"""
_FUNCTION = """
CreateFunction creates *
DeleteFunction deletes *
UpdateFunctionCode sets code*|architectures|imageuri
UpdateFunctionConfiguration sets *
AddPermission adds policy
RemovePermission removes policy
PutFunctionConcurrency/DeleteFunctionConcurrency sets concurrency|reservedconcurren*
"""
_DATABASE = """
CreateDBInstance/CreateDBInstanceReadReplica/RestoreDBInstanceFromDBSnapshot/RestoreDBInstanceToPointInTime creates *
DeleteDBInstance deletes *
ModifyDBInstance sets *
StartDBInstance sets dbinstancestatus starting available
StopDBInstance sets dbinstancestatus stopping stopped
RebootDBInstance sets dbinstancestatus rebooting available
PromoteReadReplica sets *
AddRoleToDBInstance adds associatedroles
RemoveRoleFromDBInstance removes associatedroles
"""
_KEY = """
CreateKey creates *
PutKeyPolicy sets policy
EnableKeyRotation/DisableKeyRotation sets keyrotation*
EnableKey/DisableKey sets keystate|enabled
ScheduleKeyDeletion/CancelKeyDeletion sets keystate|enabled|deletiondate
UpdateKeyDescription sets description
"""

TABLE: Final = {
    "AWS::EC2::SecurityGroup": _SECURITY_GROUP,
    "AWS::EC2::Instance": _INSTANCE,
    "AWS::S3::Bucket": _BUCKET,
    "AWS::IAM::Role": _ROLE,
    "AWS::IAM::User": _USER,
    "AWS::IAM::Group": _GROUP,
    "AWS::IAM::Policy": _POLICY,
    "AWS::Lambda::Function": _FUNCTION,
    "AWS::RDS::DBInstance": _DATABASE,
    "AWS::KMS::Key": _KEY,
}
