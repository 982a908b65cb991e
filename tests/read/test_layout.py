import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.pipeline import extract_document
from tenmatsu.read.layout import analyse


def roles(text):
    return [(line.role, line.section) for line in analyse(text)[0] if line.role != "blank"]


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
        assert 0 <= line.start <= line.content <= line.end <= len(text)
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


def test_a_news_credit_is_a_byline_and_a_dated_step_no_title():
    text = "信組、職員のメール乗っ取り　流出の恐れ\n\n2021年9月15日 18時30分　北海毎夕新聞\n\n同組合は発表した。\n"
    assert [line.role for line in analyse(text)[0]][:3:2] == ["title", "byline"]
    text = "会員制サイトへの不正ログインとパスワード変更のお願い\n\n■ 経緯\n3月3日　攻撃元の通信を遮断\n"
    assert [line.role for line in analyse(text)[0] if line.role != "blank"] == ["title", "heading", "row"]


def kinds(text):
    return [line.role for line in analyse(text)[0] if line.role != "blank"]


def test_a_letter_s_head_and_foot_hold_no_story():
    text = (
        "　　　　　2024年3月14日\n各　位\n　　会 社 名　甲山商事株式会社\n　　代表者名　代表取締役社長　山田 太郎\n"
        "　　（コード番号：1234　東証プライム）\n　　問合せ先　取締役管理本部長　鈴木 一郎\n　　（TEL　03-0000-0000）\n\n"
        "　　当社サーバーへの不正アクセスに関するお知らせ\n\n　平素は格別のご高配を賜り、厚く御礼申し上げます。\n\n"
        "　2024年3月1日に検知しました。\n\n　　記\n\n１．原因\n調査しています。\n　　　　以　上\n甲山市長　山田 太郎\n"
    )
    assert kinds(text) == [
        "date_line", "addressee", "issuer", "issuer", "issuer", "issuer", "issuer", "title", "greeting", "paragraph",
        "furniture", "heading", "paragraph", "furniture", "issuer",
    ]  # fmt: skip


def test_people_and_titles_in_the_story_are_no_issuer():
    for line in ("社長が会見した", "会社名を装ったメールが届いた", "社長交代のお知らせ", "問合せ先に連絡が相次いだ。"):
        assert kinds(f"甲山商事への不正アクセスについて\n\n{line}\n")[1] != "issuer", line


def test_page_numbers_and_the_headers_beside_them():
    text = "甲山商事の報告\n1/3\n本文です。\n甲山商事の報告\n2/3\n本文です。\n- 4 -\n5 ページ\n"
    assert kinds(text) == [
        "furniture",
        "furniture",
        "paragraph",
        "furniture",
        "furniture",
        "paragraph",
        "furniture",
        "furniture",
    ]
    # a single one may be a day
    assert kinds("経緯\n\n2/5\n侵入されました。\n2/6\n復旧しました。\n")[1::2] == ["date_line", "date_line"]


def test_contents_are_not_the_headings_that_they_list():
    text = "調査報告書\n\n目次\n1. 概要 ……… 2\n2. 流出の経緯\n\n1. 概要\n本文です。\n2. 流出の経緯\n侵入されました。\n"
    assert kinds(text)[1:] == ["heading", "toc", "toc", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "mark",
    ["*1", "※1", "[1]", "［1］", "［１］", "[注釈 1]", "注1", "注1)", "（注1）", "(注)", "(※1)", "†", "¹", "¹²"],
)
def test_marks_of_footnotes(mark):
    line = analyse(f"本文です。\n\n{mark} 甲紙の記事\n")[0][2]
    assert line.role == "footnote"
    assert line.content == line.start + len(mark) + 1


