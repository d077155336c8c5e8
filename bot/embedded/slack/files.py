"""Files: an upload url, the bytes, and completion into conversations.

Source: docs.slack.dev /reference/methods/files.getUploadURLExternal and completeUploadExternal.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refusal import SlackError
from .shapes import Json

if TYPE_CHECKING:
    from .world import World

SNIPPET_BYTES = 1_000_000
ALT_TEXT = 1000
PREVIEW_LINES = 8
PREVIEW_CHARS = 1200
MIMETYPES = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "png": ("image/png", "PNG"),
    "txt": ("text/plain", "Plain Text"),
}


@dataclass
class File:
    """A file; `content` is None until the bytes have arrived, `done` until it is completed."""

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    alt_txt: str = ""
    snippet_type: str = ""
    content: bytes | None = None
    done: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def filetype(self) -> str:
        """The extension, which decides how the file is shown."""
        return self.name.rpartition(".")[2].lower()

    @property
    def mimetype(self) -> str:
        """The media type by which the file is served."""
        return MIMETYPES.get(self.filetype, ("application/octet-stream", ""))[0]

    def to_json(self, address: str, site: str) -> Json:
        """The `file` of files.info: served at `address`, linked to at `site`, the workspace's own url."""
        pretty = MIMETYPES.get(self.filetype, ("", self.filetype.upper()))[1]
        url = f"{address}/files-pri/{self.id}/{self.name}"
        is_text = self.mimetype.startswith("text/") or bool(self.snippet_type)
        body: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": pretty,
            "user": self.user,
            "size": self.length,
            "mode": "snippet" if is_text else "hosted",
            "is_external": False,
            "is_public": True,
            "url_private": url,
            "url_private_download": url,
            "permalink": f"{site}files/{self.user}/{self.id}/{self.name}",
            "channels": list(self.channels),
        }
        return (
            body | ({"alt_txt": self.alt_txt} if self.alt_txt else {}) | (self._preview() if is_text else {})
        )

    def _preview(self) -> Json:
        lines = (self.content or b"").decode("utf-8", "replace").splitlines()
        head = "\n".join(lines[:PREVIEW_LINES])[:PREVIEW_CHARS]
        more = max(0, len(lines) - PREVIEW_LINES)
        return {"preview": head, "lines": len(lines), "lines_more": more, "preview_is_truncated": more > 0}


class Shelf:
    """The files of a workspace, by id, and the upload urls that wait for bytes."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._files: dict[str, File] = {}
        self._tickets: dict[str, str] = {}

    def expect(
        self, name: str, length: int, *, alt_txt: str = "", snippet_type: str = ""
    ) -> tuple[str, File]:
        """Return the url to send the bytes to, and the file they will make.

        Raises:
            SlackError: alt_txt_too_large, snippet_too_large.
        """
        if len(alt_txt) > ALT_TEXT:
            raise SlackError("alt_txt_too_large")
        if snippet_type and length > SNIPPET_BYTES:
            raise SlackError("snippet_too_large")
        world, made = self._world, self._world.ids.new("F")
        file = File(made, name, length, world.bot.id, int(world.now().timestamp()))
        file.alt_txt, file.snippet_type = alt_txt, snippet_type
        ticket = world.ids.secret()
        self._files[made], self._tickets[ticket] = file, made
        return f"{world.address}/upload/v1/{ticket}", file

    def receive(self, ticket: str, content: bytes) -> File:
        """Take the bytes sent to an upload url.

        Raises:
            SlackError: invalid_upload_ticket, or upload_size_mismatch when the length was announced wrong.
        """
        if ticket not in self._tickets:
            raise SlackError("invalid_upload_ticket", status=404)
        file = self._files[self._tickets[ticket]]
        if len(content) != file.length:
            raise SlackError("upload_size_mismatch", status=400)
        del self._tickets[ticket]
        file.content = content
        return file

    def get(self, file_id: str) -> File:
        """The completed file.

        Raises:
            SlackError: file_not_found.
        """
        file = self._files.get(file_id)
        if file is None or not file.done:
            raise SlackError("file_not_found")
        return file

    def complete(self, file_id: str, title: str) -> File:
        """Finish an upload whose bytes have arrived.

        Raises:
            SlackError: file_not_found.
        """
        file = self._files.get(file_id)
        if file is None or file.content is None or file.done:
            raise SlackError("file_not_found")
        file.title, file.done = title, True
        return file
