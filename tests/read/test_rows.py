import pytest

from tenmatsu.pipeline import extract_document
from tenmatsu.read.layout import analyse
from tenmatsu.read.rows import DatesOfRows, bar_cells, date_column, date_end, is_date, is_open, pieces, width


def table(text):
    """The rows of a text as (what dates it, cells with their heads)."""
    return [
        (text[slice(*line.dated)] if line.dated else None, [(text[c.start : c.end], c.header) for c in line.cells])
        for line in analyse(text)[0]
        if line.role == "row"
    ]


def events(text):
    return [(e.text, e.date, e.org) for e in extract_document(text.encode(), "x.txt").events]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024年3月1日　サーバーに侵入", "2024年3月1日"),
        ("2024 年 3 月 1 日(金)  検知", "2024 年 3 月 1 日(金)"),
        ("令和2.11.2(月)　検知", "令和2.11.2(月)"),
        ("3/1: 検知", "3/1"),
        ("2016/09/02 14:10 検知", "2016/09/02 14:10"),
        ("3月3日22時　通信を遮断", "3月3日22時"),
        ("3月1日(火)10時20分頃　検知", "3月1日(火)10時20分頃"),
        ("2024年3月1日～3月5日　調査", "2024年3月1日～3月5日"),
        ("3/1～3/5　　調査", "3/1～3/5"),
        ("3月上旬　復旧", "3月上旬"),
        ("**2024年3月1日** 検知", "**2024年3月1日"),
        ("3月1日　はがきを誤送付", "3月1日"),
        ("3月1日　日本支社から報告", "3月1日"),
    ],
)
def test_a_date_opens_a_row(line, date):
    stop = date_end(line, 0, len(line))
    assert stop is not None
    assert line[:stop] == date


@pytest.mark.parametrize(
    "line",
    [
        "2023年11月8日 に報告書を公表した。", "2024 年 3 月 1 日 に検知した。", "3月1日　は休業日でした。", "3月1日 から3月5日に調査した。",
        "3月1日 より再開する。", "3月1日 まで停止した。", "3月1日 の攻撃", "3月1日 付で公表", "3月1日 頃に検知", "3月1日 以降", "3月1日に検知",
        "1.2 経緯", "2. 文書管理の徹底", "3-5 件の被害", "同日　遮断",
    ],
)  # fmt: skip
def test_prose_and_numbers_open_no_row(line):
    assert date_end(line, 0, len(line)) is None


def test_relative_days_open_rows_inside_a_table_only():
    assert date_end("同日　遮断", 0, 5, relative=True) == 2


def test_prose_with_a_blank_behind_the_day_lends_its_date_to_no_later_sentence():
    assert events("2023年11月8日 に報告書を公表した。サーバーに侵入されていた。") == [
        ("公表", "2023-11-08", None),
        ("侵入", None, None),
    ]
    assert dict(e[:2] for e in events("2024 年 3 月 1 日 に検知した。なお、個人情報が流出した。"))["流出"] is None


TWO = "甲山商事株式会社と乙川物産株式会社が公表した。\n\n日時　甲山商事　乙川物産\n2024年3月1日　　サーバーへの侵入。\n2024年3月6日　　異常を検知。　　復旧作業を開始。\n"


@pytest.mark.parametrize(
    "tail", ["", "\n更新履歴\n2024年4月10日 AM 新規作成", "\n2024年4月10日 公開\n", "本文です。\n3月1日 攻撃。\n"]
)
def test_what_follows_a_table_shifts_no_cell(tail):
    dated = table(TWO + tail)
    assert dated[0][1] == [
        ("2024年3月1日", "日時"), ("サーバーへの侵入。", "甲山商事"), ("", "乙川物産"),
    ]  # fmt: skip
    assert [cell for cell, _ in dated[1][1]] == ["2024年3月6日", "異常を検知。", "復旧作業を開始。"]
    assert ("侵入", "2024-03-01", "甲山商事株式会社") in events(TWO + tail)
    assert ("復旧作業", "2024-03-06", "乙川物産株式会社") in events(TWO + tail)


def test_columns_set_at_display_columns():
    text = (
        "日時            甲山商事              乙川物産\n"
        "2023年3月1日    サーバーへ侵入\n"
        "3月5日          異常を検知\n"
        "3月6日                                復旧作業を開始\n"
        "3月7日          警察へ相談            調査を開始\n"
        "                                      取引先へ連絡\n"
    )
    assert [[cell for cell, _ in cells[1:]] for _, cells in table(text)] == [
        ["サーバーへ侵入", ""],
        ["異常を検知", ""],
        ["", "復旧作業を開始"],
        ["警察へ相談", "調査を開始"],
        ["", "取引先へ連絡"],
    ]
    assert [date for date, _ in table(text)] == ["2023年3月1日", "3月5日", "3月6日", "3月7日", "3月7日"]


def test_columns_that_only_the_rows_keep():
    text = "日時 甲社 乙社\n2024年3月1日  侵入された      調査した\n3月5日                        復旧した\n3月6日        検知した\n"
    assert [[cell for cell, _ in cells[1:]] for _, cells in table(text)] == [
        ["侵入された", "調査した"],
        ["", "復旧した"],
        ["検知した", ""],
    ]


