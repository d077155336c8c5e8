"""The one exception by which a handler says no as Slack does."""

from typing import Any


class SlackError(Exception):
    """Slack's `{"ok": false, "error": code, ...}`; `detail` is merged into the answer."""

    def __init__(self, code: str, *, status: int = 200, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.detail = detail

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"ok": False, "error": self.code} | self.detail
