import time

import pytest

from tenmatsu.merge import account_of, applied, merge
from tenmatsu.merge.years import linked_years


def day(start, value, raw=None):
    return start, value, raw or value


def values(account, own, *others, slips=()):
    """The values that the days ``own`` of a document take from the days of others."""
    beside = [account(f"b{at}", days=days, slips=slips) for at, days in enumerate(others)]
    told = account("a", days=own)
    found = {one.timex_id: one for one in linked_years(told, beside)}
    return [found[timex_id].value if timex_id in found else value for timex_id, _, _, value, _ in told.days]


def test_a_day_takes_the_year_that_another_document_prints_and_says_where(account):
    (one,) = linked_years(
        account("a", days=[day(10, "XXXX-10-02")]), [account("b", days=[day(3, "2020-10-02"), day(40, "2020-10-02")])]
    )
    assert (one.timex_id, one.value, one.anchor_id) == ("a-t10", "2020-10-02", "b-t3")


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ([], [day(0, "2020-10-02")]),
        ([day(0, "XXXX-10-02")], []),
        ([day(0, "XXXX-10-02")], [day(0, "XXXX-10-02")]),
        ([day(0, "XXXX-10-02")], [day(0, "2020-10-03")]),
        ([day(0, "XXXX-10-02")], [day(0, "2020-10")]),
        ([day(0, "XXXX-10")], [day(0, "2020-10-02")]),
        ([day(0, "XXXX-XX-05")], [day(0, "2020-10-05")]),
        ([day(0, "2019-10-02")], [day(0, "2020-10-02")]),
    ],
)
def test_where_no_other_prints_the_day_nothing_is_taken(account, own, other):
    assert values(account, own, other) == [each[1] for each in own]


def test_a_day_that_others_print_in_two_years_stays_open(account):
    assert values(account, [day(0, "XXXX-10-02")], [day(0, "2019-10-02")], [day(0, "2020-10-02")]) == ["XXXX-10-02"]


def test_the_story_tells_which_of_two_years_is_meant(account):
    own = [day(0, "XXXX-10-02"), day(20, "XXXX-10-07")]
    assert values(account, own, [day(0, "2019-10-02")], [day(0, "2020-10-02"), day(9, "2020-10-07")]) == [
        "2020-10-02",
        "2020-10-07",
    ]


def test_a_year_that_its_own_document_shows_to_be_a_slip_is_not_taken(account):
    own = [day(0, "XXXX-09-07")]
    assert values(account, own, [day(0, "2000-09-07")], slips=("b0-t0",)) == ["XXXX-09-07"]
    assert values(account, own, [day(0, "2000-09-07"), day(50, "2020-09-07")], slips=("b0-t0",)) == ["2020-09-07"]


def test_the_other_days_follow_the_story(account):
    own = [day(0, "XXXX-09-30"), day(10, "XXXX-10-02"), day(20, "XXXX-10"), day(30, "XXXX-11-05T13:00")]
    assert values(account, own, [day(0, "2020-10-02")]) == ["2020-09-30", "2020-10-02", "2020-10", "2020-11-05T13:00"]


def test_a_text_that_runs_over_new_year(account):
    own = [day(0, "XXXX-11-20"), day(10, "XXXX-12-28"), day(20, "XXXX-01-05"), day(30, "XXXX-02-10")]
    assert values(account, own, [day(0, "2020-11-20")]) == ["2020-11-20", "2020-12-28", "2021-01-05", "2021-02-10"]
    assert values(account, own, [day(0, "2021-01-05")]) == ["2020-11-20", "2020-12-28", "2021-01-05", "2021-02-10"]


def test_a_day_half_a_year_away_may_be_of_either_year(account):
    own = [day(0, "XXXX-09-07"), day(10, "XXXX-03-10")]
    assert values(account, own, [day(0, "2020-09-07")]) == ["2020-09-07", "XXXX-03-10"]


def test_a_long_story_is_followed_from_day_to_day(account):
    months = ["09", "11", "01", "03", "05"]
    own = [day(10 * at, f"XXXX-{month}-07") for at, month in enumerate(months)]
    assert values(account, own, [day(0, "2020-09-07")]) == [f"{2020 + (month < '09')}-{month}-07" for month in months]


def test_29_february_needs_a_leap_year(account):
    own = [day(0, "XXXX-02-29"), day(10, "XXXX-02-20")]
    assert values(account, own, [day(0, "2020-02-20")]) == ["2020-02-29", "2020-02-20"]
    assert values(account, own, [day(0, "2021-02-20")]) == ["XXXX-02-29", "2021-02-20"]
    assert values(account, own, [day(0, "2020-02-29")]) == ["2020-02-29", "2020-02-20"]


