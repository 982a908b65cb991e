import pytest

from tenmatsu.knowledge import load
from tenmatsu.quantities import classify, find
from tenmatsu.quantities.classify import RoleRule, item_unit
from tenmatsu.read.layout import analyse

ROLES = load("quantity-roles", RoleRule)


def classified(text):
    lines, sentences = analyse(text)
    return classify(text, find(text), [(s.start, s.end) for s in sentences], lines)


def marked(example):
    start = example.index("〔")
    end = example.index("〕") - 1
    text = example.replace("〔", "").replace("〕", "")
    return next(one for one in classify(text, find(text), [(0, len(text))], ()) if one.start < end and one.end > start)


@pytest.mark.parametrize("rule", ROLES, ids=lambda rule: rule.id)
def test_every_role_holds_for_its_examples(rule):
    assert rule.positive
    assert rule.negative
    for example in rule.positive:
        one = marked(example)
        assert one.rule.endswith(f"/{rule.id}"), (example, one)
        assert one.measures == (rule.of != "none")
        assert one.of == ("other" if rule.of == "none" else rule.of)
    for example in rule.negative:
        assert not marked(example).rule.endswith(f"/{rule.id}"), example


def test_ids_are_unique():
    assert len({rule.id for rule in ROLES}) == len(ROLES)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("個人情報を含むファイル250件", "file"),
        ("メール3件が転送された", "message"),
        ("顧客情報1万件", "record"),
        ("250件の不正アクセスがあった", "case"),
        ("アカウント756件", "account"),
        ("30人の氏名など120件が流出した", "record"),
        ("メールアドレス 991 件", "record"),
        ("3,433件のメール", "message"),
        ("144件のファイル", "file"),
        ("1万9千件のアカウント", "account"),
        ("約92万件の不正ログイン", "case"),
        ("約29万件のアクセス", "other"),
        ("個人情報1万件の流出", "record"),
        ("アカウント情報1,949件", "account"),
    ],
)
def test_the_noun_gives_the_unit_of_an_item(text, unit):
    one = next(one for one in find(text) if one.unit == "item")
    assert item_unit(text, one.start, one.end, 0, len(text)) == unit


CARD_SHOP = """インクと便箋の店「墨紙堂」をご利用のお客様へ

1.経緯
6月3日、カード会社から情報流出の懸念について連絡を受けました。

2.流出の可能性のある情報
4月2日から6月3日までにご購入されたお客様のクレジットカード情報 最大1,204件が流出した可能性があります。
あわせて会員登録をされた8,310名分（うち法人会員のお客様212名を含みます）の氏名と住所が閲覧された可能性があります。
不正利用された金額は合計 約96万円です。

3.当店について
資本金300万円、従業員14名の会社です。ご迷惑のおわびに500円分のクーポンを差し上げます。
お問い合わせは平日9時から17時まで、オペレーター6名で承ります。
"""

HOSPITAL = """電子カルテの停止について（第2報）

当院のサーバ40台のうち22台が暗号化され、病棟の端末およそ150台も利用できなくなりました。
院内の端末600台を調査した結果、ほかに感染した端末3台が見つかりました。
患者様1万2,600人分の診療記録が持ち出された疑いがあります。
5月9日以降、1日80人ほどの外来診療に影響が出ています。
攻撃者は身代金として約3,000万円を要求していますが、支払いには応じません。
"""

