"""Whole notices: whom each name and each anaphor stands for. A mention is (text, entity, kind's first letter)."""

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.organisations import find, resolve, role_of
from tenmatsu.read.layout import analyse


def read(text, **more):
    lines, sentences = analyse(text)
    return resolve(text, find(text, lines), lines, sentences, **more)


HOSPITAL = """2024年6月3日
各位
医療法人社団青葉会 みなと中央病院
院長 山田太郎

電子カルテシステムの障害に関するお知らせ(第2報)

医療法人社団青葉会 みなと中央病院(以下「当院」といいます。)は、5月28日に電子カルテシステムへの不正アクセスを受けました。
当院では直ちにネットワークを遮断し、千葉県警察本部および厚生労働省に報告しました。
給食の委託先である株式会社ハルカゼフーズのVPN装置から侵入された可能性があります。同社は5月29日に連絡をくれました。
みなと中央病院は外部専門機関の協力を得て調査を続けています。相当社会的な影響がありました。
"""
WHOLE = "医療法人社団青葉会 みなと中央病院"

UNIVERSITY = """北斗大学、学生ら3千人分の情報流出か メール誤送信

国立大学法人北斗大学は10日、学生の個人情報が流出したと発表した。同大によると、職員が誤って外部に送信した。
同大学は文部科学省に報告した。北斗大は再発防止に努めるとしている。北斗大学附属病院への影響はないという。
同校区の小学校には関係がない。
"""

CITY = """令和5年3月1日 東かがわ市
USBメモリの紛失について
本市が業務を委託している株式会社東西データサービス(以下「受託者」という)において、USBメモリを紛失する事案が発生しました。
受託者は2月20日、青葉南警察署に遺失届を提出し、本市に報告しました。
同社の社員が、再委託先のA社に向かう途中で紛失したものです。横浜市に住む方々の情報は含まれません。
青森市は同様の委託をしていません。市教委によると影響はありません。
"""

SHOP = """2022年10月5日
お客様各位
株式会社オレンジ家具
代表取締役 佐藤一郎
弊社が運営する「オレンジ家具オンラインショップ」への不正アクセスに関するお詫びとお知らせ
一部のクレジットカード会社から連絡を受け、第三者調査機関「P.C.F. FRONTEO株式会社」による調査を開始しました。
オレンジ色のボタンからお問い合わせください。決済はGMOペイメントゲートウェイ株式会社(以下「GMO-PG」という)が担い、GMO-PGに影響はありません。
弊社はショーケース社の提供するフォームの利用を止めました。Google AnalyticsやMicrosoft 365は無関係です。
"""

BANK = """株式会社みなと銀行(頭取 青葉次郎、以下「当行」)は、フィッシングについてお知らせします。
当行の行員を名乗る者が同行するという電話にご注意ください。
・当行は7月3日、金融庁及び関東財務局に報告しました。
・運用は日本アイ・ビー・エム株式会社(以下、日本IBM)に委託しており、日本IBMの調査では痕跡はありません。
"""

SUBSIDIARY = """北斗電機の子会社にサイバー攻撃 取引先の情報流出か

北斗電機は12日、米国子会社のHokuto Systems Inc.がランサムウェアの被害を受けたと発表した。同社によると、11日に子会社がサーバーの停止を確認した。
運用を請け負っていた合同会社ミナトテックは調査中としている。ミナトテックの広報は、同社の機器が入口になった可能性があると述べた。
トヨタ自動車とKDDIは、両社とも影響がないとした。警察庁に届け出た。
"""

