"""Which call a request is: the service and the operation; and errors in the protocol that the call speaks."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from moto.core.request import Request
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound

from bot.embedded.aws.served import SERVED

_CALLED = {"access-analyzer": "accessanalyzer", "monitoring": "cloudwatch"}
"""What is signed for under another name than clients and IAM know it by."""
_PREFIXES = {"accessanalyzer": "access-analyzer"}
"""What IAM knows by another name than clients."""
_IAM = {
    ("budgets", "CreateBudget"): "ModifyBudget",
    ("budgets", "DescribeBudget"): "ViewBudget",
    ("budgets", "DescribeBudgets"): "ViewBudget",
    ("budgets", "DescribeNotificationsForBudget"): "ViewBudget",
    ("budgets", "DescribeSubscribersForNotification"): "ViewBudget",
    ("s3", "ListBuckets"): "ListAllMyBuckets",
    ("s3", "HeadBucket"): "ListBucket",
}


def name_call(environ: dict[str, Any]) -> tuple[str, str]:
    """Give the service (as boto3 and IAM call it) and the operation of a WSGI request.

    An unsigned request is S3's, as with AWS. What can't be named comes back as "unknown", which is
    not served.
    """
    if environ["PATH_INFO"] == "/policy/validation":
        return "accessanalyzer", "ValidatePolicy"
    service = _signed_for(environ)
    service = _CALLED.get(service, service)
    return service, _operation(environ, service) or "unknown"


def _signed_for(environ: dict[str, Any]) -> str:
    if str(environ.get("HTTP_HOST", "")).startswith("s3-control") or environ["PATH_INFO"].startswith(
        "/v20180820/"
    ):
        return "s3control"
    scope = str(environ.get("HTTP_AUTHORIZATION", "")).partition("Credential=")[2].split(",")[0].split("/")
    return scope[3].lower() if len(scope) > 3 else "s3"  # noqa: PLR2004 - key/day/region/service


def _operation(environ: dict[str, Any], service: str) -> str | None:
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return str(target).rpartition(".")[2]
    if _is_form(environ):
        form = parse_qs(f"{_body(environ)}&{environ.get('QUERY_STRING', '')}")
        return form.get("Action", [None])[0]
    if service not in SERVED:
        return f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
    try:
        return str(get_service_router(service).match(Request(environ.copy()))[0].name)
    except NotFound:
        return None


def _is_form(environ: dict[str, Any]) -> bool:
    # AWS's query protocol, whatever the service.
    return str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded")


def _body(environ: dict[str, Any]) -> str:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    return str(body.decode("utf-8", "replace"))


def action(service: str, operation: str) -> str:
    """The IAM action that a call needs: its own name, but for a few.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html
    """
    return f"{_PREFIXES.get(service, service)}:{_IAM.get((service, operation), operation)}"


def refusal(environ: dict[str, Any], service: str, operation: str) -> tuple[str, bytes]:
    """The content type and body of a 501 that SDKs turn into `NotImplemented` with the operation's name."""
    words = f"The AWS stand-in does not serve {service}:{operation}; see bot/embedded/aws/served.py."
    return _error(environ, service, "NotImplemented", words)


def error_body(environ: dict[str, Any], code: str, words: str) -> tuple[str, bytes]:
    """The content type and body of an error in the protocol that the request speaks; reads none of its body."""
    return _error(environ, _signed_for(environ), code, words)


def _error(environ: dict[str, Any], service: str, code: str, words: str) -> tuple[str, bytes]:
    error = f"<Code>{code}</Code><Message>{escape(words)}</Message>"
    if service in {"s3", "s3control"}:
        return "application/xml", f"<Error>{error}</Error>".encode()
    if service == "ec2":
        return "text/xml", f"<Response><Errors><Error>{error}</Error></Errors></Response>".encode()
    if _is_form(environ):
        return (
            "text/xml",
            f"<ErrorResponse><Error><Type>Receiver</Type>{error}</Error></ErrorResponse>".encode(),
        )
    return "application/json", json.dumps({"__type": code, "message": words}).encode()