def test_markdown_reads_as_structure():
    text = (
        "# 不正アクセスに関するお知らせ\n\n## 経緯\n\n- **2024年3月1日**: 侵入されました。\n- 2024年3月3日\n  - 停止しました。\n\n"
        "> 侵入を検知しました。\n\n**原因**\n\n脆弱性です。\n\n---\n\n### 更新履歴\n* 2024-03-20 追記\n"
    )
    assert roles(text) == [
        ("title", ""), ("heading", "timeline"), ("item", "timeline"), ("date_line", "timeline"), ("item", "timeline"),
        ("paragraph", "timeline"), ("heading", "cause"), ("paragraph", "cause"), ("furniture", "cause"),
        ("heading", "history"), ("history", "history"),
    ]  # fmt: skip


def test_dates_in_markdown_date_their_items():
    text = "# 不正アクセスについて\n\n## 経緯\n\n- **2024年3月1日**: 侵入されました。\n- 2024年3月3日\n  - 停止しました。\n"
    found = extract_document(text.encode(), "x.md").events
    assert [(e.text, e.date) for e in found] == [("侵入", "2024-03-01"), ("停止", "2024-03-03")]


def test_indented_lists_under_their_dates():
    text = "経緯\n    2024年3月1日\n        侵入されました\n    2024年3月2日\n        警察に相談しました\n"
    found = extract_document(text.encode(), "x.txt").events
    assert [(e.text, e.date) for e in found] == [("侵入", "2024-03-01"), ("相談", "2024-03-02")]


@pytest.mark.parametrize(
    "line",
    [
        "攻撃者が犯行をツイートした。",
        "有料会員の情報が流出した。",
        "ファイルの市場シェアに影響した。",
        "会費の入金に使われたカード情報が流出した。",
    ],
)
def test_words_of_a_page_inside_the_story_silence_nothing(line):
    assert kinds(f"不正アクセスについて\n\n{line}\n")[1] == "paragraph"


@pytest.mark.parametrize(
    "line",
    ["本日もご訪問いただきありがとうございます。", "Thank you for reading.", "f:id:someone:20240101:plain", "https://example.jp/a", "庁舎の写真", "シェアする", "広告", "ホーム > ニュース > お知らせ", "━━━━━━"],
)  # fmt: skip
def test_what_belongs_to_the_page(line):
    assert kinds(f"不正アクセスについて\n\n{line}\n")[1] == "furniture"


def test_bookkeeping_outside_an_update_history():
    for line in (
        "2024年3月1日（第2報）",
        "第1報 2024年3月1日",
        "2024年3月5日 一部追記、修正",
        "2024年3月5日 続報を反映(3件)",
    ):
        assert kinds(f"不正アクセスについて\n\n{line}\n\n本文です。\n")[1] == "history", line
    assert kinds("不正アクセスについて\n\n3月1日、第1報を公表しました。\n")[1] == "paragraph"


def test_steps_of_a_timeline_are_no_bookkeeping():
    for line in ("3月5日　設定ファイルを修正", "3月5日　サーバーのOSを更新", "3月5日　サイトに第1報を公開"):
        assert kinds(f"不正アクセスについて\n\n経緯\n\n{line}\n")[2] == "row", line


def test_telephone_numbers_head_nothing_but_numbered_headings_do():
    assert roles("不正アクセスについて\n\nフリーダイヤル 0120-000-000\n")[1][0] == "contact"
    assert roles("不正アクセスについて\n\n4 お問い合わせ先（総務課）\n")[1] == ("heading", "contact")


def test_a_heading_of_a_part_is_no_title():
    assert kinds("経緯\n\n3月1日に検知しました。\n")[0] == "heading"


def test_radicals_copied_from_pdf_read_as_their_characters():
    text = "経緯\n\n2024年3⽉1⽇　サーバーの停⽌\n"
    assert kinds(text) == ["heading", "row"]


