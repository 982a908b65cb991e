import time

import pytest

from tenmatsu.pipeline import extract_document

TEXT = """株式会社甲製作所への不正アクセスについて

2020年12月11日
株式会社甲製作所

経緯

2020年9月7日、当社のサーバに不正アクセスがありました。
2020年10月2日、不審な挙動を検知しました。
2020年10月7日、通信を遮断しました。
2020年12月11日、当社は本件を公表しました。
当社の調査では、個人情報の流出は確認されておりません。一部の設定情報が流出した可能性があります。
"""


def test_the_card_of_one_incident():
    (card,) = extract_document(TEXT.encode(), "t.txt").incidents
    assert card.victim == "株式会社甲製作所"
    assert (card.first_intrusion, card.detection, card.containment) == ("2020-09-07", "2020-10-02", "2020-10-07")
    assert card.disclosure == "2020-12-11"
    assert (card.dwell_days, card.containment_days, card.disclosure_days) == ("25", "5", "70")
    assert card.denied_leak == ("個人情報",)
    assert len(card.possibly_leaked) == 1
    assert card.leaked == ()


def test_a_delay_to_a_day_that_is_open_is_an_interval():
    (card,) = cards(TEXT.replace("2020年10月7日、通信を", "2020年10月7日までに、通信を"))
    assert (card.containment, card.containment_days) == ("../2020-10-07", "..5")


def test_a_header_year_that_contradicts_the_story_is_shown_not_averaged():
    text = "事故概要\n業種 株式会社甲製作所\n発生時期 2000/9/7\n\n株式会社甲製作所は2020年12月11日、不正アクセスを発表した。2020年9月7日に攻撃者がサーバに侵入した。\n"
    extracted = extract_document(text.encode(), "t.txt")
    (conflict,) = extracted.conflicts
    assert (conflict.kind, conflict.value_a, conflict.value_b, conflict.likely) == (
        "year_typo",
        "2000-09-07",
        "2020-09-07",
        "2020-09-07",
    )
    assert extracted.text[conflict.start_a : conflict.end_a] == "2000/9/7"
    assert extracted.incidents[0].first_intrusion == "2020-09-07"


def test_an_earlier_case_told_in_passing_sets_no_date_of_the_card():
    aside = TEXT + "余談ですが、当社は2016年4月にも不正アクセスを受けています。\n"
    (card,) = extract_document(aside.encode(), "t.txt").incidents
    assert card.first_intrusion == "2020-09-07"


def test_a_long_dwell_stays():
    long = TEXT.replace("2020年9月7日、当社のサーバに", "2018年9月7日から、当社のサーバに")
    (card,) = extract_document(long.encode(), "t.txt").incidents
    assert card.first_intrusion.startswith("2018-09-07")


def cards(text):
    return extract_document(text.encode(), "t.txt").incidents


def test_each_card_has_its_own_causes():
    one, two = cards(
        "・【甲山商事】2024年4月1日、フィッシングメールから侵入された。\n・【乙川物産】2024年5月1日、VPN機器の脆弱性を突かれて侵入された。\n"
    )
    assert (one.victim, one.vectors) == ("甲山商事", ("phishing",))
    assert (two.victim, set(two.vectors), two.root_causes) == ("乙川物産", {"vpn", "vulnerability"}, ("vulnerability",))


def test_a_supplier_is_the_door_of_whom_it_supplies():
    found = cards(
        "庚野銀行は2024年8月2日、委託先の株式会社己田システムがランサムウェアに感染し、庚野銀行の顧客情報が漏えいした可能性があると発表した。"
        "己田システムは7月20日にリモートデスクトップ経由で侵入され、7月22日に感染を検知した。庚野銀行は7月25日に連絡を受けた。\n"
    )
    ways = {card.victim: set(card.vectors) for card in found}
    assert ways["庚野銀行"] == {"supply_chain"}
    assert {"malware", "rdp"} <= ways["株式会社己田システム"]


