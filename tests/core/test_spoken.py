"""AWS's names as a person would say them."""

import pytest

from bot.core.spoken import folded, lowered, resource_kind, sentence, short, some


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("AWS::EC2::SecurityGroup", "security group"),
        ("AWS::S3::Bucket", "S3 bucket"),
        ("AWS::RDS::DBInstance", "DB instance"),
        ("AWS::::Account", "account"),
        ("MyCo::Thing::Widget", "Thing widget"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_a_resource_type_is_said_in_words(kind, words):
    assert resource_kind(kind) == words


def test_names_lose_their_humps_and_acronyms_stay():
    assert lowered("IpPermissionsEgress") == "ip permissions egress"
    assert lowered("DBInstance") == "DB instance"


def test_a_list_says_how_many_are_left_out():
    assert some(["a", "b"]) == "a, b"
    assert some(["a", "b", "c", "d", "e"], 2) == "a, b and 3 more"
    assert some([]) == ""


def test_text_is_one_line_and_cut_visibly():
    assert folded(" a \n b\u2028c ") == "a b c"
    assert folded("x" * 20, 10) == "x" * 9 + "…"


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert sentence("log group acmeApp") == "Log group acmeApp"
    assert sentence("") == ""


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/web", "loadbalancer/web"),
        ("arn:aws:s3:::acme-payroll", "acme-payroll"),
        ("arn:aws:s3", "arn:aws:s3"),
        ("a:b:c:d:e:f", "a:b:c:d:e:f"),
    ],
)
def test_an_arn_is_called_by_its_own_part(name, own):
    assert short(name) == own
