"""Where GuardDuty could not be asked everywhere, no line speaks for all of it."""

from bot.core.view import Caveat
from tests.commands.guardduty.small_findings import STAGING, FakeFindings, ask, detector
from tests.commands.reading import read

REFUSED = Caveat("guardduty-refused", "staging: AWS refused", "blind")


def test_places_that_refused_are_not_among_all_places():
    both = [detector(), detector(account=STAGING)]

    def title(*caveats):
        return ask("status", findings=FakeFindings(detectors=both, caveats=caveats)).title

    assert title() == "GuardDuty looks in all 2 places"
    assert title(REFUSED) == "GuardDuty looks in 2 places, and I could not ask everywhere"


def test_that_nothing_is_new_is_said_of_what_could_be_looked_at():
    view = ask("summary", findings=FakeFindings(caveats=[REFUSED]))

    assert read(view)[1] == "None came up in the last two weeks, where I could look"