def test_a_denial_without_a_leak_word_is_denied_only():
    (card,) = cards(
        "株式会社甲山商事は2024年5月10日、顧客情報が流出したと発表した。流出した情報にカード番号は含まれない。機密情報は含まれていませんでした。\n"
    )
    assert card.leaked == ("顧客情報",)
    assert card.denied_leak == ("カード番号", "機密情報")


def test_a_period_of_purchases_dates_no_intrusion():
    (card,) = cards(
        "株式会社甲山商事は2020年5月1日、2019年12月27日から2020年3月1日までに購入した顧客のカード情報が流出したと発表した。\n"
    )
    assert card.first_intrusion is None
    assert card.dwell_days is None


def test_a_slip_is_no_intrusion():
    (card,) = cards("甲山市は2024年5月10日、職員が2024年5月2日に名簿を誤って送信したと発表した。\n")
    assert card.first_intrusion is None


def test_a_possible_intrusion_gives_no_delay():
    (card,) = cards(
        "株式会社甲山商事は2024年5月1日に不正アクセスを受けた可能性がある。同社は2024年5月7日、不審な通信を検知した。\n"
    )
    assert (card.first_intrusion, card.detection) == ("2024-05-01", "2024-05-07")
    assert card.dwell_days is None


def test_passwords_changed_later_do_not_move_the_containment():
    (card,) = cards(
        "株式会社甲山商事は2024年5月1日に不正アクセスを検知した。同社は2024年5月2日に通信を遮断した。同社は2024年5月9日に全てのアカウントをロックした。\n"
    )
    assert card.containment == "2024-05-02"


def test_what_repeats_the_head_of_a_longer_phrase_is_left_out():
    (card,) = cards(
        "株式会社甲山商事は2024年5月10日、顧客のカード情報が流出したと発表した。カード情報の流出は1件目だという。\n"
    )
    assert card.leaked == ("顧客のカード情報",)


def test_the_actor_is_the_one_who_claims():
    (card,) = cards("株式会社甲山商事は2024年5月10日、サーバに侵入された。LockBitを名乗る攻撃者が犯行を認めた。\n")
    assert card.attributed_actor == "LockBit"


def test_nobody_named_is_nobody():
    (card,) = cards("2024年5月10日、サーバに不正アクセスがあった。警察に届け出た。\n")
    assert card.victim is None


def test_many_organisations_stay_cheap():
    text = "".join(f"・【株式会社甲{n}商事】2024年4月1日、サーバに侵入された。\n" for n in range(400))
    begin = time.process_time()
    assert len(cards(text)) > 100
    assert time.process_time() - begin < 20


def test_a_supplier_named_in_the_words_has_a_card_of_its_own():
    found = cards(
        "株式会社丙電機\n\n不正アクセスについて\n\n2024年10月11日、当社のサーバーへの侵入を検知し、同日隔離しました。"
        "攻撃者が2024年9月24日に子会社である丙サービス株式会社の保守用端末を経由して侵入していました。\n"
    )
    assert [(card.victim, card.vectors) for card in found] == [
        ("株式会社丙電機", ("supply_chain",)),
        ("丙サービス株式会社", ("unknown",)),
    ]
    assert found[1].first_intrusion is None


def test_what_got_out_of_a_supplier_is_the_clients_as_well():
    found = cards(
        "株式会社丁ガス\n\n委託先のランサムウェア被害について\n\n株式会社丁ガスが印刷を委託している戊印刷株式会社が2025年5月31日にランサムウェアに感染しました。"
        "戊印刷株式会社から株式会社丁ガスの納税通知書の印刷データが流出しました。株式会社丁ガスの口座情報は流出していません。\n"
    )
    told = {card.victim: card.leaked for card in found}
    assert told["株式会社丁ガス"] == told["戊印刷株式会社"] != ()


def test_looking_around_is_no_intrusion_where_one_is_told_of():
    text = TEXT.replace("2020年9月7日、当社", "2020年4月17日、偵察がありました。\n2020年9月7日、当社")
    (card,) = cards(text)
    assert card.first_intrusion == "2020-09-07"


