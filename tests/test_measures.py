import pytest

from tenmatsu.pipeline import extract_document


def steps(text):
    extracted = extract_document(text.encode(), "t.txt")
    for one in extracted.measures:
        assert extracted.text[one.start : one.end] == one.text
    return [(one.text, one.phase, one.status) for one in extracted.measures]


def test_every_item_of_a_prevention_section_is_a_step():
    text = "不正アクセスについて\n\n株式会社甲山商事\n\n再発防止策\n・脆弱性診断を毎月実施します。\n・多要素認証を導入しました。\n・宛先を二人で読み合わせます。\n・従業員への教育を徹底してまいります。\n"
    assert steps(text) == [
        ("脆弱性診断を毎月実施します。", "lasting", "planned"),
        ("多要素認証を導入しました。", "lasting", "done"),
        ("宛先を二人で読み合わせます。", "lasting", "planned"),
        ("従業員への教育を徹底してまいります。", "lasting", "planned"),
    ]


def test_a_paragraph_is_cut_into_its_steps():
    text = "不正アクセスについて\n\n株式会社甲山商事\n\n再発防止策\n当社は監視体制を強化し、アクセス権限を見直します。外部の専門家による監査を行いました。皆様に深くお詫び申し上げます。\n"
    assert steps(text) == [
        ("当社は監視体制を強化し、", "lasting", "planned"),
        ("アクセス権限を見直します。", "lasting", "planned"),
        ("外部の専門家による監査を行いました。", "lasting", "done"),
    ]


@pytest.mark.parametrize(
    ("heading", "line", "phase", "status"),
    [
        ("初動対応", "・通信を遮断しました。", "first response", "done"),
        ("原因判明後の対応状況", "・設定を修正済みです。", "after the cause was known", "done"),
        ("対応状況", "・全端末のパスワードを変更", "first response", "done"),
        ("今後の対応", "・全端末のパスワードを変更", "lasting", "planned"),
    ],
)
def test_phase_comes_from_the_heading_and_status_from_the_tense(heading, line, phase, status):
    text = f"不正アクセスについて\n\n株式会社甲山商事\n\n{heading}\n{line}\n"
    assert steps(text) == [(line[1:], phase, status)]


@pytest.mark.parametrize(
    "line",
    ["以下の対策を講じます。", "調査結果は改めて公表いたします。", "お客様にはご迷惑をおかけし申し訳ございません。"],
)
def test_lead_ins_notices_and_apologies_are_no_steps(line):
    assert steps(f"不正アクセスについて\n\n株式会社甲山商事\n\n再発防止策\n・{line}\n") == []


PROSE = "不正アクセスについて\n\n株式会社甲山商事\n\n5月8日、当社のサーバーに不正アクセスがありました。{}\n"


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (
            "今後は多要素認証を導入し、監視体制を強化してまいります。",
            [("今後は多要素認証を導入し、", "planned"), ("監視体制を強化してまいります。", "planned")],
        ),
        (
            "再発防止に向け、全従業員への研修を実施します。",
            [("再発防止に向け、全従業員への研修を実施します。", "planned")],
        ),
        (
            "同社は再発防止策として、外部媒体の持ち出しを禁止するとしている。",
            [("同社は再発防止策として、外部媒体の持ち出しを禁止するとしている。", "planned")],
        ),
        ("今後は全支店の通信機器を更新する考えだ。", [("今後は全支店の通信機器を更新する考えだ。", "planned")]),
        (
            "対策として、全端末に監視ソフトを導入しました。また、規程の見直しを行う予定です。",
            [
                ("対策として、全端末に監視ソフトを導入しました。", "done"),
                ("また、規程の見直しを行う予定です。", "planned"),
            ],
        ),
    ],
)
def test_plain_prose_tells_of_steps(story, expected):
    assert [(body, status) for body, _, status in steps(PROSE.format(story))] == expected


@pytest.mark.parametrize(
    "story",
    [
        "今後の調査で判明した事実は改めて公表いたします。",
        "再発防止に努めてまいります。",
        "今後は再発防止を徹底してまいります。",
        "今後とも変わらぬご愛顧をお願い申し上げます。",
        "原因については今後調査を実施します。",
        "攻撃者は設定を変更しました。",
        "対策として、更新プログラムの適用が推奨される。",
        "これまで再発防止の研修を実施していました。",
        "今後はパスワードを変更してください。",
        "また、利用者の登録内容を変更しました。",
    ],
)
def test_hopes_inquiries_and_deeds_of_others_are_no_steps(story):
    assert steps(PROSE.format(story)) == []


def test_items_below_a_heading_of_plans_are_planned():
    text = "不正アクセスについて\n\n株式会社甲山商事\n\n４．今後の計画\n・全拠点の通信機器の更新\n・調査結果の公表\n"
    assert steps(text) == [("全拠点の通信機器の更新", "lasting", "planned")]


def test_a_heading_of_measures_makes_its_sentences_steps():
    text = "不正アクセスについて\n\n株式会社甲山商事\n\n４．セキュリティ対策\n当社は全拠点の通信機器を更新しました。\n"
    assert [body for body, *_ in steps(text)] == ["当社は全拠点の通信機器を更新しました。"]
