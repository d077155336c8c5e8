"""What Config's calls have in common: limits, tokens that are good for their own question only, types it knows."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any, ClassVar, TypeVar

import botocore.session
from botocore.model import ServiceModel
from moto.core.responses import BaseResponse

from bot.embedded.aws.config.recordings import Place, Recordings
from bot.embedded.aws.errors import Refused

MOST = 100

_Each = TypeVar("_Each")
_PAGING = {"limit", "nextToken", "Limit", "NextToken"}


class Request(BaseResponse):
    """One request to Config; a subclass carries the stand-in's recordings.

    Nothing is inherited from moto's Config: what has no method of ours does not exist.
    """

    recordings: ClassVar[Recordings]

    def __init__(self) -> None:
        super().__init__(service_name="config")

    def asked(self) -> dict[str, Any]:
        """The parameters, typed by AWS's model."""
        self.parse_parameters(self.normalized_request)
        return dict(self.params)

    @property
    def place(self) -> Place:
        """The caller's account and region."""
        return self.current_account, self.region


@cache
def model() -> ServiceModel:
    """AWS's own model of Config, as botocore ships it."""
    found: ServiceModel = botocore.session.get_session().get_service_model("config")
    return found


def limit(asked: Mapping[str, Any], default: int) -> int:
    """How many to a page; raises InvalidLimitException outside 0 to 100, and 0 is the default."""
    wanted = int(asked.get("limit") or asked.get("Limit") or 0)
    if not 0 <= wanted <= MOST:
        raise Refused(
            "InvalidLimitException",
            f"Value '{wanted}' at 'limit' failed to satisfy constraint: "
            f"Member must have value less than or equal to {MOST}",
        )
    return wanted or default


def known_type(name: str) -> str:
    """The resource type, if Config records it; raises ValidationException otherwise."""
    known: Sequence[str] = model().shape_for("ResourceType").metadata["enum"]
    if name not in known:
        raise Refused(
            "ValidationException",
            f"1 validation error detected: Value '{name}' at 'resourceType' failed to satisfy constraint: "
            f"Member must satisfy enum value set: [{', '.join(known)}]",
        )
    return name


def token(asked: Mapping[str, Any], *position: int) -> str:
    """A nextToken that says where to go on with this question."""
    return urlsafe_b64encode(json.dumps([_digest(asked), *position]).encode()).decode()


def position(asked: Mapping[str, Any], length: int) -> list[int] | None:
    """What the request's nextToken says; None without one, InvalidNextTokenException for another question's."""
    given = asked.get("nextToken") or asked.get("NextToken")
    if not given:
        return None
    try:
        digest, *numbers = json.loads(urlsafe_b64decode(str(given)))
    except (ValueError, TypeError):
        digest, numbers = "", []
    if digest != _digest(asked) or len(numbers) != length:
        raise Refused("InvalidNextTokenException", "The nextToken provided is invalid")
    return [int(number) for number in numbers]


def paged(asked: Mapping[str, Any], found: Sequence[_Each], size: int) -> tuple[list[_Each], str | None]:
    """One page of a list, and the token of the next."""
    (begin,) = position(asked, 1) or [0]
    end = begin + size
    return list(found[begin:end]), token(asked, end) if end < len(found) else None


def _digest(asked: Mapping[str, Any]) -> str:
    question = sorted((name, value) for name, value in asked.items() if name not in _PAGING)
    return sha256(json.dumps(question, default=str).encode()).hexdigest()[:16]
