"""The stand-in's door: HTTP on loopback, one server that every AWS client can be pointed at.

moto's own dispatcher finds the service by the request's signature. In front of it stand the gate
(`gate.py`) and the table of what is truly served (`served.py`); moto's control API (`/moto-api`) is
not reachable from outside.
"""

import threading
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from bot.embedded.aws import access_analyzer, s3_changes, s3_front
from bot.embedded.aws.beside import Beside, answered
from bot.embedded.aws.call_names import error_body, name_call, refusal
from bot.embedded.aws.gate import KnowsKey, private, refuse
from bot.embedded.aws.not_allowed import not_allowed
from bot.embedded.aws.s3_asking import Answer
from bot.embedded.aws.served import is_served

_LOG = structlog.get_logger(__name__)
_LOOPBACK = "127.0.0.1"

StartResponse = Callable[..., Any]
Changed = Callable[[s3_changes.Change], None]


class Front:
    """The WSGI application: lets in who has a key, refuses loudly what is not served, else asks moto."""

    def __init__(
        self,
        knows: KnowsKey,
        changed: Changed = lambda _: None,
        refused: Container[str] = (),
        beside: Beside | None = None,
    ) -> None:
        self._knows, self._changed, self._refused, self._beside = knows, changed, refused, beside or {}
        self._moto = _Dispatcher(create_backend_app)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; 403 for who may not ask, 501 `NotImplemented` names an operation that is lacking."""
        if refused := refuse(environ, self._knows):
            _LOG.warning("refused", why=refused[1])
            return _say(environ, start_response, "403 Forbidden", error_body(environ, *refused))
        service, operation = name_call(environ)
        if environ["PATH_INFO"].startswith(("/moto-api", "/latest/")):
            service, operation = "moto", environ["PATH_INFO"]
        if is_served(service, operation):
            if forbidden := not_allowed(environ, service, operation, self._refused):
                return _say(environ, start_response, *forbidden)
            if decided := _decided(environ, service, operation):
                status, body = decided
                kind = "application/json" if service == "accessanalyzer" else "application/xml"
                return _say(environ, start_response, status, (kind, body))
            if by := self._beside.get(service):
                return _say(environ, start_response, *answered(by, environ))
            return self._asked(environ, start_response, service, operation)
        _LOG.warning("not served", service=service, operation=operation)
        return _say(environ, start_response, "501 Not Implemented", refusal(environ, service, operation))

    def _asked(
        self, environ: dict[str, Any], start_response: StartResponse, service: str, operation: str
    ) -> Iterable[bytes]:
        """What moto answers; and what follows from it where it changed a bucket."""
        is_new = (service, operation) == ("s3", "CreateBucket") and s3_front.is_new(environ)
        change = s3_changes.change(environ, service, operation)
        said: list[str] = []
        answer: Iterable[bytes] = self._moto(environ, _privately(start_response, said))
        if is_new:
            s3_front.born(environ)
        if change and said and said[0].startswith("2"):
            self._changed(change)
        return answer


def _decided(environ: dict[str, Any], service: str, operation: str) -> Answer | None:
    if service == "s3":
        return s3_front.decide(environ, operation)
    if operation == "ValidatePolicy":
        return "200 OK", access_analyzer.validated(
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        )
    return None


class _Dispatcher(DomainDispatcherApplication):
    """Knows a host again: moto would list its own folder at every request, a third of its time."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._known: dict[str | None, Any] = {}

    def get_backend_for_host(self, host: str | None) -> Any:
        if host not in self._known:
            self._known[host] = super().get_backend_for_host(host)
        return self._known[host]


def _say(
    environ: dict[str, Any], start_response: StartResponse, status: str, answer: tuple[str, bytes]
) -> Iterable[bytes]:
    kind, body = answer
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _privately(start_response: StartResponse, said: list[str]) -> StartResponse:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        said.append(status)
        return start_response(status, private(headers), *more)

    return start


class _Handler(MotoRequestHandler):
    """Writes nothing to stderr for each request; it is told to structlog, at debug."""

    # In HTTP/1.0 nobody answers `Expect: 100-continue`, and botocore waits a second for it on uploads.
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        _LOG.debug("request", method=self.command, path=self.path, status=code, size=size)


@contextmanager
def serving(
    knows: KnowsKey,
    port: int = 0,
    changed: Changed = lambda _: None,
    refused: Container[str] = (),
    beside: Beside | None = None,
) -> Iterator[str]:
    """Serve whose keys `knows` says in threads of our own until the block ends; gives the address.

    Port 0 is any free one; `changed` is told of every bucket that was changed, before the answer goes out;
    `refused` holds the IAM actions that nobody may use; `beside` answers for services that moto does not.
    """
    front = Front(knows, changed, refused, beside)
    server = make_server(_LOOPBACK, port, front, threaded=True, request_handler=_Handler)
    # Long polls would otherwise be waited for when the server closes.
    server.daemon_threads = True  # type: ignore[attr-defined] # the threaded server's own attribute
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="aws", daemon=True
    )
    thread.start()
    try:
        yield f"http://{_LOOPBACK}:{_port(server)}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _port(server: BaseWSGIServer) -> int:
    return int(server.port)
