"""Spans, mods and particles as the annotation guide has them, and the properties that hold for any text."""

import doctest
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenmatsu import times as package
from tenmatsu.times import find, infer_published, resolve
from tenmatsu.times.vocabulary import old_eras


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16年4月ごろから侵入", [("16年4月ごろ", "APPROX", "から")]),
        ("7月17日までに遮断", [("7月17日", "ON_OR_BEFORE", "までに")]),
        ("同日以降、実行され", [("同日", "ON_OR_AFTER", "以降")]),
        ("10月2日から3日にかけて", [("10月2日", None, "から"), ("3日", None, "にかけ")]),
        ("10月2日から3日まで", [("10月2日", None, "から"), ("3日", "ON_OR_BEFORE", "まで")]),
        ("~2018年2月14日 |", [("2018年2月14日", "ON_OR_BEFORE", "")]),
        ("2020年4月1日付にて", [("2020年4月1日", None, "付")]),
        ("9/24現在", [("9/24現在", None, "")]),
        ("10月上旬に", [("10月上旬", "START", "")]),
        ("半年以上を要した", [("半年以上", "EQUAL_OR_MORE", "")]),
        ("昨年 6 月 28 日、", [("昨年 6 月 28 日", None, "")]),
        ("22 時 頃 か ら", [("22 時 頃", "APPROX", "から")]),
        ("7月以来", [("7月", "ON_OR_AFTER", "以来")]),
        ("12/31に侵入され、1/2に気づいた", [("12/31", None, ""), ("1/2", None, "")]),
        ("3/1に侵入され、1/2の端末が感染した", [("3/1", None, "")]),
        ("12/31に調べ、件数は1/2に減った", [("12/31", None, "")]),
        ("10月2日から3日にかけて遮断", [("10月2日", None, "から"), ("3日", None, "にかけ")]),
        ("全店のうち、16日は一部を閉めた。", [("16日", None, "")]),
        ("7日と8日に謝罪した。", [("7日", None, ""), ("8日", None, "")]),
        ("停止し、26日から28日にかけて復旧", [("26日", None, "から"), ("28日", "ON_OR_BEFORE", "にかけ")]),
        ("調査は3日から5日かかる", [("5日", None, "")]),
        ("A1. 2月10日に検知", [("2月10日", None, "")]),
        ("2023. 4. 12", [("2023. 4. 12", None, "")]),
        ("大晦日から元日まで", [("大晦日", None, "から"), ("元日", "ON_OR_BEFORE", "まで")]),
        ("元日本代表の選手", []),
        ("10月末までに再開", [("10月末", "END", "までに")]),
        ("3日後の21日に公表", [("3日後", None, ""), ("21日", None, "")]),
        ("6 月 5 日(月)~", [("6 月 5 日(月)", "ON_OR_AFTER", "~")]),
    ],
)
def test_spans_mods_and_particles(text, expected):
    assert [(one.text, one.mod, one.particle) for one in find(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "20-1(第20条)", "第3報", "0120-502-169", "CVE-2021-44228", "24時間365日", "受付時間 平日10時~18時", "一時停止",
        "report_2020-01-02.pdf", "2月30日", "13月5日", "これまで当面今後", "四日市市", "3分の1", "Ver.2020.1.1", "25:61",
        "2時間目の授業", "2泊3日の出張", "3年生", "50代", "24時間営業", "夏休み明けの学生", "月曜日から金曜日の営業", "水曜日は定休",
        "FAQのQ1-1", "15日に2回停止", "2021春号", "文化30年", "令和十十年", "3日で復旧", "18,746名分",
        "現時点では", "その後", "当時の責任者", "今回", "V5.0", "192.168.1.23",
    ],
)  # fmt: skip
def test_look_alikes(text):
    assert find(text) == []


def test_ends_of_a_range():
    assert [one.role for one in find("2021年11月3日~2022年1月12日")] == ["start", "end"]


ALPHABET = st.sampled_from(
    "0123456789年月日時分(月)/-.~〜から まで同翌昨ごろ半数午前後令和元平成十二三一〇第条約間以上前後末度期春営業週明け〃\n\t　１２⽉⽇,:"
)


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=60))
def test_any_text(text):
    found = find(text)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        at = one.end
    published = infer_published(text, found, [(0, len(text), "paragraph")])
    for day in (None, "2021-01-31", "[2020-02-10..2020-04-01]", published.value):
        resolved = resolve(found, text, published=day)
        assert len(resolved) == len(found)
        assert not any(one.value.startswith("REF") for one in resolved)


@pytest.mark.parametrize(("name", "year"), [("大化", 645), ("天保", 1830), ("慶応", 1865)])
def test_old_eras_count_from_their_first_year(name, year):
    assert [one.value_raw for one in find(f"{name}元年に")] == [f"{year:04d}"]
    assert [one.value_raw for one in find(f"{name}2年3月4日に")] == [f"{year + 1:04d}"]


def test_old_eras_follow_one_another():
    eras = list(old_eras().values())
    assert all(era.first <= era.last for era in eras)
    for era in eras:
        assert [one.value_raw for one in find(f"{era.name}元年に")] == [f"{era.first:04d}"]
        assert find(f"{era.name}{era.last - era.first + 2}年に") == []


def test_linear_on_dense_text():
    line = "10月2日から3日まで、同日10:00頃と2020/9/7、約2週間後の令和2年10月7日午前3時に" * 5 + "\n"

    def seconds(times):
        text = line * times
        begin = time.process_time()
        found = find(text)
        resolve(found, text, published="2020-12-11")
        return time.process_time() - begin

    seconds(2)
    assert seconds(80) < 12 * max(seconds(20), 0.02)


def test_the_examples_of_the_package_run():
    ran = doctest.testmod(package)
    assert ran.attempted > 8
    assert ran.failed == 0
