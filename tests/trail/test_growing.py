"""A table of ours only ever grows."""

from hypothesis import given
from hypothesis import strategies as st

from bot.trail.growing import grown
from bot.trail.table import projection

PLACE = "s3://acme/AWSLogs/"
names = st.lists(st.from_regex(r"\d{12}", fullmatch=True), min_size=1, max_size=9, unique=True)
days = st.dates().map("{:%Y/%m/%d}".format).filter(lambda day: len(day) == 10)


@given(names, names, days, days)
def test_nothing_is_ever_taken_away(there, wanted, first, other):
    before = projection(PLACE, there, ["eu-west-1"], first)

    made, more = grown(before, projection(PLACE, wanted, ["eu-west-1"], other))

    accounts = made["projection.account.values"].split(",")
    assert accounts[: len(there)] == there
    assert set(accounts) == {*there, *wanted}
    assert made["projection.day.range"] == f"{min(first, other)},NOW"
    assert bool(more) == (made != before)
    assert grown(made, projection(PLACE, wanted, ["eu-west-1"], other)) == (made, [])


def test_a_first_day_that_is_counted_back_from_now_stays():
    rolling = projection(PLACE, ["111122223333"], ["eu-west-1"], "2024/01/01") | {
        "projection.day.range": "NOW-2YEARS,NOW"
    }

    assert grown(rolling, projection(PLACE, ["111122223333"], ["eu-west-1"], "2020/01/01")) == (rolling, [])


def test_many_new_accounts_fit_a_line():
    many = [f"{n:012}" for n in range(9)]

    _, more = grown(projection(PLACE, [], [], "2024/01/01"), projection(PLACE, many, [], "2024/01/01"))

    assert more[5:7] == ["+ account 000000000005", "+ 3 more"]
