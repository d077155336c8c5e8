"""A suppression rule archives new findings, and nobody is told of these."""

import json

import pytest
from botocore.exceptions import ClientError

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.guardduty.forms import as_event
from tests.embedded.aws.guardduty_world import asking, drained, finding, listed

TOR = {"Criterion": {"type": {"Equals": ["UnauthorizedAccess:IAMUser/TorIPCaller"]}}}
ARCHIVED = {"service.archived": {"Equals": ["true"]}}


@pytest.fixture
def client(world):
    made, detector = asking(world)
    yield made
    for name in made.list_filters(DetectorId=detector)["FilterNames"]:
        made.delete_filter(DetectorId=detector, FilterName=name)


@pytest.fixture
def detector(client):
    return client.list_detectors()["DetectorIds"][0]


def make(client, detector, name="tor", **more):
    asked = {"FindingCriteria": TOR, "Action": "ARCHIVE"} | more
    return client.create_filter(DetectorId=detector, Name=name, **asked)["Name"]


def test_a_filter_is_kept_as_it_was_made(world, client, detector):
    make(client, detector, Description="Tor is ours.", Tags={"team": "sec"})

    told = client.get_filter(DetectorId=detector, FilterName="tor")

    assert (told["Action"], told["Description"], told["Rank"]) == ("ARCHIVE", "Tor is ours.", 1)
    assert (told["FindingCriteria"], told["Tags"], told["Version"]) == (TOR, {"team": "sec"}, 1)
    assert told["CreatedAt"] == world.aws.clock()


def test_new_findings_are_archived_and_those_that_were_there_are_not(world, client, detector):
    world.aws.findings.put(finding("before"))
    make(client, detector)

    world.aws.findings.put(finding("after"))
    world.aws.findings.put(finding("before", count=9))
    world.aws.findings.put(finding("other", type="Recon:EC2/Portscan"))

    archived = set(listed(world, ARCHIVED))
    assert "after" in archived
    assert not {"before", "other"} & archived


def test_what_a_rule_archived_is_told_to_nobody(world, client, detector):
    make(client, detector)
    silent, loud = finding("silent"), finding("loud", type="Recon:EC2/Portscan")
    for each in (silent, loud):
        world.aws.findings.put(each)

    told = [world.aws.emit(as_event(each, PROD.id)) for each in (silent, loud)]
    world.aws.findings.put(finding("silent", count=4))
    again = world.aws.emit(as_event(silent, PROD.id))
    client.unarchive_findings(DetectorId=detector, FindingIds=["silent"])
    brought_back = world.aws.emit(as_event(silent, PROD.id))

    assert len(drained(world)) == 2
    assert (told, again, brought_back) == ([0, 1], 0, 1)


def test_what_a_person_archived_is_told_when_it_is_seen_again(world, client, detector):
    world.aws.findings.put(finding("by-hand"))
    client.archive_findings(DetectorId=detector, FindingIds=["by-hand"])

    world.aws.findings.put(finding("by-hand", count=5))
    told = world.aws.emit(as_event(finding("by-hand"), PROD.id))

    assert (told, len(drained(world))) == (1, 1)
    assert "by-hand" in listed(world, ARCHIVED)


def test_a_filter_that_does_nothing_archives_nothing(world, client, detector):
    make(client, detector, Action="NOOP")

    world.aws.findings.put(finding("kept"))

    assert "kept" not in listed(world, ARCHIVED)


def test_an_administrators_rule_holds_for_its_members(world, client, detector):
    world.aws.findings.organization.delegate(PROD.id, STAGING.id)
    make(client, detector)

    world.aws.findings.put(finding("of-staging", STAGING.id))
    told = world.aws.emit(as_event(finding("of-staging", STAGING.id), STAGING.id))
    world.aws.findings.organization.delegate("")

    assert "of-staging" in listed(world, ARCHIVED, STAGING)
    assert told == 0


def test_samples_that_a_rule_is_about_reach_nobody(world, client, detector):
    make(client, detector)

    client.create_sample_findings(
        DetectorId=detector, FindingTypes=["UnauthorizedAccess:IAMUser/TorIPCaller"]
    )

    assert drained(world) == []
    assert any(
        json.loads(each["service"].get("additionalInfo", {}).get("value", "{}")).get("sample")
        and each["service"]["archived"]
        for each in world.aws.findings.of(PROD.id, HOME)
    )


def test_wildcards_are_for_filters(world, client, detector):
    make(client, detector, FindingCriteria={"Criterion": {"type": {"Matches": ["*/Tor??Caller"]}}})

    world.aws.findings.put(finding("matched"))

    assert "matched" in listed(world, ARCHIVED)


def test_filters_stand_in_their_order(client, detector):
    for name in ("one", "two", "three"):
        make(client, detector, name)
    make(client, detector, "first", Rank=1)
    client.update_filter(DetectorId=detector, FilterName="three", Rank=2, Action="NOOP")

    told = client.get_filter(DetectorId=detector, FilterName="three")

    assert client.list_filters(DetectorId=detector)["FilterNames"] == ["first", "three", "one", "two"]
    assert (told["Action"], told["Rank"], told["Version"]) == ("NOOP", 2, 2)
    assert told["FindingCriteria"] == TOR


def refused(call, **asked):
    with pytest.raises(ClientError) as caught:
        call(**asked)
    assert caught.value.response["Error"]["Code"] == "BadRequestException"
    return str(caught.value)


def test_a_name_is_given_once_but_the_same_request_may_come_twice(client, detector):
    make(client, detector, ClientToken="a")

    again = make(client, detector, ClientToken="a")
    words = refused(client.create_filter, DetectorId=detector, Name="tor", FindingCriteria=TOR)

    assert again == "tor"
    assert "already exists" in words


def test_what_is_no_filter_is_refused(client, detector):
    criteria = {"Criterion": {"nothing": {"Equals": ["a"]}}}

    assert "name" in refused(client.create_filter, DetectorId=detector, Name="a b c", FindingCriteria=TOR)
    assert "not an attribute" in refused(
        client.create_filter, DetectorId=detector, Name="abc", FindingCriteria=criteria
    )
    assert "findingCriteria" in refused(
        client.create_filter, DetectorId=detector, Name="abc", FindingCriteria={"Criterion": {}}
    )
    assert "no such resource" in refused(client.get_filter, DetectorId=detector, FilterName="nobody")
    assert "no such resource" in refused(client.delete_filter, DetectorId=detector, FilterName="nobody")


def test_a_hundred_filters_are_all_there_can_be_and_are_listed_in_pages(client, detector):
    for n in range(100):
        make(client, detector, f"filter-{n}", Action="NOOP")

    words = refused(client.create_filter, DetectorId=detector, Name="one-more", FindingCriteria=TOR)
    pages = list(client.get_paginator("list_filters").paginate(DetectorId=detector))
    for n in range(100):
        client.delete_filter(DetectorId=detector, FilterName=f"filter-{n}")

    assert "limit" in words
    assert [len(page["FilterNames"]) for page in pages] == [50, 50]
