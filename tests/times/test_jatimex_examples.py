"""The kinds of time expression that ja-timex documents (its README, docs and test names), read by tenmatsu.times.

Short expressions are theirs; sentences, expected values and the choice are ours. What ja-timex and we write
differently for the same reading:

==========================  ==============================  =====================================================
expression                  ja-timex                        tenmatsu.times
==========================  ==============================  =====================================================
2008年4月                   ``2008-04-XX``                  ``2008-04``: what is not told at the end is left out
2021年                      ``2021-XX-XX``                  ``2021``
午後10時45分                ``T22-45-XX``                   ``XXXX-XX-XXT22:45``: colons, and the day is open
8時45分30秒                 ``T08-45-30``                   ``T08:45``: seconds are in the span, not in the value
23時                        ``T23-XX-XX``                   ``T23:00``
59分59秒                    TIME ``TXX-59-59``              DURATION ``PT59M59S``
7月18日(日)                 two tags                        one time, the weekday in its span
今月6日, 翌週28日           two tags                        one time, ``REF:month+0-06``, ``REF:next_week-28``
西暦2021年                  西暦 in the span                西暦 outside
昨年, 昨日                  DURATION ``P1Y`` mod BEFORE     DATE ``REF:year-1``, resolved against the document
今日                        DURATION ``P0D`` mod NOW        DATE ``REF:day+0``
1年前, 3日後                DURATION mod BEFORE, AFTER      DATE ``REF:before:P1Y``, ``REF:after:P3D``
1時間前                     DURATION mod BEFORE             TIME ``REF:before:PT1H``
1年近く                     mod APPROX                      mod LESS_THAN
2021年以前, 以降            the word in the span            the word is the particle outside, mod is the same
43年ぶり                    ぶり in the span                ぶり outside
週1回                       ``P1W`` freq ``1X``             ``P1W``; SET has no freq and no quant here
18日                        DATE                            DATE where the words around speak for a day
平成33年                    ``2021-XX-XX``                  ``2021``: eras go on in plans
先日, 12.5, 春              先日 DURATION; no others        none of them
第1四半期, Q1, 1Q           ``XXXX-Q1``                     ``REF:same_fy-Q1``: of the business year spoken of
1時間30分25秒, 3日おき      as here                         as here; 1日おき is every other day, ``P2D``
半日後                      DURATION mod AFTER              TIME ``REF:after:P0.5D``: half a day ends at an hour
慶応3年10月14日             the day as printed              ``1867``: months before 1873 went by the moon
昨夜1時                     two tags                        ``REF:day-1T25:00``, an hour past midnight
7月以来                     以来 in the span                以来 is the particle outside, mod ON_OR_AFTER
==========================  ==============================  =====================================================
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tenmatsu import times


class Row(NamedTuple):
    """An expression and how it is to be read; ``span`` where it is not the whole expression."""

    expression: str
    type: str
    value: str
    mod: str | None = None
    span: str = ""
    carrier: str = "点検は{}に行う。"


READ = [
    # DATE: figures, separators, widths, kanji
    Row("2021年7月18日", "DATE", "2021-07-18"),
    Row("2021/7/18", "DATE", "2021-07-18"),
    Row("2021-7-18", "DATE", "2021-07-18"),
    Row("2021.7.18", "DATE", "2021-07-18"),
    Row("2021/07", "DATE", "2021-07"),
    Row("2021年7月", "DATE", "2021-07"),
    Row("2008年4月", "DATE", "2008-04"),
    Row("2021年", "DATE", "2021"),
    Row("7月18日", "DATE", "XXXX-07-18"),
    Row("7/18", "DATE", "XXXX-07-18"),
    Row("12/10", "DATE", "XXXX-12-10"),
    Row("09/12", "DATE", "XXXX-09-12"),
    Row("7月", "DATE", "XXXX-07"),
    Row("18日", "DATE", "XXXX-XX-18"),
    Row("２０２１年", "DATE", "2021"),
    Row("２０２１年７月１８日", "DATE", "2021-07-18"),
    Row("二〇二一年七月十八日", "DATE", "2021-07-18"),
    Row("西暦2021年", "DATE", "2021", span="2021年"),
    Row("西暦2021/7/18", "DATE", "2021-07-18", span="2021/7/18"),
    Row("7月18日(日)", "DATE", "XXXX-07-18"),
    Row("7月18日（日曜日）", "DATE", "XXXX-07-18"),
    # DATE: eras
    Row("令和3年", "DATE", "2021"),
    Row("令和03年", "DATE", "2021"),
    Row("令和元年", "DATE", "2019"),
    Row("令和3年7月18日", "DATE", "2021-07-18"),
    Row("R3年7月18日", "DATE", "2021-07-18"),
    Row("Ｒ3/7/18", "DATE", "2021-07-18"),
    Row("平成31年", "DATE", "2019"),
    Row("平成33年", "DATE", "2021"),
    Row("昭和38年1月", "DATE", "1963-01"),
    Row("昭和64年", "DATE", "1989"),
    Row("大正15年", "DATE", "1926"),
    Row("明治45年", "DATE", "1912"),
    Row("明治二十六年", "DATE", "1893"),
    # DATE: seasons, fiscal years, quarters
    Row("2021年春", "DATE", "2021-SP"),
    Row("2021年夏", "DATE", "2021-SU"),
    Row("2021年秋", "DATE", "2021-FA"),
    Row("2021年冬", "DATE", "2021-WI"),
    Row("1998年度", "DATE", "FY1998"),
    Row("2021年第1四半期", "DATE", "2021-Q1"),
    # DATE: mod
    Row("2021年7月頭", "DATE", "2021-07", "START", carrier="点検は{}、再開は未定。"),
    Row("2021年初頭", "DATE", "2021", "START"),
    Row("2021年前半", "DATE", "2021", "START"),
    Row("2月初め", "DATE", "XXXX-02", "START"),
    Row("11月中旬", "DATE", "XXXX-11", "MID"),
    Row("2021年半ば", "DATE", "2021", "MID"),
    Row("2021年なかば", "DATE", "2021", "MID"),
    Row("2021年7月末", "DATE", "2021-07", "END"),
    Row("2021年後半", "DATE", "2021", "END"),
    Row("7月終わり", "DATE", "XXXX-07", "END"),
    Row("2021年7月前後", "DATE", "2021-07", "APPROX"),
    Row("2021年7月頃", "DATE", "2021-07", "APPROX"),
    Row("2021年以前", "DATE", "2021", "ON_OR_BEFORE", span="2021年"),
    Row("2021年以降", "DATE", "2021", "ON_OR_AFTER", span="2021年"),
    # TIME
    Row("23時59分", "TIME", "XXXX-XX-XXT23:59"),
    Row("23時59分59秒", "TIME", "XXXX-XX-XXT23:59"),
    Row("23時", "TIME", "XXXX-XX-XXT23:00"),
    Row("23:59", "TIME", "XXXX-XX-XXT23:59"),
    Row("23：59", "TIME", "XXXX-XX-XXT23:59"),
    Row("23:59:59", "TIME", "XXXX-XX-XXT23:59"),
    Row("25時30分", "TIME", "XXXX-XX-XXT25:30"),
    Row("29時", "TIME", "XXXX-XX-XXT29:00"),
    Row("12:10AM", "TIME", "XXXX-XX-XXT00:10"),
    Row("12:10 AM", "TIME", "XXXX-XX-XXT00:10"),
    Row("11:10PM", "TIME", "XXXX-XX-XXT23:10"),
    Row("9:00 AM", "TIME", "XXXX-XX-XXT09:00"),
    Row("AM12時10分", "TIME", "XXXX-XX-XXT00:10"),
    Row("pm11時10分", "TIME", "XXXX-XX-XXT23:10"),
    Row("午前0時", "TIME", "XXXX-XX-XXT00:00"),
    Row("午後10時45分", "TIME", "XXXX-XX-XXT22:45"),
    Row("午後1時半", "TIME", "XXXX-XX-XXT13:30"),
    Row("午前8時45分30秒", "TIME", "XXXX-XX-XXT08:45"),
    Row("2006年8月8日午前8時45分30秒", "TIME", "2006-08-08T08:45"),
    Row("午前", "TIME", "XXXX-XX-XXTMO"),
    Row("朝6時", "TIME", "XXXX-XX-XXT06:00"),
    Row("早朝6時", "TIME", "XXXX-XX-XXT06:00"),
    Row("夜11時半", "TIME", "XXXX-XX-XXT23:30"),
    Row("深夜2時", "TIME", "XXXX-XX-XXT02:00"),
    Row("深夜25時50分", "TIME", "XXXX-XX-XXT25:50"),
    # DURATION
    Row("3年間", "DURATION", "P3Y"),
    Row("2ヶ月", "DURATION", "P2M"),
    Row("2か月", "DURATION", "P2M"),
    Row("2カ月", "DURATION", "P2M"),
    Row("3箇月", "DURATION", "P3M"),
    Row("83日間", "DURATION", "P83D"),
    Row("1週間", "DURATION", "P1W"),
    Row("1時間", "DURATION", "PT1H"),
    Row("三時間", "DURATION", "PT3H"),
    Row("30分間", "DURATION", "PT30M"),
    Row("10秒間", "DURATION", "PT10S"),
    Row("59分59秒", "DURATION", "PT59M59S"),
    Row("5年9カ月", "DURATION", "P5Y9M"),
    Row("1時間30分", "DURATION", "PT1H30M"),
    Row("1時間半", "DURATION", "PT1.5H"),
    Row("10分半", "DURATION", "PT10.5M"),
    Row("1年半", "DURATION", "P1.5Y"),
    Row("5ヶ月半", "DURATION", "P5.5M"),
    Row("2週間半", "DURATION", "P2.5W"),
    Row("半年", "DURATION", "P0.5Y"),
    Row("43年ぶり", "DURATION", "P43Y", span="43年"),
    Row("1年近く", "DURATION", "P1Y", "LESS_THAN"),
    # counted from now or from another time
    Row("1年前", "DATE", "REF:before:P1Y"),
    Row("1年ほど前", "DATE", "REF:before:P1Y", "APPROX"),
    Row("2年半ほど前", "DATE", "REF:before:P2.5Y", "APPROX"),
    Row("半年前", "DATE", "REF:before:P0.5Y"),
    Row("1ヶ月後", "DATE", "REF:after:P1M"),
    Row("1週間前", "DATE", "REF:before:P1W"),
    Row("3日後", "DATE", "REF:after:P3D"),
    Row("1時間半後", "TIME", "REF:after:PT1.5H"),
    Row("30分前", "TIME", "REF:before:PT30M"),
    Row("昨日", "DATE", "REF:day-1"),
    Row("一昨日", "DATE", "REF:day-2"),
    Row("今日", "DATE", "REF:day+0"),
    Row("明日", "DATE", "REF:day+1"),
    Row("翌日", "DATE", "REF:next_day"),
    Row("翌々日", "DATE", "REF:next2_day"),
    Row("先週", "DATE", "REF:week-1"),
    Row("来週", "DATE", "REF:week+1"),
    Row("先月", "DATE", "REF:month-1"),
    Row("先々月", "DATE", "REF:month-2"),
    Row("来月", "DATE", "REF:month+1"),
    Row("昨年", "DATE", "REF:year-1"),
    Row("おととし", "DATE", "REF:year-2"),
    Row("一昨年", "DATE", "REF:year-2"),
    Row("今年", "DATE", "REF:year+0"),
    Row("来年", "DATE", "REF:year+1"),
    Row("今月6日", "DATE", "REF:month+0-06"),
    Row("翌週28日", "DATE", "REF:next_week-28"),
    # SET
    Row("毎日", "SET", "P1D"),
    Row("毎週", "SET", "P1W"),
    Row("毎月", "SET", "P1M"),
    Row("毎年", "SET", "P1Y"),
    Row("週1回", "SET", "P1W"),
    Row("月2回", "SET", "P1M"),
    Row("年1回", "SET", "P1Y"),
    # wider forms
    Row("2021・7・18", "DATE", "2021-07-18"),
    Row("2021,7,18", "DATE", "2021-07-18"),
    Row("2021年/7月/18日", "DATE", "2021-07-18"),
    Row("2021/7", "DATE", "2021-07"),
    Row("大化1年", "DATE", "0645"),
    Row("水曜日", "DATE", "XXXX-WXX-3"),
    Row("2021春", "DATE", "2021-SP"),
    Row("2021/春", "DATE", "2021-SP"),
    Row("第1四半期", "DATE", "REF:same_fy-Q1"),
    Row("Q1", "DATE", "REF:same_fy-Q1"),
    Row("1Q", "DATE", "REF:same_fy-Q1"),
    Row("11世紀", "DATE", "10XX"),
    Row("7世紀末", "DATE", "06XX", "END"),
    Row("16世紀頃", "DATE", "15XX", "APPROX"),
    Row("紀元前202年", "DATE", "BC0202"),
    Row("紀元前1世紀", "DATE", "BC00XX"),
    Row("2021年始め", "DATE", "2021", "START"),
    Row("令和2年おわり", "DATE", "2020", "END"),
    Row("7月以来", "DATE", "XXXX-07", "ON_OR_AFTER", span="7月"),
    Row("今朝6時", "TIME", "REF:day+0T06:00"),
    Row("今夜6時", "TIME", "REF:day+0T18:00"),
    Row("30分", "DURATION", "PT30M", carrier="復旧に{}かかった。"),
    Row("9秒80", "DURATION", "PT9.80S"),
    Row("1,000時間", "DURATION", "PT1000H"),
    Row("1.5時間", "DURATION", "PT1.5H"),
    Row("0.5日間", "DURATION", "P0.5D"),
    Row("1年2ヶ月10日", "DURATION", "P1Y2M10D"),
    Row("1時間30分25秒", "DURATION", "PT1H30M25S"),
    Row("半月", "DURATION", "P0.5M"),
    Row("半日", "DURATION", "P0.5D"),
    Row("半世紀", "DURATION", "P50Y"),
    Row("四半世紀", "DURATION", "P25Y"),
    Row("30年もの間", "DURATION", "P30Y", span="30年", carrier="{}使われた。"),
    Row("8日目", "DURATION", "P8D"),
    Row("1年くらい", "DURATION", "P1Y", "APPROX"),
    Row("1年前後", "DURATION", "P1Y", "APPROX"),
    Row("1年くらい前", "DATE", "REF:before:P1Y", "APPROX"),
    Row("半月後", "DATE", "REF:after:P0.5M"),
    Row("半日後", "TIME", "REF:after:P0.5D"),
    Row("1世紀前", "DATE", "REF:before:P100Y"),
    Row("四半世紀ほど前", "DATE", "REF:before:P25Y", "APPROX"),
    Row("一昨々日", "DATE", "REF:day-3"),
    Row("明後日", "DATE", "REF:day+2"),
    Row("先々週", "DATE", "REF:week-2"),
    Row("再来週", "DATE", "REF:week+2"),
    Row("再来月", "DATE", "REF:month+2"),
    Row("再来年", "DATE", "REF:year+2"),
    Row("毎時", "SET", "PT1H"),
    Row("毎分", "SET", "PT1M"),
    Row("毎秒", "SET", "PT1S"),
    Row("週に3回", "SET", "P1W"),
    Row("週三回", "SET", "P1W"),
    Row("週3日", "SET", "P1W"),
    Row("週40時間", "SET", "P1W"),
    Row("年20日", "SET", "P1Y"),
    Row("年に2回", "SET", "P1Y"),
    Row("3ヶ月に1回", "SET", "P3M"),
    Row("3日に1日", "SET", "P3D"),
    Row("2年に1度", "SET", "P2Y"),
    Row("1日に2回", "SET", "P1D"),
    Row("1日1時間", "SET", "P1D"),
    Row("1時間に1回", "SET", "PT1H"),
    Row("1分間に1回", "SET", "PT1M"),
    Row("3日おき", "SET", "P3D"),
    Row("2週おき", "SET", "P2W"),
    Row("30分おき", "SET", "PT30M"),
    Row("1時間ごと", "SET", "PT1H"),
    Row("6ヶ月ごと", "SET", "P6M"),
    Row("2年ごと", "SET", "P2Y"),
]

RANGES = [
    ("1901年〜2000年", ["1901", "2000"]),
    ("4月から5月にかけて", ["XXXX-04", "XXXX-05"]),
    ("10日-20日", ["XXXX-XX-10", "XXXX-XX-20"]),
    ("12:00〜17:30", ["XXXX-XX-XXT12:00", "XXXX-XX-XXT17:30"]),
    ("2/1〜2/14", ["XXXX-02-01", "XXXX-02-14"]),
    ("1〜2日間", ["P1D", "P2D"]),
    ("2005年11月から翌2006年7月", ["2005-11", "2006-07"]),
    ("午後1時半から同3時半", ["XXXX-XX-XXT13:30", "REF:same_dayT15:30"]),
    ("1、2日間", ["P1D", "P2D"]),
    ("1から2日前", ["REF:before:P1D", "REF:before:P2D"]),
]
NONE = [
    "一時的",
    "不十分",
    "強化月間",
    "世紀の瞬間",
    "千秋楽",
    "13/13",
    "0.5",
    "令和0年",
    "3回に1回",
    "Q5",
    "春日",
    "先日",
]


def _check(row: Row) -> None:
    text = row.carrier.format(row.expression)
    start = row.carrier.index("{}") + row.expression.index(row.span or row.expression)
    found = [(one.start, one.text, one.type, one.value_raw, one.mod) for one in times.find(text)]
    assert found == [(start, row.span or row.expression, row.type, row.value, row.mod)]


def _check_range(expression: str, values: list[str]) -> None:
    found = times.find(f"期間は{expression}の予定。")
    assert [one.value_raw for one in found] == values
    if found[0].type != "DURATION" and not values[0].startswith("REF:before"):
        assert [one.role for one in found] == ["start", "end"]


@pytest.mark.parametrize("row", READ, ids=lambda row: row.expression)
def test_documented_example_is_read(row: Row) -> None:
    _check(row)


@pytest.mark.parametrize(("expression", "values"), RANGES)
def test_documented_range_is_read(expression: str, values: list[str]) -> None:
    _check_range(expression, values)


@pytest.mark.parametrize("words", NONE)
def test_documented_look_alike_is_no_time(words: str) -> None:
    assert times.find(f"それは{words}のことです。") == []
