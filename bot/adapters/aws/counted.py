"""Counting the requests of a session: by botocore's own events, so that every client made of it is counted.

`request-created` comes before each request, `response-received` after it, once for each try of a call
(https://docs.aws.amazon.com/boto3/latest/guide/events.html). The service is named as the events name it: `cost-explorer`.
"""

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import boto3
import botocore.session

from bot.adapters.aws.errors import refusal
from bot.core.outcome import Outcome, outcome_of
from bot.ports import Counting

_COUNTING, _BEGAN = "noroshi_counting", "noroshi_began"
_ABSENT = ("NoSuch", "ResourceNotFound")


def count(
    session: botocore.session.Session,
    counting: Counting | None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Count every request of the clients that this session makes from now on; nobody counting, nothing is done."""
    if counting is None:
        return

    def began(request: Any, **_: object) -> None:
        request.context[_BEGAN] = clock()

    def ended(event_name: str, context: dict[str, Any], **answer: Any) -> None:
        seconds = clock() - context.get(_BEGAN, clock())
        _, service, operation = event_name.split(".")
        counting.aws(service, operation, outcome(answer["response_dict"], answer["parsed_response"]), seconds)

    session.register_component(_COUNTING, counting)
    emitter = session.get_component("event_emitter")
    emitter.register_last("request-created", began)  # signing may ask STS first
    emitter.register("response-received", ended)


def counting_of(session: boto3.Session) -> Counting | None:
    """Who counts a session's requests."""
    try:
        found: Counting = session._session.get_component(_COUNTING)  # noqa: SLF001 - boto3 shows nothing of its inside
    except ValueError:
        return None
    return found


def outcome(response: Mapping[str, Any] | None, parsed: Mapping[str, Any] | None) -> Outcome:
    """How a request ended; both are None where no answer came."""
    status = int(response["status_code"]) if response else HTTPStatus.SERVICE_UNAVAILABLE
    error = (parsed or {}).get("Error") or {}
    code = str(error.get("Code", ""))
    if status < HTTPStatus.MULTIPLE_CHOICES and not code:
        return "ok"
    said = outcome_of(refusal(code, str(error.get("Message", "")), action=""))
    if said != "refused":
        return said
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "unanswered"
    return "absent" if status == HTTPStatus.NOT_FOUND or code.startswith(_ABSENT) else "refused"
