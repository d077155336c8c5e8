"""What people paste for a bucket: its name, its ARN, addresses of it and of its pages in the console."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadRequest
from commands.s3.pasted import pasted

# Rules: S3 user guide, General purpose bucket naming rules.
NAMES = st.from_regex(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", fullmatch=True).filter(
    lambda name: not re.search(r"\.\.|\.-|-\.|^[\d.]+$|^xn--", name)
)
FORMS = (
    "{}",
    "{}/",
    "  {} ",
    "`{}`",
    "“{}”",
    "arn:aws:s3:::{}",
    "arn:aws-cn:s3:::{}",
    "arn:aws:s3:::{}/img/*",
    "s3://{}",
    "s3://{}/",
    "s3://{}/img/x y.png",
    "https://{}.s3.eu-west-1.amazonaws.com/img/x.png",
    "https://{}.s3.amazonaws.com",
    "https://{}.s3.dualstack.eu-west-1.amazonaws.com/x",
    "https://{}.s3-accelerate.amazonaws.com/x",
    "https://s3.eu-west-1.amazonaws.com/{}/img/x.png",
    "https://s3.dualstack.us-west-2.amazonaws.com/{}",
    "https://{}.s3.cn-north-1.amazonaws.com.cn/x",
    "http://{}.s3-website-eu-west-1.amazonaws.com",
    "http://{}.s3-website.eu-central-1.amazonaws.com/index.html",
    "https://s3.console.aws.amazon.com/s3/buckets/{}?region=eu-west-1&tab=permissions",
    "https://eu-west-1.console.aws.amazon.com/s3/buckets/{}?region=eu-west-1&tab=objects",
    "https://us-east-1.console.aws.amazon.com/s3/object/{}?region=us-east-1&prefix=a/b",
    "https://eu-west-1.console.aws.amazon.com/s3/bucket/{}/property/policy/edit?region=eu-west-1",
    "<https://{}.s3.amazonaws.com|here>",
    "<s3://{}/x>",
)


@pytest.mark.parametrize("form", FORMS)
@given(name=NAMES)
def test_whatever_people_paste_is_the_bucket(form, name):
    assert pasted(form.format(name)) == name


@pytest.mark.parametrize(
    "name",
    ["vpc-logs", "i-love-cats", "fs-data", "my-bucket.com", "lambda", "Acme_Legacy", "acme--use1-az4--x-s3"],
)
def test_a_name_is_a_bucket_whatever_else_it_looks_like(name):
    assert pasted(name) == name


def test_a_name_that_slack_made_a_link_of_is_the_name():
    assert pasted("<http://www.example.com|www.example.com>") == "www.example.com"


@pytest.mark.parametrize(
    "said",
    [
        *("", " ", "''", "a b", "x", "../../x", "a..b", "x/y", "-x-", "acme\u202ewww", "<@U123>", "s3://"),
        *("arn:aws:iam::111122223333:role/admin", "arn:aws:s3", "https://example.com/acme", "http://[::1"),
        "https://eu-west-1.console.aws.amazon.com/lambda/home#/functions/acme",
        "https://s3.console.aws.amazon.com/s3/buckets/%2e%2e",
        "https://evil.example/?x=.s3.amazonaws.com",
    ],
)
def test_what_is_no_bucket_is_refused_with_an_example(said):
    with pytest.raises(BadRequest) as caught:
        pasted(said)

    assert "acme-web-assets" in caught.value.hint


def test_an_access_point_is_told_from_a_bucket():
    with pytest.raises(BadRequest) as caught:
        pasted("arn:aws:s3:eu-west-1:111122223333:accesspoint/till")

    assert "access point" in caught.value.message


@given(
    st.text(max_size=200)
    | st.text(max_size=60).map("https://s3.amazonaws.com/{}".format)
    | st.text(max_size=60).map("arn:aws:s3:::{}".format)
)
def test_no_text_gives_anything_but_a_name_or_a_refusal(said):
    try:
        found = pasted(said)
    except BadRequest:
        return
    assert re.fullmatch(r"[A-Za-z0-9._-]{3,255}", found)
