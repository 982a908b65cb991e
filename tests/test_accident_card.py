"""The accident card: every field from the tables, nothing where they say nothing, causes lead to articles."""

import pytest

from tenmatsu.accident_card import accident_card, articles_for, labels, read_checklist, sample_checklist
from tenmatsu.pipeline import extract_document
from tenmatsu.records import Incident

TEXT = """2024年6月3日
株式会社青葉精工

不正アクセスによる個人情報の漏えいについて

当社は5月10日に不正アクセスを検知し、5月11日にサーバーを遮断しました。VPN機器の脆弱性を悪用され、5月7日に侵入されていました。
これにより、お客様1,200名分の個人情報が漏えいした可能性があります。クレジットカード情報の漏えいは確認されていません。

再発防止策
・多要素認証を導入いたします。
"""


@pytest.fixture(scope="module")
def card():
    extracted = extract_document(TEXT.encode(), "t.txt")
    return accident_card(extracted, extracted.incidents[0], sample_checklist())


@pytest.mark.parametrize(
    "line",
    [
        "組織　　　株式会社青葉精工",
        "発生時期　2024-05-07",
        "発覚　　　2024-05-10",
        "漏えい人数　1,200名分（可能性）",
        "・多要素認証を導入いたします。［予定］",
    ],
)
def test_fields(card, line):
    assert line in card.splitlines()


def test_a_cause_leads_to_its_article(card):
    assert "　1-2 脆弱性の管理（脆弱性）" in card.splitlines()


def test_every_line_of_the_story_leads_back(card):
    for line in card.split("事故概要\n")[1].split("\n\n")[0].splitlines():
        start, end = map(int, line[line.rindex("[") + 1 : -1].split("-"))
        assert TEXT[start:end] in line


def test_what_is_not_known_is_said():
    extracted = extract_document("2024年6月3日に公表した。".encode(), "t.txt")
    told = accident_card(extracted, Incident("inc-1", "題名", None, None))
    assert "発生時期　不明" in told
    assert "原因　不明" in told
    assert "組織　　　記載なし" in told


def test_sample_names_causes_that_exist():
    for article in sample_checklist():
        assert article.causes
        assert all(("cause", cause) in labels() for cause in article.causes)
    assert articles_for(["insider"], sample_checklist())[0][0].id == "S-9"
    assert articles_for(["unknown"], sample_checklist()) == []


def test_a_checklist_of_the_user(tmp_path):
    path = tmp_path / "own.jsonl"
    path.write_text(
        '{"id": "a", "article": "20-3", "title": "侵入", "question": "？", "causes": ["vpn"]}\n', encoding="utf-8"
    )
    assert read_checklist(path)[0].article == "20-3"
    path.write_text(
        '{"id": "a", "article": "20-3", "title": "侵入", "question": "？", "causes": ["vnp"]}\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="line 1: no such cause: vnp"):
        read_checklist(path)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("個人情報3,050件が流出しました。", "3,050件"),
        ("会員3,050件の情報が流出しました。", "3,050件"),
        ("会員250名の情報が流出した可能性があります。", "250名（可能性）"),
        ("情報の流出は確認されておりません。", "0（漏えいを否定）"),
    ],
)
def test_how_many_are_concerned_is_no_surer_than_the_text(sentence, shown):
    text = (
        f"株式会社青羽精機\n不正アクセスについて\n2024年6月4日\n当社は6月1日に不正アクセスを検知しました。{sentence}\n"
    )
    one = extract_document(text.encode(), "a.txt")
    assert f"漏えい人数　{shown}\n" in accident_card(one, one.incidents[0])