CASES = {
    "hospital": (
        HOSPITAL,
        [
            (WHOLE, WHOLE, "n"),
            (WHOLE, WHOLE, "n"),
            ("当院", WHOLE, "a"),
            ("当院", WHOLE, "a"),
            ("千葉県警察本部", "千葉県警察本部", "n"),
            ("厚生労働省", "厚生労働省", "n"),
            ("株式会社ハルカゼフーズ", "株式会社ハルカゼフーズ", "n"),
            ("同社", "株式会社ハルカゼフーズ", "a"),
            ("みなと中央病院", WHOLE, "n"),
        ],
        WHOLE,
        WHOLE,
    ),
    "university": (
        UNIVERSITY,
        [
            ("北斗大学", "国立大学法人北斗大学", "n"),
            ("国立大学法人北斗大学", "国立大学法人北斗大学", "n"),
            ("同大", "国立大学法人北斗大学", "a"),
            ("同大学", "国立大学法人北斗大学", "a"),
            ("文部科学省", "文部科学省", "n"),
            ("北斗大", "国立大学法人北斗大学", "n"),
            ("北斗大学附属病院", "北斗大学附属病院", "n"),
        ],
        "国立大学法人北斗大学",
        None,
    ),
    "city": (
        CITY,
        [
            ("東かがわ市", "東かがわ市", "n"),
            ("本市", "東かがわ市", "a"),
            ("株式会社東西データサービス", "株式会社東西データサービス", "n"),
            ("受託者", "株式会社東西データサービス", "a"),
            ("受託者", "株式会社東西データサービス", "a"),
            ("青葉南警察署", "青葉南警察署", "n"),
            ("本市", "東かがわ市", "a"),
            ("同社", "株式会社東西データサービス", "a"),
            ("A社", "A社", "n"),
            ("青森市", "青森市", "n"),
        ],
        "東かがわ市",
        "東かがわ市",
    ),
    "shop": (
        SHOP,
        [
            ("株式会社オレンジ家具", "株式会社オレンジ家具", "n"),
            ("弊社", "株式会社オレンジ家具", "a"),
            ("P.C.F. FRONTEO株式会社", "P.C.F. FRONTEO株式会社", "n"),
            ("GMOペイメントゲートウェイ株式会社", "GMOペイメントゲートウェイ株式会社", "n"),
            ("GMO-PG", "GMOペイメントゲートウェイ株式会社", "n"),
            ("GMO-PG", "GMOペイメントゲートウェイ株式会社", "n"),
            ("弊社", "株式会社オレンジ家具", "a"),
            ("ショーケース社", "ショーケース社", "n"),
        ],
        "株式会社オレンジ家具",
        "株式会社オレンジ家具",
    ),
    "bank": (
        BANK,
        [
            ("株式会社みなと銀行", "株式会社みなと銀行", "n"),
            ("当行", "株式会社みなと銀行", "a"),
            ("当行", "株式会社みなと銀行", "a"),
            ("当行", "株式会社みなと銀行", "a"),
            ("金融庁", "金融庁", "n"),
            ("関東財務局", "関東財務局", "n"),
            ("日本アイ・ビー・エム株式会社", "日本アイ・ビー・エム株式会社", "n"),
            ("日本IBM", "日本アイ・ビー・エム株式会社", "n"),
            ("日本IBM", "日本アイ・ビー・エム株式会社", "n"),
        ],
        "株式会社みなと銀行",
        "株式会社みなと銀行",
    ),
    "subsidiary": (
        SUBSIDIARY,
        [
            ("北斗電機", "北斗電機", "n"),
            ("子会社", "Hokuto Systems Inc.", "a"),
            ("北斗電機", "北斗電機", "n"),
            ("Hokuto Systems Inc.", "Hokuto Systems Inc.", "n"),
            ("同社", "北斗電機", "a"),
            ("子会社", "Hokuto Systems Inc.", "a"),
            ("合同会社ミナトテック", "合同会社ミナトテック", "n"),
            ("ミナトテック", "合同会社ミナトテック", "n"),
            ("同社", "合同会社ミナトテック", "a"),
            ("トヨタ自動車", "トヨタ自動車", "n"),
            ("KDDI", "KDDI", "n"),
            ("両社", "トヨタ自動車|KDDI", "a"),
            ("警察庁", "警察庁", "n"),
        ],
        "北斗電機",
        None,
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_notice(case):
    text, expected, main, publisher = CASES[case]
    mentions, entities, about, by = read(text)
    assert [(m.text, m.entity, m.kind[0]) for m in mentions] == expected
    assert (about, by) == (main, publisher)
    known = {entity.entity_id for entity in entities}
    assert {part for m in mentions for part in m.entity_id.split("|")} <= known


def test_short_forms_join_the_fullest_name_of_the_document():
    text = "神戸製鋼所は発表した。神鋼は、神戸製鋼の端末を調べた。日経新聞が報じた(日本経済新聞)。"
    assert [m.entity for m in read(text)[0]] == ["神戸製鋼所"] * 3 + ["日本経済新聞"] * 2


def test_the_register_gives_the_corporate_number():
    [mention], [entity], *_ = read("三菱電機株式会社のサーバ")
    assert mention.entity_id == entity.entity_id == f"jp:{entity.corporate_number}"


def test_an_abbreviation_of_the_text_wins_over_a_company_of_that_name():
    mentions = read("東芝インフォメーションシステムズ【TIS社】が運用し、【TIS社】の機器から侵入された。")[0]
    assert {m.entity for m in mentions} == {"東芝インフォメーションシステムズ"}


def test_nobody_is_guessed():
    assert read("同社は否定した。当社も両社も自社の機器を調べた。外部専門機関と決済代行会社、警察に相談した。")[0] == []


def test_authorities_and_media_are_no_antecedent():
    mentions = read("北斗物産株式会社は発表した。経済産業省は調べる。日本経済新聞が報じた。同社は否定した。")[0]
    assert mentions[-1].entity == "北斗物産株式会社"


def test_quoted_title_speaks_for_the_organisation_of_its_line():
    text = "公式発表\n\n・セコム 当社サーバへの不正アクセスについて 2/6\n\n・パスコ 弊社端末について 2/6\n"
    assert [(m.text, m.entity) for m in read(text)[0] if m.kind == "anaphor"] == [
        ("当社", "セコム"),
        ("弊社", "パスコ"),
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("防衛省", "authority"),
        ("青葉大学", "school"),
        ("警視庁", "police"),
        ("日本経済新聞", "media"),
        ("北斗株式会社", "company"),
    ],
)
def test_role(name, kind):
    assert role_of(name) == kind


@given(
    st.text(alphabet="東芝三菱電機株式会社同社当社両社NEC 大学病院市は、。\n【】(以下「」)ぁのパスコ・", max_size=80)
)
def test_any_text_gives_quoted_spans_in_order(text):
    mentions, *_ = read(text)
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    assert pickle.loads(pickle.dumps(mentions)) == mentions


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("当社は株式会社北斗から、不正アクセスがあったとの報告を受けました。", None),
        ("株式会社青葉のお知らせ\n\n当社は、委託先の株式会社北斗から報告を受けました。", "株式会社青葉"),
        ("株式会社青葉は、当社が運営するサイトが攻撃を受けたことを確認しました。", "株式会社青葉"),
        ("株式会社北斗は当社に報告しました。当社、株式会社青葉は調べました。", "株式会社青葉"),
    ],
)
def test_who_stands_beside_us_is_not_us(text, who):
    mentions, _, main, _ = read(text)
    assert {m.entity for m in mentions if m.text == "当社"} == ({who} if who else set())
    assert main == who


