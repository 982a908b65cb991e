import pytest

from tenmatsu.times import find, infer_published


def _published(*lines):
    text, spans, at = "\n".join(line for line, _ in lines), [], 0
    for line, role in lines:
        spans.append((at, at + len(line), role))
        at += len(line) + 1
    got = infer_published(text, find(text), spans)
    assert got.basis is None or text[got.start : got.end] == got.basis
    return got.value


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ([("事件のまとめ", "title"), ("更新履歴", "heading"), ("・2021年3月5日 追記", "history"), ("・2021年3月2日 新規作成", "history")], "2021-03-02"),
        ([("2021年3月5日", "paragraph"), ("各位", "paragraph"), ("お知らせ", "title")], "2021-03-05"),
        ([("不正アクセスのお知らせ", "title"), ("公開日：2021/03/05", "byline"), ("更新日：2021/04/01", "byline")], "2021-03-05"),
        ([("ニュース", "title"), ("2009年9月5日13時1分配信", "byline")], "2009-09-05"),
        ([("当社は1月20日に公表した事案を調べました。", "paragraph"), ("組織を2021年4月1日付で新設する予定です。", "paragraph")], "[2021-01-20..2021-04-01]"),
        ([("当社は12月20日に公表した事案を調べました。", "paragraph"), ("組織を2021年4月1日付で新設する予定です。", "paragraph")], "[2020-12-20..2021-04-01]"),
        ([("経緯", "heading"), ("2021年3月5日 | 検知", "row"), ("2021年3月6日 | 公表", "row")], None),
        ([("業種 小売", "label"), ("発生時期 2000/9/7", "label")], None),
        ([("同社は2月28日に発表した。", "paragraph"), ("更新履歴", "heading")], None),
    ],
)  # fmt: skip
def test_published(lines, value):
    assert _published(*lines) == value


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ([*[("同社は4日に発表した。", "paragraph")] * 12, ("(2019年11月28日 北都新聞)", "paragraph")], "2019-11-28"),
        ([*[("同社は4日に発表した。", "paragraph")] * 12, ("(2021-03-06)", "paragraph")], "2021-03-06"),
        ([*[("同社は4日に発表した。", "paragraph")] * 12, ("創業は2019年11月28日である。", "paragraph")], None),
    ],
)
def test_the_date_in_brackets_that_closes_a_report(lines, value):
    assert _published(*lines) == value
