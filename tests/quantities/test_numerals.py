import pytest

from tenmatsu.quantities import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18,746", 18746),
        ("8万5千", 85000),
        ("3,504万", 35040000),
        ("903万1,734", 9031734),
        ("24.5万", 245000),
        ("24.5 万", 245000),
        ("3兆8,000億", 3.8e12),
        ("750 百万", 7.5e8),
        ("3千億", 3e11),
        ("1千万", 1e7),
        ("百二十五万", 1250000),
        ("一万二千三百四十五", 12345),
        ("二〇", 20),
        ("0", 0),
    ],
)
def test_value(text, value):
    assert numerals.value(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("数", (2, 6)), ("数百", (200, 999)), ("数万", (20000, 99999)), ("十数", (11, 19)), ("百数十", (110, 199))],
)
def test_vague_numbers_are_ranges(text, expected):
    assert numerals.bounds(text) == expected


def test_folding_keeps_offsets():
    text = "１，２３４件　約２４．５万台 ⼈"
    assert len(numerals.fold(text)) == len(text)
    assert numerals.fold(text) == "1,234件 約24.5万台 人"


def test_not_a_number():
    with pytest.raises(ValueError, match="not a number"):
        numerals.value("12x")
