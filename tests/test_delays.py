from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.delays import between
from tenmatsu.times.edtf import bounds


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-09-07", "2020-10-02", "25"),
        ("2020-09-07", "2020-09-07", "0"),
        ("2020-02-28", "2020-03-01", "2"),
        ("2021-02-28", "2021-03-01", "1"),
        ("2020-12-31", "2021-01-01", "1"),
        ("2020-09", "2020-10-02", "2..31"),
        ("2020-09-07", "2020-10", "24..54"),
        ("2020-09", "2020-09", "0..29"),
        ("2020-09", "2020-09-10", "0..9"),
        ("2016-08~", "2016-10-01", "31..61"),
        ("2021-21", "2021-06-01", "1..92"),
        ("2020", "2021", "1..730"),
        ("2020-10-02", "../2020-10-07", "..5"),
        ("../2020-10-02", "2020-10-07", "5.."),
        ("2020-10-02", "2020-10-07/..", "5.."),
        ("2020-10-02/..", "2020-10-07", "..5"),
        ("2020-09-07", "2020-09-10/2020-09-12", "3..5"),
        ("{2020-09-07,2020-09-09}", "2020-09-10", "1..3"),
        ("[2020-09-07..2020-09-09]", "2020-09-10", "1..3"),
        ("[..2020-09-09]", "2020-09-10", "1.."),
    ],
)
def test_a_delay(first, last, expected):
    assert between(first, last) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, "2020-10-07"),
        ("2020-10-07", None),
        (None, None),
        ("", "2020-10-07"),
        ("XXXX-09-07", "XXXX-10-02"),
        ("XXXX-09-07", "2020-10-02"),
        ("XXXX-XX-05", "2020-10-02"),
        ("2020-10-02", "2020-09-01"),
        ("2020-10", "2020-09"),
        ("2020-10-02", "2020-10-02/.."),
        ("../2020-10-02", "2020-10-02"),
        ("../2020-10-02", "2020-09-01"),
        ("../2020-10-02", "2020-10-01/.."),
        ("2020-10-02/..", "2020-10-07/.."),
        ("../2020-10-02", "../2020-10-07"),
        ("2020-10-02", "../2020-09-01"),
        ("2020-02-30", "2020-10-02"),
        ("2020-10-02", "none"),
        ("0000", "2020-10-02"),
        ("9999-24", "2020-10-02"),
    ],
)
def test_no_delay(first, last):
    assert between(first, last) is None


ODD = ("2020-10-02", "2020-10", "2020", "2016-04~", "2021-21", "2020-24", "{2020-10-02,2020-10-05}", "[2020-10-02..]",
       "2020-10-02/2020-10-07", "2020-10-02/..", "../2020-10-07", "XXXX-10-02", "XXXX-XX-05", "2020-02-30", "0000", "9999-24", "none", "", "/", "{}", "..", None)  # fmt: skip


@pytest.mark.parametrize(("first", "last"), list(product(ODD, ODD)))
def test_odd_dates_raise_nothing(first, last):
    assert between(first, last) is None or ".." in between(first, last) or between(first, last).isdigit()


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))


def coarse(day):
    return st.sampled_from([day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", f"{day}/..", f"../{day}", f"[{day}..{day}]"])


@given(st.data())
def test_the_interval_holds_the_true_delay(data):
    one, other = sorted((data.draw(DAYS), data.draw(DAYS)))
    first, last = data.draw(coarse(one)), data.draw(coarse(other))
    found = between(first, last)
    if found is None:
        assert None in bounds(first) + bounds(last)
        return
    least, _, most = found.partition("..") if ".." in found else (found, "", found)
    assert int(least or 0) <= (other - one).days
    assert not most or (other - one).days <= int(most)
