"""The table: which calls are sensitive, how bad each is, and in which words.

A row is an API's event source and event name as CloudTrail writes them (Lambda's carry a date), the
severity when it worked, and the words; `when` looks at the call itself. The first row that sees
something wins (reference: delivery §4). The names make the EventBridge patterns.
"""

from bot.sources.cloudtrail.rule import Rule
from bot.sources.cloudtrail.rules.blinding import BLINDING
from bot.sources.cloudtrail.rules.credentials import CREDENTIALS, SIGN_INS
from bot.sources.cloudtrail.rules.ends import ENDS
from bot.sources.cloudtrail.rules.opening import OPENING
from bot.sources.cloudtrail.rules.spending import SPENDING

RULES: tuple[Rule, ...] = (*SIGN_INS, *BLINDING, *OPENING, *CREDENTIALS, *SPENDING)

__all__ = ["ENDS", "RULES"]