MISSENT = """メールの誤送信について

市の職員が、講座の受講者73名に案内のメールを誤って送信し、全員のメールアドレスが互いに見える状態となりました。
流出したメールアドレスは73件で、うち5件は氏名を含みます。
翌日、職員4名が電話で謝罪し、48名からは削除したとの回答をいただきました。
今後は年2回の研修を実施し、2段階の確認を徹底します。第1報は3月に公表しています。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CARD_SHOP,
            [
                ("最大1,204件", "record", "leaked"),
                ("8,310名分", "person", "leaked"),
                ("212名", "person", "leaked"),
                ("合計 約96万円", "yen", "affected"),
            ],
        ),
        (
            HOSPITAL,
            [
                ("40台", "device", "other"),
                ("22台", "device", "affected"),
                ("およそ150台", "device", "affected"),
                ("600台", "device", "examined"),
                ("3台", "device", "infected"),
                ("1万2,600人分", "person", "leaked"),
                ("約3,000万円", "yen", "other"),
            ],
        ),
        (
            MISSENT,
            [
                ("73名", "person", "affected"),
                ("73件", "record", "leaked"),
                ("5件", "record", "leaked"),
                ("48名", "person", "other"),
            ],
        ),
    ],
    ids=["card shop", "hospital", "mis-sent mail"],
)
def test_whole_notices(text, expected):
    found = [one for one in classified(text) if one.measures]
    assert [(one.text, one.unit, one.of) for one in found] == expected
    for one in found:
        assert text[one.start : one.end] == one.text


def test_the_kind_of_data_is_named():
    kinds = {one.text: one.data_kind for one in classified(CARD_SHOP) if one.measures}
    assert kinds["最大1,204件"] == "card"
    assert kinds["8,310名分"] == "name"


def test_a_part_takes_from_its_whole():
    found = classified("計250件の不正アクセスがあり、うち231件が設計部門に対してだった。")
    assert [(one.unit, one.of) for one in found] == [("case", "affected"), ("case", "affected")]


def test_a_count_without_a_sentence_span_is_read_in_its_line():
    text = "要旨\n300人の情報が流出した"
    assert [one.of for one in classify(text, find(text), [], ())] == ["leaked"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "漏えいした情報は、氏名1,000件、住所500件、電話番号300件の合計1,800件です。",
            [("1,000件", "leaked"), ("500件", "leaked"), ("300件", "leaked"), ("合計1,800件", "leaked")],
        ),
        ("調査対象は端末1,200台で、感染した端末は9台だった。", [("1,200台", "examined"), ("9台", "infected")]),
        ("USBメモリ1本を紛失した。書類3枚も紛失した。", [("1本", "affected"), ("3枚", "affected")]),
        ("被害額は約3億2,000万円に上る。", [("約3億2,000万円", "affected")]),
        ("流出したのは計3件（5人）。", [("計3件", "leaked"), ("5人", "leaked")]),
    ],
)
def test_lists_totals_and_examined(text, expected):
    assert [(one.text, one.of) for one in classified(text) if one.measures] == expected


def test_a_paper_behind_a_stick_is_no_device():
    assert [one.unit for one in classified("USBメモリ1本を紛失した。書類3枚も紛失した。")] == ["device", "file"]


def test_a_breakdown_names_its_own_kinds():
    found = [one for one in classified("漏えいした情報は合計1,500件（氏名1,000件、住所500件）。") if one.measures]
    assert [one.data_kind for one in found] == [None, "name", "address"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # exposed is affected, seen is leaked
        ("会員300人の氏名が誰でも閲覧できる状態だった。", [("300人", "person", "affected")]),
        ("会員300人の氏名が閲覧された。", [("300人", "person", "leaked")]),
        # organisations suffer, their data leak
        ("取引先40社の担当者情報が漏えいした。", [("40社", "organisation", "affected")]),
        ("2社は社内で調べ、流出はないと回答した。", []),
        # the predicate of the clause decides, not a later one
        ("職員4名のアカウントが不正に使われ、メールが閲覧された。", [("4名", "person", "affected")]),
        ("申込者ら20人が集計画面を閲覧していた。", [("20人", "person", "other")]),
        # a sentence that goes on about the count before it
        (
            "個人情報約9万件が流出した。内訳は、氏名と住所の組が約6万件、番号が加わるものが約3万件。",
            [("約9万件", "record", "leaked"), ("約6万件", "record", "leaked"), ("約3万件", "record", "leaked")],
        ),
        (
            "会員5,000人分の氏名が流出した。このうち900件には電話番号も含まれていた。",
            [("5,000人分", "person", "leaked"), ("900件", "record", "leaked")],
        ),
        (
            "会員5,000人分の氏名が流出した。\n甲校の分は中等部の120人で、成績も対象になった。",
            [("5,000人分", "person", "leaked"), ("120人", "person", "leaked")],
        ),
        (
            "従業員ら最大6,200人の個人情報が流出したおそれがあります。\n内訳は次のとおりです。\n・従業員　4,100人\n・退職者　2,100人",
            [("最大6,200人", "person", "leaked"), ("4,100人", "person", "leaked"), ("2,100人", "person", "leaked")],
        ),
        ("会員4,000件分のアドレスが流出した。", [("4,000件分", "record", "leaked")]),
        (
            "過去6年間に届いた150件のうち、120件の個人情報が閲覧できる状態でした。",
            [("150件", "record", "other"), ("120件", "record", "affected")],
        ),
        ("10年間に50回を超える不正な取得をしていた。", [("50回を超える", "case", "other")]),
        ("本件の問い合わせは午後5時までに約260件に上った。", [("約260件", "case", "other")]),
        ("流出した管理表（最大340件）に氏名がある。", [("最大340件", "record", "leaked")]),
    ],
)
def test_what_a_count_measures(text, expected):
    assert [(one.text, one.unit, one.of) for one in classified(text) if one.measures] == expected


@pytest.mark.parametrize(
    ("heading", "of"),
    [
        ("２　閲覧された情報", "leaked"),
        ("２　保存されていた個人情報", "affected"),
        ("２　閲覧可能であった情報", "affected"),
    ],
)
def test_a_heading_says_what_the_counts_below_it_measure(heading, of):
    text = f"名簿について\n\n１　経緯\n10月3日に分かりました。\n\n{heading}\n（１）２年生　140名の氏名です。\n"
    assert [(one.text, one.of) for one in classified(text) if one.measures] == [("140名", of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("書類12枚が見つかっていない。", [("12枚", "file", "affected")]),
        (
            "口座8件から3,200万円が不正に引き出された。",
            [("8件", "account", "affected"), ("3,200万円", "yen", "affected")],
        ),
        ("約35万世帯でつながりにくくなった。", [("約35万世帯", "person", "affected")]),
        ("不正利用の被害は98件、約1,320万円です。", [("98件", "case", "affected"), ("約1,320万円", "yen", "affected")]),
        ("従業員1,200名の人事情報が保存されていた。", [("1,200名", "person", "affected")]),
        ("当社の従業員は1,200名です。", []),
        (
            "少なくとも30名の給与明細がリークサイトに公開されていることを確認した。",
            [("少なくとも30名", "person", "leaked")],
        ),
    ],
)
def test_what_was_lost_emptied_or_stopped(text, expected):
    assert [(one.text, one.unit, one.of) for one in classified(text) if one.measures] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "情報が漏えいした可能性があることを確認しました。影響を受けたのは、サービスを利用する312社のうち87社で、氏名を含みます。",
            [("312社", "other"), ("87社", "affected")],
        ),
        ("影響を受けたのは、契約先312社のうち87社です。", [("312社", "other"), ("87社", "affected")]),
        ("顧客3万件の情報が漏えいしました。同様の被害は昨年度も2件ありました。", [("3万件", "leaked")]),
        ("漏えいした件数は当初発表の3万件から5万2千件に増えました。", [("5万2千件", "leaked")]),
    ],
)
def test_what_is_affected_another_affair_and_a_figure_that_no_longer_holds(text, expected):
    assert [(one.text, one.of) for one in classified(text) if one.measures] == expected


def test_an_item_that_names_nothing_counts_what_was_told_before():
    told = classified(
        "取引先の情報の流出は確認されておりません。対象となる可能性のある件数は、最大で約78万件です。\n\n第1報で約78万件とされた数は改められた。\n"
    )
    assert [one.unit for one in told] == ["record", "record"]
    attacks = classified("ファイル250件が不正アクセスを受けた。\n同社に250件の不正アクセスがあった。\n")
    assert [one.unit for one in attacks] == ["file", "case"]
    (one,) = classified("緊急の点検を終えた。対象となる手術は63件です。\n")
    assert one.unit == "case"


def test_an_item_in_a_remark_of_a_row_counts_as_the_row():
    told = classified(
        "区分\t第1報\t第2報\t備考\n不正ログインされたアカウント\t1,294件\t1,327件\t再集計により33件を追加\n"
    )
    assert [one.unit for one in told] == ["account", "account", "account"]


def test_a_verdict_in_a_row_is_no_noun_of_its_counts():
    told = classified("判定\t情報\t件数\n流出を確認\t見積書、注文書\t412件\n")
    assert [(one.unit, one.of) for one in told] == [("file", "leaked")]


def test_below_a_heading_of_things_lost_nothing_got_out_yet():
    told = classified(
        "調査票の紛失について\n\n市が委託した業務で事故がありました。\n\n1 紛失したもの\n(1) 回収済みの調査票　63人分（氏名、生年月日）\n\n2 経過\n"
    )
    assert [one.of for one in told] == ["affected"]
