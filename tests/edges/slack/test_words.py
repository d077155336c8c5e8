"""Which field of a filled-in form is told what is wrong with it."""

import click
import pytest

from bot.command import Slash
from bot.core.buttons import Form
from bot.core.span import span
from bot.edges.slack.words import problems
from tests.edges.slack.conftest import FakePorts

FORM = Form(
    "Change…",
    ("look", "at", "payroll"),
    (("--since", "From", "2026-09-05T00:00Z"), ("--until", "Up to", ""), ("--rows", "Rows", "")),
)


@click.group(name="look", cls=Slash)
def look():
    """Look at things."""


@look.command("at")
@click.argument("thing")
@click.option("--since", default="7d")
@click.option("--until", default=None)
@click.option("--rows", type=int)
@click.pass_obj
def at(reach, thing, since, until, rows):
    """Who touched THING."""
    span(since, until, now=reach.ports.now())
    return reach.ports.trail.run(thing, reach.progress)


def wrong(form=FORM, **typed):
    state = {option: {"value": {"value": present}} for option, _, present in form.fields}
    state |= {f"--{option}": {"value": {"value": value}} for option, value in typed.items()}
    return problems(look, form, state, FakePorts())


def test_a_form_left_as_it_is_has_no_problem():
    assert wrong() == {}


def test_each_field_has_its_own():
    found = wrong(since="!!bad", until="banana", rows="x")

    assert list(found) == ["--since", "--until", "--rows"]
    assert "!!bad" in found["--since"]
    assert "banana" in found["--until"]
    assert "'x'" in found["--rows"]


def test_a_field_that_makes_sense_is_told_nothing():
    assert list(wrong(since="2d", until="banana")) == ["--until"]


def test_a_time_too_early_only_for_what_stood_there_before_is_no_fault():
    """Both ends are moved back; the third field is the only wrong one."""
    assert list(wrong(since="2026-08-01T00:00Z", until="2026-08-02T00:00Z", rows="x")) == ["--rows"]


def test_two_fields_that_only_together_make_no_sense_are_told_once():
    found = wrong(since="2026-09-07T00:00Z", until="2026-09-06T00:00Z")

    assert len(found) == 1
    assert "before it begins" in next(iter(found.values()))


@pytest.mark.parametrize("fields", [FORM.fields, FORM.fields[:1]])
def test_what_no_field_can_mend_is_told_once_under_the_first(fields):
    form = Form("Change…", ("look", "at", "payroll", "--nonsense"), fields)

    assert list(wrong(form)) == ["--since"]
