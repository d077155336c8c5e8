"""What can be done to roles, functions and databases of the generated archive (see `deeds_told`)."""

import json

from tests.trail.authorship.deeds_told import Act, _doc


def _iam(event, effect, **request):
    return Act(event, request, effect, source="iam.amazonaws.com", more={"awsRegion": "us-east-1"})


def role_attachment(rng, name):
    policy = (
        f"arn:aws:iam::aws:policy/{rng.choice(['ReadOnlyAccess', 'AdministratorAccess', 'PowerUserAccess'])}"
    )
    one = {"policyArn": policy, "policyName": policy.rpartition("/")[2]}
    attaches = rng.random() < 0.6

    def effect(state):
        held = [each for each in state["configuration"]["attachedManagedPolicies"] if each != one]
        state["configuration"]["attachedManagedPolicies"] = [*held, one] if attaches else held

    event = "AttachRolePolicy" if attaches else "DetachRolePolicy"
    return _iam(event, effect, roleName=name, policyArn=policy)


def role_inline(rng, name):
    policy, document = rng.choice(["first", "second"]), _doc(rng)

    def put(state):
        held = [one for one in state["configuration"]["rolePolicyList"] if one["policyName"] != policy]
        state["configuration"]["rolePolicyList"] = [*held, {"policyName": policy, "policyDocument": document}]

    def delete(state):
        held = [one for one in state["configuration"]["rolePolicyList"] if one["policyName"] != policy]
        state["configuration"]["rolePolicyList"] = held

    if rng.random() < 0.3:
        return _iam("DeleteRolePolicy", delete, roleName=name, policyName=policy)
    return _iam(
        "PutRolePolicy", put, roleName=name, policyName=policy, policyDocument=json.dumps(document, indent=2)
    )


def role_trust(rng, name):
    document = _doc(rng)

    def effect(state):
        state["configuration"]["assumeRolePolicyDocument"] = document

    return _iam("UpdateAssumeRolePolicy", effect, roleName=name, policyDocument=json.dumps(document))


def role_tags(rng, name):
    key, value = rng.choice(["Team", "Env"]), rng.choice(["a", "b", "c"])

    def effect(state):
        state["tags"][key] = value

    return _iam("TagRole", effect, roleName=name, tags=[{"key": key, "value": value}])


def role_untags(rng, name):
    key = rng.choice(["Team", "Env"])

    def effect(state):
        state["tags"].pop(key, None)

    return _iam("UntagRole", effect, roleName=name, tagKeys=[key])


def _lambda(event, effect, response=None, **request):
    return Act(event, request, effect, response, source="lambda.amazonaws.com")


def function_setting(rng, name):
    key, value = rng.choice(
        [("timeout", rng.choice([3, 30, 60])), ("memorySize", rng.choice([128, 256, 512]))]
    )
    said = rng.choice([name, f"arn:aws:lambda:eu-west-1:111122223333:function:{name}"])

    def effect(state):
        state["configuration"][key] = value

    return _lambda("UpdateFunctionConfiguration20150331v2", effect, functionName=said, **{key: value})


def function_code(rng, name):
    digest, size = f"{rng.randrange(16**12):x}", rng.randrange(9999)

    def effect(state):
        state["configuration"] |= {"codeSha256": digest, "codeSize": size}

    return _lambda(
        "UpdateFunctionCode20150331v2", effect, {"codeSha256": digest}, functionName=name, publish=False
    )


def function_permission(rng, name):
    sid = f"allow-{rng.randrange(9999)}"
    statement = {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": "lambda:InvokeFunction"}

    def effect(state):
        policy = state["supplementary"].setdefault("Policy", {"policyText": {"Statement": []}})
        policy["policyText"]["Statement"].append(statement)

    return _lambda(
        "AddPermission20150331v2",
        effect,
        {"statement": json.dumps(statement)},
        functionName=name,
        statementId=sid,
        principal="*",
        action="lambda:InvokeFunction",
    )


def function_tags(rng, name):
    key, value = rng.choice(["Team", "Env"]), rng.choice(["a", "b", "c"])

    def effect(state):
        state["tags"][key] = value

    arn = f"arn:aws:lambda:eu-west-1:111122223333:function:{name}"
    return _lambda("TagResource20170331v2", effect, resource=arn, tags={key: value})


def _rds(event, effect, **request):
    return Act(event, request, effect, {"dBInstanceStatus": "modifying"}, source="rds.amazonaws.com")


def database_setting(rng, name):
    key, value = rng.choice(
        [
            ("dBInstanceClass", rng.choice(["db.t3.small", "db.t3.large", "db.r5.large"])),
            ("publiclyAccessible", rng.choice([True, False])),
            ("deletionProtection", rng.choice([True, False])),
            ("backupRetentionPeriod", rng.choice([1, 7, 14])),
        ]
    )

    def effect(state):
        state["configuration"][key] = value

    more = {"applyImmediately": True, "allowMajorVersionUpgrade": False, key: value}
    return _rds("ModifyDBInstance", effect, dBInstanceIdentifier=name, **more)


def database_tags(rng, name):
    key, value = rng.choice(["Team", "Env"]), rng.choice(["a", "b", "c"])

    def effect(state):
        state["tags"][key] = value

    arn = f"arn:aws:rds:eu-west-1:111122223333:db:{name}"
    return _rds("AddTagsToResource", effect, resourceName=arn, tags=[{"key": key, "value": value}])
