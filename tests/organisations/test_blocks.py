"""Numbered parts of a document: where they begin and end, and the organisation that each is about."""

import pytest

import tenmatsu
from tenmatsu.organisations.blocks import blocks
from tenmatsu.read.layout import analyse

CASES = """霞岡県教育委員会
令和7年10月24日

県立学校における個人情報の漏えい等について

県立学校において、書類の紛失及びメールの誤送信が発生しましたので、お知らせします。

事案１　県立北沢高等学校における書類の紛失
１　発生日　令和7年9月29日
２　経過
　10月2日　教諭が書類の紛失に気付く。
事案２　県立南浜特別支援学校における誤送信
　10月17日、同校の職員がメールを誤送信した。10月20日に受信者から指摘があり発覚した。

再発防止に向けた取組
　10月22日、県教育委員会は全ての県立学校に通知した。
"""

PARTS = """同じ穴から入られた3社

ミナト電機の製品の欠陥を突かれた3社を比べる。

1. 前提
ミナト電機は2021年2月16日に修正版を配布した。

2. 各社の状況
（1）帝都測地
1月30日に不審なファイルを置かれた。3月1日に公表した。
（2）ヒバリ薬品
2月27日に侵入された。同社は3月10日に公表した。
（3）ソラノ信販
3月5日に発覚した。

3. まとめ
ミナト電機は6月14日、提供を終えると発表した。
"""


def rows(text):
    lines, _ = analyse(text)
    return [
        [text[part.opens : text.index("\n", part.opens)] + f" {part.head}-{part.last}" for part in row]
        for row in blocks(text, lines)
    ]


def told(text):
    return [
        (event.type, event.org if isinstance(event.org, str) else None)
        for event in tenmatsu.extract(text).events.itertuples()
    ]


def test_parts_end_at_the_next_of_their_kind_or_at_one_above():
    assert ["帝都測地 9-10", "ヒバリ薬品 11-12", "ソラノ信販 13-15"] in rows(PARTS)
    assert any(row[0].startswith("前提") and len(row) == 3 for row in rows(PARTS))


def test_a_heading_without_a_mark_ends_the_cases():
    cases = next(row for row in rows(CASES) if len(row) == 2 and "北沢" in row[0])
    assert cases[1].endswith("12-14")


@pytest.mark.parametrize("text", ["", "\n\n", "1. 概要\n本文です。\n", "普通の文です。"])
def test_what_has_no_row_of_headings_has_no_parts(text):
    assert rows(text) == []


def test_each_case_is_about_the_school_that_its_heading_names():
    got = told(CASES)
    assert ("detection", "県立北沢高等学校") in got
    assert {org for kind, org in got if kind == "detection"} == {"県立北沢高等学校", "県立南浜特別支援学校"}
    assert ("error", "県立南浜特別支援学校") in got
    assert got[-1] == ("notification", "霞岡県教育委員会")


def test_headings_that_consist_of_names_show_the_names_beside_a_known_one():
    mentions = set(tenmatsu.extract(PARTS).mentions.entity)
    assert {"帝都測地", "ヒバリ薬品", "ソラノ信販"} <= mentions
    got = told(PARTS)
    assert ("intrusion", "ヒバリ薬品") in got
    assert ("detection", "ソラノ信販") in got
    assert ("disclosure", "ミナト電機") in got


def test_headings_of_another_kind_are_no_names_and_own_nothing():
    text = """株式会社みのりや

当社の対応について

（１）個人情報保護委員会への報告
5月3日に報告しました。
（２）株式会社ミナト情報への調査依頼
5月4日に調査を依頼しました。
（３）お客様
5月5日に連絡しました。
"""
    assert {org for _, org in told(text)} == {"株式会社みのりや"}
    assert "お客様" not in set(tenmatsu.extract(text).mentions.entity)
