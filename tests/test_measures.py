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
