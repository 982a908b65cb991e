"""Conjuncts that share their verb: found, and what each offers."""

import pytest

from tenmatsu.events.gapping import days, shared
from tenmatsu.events.phrases import Party, phrases
from tenmatsu.pipeline import extract_document


def folded(text):
    parties = [Party(at, at + 2, text[at : at + 2], "company") for at in range(len(text)) if text[at] in "甲乙丙"]
    return phrases(text, parties, [], None)


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("甲社は9月2日に、乙社は9月4日に検知した。", "甲社|乙社"),
        ("甲社では9月2日に、乙社では9月4日に不審な通信を検知した。", "甲社|乙社"),
        ("甲社は9月2日、乙社は3日、丙社は4日にサーバーを止めた。", "甲社|乙社|丙社"),
        ("甲社は会員3,200人分、乙社は780人分の氏名が流出した。", "甲社|乙社"),
        ("甲社は2日に不正アクセスを、乙社は4日に感染を検知した。", "甲社|乙社"),
        ("甲社では300件の個人情報が、乙社では20件が流出した。", None),
        ("甲社は9月2日に検知し、乙社は9月4日に検知した。", None),
        ("甲社は9月2日に検知したが、乙社は4日に公表した。", None),
        ("甲社は2日に、乙社に報告し、4日に公表した。", None),
        ("甲社は、乙社は4日に検知したと発表した。", None),
        ("甲社が2日に、乙社は4日に検知した。", None),
    ],
)
def test_conjuncts_without_a_verb_share_the_last_one(text, org):
    rows = shared(folded(text))
    assert [row.org for row in rows] == ([org] if org else [])


def test_each_day_is_that_of_its_own_conjunct():
    sentence = folded("甲社は9月2日に、乙社は9月4日に検知した。")
    (row,) = shared(sentence)
    first, last = sentence.text.index("9月2日"), sentence.text.index("9月4日")
    offered = [(first, "2024-09-02"), (last, "2024-09-04")]
    assert days(row, offered, last) == ("2024-09-02", "2024-09-04")
    assert days(row, offered, first) == ()
    assert days(row, offered[1:], last) == ()


def test_an_event_of_several_has_their_days_in_their_order():
    text = "2024年9月12日　東都新報\n\n株式会社甲斐野商会は9月4日に、株式会社乙部商会は9月2日に侵入を検知した。\n"
    event = next(one for one in extract_document(text.encode(), "a.txt").events if one.type == "detection")
    assert (event.org, event.date) == ("株式会社甲斐野商会|株式会社乙部商会", "{2024-09-04,2024-09-02}")
    assert (event.dated_by, event.date_begin, event.date_end) == ("each", "2024-09-02", "2024-09-04")
