import pytest

from tenmatsu.times.edtf import bounds, event_date, interval


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2020-09-07", ("2020-09-07", "2020-09-07")),
        ("2016-08", ("2016-08-01", "2016-08-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-10-02/2020-10-03", ("2020-10-02", "2020-10-03")),
        ("../2019-07-17", (None, "2019-07-17")),
        ("2019-07-17/..", ("2019-07-17", None)),
        ("2016-04~", ("2016-04-01", "2016-04-30")),
        ("{2016-08,2017-06}", ("2016-08-01", "2017-06-30")),
        ("[2020-02-10..2020-04-01]", ("2020-02-10", "2020-04-01")),
        ("[2020-02-10..]", ("2020-02-10", None)),
        ("2022-24", ("2022-12-01", "2023-02-28")),
        ("XXXX-09-07", (None, None)),
        ("2020-02-30", (None, None)),
        ("nonsense", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_bounds(edtf, expected):
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    ("value", "mod", "expected"),
    [
        ("2020-12-12TMO", None, "2020-12-12"),
        ("2020-12-12T13:05", "ON_OR_BEFORE", "../2020-12-12"),
        ("2019-07-17", "ON_OR_BEFORE", "../2019-07-17"),
        ("2019-07-17", "ON_OR_AFTER", "2019-07-17/.."),
        ("2016-04", "APPROX", "2016-04~"),
        ("2016-04", "END", "2016-04"),
        ("FY2016", None, "2016-04-01/2017-03-31"),
        ("FY2016", "ON_OR_AFTER", "2016-04-01/.."),
        ("2023-Q3", None, "2023-07/2023-09"),
        ("2025-H1", None, "2025-01/2025-06"),
        ("2025-FA", None, "2025-23"),
        ("XXXX-09-07", None, "XXXX-09-07"),
        ("XXXX-XX-XX", None, None),
        ("XXXX", None, None),
        ("P2M", None, None),
        ("PRESENT_REF", None, None),
    ],
)
def test_event_date(value, mod, expected):
    assert event_date(value, mod) == expected


def test_interval():
    assert interval("2020-10-02", "2020-10-03") == "2020-10-02/2020-10-03"
    assert interval("2020-10-02", None) == "2020-10-02/.."
    assert interval(None, "2020-10-03") == "../2020-10-03"
    assert interval("2020-10-02", "2020-10-02") == "2020-10-02"
    assert interval("2020-09/2020-10", "2020-12/..") == "2020-09/.."
    assert interval(None, None) is None
