import pytest

from tenmatsu.pipeline import extract_document


def events(text, published=None):
    return extract_document(text.encode(), "t.txt", published=published).events


def row(text, trigger, published=None):
    found = [e for e in events(text, published) if e.text == trigger]
    assert found, [(e.text, e.type) for e in events(text, published)]
    return found[0]


TIMELINE = """甲製作所へのMSP経由の不正アクセスについてまとめてみた

日時 株式会社甲製作所の出来事 株式会社乙システムの出来事
2020年9月7日 社内サーバー1台が感染。
2020年10月8日 調査を要請。 監視サービスへの不正アクセスを検知。
2020年12月4日   被害を公表。
"""


def test_the_column_says_whose_event_it_is():
    found = {(e.text, e.date): e.org for e in events(TIMELINE)}
    assert found[("感染", "2020-09-07")] == "株式会社甲製作所"
    assert found[("検知", "2020-10-08")] == "株式会社乙システム"
    assert found[("公表", "2020-12-04")] == "株式会社乙システム"


def test_what_is_announced_is_no_event_of_that_day():
    found = events("2020年12月11日、株式会社甲製作所は不正アクセスを公表した。")
    assert [(e.text, e.type, e.date) for e in found if e.date] == [("公表", "disclosure", "2020-12-11")]


def test_what_was_found_keeps_a_date_of_its_own():
    found = events("2016年4月から侵入されていたことが判明した。")
    assert [(e.text, e.date) for e in found if e.date] == [("侵入", "2016-04/..")]


@pytest.mark.parametrize(
    "text",
    [
        "更新履歴\n\n・2020年12月12日 公表内容を追記\n",
        "株式会社甲製作所の不正アクセス\n\n本文です。\n\n*1:甲製作所に不正アクセス、個人情報流出,日本経済新聞,2020年12月12日\n",
        "お客様へのお願い\n\n2020年12月12日以降、流出した情報が悪用された場合はご連絡ください。\n",
    ],
)
def test_bookkeeping_citations_and_advice_hold_no_events(text):
    assert [e for e in events(text) if e.date or e.type == "data_leak"] == []


def test_footnote_marks_lead_to_the_credited_source():
    text = "本件の経緯\n\n・2020年10月8日に甲製作所が攻撃を受けた。*1\n\n脚注\n\n*1:甲製作所に攻撃,日本経済新聞,2020年12月12日\n"
    assert row(text, "攻撃").attributed_to == "日本経済新聞"


def test_a_quoted_passage_is_credited():
    text = "事故概要\n\n株式会社甲製作所は2020年12月11日、不正アクセスを発表した。\n\n引用元 ScanNetSecurity\n"
    assert row(text, "発表").attributed_to == "ScanNetSecurity"


def test_denials_below_a_denying_line():
    text = "被害状況\n\n現時点で以下の事実は一切確認されておりません。\n・個人情報の流出\n・データの改ざん\n"
    found = [e for e in events(text) if e.type == "data_leak"]
    assert [e.factuality for e in found] == ["negated"]


def test_an_accident_card():
    text = "事故概要\n業種 株式会社甲製作所\n発生時期 2020/9/7\n漏えい人数 0\n"
    assert (row(text, "発生").type, row(text, "発生").date) == ("intrusion", "2020-09-07")
    assert row(text, "漏えい").factuality == "negated"


def test_a_step_after_the_day_of_publication_is_planned():
    assert row("4月1日に専任の統括組織を新設する。", "新設", published="2020-02-10").factuality == "planned"


def test_the_later_confirmation_is_a_finding():
    text = "経緯\n\n2020年6月28日、不審な挙動を検知した。\n2020年7月8日、不正アクセスを確認した。\n"
    assert row(text, "検知").type == "detection"
    assert row(text, "確認").type == "finding"


def test_every_row_names_its_rule_and_how_it_came_about():
    event = row("2020年12月11日、株式会社甲製作所は不正アクセスを公表した。", "公表")
    assert event.rule.startswith("E.")
    assert (event.dated_by, event.org_by) == ("in_sentence", "subject")


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("青葉システムズは2021年6月15日、サーバーが不正アクセスを受け、情報が流出したと発表した。", "不正アクセス", None),
        ("2021年6月15日、青葉システムズはサーバーが感染し、業務が止まったと明らかにした。", "感染", None),
        ("青葉システムズは2021年6月15日、13日にサーバーが不正アクセスを受けたと発表した。", "不正アクセス", "2021-06-13"),
        ("青葉システムズは2021年6月15日に不正アクセスを受け、警察に相談した。", "不正アクセス", "2021-06-15"),
    ],
)  # fmt: skip
def test_the_date_of_a_report_is_not_that_of_what_it_tells(text, trigger, date):
    assert row(text, trigger).date == date


def test_a_loss_stays_a_fact_where_the_leak_that_follows_is_possible():
    text = "職員がUSBメモリを紛失し、情報が漏えいしたおそれがある。"
    assert [e.factuality for e in events(text)] == ["asserted", "possible"]


def test_a_heading_is_no_surer_than_a_body_that_names_no_leak():
    text = "書類の紛失に関するお知らせ\n\n1 経緯\n書類を紛失しました。\n\n2 情報の流出について\n第三者の目に触れた可能性は否定できません。\n\n3 原因\n{}\n"
    assert row(text.format("管理の不備です。"), "流出").factuality == "possible"
    sure = text.replace("可能性は否定できません", "ことを確認しました")
    assert row(sure.format("障害の可能性があります。"), "流出").factuality == "asserted"