@pytest.mark.parametrize(
    "piece",
    ["日時　甲　乙\n2024年3月1日　侵入　検知\n", "内容　　日付\n\n", "| a |\n\n", "目次\n1. 概要\n", "1/9\n", "　　　　　日時　甲\n2024年3月1日　侵入\n        行\n"],
)  # fmt: skip
def test_time_is_linear(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        begin = time.process_time()
        analyse(text)
        return time.process_time() - begin

    seconds(4000)
    small = min(seconds(20_000) for _ in range(2))
    assert seconds(100_000) < 15 * small + 0.2


def test_a_step_told_without_its_verb_is_no_heading():
    text = "経緯\n8月30日\n調査結果の報告を受領\n\n再発防止策\n研修の実施\n"
    roles = {text[line.content : line.end]: line.role for line in analyse(text)[0]}
    assert roles["調査結果の報告を受領"] != "heading"
    assert roles["再発防止策"] == "heading"


def test_a_chronology_for_reference_is_a_chronology():
    text = "＜参考：経緯＞\n5月27日\n6:16 ファイルが書き換えられる\n"
    assert analyse(text)[0][2].section == "timeline"
    assert analyse(text)[0][2].role not in ("source", "furniture")


def test_a_sentence_that_begins_with_its_date_and_is_wrapped():
    text = "経緯\n2023年11月7日（火） 午前9時頃、営業部の社員が、送った覚えのないメール\nが残っていることに気付き、連絡した。\n"
    sentences = [text[s.start : s.end] for s in analyse(text)[1]]
    assert sentences[-1].startswith("2023年11月7日")
    assert sentences[-1].endswith("連絡した。")


def test_a_pair_whose_value_says_yes_or_no_is_a_label_and_a_count_alone_makes_none():
    text = "1. 被害の状況\n個人情報の漏えい：確認されておりません。\n・外部への流出　なし\n(2) 応募された方の連絡先　1,240名分\n"
    assert [line.role == "label" for line in analyse(text)[0]][1:4] == [True, True, False]


@pytest.mark.parametrize(
    "line",
    [
        "参照：甲商事、侵入により情報流出",
        "参照侵入に関するお知らせ/甲商事株式会社",
        "※ 「情報流出について」 https://example.jp/a",
        "・「情報流出に関するお知らせ」(2024年4月1日)",
        "甲商事:プレスリリース 侵入について",
    ],
)
def test_a_line_that_only_names_another_text_is_a_source(line):
    assert roles(f"調査しました。\n{line}\n")[-1][0] == "source"


@pytest.mark.parametrize(
    "line",
    [
        "参考：4月1日に公表した「侵入について」をご覧ください。",
        "関連：流出したのは300名です",
        "「流出はない」と甲商事は述べた https://example.jp/a",
    ],
)
def test_a_line_that_tells_something_is_none(line):
    assert roles(f"調査しました。\n{line}\n")[-1][0] == "paragraph"


def test_a_note_with_its_year_is_no_footnote():
    assert roles("調査しました。\n※2024年10月12日更新\n※1 用語\n")[1:] == [("history", ""), ("footnote", "")]


def test_heads_of_tables_that_name_a_clock():
    lines = analyse("JST | UTC | 内容\n2024-05-02 01:00 | 2024-05-01 16:00 | 侵入を検知\n")[0]
    assert lines[0].role == "header_row"
    assert lines[1].dated == (lines[1].cells[0].start, lines[1].cells[0].end)
    assert roles("日時（JST）　対応\n5月1日 10:00　遮断\n")[0][0] == "header_row"


def test_headings_that_count_with_a_blank():
    text = "書類の紛失について\n\n1 概要\n書類を紛失しました。\n2 経緯\n調べました。\n3 対応\n詫びました。\n"
    found = [(line.role, line.section) for line in analyse(text)[0] if line.number in (3, 5, 7)]
    assert found == [("heading", "overview"), ("heading", "timeline"), ("heading", "response")]
    # quantities and lists that do not count are none
    assert ("heading", "") not in roles("件数\n3 件\n12 名\n調べました。\n")


def test_a_department_above_the_title_is_no_title():
    lines = analyse("2024年5月10日\nサイバー事案調査委員会\n\n侵入に関する報告について\n\n調べました。\n")[0]
    assert [line.number for line in lines if line.role == "title"] == [4]
