"""What Noroshi needs from outside, one small Protocol per need.

Adapters satisfy these; the embedded world's servers stand behind the same adapters.
"""

from bot.ports.advice import Advice
from bot.ports.bills import Bills
from bot.ports.buckets import Buckets, BucketSettings, PolicyValidation, PublicAccess
from bot.ports.configurations import Configurations, Evaluations, Found, History
from bot.ports.counting import Counting
from bot.ports.everything import Ports
from bot.ports.findings import FindingChanges, Findings
from bot.ports.progress import Progress
from bot.ports.queue import Inbox, Message
from bot.ports.recording import Recording
from bot.ports.shifts import Shifts
from bot.ports.slack import ONCE, Channels, Sending
from bot.ports.store import Record, Store
from bot.ports.trail import Lookup, Match, Relation, TrailEngine, TrailQuery, TrailRows

__all__ = [
    "ONCE",
    "Advice",
    "Bills",
    "BucketSettings",
    "Buckets",
    "Channels",
    "Configurations",
    "Counting",
    "Evaluations",
    "FindingChanges",
    "Findings",
    "Found",
    "History",
    "Inbox",
    "Lookup",
    "Match",
    "Message",
    "PolicyValidation",
    "Ports",
    "Progress",
    "PublicAccess",
    "Record",
    "Recording",
    "Relation",
    "Sending",
    "Shifts",
    "Store",
    "TrailEngine",
    "TrailQuery",
    "TrailRows",
]
