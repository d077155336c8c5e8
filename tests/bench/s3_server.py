"""A fleet of buckets behind HTTP, every answer delayed: what `s3_public.py` measures against, in a process of its own.

The stand-in's S3 with the doors open: whatever moto can answer is answered, since prowler asks more than the stand-in
serves. `GET /bench/calls` gives how often each method and kind of request came since the last time.
"""

import json
import os
import sys
import threading
import time
from collections import Counter

from moto.core.responses import ActionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from moto.s3.models import get_canned_acl, s3_backends
from moto.s3.responses import S3Response
from moto.s3control.models import PublicAccessBlock
from werkzeug.serving import make_server

from bot.embedded.aws import AwsStandIn

ACCOUNT = "123456789012"  # moto's own for keys that it has not made
DELAY = 0.03


def fleet(count: int, blocked: int, regions: list[str]) -> None:
    """So many buckets, of each hundred so many under a whole block; of ten others one has a public policy, one an ACL."""
    backend = s3_backends[ACCOUNT]["aws"]
    for number in range(count):
        name = f"acme-{number:05}"
        bucket = backend.create_bucket(name, regions[number % len(regions)])
        is_blocked = number * 37 % 100 < blocked
        kind = number // 7 % 10
        bucket.ownership_rule = _ownership(is_blocked, kind)
        if is_blocked:
            bucket.public_access_block = PublicAccessBlock(*["true"] * 4)
        if kind in {0, 1, 2, 3}:
            bucket.policy = json.dumps(_policy(name, kind)).encode()
        if kind == 4:
            bucket.set_acl(get_canned_acl("public-read"))


def _ownership(is_blocked: bool, kind: int) -> str:
    return "BucketOwnerEnforced" if is_blocked and kind != 4 else "ObjectWriter"


def _policy(name: str, kind: int) -> dict[str, object]:
    """One is public, one is narrowed, two only deny what comes without TLS."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    if kind == 1:
        statement["Condition"] = {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c"}}
    if kind > 1:
        statement |= {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    return {"Version": "2012-10-17", "Statement": [statement]}


class Buckets(S3Response):
    """Tells where each bucket is, as AWS does where a number is asked for, and moto does not."""

    def all_buckets(self):
        told = [
            {"Name": one.name, "CreationDate": one.creation_date_ISO8601, "BucketRegion": one.region_name}
            for one in self.backend.list_buckets(None, None, None)
        ]
        self.data["Action"] = "ListBuckets"
        return self.serialized(ActionResult({"Owner": {"ID": "1"}, "Buckets": told}))


class Delayed:
    """moto behind a delay, which counts."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._calls: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._hosts: dict[str | None, object] = {}
        make = self._moto.get_backend_for_host
        self._moto.get_backend_for_host = lambda host: (
            self._hosts.get(host) or self._hosts.setdefault(host, make(host))
        )

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/bench/calls":
            return self._tell(start_response)
        with self._lock:
            query = environ.get("QUERY_STRING", "").partition("&")[0].partition("=")[0]
            self._calls[f"{environ['REQUEST_METHOD']} {query}"] += 1
        time.sleep(DELAY)
        return self._moto(environ, start_response)

    def _tell(self, start_response):
        with self._lock:
            body = json.dumps(self._calls).encode()
            self._calls.clear()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


class Quiet(MotoRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as AWS keeps them
    disable_nagle_algorithm = True  # headers and body go out one by one, each at once

    def log_request(self, *_):
        pass


if __name__ == "__main__":
    AwsStandIn()
    S3Response.all_buckets = Buckets.all_buckets
    fleet(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
    server = make_server("127.0.0.1", 0, Delayed(), threaded=True, request_handler=Quiet)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.port}", flush=True)
    sys.stdin.read()  # until whoever measures has gone
    os._exit(0)  # Athena's DuckDB, which nobody asks here, tells its leaks at any other exit
