"""Whose affair it is where the layout or the whole document says it, not the words of the sentence."""

import tenmatsu


def told(text):
    return [
        (event.type, event.org if isinstance(event.org, str) else None, event.org_by)
        for event in tenmatsu.extract(text).events.itertuples()
    ]


PARENT = """2024年7月1日
株式会社青葉ホールディングス

当社連結子会社における不正アクセスについて

当社の連結子会社である北斗精機株式会社のサーバーが6月20日に不正アクセスを受けました。
6月21日にファイルが暗号化されていました。
当社は6月22日に警察へ相談しました。
"""


def test_what_befell_a_subsidiary_is_not_the_parents():
    got = told(PARENT)
    assert ("intrusion", "北斗精機株式会社", "victim") in got
    assert ("encryption", "北斗精機株式会社", "affected") in got
    assert {org for kind, org, _ in got if kind == "notification"} == {"株式会社青葉ホールディングス"}


def test_a_parent_that_suffers_itself_keeps_what_nobody_is_named_for():
    text = PARENT + "当社のサーバーも6月23日に不正アクセスを受けました。\n"
    assert ("encryption", "株式会社青葉ホールディングス", "main") in told(text)


def test_the_card_is_the_subsidiarys_and_the_parent_made_it_public():
    cards = tenmatsu.extract(PARENT).incidents
    assert list(cards.victim) == ["北斗精機株式会社"]
    assert list(cards.disclosure) == ["2024-07-01"]


TABLE = """2024年7月1日
株式会社青葉ホールディングス

システム障害について

当社の子会社である北斗精機株式会社でシステム障害が発生しました。

システム\t会社\t停止\t復旧
配車\t北斗精機株式会社\t6月20日停止\t6月25日復旧
会計\t株式会社青葉ホールディングス\t6月21日停止\t6月26日復旧
"""


def test_a_column_of_companies_says_whose_row_it_is_and_what_stood_still_is_a_disruption():
    got = [one for one in told(TABLE) if one[2] == "column"]
    assert ("disruption", "北斗精機株式会社", "column") in got
    assert ("recovery", "株式会社青葉ホールディングス", "column") in got
    assert "containment" not in {kind for kind, _, _ in got}


def test_an_authority_that_is_written_to_owns_no_row():
    text = TABLE.replace("\t会社\t", "\t報告先\t").replace("\t北斗精機株式会社\t", "\t個人情報保護委員会\t")
    assert not [one for one in told(text) if one[1] == "個人情報保護委員会"]


def test_a_system_that_one_company_owns_stays_its_own():
    text = """2025年6月13日
株式会社青葉ホールディングス

不正アクセスについて

4月14日、株式会社北斗酒販の受発注サーバーへの侵入がありました。
4月18日、受発注サーバーのファイルが暗号化されました。
5月12日、受発注システムが復旧しました。
4月19日、社内システムを遮断しました。
"""
    got = told(text)
    assert ("encryption", "株式会社北斗酒販", "affected") in got
    assert ("recovery", "株式会社北斗酒販", "affected") in got
    assert {org for kind, org, _ in got if kind == "containment"} == {"株式会社青葉ホールディングス"}


def test_a_system_that_the_writer_calls_its_own_is_tied_to_nobody():
    text = """2025年6月13日
株式会社青葉ホールディングス

不正アクセスについて

4月14日、株式会社北斗酒販の受発注サーバーへの侵入がありました。
4月15日、当社の受発注サーバーへの侵入がありました。
4月18日、受発注サーバーのファイルが暗号化されました。
"""
    assert ("encryption", "株式会社北斗酒販") not in [one[:2] for one in told(text)]


def test_the_recovery_is_whose_systems_suffered():
    text = PARENT + "6月30日に復旧しました。\n"
    assert ("recovery", "北斗精機株式会社", "affected") in told(text)


def test_a_name_in_the_first_cell_heads_its_row():
    text = """2024年7月1日
株式会社青葉ホールディングス

情報漏えいの状況

区分\t内容\t状況
株式会社北斗\t従業員の氏名\t漏えいを確認
株式会社南浜\t取引先の氏名\t漏えいのおそれ
"""
    leaks = [org for kind, org, how in told(text) if kind == "data_leak" and how == "column"]
    assert leaks == ["株式会社北斗", "株式会社南浜"]


def test_who_is_struck_in_its_own_network_keeps_what_befell_it():
    text = (
        "青葉電機の海外子会社から始まった不正アクセス\n\n9月8日、青葉電機が、社内ネットワークに不正アクセスを受けたと発表しました。\n\n"
        "・5月、海外子会社の北斗ベトナムのサーバーが侵入された\n・8月20日、サーバーが暗号化された\n"
    )
    assert ("encryption", "青葉電機") in [one[:2] for one in told(text)]


def test_a_maker_of_a_product_leads_no_part():
    text = (
        "不正アクセスについて\n\n１．概要\n最初の不正アクセスがあったのは、製造元である北斗ソフト株式会社が修正プログラムを"
        "公開する前の2021年1月3日でした。\n\n２．対応\n青葉機構は不正アクセスを受け、2月4日に公表しました。青葉機構は調査しています。\n"
    )
    assert "北斗ソフト株式会社" not in [org for kind, org, _ in told(text) if kind == "intrusion"]


def test_a_board_of_education_tells_of_what_befell_its_school():
    text = (
        "市立桂台小学校でUSBメモリー紛失\n\n北沢市教育委員会は5日、市立桂台小学校の教諭がUSBメモリーを紛失したと発表した。\n\n"
        "市教委によると、6月28日にUSBメモリーを紛失した。\n"
    )
    errors = [org for kind, org, _ in told(text) if kind == "error"]
    assert errors
    assert "北沢市教育委員会" not in errors


def test_what_is_done_for_every_school_is_the_boards():
    text = (
        "県立桂台高等学校における誤送信について\n\n北沢県教育委員会は6月12日、県立桂台高等学校でメールを誤送信したと発表しました。\n\n"
        "今後の対応\n・6月16日に同校の職員の研修を実施します。\n・7月中に、全ての県立学校の管理職を対象とした研修を実施します。\n"
    )
    done = [org for kind, org, _ in told(text) if kind == "remediation"]
    assert done == ["県立桂台高等学校", "北沢県教育委員会"]


TITLED = """2024年7月1日
株式会社青葉ホールディングス

北斗精機株式会社へのサイバー攻撃について（第2報）

連結子会社の北斗精機株式会社における標記の件につき、ご報告いたします。
侵入は北斗精機が保守を委託している株式会社南星システムの端末からで、6月20日に始まりました。
6月21日に手作業で出荷を続けました。
北斗精機のお客様の情報が外部へ送信されたおそれがあります。
"""


def test_the_title_says_whom_it_befell_and_a_subsidiarys_contractor_is_not_the_writers():
    attacked = {org for kind, org, _ in told(TITLED) if kind in ("intrusion", "disruption", "data_leak")}
    assert attacked == {"北斗精機株式会社"}
