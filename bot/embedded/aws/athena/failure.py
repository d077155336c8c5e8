"""How Athena ends a query that it can't run."""


class Failure(Exception):
    """The query FAILED; the text is its StateChangeReason, beginning with Trino's error name."""


class CutOff(Failure):
    """The workgroup's limit of bytes was reached: the query is CANCELLED. `bytes_scanned` is what it had read."""

    def __init__(self, bytes_scanned: int) -> None:
        super().__init__("Query cancelled! : Bytes scanned limit was exceeded")
        self.bytes_scanned = bytes_scanned
