"""Resolution over whole notices of several genres, and the rules of the year one by one."""

import pytest

from tenmatsu.times import find, infer_published, resolve

HOSPITAL = """令和5年11月20日

患者様各位
青葉台記念病院

電子カルテの障害について（第2報）

当院では、令和5年10月31日（火）午前6時頃、電子カルテにつながらない状態となり、院内のサーバーが暗号化されていることが分かりました。
同日午後2時、県警に相談し、翌11月1日に対策本部を置きました。
外部の専門家が調べたところ、9月28日から10月30日までの間に、保守用の回線から入られていました。
11月6日（月）より一部の外来を再開し、12月上旬までに全診療科を再開する予定です。
昨年12月に行った点検では、この回線は対象外でした。
お問い合わせ：03-1234-5678（平日9時～17時）
"""

RETAIL = """2022年2月15日
株式会社みなと雑貨店

クレジットカード情報の漏えいについて

弊社のサイトで、2021年11月3日～2022年1月12日の間に購入されたお客様のカード情報が漏れた可能性があります。
1月13日、カード会社から連絡を受け、同日、カード決済を停止しました。
翌14日に調査を依頼し、2月4日に調査が終わりました。
・12月28日 改ざんされた画面が置かれる
・1月5日 不正利用が始まる
・1月13日 連絡を受ける
本年3月末までに新しい決済に切り替える予定です。
"""

UNIVERSITY = """メールの誤送信について

本学の職員が、5月26日（金）16時30分頃、学生120名に送るメールで宛先を取り違えました。
翌週5月29日（月）に受信者から指摘があり、その日に削除をお願いしました。
6月2日（金）までに全員の削除を確かめました。

2023年6月5日
港北学園大学
"""

BLOG = """ある配送会社の事件を読む

発生日 1999/4/1

同社は6月7日に不正アクセスを公表した。5月20日に不審な通信を検知し、翌21日に遮断、23日までに調べたという。
"""


def _values(text, published=None):
    found = find(text)
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, at + len(line), "item" if line.startswith("・") else "paragraph"))
        at += len(line) + 1
    day = published or infer_published(text, found, lines).value
    return day, [(one.text, got.value) for one, got in zip(found, resolve(found, text, published=day), strict=True)]


def test_hospital_with_eras():
    day, values = _values(HOSPITAL)
    assert day == "2023-11-20"
    assert values == [
        ("令和5年11月20日", "2023-11-20"),
        ("令和5年10月31日（火）午前6時頃", "2023-10-31T06:00"),
        ("同日午後2時", "2023-10-31T14:00"),
        ("翌11月1日", "2023-11-01"),
        ("9月28日", "2023-09-28"),
        ("10月30日", "2023-10-30"),
        ("11月6日（月）", "2023-11-06"),
        ("12月上旬", "2023-12"),
        ("昨年12月", "2022-12"),
    ]


def test_retail_over_the_new_year():
    day, values = _values(RETAIL)
    assert day == "2022-02-15"
    assert values == [
        ("2022年2月15日", "2022-02-15"),
        ("2021年11月3日", "2021-11-03"),
        ("2022年1月12日", "2022-01-12"),
        ("1月13日", "2022-01-13"),
        ("同日", "2022-01-13"),
        ("翌14日", "2022-01-14"),
        ("2月4日", "2022-02-04"),
        ("12月28日", "2021-12-28"),
        ("1月5日", "2022-01-05"),
        ("1月13日", "2022-01-13"),
        ("本年3月末", "2022-03"),
    ]


def test_university_dated_at_the_foot():
    day, values = _values(UNIVERSITY)
    assert day == "2023-06-05"
    assert values[:2] == [("5月26日（金）16時30分頃", "2023-05-26T16:30"), ("翌週5月29日（月）", "2023-05-29")]
    assert values[2:] == [
        ("その日", "2023-05-29"),
        ("6月2日（金）", "2023-06-02"),
        ("2023年6月5日", "2023-06-05"),
    ]


def test_a_lone_header_date_gives_no_year():
    day, values = _values(BLOG)
    assert day is None
    assert values == [
        ("1999/4/1", "1999-04-01"),
        ("6月7日", "XXXX-06-07"),
        ("5月20日", "XXXX-05-20"),
        ("翌21日", "XXXX-05-21"),
        ("23日", "XXXX-05-23"),
    ]


