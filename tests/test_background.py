import pytest

from tenmatsu.background import advised, of_sentence
from tenmatsu.pipeline import extract_document


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("警察庁のまとめでは、23年に全国の警察が受理した相談は78件に上った。", "statistics"),
        ("※ランサムウェアとは、ファイルを暗号化して身代金を要求するウイルスです。", "definition"),
        ("改正個人情報保護法では、漏えいの報告が義務づけられている。", "law"),
        ("近年、医療機関を狙った攻撃が相次いでいる。", "trend"),
        ("同社は4月1日、不正アクセスを確認した。", None),
        ("外部機関の調査では、5件のファイルが流出していた。", None),
    ],
)
def test_what_tells_of_no_incident(sentence, group):
    assert of_sentence(sentence) == group


def test_a_sentence_that_points_at_its_own_case_is_no_background():
    assert of_sentence("今回使われたのは、情報を窃取するウイルスである。") is None


def test_advice_is_nothing_that_was_done():
    sentence = "委託先の点検を徹底しましょう"
    assert advised(sentence, sentence.index("徹底"))
    past = "点検を徹底したが、さらに強化が必要だ"
    assert not advised(past, past.index("徹底"))


@pytest.mark.parametrize(
    "sentence",
    [
        "企業を狙った攻撃が相次いでおり、青空商事も4月1日に不正アクセスを受け、個人情報が流出した。",
        "株式会社青空商事への不正アクセスが前年比で3件増えた。",
        "国内の利用者のうち、情報が流出したのは1,200人に上る。",
        "全国の店舗で不正アクセスを受け、流出したカード情報は8万件を超えた。",
    ],
)
def test_a_sentence_that_tells_of_somebody_or_of_a_day_is_no_background(sentence):
    assert extract_document(sentence.encode(), "a.txt").events