UNSIGNED = {
    "maker of a device": "お詫び\n当社は、フォーティネット社製の機器から侵入されました。\n株式会社ラックに調査を依頼しました。\n",
    "provider": "お知らせ\n本学のサーバーが攻撃を受けました。\n委託先の株式会社北斗システムから報告を受けました。\n",
    "maker in hospital": "当院における漏えい\n当院は、富士通株式会社が提供する電子カルテを利用しています。\n",
    "product": "当社サーバーへの不正アクセスについて\nトレンドマイクロ株式会社の製品が検知しました。当社は調査しています。\n",
    "contractor": "漏えいについて\n当社の委託先である株式会社みなとシステムが感染しました。\n株式会社みなとシステムでは復旧を進めています。\n当社のお客様の情報です。\n",
    "service": "当社は、マイクロソフトのクラウドサービスを利用しています。マイクロソフトは調べています。\n",
    "newspaper": "日本経済新聞\n当社への不正アクセスを確認した。\n",
    "board": "本校の教諭が紛失しました。青葉市教育委員会に報告しました。\n",
    "bank": "当行は調べています。株式会社東西は当行に報告しました。\n",
}


@pytest.mark.parametrize("case", sorted(UNSIGNED))
def test_a_notice_without_its_sender_is_nobody_elses(case):
    mentions, _, main, publisher = read(UNSIGNED[case])
    assert [m for m in mentions if m.rule.startswith("N.self")] == []
    assert main is None
    assert publisher in (None, "日本経済新聞")


