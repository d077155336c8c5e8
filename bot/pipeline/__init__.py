"""An event's way: unwrap -> read -> route -> put on record -> tell.

`reading` says what a queue's message means. `taking` puts its telling on record, once, beside what is known
of the same problem; only then may the message leave the queue. `telling` posts, edits and answers in Slack
what is on record, in the order of urgency and at Slack's pace; `storms` makes a digest of what is too much.
The record is the one truth: a process that dies at any instant loses nothing that another can't go on with.
"""

from bot.pipeline.ledger import Entry, Ledger
from bot.pipeline.pace import Pace
from bot.pipeline.reading import Outcome, Reading, read, unwrap
from bot.pipeline.taking import Taking
from bot.pipeline.telling import Teller

__all__ = ["Entry", "Ledger", "Outcome", "Pace", "Reading", "Taking", "Teller", "read", "unwrap"]
