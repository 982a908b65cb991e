import pytest

from tenmatsu.pipeline import extract_document


def counted(text):
    extracted = extract_document(text.encode(), "t.txt")
    for one in extracted.quantities:
        assert extracted.text[one.start : one.end] == one.text
    events = {event.event_id: event.text for event in extracted.events}
    return [(one.text, one.of, one.factuality, events.get(one.event_id)) for one in extracted.quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲市は個人情報が漏れた可能性があると発表した。対象は個人情報29万2707件で、うち氏名1万件。",
            [("29万2707件", "leaked", "possible", "漏れ"), ("1万件", "leaked", "possible", "漏れ")],
        ),
        (
            "甲市は個人情報が漏れた可能性があると発表し、対象は個人情報29万2707件で、氏名が含まれる。",
            [("29万2707件", "leaked", "possible", "漏れ")],
        ),
        ("顧客情報1万件の流出は確認されていない。", [("1万件", "leaked", "negated", "流出")]),
        (
            "会員の情報が流出したおそれがあります。\n・氏名 1,200件\n・住所 800件",
            [("1,200件", "leaked", "possible", "流出"), ("800件", "leaked", "possible", "流出")],
        ),
        (
            "3,000人の個人情報が流出した恐れがある。なお、3,000人のうち200人は住所も含まれる。",
            [
                ("3,000人", "leaked", "possible", "流出"),
                ("3,000人", "leaked", "possible", "流出"),
                ("200人", "leaked", "possible", "流出"),
            ],
        ),
        (
            "調査対象の端末500台のうち、感染の疑いは30台、感染が確認されたのは5台。",
            [
                ("500台", "examined", "asserted", "確認"),
                ("30台", "infected", "possible", "感染"),
                ("5台", "infected", "asserted", "感染"),
            ],
        ),
        ("漏えい人数 0", [("0", "leaked", "asserted", None)]),
    ],
)
def test_a_count_is_as_sure_as_what_it_measures(text, expected):
    assert counted("甲市の発表\n\n" + text + "\n") == expected


@pytest.mark.parametrize(
    "text",
    ["教諭1名が名簿を紛失した。", "50代女性が受診した。", "2年生が2時間目に来た。", "職員2名が誤って廃棄した。"],
)
def test_who_did_it_and_ages_are_no_measure(text):
    assert counted(text) == []