def test_who_is_quoted_is_not_the_writer():
    text = "流出を相次ぎ発表\n\n北斗物産株式会社は発表した。同社は調べている。\n\n青葉商事株式会社は「弊社から流出した事実はない」とした。\n"
    mentions, _, main, publisher = read(text)
    assert [m.entity for m in mentions if m.kind == "anaphor"] == ["北斗物産株式会社", "青葉商事株式会社"]
    assert (main, publisher) == ("北斗物産株式会社", None)


def test_a_role_that_the_text_defines():
    text = "株式会社北斗（以下「旧健診事務委託先」という）が攻撃を受けた。\n旧健診事務委託先は公表した。委託業者は別である。\n"
    assert [(m.text, m.entity) for m in read(text)[0] if m.kind == "anaphor"] == [
        ("旧健診事務委託先", "株式会社北斗")
    ] * 2


def test_a_town_and_its_office_are_one():
    assert {m.entity_id for m in read("北斗市役所は公表した。北斗市の職員が紛失した。")[0]} == {
        read("北斗市の職員")[0][0].entity_id
    }


@pytest.mark.parametrize("head", ["取引先の顧客名簿が流出か", "基幹システム停止続く", "個人情報紛失の件"])
def test_a_headline_is_no_publisher(head):
    assert read(f"{head}\n\n北斗株式会社は3日、発表した。\n")[3] is None


def pairs(text):
    return [(m.text, m.entity) for m in read(text)[0]]


TOWN = """令和7年7月18日
鳴滝浜市総務部デジタル推進課

個人情報の流出について

当市の情報が流出しました。市は7月6日に公表しました。横浜市に住む方は含まれません。
鳴滝浜市個人情報取扱要綱に基づき対応します。
鳴滝浜市中央町1-2 電話0000
"""


def test_a_town_that_no_list_has_is_known_by_its_office():
    town = "鳴滝浜市"
    assert pairs(TOWN) == [(town, town), ("当市", town), ("市", town), (town, town)]
    assert pairs("報道資料\n霞岡県農林水産部 担い手支援課\n\n本県は3日、流出を公表しました。\n") == [
        ("霞岡県", "霞岡県"),
        ("本県", "霞岡県"),
    ]


def test_a_town_in_brackets_behind_a_name_is_where_it_sits():
    assert pairs("紫野運輸（横浜市）は3日、流出を公表した。大手「木立会」(東京都港区)は公表した。") == [
        ("紫野運輸", "紫野運輸"),
        ("木立会", "木立会"),
    ]


def test_a_name_without_its_word_of_trade():
    text = "三ツ岳運輸は3日、流出を公表した。SNSでは「三ツ岳の顧客名簿」が出回る。三ツ岳は高い山だ。"
    assert pairs(text)[:2] == [("三ツ岳運輸", "三ツ岳運輸"), ("三ツ岳", "三ツ岳運輸")]
    text = "委託先の青葉マーケティングアクトProQXが運用する。ProQXは否定した。proQXという語。"
    assert pairs(text) == [
        (name, "青葉マーケティングアクトProQX") for name in ("青葉マーケティングアクトProQX", "ProQX")
    ]


