"""Counts that fill a cell take what they measure from the label of their row."""

import tenmatsu

TABLE = """2024年6月14日
株式会社青葉

不正ログインについて

| 区分 | 第二報時点 | 最終報告 |
|---|---:|---:|
| 不正ログインが成立したアカウント | 1,294件 | 1,327件 |
| 上記のうち一覧の持ち出しを確認したもの | 6件 | 9件 |
| 影響を受けたご契約企業 | 最大900社 | 862社 |
"""


def counts(text):
    return {row.text: (row.unit, row.of) for row in tenmatsu.extract(text).quantities.itertuples()}


def test_a_row_says_what_its_counts_measure():
    got = counts(TABLE)
    assert got["1,327件"] == ("account", "affected")
    assert got["9件"][0] == "account"  # 上記のうち: of what the row above counts
    assert got["最大900社"] == ("organisation", "affected")


def test_a_count_that_nothing_explains_measures_the_incident():
    assert counts("USBメモリーに入っていたのは、5年生38人の成績である。")["38人"] == ("person", "affected")
    assert counts("夕方までに187人が削除に応じた。")["187人"] == ("person", "other")


def test_people_at_work_and_meetings_measure_nothing():
    assert counts("専任職員が2名にとどまり、計14回の会合を開いた。") == {}