@pytest.mark.parametrize(
    ("story", "detection"),
    [
        ("2024年5月8日、当社は個人情報保護委員会に報告しました。", None),
        ("2024年5月8日、取引先から不審なメールについて連絡がありました。", "2024-05-08"),
        ("2024年5月8日、不正アクセスを確認し、警察に相談しました。", "2024-05-08"),
        ("2024年5月8日、復旧したことを確認しました。", None),
        ("2024年5月8日に被害届を所轄警察に提出しました。", None),
        ("2024年5月8日、経済産業省へ一報を入れました。", None),
        ("2024年5月8日、当社の状況を報告しました。", None),
        ("2024年5月8日、外部から指摘がありました。", "2024-05-08"),
        ("2024年5月8日、委託先から漏えいのおそれがあるとの報告を同日午後に受けました。", "2024-05-08"),
        ("2024年5月8日、監視を委託している企業が異常を報告しました。", "2024-05-08"),
    ],
)
def test_the_first_sign_dates_the_detection(story, detection):
    (card,) = cards(f"株式会社甲製作所\n\n不正アクセスについて\n\n当社のサーバに不正アクセスがありました。\n{story}\n")
    assert card.detection == detection


def test_a_report_to_the_police_takes_no_containment_away():
    (card,) = cards(
        "株式会社甲製作所\n\n不正アクセスについて\n\n当社のサーバに不正アクセスがありました。\n"
        "2024年5月7日にサーバを停止しました。2024年5月8日に被害届を所轄警察に提出しました。\n"
    )
    assert (card.detection, card.containment) == (None, "2024-05-07")


def test_a_setting_is_the_reason_and_the_service_the_door():
    (card,) = cards(
        "株式会社甲製作所\n\n不正アクセスについて\n\n当社のサーバがランサムウェアに感染しました。"
        "原因は、リモートデスクトップの設定に不備があり、ここから侵入されたことです。\n"
    )
    assert set(card.vectors) == {"rdp", "malware"}
    assert card.root_causes == ("misconfiguration",)


def test_the_victim_is_whom_something_was_done_to_not_whom_the_report_begins_with():
    found = cards(
        "警視庁は28日、商社「辛川商事」の元社員の男(32)を不正競争防止法違反の疑いで逮捕したと発表した。"
        "男は2022年7月16日の夜、元同僚のIDとパスワードを使って商社「壬田産業」のサーバーに入り、取引台帳をダウンロードした疑い。\n"
    )
    assert found[0].victim == "壬田産業"
    assert found[0].first_intrusion == "2022-07-16"
    assert found[0].attributed_actor == "元社員の男"


def test_a_client_with_a_column_of_its_own_has_a_card():
    found = cards(
        "甲学習株式会社と乙学院について\n\n2025年2月14日、甲学習株式会社は不正アクセスを受けたと発表しました。乙学院も同日、影響を公表しています。\n\n"
        "日時  甲学習株式会社  乙学院\n"
        "2024年12月21日  検証環境に不正アクセス。   \n"
        "2025年1月29日     保護者から相談を受ける。\n"
        "2025年2月3日  検証環境を停止。   \n"
        "2025年2月5日  個人情報保護委員会に報告。   甲学習株式会社から連絡を受領。\n"
        "2025年2月14日  不正アクセスを公表。   生徒への影響を公表。\n"
    )
    (client,) = (card for card in found if card.victim == "乙学院")
    assert (client.detection, client.disclosure, client.first_intrusion) == ("2025-01-29", "2025-02-14", None)


def test_who_is_asked_about_a_supply_chain_is_no_client():
    found = cards(
        "株式会社丙電機は2024年10月16日、サーバーに不正アクセスを受けたと発表した。丙電機は10月11日に侵入を検知し、サーバーを隔離した。\n"
        "癸大学は、委託先を経由した侵入が増えたとみている。\n"
    )
    assert [card.victim for card in found] == ["株式会社丙電機"]


def cards_of(text):
    return extract_document(text.encode(), "t.txt").incidents


def test_the_day_of_an_announcement_is_no_day_of_the_intrusion():
    (card,) = cards_of(
        "株式会社乙山商会\n\n当社は、2024年5月2日に公表いたしました不正アクセスにつき調査を終えました。\n2024年4月18日に当社のサーバーへ侵入されました。\n"
    )
    assert card.first_intrusion == "2024-04-18"


