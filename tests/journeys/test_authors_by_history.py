"""An account without a table or files: the event history tells who made each change, and who is behind roles."""

import json
from collections import Counter
from datetime import datetime

import pytest

from bot.adapters.aws.lookup import LookupEngine
from bot.trail.authorship import authors
from tests.trail.authorship.archive import NOW, Archive
from tests.trail.authorship.scores import score_actors


class Cloudtrail:
    """CloudTrail of one region, as boto3's client is asked for its event history."""

    def __init__(self, records, region):
        self.records = [one for one in records if one["awsRegion"] == region and one["managementEvent"]]
        self.asked = Counter()

    def lookup_events(self, **asked):
        (attribute,) = asked["LookupAttributes"]
        key, value = attribute["AttributeKey"], attribute["AttributeValue"]
        self.asked[key] += 1
        found = [
            {"EventId": one["eventID"], "EventTime": at, "CloudTrailEvent": json.dumps(one)}
            for one in self.records
            if asked["StartTime"] <= (at := datetime.fromisoformat(one["eventTime"])) <= asked["EndTime"]
            and _is_filed_under(one, key, value)
        ]
        return {"Events": sorted(found, key=lambda one: one["EventTime"], reverse=True)}


def _is_filed_under(record, key, value):
    match key:
        case "EventName":
            return record["eventName"] == value
        case "AccessKeyId":
            return record["userIdentity"].get("accessKeyId") == value
        case _:
            told = (record.get("requestParameters"), record.get("responseElements"), record.get("resources"))
            return f'"{value}"' in json.dumps(told)


def requests(clients):
    return sum(each.asked.total() for each in clients.values())


@pytest.fixture(scope="module")
def archive():
    return Archive(7, changes=90)


@pytest.fixture(scope="module")
def clients(archive):
    return {region: Cloudtrail(archive.records, region) for region in ("eu-west-1", "us-east-1")}


@pytest.fixture(scope="module")
def engine(clients):
    return LookupEngine(
        clients.__getitem__, lambda: "eu-west-1", now=lambda: NOW, clock=lambda: 0.0, sleep=lambda _: None
    )


def test_the_event_history_names_who_did_it_and_costs_nothing(archive, engine, clients):
    total = Counter()

    for one in archive.told:
        before = requests(clients)
        found = authors(one.resource, one.revisions, engine, lambda _: None, now=NOW)
        total += score_actors(found.actors[:-1], one.truth[:-1])
        assert {receipt.cost_usd for receipt in found.receipts} == {0.0}
        # Its names in one region or two, the recorder's four calls, and a lookup a hop for each session.
        keys = {actor.access_key for actor in found.actors if (actor.access_key or "").startswith("ASIA")}
        assert requests(clients) - before <= 2 * len(one.resource.names) + 4 + 4 * len(keys) + 6
        assert "event-history-only" in {caveat.code for caveat in found.caveats}

    assert total["right"] / total["revisions"] > 0.96, dict(total)
    assert total["exact"] / total["revisions"] > 0.6, dict(total)
    assert (total["wrong exact"], total["wrong tool"], total["wrong human"]) == (0, 0, 0)
    assert set(clients["eu-west-1"].asked) == {"ResourceName", "EventName"}
