"""Figures from counts, and intervals that are the same every time."""

import pytest

from tenmatsu.evaluate.bootstrap import figure
from tenmatsu.evaluate.layers import Counts


def test_counts_are_added_before_they_are_divided():
    one = figure([Counts(1, 2, 4), Counts(3, 4, 4)])
    assert one.counts == (4, 6, 8)
    assert (one.precision, one.recall, one.f1) == (4 / 6, 4 / 8, 8 / 14)


def test_no_denominator_no_figure():
    one = figure([Counts(0, 0, 3)])
    assert (one.precision, one.recall, one.f1) == (None, 0.0, 0.0)
    assert one.precision_interval is None
    empty = figure([])
    assert (empty.f1, empty.f1_interval) == (None, None)


def test_one_document_has_an_interval_of_one_value():
    assert figure([Counts(1, 2, 2)]).f1_interval == (0.5, 0.5)


def test_the_interval_holds_the_figure_and_repeats():
    documents = [Counts(n % 7, 7, 8) for n in range(12)]
    one = figure(documents)
    assert one == figure(documents)
    assert one.f1_interval[0] < one.f1 < one.f1_interval[1]


def test_the_interval_is_that_of_the_binomial_for_documents_of_one_item():
    # 100 documents of one item each, half of them right: the resampled share has a deviation of 0.05
    low, high = figure([Counts(n % 2, 1, 1) for n in range(100)]).recall_interval
    assert low == pytest.approx(0.4, abs=0.02)
    assert high == pytest.approx(0.6, abs=0.02)
