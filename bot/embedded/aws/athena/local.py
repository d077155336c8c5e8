"""Objects of the stand-in's S3 as files, which DuckDB opens; each version of an object is written once."""

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from moto.s3.models import FakeKey


class LocalFiles:
    """Files beside the stand-in, gone with it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="noroshi-s3-")

    def path(self, key: FakeKey) -> Path:
        """The object's bytes as a file; nobody writes to it again."""
        version = f"{key.bucket_name}/{key.name}/{key.etag}"
        path = Path(self._folder.name) / sha256(version.encode()).hexdigest()
        if not path.exists():
            written = path.with_suffix(f".{uuid4().hex}")
            written.write_bytes(key.value)
            written.rename(path)
        return path

    def close(self) -> None:
        """Remove all of it."""
        self._folder.cleanup()
