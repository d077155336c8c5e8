"""What a finding leads to: at most three questions first, and all others behind them."""

from bot.core.findings.next_steps import further, next_steps
from tests.core.findings.told import read

INSTANCE = {
    "resourceType": "Instance",
    "instanceDetails": {
        "instanceId": "i-0123456789abcdef0",
        "networkInterfaces": [
            {"securityGroups": [{"groupId": "sg-0a1b2c3d"}, {"groupId": "GeneratedFindingSecurityId"}]}
        ],
    },
}


def words(steps):
    return [" ".join(step.words[:3]) for step in steps]


def test_what_is_not_among_the_first_questions_is_among_the_others_and_none_twice():
    finding = read()

    assert words(further(finding)) == [
        "trail ip 198.51.100.7",
        "config history acme-payroll",
        "config history AIDAEXAMPLE",
    ]
    assert not {*next_steps(finding)} & {*further(finding)}


def test_an_instance_leads_to_its_own_changes_and_its_groups():
    found = further(read(resource=INSTANCE))

    assert ("config", "history", "i-0123456789abcdef0", "--type", "AWS::EC2::Instance") in [
        step.words[:5] for step in found
    ]
    assert ("config", "history", "sg-0a1b2c3d", "--type", "AWS::EC2::SecurityGroup") in [
        step.words[:5] for step in found
    ]
    assert not any("GeneratedFinding" in word for step in found for word in step.words)


def test_a_users_changes_are_asked_for_by_the_id_that_config_has_in_whichever_region():
    user = {"accessKeyId": "AKIAEXAMPLEEXAMPLE7Q", "principalId": "AIDAEXAMPLE1", "userType": "IAMUser"}
    found = further(read(resource={"resourceType": "AccessKey", "accessKeyDetails": user}))
    (step,) = [step for step in found if step.words[0] == "config"]

    assert step.words[:7] == (
        *("config", "history", "AIDAEXAMPLE1", "--type", "AWS::IAM::User"),
        *("--account", "111122223333"),
    )
    assert "--region" not in step.words
