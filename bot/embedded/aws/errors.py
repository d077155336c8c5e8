"""Refusals as AWS words them; moto writes each in the protocol of its service."""

from moto.core.exceptions import JsonRESTError, ServiceException


class InvalidRequest(ServiceException):
    """Athena's."""

    code = "InvalidRequestException"


class BadRequest(ServiceException):
    """GuardDuty's."""

    code = "BadRequestException"


class Refused(ServiceException):
    """Any other: give code and message."""


def common(code: str, words: str) -> JsonRESTError:
    """What any service may say and no service's model names, for those that speak JSON."""
    return JsonRESTError(code, words)