def test_a_day_with_a_comma_is_no_period_of_customers():
    (card,) = cards_of(
        "株式会社乙山商会\n\n2024年5月20日、カード会社から、本サイトを利用されたお客様のカード情報の漏えい懸念について連絡を受けました。\n2024年9月6日、当社は本件を公表しました。\n"
    )
    assert card.detection == "2024-05-20"
    assert card.first_intrusion is None


def test_a_day_says_more_than_its_month_when_something_was_noticed():
    (card,) = cards_of(
        "株式会社乙山商会は2024年8月に不正アクセスを検知した。\n株式会社乙山商会は2024年8月17日、不審な通信を検知した。\n"
    )
    assert card.detection == "2024-08-17"


def test_a_wrong_setting_is_a_human_error_and_a_loss_as_well():
    (card,) = cards_of(
        "株式会社乙山商会は2024年5月2日、ストレージの設定不備により個人情報が閲覧可能だったと発表した。\n"
    )
    assert (card.vectors, set(card.root_causes)) == (("misconfiguration",), {"misconfiguration", "human_error"})
    (card,) = cards_of("丙原市は2024年5月2日、個人情報を保存したUSBメモリを紛失したと発表した。\n")
    assert (card.vectors, card.root_causes) == (("loss_or_theft",), ("human_error",))
    assert card.leaked == ()


def test_a_slip_behind_a_way_in_is_a_reason_only():
    (card,) = cards_of(
        "株式会社乙山商会は2024年5月2日、ランサムウェアに感染した。原因はサーバーへの接続に多要素認証が導入されていなかったことだった。\n"
    )
    assert card.vectors == ("malware",)
    assert card.root_causes == ("misconfiguration",)


def test_a_list_that_a_sentence_points_to_is_its_data():
    (card,) = cards_of(
        "株式会社乙山商会への不正アクセスについて\n\n2024年5月2日\n株式会社乙山商会\n\n当社のサーバーが不正アクセスを受け、個人情報が漏えいしました。\n漏えいした情報は以下のとおりです。\n・氏名\n・住所\n・電話番号\n"
    )
    assert card.leaked == ("氏名、住所、電話番号",)


def test_the_board_that_tells_of_a_school_has_no_card():
    found = cards_of(
        "丁野市教育委員会は2024年7月5日、丁野市立桂谷小学校の教諭がUSBメモリを紛失したと発表した。\n丁野市立桂谷小学校では6月30日に紛失に気付いた。丁野市立桂谷小学校は7月1日、警察に届け出た。\n"
    )
    assert "丁野市教育委員会" not in [card.victim for card in found] or len(found) == 1


def test_what_a_shop_does_not_hold_is_denied_unless_it_was_taken_elsewhere():
    (held,) = cards(
        "株式会社甲山商事は2024年5月10日、会員の氏名が流出したと発表した。カード情報は同社では保有しておりません。\n"
    )
    assert held.denied_leak == ("カード情報",)
    (taken,) = cards(
        "株式会社甲山商事は2024年5月10日、顧客のカード情報が流出したと発表した。同社ではカード情報を保有しておりません。\n"
    )
    assert taken.denied_leak == ()


def test_a_topic_that_is_denied_in_its_sentence_did_not_get_out():
    (card,) = cards(
        "甲山市は2024年5月10日、サーバーに不正アクセスを受けたと発表した。個人情報の流出について、市は「現時点で確認していない」と説明する。\n"
    )
    assert card.leaked == ()


def test_a_contractor_of_a_name_gives_the_first_sign():
    (card,) = cards(
        "株式会社甲山商事は2024年5月20日、同社のサイトが不正アクセスを受けたと発表した。"
        "同社によると、5月11日に保守を委託する株式会社乙川システムから、不審な処理が記録されているとの連絡があった。"
        "5月15日には専門機関から調査報告書を受領した。\n"
    )
    assert card.detection == "2024-05-11"


