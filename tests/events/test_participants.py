"""Whose event it is where several organisations act together."""

import pytest

import tenmatsu


def orgs(text, kind="disclosure"):
    return [event.org for event in tenmatsu.extract(text).events.itertuples() if event.type == kind]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A株式会社とB株式会社が公表した。", "A株式会社|B株式会社"),
        ("株式会社青葉及び北斗株式会社は公表した。", "株式会社青葉|北斗株式会社"),
        ("株式会社青葉、北斗株式会社およびみなと株式会社は公表した。", "株式会社青葉|北斗株式会社|みなと株式会社"),
        ("株式会社青葉・北斗株式会社は公表した。", "株式会社青葉|北斗株式会社"),
        ("株式会社青葉は公表し、北斗株式会社は調べている。", "株式会社青葉"),
        ("株式会社青葉によると、北斗株式会社が公表した。", "北斗株式会社"),
        ("株式会社青葉と契約する北斗株式会社が公表した。", "北斗株式会社"),
    ],
)
def test_those_who_act_together(text, who):
    assert orgs(text) == [who]


def test_those_who_suffer_together():
    text = "株式会社青葉と北斗株式会社のサーバーが10月3日に不正アクセスを受けた。"
    assert orgs(text, "intrusion") == ["株式会社青葉|北斗株式会社"]


def told(text):
    return [
        (event.type, event.org if isinstance(event.org, str) else None)
        for event in tenmatsu.extract(text).events.itertuples()
    ]


CLIENT = """2024年7月1日
株式会社青葉

業務委託先における不正アクセスについて

当社が印刷を委託している株式会社北斗（以下「北斗」）のサーバーが6月20日にランサムウェアに感染しました。
当社がお預かりしている個人情報が流出したことが判明しました。
6月22日、同社から当社に電話で連絡がありました。
6月24日、同社から報告を受けました。6月25日に当社ホームページで公表しました。
当社のシステムへの侵入は6月26日に確認されておりません。
"""


def test_the_contractor_suffers_and_the_client_acts():
    got = told(CLIENT)
    assert ("infection", "株式会社北斗") in got
    assert ("data_leak", "株式会社北斗") in got
    # 同社から連絡があった: who tells; 報告を受けた: who is told
    assert [org for kind, org in got if kind in ("notification", "disclosure")] == [
        "株式会社北斗",
        "株式会社青葉",
        "株式会社青葉",
    ]
    assert ("intrusion", "株式会社青葉") in got


def test_a_vendor_whose_form_was_set_wrongly_suffers_nothing():
    text = (
        "株式会社青葉\n\n漏えいについて\n\n当社は株式会社北斗のサービスでフォームを作成しました。"
        "設定の誤りにより6月3日に情報が漏えいしました。株式会社北斗に調査を依頼しました。\n"
    )
    assert ("data_leak", "株式会社青葉") in told(text)


DIGEST = """今週の事件

■1 病院
浜野総合病院は4日、カルテが使えなくなったと発表した。3日に障害を検知した。

■2 証券会社で情報流出
常北地裁は9日、紫野ネット証券の元担当者に判決を言い渡した。元担当者は2月3日に情報を盗み見た。
"""


