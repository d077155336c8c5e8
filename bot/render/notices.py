"""Messages that are no answers: an error, help, and what is being done meanwhile."""

from collections.abc import Sequence

from bot.core.buttons import Button
from bot.errors import HelpWanted, NoroshiError
from bot.render.actions import buttons
from bot.render.lines import Json, rich_text, section, text
from bot.render.room import MESSAGE, weight
from bot.render.safe import clean, escape
from bot.render.sections import context

_MESSAGE = 600
_SUMMARY = 150
_ROOM = MESSAGE - 6 * _SUMMARY - 200
_HELPS = (3000, 1500, 700)


def error_payload(error: NoroshiError, pressed: Sequence[Button] = ()) -> Json:
    """What happened, then the next step, then buttons; help as it would stand in a terminal."""
    if isinstance(error, HelpWanted):
        return help_payload(error.message)
    message, hint = _sentences(error)
    lines = [[text(message, bold=True)], *([[text(hint)]] if hint else [])]
    elements = buttons(pressed)
    below = [{"type": "actions", "elements": elements}] if elements else []
    return {"text": escape(message), "blocks": [rich_text(section(lines)), *below]}


def help_payload(words: str) -> Json:
    """Help text of click's, its columns kept."""
    tried = (clean(words.strip(), limit, lines=True) or "–" for limit in _HELPS)
    shown = next(each for each in tried if weight(each) < _ROOM)
    block = {"type": "rich_text_preformatted", "elements": [text(shown)]}
    first = clean(shown.partition("\n")[0], _SUMMARY)
    return {"text": escape(first), "blocks": [rich_text(block)]}


def progress_payload(words: str) -> Json:
    """What is being read, while it is being read; the answer takes this message's place."""
    shown = clean(words, _MESSAGE).strip() or "asking…"
    return {"text": escape(shown), "blocks": [context(shown)]}


def _sentences(error: NoroshiError) -> tuple[str, str]:
    message = clean(error.message, _MESSAGE).strip() or error.type
    return message, clean(error.hint, _MESSAGE).strip()
