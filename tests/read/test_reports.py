import pytest

from tenmatsu.api import extract


@pytest.mark.parametrize(
    ("head", "report"),
    [
        ("不正アクセスに関するお知らせ（第２報）", "2"),
        ("不正アクセスについて（第三報）", "3"),
        ("システム障害について【第十二報】", "12"),
        ("不正アクセスに関するお知らせ\n第1報", "1"),
        ("不正アクセスに関する調査結果（第3報・最終報告）", "final"),
        ("（開示事項の経過）\n不正アクセスに関するお知らせ", "follow_up"),
        ("不正アクセスに関する中間報告", "interim"),
        ("「不正アクセスに関するお知らせ（第2報）」の一部訂正について", "correction"),
        ("訂正メールの誤送信について", None),
        ("不正アクセスに関するお知らせ\n6月3日に公表した第1報の続きです。", None),
        ("「侵入について（第2報）」を受けたお知らせ", None),
    ],
)
def test_which_report_it_is(head, report):
    told = extract(f"{head}\n\n当組合は第4報を公表しました。\n").documents.iloc[0].report
    assert (None if told != told else told) == report
