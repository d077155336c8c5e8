"""Which of 1,000 buckets are public: how long does it take, and with how many calls?

    python -m tests.bench.s3_public [--buckets 1000]

In one run, against the same buckets of five regions with 30 ms added to every call: our survey of two fleets (70 of
100 buckets under a whole Block Public Access, as accounts are today; none at all, the worst case); a plain loop of
boto3, one call after another, which must come to the same answers; and prowler's S3 checks for public access, as it
is installed in `.cache/prowler` (`python -m venv .cache/prowler && .cache/prowler/bin/pip install prowler`).

Promised: at most 4 calls a bucket on average, and at least 15 times prowler's speed.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from botocore.exceptions import ClientError

from bot.adapters.aws.s3_public import S3PublicAccess
from bot.adapters.aws.session import client, make_session
from bot.adapters.aws.ways import Ways
from bot.core.public.block import flags
from bot.core.public.facts import Facts
from bot.core.public.verdict import verdict
from bot.settings import child_environment

ROOT = Path(__file__).parents[2]
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-northeast-1")

PROWLER = ROOT / ".cache/prowler/bin/python"
CHECKS = (
    "s3_account_level_public_access_blocks",
    "s3_bucket_level_public_access_block",
    "s3_bucket_policy_public_write_access",
    "s3_bucket_public_access",
    "s3_bucket_public_list_acl",
    "s3_bucket_public_write_acl",
)
# S3 Control's hosts begin with the account, which no resolver knows before an address: without this prowler would
# wait for names.
RUN_PROWLER = """
import socket, sys
ask = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: ask(
    "127.0.0.1" if str(host).endswith(".127.0.0.1") else host, *more, **named)
from prowler.__main__ import prowler
sys.exit(prowler())
"""
SPEED_PROMISED, CALLS_PROMISED = 15, 4

Answers = dict[str, str]


def main(buckets: int) -> int:
    with fleet(buckets, blocked=0) as address:
        worst, _, worst_calls = measured("ours, nothing blocked", address, survey)
    with fleet(buckets, blocked=70) as address:
        ours, seconds, _ = measured("ours, 70 % blocked", address, survey)
        theirs, loop_seconds, _ = measured("boto3, one call after another", address, loop)
        prowlers = measured("prowler", address, prowler)[1] if PROWLER.exists() else None
    assert ours == theirs, "the answers differ"
    print(f"the answers: {dict(Counter(ours.values()))}; nothing blocked: {dict(Counter(worst.values()))}")
    print(f"the loop takes {loop_seconds / seconds:.1f} times as long")
    mean = worst_calls / buckets
    print(f"calls a bucket at worst: {mean:.2f} (promised: at most {CALLS_PROMISED})")
    kept = mean <= CALLS_PROMISED
    if prowlers is None:
        print("prowler is not installed in .cache/prowler: nothing to compare with")
        return 0 if kept else 1
    print(f"prowler takes {prowlers / seconds:.1f} times as long (promised: at least {SPEED_PROMISED})")
    return 0 if kept and prowlers / seconds >= SPEED_PROMISED else 1


def survey() -> Answers:
    session = make_session()
    found = S3PublicAccess(Ways(lambda: session)).survey((), (), lambda _: None)
    assert not found.caveats, found.caveats
    return {one.bucket.name: one.verdict.judgement for one in found.judged}


def loop() -> Answers:
    """What a script would do: five calls for each bucket, and the same rules."""
    clients = {region: client("s3", region) for region in REGIONS}
    answers = {}
    for told in clients[REGIONS[0]].list_buckets()["Buckets"]:
        name = told["Name"]
        where = clients[REGIONS[0]].get_bucket_location(Bucket=name)["LocationConstraint"] or "us-east-1"
        s3 = clients[where]
        status = _or_none(s3.get_bucket_policy_status, name)
        facts = Facts(
            name,
            policy=(_or_none(s3.get_bucket_policy, name) or {}).get("Policy"),
            acl=_or_none(s3.get_bucket_acl, name),
            ownership=_or_none(s3.get_bucket_ownership_controls, name),
            bucket_block=flags(_or_none(s3.get_public_access_block, name)),
            account_block=flags(None),
            access_points=(),
            aws_says=bool(status and status["PolicyStatus"].get("IsPublic")),
        )
        answers[name] = verdict(facts).judgement
    return answers


def _or_none(call, bucket):
    try:
        return call(Bucket=bucket)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        return None


def prowler() -> Answers:
    with tempfile.TemporaryDirectory() as folder:
        words = ["aws", "--checks", *CHECKS, "--region", *REGIONS, "--no-banner", "--ignore-exit-code-3"]
        kept = ["--output-formats", "csv", "--output-directory", folder, "--output-filename", "found"]
        done = subprocess.run(
            [PROWLER, "-c", RUN_PROWLER, *words, *kept],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        with Path(folder, "found.csv").open(newline="") as told:
            found = Counter(row["STATUS"] for row in csv.DictReader(told, delimiter=";"))
    assert found, "prowler found nothing at all"
    print(f"prowler's findings: {dict(found)}")
    return {}


def measured(name, address, ask) -> tuple[Answers, float, int]:
    calls_of(address)
    started = time.perf_counter()
    answers = ask()
    seconds = time.perf_counter() - started
    calls = calls_of(address)
    print(f"{name}: {seconds:.1f} s, {calls.total():,} calls; {dict(calls.most_common(20))}", flush=True)
    return answers, seconds, calls.total()


def calls_of(address: str) -> Counter[str]:
    with urlopen(f"{address}/bench/calls") as answer:
        return Counter(json.load(answer))


@contextmanager
def fleet(buckets: int, blocked: int) -> Iterator[str]:
    words = [sys.executable, "-m", "tests.bench.s3_server", str(buckets), str(blocked), *REGIONS]
    env = child_environment({"MOTO_EC2_LOAD_DEFAULT_AMIS": "false"})
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env
    ) as server:
        address = server.stdout.readline().strip()
        os.environ |= {  # noqa: TID251 - boto3's own settings, as an operator sets them
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_REGION": REGIONS[0],
            "AWS_DEFAULT_REGION": REGIONS[0],
            "AWS_ENDPOINT_URL": address,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        try:
            yield address
        finally:
            server.stdin.close()


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--buckets", type=int, default=1000)
    sys.exit(main(asked.parse_args().buckets))