def test_a_place_is_no_short_form():
    assert [one for one, _ in pairs("東京電力は3日、流出を公表した。東京は晴れた。東京の情報が多い。")] == ["東京電力"]


def test_of_two_companies_with_one_head_the_foremost_is_meant():
    text = (
        "三ツ岳運輸は3日、公表した。三ツ岳運輸は謝罪した。三ツ岳運輸は発表した。子会社の三ツ岳急便は謝罪した。"
        "三ツ岳の広報は否定した。"
    )
    assert pairs(text)[-1] == ("三ツ岳", "三ツ岳運輸")


def test_the_name_of_a_service_holds_no_company():
    text = "株式会社どんぐり堂\n\n「どんぐり堂オンライン」は停止中です。どんぐり堂は当社の屋号です。どんぐり堂アプリを使う。\n"
    assert [one for one, _ in pairs(text)] == ["株式会社どんぐり堂", "どんぐり堂", "当社"]


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("浜野総合病院は3日、攻撃を公表した。病院は5日に再開した。", "病院", "浜野総合病院"),
        ("医療法人青葉会「浜野病院」は3日に公表した。病院などによると調査中。", "病院", "浜野病院"),
        ("青葉年金機構は公表した。機構によると調査中。", "機構", "青葉年金機構"),
        ("青葉病院と浜野病院が攻撃を受けた。病院は公表した。", "病院", None),
        ("浜野総合病院は公表した。近くの病院は無事だ。", "病院", None),
        ("病院は公表した。", "病院", None),
        ("北都大学は公表した。2月26日に大学は再開した。", "大学", "北都大学"),
    ],
)
def test_the_only_one_of_its_kind(text, word, who):
    assert [m.entity for m in read(text)[0] if m.kind == "anaphor" and m.text == word] == ([who] if who else [])


def test_a_division_of_the_police_is_its_own_entity():
    text = "青葉県警生活経済課は28日、元社員の男を逮捕したと発表した。同課によると、男は否認している。"
    assert pairs(text) == [("青葉県警生活経済課", "青葉県警生活経済課"), ("同課", "青葉県警生活経済課")]


def test_two_that_were_named_before():
    text = (
        "北斗株式会社は公表した。同社は、みなと株式会社が使うシステムを運用する。2社は調べた。"
        "青葉株式会社に客から問い合わせが続き、同社は2社に伝えた。両者とも否定した。"
    )
    got = [(m.text, m.entity) for m in read(text)[0] if m.kind == "anaphor"]
    both = "北斗株式会社|みなと株式会社"
    assert got == [("同社", "北斗株式会社"), ("2社", both), ("同社", "青葉株式会社"), ("2社", both), ("両者", both)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "北斗株式会社は公表した。みなと株式会社は異常を同社に通報した。同社は停止した。",
            ["北斗株式会社", "北斗株式会社"],
        ),
        ("Seaview Hosting が声明を発表した。同社は否定した。", ["Seaview Hosting"]),
        (
            "北斗株式会社は公表した。みなと株式会社が異常を検知し、同社に連絡した。",
            ["北斗株式会社"],
        ),
        (
            "■1 電力\n北斗株式会社は公表した。同社は謝罪した。\n\n■2 証券\n青葉地裁は、みなと株式会社の元社員に判決を言い渡した。同社は謝罪した。\n",
            ["北斗株式会社", "みなと株式会社"],
        ),
    ],
)
def test_the_same_company(text, who):
    assert [m.entity for m in read(text)[0] if m.text == "同社"] == who


def test_a_footnote_quotes_whom_it_names_behind():
    text = "北斗株式会社は公表した。*1\n\n*1:流出について,北斗株式会社,2025年2月1日\n\n*2:本学院生徒の情報について,緑峰学院,2025年2月1日\n"
    assert [(m.text, m.entity) for m in read(text)[0] if m.kind == "anaphor"] == [("本学院", "緑峰学院")]