def test_rows_that_are_all_full_may_have_a_single_blank_between_cells():
    text = "日時　場所　内容\n2024年3月1日 10:00　本社　侵入を検知\n3月2日　支社　復旧\n"
    assert [[cell for cell, _ in cells] for _, cells in table(text)] == [
        ["2024年3月1日 10:00", "本社", "侵入を検知"],
        ["3月2日", "支社", "復旧"],
    ]


def test_a_colon_behind_the_date_is_in_no_cell():
    assert [cell for cell, _ in table("経緯\n\n2024年3月1日：サーバーに侵入\n")[0][1]] == [
        "2024年3月1日",
        "サーバーに侵入",
    ]


def test_a_wrapped_cell_does_not_end_the_table():
    text = "日時　甲社　乙社\n2024年3月1日　　サーバーへの侵入を\n検知。\n2024年3月6日　　　　　復旧作業を開始。\n"
    assert table(text)[1][1][2] == ("復旧作業を開始。", "乙社")


@pytest.mark.parametrize(
    "text",
    [
        "| 内容 | 日付 |\n|---|---|\n| サーバーに侵入された | 2024年3月1日 |\n| 異常を検知した | 〃 |\n| 警察に相談した | 2024年3月5日 |\n",
        "内容 | 日付\nサーバーに侵入された | 2024年3月1日\n異常を検知した | 同上\n警察に相談した | 2024年3月5日\n",
        "内容\t日付\nサーバーに侵入された\t2024年3月1日\n異常を検知した\t″\n警察に相談した\t2024年3月5日\n",
        "内容　　日付\nサーバーに侵入された　　2024年3月1日\n異常を検知した　　〃\n警察に相談した　　2024年3月5日\n",
        "内容 |\n日付 |\nサーバーに侵入された |\n2024年3月1日 |\n異常を検知した |\n〃 |\n警察に相談した |\n2024年3月5日 |\n",
        "No　日付　内容\n1　2024年3月1日　サーバーに侵入された\n2　〃　異常を検知した\n3　2024年3月5日　警察に相談した\n",
        "| 侵入された | 2024年3月1日 |\n| 検知した | 2024年3月1日 |\n| 相談した | 2024年3月5日 |\n",
        "| 日時 | 内容 |\n|---|---|\n| 2024年3月1日 | サーバーに侵入された |\n| | 異常を検知した |\n| 2024年3月5日 | 警察に相談した |\n",
        "\t内容\t担当\n2024年3月1日\tサーバーに侵入された\t甲\n\t異常を検知した\t乙\n2024年3月5日\t警察に相談した\t甲\n",
    ],
)
def test_the_cell_that_holds_the_date_dates_the_row(text):
    assert [e[:2] for e in events("不正アクセスの経緯について\n\n" + text)] == [
        ("侵入", "2024-03-01"),
        ("検知", "2024-03-01"),
        ("相談", "2024-03-05"),
    ]


def test_a_sentence_with_a_date_of_its_own_keeps_it():
    text = "経緯\n\n| 内容 | 日付 |\n|---|---|\n| 2024年2月1日に侵入された | 2024年3月1日 |\n"
    assert events(text)[0][:2] == ("侵入", "2024-02-01")


def test_the_head_says_which_of_two_dates_is_the_row_s():
    text = "| 期限 | 日時 | 内容 |\n|---|---|---|\n| 2024年4月1日 | 2024年3月1日 | 侵入 |\n"
    assert table(text)[0][0] == "2024年3月1日"
    text = "| 甲 | 乙 | 内容 |\n|---|---|---|\n| 2024年4月1日 | 2024年3月1日 | 侵入 |\n"
    assert table(text)[0][0] is None


def test_an_empty_date_cell_repeats_a_day_but_no_open_end():
    text = "日時 | 内容\n~2024年3月1日 | 侵入\n | 調査\n〃 | 遮断\n不明 | 検知\n | 連絡\n"
    assert [date for date, _ in table(text)] == ["~2024年3月1日", None, "~2024年3月1日", None, None]


def test_a_title_with_the_name_of_its_site_is_no_table():
    assert analyse("不正アクセスのお知らせ | 甲山商事\n\n本文です。\n")[0][0].role == "title"


def test_small_parts():
    assert is_date("令和6年3月1日(金) 午後3時頃")
    assert is_date("3/1～3/5")
    assert not is_date("3月1日に侵入")
    for other in ("100件", "100-200", "3.5", "03-1234-5678", "10人", "2024", "5日間"):
        assert not is_date(other), other
    assert is_open("~3月1日")
    assert not is_open("3月1日")
    assert width("3月5日a") == 7
    assert [("甲　 乙"[a:b]) for a, b in pieces("甲　 乙", 0, 4)] == ["甲", "乙"]
    assert [" | 甲"[a:b] for a, b in bar_cells("| 甲", 0, 3, 2)][:1] == [""]
    assert date_column(["内容", "日付"]) == 1
    assert date_column(["日時", "内容", "発生日"]) is None
    assert DatesOfRows().of("甲乙", [(0, 1), (1, 2)]) is None