def test_a_report_that_was_asked_for_is_no_first_sign():
    (card,) = cards(
        "株式会社甲山商事は、2024年5月1日に不正アクセスを受けました。5月15日に専門機関から調査報告書を受領しました。\n"
    )
    assert card.detection is None


def test_what_was_not_given_to_a_supplier_is_denied_of_the_client():
    found = cards(
        "株式会社甲山商事は2024年5月20日、印刷を委託している株式会社乙川印刷のサーバーがランサムウェアに感染し、甲山商事の顧客の氏名が漏えいした可能性があると発表した。"
        "乙川印刷は5月10日に不正アクセスを受け、5月12日に感染を検知した。口座番号は乙川印刷に提供しておりません。\n"
    )
    denied = {card.victim: card.denied_leak for card in found}
    assert denied["株式会社甲山商事"] == ("口座番号",)
    assert not any(phrases for victim, phrases in denied.items() if victim != "株式会社甲山商事")


def test_whose_customers_data_a_contractor_lost_is_its_client_and_has_a_card_of_its_own():
    text = (
        "2024年6月4日\n株式会社コトバ通販\n配送委託先におけるランサムウェア感染について\n"
        "当社の配送委託先である株式会社ソラマメ配送において、5月30日にランサムウェア感染が発生し、"
        "当社のお客様情報が漏えいしたおそれがあるとの報告を6月1日に受けました。\n"
        "当社は6月3日に個人情報保護委員会に報告しました。\n"
    )
    cards = {card.victim: card for card in extract_document(text.encode(), "a.txt").incidents}
    assert set(cards) == {"株式会社コトバ通販", "株式会社ソラマメ配送"}
    assert cards["株式会社ソラマメ配送"].first_intrusion == "2024-05-30"
    assert cards["株式会社コトバ通販"].first_intrusion is None


def test_the_day_of_traces_is_not_the_day_of_the_noticing():
    text = (
        "青羽精機への不正アクセスのまとめ\n"
        "2016年4月 【青羽精機】侵入の痕跡を確認\n"
        "2018年5月 【青羽精機】社内端末への不正アクセスを検知\n"
        "2020年2月6日 【青羽精機】不正アクセスを公表\n"
    )
    (card,) = extract_document(text.encode(), "a.txt").incidents
    assert card.detection == "2018-05"


def test_of_a_month_and_a_day_in_it_the_day_is_when_they_came_in():
    told = "2024年5月30日\n株式会社架空製作所\n\n不正アクセスについて\n\n本年4月に発生した不正アクセスについてご報告します。"
    exact = "攻撃者は4月17日に当社のサーバーへ侵入しました。"
    assert cards(f"{told}\n{exact}")[0].first_intrusion == "2024-04-17"
    assert cards(f"{told}\n{exact.replace('17日に', '下旬ごろに')}")[0].first_intrusion == "2024-04"


def test_the_day_on_which_stolen_data_were_put_up_is_not_that_of_the_break_in():
    told = "2025年1月15日\n株式会社架空製作所\n\n不正アクセスについて\n\n"
    shown = "12月30日、当社から窃取されたとされるデータがリークサイトに公開されました。"
    assert cards(told + shown)[0].first_intrusion is None


NEWS = "2025年5月20日　東都新報\n\n"


def by_victim(text):
    return {card.victim: card for card in extract_document(text.encode(), "a.txt").incidents}


@pytest.mark.parametrize("day", ["", "16日に"])
def test_an_undated_attack_on_a_subsidiary_is_its_card_as_a_dated_one_is(day):
    told = by_victim(
        f"{NEWS}常盤木産業株式会社は20日、子会社の常盤木倉庫株式会社が{day}不正アクセスを受け、顧客情報300件が流出したと発表した。\n"
    )
    assert set(told) == {"常盤木倉庫株式会社"}
    card = told["常盤木倉庫株式会社"]
    assert (card.leaked, card.disclosure) == (("顧客情報",), "2025-05-20")


def test_the_school_whose_teacher_lost_it_is_the_victim_and_its_town_makes_it_public():
    told = by_victim(f"{NEWS}浅霧市は20日、市立浅霧東中学校の教諭が生徒名簿を入れたUSBメモリを紛失したと発表した。\n")
    assert {victim: card.disclosure for victim, card in told.items()} == {"市立浅霧東中学校": "2025-05-20"}


