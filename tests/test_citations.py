import pytest

from tenmatsu.citations import Named, find, is_citation, marks
from tenmatsu.read.layout import analyse


def test_marks_in_order_and_in_ascii():
    assert marks("確認した *3 *5、※１ [2]") == ["3", "5", "1", "2"]


def test_a_footnote_that_tells_something_is_no_citation():
    assert is_citation("甲社に不正アクセス,乙新聞,2020年12月7日")
    assert not is_citation("「本件サーバー」")
    assert not is_citation("掲示板には書き込みが12月10日に行われていた。")


def test_a_source_table_of_number_publisher_and_title():
    text = "調査ソース\n1\n\n甲省\n\n大臣会見 2020年1月31日\n\n2\n\n乙新聞\n\n甲社に攻撃 2020年2月6日\n"
    names = [Named(text.index(n), text.index(n) + len(n), n) for n in ("甲省", "乙新聞")]
    found = find("d", text, analyse(text)[0], names)
    assert [(c.mark, c.publisher, c.title, c.date) for c in found] == [
        ("1", "甲省", "大臣会見", "2020-01-31"),
        ("2", "乙新聞", "甲社に攻撃", "2020-02-06"),
    ]
    assert all(text[c.start : c.end] for c in found)


@pytest.mark.parametrize(
    ("line", "mark", "publisher", "title", "date", "url"),
    [
        ("[2] さくら物流 「不正アクセスのお知らせ」 2023年4月7日 https://example.jp/a", "2", "さくら物流", "不正アクセスのお知らせ", "2023-04-07", "https://example.jp/a"),
        ("（注1）甲紙「攻撃の検知」（2023年4月7日）", "1", "甲紙", "攻撃の検知", "2023-04-07", None),
        ("注2) 甲社『報告書「第2報」』2023年4月7日、https://example.jp/d。", "2", "甲社", "報告書「第2報」", "2023-04-07", "https://example.jp/d"),
        ("[6] 甲社：「「緊急」のお知らせ」 2023.4.7 <https://example.jp/e>", "6", "甲社", "「緊急」のお知らせ", "2023-04-07", "https://example.jp/e"),
        ("¹ 「侵入の件」 甲紙 2023年4月7日", "1", "甲紙", "侵入の件", "2023-04-07", None),
        ("† 甲紙「侵入の件」2023年4月7日付", "†", "甲紙", "侵入の件", "2023-04-07", None),
        ("［３］ 侵入の件 https://example.jp/b （2024年3月1日閲覧）", "3", None, "侵入の件", None, "https://example.jp/b"),
        ("[4] 甲紙「侵入の件」 2023年4月7日 https://example.jp/c 最終閲覧日：2024年3月1日", "4", "甲紙", "侵入の件", "2023-04-07", "https://example.jp/c"),
        ("※1「不正アクセスについて」https://example.jp/f", "1", None, "不正アクセスについて", None, "https://example.jp/f"),
        ("(注1)「不正アクセスについて」https://example.jp/f", "1", None, "不正アクセスについて", None, "https://example.jp/f"),
        ("[1] 『侵入のご報告』 https://example.jp/f", "1", None, "侵入のご報告", None, "https://example.jp/f"),
        ("※2「不正アクセスに関するお知らせ(第2報)」", "2", None, "不正アクセスに関するお知らせ(第2報)", None, None),
        ("*1:「ITサービス」に被害か 甲社,乙紙,2020年12月7日", "1", None, "「ITサービス」に被害か 甲社", "2020-12-07", None),
    ],
)  # fmt: skip
def test_the_parts_of_a_footnote_stand_apart(line, mark, publisher, title, date, url):
    text = f"不正アクセスについて\n\n本文です。\n\n{line}\n"
    found = find("d", text, analyse(text)[0], [])
    assert [(c.mark, c.publisher, c.title, c.date, c.url) for c in found] == [(mark, publisher, title, date, url)]


def test_the_publisher_is_the_name_beside_the_title():
    text = "[1] 甲紙 「乙社への侵入」 2023年4月7日\n"
    names = [Named(text.index(n), text.index(n) + len(n), f"{n}株式会社") for n in ("甲紙", "乙社")]
    assert [c.publisher for c in find("d", text, analyse(text)[0], names)] == ["甲紙株式会社"]


def test_marks_of_every_kind():
    assert marks("検知¹した（注2）。注3) Emotet⁴ [5] ［６］ [注釈 7] (※8) †") == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "†",
    ]
    assert marks("発注1件、10m²、受注2、10³、（1）") == []
