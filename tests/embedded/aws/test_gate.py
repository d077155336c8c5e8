"""No web page reads what the stand-in holds, and no program that was not given a key."""

import http.client
import io

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from bot.embedded.aws import HOME, PROD, STAGING
from bot.embedded.aws.gate import private, refuse
from tests.aws_world import LOGS
from tests.patience import LONGEST

KEY = "AKIAEXAMPLEABCDEFGHI"
SIGNED = {
    "HTTP_HOST": "127.0.0.1:4566",
    "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential={KEY}/20260908/eu-west-1/s3/aws4_request, SignedHeaders=host",
}


def is_let_in(**environ: str) -> bool:
    return refuse({**SIGNED, **environ}, {KEY}.__contains__) is None


class Door:
    """The stand-in by bare HTTP, as a browser would come to it."""

    def __init__(self, world) -> None:
        self.place = world.aws.address.removeprefix("http://")
        key = world.aws.environment()["AWS_ACCESS_KEY_ID"]
        scope = f"{key}/20260908/{HOME}/s3/aws4_request"
        self.signed = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
        }

    def ask(self, path: str, headers: dict[str, str], method: str = "GET", body: bytes | None = None):
        connection = http.client.HTTPConnection(self.place, timeout=LONGEST)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, [name.lower() for name in answer.headers]


@pytest.fixture(scope="module")
def door(world):
    return Door(world)


def test_who_has_a_key_reads_the_logs(door):
    status, text, names = door.ask(f"/{LOGS}?list-type=2", door.signed)

    assert status == 200
    assert "AWSLogs/" in text
    assert not [name for name in names if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "page",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8080"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PUT"])
def test_a_web_page_is_refused_even_with_a_key_and_may_read_no_answer(door, page, method):
    status, text, names = door.ask(f"/{LOGS}?list-type=2", door.signed | page, method)

    assert status == 403
    assert "AWSLogs/" not in text
    assert not [name for name in names if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/", f"/{LOGS}?list-type=2", "/moto-api/data.json", f"/{LOGS}/AWSLogs/x"])
def test_nobody_reads_anything_without_a_key(door, path):
    status, text, _ = door.ask(path, {})

    assert (status, "AccessDenied" in text, "AWSLogs/" in text) == (403, True, False)


def test_a_form_of_a_page_stores_nothing(door, world):
    form = b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nstolen\r\n--x--\r\n'

    status, _, _ = door.ask(f"/{LOGS}", {"Content-Type": "multipart/form-data; boundary=x"}, "POST", form)

    assert status == 403
    with pytest.raises(ClientError):
        world.client("s3").head_object(Bucket=LOGS, Key="stolen")


@pytest.mark.parametrize(
    ("service", "call"),
    [
        ("s3", "list_buckets"),
        ("sts", "get_caller_identity"),
        ("sqs", "list_queues"),
        ("athena", "list_work_groups"),
    ],
)
def test_a_key_that_was_not_given_out_is_told_so_in_the_services_own_protocol(world, service, call):
    client = boto3.client(
        service,
        region_name=HOME,
        endpoint_url=world.aws.address,
        aws_access_key_id="AKIAEXAMPLENOROSHI00",
        aws_secret_access_key=PROD.secret_access_key,
    )

    with pytest.raises(ClientError) as caught:
        getattr(client, call)()

    assert caught.value.response["Error"]["Code"] == "InvalidClientTokenId"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_key_that_the_stand_in_gives_out_opens_it_too(world):
    role = {"RoleArn": f"arn:aws:iam::{STAGING.id}:role/reader", "RoleSessionName": "test"}
    made = world.client("sts").assume_role(**role)["Credentials"]

    client = boto3.client(
        "sts",
        region_name=HOME,
        endpoint_url=world.aws.address,
        aws_access_key_id=made["AccessKeyId"],
        aws_secret_access_key=made["SecretAccessKey"],
        aws_session_token=made["SessionToken"],
    )

    assert client.get_caller_identity()["Account"] == STAGING.id


def test_a_presigned_address_opens_what_it_names(world, door):
    (key,) = [key for key in world.sizes if key.endswith("_b.json.gz")]
    address = world.client("s3").generate_presigned_url("get_object", {"Bucket": LOGS, "Key": key})
    connection = http.client.HTTPConnection(door.place, timeout=LONGEST)
    connection.request("GET", address.partition(door.place)[2])

    with connection.getresponse() as answer:
        assert (answer.status, len(answer.read())) == (200, world.sizes[key])
    connection.close()


def test_an_upload_of_many_bytes_reads_its_refusal(door):
    status, text, _ = door.ask(f"/{LOGS}/big", {}, "PUT", io.BytesIO(bytes(3_000_000)).read())

    assert (status, "AccessDenied" in text) == (403, True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost:80", "LOCALHOST:65535", "acme-logs.localhost:1", "111122223333.127.0.0.1:4566"],
)
def test_loopbacks_own_names_are_let_in(host):
    assert is_let_in(HTTP_HOST=host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "notlocalhost",
        "localhost.evil.example",
        "x@localhost",
        "[::1]:80",
        "localhost:80 x",
    ],
)
def test_other_names_stay_out(host):
    assert not is_let_in(HTTP_HOST=host)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "Bearer x",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLEOTHERKEYS/1/2/s3/x",
    ],
)
def test_no_key_and_a_wrong_key_stay_out(signature):
    assert not is_let_in(HTTP_AUTHORIZATION=signature)


def test_a_right_key_does_not_cover_for_a_wrong_one_beside_it():
    assert not is_let_in(QUERY_STRING="AWSAccessKeyId=AKIAEXAMPLEOTHERKEYS")
    assert is_let_in(QUERY_STRING="prefix=Credential%3DAKIAEXAMPLEOTHERKEYS")


@given(st.dictionaries(st.sampled_from(["HTTP_HOST", "HTTP_AUTHORIZATION", "QUERY_STRING"]), st.text()))
def test_whatever_is_sent_the_gate_decides(environ):
    assert refuse(environ, {KEY}.__contains__) is not None


def test_headers_that_let_pages_read_are_taken_away():
    kept = [("Content-Type", "x"), ("Vary", "Origin")]

    assert private([*kept, ("Access-Control-Allow-Origin", "*"), ("access-control-max-age", "1")]) == kept
