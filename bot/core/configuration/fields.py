"""AWS's field names as people say them, and what is one of many.

Names are compared without regard to case; one that is not here is said in its own words.
"""

from bot.core.configuration.kinds import split

_WORDS = {
    "accesscontrollist": "access list (ACL)",
    "assumerolepolicydocument": "who may assume it",
    "attachedmanagedpolicies": "attached policies",
    "bucketacceleratedconfiguration": "transfer acceleration",
    "bucketaccelerateconfiguration": "transfer acceleration",
    "bucketcrossoriginconfiguration": "CORS",
    "bucketlifecycleconfiguration": "lifecycle",
    "bucketloggingconfiguration": "access logging",
    "bucketnotificationconfiguration": "notifications",
    "configurations": "notifications",
    "bucketpolicy": "policy",
    "bucketreplicationconfiguration": "replication",
    "buckettaggingconfiguration": "tags",
    "bucketversioningconfiguration": "versioning",
    "bucketwebsiteconfiguration": "website",
    "cacertificateidentifier": "CA certificate",
    "codesha256": "code",
    "defaultactions": "default actions",
    "desiredcapacity": "desired capacity",
    "desiredcount": "desired count",
    "enabledcloudwatchlogsexports": "exported logs",
    "enableterminationprotection": "termination protection",
    "filesystempolicy": "policy",
    "filesystemtags": "tags",
    "grantlist": "grants",
    "grouplist": "groups",
    "grouppolicylist": "inline policies",
    "httptokens": "IMDS tokens",
    "iaminstanceprofile": "instance profile",
    "iamdatabaseauthenticationenabled": "IAM database authentication",
    "imageid": "AMI",
    "instanceprofilelist": "instance profiles",
    "ippermissions": "inbound rules",
    "ippermissionsegress": "outbound rules",
    "isrequesterpaysenabled": "requester pays",
    "keyrotationstatus": "key rotation",
    "loadbalancerattributes": "attributes",
    "multiaz": "Multi-AZ",
    "objectlockconfiguration": "object lock",
    "permissionsboundary": "permissions boundary",
    "policydocument": "policy",
    "policytext": "policy",
    "policyversionlist": "policy versions",
    "publicaccessblockconfiguration": "Block Public Access",
    "publicipaddress": "public IP address",
    "repositorypolicytext": "policy",
    "resourcename": "name",
    "rolepolicylist": "inline policies",
    "serversideencryptionconfiguration": "default encryption",
    "sourcedestcheck": "source/destination check",
    "ssedescription": "server-side encryption",
    "tagset": "tags",
    "taglist": "tags",
    "userpolicylist": "inline policies",
    # AWS's own names of its four switches are what people know.
    "blockpublicacls": "blockPublicAcls",
    "blockpublicpolicy": "blockPublicPolicy",
    "ignorepublicacls": "ignorePublicAcls",
    "restrictpublicbuckets": "restrictPublicBuckets",
}
_SILENT = {
    "awsvpcconfiguration",
    "distributionconfig",
    "networkconfiguration",
    "bucketnotificationconfiguration",
    "configuration",
    "supplementaryconfiguration",
    "policytext",
    "grantlist",
    "grantset",
    "statement",
}
"""Steps that only lead on, and would say nothing."""


def words(name: str) -> str:
    """`inbound rules` for `IpPermissions`, `DB instance class` for `dBInstanceClass`."""
    return _WORDS.get(name.lower(), "") or split(name)


def one(name: str) -> str:
    """What one of them is called: `security group` for `securityGroups`."""
    said = words(name)
    if said.endswith("ies"):
        return f"{said[:-3]}y"
    if said.endswith(("sses", "xes", "ches")):
        return said[:-2]
    return said[:-1] if said.endswith("s") and not said.endswith(("ss", "us", "is", "CORS")) else said


def leads_on(name: str) -> bool:
    """Whether the step is one on the way that says nothing."""
    return name.lower() in _SILENT