def test_a_helper_is_not_whom_the_text_is_about():
    text = "経緯\n5月27日 シマノテック社に検体を送って解析を依頼\n5月28日 シマノテック社から回答\n"
    assert read(text)[2] is None


def linked(text):
    mentions, _, main, _ = read(text)
    return [(one.text, one.entity) for one in mentions], main


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "株式会社みのりや（本社：静浜市。以下「みのり」という。）は公表した。みのりは停止した。",
            ("みのり", "株式会社みのりや"),
        ),
        (
            "派遣されていた「えにしパートナーズ」（東京都豊島区）を辞めた。男はえにし社に勤めた。",
            ("えにし社", "えにしパートナーズ"),
        ),
        (
            "株式会社えにしパートナーズは公表した。パソコンからえにし社の名簿が出た。",
            ("えにし社", "株式会社えにしパートナーズ"),
        ),
        ("株式会社まなびとも\n代表取締役　三好一郎\n\n弊社は公表しました。\n", ("弊社", "株式会社まなびとも")),
        ("株式会社まなびとは公表した。同社は停止した。", ("同社", "株式会社まなびと")),
        (
            "コインポートジャパン（東京都港区）は発表した。コインポートは停止した。",
            ("コインポート", "コインポートジャパン"),
        ),
        ("青葉県北沢警察署に届けた。北沢警察署は受理した。", ("北沢警察署", "青葉県北沢警察署")),
        ("栂野市立北沢中学校は公表した。\n【連絡先】北沢中学校　教頭", ("北沢中学校", "栂野市立北沢中学校")),
        (
            "株式会社みのりや\n\n当社は公表しました。\n\n© 2024 Minoriya Co., Ltd.\n",
            ("Minoriya Co., Ltd.", "株式会社みのりや"),
        ),
        ("引き続き本市の市政にご協力ください。\n霞岡市長　三好 一郎\n", ("本市", "霞岡市")),
        (
            "国立北沢研究所の職員1名が、当研究所の利用するメールで誘導された。",
            ("当研究所", "国立北沢研究所"),
        ),
        (
            "北都電力は公表した。\n名簿がクイック住設に売られたと報じられた。同社は知らないと回答した。",
            ("同社", "クイック住設"),
        ),
        ("株式会社北斗でも侵入の跡が見つかった。同社は停止した。", ("同社", "株式会社北斗")),
        ("狙われたのはソフト会社リンクフォート。同社の製品は広く使われる。", ("同社", "リンクフォート")),
    ],
)
def test_who_is_meant(text, pair):
    assert pair in linked(text)[0]


def test_a_hired_firm_acts_in_its_own_line():
    text = (
        "株式会社青葉交通は公表した。\n・9月13日　保守を委託している株式会社北斗が発見した。\n"
        "・9月20日　報告を受け、同社が公表を決めた。\n"
    )
    assert ("同社", "株式会社青葉交通") in linked(text)[0]


def test_two_subsidiaries_that_acted_last_are_both():
    text = (
        "株式会社青葉\n\n当社は4月1日に公表しました。\n"
        "株式会社北斗は4月2日に停止しました。株式会社南浜でも侵入があり、同社は通信を止めました。両社は4月3日に報告しました。\n"
    )
    assert ("両社", "株式会社北斗|株式会社南浜") in linked(text)[0]


def test_whose_data_a_thief_took_is_the_victim_not_his_next_employer():
    text = (
        "営業秘密を持ち出したとして、警視庁は28日、商社「双葉」（東京都千代田区）の元社員の男を逮捕した。\n"
        "男は商社「兼浜」（東京都港区）を退職し、翌月に双葉に転職した。兼浜のサーバーに接続し、営業秘密をダウンロードした。\n"
    )
    assert linked(text)[1] == "兼浜"


def test_what_a_publisher_runs_is_no_organisation():
    names, main = linked("北沢新聞社が運営するニュースサイト「北沢新聞デジタル」で、不正ログインが確認された。")
    assert names == [("北沢新聞社", "北沢新聞社")]
    assert main == "北沢新聞社"
    assert linked("北沢新聞社が不正ログインがあったと報じた。")[1] is None


