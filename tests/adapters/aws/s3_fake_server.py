"""The small S3 behind HTTP on loopback: which call a request is, who asks and in which region."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.adapters.aws.s3_fake import S3Fake

_BUCKET_CALLS = {
    "publicAccessBlock": "block",
    "policy": "policy",
    "policyStatus": "status",
    "acl": "acl",
    "ownershipControls": "ownership",
    "website": "website",
    "location": "location",
}


def _named(method: str, address: str, body: str) -> tuple[str, str, dict[str, str]]:
    """The call, what it is about, and its parameters."""
    split = urlsplit(address)
    asked = {name: each[0] for name, each in parse_qs(split.query, keep_blank_values=True).items()}
    parts = [each for each in split.path.split("/") if each]
    if method == "POST":
        words = {name: each[0] for name, each in parse_qs(body).items()}
        return {"AssumeRole": "role", "GetCallerIdentity": "whoami"}[words["Action"]], "", words
    if not parts:
        return "list", "", asked
    if parts[0] != "v20180820":
        call = next((each for word, each in _BUCKET_CALLS.items() if word in asked), "head")
        return call, parts[0], asked
    return (*_of_control(parts), asked)


def _of_control(parts: list[str]) -> tuple[str, str]:
    match parts[1:]:
        case ["configuration", *_]:
            return "account-block", ""
        case ["accesspoint"]:
            return "points", ""
        case ["accesspoint", name]:
            return "point", name
        case ["accesspoint", name, *_]:
            return f"point-{_last(parts)}", name
        case ["mrap", "instances"]:
            return "multi-points", ""
        case ["mrap", "instances", name, *_]:
            return f"multi-{_last(parts)}", name
    raise KeyError(parts)


def _last(parts: list[str]) -> str:
    return {"policy": "policy", "policystatus": "status"}[parts[-1].lower()]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    fake: S3Fake

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        found = re.search(r"Credential=([^/]+)/\d+/([^/]+)/", self.headers.get("Authorization", ""))
        key, region = found.groups() if found else ("", "")
        said = self.fake.answer(*_named(self.command, self.path, body), key, region)
        self.send_response(said.status)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said.body)

    do_GET = do_HEAD = do_POST = handle_any  # noqa: N815 - http.server's own names

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(fake: S3Fake) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