def test_a_rule_that_has_held_since_a_month_is_a_measure():
    assert row("2020年2月からは接続を全面的に遮断している。", "遮断").type == "remediation"
    assert row("2020年2月3日に接続を遮断した。", "遮断").type == "containment"


def test_which_machine_it_was_is_not_when_it_was_infected():
    found = {e.text: e.date for e in events("2020年2月8日、感染が疑われる端末を隔離した。")}
    assert found["隔離"] == "2020-02-08"
    assert found.get("感染") is None


def test_a_loss_is_no_less_a_fact_where_the_thing_is_not_found():
    text = "2020年2月8日、鞄を電車に置き忘れ、警察に届け出たものの、まだ見つかっていない。"
    assert row(text, "置き忘れ").factuality == "asserted"


def test_what_is_under_way_among_the_plans_is_a_fact():
    text = (
        "当社のお知らせ\n\n再発防止策\n・全員への研修を2020年1月から実施しております。\n・点検を強化してまいります。\n"
    )
    assert row(text, "研修").factuality == "asserted"


NOTICE = "2025年1月15日\n株式会社青嶺製作所\n\nお知らせ\n\n"


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("5月10日にお知らせいたしました当社サーバーへの不正アクセスについて、続報いたします。", "お知らせ"),
        ("5月10日付でお伝えした当社サーバーへの不正アクセスについて、続報いたします。", "お伝え"),
        ("5月10日に第1報でお知らせした不正アクセスについて、調査が完了しました。", "お知らせ"),
        ("5月10日にご案内しました不正アクセスについて、調査が完了しました。", "ご案内"),
        ("5月10日付の第1報に記載した不正アクセスにつきまして、経過をご報告します。", "記載"),
        ("5月10日付「システム障害について（第1報）」でお知らせした不正アクセスについて、続報いたします。", "お知らせ"),
        ("5月10日に公表した不正アクセスについて、続報いたします。", "公表"),
    ],
)
def test_the_day_of_an_earlier_notice_is_not_that_of_what_it_told_of(sentence, trigger):
    found = {e.text: (e.type, e.date, e.factuality) for e in events(NOTICE + sentence) if e.start >= len(NOTICE)}
    assert found[trigger] == ("disclosure", "2024-05-10", "asserted")
    assert found["不正アクセス"] == ("intrusion", None, "asserted")
    assert all(date is None for text, (_, date, _) in found.items() if text != trigger)


def _found(sentence):
    return {e.text: (e.type, e.date) for e in events(NOTICE + sentence) if e.start >= len(NOTICE)}


@pytest.mark.parametrize(
    ("sentence", "trigger", "seen"),
    [
        ("1月7日に不正アクセスを検知しました。", "不正アクセス", "検知"),
        ("1月10日、侵入されていたことに気付きました。", "侵入", "気付き"),
        ("1月10日に侵入されていたことに気付きました。", "侵入", "気付き"),
        ("1月10日、元職員が名簿を持ち出していたことが、監査で発覚しました。", "持ち出し", "発覚"),
        ("1月10日、元職員が名簿を持ち出していたことが、社内調査で発覚しました。", "持ち出し", "発覚"),
        ("不正アクセスを検知したのは1月10日でした。", "不正アクセス", "検知"),
    ],
)
def test_what_is_noticed_did_not_happen_on_the_day_of_the_notice(sentence, trigger, seen):
    found = _found(sentence)
    assert found[trigger][1] is None
    assert found[seen] == ("detection", "2025-01-07" if "7日" in sentence else "2025-01-10")


def test_an_attack_suffered_on_a_day_keeps_it_and_a_month_is_that_of_both():
    assert _found("1月7日、不正アクセスを受けました。")["不正アクセス"] == ("intrusion", "2025-01-07")
    assert _found("・2018年5月 社外からの不正アクセスを検知")["不正アクセス"] == ("intrusion", "2018-05")


@pytest.mark.parametrize(
    ("sentence", "detected", "told"),
    [
        ("若葉病院は1月7日に感染を検知し、患者情報が流出したと発表した。", "2025-01-07", None),
        ("若葉病院は10日、1月7日に検知した不正アクセスで患者情報が流出したと発表した。", "2025-01-07", "2025-01-10"),
        ("若葉病院は1月10日、1月7日に感染を検知したと発表した。", "2025-01-07", "2025-01-10"),
        ("若葉病院は1月7日、感染を検知したと発表した。", None, "2025-01-07"),
        ("若葉病院は1月15日に感染を検知し、患者情報が流出したと発表した。", None, "2025-01-15"),
    ],
)
def test_a_day_tied_to_a_step_that_is_told_is_not_that_of_the_telling(sentence, detected, told):
    found = _found(sentence)
    assert (found["検知"][1], found["発表"][1]) == (detected, told)


def test_what_stands_so_today_did_not_happen_today():
    assert _found("現在、流出の可能性は否定できません。")["流出"] == ("data_leak", None)
    assert _found("現在、通信を遮断しています。")["遮断"] == ("containment", "2025-01-15")


def test_the_day_of_a_posting_is_not_that_of_the_theft():
    shown = "12月30日に、リークサイトに当社から窃取したとみられる情報が掲載されたことを確認しました。"
    assert _found(shown)["窃取"] == ("data_leak", None)
    stolen = "12月30日に窃取された情報が、リークサイトに掲載されました。"
    assert _found(stolen)["窃取"] == ("data_leak", "2024-12-30")
