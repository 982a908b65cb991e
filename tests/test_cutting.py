"""Lines and records come whole, however the bytes come in pieces; what is too long costs itself and no memory."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.cutting import csv_records, lines


def pieces(data, size):
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=60).map(lambda data: data.replace(b"\x00", b"\n")), st.integers(1, 9))
def test_lines_do_not_depend_on_the_pieces(data, size):
    *whole, last = data.split(b"\n")
    assert list(lines(pieces(data, size), 1000)) == [*whole, *([last] if last else [])]


@given(st.lists(st.lists(st.text('ab",\r\n', max_size=6), min_size=1, max_size=3), max_size=5), st.integers(1, 7), st.sampled_from(["\n", "\r\n", "\r"]))  # fmt: skip
def test_records_are_those_of_the_csv_module(rows, size, end):
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    found = csv_records(pieces(written.getvalue().encode(), size), 1000)
    assert [next(csv.reader(io.StringIO(record.decode(), newline=""))) for record in found] == rows


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_mark_within_a_field_is_what_it_says(size):
    data = b'a,5" disk,b\nc,"x""y\nz",d\r\n"",e\n'
    assert list(csv_records(pieces(data, size), 100)) == [b'a,5" disk,b', b'c,"x""y\nz",d', b'"",e']


@pytest.mark.parametrize("cut", [lines, csv_records])
def test_what_is_too_long_costs_itself(cut):
    data = b"a\n" + b"x" * 50 + b"\nb\n" + b"y" * 11 + b"\n" + b"z" * 10 + b"\n"
    assert list(cut(pieces(data, 7), 10)) == [b"a", None, b"b", None, b"z" * 10]


def test_a_quoted_field_that_is_too_long_ends_where_it_is_closed():
    data = b'a,"' + b'x\n""' * 50 + b'",c\nd,e\n'
    assert list(csv_records(pieces(data, 9), 20)) == [None, b"d,e"]


@pytest.mark.parametrize(("cut", "piece"), [(lines, b"x" * 2**20), (csv_records, b'"' + b"y" * (2**20 - 1))])
def test_a_line_without_end_needs_no_memory(cut, piece):
    tracemalloc.start()
    try:
        assert list(cut((piece for _ in range(200)), 2**21)) == [None]
        assert tracemalloc.get_traced_memory()[1] < 12 * 2**20
    finally:
        tracemalloc.stop()