def test_each_section_of_a_digest_has_its_own():
    got = told(DIGEST)
    assert ("detection", "浜野総合病院") in got
    assert ("consequence", "常北地裁") in got
    assert [org for kind, org in got if kind == "data_leak"] == ["紫野ネット証券"] * 2


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "株式会社青葉は公表した。10月3日、北斗学院の保護者から不審なメールが届いたとの相談があった。",
            ("notification", "北斗学院"),
        ),
        (
            "株式会社青葉\n\n10月3日、株式会社北斗から当社に調査の依頼がありました。\n",
            ("investigation", "株式会社北斗"),
        ),
        (
            "株式会社青葉\n\n当社は10月3日に停止しました。10月4日、青葉県警察が元社員を逮捕しました。\n",
            ("consequence", "青葉県警察"),
        ),
        (
            "株式会社青葉\n\n当社は公表しました。\n・10月3日　外部専門会社がサーバーの調査を実施\n",
            ("investigation", "株式会社青葉"),
        ),
        ("10月3日、委託している北斗電機社でファイルが書き換えられ、ウイルスに感染", ("infection", "北斗電機社")),
        ("Seaview Hosting が10月3日、声明を発表した。", ("disclosure", "Seaview Hosting")),
        ("株式会社青葉は謝罪した。化学産業は10月3日、対策を公表した。", ("disclosure", None)),
        (
            "国立大学法人北都大学\n\n10月3日、その大学は当該サーバーを遮断しました。\n",
            ("containment", "国立大学法人北都大学"),
        ),
        (
            "株式会社青葉\n\n当社は株式会社北斗のサービスを使っていますが、株式会社北斗からの流出はございません。\n",
            ("data_leak", "株式会社北斗"),
        ),
        ("警察庁は10月2日に公表した。\n木の葉は落ち、10月3日にサーバーを停止した。\n", ("containment", None)),
        ("株式会社青葉は謝罪した。政府は10月3日、対策を公表した。", ("disclosure", None)),
        ("株式会社青葉は謝罪した。銀行は10月3日、影響の調査を始めた。", ("investigation", None)),
    ],
)
def test_whose_event(text, event):
    assert event in told(text)


def test_who_is_told_of_a_leak_does_not_suffer_it():
    got = told("株式会社青葉は10月3日に公表した。北斗株式会社は株式会社みなとに流出の可能性を伝えた。")
    assert ("data_leak", "株式会社みなと") not in got
    assert ("data_leak", "北斗株式会社") not in got


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("青葉銀行は5月1日、子会社の北斗商事株式会社が不正アクセスを受けたと発表した。", ["青葉銀行"]),
        ("青葉銀行は5月1日、委託先の北斗商事株式会社から顧客情報が流出したことを公表した。", ["青葉銀行"]),
        ("青葉銀行は、北斗商事株式会社が4月3日に攻撃を受けた件について5月1日に発表した。", ["青葉銀行"]),
        ("青葉銀行が5月1日、子会社の北斗商事株式会社が不正アクセスを受けたと発表した。", ["青葉銀行"]),
        ("青葉銀行は5月1日、北斗商事株式会社は関わっていないと発表した。", ["青葉銀行"]),
        ("青葉銀行は、北斗商事株式会社では5月1日に障害が起きたと発表した。", ["青葉銀行"]),
        ("県教委は5月1日、委託先の北斗商事株式会社が不正アクセスを受けたと発表した。", [None]),
        ("青葉銀行の子会社の北斗商事株式会社が5月1日、攻撃を受けたと発表した。", ["北斗商事株式会社"]),
        ("青葉銀行は停止し、北斗商事株式会社が5月3日、攻撃を受けたことを公表した。", ["北斗商事株式会社"]),
        ("青葉銀行は、北斗商事株式会社が5月1日に攻撃を受けたと公表したことを受け、調べた。", ["北斗商事株式会社"]),
        ("青葉銀行は、北斗商事株式会社が5月1日に公表した件を調べている。", ["北斗商事株式会社"]),
    ],
)
def test_the_topic_announces_what_befell_another(text, who):
    got = [org if isinstance(org, str) else None for kind, org in told(text) if kind == "disclosure"]
    assert got == who


def test_what_is_announced_stays_with_whom_it_befell():
    got = told("青葉銀行は5月1日、子会社の北斗商事株式会社が4月3日にランサムウェアに感染したと公表した。")
    assert ("infection", "北斗商事株式会社") in got
    assert ("disclosure", "青葉銀行") in got


