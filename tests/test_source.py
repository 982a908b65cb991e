"""What every source of documents has in common: names that can be written, and days of the calendar."""

from datetime import date
from pathlib import Path

import pytest

from tenmatsu.source import UnfitError, cleaned, encoded, shown, valid_published


def test_a_name_that_is_no_utf8_can_be_written():
    shown(Path("a\udcff.txt")).encode("utf-8")


def test_a_name_of_a_stranger_steers_nothing_and_has_an_end():
    assert cleaned("a\x00b\x1b[31m\n\ud800") == "a�b�[31m�?"
    assert len(cleaned("長" * 10_000)) == 500


def test_half_a_pair_is_no_text():
    assert encoded("𠮷") == "𠮷".encode()
    with pytest.raises(UnfitError, match="character 1"):
        encoded("a\ud800")


@pytest.mark.parametrize("value", ["2020-12-11", "2020-12", "2020", "2020-02-29"])
def test_days_of_the_calendar(value):
    assert valid_published(value) == value


def test_a_date_of_python_is_a_day():
    assert valid_published(date(2020, 12, 11)) == "2020-12-11"


@pytest.mark.parametrize(
    "value", ["2021-02-29", "2020-13", "11.12.2020", "", "2020-1-1", "令和2年", "2020-12-11\n", "0000"]
)
def test_what_is_no_day(value):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        valid_published(value)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2020-02-06", "2020-02-06"), ("2020/2/6", "2020-02-06"), ("2020.02.06", "2020-02-06"), ("2020年2月6日", "2020-02-06"),
     ("2020年2月", "2020-02"), ("2020/02", "2020-02"), ("2020", "2020"), ("2020年", "2020")],
)  # fmt: skip
def test_a_day_of_publication_as_people_write_it(written, expected):
    assert valid_published(written) == expected


@pytest.mark.parametrize(
    "written", ["2020-2-6", "2020/13/01", "令和2年2月6日", "6/2/2020", "2020-02-30", "20200206", ""]
)
def test_what_is_no_day_of_publication(written):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        valid_published(written)
