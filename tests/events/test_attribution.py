"""Whom a text credits: every example of models/attribution.jsonl, and what is no credit."""

import pytest

from tenmatsu.events.attribution import rules
from tenmatsu.pipeline import extract_document


def _credit(marked):
    start = marked.index("〔")
    plain = marked.replace("〔", "").replace("〕", "")
    events = [event for event in extract_document(plain.encode(), "t.txt").events if event.start == start]
    assert events, marked
    return events[0].attributed_to


@pytest.mark.parametrize(
    ("marked", "source"), [pair for rule in rules() for pair in rule.positive], ids=lambda one: one[:12]
)
def test_the_source_is_credited(marked, source):
    assert _credit(marked) == source


@pytest.mark.parametrize("marked", [text for rule in rules() for text in rule.negative])
def test_no_one_is_credited(marked):
    assert _credit(marked) is None


ARTICLE = "リンドウ商事に不正アクセス\n\n2024年4月3日　東都新報\n\n　リンドウ商事は2日、サイトが不正アクセスを受けたと発表した。\n"


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("発表によると、3月30日に不審な通信に〔気付い〕た。", "リンドウ商事"),
        ("株式会社ミカヅキ（浜松市）は、名簿が〔流出〕したと認めました。", "株式会社ミカヅキ"),
        ("名簿が〔流出〕した可能性があると株式会社ミカヅキが説明している。", "株式会社ミカヅキ"),
        ("「ノクスレイヴン」を名乗る集団は、名簿を〔盗ん〕だとしている。", "ノクスレイヴン"),
        ("出荷は4月1日から〔止まっ〕たままで、株式会社ミカヅキは年内の再開を目指すとしている。", None),
        ("関係者は「名簿が外に〔漏れ〕たと株式会社ミカヅキから連絡を受けた」と証言した。", "関係者"),
        ("第三者調査委員会は3月に報告書を出した。報告書では、4月1日に〔侵入〕されたとされている。", "第三者調査委員会"),
        ("株式会社ミカヅキの説明によれば問題はないとのことですが、名簿が〔流出〕した可能性は残ります。", None),
    ],
)
def test_who_says_it_in_an_article(marked, source):
    start, end = marked.index("〔"), marked.index("〕") - 1
    plain = marked.replace("〔", "").replace("〕", "")
    found = extract_document((ARTICLE + plain + "\n").encode(), "t.txt").events
    shift = len(ARTICLE)
    hit = [event for event in found if event.start < shift + end and shift + start < event.end]
    assert [event.attributed_to for event in hit] == [source]


def test_a_paper_is_not_credited_with_its_own_reporting():
    text = "名簿が流出した。*1\n・東都新報は名簿が流出したと報じた。*1\n\n*1 名簿流出（東都新報、2024年4月2日）\n"
    events = extract_document(text.encode(), "t.txt").events
    assert {e.attributed_to for e in events if e.type == "press_report" and e.org == "東都新報"} <= {None}


@pytest.mark.parametrize(
    ("text", "trigger", "speaker"),
    [
        ("乙銀行「情報の漏えいはない」\n3月18日、青羽新聞\n", "漏えい", "乙銀行"),
        ("青羽堂は「5月13日に連絡した」、株式会社波止場は「連絡を受けて即日確認した」と説明が食い違う。", "確認", "株式会社波止場"),
        ("青羽堂は「サーバー移設」の際に株式会社波止場から連絡を受けた。", "連絡", None),
    ],
)  # fmt: skip
def test_whose_words_stand_in_quotation_marks(text, trigger, speaker):
    found = [event for event in extract_document(text.encode(), "a.txt").events if event.text == trigger]
    assert found[-1].attributed_to == speaker
