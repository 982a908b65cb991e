import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.read.layout import analyse, section_of, section_rules


def roles(text):
    return [(line.role, line.section) for line in analyse(text)[0] if line.role != "blank"]


@pytest.mark.parametrize("rule", [rule for rule, _ in section_rules()], ids=lambda rule: rule.id)
def test_every_heading_rule_holds_for_its_examples(rule):
    for heading in rule.positive:
        assert section_of(heading) == rule.section, heading
    for heading in rule.negative:
        assert section_of(heading) != rule.section, heading


@given(
    st.text(
        alphabet=st.sampled_from("2020年9月7日 　|\t・(1)①*1※【】。、不正アクセスを確認した\r\n\U0001f600A:-"),
        max_size=300,
    )
)
def test_lines_and_sentences_are_spans_of_the_text(text):
    lines, sentences = analyse(text)
    assert len(lines) == text.count("\n") + 1
    for line in lines:
        assert 0 <= line.start <= line.content <= line.end <= len(text) or line.content >= line.end
        assert "\n" not in text[line.start : line.end]
        for cell in line.cells:
            assert line.start <= cell.start <= cell.end <= line.end
    at = 0
    for sentence in sentences:
        assert 0 <= sentence.start <= sentence.end <= len(text)
        assert sentence.start >= at, "sentences do not overlap"
        at = sentence.end
        assert 1 <= sentence.line <= len(lines)


def test_pipe_table_cells_of_one_row_share_a_group():
    text = "経緯\n日時 |\n出来事 |\n2018年2月10日 |\n委託先から連絡 |\n2018年2月28日 |\n事件を発表 |\n"
    lines, _ = analyse(text)
    rows = [line for line in lines if line.role == "row"]
    assert [text[c.start : c.end] for line in rows for c in line.cells] == [
        "2018年2月10日",
        "委託先から連絡",
        "2018年2月28日",
        "事件を発表",
    ]
    assert rows[0].group == rows[1].group != rows[2].group == rows[3].group


def test_columns_divided_by_blanks_keep_an_empty_cell():
    text = "日時 甲社の出来事 乙社の出来事\n2020年9月7日 端末1台が感染。  \n2020年12月4日   被害を公表。\n2020年12月8日 調査を要請。 侵害を確認。\n"
    rows = [line for line in analyse(text)[0] if line.role == "row"]
    cells = [[(text[c.start : c.end], c.header) for c in line.cells[1:]] for line in rows]
    assert cells[0][0] == ("端末1台が感染。", "甲社の出来事")
    assert cells[1] == [("", "甲社の出来事"), ("被害を公表。", "乙社の出来事")]
    assert cells[2] == [("調査を要請。", "甲社の出来事"), ("侵害を確認。", "乙社の出来事")]


def test_history_sources_and_footnotes_have_their_roles():
    text = (
        "甲社への不正アクセスについて\n\n本文です。調査を行いました。\n\n更新履歴\n\n・2020年2月8日 新規作成\n\n"
        "調査ソース\n1\n\n甲省\n\n大臣会見 2020年1月31日\n\n*1:甲社に不正アクセス,乙新聞,2020年2月7日\n"
    )
    found = roles(text)
    assert ("history", "history") in found
    assert found.count(("source", "sources")) == 3
    assert found[-1][0] == "footnote"
    assert found[0][0] == "title"


def test_numbered_items_and_organisation_tags():
    text = "対応経緯\n(1) 6月28日、端末で不審な挙動を検知。\n② 7月8日、確認した。\n・【甲製作所】6月に侵入された。\n"
    lines = analyse(text)[0]
    assert [line.role for line in lines[1:4]] == ["item"] * 3
    assert text[lines[1].content :].startswith("6月28日")
    assert lines[3].tag == "甲製作所"


def test_full_stop_inside_brackets_ends_no_sentence():
    text = "甲社は「流出した。」と述べた。次の文。\n"
    assert [text[s.start : s.end] for s in analyse(text)[1]] == ["甲社は「流出した。」と述べた。", "次の文。"]


def test_hard_wrapped_paragraph_is_one_sentence():
    text = "当社は、外部の専門機関による調査を進めてまいりましたが、このたび一\n部の端末に感染があったことを確認いたしました。\n"
    assert len(analyse(text)[1]) == 1


def test_text_without_full_stops_is_cut_at_a_comma():
    text = "端末が感染し、通信を遮断し、" * 200 + "\n"
    sentences = analyse(text)[1]
    assert len(sentences) > 3
    assert max(s.end - s.start for s in sentences) <= 620
    assert all(text[s.end - 1] == "、" for s in sentences)


def test_a_news_credit_is_a_byline_and_a_dated_step_no_title():
    text = "信組、職員のメール乗っ取り　流出の恐れ\n\n2021年9月15日 18時30分　北海毎夕新聞\n\n同組合は発表した。\n"
    assert [line.role for line in analyse(text)[0]][:3:2] == ["title", "byline"]
    text = "会員制サイトへの不正ログインとパスワード変更のお願い\n\n■ 経緯\n3月3日　攻撃元の通信を遮断\n"
    assert [line.role for line in analyse(text)[0] if line.role != "blank"] == ["title", "heading", "row"]
