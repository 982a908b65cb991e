import pytest

from tenmatsu.incidents import delay
from tenmatsu.pipeline import extract_document


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-09-07", "2020-10-02", "25"),
        ("2020-09", "2020-10-02", "2..31"),
        ("2020-10-02", "../2020-10-07", None),
        (None, "2020-10-07", None),
        ("XXXX-09-07", "XXXX-10-02", None),
        ("2020-10-02", "2020-09-01", None),
    ],
)
def test_delays_are_intervals_when_dates_are_coarse_and_open_when_open(first, last, expected):
    assert delay(first, last) == expected


TEXT = """株式会社甲製作所への不正アクセスについて

2020年12月11日
株式会社甲製作所

経緯

2020年9月7日、当社のサーバに不正アクセスがありました。
2020年10月2日、不審な挙動を検知しました。
2020年10月7日、通信を遮断しました。
2020年12月11日、当社は本件を公表しました。
当社の調査では、個人情報の流出は確認されておりません。一部の設定情報が流出した可能性があります。
"""


def test_the_card_of_one_incident():
    (card,) = extract_document(TEXT.encode(), "t.txt").incidents
    assert card.victim == "株式会社甲製作所"
    assert (card.first_intrusion, card.detection, card.containment) == ("2020-09-07", "2020-10-02", "2020-10-07")
    assert card.disclosure == "2020-12-11"
    assert (card.dwell_days, card.containment_days, card.disclosure_days) == ("25", "5", "70")
    assert card.denied_leak == ("個人情報",)
    assert len(card.possibly_leaked) == 1
    assert card.leaked == ()


def test_a_header_year_that_contradicts_the_story_is_shown_not_averaged():
    text = "事故概要\n業種 株式会社甲製作所\n発生時期 2000/9/7\n\n株式会社甲製作所は2020年12月11日、不正アクセスを発表した。2020年9月7日に攻撃者がサーバに侵入した。\n"
    extracted = extract_document(text.encode(), "t.txt")
    (conflict,) = extracted.conflicts
    assert (conflict.kind, conflict.value_a, conflict.value_b, conflict.likely) == (
        "year_typo",
        "2000-09-07",
        "2020-09-07",
        "2020-09-07",
    )
    assert extracted.text[conflict.start_a : conflict.end_a] == "2000/9/7"
    assert extracted.incidents[0].first_intrusion == "2020-09-07"


def test_an_earlier_case_told_in_passing_sets_no_date_of_the_card():
    aside = TEXT + "余談ですが、当社は2016年4月にも不正アクセスを受けています。\n"
    (card,) = extract_document(aside.encode(), "t.txt").incidents
    assert card.first_intrusion == "2020-09-07"


def test_a_long_dwell_stays():
    long = TEXT.replace("2020年9月7日、当社のサーバに", "2018年9月7日から、当社のサーバに")
    (card,) = extract_document(long.encode(), "t.txt").incidents
    assert card.first_intrusion.startswith("2018-09-07")