@pytest.mark.parametrize(
    ("text", "published", "values"),
    [
        ("12月7日に検知した。", "2022-01-21", ["2021-12-07"]),
        ("10月に切り替える予定です。", "2023-08-28", ["2023-10"]),
        ("昨年6月28日に検知した。同年7月8日に断定した。", "2020-03-01", ["2019-06-28", "2019-07-08"]),
        ("昨年6月28日に検知した。同年7月8日に断定した。", None, ["XXXX-06-28", "XXXX-07-08"]),
        ("2022年12月28日に検知し、1月5日に遮断した。", None, ["2022-12-28", "2023-01-05"]),
        ("2023年1月5日に遮断した。12月20日に侵入されていた。", None, ["2023-01-05", "2022-12-20"]),
        ("10月15日（金）に検知した。", "2022-03-01", ["2021-10-15"]),
        ("1998年4月に設立した当社は、5月10日に検知した。", "2021-06-01", ["1998-04", "2021-05-10"]),
        ("2024年10月1日午後6時19分から7時頃", None, ["2024-10-01T18:19", "2024-10-01T19:00"]),
        ("平成24年度から28年度", None, ["FY2012", "FY2016"]),
        ("2020年10月8日9:30に検知、その40分後に遮断。", None, ["2020-10-08T09:30", "2020-10-08T10:10"]),
        (
            "2016年8月と17年6月に受けた。2016年当時は知らず、10か月後に再び受けた。",
            None,
            ["2016-08", "2017-06", "2016", "2017-06"],
        ),
        (
            "6月8日に停止し、7月末の復旧を目指す。10日に一部を再開。",
            "2024-06-14",
            ["2024-06-08", "2024-07", "2024-06-10"],
        ),
        ("16年4月に侵入された。", None, ["2016-04"]),
        ("2年以上前の16年4月に侵入された。", None, ["2016-04", "2016-04"]),
        ("現在、調査中です。", "2020-12-11", ["2020-12-11"]),
        ("現在、調査中です。", "[2020-02-10..2020-04-01]", ["PRESENT_REF"]),
        ("2020年10月8日に確認、その3日後に公表。", None, ["2020-10-08", "2020-10-11"]),
        ("2021年3月5日、同日夜に停止。翌月に再開。", None, ["2021-03-05", "2021-03-05TNI", "2021-04"]),
        ("2月29日に検知した。", "2023-03-10", ["XXXX-02-29"]),
        ("2024年12月31日に停止、翌日に復旧。", None, ["2024-12-31", "2025-01-01"]),
    ],
)
def test_values(text, published, values):
    found = find(text)
    assert [one.value for one in resolve(found, text, published=published)] == values


def test_every_anchor_is_named():
    found = find(RETAIL)
    anchors = {
        "explicit",
        "context_year",
        "document_date",
        "previous_mention",
        "range_partner",
        "linked_document",
        "none",
    }
    for one in resolve(found, RETAIL, published="2022-02-15"):
        assert one.anchor in anchors
        assert one.anchor_index is None or 0 <= one.anchor_index < len(found)


def test_heading_gives_day_and_year():
    text = "2014年5月27日\n6:16 検知\n10:00頃 遮断\n5月28日 公表\n"
    found = find(text)
    values = [one.value for one in resolve(found, text, headings=[(0, 10, len(text))])]
    assert values == ["2014-05-27", "2014-05-27T06:16", "2014-05-27T10:00", "2014-05-28"]


