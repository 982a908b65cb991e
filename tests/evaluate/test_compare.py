"""Spans, dates, organisations and phrases: what counts as the same."""

import pytest

from tenmatsu.evaluate.compare import Dates, Names, align, date_key, phrases_shared
from tenmatsu.evaluate.gold import gold_of


def gold(text, **more):
    return gold_of("g.json", {"doc": "d", "sha256": "0", **more}, text)


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ([(0, 2)], [(0, 2)], [(0, 0)]),
        ([(0, 2)], [(2, 4)], []),
        ([(0, 4), (4, 6)], [(3, 6)], [(1, 0)]),
        ([(0, 2)], [(0, 6), (0, 2)], [(0, 1)]),
        ([(0, 6)], [(0, 2), (2, 6)], [(0, 1)]),
        ([(0, 2), (4, 6)], [(4, 6), (0, 2)], [(0, 1), (1, 0)]),
        ([], [(0, 1)], []),
    ],
)
def test_spans_pair_once_best_overlap_first(left, right, pairs):
    assert align(left, right) == pairs


def test_ties_go_to_the_pair_that_is_alike():
    assert align([(0, 2)], [(0, 2), (0, 2)], lambda g, s: s == 1) == [(0, 1)]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("{2016-08,2017-06}", "{2017-06, 2016-08}", True),
        ("[2020-01-02,2020-01-01]", "[2020-01-01,2020-01-02]", True),
        ("2020-10-02/2020-10-03", "2020-10-03/2020-10-02", False),
        ("2016-04~", "2016-04", False),
        (None, "", True),
        (None, "2020", False),
    ],
)
def test_dates_are_equal_after_sorting_sets(left, right, same):
    assert (date_key(left) == date_key(right)) is same


@pytest.mark.parametrize(
    ("value", "system", "alone", "full"),
    [
        ("2020-09-07", "XXXX-09-07", True, False),
        ("2020-09-07", "2020-09-07", True, True),
        ("2020-09-07", "2019-09-07", False, False),
        ("2020-10-02/2020-10-03", "XXXX-10-02/XXXX-10-03", True, False),
        ("2020-10-02/2020-10-03", "2020-10-02/XXXX-10-03", False, False),
        ("../2020-12-11", "../XXXX-12-11", True, False),
        ("{2020-08,2020-06}", "{XXXX-06,XXXX-08}", True, False),
        ("2000-09-07", "XXXX-09-07", False, False),
        (None, "XXXX-09-07", False, False),
    ],
)
def test_a_year_that_the_document_does_not_print_may_stay_open(value, system, alone, full):
    text = "発生時期 2000/9/7 検知 9月7日"
    marks = [
        {"line": 1, "text": "2000/9/7", "type": "DATE", "value": "2000-09-07"},
        {"line": 1, "text": "9月7日", "type": "DATE", "value": "2020-09-07"},
    ]
    dates = Dates(gold(text, timexes=marks, year_basis="another document"))
    assert dates.alone(value, system) is alone
    assert dates.full(value, system) is full


def test_without_a_year_basis_the_year_is_needed():
    assert not Dates(gold("x")).alone("2020-09-07", "XXXX-09-07")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("架空商事株式会社", "架空商事", True),
        ("架空商事株式会社", "架空商事　株式会社", True),
        ("架空商事株式会社|みらい市", "みらい市|架空商事", True),
        ("架空商事株式会社", "架空商事|みらい市", False),
        ("架空商事株式会社", "同社", False),
        ("架空商事株式会社", None, False),
        (None, None, True),
        ("みらい", "みらい市", False),
    ],
)
def test_organisations_are_the_entity_that_the_gold_gives_their_names(left, right, same):
    text = "架空商事株式会社 架空商事 同社 みらい市 みらい みらい"
    marks = [
        {"line": 1, "text": "架空商事株式会社", "entity": "架空商事株式会社", "kind": "name"},
        {"line": 1, "text": "架空商事", "nth": 2, "entity": "架空商事株式会社", "kind": "name"},
        {"line": 1, "text": "同社", "entity": "架空商事株式会社", "kind": "anaphor"},
        {"line": 1, "text": "みらい市", "entity": "みらい市", "kind": "name"},
        {"line": 1, "text": "みらい", "nth": 2, "entity": "みらい市", "kind": "name"},
        {"line": 1, "text": "みらい", "nth": 3, "entity": "みらい銀行", "kind": "name"},
    ]
    assert Names(gold(text, mentions=marks)).same(left, right) is same


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        (["氏名", "住所"], ["住所", "氏名"], 2),
        (["顧客の氏名"], ["氏名"], 1),
        (["氏名", "顧客の氏名"], ["氏名"], 1),
        (["氏名"], ["電話"], 0),
        (["顧客の氏名", "氏名"], ["氏名", "顧客の氏名"], 2),
        (["氏名"], [""], 0),
        ([], ["氏名"], 0),
    ],
)
def test_phrases_pair_when_one_contains_the_other(left, right, shared):
    assert phrases_shared(left, right) == shared
