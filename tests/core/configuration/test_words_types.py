"""One change each of what runs and what carries it, in the shapes of their items, as a person reads it."""

from inline_snapshot import snapshot

from tests.core.configuration.items import item, related
from tests.core.configuration.told import pair, told

LISTENER = {
    "listenerArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/1/2",
    "port": 80,
    "protocol": "HTTP",
    "defaultActions": [
        {
            "type": "forward",
            "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1",
        }
    ],
}
SERVICE = {
    "ServiceName": "web",
    "DesiredCount": 2,
    "RunningCount": 2,
    "TaskDefinition": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:41",
    "LoadBalancers": [{"ContainerName": "web", "ContainerPort": 8080}],
    "NetworkConfiguration": {
        "AwsvpcConfiguration": {"Subnets": ["subnet-0a", "subnet-0b"], "AssignPublicIp": "DISABLED"}
    },
}
GROUP = {
    "autoScalingGroupName": "web",
    "minSize": 1,
    "desiredCapacity": 2,
    "instances": [{"instanceId": "i-0a", "lifecycleState": "InService"}],
    "terminationPolicies": ["OldestInstance", "Default"],
    "availabilityZones": ["eu-west-1a", "eu-west-1b"],
}
DISTRIBUTION = {
    "id": "E1",
    "status": "Deployed",
    "lastModifiedTime": "1",
    "distributionConfig": {
        "origins": {"items": [{"id": "web", "domainName": "web.example.com"}], "quantity": 1},
        "viewerCertificate": {"minimumProtocolVersion": "TLSv1.2_2021"},
        "webACLId": "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1",
    },
}
WEB_ACL = {
    "name": "edge",
    "defaultAction": {"block": {}},
    "rules": [
        {
            "name": "rate",
            "priority": 1,
            "action": {"block": {}},
            "statement": {"rateBasedStatement": {"limit": 2000}},
        }
    ],
}
STACK = {
    "stackName": "web",
    "stackStatus": "UPDATE_COMPLETE",
    "parameters": [{"parameterKey": "Size", "parameterValue": "small"}],
}
VOLUME = {
    "volumeId": "vol-0a",
    "size": 100,
    "volumeType": "gp2",
    "encrypted": True,
    "state": "available",
    "attachments": [],
}

PAIRS = {
    "a listener that now speaks TLS": pair(
        "AWS::ElasticLoadBalancingV2::Listener",
        LISTENER,
        LISTENER
        | {
            "port": 443,
            "protocol": "HTTPS",
            "certificates": [{"certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/1-2"}],
        },
    ),
    "a service that was deployed": pair(
        "AWS::ECS::Service",
        SERVICE,
        SERVICE
        | {
            "DesiredCount": 4,
            "RunningCount": 3,
            "TaskDefinition": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:42",
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {"Subnets": ["subnet-0b", "subnet-0c"], "AssignPublicIp": "ENABLED"}
            },
        },
    ),
    "a group that scales and another zone": pair(
        "AWS::AutoScaling::AutoScalingGroup",
        GROUP,
        GROUP
        | {
            "desiredCapacity": 5,
            "instances": [{"instanceId": "i-0b", "lifecycleState": "Pending"}],
            "terminationPolicies": ["Default", "OldestInstance"],
            "availabilityZones": ["eu-west-1b", "eu-west-1c"],
        },
    ),
    "a distribution without its firewall": pair(
        "AWS::CloudFront::Distribution",
        DISTRIBUTION,
        DISTRIBUTION
        | {
            "status": "InProgress",
            "lastModifiedTime": "2",
            "distributionConfig": {
                "origins": {
                    "items": [
                        {"id": "web", "domainName": "web2.example.com"},
                        {"id": "api", "domainName": "api.example.com"},
                    ],
                    "quantity": 2,
                },
                "viewerCertificate": {"minimumProtocolVersion": "TLSv1"},
                "webACLId": "",
            },
        },
    ),
    "a firewall that lets through by default": pair(
        "AWS::WAFv2::WebACL",
        WEB_ACL,
        WEB_ACL
        | {"defaultAction": {"allow": {}}, "rules": [WEB_ACL["rules"][0] | {"action": {"count": {}}}]},
    ),
    "a stack with another parameter": pair(
        "AWS::CloudFormation::Stack",
        STACK,
        STACK | {"parameters": [{"parameterKey": "Size", "parameterValue": "large"}]},
        {"EnableTerminationProtection": True},
        {"EnableTerminationProtection": False},
    ),
    "a volume that was attached": [
        item("AWS::EC2::Volume", VOLUME),
        item(
            "AWS::EC2::Volume",
            VOLUME
            | {
                "state": "in-use",
                "volumeType": "gp3",
                "attachments": [
                    {
                        "instanceId": "i-0abc",
                        "volumeId": "vol-0a",
                        "device": "/dev/sdf",
                        "state": "attached",
                        "deleteOnTermination": False,
                    }
                ],
            },
            relationships=(related("Instance", "i-0abc", "Is attached to Instance"),),
        ),
    ],
    "a type that nobody has seen yet": pair(
        "AWS::Future::Thing",
        {"mode": "calm", "peers": [{"a": 1}, {"a": 2}]},
        {"mode": "wild", "peers": [{"a": 2}, {"a": 3}]},
    ),
}


def test_a_change_of_each_type_reads_well():
    assert {name: told(*both) for name, both in PAIRS.items()} == snapshot(
        {
            "a listener that now speaks TLS": [
                "+ certificate certificate/1-2",
                "port: 80 → 443",
                "protocol: HTTP → HTTPS",
            ],
            "a service that was deployed": [
                "scaling: desired count 2 → 4",
                "assign public IP: DISABLED → ENABLED",
                "− subnet-0a",
                "+ subnet-0c",
                "task definition: task-definition/web:41 → task-definition/web:42",
                "~ 1",
            ],
            "a group that scales and another zone": [
                "− availability zone eu-west-1a",
                "+ availability zone eu-west-1c",
                "scaling: desired capacity 2 → 5",
                "termination policies: OldestInstance, Default → Default, OldestInstance",
                "~ 2",
            ],
            "a distribution without its firewall": [
                "+ origin api (api.example.com)",
                "origin web: domain name web.example.com → web2.example.com",
                "viewer certificate: minimum protocol version TLSv1.2_2021 → TLSv1",
                "web ACL ID: arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1 → nothing",
                "~ 3",
            ],
            "a firewall that lets through by default": [
                "+ default action: allow",
                "− default action: block",
                "− rule rate, action: block",
                "+ rule rate, action: count",
            ],
            "a stack with another parameter": [
                "parameter Size: small → large",
                "termination protection: on → off",
                "! termination protection turned off",
            ],
            "a volume that was attached": [
                "+ attachment i-0abc: volume ID vol-0a, device /dev/sdf, state attached, delete o…",
                "state: available → in-use",
                "volume type: gp2 → gp3",
            ],
            "a type that nobody has seen yet": ["mode: calm → wild", "− peer: a 1", "+ peer: a 3"],
        }
    )