def test_an_undated_attack_on_another_beside_a_dated_story_is_told_in_passing():
    told = by_victim(
        f"{NEWS}株式会社甲斐野商会は5月16日に不正アクセスを受けたと発表した。株式会社乙部商会もランサムウェアに感染し、情報が流出している。\n"
    )
    assert set(told) == {"株式会社甲斐野商会"}


def test_what_befell_two_together_is_a_card_of_each():
    for text in (
        "株式会社甲斐野商会と株式会社乙部商会が不正アクセスを受け、両社とも個人情報が流出した。",
        "株式会社甲斐野商会と株式会社乙部商会で個人情報が流出した。",
    ):
        told = by_victim(f"{NEWS}{text}\n")
        assert {victim: card.leaked for victim, card in told.items()} == {
            "株式会社甲斐野商会": ("個人情報",),
            "株式会社乙部商会": ("個人情報",),
        }


TWO = (
    f"{NEWS}株式会社甲斐野商会と株式会社乙部商会が19日、それぞれ運営する通販サイトが不正アクセスを受けたと発表した。\n"
)


def test_each_of_two_that_share_a_verb_has_its_own_day():
    for line in (
        "甲斐野商会では5月2日に、乙部商会では5月4日に不審な通信を検知した。",
        "甲斐野商会は5月2日に、乙部商会は5月4日にそれぞれ検知した。",
        "甲斐野商会は5月2日に検知し、乙部商会は5月4日に検知した。",
    ):
        told = by_victim(TWO + line)
        assert told["株式会社甲斐野商会"].detection == "2025-05-02", line
        assert told["株式会社乙部商会"].detection == "2025-05-04", line
        assert {card.disclosure for card in told.values()} == {"2025-05-19"}


def test_each_of_two_that_share_a_verb_has_its_own_count():
    extracted = extract_document(
        f"{TWO}甲斐野商会は3,200人分、乙部商会は780人分の氏名や住所が流出した。\n".encode(), "a.txt"
    )
    victim = {card.incident_id: card.victim for card in extracted.incidents}
    counted = {one.text: victim[one.card_id] for one in extracted.quantities}
    assert counted == {"3,200人分": "株式会社甲斐野商会", "780人分": "株式会社乙部商会"}
    assert {card.leaked for card in extracted.incidents} == {("氏名や住所",)}


def test_whose_people_the_data_are_is_a_client_though_no_day_is_told():
    told = by_victim(
        "2025年1月15日\n株式会社青嶺製菓\n\n情報漏えいの可能性について\n\n"
        "当社は1月10日、委託先の株式会社北見配送がランサムウェア攻撃を受けたとの報告を受けました。当社のお客様情報500件が流出した可能性があります。\n"
    )
    assert set(told) == {"株式会社青嶺製菓", "株式会社北見配送"}
    assert told["株式会社青嶺製菓"].vectors == ("supply_chain",)


@pytest.mark.parametrize(
    ("said", "leaked", "denied"),
    [
        ("本校の生徒の氏名680名分が漏えいした可能性があります。", ("本校の生徒の氏名",), ()),
        ("本校のデータが外部に送信された形跡は確認されていません。", (), ("本校のデータ",)),
    ],
)
def test_who_runs_the_service_that_the_writer_uses_is_its_supplier(said, leaked, denied):
    told = by_victim(
        "2024年6月20日\n青霧高等学校\n校長　森　一郎\n\n外部サービスへの不正アクセスについて\n\n"
        "本校が利用している「空便」を運営する株式会社ソライロより、6月7日、サーバーが不正アクセスを受けたとの連絡がありました。\n"
        f"{said}本校は6月8日に利用を停止しました。\n"
    )
    assert set(told) == {"青霧高等学校", "株式会社ソライロ"}
    school = told["青霧高等学校"]
    assert (school.vectors, school.possibly_leaked, school.denied_leak) == (("supply_chain",), leaked, denied)
    assert school.detection == "2024-06-07"
