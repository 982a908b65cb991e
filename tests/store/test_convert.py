"""Rows become what databases store, and come back as they were."""

import datetime

import pytest

from tenmatsu.store.convert import UnfitError, check, fits, given, stored
from tenmatsu.tables import names


@pytest.mark.parametrize(
    ("days", "least", "most"),
    [("25", 25, 25), ("10..31", 10, 31), ("10..", 10, None), ("..31", None, 31), (None, None, None), ("0", 0, 0)],
)
def test_a_delay_has_its_least_and_most_days(days, least, most):
    row = stored("cards", {"dwell_days": days})
    assert row == {"dwell_days": days, "dwell_days_min": least, "dwell_days_max": most}


def test_a_date_has_its_first_and_last_day():
    row = stored("incidents", {"detection": "2024-02", "disclosure": "XXXX-03-01", "containment": None})
    assert (row["detection_begin"], row["detection_end"]) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert row["disclosure_begin"] is row["disclosure_end"] is row["containment_begin"] is None
    assert row["detection"] == "2024-02"


def test_days_of_events_and_empty_incidents_come_back_as_they_were():
    event = dict.fromkeys(names("events"), "x") | {"date_begin": "0001-01-01", "date_end": None}
    assert given("events", [stored("events", event)[name] for name in names("events")]) == event
    conflict = dict.fromkeys(names("conflicts"), "x") | {"incident_id": ""}
    assert stored("conflicts", conflict)["incident_id"] is None
    assert given("conflicts", [stored("conflicts", conflict)[name] for name in names("conflicts")]) == conflict


def test_a_day_that_is_none_is_told():
    with pytest.raises(UnfitError, match="'XXXX-10-02' is no day"):
        stored("events", {"date_begin": "XXXX-10-02"})


def test_what_databases_refuse_is_told_with_its_place():
    check(
        {
            "texts": [
                {"text": r"a backslash and u0000: \u0000", "n": 1, "list": ["あ"], "day": datetime.date(2024, 1, 1)}
            ]
        }
    )
    with pytest.raises(UnfitError, match=r"cards\.leaked holds the character U\+0000"):
        check({"texts": [{"text": "a"}], "cards": [{"leaked": ["a", "b\0"]}]})
    with pytest.raises(UnfitError, match=r"texts\.text holds U\+DC80"):
        check({"texts": [{"text": "a\udc80"}]})
    assert [fits(text) for text in ("", "あ", "a\0", "\udfff")] == [True, True, False, False]