def test_29_february_of_last_year_stays_open_where_last_year_had_none(account):
    own = [day(0, "XXXX-02-29", "REF:year-1-02-29"), day(10, "XXXX-03-20")]
    assert values(account, own, [day(0, "2022-03-20")]) == ["XXXX-02-29", "2022-03-20"]


LAST = day(0, "XXXX-09", "REF:year-1-09")


def test_last_september_is_counted_from_the_last_day_of_the_text(account):
    assert values(account, [LAST, day(10, "XXXX-03-05")], [day(0, "2021-03-05")]) == ["2020-09", "2021-03-05"]


def test_last_september_is_that_of_the_year_after_a_text_that_runs_over_new_year(account):
    own = [LAST, day(10, "XXXX-12-20"), day(20, "XXXX-01-05")]
    assert values(account, own, [day(0, "2020-12-20"), day(9, "2021-01-05")]) == ["2020-09", "2020-12-20", "2021-01-05"]


def test_last_september_stays_open_where_the_text_may_be_of_either_year(account):
    assert values(account, [LAST, day(10, "XXXX-12-20")], [day(0, "2020-12-20")]) == ["XXXX-09", "2020-12-20"]


def test_a_day_of_last_year_that_another_prints_shows_when_the_text_was_written(account):
    own = [LAST, day(10, "XXXX-10-02", "REF:year-1-10-02"), day(20, "XXXX-12-20")]
    assert values(account, own, [day(0, "2020-10-02"), day(9, "2020-12-20")]) == ["2020-09", "2020-10-02", "2020-12-20"]


def test_days_of_last_year_that_disagree_decide_nothing(account):
    own = [LAST, day(10, "XXXX-10-02", "REF:year-1-10-02"), day(20, "XXXX-10-07", "REF:year+0-10-07")]
    assert values(account, own, [day(0, "2020-10-02"), day(9, "2020-10-07")])[0] == "XXXX-09"


@pytest.mark.parametrize("odd", ["XXXX-SP", "XXXX-WXX", "XXXX-Q3", "XXXX-H1", "XXXX", "XXXX-XX-05", "XXXX-13-05", ""])
def test_seasons_quarters_and_weeks_stay_what_they_are(account, odd):
    own = [day(0, odd), day(10, "XXXX-10-02")]
    assert values(account, own, [day(0, "2020-10-02"), day(9, odd)]) == [odd, "2020-10-02"]


def test_many_days_are_dated_in_little_time(account):
    own = [day(10 * at, f"XXXX-10-{at % 28 + 1:02d}") for at in range(20_000)]
    began = time.process_time()
    found = values(account, own, [day(10 * at, f"2020-10-{at + 1:02d}") for at in range(14)])
    assert time.process_time() - began < 3
    assert found[27] == "2020-10-28"


NOTICE = """不正アクセスについて

2021年1月20日
株式会社カナメ通商

当社は、2020年12月3日に当社のサーバーが不正アクセスを受けたことを検知しました。2020年12月4日に当該サーバーを遮断しました。2021年1月20日、当社は本件を公表しました。
"""
ALONE = """カナメ通商に不正アクセス

株式会社カナメ通商は、12月3日にサーバーが不正アクセスを受けたことを検知した。同社は12月4日に当該サーバーを遮断した。1月20日に公表した。春ごろに再開する。
"""


def test_a_text_without_a_year_takes_it_from_its_incident_and_keeps_it_open_alone(read):
    notice, alone = read(NOTICE), read(ALONE)
    by_itself = applied(alone, merge([account_of(alone)]))
    assert by_itself == alone
    assert {timex.value for timex in alone.timexes if timex.type == "DATE"} >= {
        "XXXX-12-03",
        "XXXX-12-04",
        "XXXX-01-20",
    }
    whole = merge([account_of(notice), account_of(alone)])
    together = applied(alone, whole)
    linked = {timex.value: timex for timex in together.timexes if timex.anchor == "linked_document"}
    assert set(linked) == {"2020-12-03", "2020-12-04", "2021-01-20"}
    places = {timex.timex_id: timex for timex in notice.timexes}
    assert {value: places[timex.anchor_id].value for value, timex in linked.items()} == {
        value: value for value in linked
    }
    assert {event.date for event in together.events if event.type == "detection"} == {"2020-12-03"}
    assert all(event.date_begin for event in together.events if event.date and "X" not in event.date)
    (card,) = together.cards
    assert (card.detection, card.containment, card.containment_days) == ("2020-12-03", "2020-12-04", "1")
    assert applied(notice, whole).timexes == notice.timexes
