"""What changed, as a person on call reads it."""

from inline_snapshot import snapshot

from bot.core.configuration.diff import differ
from bot.core.configuration.words import line, lines
from bot.core.text import Added, Removed, plain
from tests.core.configuration.items import FUNCTION, INSTANCE, ROLE, group, item, related


def told(old, new):
    return [plain(one) for one in lines(differ(old, new).changes, new.resource.type)]


def configured(resource_type, old, new):
    return told(item(resource_type, old), item(resource_type, new))


def test_tags_that_come_go_and_change():
    assert told(
        item(tags={"team": "finance", "old": "1"}), item(tags={"team": "ops", "new": "2"})
    ) == snapshot(["+ tag new: 2", "− tag old: 1", "tags: team finance → ops"])


def test_what_was_and_what_is_have_faces_of_their_own():
    (change,) = differ(item(tags={"team": "finance"}), item(tags={"team": "ops"})).changes

    assert line(change, "X") == ("tags: team ", Removed("finance"), " → ", Added("ops"))


def test_values_that_become_others():
    old = {"instanceType": "t3.micro", "ebsOptimized": False, "keyName": "", "cpuOptions": {"coreCount": 1}}
    new = {"instanceType": "t3.large", "ebsOptimized": True, "keyName": "ops", "cpuOptions": {"coreCount": 2}}

    assert configured(INSTANCE, old, new) == snapshot(
        [
            "CPU options: core count 1 → 2",
            "EBS optimized: off → on",
            "instance type: t3.micro → t3.large",
            "key name: nothing → ops",
        ]
    )


def test_an_instance_that_is_stopped_and_what_it_loses():
    old = {"state": {"code": 16, "name": "running"}, "publicIpAddress": "203.0.113.9", "launchTime": "1"}
    new = {
        "state": {"code": 80, "name": "stopped"},
        "stateReason": {
            "code": "Client.UserInitiatedShutdown",
            "message": "Client.UserInitiatedShutdown: User",
        },
    }

    assert configured(INSTANCE, old, new) == snapshot(
        [
            "− public IP address: 203.0.113.9",
            "state: running → stopped",
            "+ state reason: Client.UserInitiatedShutdown: User",
        ]
    )


def test_groups_of_an_instance_are_told_once_though_they_are_relationships_too():
    one, two = ({"groupId": f"sg-00{n}", "groupName": name} for n, name in ((1, "web"), (2, "db")))
    faces = [
        {"networkInterfaceId": "eni-1", "attachment": {"deviceIndex": 0}, "groups": [held]}
        for held in (one, two)
    ]
    relation = "Is associated with SecurityGroup"
    old = item(
        INSTANCE,
        {"securityGroups": [one], "networkInterfaces": faces[:1]},
        relationships=(related("SecurityGroup", "sg-001", relation),),
    )
    new = item(
        INSTANCE,
        {"securityGroups": [two], "networkInterfaces": faces[1:]},
        relationships=(related("SecurityGroup", "sg-002", relation),),
    )

    assert told(old, new) == snapshot(["− security group sg-001 (web)", "+ security group sg-002 (db)"])


def test_relationships_that_come_and_go():
    old = (
        related("Subnet", "subnet-0a1b", "Is contained in Subnet"),
        related("Volume", "vol-0a", "Is attached to "),
    )
    new = (
        related("Instance", "i-0abc", "Is attached to Instance", "web-1"),
        related("NetworkInterface", "eni-0abc", "Contains NetworkInterface"),
        related("RouteTable", "", "Is contained in RouteTable", "main"),
        related("Thing", "arn:aws:x:::thing/one", "Is governed by Thing"),
    )

    assert told(item(relationships=old), item(relationships=new)) == snapshot(
        [
            "attached to i-0abc (web-1)",
            "contains eni-0abc",
            "in route table main",
            "no longer in subnet-0a1b",
            "governed by EC2 thing thing/one",
            "no longer attached to volume vol-0a",
        ]
    )


def test_policies_that_are_attached_and_detached():
    read, admin = (
        {"policyArn": f"arn:aws:iam::aws:policy/{name}", "policyName": name}
        for name in ("ReadOnlyAccess", "AdministratorAccess")
    )

    assert configured(
        ROLE, {"attachedManagedPolicies": [read]}, {"attachedManagedPolicies": [admin]}
    ) == snapshot(["+ attached policy AdministratorAccess", "− attached policy ReadOnlyAccess"])


def test_a_function_with_other_code_variables_and_layers():
    old = {
        "codeSha256": "a",
        "codeSize": 1,
        "lastModified": "1",
        "timeout": 3,
        "environment": {"variables": {"STAGE": "dev", "DB_PASSWORD": "hunter2", "OLD": "1"}},
        "layers": [{"arn": "arn:aws:lambda:eu-west-1:111122223333:layer:a:1"}],
    }
    new = {
        "codeSha256": "b",
        "codeSize": 2,
        "lastModified": "2",
        "timeout": 30,
        "environment": {"variables": {"STAGE": "prod", "DB_PASSWORD": "hunter3", "API_TOKEN": "t0k3n"}},
        "layers": [{"arn": "arn:aws:lambda:eu-west-1:111122223333:layer:a:2"}],
    }

    assert configured(FUNCTION, old, new) == snapshot(
        [
            "code changed",
            "+ environment, variable API_TOKEN: (not shown)",
            "environment, variable DB_PASSWORD changed (not shown)",
            "− environment, variable OLD: 1",
            "environment, variable STAGE: dev → prod",
            "layer 1: ARN layer:a:1 → layer:a:2",
            "timeout: 3 → 30",
        ]
    )


def test_a_containers_command_environment_and_image():
    def task(image, command, stage):
        web = {
            "name": "web",
            "image": image,
            "command": command,
            "environment": [{"name": "STAGE", "value": stage}],
        }
        return {"containerDefinitions": [web, {"name": "proxy", "image": "envoy:1"}]}

    assert configured(
        "AWS::ECS::TaskDefinition",
        task("web:1", ["run", "-v"], "dev"),
        task("web:2", ["run", "-q"], "prod"),
    ) == snapshot(
        [
            "container definition web: command run, -v → run, -q",
            "container definition web, environment STAGE: dev → prod",
            "container definition web: image web:1 → web:2",
        ]
    )


def test_scaling_is_called_so():
    assert configured(
        "AWS::AutoScaling::AutoScalingGroup", {"desiredCapacity": 2}, {"desiredCapacity": 4}
    ) == snapshot(["scaling: desired capacity 2 → 4"])


def test_the_role_of_a_function_is_short_where_the_account_is_the_same():
    first, second, third = (
        {"role": f"arn:aws:iam::{account}:role/{name}"}
        for account, name in (("111122223333", "a"), ("111122223333", "b"), ("444455556666", "b"))
    )

    assert configured(FUNCTION, first, second) + configured(FUNCTION, second, third) == snapshot(
        ["role: role/a → role/b", "role: arn:aws:iam::111122223333:role/b → arn:aws:iam::444455556666:role/b"]
    )


def test_long_values_are_shortened_to_what_differs():
    (shown,) = configured(
        "X", {"script": "echo hello\n" * 200 + "exit 0"}, {"script": "echo hello\n" * 200 + "exit 1"}
    )

    assert shown == snapshot("script: …o hello echo hello exit 0 → …o hello echo hello exit 1")


def test_a_resource_that_is_deleted_and_made_again():
    there, gone = group(), group(status="ResourceDeleted")

    assert told(there, gone) + told(gone, there) == snapshot(
        ["the security group was deleted", "the security group was made again"]
    )
