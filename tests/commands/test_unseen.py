"""What questions about anything say of what they could not see: short beside an answer, whole where there is none."""

from datetime import timedelta

import pytest

from bot.core.buttons import Form
from bot.core.coverage.need import ANY_DATA
from bot.core.view import Caveat
from commands.trail import trail
from tests.commands.small_calls import Engine, Ports, ask
from tests.commands.small_trail import ACCOUNT, call, user, written
from tests.commands.test_calls import shown
from tests.core.coverage.trails import NOW, a_trail, basic

NONE, SOME = a_trail(selectors=basic()), a_trail(selectors=basic("All", "arn:aws:s3:::acme-payroll/"))
QUESTIONS = [
    ("user", "ana"),
    ("key", "AKIAIOSFODNN7EXAMPLE"),
    ("ip", "192.0.2.7"),
    ("resource", "acme-payroll"),
    ("denied",),
    ("root",),
    ("changes",),
    ("new",),
    ("session", "ops/nightly"),
    ("sql", "SELECT at FROM events"),
]


def of_data(view):
    (one,) = (each for each in view.caveats if each.code.startswith("data-events"))
    return one


@pytest.mark.parametrize("recorded", [NONE, SOME])
def test_beside_an_answer_it_is_one_short_sentence_that_leads_to_the_rest(recorded):
    caveat = of_data(ask("user", "backup", recorded=recorded))

    assert caveat.message.endswith("calls on data (objects, functions, items): /trail coverage")
    assert len(caveat.message) < 70
    assert caveat.weight == "note"


def test_all_and_some_are_told_apart():
    none, some = (of_data(ask("user", "backup", recorded=one)) for one in (NONE, SOME))

    assert (none.code, some.code) == ("data-events-off", "data-events-partial")
    assert (none.message[:4], some.message[:4]) == ("all ", "some")


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: words[0])
@pytest.mark.parametrize("recorded", [NONE, SOME])
def test_nothing_found_is_no_proof_and_names_each_kind_that_is_not_recorded(words, recorded):
    view = trail.answer(list(words), Ports(Engine(), recorded))

    assert "this is no proof that nothing happened" in shown(view)
    assert all(word in of_data(view).message for word in ("S3", "Lambda", "DynamoDB"))


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: words[0])
def test_nothing_found_where_all_is_recorded_needs_no_such_words(words):
    view = trail.answer(list(words), Ports(Engine(), a_trail()))

    assert "no proof" not in shown(view)


def test_a_question_about_one_kind_of_data_names_it():
    assert "items in DynamoDB" in of_data(ask("who-did", "GetItem", recorded=NONE)).message
    assert len(ANY_DATA) > 1


def test_a_question_in_one_account_says_whose_records_it_searched(tmp_path):
    ports = written(tmp_path, call(user("ana")))
    elsewhere = [
        {one.code: one.message for one in trail.answer(list(words), ports).caveats}.get(
            "other-accounts-trails"
        )
        for words in (("user", "ana"), ("user", "ana", "--account", ACCOUNT), ("new", "--account", ACCOUNT))
    ]

    assert elsewhere[0] is None
    assert all(f"calls by {ACCOUNT} that other accounts’ trails alone have" in one for one in elsewhere[1:])


def test_a_question_in_another_region_than_a_trail_of_one_can_tell_nothing():
    near = a_trail(multi_region=False)
    view = ask("user", "ana", "--region", "us-east-1", engine=Engine(), recorded=near)

    assert view.title == "In us-east-1: I can’t tell whether ana did anything — last 7 days"
    assert "single-region-trail" in {one.code for one in view.caveats}
    assert "no proof" not in shown(view)
    assert "no proof" not in shown(view)
    at_home = ask("user", "ana", "--region", "eu-west-1", engine=Engine(), recorded=near)
    assert at_home.title == "In eu-west-1: No call by ana is on record — last 7 days"


class Ticking(Ports):
    """Three quarters of a minute pass whenever somebody looks at the clock."""

    seconds = 0

    def now(self):
        self.seconds += 45
        return NOW + timedelta(seconds=self.seconds)


@pytest.mark.parametrize("words", [*QUESTIONS, ("who-did", "GetObject")], ids=lambda words: words[0])
def test_a_question_that_takes_its_time_is_still_about_the_last_days(words):
    assert trail.answer(list(words), Ticking(Engine())).title.endswith(" — last 7 days")


@pytest.mark.parametrize("words", [("user", "ana"), ("new",), ("session", "ops/nightly")])
def test_changing_a_question_keeps_what_the_form_has_no_field_for(words):
    said = (*words, "--account", "444455556666", "--errors", "--region", "eu-west-1")
    view = trail.answer(list(said), Ports(Engine()))

    (form,) = (each for each in view.buttons if isinstance(each, Form))
    assert form.words == ("trail", *words, "--account", "444455556666", "--errors")
    assert ("--region", "eu-west-1") in {(name, value) for name, _, value in form.fields}


def test_an_answer_that_can_not_tell_says_so_once():
    skipped = Engine(caveats=(Caveat("files-skipped", "3 files could not be read"),))
    view = ask("user", "ana", engine=skipped, recorded=NONE)

    assert view.title.startswith("I can’t tell")
    assert "no proof" not in shown(view)