@pytest.mark.parametrize(
    "text",
    [
        "青葉県警サイバー犯罪対策課は5月1日、会社員の男を逮捕した。同課によると、男は4月3日に侵入し、"
        "情報を外部に移していたという。同課は余罪を調べている。",
        "青葉地裁は5月1日、元社員の男に判決を言い渡した。男は4月3日に顧客情報を持ち出した。同地裁は悪質だとした。",
    ],
)
def test_police_and_courts_are_not_the_victims_of_those_they_pursue(text):
    result = tenmatsu.extract(text)
    events = list(result.events.itertuples())
    assert [e.org for e in events if e.type in ("intrusion", "data_leak") and isinstance(e.org, str)] == []
    assert any(e.type == "consequence" and isinstance(e.org, str) for e in events)
    assert not any(isinstance(card.victim, str) for card in result.incidents.itertuples())


OF_ANOTHER = "青葉銀行は5月1日、注意を呼びかけた。"


@pytest.mark.parametrize(
    ("sentence", "kind", "who"),
    [
        ("他社では8月30日に約2,000万円が不正に送金された。", "fraud", None),
        ("海外の企業では、8月30日に情報が流出した。", "data_leak", None),
        ("別の企業も9月2日に不正アクセスを受けた。", "intrusion", None),
        ("同業他社のサーバーが5月4日に不正アクセスを受けた。", "intrusion", None),
        ("他社から5月4日に情報が流出した。", "data_leak", None),
        ("他社で流出したパスワードにより、5月4日に不正ログインがあった。", "intrusion", "青葉銀行"),
        ("他社では起きていないが、青葉銀行では5月3日に不正アクセスがあった。", "intrusion", "青葉銀行"),
        ("他社から指摘を受け、青葉銀行のサーバーへの不正アクセスが5月3日にあった。", "intrusion", "青葉銀行"),
    ],
)
def test_another_without_a_name_is_nobody_of_the_document(sentence, kind, who):
    assert [org if isinstance(org, str) else None for k, org in told(OF_ANOTHER + sentence) if k == kind] == [who]


BANK = "■ 青葉銀行、顧客情報が流出\n青葉銀行は5月3日、顧客情報が流出したと発表した。\n\n"


@pytest.mark.parametrize(
    ("section", "who"),
    [
        (
            "■ ルナソフト、ソースコードが公開状態\n株式会社ルナソフトは5月1日、閲覧可能な状態だったと発表した。"
            "青葉銀行にも報告した。\n",
            "株式会社ルナソフト",
        ),
        ("■ 通販「ホシゾラ便」、情報流出\n運営するホシゾラ物流は5月1日、調査中だと発表した。\n", "ホシゾラ物流"),
        ("■ ホシゾラ、情報流出\n5月1日、情報が漏えいしたと発表した。\n", None),
    ],
)
def test_a_short_name_that_opens_a_heading_is_of_its_section(section, who):
    text = "今週のまとめ\n\n" + BANK + section
    at = text.index(section)
    events = [e for e in tenmatsu.extract(text).events.itertuples() if e.start >= at and e.type == "data_leak"]
    assert events
    assert {e.org if isinstance(e.org, str) else None for e in events} == {who}


def test_the_headings_of_a_notice_do_not_part_it():
    text = "株式会社青葉\n\n■ 北斗運輸株式会社、情報流出\n当社の情報が5月1日に流出しました。\n\n■ お客様、関係者の皆様\n5月2日に漏えいしました。\n"
    assert told(text)[-1] == ("data_leak", "株式会社青葉")


