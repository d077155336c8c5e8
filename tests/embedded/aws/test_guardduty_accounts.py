"""An administrator sees and archives its members' findings; a member may not even archive its own."""

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from tests.embedded.aws.guardduty_world import asking, drained, finding, listed


@pytest.fixture
def organization(world):
    made = world.aws.findings.organization
    made.delegate(PROD.id, STAGING.id)
    yield made
    made.delegate("")


@pytest.fixture
def of_member(world):
    world.aws.findings.put(finding("of-member", STAGING.id))
    return "of-member"


def refusal(call, **asked):
    with pytest.raises(ClientError) as caught:
        call(**asked)
    assert caught.value.response["Error"]["Code"] == "BadRequestException"
    return str(caught.value)


def test_without_an_organization_every_account_sees_its_own(world, of_member):
    assert of_member not in listed(world)
    assert of_member in listed(world, account=STAGING)


def test_an_administrator_sees_its_members_findings_under_its_own_detector(world, organization, of_member):
    client, detector = asking(world)

    (found,) = client.get_findings(DetectorId=detector, FindingIds=[of_member])["Findings"]

    assert of_member in listed(world, {"accountId": {"Equals": [STAGING.id]}})
    assert found["AccountId"] == STAGING.id


def test_a_member_sees_its_own_findings_alone(world, organization, of_member):
    world.aws.findings.put(finding("of-administrator"))

    assert of_member in listed(world, account=STAGING)
    assert "of-administrator" not in listed(world, account=STAGING)


def test_a_members_finding_is_archived_by_its_administrator_for_both(world, organization, of_member):
    client, detector = asking(world)

    client.archive_findings(DetectorId=detector, FindingIds=[of_member])
    archived = {"service.archived": {"Equals": ["true"]}}
    seen_by_both = [listed(world, archived), listed(world, archived, STAGING)]
    client.unarchive_findings(DetectorId=detector, FindingIds=[of_member])

    assert all(of_member in seen for seen in seen_by_both)
    assert of_member not in listed(world, archived, STAGING)


def test_a_member_may_not_archive_judge_nor_suppress(world, organization, of_member):
    client, detector = asking(world, STAGING)
    about = {"DetectorId": detector, "FindingIds": [of_member]}

    refused = [
        refusal(client.archive_findings, **about),
        refusal(client.unarchive_findings, **about),
        refusal(client.update_findings_feedback, **about, Feedback="USEFUL"),
        refusal(
            client.create_filter,
            DetectorId=detector,
            Name="mine",
            FindingCriteria={"Criterion": {"region": {"Equals": [HOME]}}},
        ),
    ]

    assert all("member account" in words for words in refused)


def test_members_are_listed_to_their_administrator_alone(world, organization):
    client, detector = asking(world)
    member, its_detector = asking(world, STAGING)

    (told,) = client.list_members(DetectorId=detector)["Members"]

    assert (told["AccountId"], told["DetectorId"]) == (STAGING.id, its_detector)
    assert (told["AdministratorId"], told["RelationshipStatus"]) == (PROD.id, "Enabled")
    assert member.list_members(DetectorId=its_detector)["Members"] == []


def test_a_suspended_member_is_disabled(world, organization):
    client, detector = asking(world)
    member, its_detector = asking(world, STAGING)
    member.update_detector(DetectorId=its_detector, Enable=False)

    (told,) = client.list_members(DetectorId=detector)["Members"]
    member.update_detector(DetectorId=its_detector, Enable=True)

    assert told["RelationshipStatus"] == "Disabled"


def test_a_member_without_a_detector_is_told_only_among_all(world, organization):
    far = world.client("guardduty", "sa-east-1")
    detector = far.create_detector(Enable=True)["DetectorId"]

    associated = far.list_members(DetectorId=detector)["Members"]
    everybody = far.list_members(DetectorId=detector, OnlyAssociated="false")["Members"]
    far.delete_detector(DetectorId=detector)

    assert associated == []
    assert [(each["AccountId"], each["RelationshipStatus"]) for each in everybody] == [
        (STAGING.id, "Created")
    ]


def test_a_member_is_told_its_administrator_and_others_are_told_nobody(world, organization):
    client, detector = asking(world, STAGING)
    own, mine = asking(world)

    by_name = client.get_administrator_account(DetectorId=detector)["Administrator"]
    by_old_name = client.get_master_account(DetectorId=detector)["Master"]

    assert by_name["AccountId"] == by_old_name["AccountId"] == PROD.id
    assert by_name["RelationshipStatus"] == "Enabled"
    assert "Administrator" not in own.get_administrator_account(DetectorId=mine)


def test_the_organizations_settings_are_for_the_administrator(world, organization):
    client, detector = asking(world)
    member, its_detector = asking(world, STAGING)

    settings = client.describe_organization_configuration(DetectorId=detector)

    assert settings["AutoEnableOrganizationMembers"] == "NEW"
    assert {each["Name"] for each in settings["Features"]} >= {"S3_DATA_EVENTS", "RUNTIME_MONITORING"}
    assert client.list_organization_admin_accounts()["AdminAccounts"] == [
        {"AdminAccountId": PROD.id, "AdminStatus": "ENABLED"}
    ]
    assert "delegated" in refusal(member.describe_organization_configuration, DetectorId=its_detector)
    assert "management" in refusal(member.list_organization_admin_accounts)


def test_how_often_repeats_are_told_is_the_administrators_to_say(world, organization):
    client, detector = asking(world, STAGING)

    client.update_detector(DetectorId=detector, FindingPublishingFrequency="SIX_HOURS")

    assert client.get_detector(DetectorId=detector)["FindingPublishingFrequency"] == "FIFTEEN_MINUTES"


def test_a_members_finding_is_on_its_own_bus_and_its_administrators(world, organization):
    client, detector = asking(world, STAGING)
    kind = "Discovery:S3/MaliciousIPCaller"

    client.create_sample_findings(DetectorId=detector, FindingTypes=[kind])

    assert sorted(each["account"] for each in drained(world)) == [PROD.id, STAGING.id]
