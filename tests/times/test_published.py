import pytest

from tenmatsu.api import extract
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
        ([("町役場に不正アクセス", "title"), ("青嶺新聞　2024年2月19日　朝刊", "paragraph")], "2024-02-19"),
        ([("通販に不正アクセス", "title"), ("青嶺タイムズ　2023.10.4 Wed 8:10", "paragraph")], "2023-10-04"),
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


D, P, R = "date_line", "paragraph", "row"


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        # bare dates that tell a story, with and without a year behind the first
        ([("不正アクセスについて", "title"), ("2024年3月1日", D), ("侵入されました。", P), ("2024年3月2日", D), ("相談しました。", P)], None),
        ([("2024年3月1日", D), ("侵入されました。", P), ("3月2日", D), ("相談しました。", P), ("3月5日", D), ("復旧しました。", P)], None),
        # the day of the text above its own earlier steps
        ([("2024年3月14日", D), ("当社は攻撃を受けました。", P), ("2月4日", D), ("検知しました。", P), ("2月5日", D), ("相談しました。", P)], "2024-03-14"),
        ([("2025年1月9日", D), ("お知らせ", "title"), ("12月22日", D), ("侵入されました。", P), ("12月24日", D), ("検知しました。", P)], "2025-01-09"),
        # what was done later refutes the line, what is planned or was added does not
        ([("2003年9月1日", D), ("お知らせ", "title"), ("当社は2023年8月30日に攻撃を受けました。", P)], None),
        ([("2024年3月1日", D), ("お知らせ", "title"), ("当社は3月10日に復旧しました。", P)], None),
        ([("2024年3月1日", D), ("お知らせ", "title"), ("2024年3月9日 検知", R)], None),
        ([("2024年3月1日", D), ("お知らせ", "title"), ("2024年4月1日に再開する予定です。", P), ("2024年5月1日から再開します。", P)], "2024-03-01"),
        ([("2024年3月1日", D), ("お知らせ", "title"), ("【2024年3月20日追記】3月18日に復旧しました。", P)], "2024-03-01"),
        # a day without a year is of the year that the story named last, or of the past
        ([("2024年1月20日", D), ("お知らせ", "title"), ("2023年2月10日に検知しました。3月5日に相談しました。", P)], "2024-01-20"),
        ([("2024年12月1日", D), ("お知らせ", "title"), ("当社は3月1日に攻撃を受けました。", P)], "2024-12-01"),
        # a refuted line at the head leaves the one at the foot
        ([("2024年3月1日", D), ("侵入されました。", P), ("2024年3月2日", D), ("当社が相談しました。", P), ("説明です。", P), ("再発防止に努めます。", P), ("お客様へ", "heading"), ("お詫びします。", P), ("2024年3月14日", D), ("甲山商事", P)], "2024-03-14"),
    ],
)  # fmt: skip
def test_no_text_is_older_than_what_it_says_was_done(lines, value):
    assert _published(*lines) == value


def test_a_year_that_its_weekday_denies_gives_way_to_one_printed_elsewhere():
    text = "2012年12月13日（月）\n\n2021年12月3日、甲社は不正アクセスを発表した。\n"
    assert _published(*((line, "paragraph") for line in text.splitlines())) == "2021-12-13"


def test_weekdays_alone_may_fix_the_year():
    text = "2月22日（木）\n青葉学園\n\n2月14日（水）に検知し、12月4日（月）からの閲覧を確かめました。3月1日（金）に説明会を開きます。\n"
    assert _published(*((line, "paragraph") for line in text.splitlines())) == "2024-02-22"


@pytest.mark.parametrize(
    ("head", "title", "publisher", "published"),
    [
        ("R5.4.12\n不正アクセスに関するお知らせ", "不正アクセスに関するお知らせ", None, "2023-04-12"),
        (
            "2021年9月3日　株式会社甲山証券\n\n不正アクセスに関するお知らせ",
            "不正アクセスに関するお知らせ",
            "株式会社甲山証券",
            "2021-09-03",
        ),
        ("不正アクセスに関するお知らせ\n公開: 令和4年11月18日", "不正アクセスに関するお知らせ", None, "2022-11-18"),
        (
            "よくあるご質問（2023年2月17日更新）\n\nQ1. 原因について教えてください\nA1. 調査中です。\nQ2. 公表した内容について\n",
            "よくあるご質問（2023年2月17日更新）",
            None,
            "2023-02-17",
        ),
        ("Q2. 情報漏えいについて\n\nA2. 調査中です。", None, None, None),
        # a title's day at its edge, and the name before it
        ("不正アクセスについて　2023年5月9日", "不正アクセスについて", None, "2023-05-09"),
        ("令和4年6月20日 システムへの侵入について(第1報)", "システムへの侵入について(第1報)", None, "2022-06-20"),
        ("4月1日の障害について（2024年5月10日 第2報）", "4月1日の障害について", None, "2024-05-10"),
        ("2024年5月1日に発生した障害について", "2024年5月1日に発生した障害について", None, None),
        ("2024年5月1日 発生の障害について", "2024年5月1日 発生の障害について", None, None),
        ("青空株式会社 情報漏えいに関するお詫び 2023/1/10", "青空株式会社 情報漏えいに関するお詫び", None, "2023-01-10"),
        ("R6.5.1 職員が気づく\nR6.5.2 不正アクセスを検知", None, None, None),
        # the part of the site, and the day beside it
        ("不正アクセスについて\nお知らせ |2022年3月2日", "不正アクセスについて", None, "2022-03-02"),
        ("お知らせ\n2018年12月17日掲載\n電子メールの漏えいについて", "電子メールの漏えいについて", None, "2018-12-17"),
        # a day under a label is the label's
        ("書類の紛失について\n\n1 発生日時\n令和6年5月1日", "書類の紛失について", None, None),
        ("書類の紛失について\n\n発覚時期\n\n令和6年5月1日\n\n公表日\n令和6年5月20日", "書類の紛失について", None, "2024-05-20"),
        ("書類の紛失について\n以下のとおりです。(1)侵入の日時\n2022/5/10", "書類の紛失について", None, None),
        # what another text is called is no title
        ("参照：甲商事、不正アクセスで情報流出", None, None, None),
        ("甲商事が公表しました。\n【参考記事】\n情報流出のお詫び", None, None, None),
        ("甲商事が公表しました。\n【漏えいした情報】\n氏名", None, None, None),
    ],
)  # fmt: skip
def test_head_of_the_text(head, title, publisher, published):
    one = extract(f"{head}\n\n内容は以下のとおりです。\n").documents.iloc[0]
    assert [None if value != value else value for value in (one.title, one.publisher, one.published)] == [
        title,
        publisher,
        published,
    ]


def test_a_note_of_what_was_added_gives_no_day_of_publication():
    body = "".join(f"{step}を行いました。\n\n" for step in ("調査", "遮断", "復旧", "点検", "連絡", "報告"))
    text = f"侵入に関するお知らせ\n\n{body}2024年10月10日 追記\n再開しました。\n"
    assert extract(text).documents.published.isna().all()


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("当社は不正アクセスを受けました。当社より深くお詫び申し上げます。", "press_release"),
        ("甲商事は「当社は不正アクセスを受けた。当社より深くお詫び申し上げます」と発表した。", "news"),
        ("甲商事は不正アクセスを受けたと発表した。", "news"),
    ],
)
def test_who_speaks_without_a_name(text, genre):
    assert extract(text).documents.iloc[0].genre == genre