@pytest.mark.parametrize(
    "text",
    ["株式会社青葉のお知らせ\n\n当社は公表しました。\n", "株式会社青葉は\n社長が公表しました。\n"],
)
def test_a_particle_at_the_end_of_a_line_is_no_part_of_a_name(text):
    assert {entity for _, entity in linked(text)[0]} == {"株式会社青葉"}


def said(text):
    """Return (text, entity) of every mention, in order."""
    return [(one.text, one.entity) for one in read(text)[0]]


def test_who_defines_a_word_for_itself_speaks_though_it_never_uses_the_word_again():
    text = (
        "北浜大学医学部附属病院長　山田　太郎\n\nメールアカウントの不正使用について\n\n"
        "北浜大学医学部附属病院（以下「本院」という。）の医師のアカウントが不正に使用されました。\n"
        "\n再発防止\n本学では研修を行います。附属病院の職員も対象です。\n\n【問い合わせ先】北浜大学病院総務課\n"
    )
    mentions, _, main, _ = read(text)
    whole = "北浜大学医学部附属病院"
    assert main == whole
    by_text = {one.text: one.entity for one in mentions}
    assert by_text["本学"] == "北浜大学"
    assert by_text["附属病院"] == whole
    assert by_text["北浜大学病院"] == whole


def test_a_word_at_the_head_of_a_line_is_not_cut_off_by_the_heading_above():
    text = (
        "本市が調査を委託している株式会社ひばり計画（以下「受託者」という。）が調査票を紛失しました。\n\n"
        "5 今後の対応\n受託者に対しては改善計画書の提出を求めました。\n"
    )
    assert ("受託者", "株式会社ひばり計画") in said(text)[2:]


def test_a_short_form_may_be_defined_behind_a_name_that_only_its_use_betrays():
    text = "入り口はタイの子会社KBT Foods（以下KBT）の装置。KBTの装置は古かった。\n"
    assert [one for one in said(text) if one[0] == "KBT"] == [("KBT", "KBT Foods")] * 2


def test_a_mayor_with_his_full_name_is_no_town():
    text = "青葉坂市は18日、会見を開いた。金額について市は公表せず、山川太郎市長は「支払わない」と述べた。\n"
    assert [one[0] for one in said(text)] == ["青葉坂市", "市"]
    alone = "大和郡山市長は会見を開いた。\n"
    assert [one[0] for one in said(alone)] == ["大和郡山市"]


def test_a_town_in_an_address_does_not_act():
    text = "北沢市は公表した。会社員の男（４３）＝北沢市南区＝が逮捕された。■ひなた（株式会社ひなた、東京都港区）\n"
    assert [one[0] for one in said(text)] == ["北沢市", "ひなた", "株式会社ひなた"]


def test_a_paper_that_speaks_of_itself_stands_at_the_head():
    text = (
        "通販サイトに不正アクセス\n北海タイムライン　2023.10.4 Wed 8:10\n\n"
        "株式会社ひなたは3日、情報が漏えいした可能性があると発表した。同社は本誌の取材に回答しなかった。\n"
    )
    assert ("本誌", "北海タイムライン") in said(text)
    assert "本誌" not in [one[0] for one in said(text.replace("北海タイムライン　", ""))]


def test_the_noun_alone_stands_for_a_subsidiary():
    text = (
        "株式会社あおば\n\n当社海外子会社における不正アクセスについて\n\n"
        "当社の連結子会社である株式会社ひばり物流が攻撃を受けました。\n"
    )
    assert [one for one in said(text) if one[0].endswith("子会社")] == [("子会社", "株式会社ひばり物流")]


def test_a_division_of_the_police_is_known_by_its_own_name():
    text = "警視庁生活経済課は8日、男を逮捕した。生活経済課によると、男は容疑を認めている。\n"
    assert said(text)[1] == ("生活経済課", "警視庁生活経済課")


