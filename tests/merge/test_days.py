from itertools import product

import pytest

from tenmatsu.merge import days

ODD = (
    "2020-10-02",
    "2020-10",
    "2020",
    "2016-04~",
    "2021-21",
    "2020-24",
    "{2020-10-02,2020-10-05}",
    "[2020-10-02..2020-10-07]",
    "2020-10-02/2020-10-07",
    "2020-10-02/..",
    "../2020-10-07",
    "XXXX-10-02",
    "XXXX-10",
    "XXXX-XX-05",
    "XXXX-02-29",
    "XXXX-12-30/XXXX-01-05",
    "XXXX-10-02/..",
    "XXXX-SP",
    "XXXX-WXX",
    "XXXX",
    "2020-02-30",
    "2020-13",
    "none",
    "",
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020-10-02", "2020-10-02", "equal"),
        ("2020-10-02", "2020-10-03", "apart"),
        ("2020-10-02", "2019-10-02", "apart"),
        ("2020-10-02", "2020-10", "compatible"),
        ("2020-10-02", "2020", "compatible"),
        ("2020-10-02", "2020-11", "apart"),
        ("2021-04-15", "2021-21", "compatible"),
        ("2021-07-15", "2021-21", "apart"),
        ("2021-02-10", "2020-24", "compatible"),
        ("2020-10-02", "../2020-10-07", "compatible"),
        ("2020-10-08", "../2020-10-07", "apart"),
        ("2020-10-08", "2020-10-07/..", "compatible"),
        ("2020-10-06", "{2020-10-02,2020-10-05}", "apart"),
        ("2020-10-03", "[2020-10-02..2020-10-07]", "compatible"),
        ("2020-10-08", "[2020-10-02..2020-10-07]", "apart"),
        ("2016-05-20", "2016-04~", "compatible"),
        ("2016-07-20", "2016-04~", "apart"),
        ("XXXX-10-02", "2020-10-02", "equal"),
        ("XXXX-10-02", "XXXX-10-02", "equal"),
        ("XXXX-10-02", "XXXX-10-03", "apart"),
        ("XXXX-10-02", "2020-10", "compatible"),
        ("XXXX-10-02", "2020-11", "apart"),
        ("2020-02-30", "2020-02-28", "unknown"),
        ("XXXX-XX-05", "2020-10-05", "unknown"),
    ],
)
def test_two_dates(one, other, expected):
    assert days.relation(one, other) == expected
    assert days.relation(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("XXXX-01-03", "2020-12-28/2021-01-05", "equal or compatible"),
        ("XXXX-12-30", "2020-12-28/2021-01-05", "equal or compatible"),
        ("XXXX-12-31", "XXXX-12-30/XXXX-01-05", "equal or compatible"),
        ("XXXX-01-02", "XXXX-12-30/XXXX-01-05", "equal or compatible"),
        ("2021-01-02", "XXXX-12-30/XXXX-01-05", "equal or compatible"),
        ("XXXX-02-29", "2020-02-29", "equal or compatible"),
        ("XXXX-01-09", "2020-12-28/2021-01-05", "apart"),
        ("2020-11-02", "XXXX-12-30/XXXX-01-05", "apart"),
    ],
)
def test_intervals_over_new_year(one, other, expected):
    assert days.relation(one, other) in expected.split(" or ")
    assert days.relation(other, one) in expected.split(" or ")


@pytest.mark.parametrize(("one", "other"), list(product(ODD, ODD)))
def test_odd_dates_raise_nothing_and_stand_to_each_other_both_ways_alike(one, other):
    assert days.relation(one, other) == days.relation(other, one)
    assert days.gap(one, other) == days.gap(other, one) >= 0


@pytest.mark.parametrize("one", ODD)
def test_a_date_is_found_by_what_it_shares_with_itself(one):
    assert set(days.tokens(one)) == set(days.tokens(one))
    assert all(len(token) in (5, 7) for token in days.tokens(one))


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020-10-02", ("10-02",)),
        ("XXXX-10-02", ("10-02",)),
        ("2020-10-02/2020-10-07", ("10-02", "10-07")),
        ("{2020-10-02,2021-10-02}", ("10-02",)),
        ("2016-08", ("2016-08",)),
        ("2016-08~", ("2016-08",)),
        ("2020", ()),
        ("XXXX-10", ()),
        ("XXXX-XX-05", ()),
    ],
)
def test_what_a_date_is_found_by(edtf, expected):
    assert days.tokens(edtf) == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("XXXX-10-02", True),
        ("XXXX-10", True),
        ("XXXX-10-02/..", True),
        ("2020-10-02", False),
        ("XXXX-XX-05", False),
        ("XXXX-SP", False),
        ("XXXX-WXX", False),
        ("XXXX-Q3", False),
        ("XXXX", False),
        ("", False),
        (None, False),
    ],
)
def test_a_month_without_its_year(edtf, expected):
    assert days.yearless(edtf) is expected


@pytest.mark.parametrize(
    ("edtf", "year", "expected"),
    [
        ("XXXX-10-02", "2020", "2020-10-02"),
        ("XXXX-02-29", "2020", "2020-02-29"),
        ("XXXX-02-29", "2021", "XXXX-02-29"),
        ("XXXX-10", "2021", "2021-10"),
        ("2019-10-02", "2021", "2019-10-02"),
    ],
)
def test_a_date_takes_a_year(edtf, year, expected):
    assert days.with_year(edtf, year) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2020-10-02", "2020-10-12", 10),
        ("2020-10", "2020-12-01", 31),
        ("2020-10-02/..", "2020-12-01", 0),
        ("../2020-10-02", "2020-10-05", 3),
        ("2020-10-02", "XXXX-10-05", 0),
    ],
)
def test_the_days_between(one, other, expected):
    assert days.gap(one, other) == expected


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [("2020-10-02", True), ("2020-10", False), ("XXXX-10-02", False), ("2020-10-02/..", False), (None, False)],
)
def test_one_day_with_its_year(edtf, expected):
    assert days.exact(edtf) is expected
