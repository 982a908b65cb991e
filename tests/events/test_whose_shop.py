"""A shop that was built by another, flaws that makers publish, and the days of a card that hang on them."""

import pytest

import tenmatsu

SHOP = """2022.09.06
株式会社葉月堂

不正アクセスによる個人情報漏えいについて

弊社が運営する通販サイト「葉月オンライン」におきまして、不正アクセスを受け、個人情報が漏えいした可能性があります。
2022年4月21日、カード会社から漏えい懸念について連絡を受け、翌22日、カード決済を停止し、23日にサイトを閉鎖しました。
調査会社による調査を4月27日に開始し、6月30日に調査が完了、7月8日に報告書を受領しました。
{cause}
4月21日の漏えい懸念から今回のご案内まで時間をいただきました。
"""
OWN = SHOP.format(
    cause="構築を委託している株式会社ウェブ東海が提供するカートシステムの脆弱性を突いた不正アクセスにより、決済画面が改ざんされました。"
)


def test_the_leak_is_that_of_the_shop_and_not_of_who_built_it():
    events = tenmatsu.extract(OWN).events
    assert set(events[events.type == "data_leak"].org) == {"株式会社葉月堂"}
    assert list(tenmatsu.extract(OWN).incidents.victim) == ["株式会社葉月堂"]


def test_a_contractor_that_was_attacked_itself_still_suffers():
    text = "2022年9月6日\n株式会社葉月堂\n\n委託先への不正アクセスについて\n\n弊社が発送を委託している株式会社北便のサーバーが不正アクセスを受けました。個人情報が流出した可能性があります。\n"
    events = tenmatsu.extract(text).events
    assert set(events[events.type.isin(("intrusion", "data_leak"))].org) == {"株式会社北便"}


def test_a_step_that_goes_on_in_the_past_is_of_the_past():
    assert "2022-04-27" in set(tenmatsu.extract(OWN).timexes.value)
    assert not [value for value in tenmatsu.extract(OWN).timexes.value if value.startswith("2023")]


def test_the_day_of_a_fear_is_no_intrusion_and_the_first_stop_contains():
    card = tenmatsu.extract(OWN).incidents.iloc[0]
    assert card.first_intrusion is None or card.first_intrusion != card.first_intrusion
    assert card.containment == "2022-04-22"
    assert "vulnerability" in card.vectors


def test_the_last_cut_contains_where_something_was_cut():
    text = "2022年9月6日\n株式会社葉月堂\n\n不正アクセスについて\n\n9月1日に不正アクセスを受けました。9月2日に端末を隔離し、9月4日に通信を遮断しました。9月5日に販売を停止しました。\n"
    assert tenmatsu.extract(text).incidents.containment[0] == "2022-09-04"


@pytest.mark.parametrize(
    ("words", "org"),
    [("2021年9月に公表された脆弱性が未修正でした。", None), ("8月3日に当社が公表した事案です。", "株式会社葉月堂")],
)
def test_a_flaw_that_was_published_is_no_disclosure_of_the_victims(words, org):
    events = tenmatsu.extract(SHOP.format(cause=words)).events
    got = events[(events.type == "disclosure") & events.text.str.contains("公表")].org
    assert [one if isinstance(one, str) else None for one in got] == [org]


def test_what_an_earlier_notice_told_of_did_not_happen_on_its_day():
    text = "2025年1月24日\n株式会社葉月堂\n\n不正アクセスについて（第2報）\n\n2024年12月24日に公表しましたとおり、当社のサーバーが攻撃を受けました。\n12月20日付でお知らせしましたとおり、端末がウイルスに感染しました。\n12月21日に公表し、12月22日に復旧しました。\n"
    events = tenmatsu.extract(text).events
    dates = {
        (row.type, row.date if isinstance(row.date, str) else None)
        for row in events.itertuples()
        if row.type in ("intrusion", "infection", "recovery")
    }
    assert dates >= {("infection", None), ("recovery", "2024-12-22")}
    assert not {date for kind, date in dates if kind in ("intrusion", "infection")} - {None}


def test_the_case_of_another_year_costs_the_card_nothing():
    text = "2024年11月6日\n株式会社葉月堂\n\n不正アクセスについて\n\n2024年10月1日、当社のサーバーが不正アクセスを受けました。個人情報1,234件が漏えいした可能性があります。\nなお、当社は2023年3月にもメールの誤送信により520件の個人情報を漏えいさせております。\n"
    card = tenmatsu.extract(text).incidents.iloc[0]
    assert card.first_intrusion == "2024-10-01"
    assert list(card.leaked) == []
    assert "human_error" not in [*card.vectors, *card.root_causes]