def test_the_second_hand_of_a_contractor_is_the_one_that_is_introduced_so():
    text = (
        "北沢市は、株式会社ひばり計画（以下「受託者」という。）の再委託先である\n株式会社かささぎの社員が紛失したと発表した。\n"
        "再委託先の社員が気付いた。\n"
    )
    assert [one for one in said(text) if one[0] == "再委託先"] == [("再委託先", "株式会社かささぎ")]


def test_both_are_the_two_others_of_the_part_where_the_writer_speaks_of_itself():
    text = (
        "株式会社あおば\n\n当社子会社における不正アクセスについて\n\n当社の連結子会社である株式会社ひばり物流が攻撃を受けました。\n\n"
        "1．判明した事実\n① 株式会社ひばり物流の端末が操作されました。\n"
        "② 続いて国内子会社の株式会社かささぎ運輸のサーバーに侵入しました。\n③ 両社のサーバーが暗号化されました。\n"
    )
    assert ("両社", "株式会社ひばり物流|株式会社かささぎ運輸") in said(text)


def test_a_new_part_of_an_article_goes_back_to_whom_it_is_about():
    text = (
        "給与ソフトの株式会社ひばりに不正アクセス\n\n株式会社ひばりは15日、サーバーが不正アクセスを受けたと発表した。\n\n"
        "■利用企業\nかささぎ運輸株式会社は18日、利用していたと公表した。\n\n"
        "■闇サイト\n23日、闇サイトに同社の名前が載った。\n"
    )
    assert [one for one in said(text) if one[0] == "同社"] == [("同社", "株式会社ひばり")]


def test_a_report_speaks_as_its_committee():
    text = (
        "国土庁サイバー事案調査委員会\n\n国土庁（以下「本庁」という。）は、外部の有識者からなる本委員会を設けた。\n"
        "本委員会は調査を行った。\n\n第2 計画\n本庁は監視組織を新設した。\n"
    )
    got = said(text)
    assert [entity for word, entity in got if word == "本委員会"] == ["国土庁サイバー事案調査委員会"] * 2
    assert ("本庁", "国土庁") in got[3:]


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        (
            "は20日、子会社の常盤木倉庫株式会社が不正アクセスを受けたと発表した。同社のサーバーは16日に停止した。",
            "同社",
            "常盤木倉庫株式会社",
        ),
        (
            "は20日、子会社の常盤木倉庫株式会社が不正アクセスを受けたと発表した。同社は再発防止に努める。",
            "同社",
            "常盤木産業株式会社",
        ),
        ("は20日、不正アクセスを受けたと発表した。同社のサーバーは16日に停止した。", "同社", "常盤木産業株式会社"),
        ("は20日、不正アクセスを受けたと発表した。同グループは16日に検知した。", "同グループ", "常盤木産業株式会社"),
        (
            "は20日、不正アクセスを受けたと発表した。攻撃者グループは声明を出した。同グループは闇サイトで公開した。",
            "同グループ",
            None,
        ),
        (
            "は20日、攻撃者グループの声明を確認した。常盤木産業グループは調べている。同グループは16日に検知した。",
            "同グループ",
            "常盤木産業株式会社",
        ),
    ],
)
def test_whose_servers_and_which_group(text, word, entity):
    found = [one.entity for one in read("常盤木産業株式会社" + text)[0] if one.text == word]
    assert found == ([entity] if entity else [])


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("青嶺製作所の不正アクセスまとめ", "青嶺製作所"),
        ("【整理】北沢精機のランサムウェア被害", "北沢精機"),
        ("北沢商事さんの情報漏えいについて", "北沢商事"),
        ("中小製作所の不正アクセス対策まとめ", None),
        ("大手電機の不正アクセスまとめ", None),
    ],
)
def test_a_bare_name_in_the_topic_of_a_title(title, main):
    assert read(f"{title}\n\n5月7日　不正アクセスを検知\n")[2] == main