@pytest.mark.parametrize(
    ("sentence", "kind", "who"),
    [
        ("北斗デリカ株式会社で5月1日に発生したサイバー攻撃により、5月2日に情報が流出しました。", "data_leak", "北斗"),
        (
            "当社は、子会社の北斗デリカ株式会社の工場で、出荷を担う基幹系の機器が5月1日に感染しました。",
            "infection",
            "北斗",
        ),
        (
            "当社は、子会社の北斗デリカ株式会社における、5月1日の早朝の侵入により、個人情報が流出しました。",
            "data_leak",
            "北斗",
        ),
        ("北斗デリカ株式会社で調査を行った結果、5月1日に当社の情報が流出していました。", "data_leak", "青葉"),
        ("北斗デリカ株式会社で当社の製品を製造している間に、5月1日に情報が流出しました。", "data_leak", "青葉"),
    ],
)
def test_the_place_of_an_attack_is_its_victim(sentence, kind, who):
    got = told("青葉ホールディングス株式会社\n\nサイバー攻撃について\n\n" + sentence + "当社は5月3日に公表しました。\n")
    assert [org[:2] for k, org in got if k == kind] == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "図書館のサイトが5月1日に改ざんされた。保守会社の株式会社ウェブ北斗に連絡し、同社が復旧した。"
            "5月3日に再び改ざんされた。",
            [None, None],
        ),
        (
            "青葉県立図書館は5月2日、改ざんについて発表した。保守会社の株式会社ウェブ北斗に連絡した。"
            "株式会社ウェブ北斗が5月1日に改ざんされたファイルを復旧した。",
            ["青葉県立図書館"],
        ),
        ("保守会社の株式会社ウェブ北斗のサーバーが5月1日に改ざんされ、侵入された。", ["株式会社ウェブ北斗"]),
    ],
)
def test_who_mends_the_systems_of_another_is_not_the_victim(text, who):
    result = tenmatsu.extract(text)
    events = [e for e in result.events.itertuples() if e.type == "tampering" and isinstance(e.date, str)]
    assert [e.org if isinstance(e.org, str) else None for e in events] == who
    named = [card.victim if isinstance(card.victim, str) else None for card in result.incidents.itertuples()]
    assert named == who[:1]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "霞岡市\n\n本市が委託する株式会社北斗において、7月1日、データが暗号化されていることを同社の当直職員が発見した。\n",
            ("detection", "株式会社北斗"),
        ),
        (
            "霞岡市\n\n7月4日、株式会社北斗から本市に対し、漏えいはない旨の報告があった。\n",
            ("notification", "株式会社北斗"),
        ),
        ("霞岡市\n\n本市は7月4日、株式会社北斗から報告を受けた。\n", ("notification", "霞岡市")),
        ("株式会社青葉は公表した。毎朝新聞は4月25日、同社が金を要求されていたと報じた。", ("press_report", "毎朝新聞")),
        (
            "株式会社青葉は公表した。\n4月3日、株式会社北斗への侵入が始まり、4月5日以降、管理者権限を用いた社内の探索が繰り返された。\n",
            ("reconnaissance", "株式会社北斗"),
        ),
        (
            "株式会社青葉は3日、感染したと発表した。\nセキュリティー会社「キタザワ」の西研究員は「情報が漏えいした可能性がある」と話す。\n",
            ("data_leak", "株式会社青葉"),
        ),
        ("株式会社北都電機は4月2日に公表した。\n官房長官は4月3日に会見した。\n", ("disclosure", None)),
    ],
)
def test_who_acts_and_who_is_told(text, event):
    assert event in told(text)


PAIR = "お知らせ\n\n株式会社北斗通信と株式会社南星商事が被害に遭った。"
BOTH = "株式会社北斗通信|株式会社南星商事"


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (f"{PAIR}両社とも端末が感染した。", "infection", BOTH),
        (f"{PAIR}情報は（両社共）流出していない。", "data_leak", BOTH),
        (f"{PAIR}両社共同で対策本部を設置した。", "mobilisation", BOTH),
        # とも behind names is "with them too", and それぞれに is to whom
        (
            "青葉電機株式会社は、株式会社北斗通信および株式会社南星商事とも連携し、調査を開始した。",
            "investigation",
            "青葉電機株式会社",
        ),
        (
            "青葉電機株式会社は4月3日、株式会社北斗通信と株式会社南星商事それぞれに被害を報告した。",
            "notification",
            "青葉電機株式会社",
        ),
    ],
)
def test_what_is_told_of_both(text, kind, who):
    events = tenmatsu.extract(text).events
    assert [one.org for one in events.itertuples() if one.type == kind] == [who]
