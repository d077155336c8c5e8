"""Services that are answered here and not by moto: those that it lacks, and EC2, whose public images it would load."""

from http import HTTPStatus
from typing import Any

from moto.core.request import Request
from moto.core.responses import BaseResponse

Beside = dict[str, type[BaseResponse]]
"""What answers, by the service's name."""


def answered(by: type[BaseResponse], environ: dict[str, Any]) -> tuple[str, tuple[str, bytes]]:
    """The status, and the content type and body, of a request's answer, in the protocol that the request speaks."""
    request = Request(environ)
    status, headers, body = by.dispatch(request, request.raw_url, request.headers)
    number = HTTPStatus(int(headers.get("status", status)))
    told = body.encode() if isinstance(body, str) else bytes(body or b"")
    return f"{number.value} {number.phrase}", (_kind(headers), told)


def _kind(headers: dict[str, Any]) -> str:
    found = {name.lower(): str(value) for name, value in headers.items()}
    return found.get("content-type", "application/json")
