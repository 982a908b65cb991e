"""The time reader held against the phrasebook (where it is at hand), and the harness that does so against itself."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _harness():
    spec = importlib.util.spec_from_file_location("tests_times_phrasebook", HERE / "phrasebook.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


pb = _harness()


@pytest.fixture(scope="module")
def exceptions():
    return pb.load_exceptions(HERE / "phrasebook-exceptions.tsv")


@pytest.fixture(scope="module")
def verdicts(phrasebook):
    return [(row, pb.judge(row)) for row in pb.load(phrasebook("time.tsv"))]


@pytest.fixture(scope="module")
def silences(phrasebook):
    return {expression: pb.silent(expression) for expression in pb.load_not_time(phrasebook("not-time.tsv"))}


# --- the phrasebook


def test_rows_seen_in_documents_are_read_as_stated(verdicts, exceptions):
    seen = [(row, verdict) for row, verdict in verdicts if row.seen]
    wrong = [(row, verdict) for row, verdict in seen if not verdict.right]
    failing = [(row, verdict) for row, verdict in wrong if row.expression not in exceptions]
    for row, verdict in failing:
        print(f"{row.expression} | {row.reading} | span {verdict.span}, value {verdict.value} | {verdict.shown}")
    rate = 1 - len(failing) / len(seen)
    print(f"raw {1 - len(wrong) / len(seen):.1%}, with exceptions {rate:.1%} of {len(seen)} rows")
    assert rate >= 0.97


def test_what_is_no_time_is_left_alone(silences, exceptions):
    found = [expression for expression, silent in silences.items() if not silent]
    failing = [expression for expression in found if expression not in exceptions]
    print(f"raw {1 - len(found) / len(silences):.1%} of {len(silences)} rows; found and not excepted: {failing}")
    assert 1 - len(failing) / len(silences) >= 0.99


def test_every_exception_is_still_one(verdicts, silences, exceptions):
    right = {row.expression: verdict.right for row, verdict in verdicts} | silences
    assert [expression for expression in exceptions if expression not in right] == []
    assert [expression for expression in exceptions if right[expression]] == []


def test_exceptions_have_reasons_and_stand_once(exceptions):
    lines = (HERE / "phrasebook-exceptions.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "expression\treason"
    assert len(lines) - 1 == len(exceptions)
    assert all(reason.strip() for reason in exceptions.values())


# --- the harness: what it takes for the same, and that it can fail


def _time(text, mod=None, *, role="", particle="", start=0):
    return pb.times.FoundTime(start, start + len(text), text, "DATE", "", mod, "", role, particle)


def _right(given, reading):
    return any(pb.agrees(got, want) for got in pb.given(given) for want in pb.stated(reading))


def _range(first, last, mods=(None, None)):
    return [(_time("a", mods[0], role="start"), first), (_time("b", mods[1], role="end"), last)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-02", ("2021-02-01", "2021-02-28")),
        ("FY2021", ("2021-04-01", "2022-03-31")),
        ("2021-Q2", ("2021-04-01", "2021-06-30")),
        ("2021-H2", ("2021-07-01", "2021-12-31")),
        ("2021-FA", ("2021-09-01", "2021-11-30")),
        ("2021-23", ("2021-09-01", "2021-11-30")),
        ("2024-W24", ("2024-06-10", "2024-06-16")),
        ("2024-W24-WE", ("2024-06-15", "2024-06-16")),
        ("2024-03/2025-02", ("2024-03-01", "2025-02-28")),
        ("XXXX-02", ("XXXX-02-01", "XXXX-02-29")),
        ("XXXX-XX-15", ("XXXX-XX-15", "XXXX-XX-15")),
        ("PRESENT_REF", None),
    ],
)
def test_day_bounds(value, expected):
    assert pb.day_bounds(value) == expected


@pytest.mark.parametrize(
    ("mod", "expected"),
    [
        ("START", [("2024-02-01", "2024-02-10")]),
        ("MID", [("2024-02-11", "2024-02-20")]),
        ("END", [("2024-02-21", "2024-02-29"), ("2024-02-29", "2024-02-29")]),
    ],
)
def test_thirds_of_a_month(mod, expected):
    assert pb.narrowed("2024-02-01", "2024-02-29", mod) == expected


@pytest.mark.parametrize(
    ("given", "reading"),
    [
        ([(_time("2024年"), "2024")], "2024-01/2024-12"),
        ([(_time("上旬", "START"), "2024-02")], "2024-02-01/2024-02-10 (mod=START)"),
        ([(_time("末", "END"), "2024-02")], "2024-02-29"),
        ([(_time("末", "END"), "2024-02")], "2024-02 mod=END"),
        ([(_time("以降", "ON_OR_AFTER"), "2024-02-05")], "2024-02-05/.."),
        ([(_time("頃", "APPROX", particle="から"), "2024-02")], "2024-02~/.."),
        ([(_time("上旬", "START", particle="まで"), "2024-02")], "../2024-02-10"),
        ([(_time("未明"), "2024-02-05TNI")], "2024-02-05T00:00/T03:00~"),
        ([(_time("昼"), "2024-02-05TMI")], "2024-02-05T12:00~"),
        ([(_time("8時"), "2024-02-05T08:00")], "T08:00"),
        (_range("2024-02-05", "2024-03-07", (None, "ON_OR_BEFORE")), "2024-02-05/2024-03-07"),
        (_range("FY2012", "FY2014"), "2012-04-01/2015-03-31"),
        ([(_time("3日後"), "2024-02-05"), (_time("5日"), "2024-02-05")], "2024-02-05"),
        ([(_time("6月", "ON_OR_BEFORE"), "2021-06"), (_time("3か月間"), "P3M")], "2021-04/2021-06"),
        ([(_time("2013年", "ON_OR_AFTER"), "2013"), (_time("10年間"), "P10Y")], "2013/2023"),
        ([(_time("半年"), "P0.5Y")], "P6M"),
        ([(_time("2024年6月第2週"), "2024-W24")], "2024-06-10/2024-06-16~ (ISO 2024-W24)"),
    ],
)
def test_the_same_in_another_notation_is_right(given, reading):
    assert _right(given, reading)


@pytest.mark.parametrize(
    ("given", "reading"),
    [
        pytest.param([(_time("a"), "2023-02-05")], "2024-02-05", id="year"),
        pytest.param([(_time("a"), "XXXX-02-05")], "2024-02-05", id="year left open"),
        pytest.param([(_time("a"), "2024-02-06")], "02-05", id="day of an open year"),
        pytest.param([(_time("a"), "2024-02")], "2024-02-05", id="too coarse"),
        pytest.param([(_time("a"), "2024-02-05T09:00")], "2024-02-05T08:00", id="clock"),
        pytest.param([(_time("a"), "2024-02-05")], "2024-02-05T08:00", id="no clock"),
        pytest.param([(_time("a"), "2024-02-05T08:00")], "2024-02-05", id="clock too many"),
        pytest.param([(_time("a"), "2024-02-05TAF")], "2024-02-05TMO", id="part of the day"),
        pytest.param([(_time("a"), "2024-02-05T08:00")], "2024-02-05T08:00 mod=APPROX", id="modifier missing"),
        pytest.param([(_time("a"), "2024-02-05T08:00")], "2024-02-05T08:00~/..", id="approximation and end missing"),
        pytest.param([(_time("a", "APPROX"), "2024-02-05")], "2024-02-05", id="modifier too many"),
        pytest.param([(_time("a", "END"), "2024-02-05")], "2024-02-05", id="third of a day"),
        pytest.param([(_time("a", "BEFORE"), "2024-02-05")], "2024-02-05 mod=AFTER", id="another modifier"),
        pytest.param([(_time("a", "MID"), "2024-02")], "2024-02 mod=END", id="another third"),
        pytest.param([(_time("a", "END"), "2024-02")], "2024-02", id="third too many"),
        pytest.param([(_time("a"), "2024-02")], "2024-02 mod=END", id="third missing"),
        pytest.param([(_time("a"), "2024-02-05")], "2024-02-05/..", id="end not open"),
        pytest.param([(_time("a", "ON_OR_BEFORE"), "2024-02-05")], "2024-02-05/..", id="the other side open"),
        pytest.param([(_time("a", "ON_OR_AFTER"), "2024-02-05")], "2024-02-05", id="open too many"),
        pytest.param(_range("2024-02-05", "2024-03-08"), "2024-02-05/2024-03-07", id="end of a range"),
        pytest.param(_range("2024-02-05", "2024-03-07", (None, "APPROX")), "2024-02-05~/2024-03-07", id="edge of mod"),
        pytest.param(_range("2024-02-05", "2024-03-07"), "{2024-02-05,2024-03-07}", id="range for a set"),
        pytest.param(
            [(_time("a"), "2024-02-05"), (_time("b"), "2024-03-07")], "2024-02-05/2024-03-07", id="set for a range"
        ),
        pytest.param([(_time("a"), "2024-02-05")], "{2024-02-05,2024-03-07}", id="second missing"),
        pytest.param([(_time("a"), "2024-02-05"), (_time("b"), "2024-02-06")], "2024-02-05", id="date too many"),
        pytest.param([(_time("a"), "P3M")], "P3D", id="duration"),
        pytest.param([(_time("a"), "P3M")], "P3M mod=EQUAL_OR_MORE", id="modifier of a duration"),
        pytest.param([(_time("a"), "P1Y")], "2023", id="duration for a year"),
        pytest.param(
            [(_time("a", "ON_OR_BEFORE"), "2021-06"), (_time("b"), "P4M")], "2021-01/2021-06", id="counted off wrongly"
        ),
        pytest.param([(_time("a"), "2024-02-05")], "PAST_REF", id="a reading without a value"),
        pytest.param([], "2024-02-05", id="nothing found"),
    ],
)
def test_what_differs_is_wrong(given, reading):
    assert not _right(given, reading)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("10月2日から3日まで", [(0, 5), (7, 9)], True),
        ("2月5日 か ら", [(0, 4)], True),
        ("2月5日(金)", [(0, 7)], True),
        ("2月5日(金)", [(0, 6)], False),
        ("23時4分", [(0, 4)], False),
        ("3日間", [(0, 2)], False),
        ("2月5日ごろ", [(0, 4)], False),
        ("午前中に", [(0, 2)], False),
        ("昨年2月5日", [(2, 6)], False),
        ("2月5日", [(0, 5)], False),
        ("2月5日", [], False),
    ],
)
def test_exact_spans(text, spans, expected):
    assert pb.covers(f"{text}、", 0, len(text), spans) is expected


@pytest.mark.parametrize(
    ("reading", "published", "value"),
    [
        ("week of DCT", "2020-12-09", "2020-W50"),
        ("week after DCT", "2020-12-09", "2020-W51"),
        ("week before DCT", "2020-12-09", "2020-W49"),
        ("week of prev", None, "2020-W40"),
        ("FY of DCT", "2020-12-09", "FY2020"),
        ("FY of DCT - 1", "2020-12-09", "FY2019"),
        ("FY of DCT, 03-31", "2020-12-09", "2021-03-31"),
        ("DCT=2021-02-01; (DCT+1D)/..", "2021-02-01", "2021-02-02/.."),
        ("DCT-1Y", "2020-12-09", "2019"),
        ("(DCT-1D)TNI", "2020-12-09", "2020-12-08TNI"),
        ("(DCT year-1)-22", "2020-12-09", "2019-22"),
        ("prev+PT40M", None, "2020-10-02T11:10"),
        ("prev+P1M mod=APPROX", None, "2020-11 mod=APPROX"),
        ("prev+1D TMO", None, "2020-10-03TMO"),
        ("next business day after prev", None, "2020-10-05"),
        ("heading=2014-05-27; T10:00", None, "2014-05-27T10:00"),
        ("literal 2003-09-01; meant 2023-09-01", "2003-12-31", "2003-09-01"),
        ("2009-09-05", "2009-12-31", "2009-09-05"),
        ("yearless; 08-21/08-31", None, "08-21/08-31"),
    ],
)
def test_terms_of_a_reading_are_filled_in(reading, published, value):
    past, planned = pb.carriers(pb.Row("それ", "", reading, True))
    assert (past.published, past.value) == (planned.published, planned.value) == (published, value)


def test_the_carrier_tells_what_the_reading_assumes_before_the_expression():
    one = pb.carriers(pb.Row("翌日", "", "prev=2014-07-11; 2014-07-12", True))[0]
    assert one.text[: one.start] == "2014年7月11日に検知した。"
    assert one.text[one.start :].startswith("翌日、")


def test_a_row_is_judged_by_both_span_and_value():
    good = pb.Row("2024年1月16日", "", "2024-01-16", True)
    assert pb.judge(good).right
    assert not pb.judge(pb.Row(good.expression, "", "2023-01-16", True)).value
    assert not pb.judge(pb.Row("報告書2024年1月16日", "", "2024-01-16", True)).span
    assert pb.silent("四日市")
    assert not pb.silent(good.expression)
