"""What a question depends on: which calls must have been recorded for its answer to be whole."""

from dataclasses import dataclass

S3, LAMBDA, DYNAMODB = "AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"
ANY_DATA = (S3, LAMBDA, DYNAMODB)
"""The kinds of data that basic selectors know; a question over anything depends on these."""
S3_SOURCES = ("s3.amazonaws.com", "s3express.amazonaws.com", "s3-outposts.amazonaws.com")
"""Whose calls are calls on buckets."""


@dataclass(frozen=True, slots=True)
class Need:
    """Calls that only read or that change (`reads`, `writes`), of these kinds, in these places.

    `management`: calls on resources. `data`: calls on what these types of resources hold, such as ANY_DATA.
    `bucket`: calls on this bucket's objects. `data_seen`: the answer's own rows show that some are recorded.
    `sources` are event sources (`kms.amazonaws.com`); they, `regions` and `accounts` are empty for any.
    `by_trail` is False where CloudTrail's event history was asked: what trails are told to record is nothing to it.
    """

    reads: bool = True
    writes: bool = True
    management: bool = True
    data: tuple[str, ...] = ()
    bucket: str = ""
    data_seen: bool = False
    sources: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    by_trail: bool = True


ANYTHING = Need(data=ANY_DATA)