def _value(text, published):
    found = find(text)
    return resolve(found, text, published=published, paragraphs=[(0, len(text))])[0].value


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("1月14日(火)に報告した。", "2025-01-09", "2025-01-14"),
        ("3月10日に報告書を受領した。", "2022-03-04", "2022-03-10"),
        ("12月24日に検知した。", "2025-01-09", "2024-12-24"),
        ("11月2日に検知した。", "2025-03-09", "2024-11-02"),
    ],
)
def test_weekdays_are_evidence_and_the_next_weeks_belong_to_the_documents_year(text, published, expected):
    assert _value(text, published) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # a weekday decides between the years that the anchors give
        ("2018年1月10日に公表した。6月1日(木)に検知した。", None, "2017-06-01"),
        # a lone year without its month is as often that of another affair
        ("2014年の事件に似る。6月1日に検知した。", None, "XXXX-06-01"),
        ("12月28日(木)に侵入され、1月5日(金)に検知した。", "2024-01-10", "2024-01-05"),
        # an anchor that no weekday fits keeps its year
        ("2024年3月1日に公表した。3月3日(月)に再開した。", None, "2024-03-03"),
        # weekdays that only one year has fix the year, those of several years do not
        ("2月29日(木)に検知した。", None, "2024-02-29"),
        ("2月14日(水)に検知した。", None, "XXXX-02-14"),
        # hours past midnight
        ("2022年7月3日26時に遮断した。", None, "2022-07-04T02:00"),
        ("2022年12月31日24時に停止した。", None, "2023-01-01T00:00"),
        ("7月31日25:10に遮断した。", None, "XXXX-08-01T01:10"),
        # working days over a week-end and a holiday (2023-11-03 is 文化の日)
        ("2023年11月2日に検知し、翌営業日", None, "2023-11-06"),
        ("2023年11月2日に検知し、3営業日後", None, "2023-11-08"),
        # what a past tense tells does not lie behind the day of publication
        ("7月3日に報告を受けました。甲社は30日、近く復旧する予定と伝えてきました。", "2023-07-10", "2023-06-30"),
        ("甲社は30日、復旧する予定であると伝えてきました。", "2023-07-10", "2023-06-30"),
        ("甲社は30日に再開する予定と発表しました。", "2023-07-10", "2023-07-30"),
        # the story of last year goes on
        ("昨年10月末、病院が攻撃を受けた。10月31日の朝だった。", "2022-11-08", "2021-10-31TMO"),
        ("昨年10月31日に感染した。\n病院は11月2日に会見を開いた。", "2022-11-08", "2021-11-02"),
        ("年明けに発表があるはずだ。", "2021-12-29", "2022"),
        ("年明けから不正な通信が続いていた。", "2021-12-29", "2021"),
        ("年明けの5日に公表した。", "2023-01-10", "2023-01-05"),
        ("大晦日に侵入され、元日に気づいた。", "2023-01-10", "2023-01-01"),
        # turns of the year
        ("2020年12月10日に検知し、年明けに再開した", None, "2021"),
        ("年末に侵入された。", "2021-01-20", "2020"),
        ("年末までに再開する予定です。", "2021-06-20", "2021"),
        ("年末年始の間に侵入された。", "2021-01-20", "2020-12-29/2021-01-03"),
        ("春にかけて再開する予定です。", "2026-01-10", "2026-SP"),
        ("9月1日14時5分から6分", "2020-09-09", "2020-09-01T14:06"),
        ("19日に検知した。同日", None, "XXXX-XX-19"),
        ("19日に検知した。翌日", None, "XXXX-XX-20"),
        ("31日に検知した。翌日", None, "XXXX-XX-XX"),
        ("2021年度に始めた。同年度", None, "FY2021"),
        ("2020年9月7日|検知した\n〃|遮断した", None, "2020-09-07"),
        # weeks and weekdays: past preferred, the next one in a plan
        ("先週金曜日", "2024-10-16", "2024-10-11"),
        ("先週の金曜", "2024-10-16", "2024-10-11"),
        ("先週の金曜", None, "XXXX-WXX-5"),
        ("再来週の水曜", "2024-03-05", "2024-03-20"),
        ("金曜日に検知した。", "2024-10-16", "2024-10-11"),
        ("金曜日に再開する予定です。", "2024-10-16", "2024-10-18"),
        ("金曜日に検知した。", None, "XXXX-WXX-5"),
        ("2024年10月4日に検知し、翌月曜日に", None, "2024-10-07"),
        ("2024年10月4日に検知し、翌週の水曜", None, "2024-10-09"),
        # the half of the day that the sentence has named, and hours past it
        ("16日の午後8時頃に侵入され、8時半頃", "2024-10-20", "2024-10-16T20:30"),
        ("16日の午後8時頃に侵入され、08:30", "2024-10-20", "2024-10-16T08:30"),
        ("16日の午後8時頃に侵入された。8時半頃", "2024-10-20", "2024-10-16T08:30"),
        ("16日夜に停止し、9時", "2024-10-20", "2024-10-16T21:00"),
        ("16日の午後8時頃に侵入され、深夜3時頃", "2024-10-20", "2024-10-17T03:00"),
        ("10月16日午後1時半から同3時半", "2024-10-20", "2024-10-16T15:30"),
        ("10月16日22時から2時", "2024-10-20", "2024-10-17T02:00"),
        ("7月18日22:30から翌2:00", "2022-08-01", "2022-07-19T02:00"),
        ("15年2月29日", None, "XXXX-02-29"),
        ("今夜6時", "2024-03-05", "2024-03-05T18:00"),
        ("昨夜1時", "2024-03-05", "2024-03-05T01:00"),
        # distances
        ("9月3日に検知し、3日後", None, "XXXX-09-06"),
        ("2月27日に検知し、3日後", None, "XXXX"),
        ("1年半前", "2024-03-05", "2022"),
        ("半年前", "2024-03-05", "2023"),
        ("2024年3月20日に検知し、半月後", None, "2024-04"),
        ("9999年前", "2024-03-05", "XXXX"),
        ("99999999日後", "2024-03-05", "XXXX"),
        # days off, and working days of a month
        ("2024年10月4日に検知し、休み明けに", None, "2024-10-07"),
        ("2024年10月1日に検知し、休み明けに", None, "XXXX-XX-XX"),
        ("GW明けに停止した。", "2024-06-20", "2024-05-07"),
        ("GW明けに停止した。", "2024-02-20", "2023-05-08"),
        ("お盆に停止した。", "2024-09-20", "2024-08-13/2024-08-16"),
        ("10月の第3営業日", "2024-10-20", "2024-10-03"),
        ("9月中間期", "2024-10-23", "2024-04/2024-09"),
        ("9月7日10:30に停止し、同時刻", "2020-10-01", "2020-09-07T10:30"),
        # 同日 in other words; a day whose month the narrative gives
        ("2020年9月7日に停止した。同じ日", None, "2020-09-07"),
        ("2020年9月7日に停止した。この日、", None, "2020-09-07"),
        ("2020年9月7日に停止した。その翌日", None, "2020-09-08"),
        ("2020年9月7日に停止した。同じ月", None, "2020-09"),
        ("昨年12月29日に検知した。4日", None, "XXXX-01-04"),
        ("創業は天保8年。9月7日に検知した。", None, "XXXX-09-07"),
        ("31日に停止した。同日25時", None, "XXXX-XX-XXT01:00"),
        # 翌19日 goes back to an 18日, whatever day was told since
        ("12月18日に停止した。20日より支援を受ける。翌19日", "2023-01-31", "2022-12-19"),
        ("10月9日に停止し、11日に調べた。翌12日", "2023-10-31", "2023-10-12"),
        # a note added later counts from its own day
        ("本文。\n【追記 6月25日】昨日", "2024-06-18", "2024-06-24"),
        # the lead's bare day, over a date of long before; a month told of a noun is no month of the days
        ("甲社は19日、発表した。昨年7月3日に停止した。同社は19日", "2025-02-19", "2025-02-19"),
        ("8月に公表された甲大の件で、同大は18日、報告書を公開した。", "2024-10-21", "2024-10-18"),
        # what a firm was long ago lends no year
        ("甲社は2017年9月に業者に登録されている。流出を7月12日", None, "XXXX-07-12"),
        ("2019年4月に設立された甲社は3月1日", "2024-03-02", "2024-03-01"),
        ("2018(平成30)年3月から5月", "2020-03-01", "2018-05"),
        # an announcement lies behind the days printed with their year
        ("発覚は2021年12月7日。2022年5月2日に報告した。6月7日に公表した。", None, "2022-06-07"),
        ("来年4月1日に必須化する。12月に訓練を行う予定です。", "2024-12-04", "2024-12"),
        ("10月までに点検を終えることとしています。", "2021-06-30", "2021-10"),
        ("被害を届け出たのは28日で、", "2024-11-05", "2024-10-28"),
    ],
)
def test_one_value(text, published, expected):
    found = find(text)
    assert resolve(found, text, published=published)[-1].value == expected


def test_a_bare_day_of_an_item_lies_between_the_dates_of_its_list():
    text = "・2月10日 異常を検知\n・連休明けの13日に相談し、\n・2月15日に調査を開始\n"
    found = find(text)
    values = [one.value for one in resolve(found, text, published="2024-03-22")]
    assert values[found.index(next(one for one in found if one.text == "13日"))] == "2024-02-13"


def test_the_same_day_after_a_stretch_is_that_of_the_item():
    text = "・7月18日　甲社から、5月19日から25日までの間に侵入されたとの報告を受け、同日、調査に着手。\n"
    assert resolve(find(text), text, published="2025-08-07")[-1].value == "2025-07-18"


@pytest.mark.parametrize(
    "text", ["令和元年4月30日に", "平成元年1月7日に", "2023年2月30日に", "翌25時に", "31時に", "2023年13月に"]
)
def test_what_the_calendar_lacks_is_no_time(text):
    assert find(text) == []


def test_the_evidence_is_told():
    text = "2024年3月1日に公表した。2月14日(水)に検知した。"
    note = resolve(find(text), text, published="2024-03-01")[-1].note
    assert "the weekday 水 agrees" in note
    assert "the document's date" in note
