import pytest

from tenmatsu.pipeline import extract_document
from tenmatsu.read.layout import analyse
from tenmatsu.read.sentences import LONGEST, runs_on


def sentences(text):
    return [text[s.start : s.end] for s in analyse(text)[1]]


def test_full_stop_inside_brackets_ends_no_sentence():
    assert sentences("甲社は「流出した。」と述べた。次の文。\n") == ["甲社は「流出した。」と述べた。", "次の文。"]


def test_hard_wrapped_paragraph_is_one_sentence():
    text = "当社は、外部の専門機関による調査を進めてまいりましたが、このたび一\n部の端末に感染があったことを確認いたしました。\n"
    assert len(sentences(text)) == 1


def test_text_without_full_stops_is_cut_at_a_comma():
    text = "端末が感染し、通信を遮断し、" * 200 + "\n"
    found = sentences(text)
    assert len(found) > 3
    assert max(map(len, found)) <= LONGEST + 20
    assert all(one[-1] == "、" for one in found)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("個人情報が外部に流出した可能性があることを、2024年", "3月5日　に確認いたしました。"),
        ("個人情報が外部に流出した可能性があることを、2024年3月", "5日に確認いたしました。"),
        ("個人情報が外部に流出した可能性があることを、2024 年 3", "月 5 日に確認いたしました。"),
        (
            "当社の調査により、サーバーに保存していた一部のファイルが外部の第三者に",
            "3月1日　に閲覧された可能性があります。",
        ),
    ],
)
def test_a_line_that_breaks_off_runs_on(above, below):
    assert runs_on(above, below)
    assert sentences(f"不正アクセスについて\n\n{above}\n{below}\n")[1:] == [f"{above}\n{below}"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("個人情報が外部に流出した可能性があります。", "3月5日　警察に相談しました。"),
        ("氏名、", "住所"),
        ("対象件数 2024", "3月5日　警察に相談"),
    ],
)
def test_a_line_that_is_complete_or_short_does_not(above, below):
    assert not runs_on(above, below)


def test_the_rest_of_a_wrapped_cell_has_its_row_s_date():
    text = (
        "経緯\n"
        "　2024 年 3 月 1 日　　サーバーへの侵入を検知し、当該サーバーをネット\n"
        "　　　　　　　　　　　ワークから遮断\n"
        "　2024 年 3 月 2 日　　警察に相談\n"
    )
    found = extract_document(text.encode(), "x.txt").events
    assert [(e.text, e.date) for e in found][-2:] == [("遮断", "2024-03-01"), ("相談", "2024-03-02")]


def test_institutes_end_sentences_with_a_point():
    assert sentences("端末が感染した.端末を隔離した．版は3.5である.\n") == [
        "端末が感染した.",
        "端末を隔離した．",
        "版は3.5である.",
    ]


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence():
    for mark in ("*1", "※2", "[3]", "［3］", "（注1）", "¹", "†"):
        assert sentences(f"端末が感染した。{mark}\n") == [f"端末が感染した。{mark}"]


def test_the_rows_of_a_chronology_are_no_wrapped_lines():
    text = "8時42分　担任が家庭向けの案内を一斉に配り、名簿の表を誤って添付\n9時04分　家庭から学校の事務室に電話\n"
    assert len(sentences(f"経過\n\n{text}")) == 3


def _sentences(text):
    return [text[one.start : one.end] for one in analyse(text)[1]]


def test_a_bullet_ends_with_its_line_unless_it_is_wrapped():
    list_ = "・会員の氏名、住所、電話番号、生年月日、会員番号、所属"
    below = (
        "決済に関する情報は含まれておりません。対象となるのは昨年の四月より後に当店の通信販売をご利用になった方です。"
    )
    assert _sentences(f"{list_}\n{below}\n")[0] == list_[1:]
    wrapped = "・当店の受注用サーバーにおいて不審な通信を検知したため、外部の\n専門会社に調査を依頼しました。その後、同社から報告を受け、原因を特\n定しました。"
    assert len(_sentences(wrapped)) == 2
    assert len(_sentences(f"{list_}\n　その他の属性\n{below}\n")) == 3


def test_a_heading_in_brackets_is_no_rest_of_the_line_above():
    above = "同組合は今後、再発の防止と会員の信頼の回復に向けて、迅速な情報の提供を心掛けるとのこと"
    assert _sentences(f"{above}\n【参考記事】\n侵入について\n")[0] == above
