import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.knowledge import load
from tenmatsu.quantities.find import CounterRule, QualifierRule, find

COUNTERS = load("counters", CounterRule)
QUALIFIERS = load("quantity-qualifiers", QualifierRule)


@pytest.mark.parametrize("rule", COUNTERS, ids=lambda rule: rule.id)
def test_every_counter_holds_for_its_examples(rule):
    assert rule.positive
    assert rule.negative
    for text in rule.positive:
        assert any(one.rule == rule.id for one in find(text)), text
    for text in rule.negative:
        assert not any(one.rule == rule.id for one in find(text)), text


@pytest.mark.parametrize("rule", QUALIFIERS, ids=lambda rule: rule.id)
def test_every_qualifier_holds_for_its_examples(rule):
    import re

    assert rule.positive
    assert rule.negative
    pattern = re.compile(rule.pattern)
    for text in rule.positive:
        (one,) = find(text)
        assert pattern.search(one.text), text
        if rule.bound == "at_least":
            assert one.max is None, text
        if rule.bound in ("at_most", "below"):
            assert one.min is None, text
    for text in rule.negative:
        assert not any(pattern.search(one.text) for one in find(text)), text


def test_ids_are_unique():
    ids = [rule.id for rule in (*COUNTERS, *QUALIFIERS)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("約24.5万台", [("約24.5万台", 245000, 245000)]),
        ("国内外約 24.5 万台の端末", [("約 24.5 万台", 245000, 245000)]),
        ("最大 約 40,000 人分", [("最大 約 40,000 人分", None, 40000)]),
        ("最大で約４万2,000人分", [("最大で約４万2,000人分", None, 42000)]),
        ("少なくても3社", [("少なくても3社", 3, None)]),
        ("100件以上1,000件未満", [("100件以上1,000件未満", 100, 999)]),
        ("600~1000人", [("600~1000人", 600, 1000)]),
        ("数万回から数百万回", [("数万回から数百万回", 20000, 9999999)]),
        ("1万5000人余り", [("1万5000人余り", 15000, None)]),
        ("50余名", [("50余名", 50, None)]),
        ("400人を超える", [("400人を超える", 400, None)]),
        ("3万件弱", [("3万件弱", None, 30000)]),
        ("7409人のクレジットカード情報7645件", [("7409人", 7409, 7409), ("7645件", 7645, 7645)]),
        ("個人情報29万超", [("29万超", 290000, None)]),
        ("サーバ約20台、PC約100台", [("約20台", 20, 20), ("約100台", 100, 100)]),
        ("漏えい人数 0", [("0", 0, 0)]),
        ("150サイトのうち、2つ", [("150サイト", 150, 150), ("2つ", 2, 2)]),
        ("100Gbps~", [("100Gbps~", 1e11, None)]),
        ("120世帯分", [("120世帯分", 120, 120)]),
        ("漏えい件数　約1,200", [("約1,200", 1200, 1200)]),
    ],
)
def test_spans_and_bounds(text, expected):
    assert [(one.text, one.min, one.max) for one in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "9月7日", "2か月", "24時間365日", "Ver.1.2.3", "0120-502-169", "第20条", "第3報", "2段階認証", "4つの視点",
        "1つ", "男性(59)", "40代の男性", "1月", "2 個人情報の漏えい", "4 社内体制", "※1 件名", "複数の端末", "対策の3面",
        "七十七銀行", "四日市", "個人情報保護法22条の2第1項", "Microsoft 365", "2件目", "第3回", "3人目", "1人当たり",
        "一人ひとり", "10.0.0.1", "CVE-2021-44228", "2020-12-11", "9:00~17:30", "証券コード:3919", "3通信販売",
    ],
)  # fmt: skip
def test_look_alikes_are_no_counts(text):
    assert find(text) == []


@given(st.text(alphabet="0123456789０１.,，万億千百十数人件台名約最大で以上未満から~～ 　\n社円分の第(", max_size=60))
def test_text_is_the_slice_and_bounds_are_ordered(text):
    last = 0
    for one in find(text):
        assert text[one.start : one.end] == one.text
        assert one.start >= last
        assert one.start < one.end
        last = one.end
        if one.min is not None and one.max is not None:
            assert one.min <= one.max
