"""What people paste is read for what it is; what can be no resource is refused in words, never by a crash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.configuration import ids
from bot.core.configuration.meant import Candidate, Meant
from bot.core.configuration.said import LONGEST, meant, narrowed
from bot.errors import BadRequest

ACCOUNT = "111122223333"
BUCKET, ROLE, GROUP, QUEUE = "AWS::S3::Bucket", "AWS::IAM::Role", "AWS::EC2::SecurityGroup", "AWS::SQS::Queue"


def only(said):
    (one,) = meant(said).exact
    return one.type, one.id


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("sg-0abc1234", GROUP),
        ("i-0123456789abcdef0", "AWS::EC2::Instance"),
        ("vpce-svc-0123456789abcdef0", "AWS::EC2::VPCEndpointService"),
        ("vpce-0123456789abcdef0", "AWS::EC2::VPCEndpoint"),
        ("tgw-attach-0123456789abcdef0", "AWS::EC2::TransitGatewayAttachment"),
        ("tgw-0123456789abcdef0", "AWS::EC2::TransitGateway"),
        ("eipalloc-0123456789abcdef0", "AWS::EC2::EIP"),
        ("fsap-0123456789abcdef0", "AWS::EFS::AccessPoint"),
        ("fs-0123456789abcdef0", "AWS::EFS::FileSystem"),
        ("db-ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AWS::RDS::DBInstance"),
        ("cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AWS::RDS::DBCluster"),
        ("AROAEXAMPLEROLE000001", ROLE),
        ("AIDAEXAMPLEUSER000001", "AWS::IAM::User"),
        ("1234abcd-12ab-34cd-56ef-1234567890ab", "AWS::KMS::Key"),
        ("mrk-1234abcd12ab34cd56ef1234567890ab", "AWS::KMS::Key"),
        ("E2QWRUHEXAMPLE", "AWS::CloudFront::Distribution"),
        ("Z2FDTNDATAQYW2", "AWS::Route53::HostedZone"),
    ],
)
def test_an_id_says_its_type_and_stays_as_it_is(said, kind):
    assert meant(said) == Meant(said, (Candidate(kind, said),))


@given(st.sampled_from(sorted(ids._PREFIXES)), st.sampled_from((8, 17)), st.data())
def test_every_prefixed_id_comes_back_whatever_the_case_it_is_typed_in(prefix, length, data):
    said = f"{prefix}-{data.draw(st.text('0123456789abcdef', min_size=length, max_size=length))}"

    for typed in (said, said.upper(), f" {said} ", f"“{said}”", f"`{said}`"):
        assert meant(typed) == Meant(said, (Candidate(ids._PREFIXES[prefix], said),))


def test_what_only_looks_like_an_id_may_be_a_name_too():
    assert meant("sg-web").name == "sg-web"
    assert only("sg-web") == (GROUP, "sg-web")
    assert meant("i-love-buckets").name == "i-love-buckets"


def test_a_bare_name_is_looked_for_and_tried_where_names_are_ids():
    found = meant("acme-payroll")

    assert (found.name, found.types) == ("acme-payroll", ())
    assert found.exact[:2] == (
        Candidate(BUCKET, "acme-payroll"),
        Candidate("AWS::Lambda::Function", "acme-payroll"),
    )
    assert Candidate(BUCKET, "My_Role") not in meant("My_Role").exact


@pytest.mark.parametrize(
    ("said", "name", "kind"),
    [("role/path/tf-apply", "tf-apply", ROLE), ("function:pay-out", "pay-out", "AWS::Lambda::Function")],
)
def test_the_end_of_an_arn_says_the_type(said, name, kind):
    found = meant(said)

    assert (found.name, found.types) == (name, (kind,))


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("<http://my.bucket.io|my.bucket.io>", "my.bucket.io"),
        ("<https://my.bucket.io/|my.bucket.io>", "my.bucket.io"),
        ("<mailto:mika@acme.example|mika@acme.example>", "mika@acme.example"),
        ("'acme-payroll'", "acme-payroll"),
        ('"acme-payroll" ', "acme-payroll"),
        ("R&amp;D", "R&D"),
    ],
)
def test_what_slack_and_keyboards_add_is_taken_off(said, clean):
    assert meant(said).said == clean


def test_an_address_that_slack_made_a_link_of_is_read_as_the_address():
    url = f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs"

    for typed in (url, f"<{url}>", f"<{url}|{url.removeprefix('https://')}>", f"<{url}|our queue>"):
        if "|sqs" not in typed:
            assert only(typed) == (QUEUE, url)


@pytest.mark.parametrize(
    ("said", "ask"),
    [
        ("ami-0123456789abcdef0", "/trail resource ami-0123456789abcdef0"),
        ("snap-0123456789abcdef0", "/trail resource snap-"),
        ("sgr-0123456789abcdef0", "/trail resource sgr-"),
        ("AKIAEXAMPLEUSER00001", "/trail key AKIAEXAMPLEUSER00001"),
        ("ASIAEXAMPLEUSER00001", "/trail key ASIA"),
        (f"arn:aws:elasticache:eu-west-1:{ACCOUNT}:cluster:sessions", "/trail resource sessions"),
        (f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/aws/lambda/f:*", "/trail resource /aws/lambda/f"),
        (f"arn:aws:ssm:eu-west-1:{ACCOUNT}:parameter/prod/key", "/trail resource /prod/key"),
        ("arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0", "/trail resource ami-"),
        ("/aws/lambda/pay-out", "/trail resource /aws/lambda/pay-out"),
        (f"arn:aws:iam::{ACCOUNT}:root", "/trail root"),
    ],
)
def test_what_config_never_records_says_what_to_ask_instead(said, ask):
    found = meant(said)

    assert ask in found.elsewhere
    assert found.exact == ()


@pytest.mark.parametrize(
    "said",
    ["", "  ", '""', "a'b", 'a" OR 1=1', "a\x00b", "a\nb", "x" * (LONGEST + 1), "<@U0123>", "<!channel>", "arn:aws:s3",
     "https://example.com/x", "https://eu-west-1.console.aws.amazon.com/billing/home", "https://[", "a<b", "a\\b"],
)  # fmt: skip
def test_what_can_be_no_resource_is_refused_with_what_would_have_been_understood(said):
    with pytest.raises(BadRequest) as error:
        meant(said)

    assert error.value.hint


@given(
    st.one_of(
        st.text(max_size=900),
        st.text("sgivpc-0aAEZ:/?#=&;<>|%.arn*'\" ", max_size=80),
        st.text(max_size=80).map(lambda text: f"arn:aws:{text}"),
        st.text(max_size=80).map(lambda text: f"https://eu-west-1.console.aws.amazon.com/{text}"),
        st.text(max_size=60).map(lambda text: f"<https://{text}|{text}>"),
    )
)
def test_nothing_typed_does_more_than_be_refused(said):
    try:
        found = meant(said)
    except BadRequest:
        return
    assert found.said
    assert found.exact or found.name or found.elsewhere
    for text in (found.said, found.name, *(each.id for each in found.exact)):
        assert len(text) <= LONGEST or "://" in text
        assert not set(text) & set("'\"`<>\\\n\x00")


def test_a_type_that_is_said_narrows():
    found = narrowed(meant("acme-payroll"), BUCKET)

    assert found.exact == (Candidate(BUCKET, "acme-payroll"),)
    assert (found.name, found.types) == ("acme-payroll", (BUCKET,))


def test_a_type_that_is_said_stands_over_what_config_is_thought_to_lack():
    found = narrowed(meant("ami-0123456789abcdef0"), "AWS::EC2::Image")

    assert found.exact == (Candidate("AWS::EC2::Image", "ami-0123456789abcdef0"),)
    assert found.elsewhere == ""


def test_what_is_no_type_is_refused():
    with pytest.raises(BadRequest, match="no type") as error:
        narrowed(meant("acme-payroll"), "security groups")
    assert "AWS::EC2::SecurityGroup" in error.value.hint


@pytest.mark.parametrize(
    "typed",
    [
        *("*sg-0abc1234*", "_sg-0abc1234_", "~sg-0abc1234~", "sg-0abc1234.", "sg-0abc1234,", "(sg-0abc1234)"),
        *("[sg-0abc1234]", "sg\u20110abc1234", "sg–0abc1234", "sg-0abc1234\u200b", "\ufeffsg-0abc1234"),
        *("<sg-0abc1234>", "‘sg-0abc1234’", "\u00a0sg-0abc1234\u00a0"),
    ],
)
def test_an_id_is_read_out_of_what_prose_pages_and_slack_put_around_it(typed):
    assert meant(typed) == Meant("sg-0abc1234", (Candidate(GROUP, "sg-0abc1234"),))


def test_a_name_keeps_what_only_an_id_never_has_around_it():
    assert [meant(typed).name for typed in ("_private_", "web.", "*all*")] == ["_private_", "web.", "*all*"]


def test_the_fields_of_an_address_are_no_escaped_letters():
    """`&reg` is an entity of HTML's; Slack escapes three letters only."""
    said = "https://eu-west-1.console.aws.amazon.com/secretsmanager/secret?name=prod%2Fdb&region=eu-central-1"

    for typed in (said, said.replace("&", "&amp;"), f"<{said.replace('&', '&amp;')}>"):
        assert (meant(typed).name, meant(typed).region) == ("prod/db", "eu-west-1")
    moved = meant("https://console.aws.amazon.com/s3/buckets/acme-logs?tab=objects&region=eu-central-1")
    assert (moved.exact, moved.region) == ((Candidate(BUCKET, "acme-logs"),), "eu-central-1")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            f"sqs/v3/home?region=eu-west-1#/queues/https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F{ACCOUNT}%2Fjobs",
            Candidate(QUEUE, f"https://sqs.eu-west-1.amazonaws.com/{ACCOUNT}/jobs"),
        ),
        ("eks/clusters/main?region=eu-west-1", Candidate("AWS::EKS::Cluster", "main")),
        ("eks/home?region=eu-west-1#/clusters/main", Candidate("AWS::EKS::Cluster", "main")),
    ],
)
def test_pages_whose_names_stand_elsewhere_are_read_too(page, found):
    assert meant(f"https://eu-west-1.console.aws.amazon.com/{page}").exact == (found,)


def test_a_services_page_is_of_the_service_and_not_of_its_cluster():
    found = meant("https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/main/services/web/health")

    assert (found.name, found.types) == ("web", ("AWS::ECS::Service",))


def test_an_access_points_arn_is_of_no_bucket():
    found = meant(f"arn:aws:s3:eu-west-1:{ACCOUNT}:accesspoint/reports")

    assert found.types == ("AWS::S3::AccessPoint",)
