"""How a call ended, in few words that can be counted."""

from typing import Literal

from bot.errors import AccessDenied, BadForm, Gone, NoroshiError, NoSuchPlace, Throttled, Unanswered

Outcome = Literal[
    "ok", "denied", "throttled", "absent", "no_place", "bad_form", "gone", "unanswered", "refused", "found"
]
"""Only these, whatever codes AWS and Slack have, so that nobody's code becomes a time series of its own.

`denied` a missing permission; `throttled` asked too often; `absent` there is no such thing, an answer like another;
`no_place` a channel that can't be posted in; `bad_form` and `gone` as `bot.errors` has them; `unanswered` no answer,
or one that does not say whether it was done (5xx); `refused` any other no; `found` a message whose post got no answer,
and that stands there.
"""
_ENDS: tuple[tuple[type[NoroshiError], Outcome], ...] = (
    (AccessDenied, "denied"),
    (Throttled, "throttled"),
    (NoSuchPlace, "no_place"),
    (BadForm, "bad_form"),
    (Gone, "gone"),
    (Unanswered, "unanswered"),
)


def outcome_of(error: NoroshiError) -> Outcome:
    """How a call ended that raised this."""
    return next((outcome for kind, outcome in _ENDS if isinstance(error, kind)), "refused")
