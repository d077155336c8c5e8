"""What it is for a call to be on a bucket, as a condition on `events`: it names it, copies out of it, or lists it."""

from dataclasses import replace

from bot.ports import Match, Relation, TrailQuery

_FROM = "from_bucket = ?"


def on_bucket(bucket: str) -> tuple[Match, ...]:
    """The conditions, joined by OR: the bucket is `from_bucket`, or `bucket`, or among `other_buckets`."""
    return (
        Match(_FROM, (bucket,)),
        Match("bucket = ? AND copied_bucket <> ?", (bucket, bucket)),
        Match("other_buckets IS NOT NULL AND strpos(' ' || other_buckets || ' ', ?) > 0", (f" {bucket} ",)),
    )


def only_from(query: TrailQuery) -> TrailQuery:
    """The query of a relation on a bucket, where it is known that all its rows have the bucket as `from_bucket`."""
    if query.relation is None:
        return query
    return replace(query, relation=replace(query.relation, either=query.relation.either[:1]))


def nothing_else(relation: Relation) -> bool:
    """Whether its rows are bounded by buckets and time alone, which all records of a call have the same."""
    return not (relation.where or relation.accounts or relation.regions)


def asked_bucket(relation: Relation | None) -> str | None:
    """The bucket that every row of the relation is on, where just that is asked; a blank is in no bucket's name."""
    if relation is None or not relation.either or relation.either[0].sql != _FROM:
        return None
    (bucket,) = relation.either[0].parameters
    return bucket if relation.either == on_bucket(bucket) and bucket and " " not in bucket else None
