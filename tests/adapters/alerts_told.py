"""Views that are told, and the app that tells them."""

from bot.core.sections import Paragraph
from bot.core.severity import Severity
from bot.core.upload import Upload
from bot.core.view import View
from bot.deploy.manifest import SCOPES

ALERT = View(
    "Key of user <!channel> is used from a new address",
    (Paragraph((("from ", "`192.0.2.7` <https://evil.example|here>"),)),),
    severity=Severity.HIGH,
)
WORSE = View("Key of user x is used again", (Paragraph((("15 times",),)),), severity=Severity.CRITICAL)
OVER = View("It is over")
PICTURE = Upload("noroshi-week.png", b"\x89PNG", "The week", "Bars by day: nothing stands out.")
PICTURES = {ALERT.title: (), OVER.title: (PICTURE,)}
MANIFEST = {
    "features": {"bot_user": {"display_name": "noroshi"}},
    "oauth_config": {"scopes": {"bot": list(SCOPES)}},
}
