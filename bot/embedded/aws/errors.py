"""Refusals as AWS words them; moto writes each in the protocol of its service."""

from moto.core.exceptions import ServiceException


class InvalidRequest(ServiceException):
    """Athena's."""

    code = "InvalidRequestException"


class BadRequest(ServiceException):
    """GuardDuty's."""

    code = "BadRequestException"


class Refused(ServiceException):
    """Any other: give code and message."""
