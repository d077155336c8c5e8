"""What has log files and is not in the table is told, whoever asks, from S3's folders."""

from datetime import date

import pytest
from botocore.exceptions import ClientError

from bot.adapters.aws.glue import Reach
from bot.adapters.aws.left_out import LeftOut
from bot.adapters.aws.partitions import Partitions
from bot.ports import Relation
from bot.trail.sources import layout

PROD, STAGING, NEW = "111122223333", "444455556666", "777788889999"
ROOT = "s3://acme/logs/AWSLogs/o-acme/"
TABLE = Reach(ROOT + "${account}/CloudTrail/${region}/${day}", (PROD, STAGING), ("eu-west-1",))


class S3:
    """A bucket of these keys, which counts how often it is asked."""

    def __init__(self, *keys, error=None):
        self.keys, self.error, self.calls = keys, error, 0

    def list_objects_v2(self, *, Bucket, Prefix, Delimiter):  # noqa: N803 - S3's names
        assert (Bucket, Delimiter) == ("acme", "/")
        self.calls += 1
        if self.error:
            raise self.error
        below = {
            key[len(Prefix) :].partition("/")[0]
            for key in self.keys
            if key.startswith(Prefix) and "/" in key[len(Prefix) :]
        }
        return {"CommonPrefixes": [{"Prefix": f"{Prefix}{one}/"} for one in sorted(below)]}


def key(account, region, root="logs/AWSLogs/o-acme/"):
    return f"{root}{account}/CloudTrail/{region}/2026/09/08/x.json.gz"


WHOLE = (key(PROD, "eu-west-1"), key(STAGING, "eu-west-1"))


def told(s3, reach=TABLE, relation=None):
    return {one.message for one in LeftOut(lambda: s3, lambda: 0.0).of(reach, relation)}


def test_a_table_that_names_all_that_has_logs_lacks_nothing():
    assert told(S3(*WHOLE)) == set()


def test_a_region_that_is_recorded_and_not_in_the_table_is_named():
    assert told(S3(*WHOLE, key(STAGING, "us-west-2"))) == {
        "calls in region us-west-2: it has log files that the table does not name (noroshi setup trail adds it)"
    }


def test_so_is_an_account_that_joined_the_organisation():
    (said,) = told(S3(*WHOLE, key(NEW, "eu-west-1")))

    assert said.startswith(f"calls of account {NEW}: it has log files")


def test_many_are_counted():
    regions = [f"eu-north-{number}" for number in range(1, 10)]
    (said,) = told(S3(*WHOLE, *(key(PROD, region) for region in regions)))

    assert "eu-north-6 and 3 more: they have log files" in said
    assert "eu-north-7" not in said


@pytest.mark.parametrize(
    ("relation", "left"),
    [
        (None, 2),
        (Relation(), 2),
        (Relation(regions=("eu-west-1",)), 1),
        (Relation(accounts=(PROD,)), 1),
        (Relation(accounts=(PROD,), regions=("eu-west-1",)), 0),
    ],
)
def test_a_question_that_names_its_places_is_told_of_no_others(relation, left):
    s3 = S3(*WHOLE, key(NEW, "eu-west-1"), key(PROD, "us-west-2"))

    assert len(told(s3, relation=relation)) == left


def test_a_table_of_one_account_is_told_of_its_own_regions():
    one = Reach(
        f"s3://acme/AWSLogs/{PROD}/CloudTrail/${{region}}/${{day}}",
        (PROD,),
        ("eu-west-1",),
        layout=layout(("region", "day")),
    )
    s3 = S3(key(PROD, "eu-west-1", "AWSLogs/"), key(PROD, "us-west-2", "AWSLogs/"))

    assert len(told(s3, one)) == 1


def test_a_table_of_registered_partitions_may_have_any_and_is_not_asked():
    s3 = S3(*WHOLE, key(NEW, "eu-west-1"))
    by_hand = Reach(ROOT, (), (), date(2024, 1, 1), partitions=Partitions(None, "d", "t", (), ()))

    assert (told(s3, by_hand), s3.calls) == (set(), 0)


def test_it_is_looked_once_an_hour_and_again_for_another_table():
    s3, now = S3(*WHOLE), [0.0]
    left_out = LeftOut(lambda: s3, lambda: now[0])
    calls = []
    for seconds, reach in ((0, TABLE), (3600, TABLE), (3601, TABLE), (3602, Reach(TABLE.location, (PROD,)))):
        now[0] = float(seconds)
        left_out.of(reach, None)
        calls.append(s3.calls)

    assert calls == [3, 3, 6, 7]


def test_a_refusal_is_told_as_not_known_and_tried_again():
    refusal = ClientError(
        {"Error": {"Code": "AccessDenied", "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 403}},
        "ListObjectsV2",
    )
    s3 = S3(*WHOLE, error=refusal)
    left_out = LeftOut(lambda: s3, lambda: 0.0)

    (caveat,) = left_out.of(TABLE, None)
    s3.error = None

    assert (caveat.code, caveat.weight) == ("places-unknown", "note")
    assert left_out.of(TABLE, None) == ()
