import pytest

from tenmatsu.pipeline import extract_document

CARD = "事故概要\n業種 株式会社甲山商事\n{label}\n\n株式会社甲山商事は2024年5月10日、不正アクセスを受けたと発表した。{story}\n"


def told(label, story):
    extracted = extract_document(CARD.format(label=label, story=story).encode(), "t.txt")
    for one in extracted.conflicts:
        assert extracted.text[one.start_a : one.end_a]
        assert extracted.text[one.start_b : one.end_b]
    return [(one.field, one.kind, one.value_a, one.value_b) for one in extracted.conflicts]


def test_a_labelled_count_that_the_story_contradicts():
    assert told("漏えい件数: 2,000件", "顧客情報1,000件が漏えいした。") == [("leaked", "count", "2,000件", "1,000件")]


@pytest.mark.parametrize(
    ("label", "story"),
    [
        ("漏えい件数: 1,000件", "顧客情報1,000件が漏えいした。"),
        ("漏えい件数: 1,023件", "顧客情報約1,000件が漏えいした。"),
        ("漏えい件数: 2,000件", "1,000人の情報が漏えいした。"),
        ("漏えい件数: 2,000件", "顧客情報1,500件と取引先情報500件が漏えいした。"),
        ("漏えい件数: 2,000件", "感染した端末は30台だった。"),
        ("漏えい件数: 2,000件", "顧客情報が最大5,000件漏えいした。"),
    ],
)
def test_counts_that_can_both_hold_are_no_conflict(label, story):
    assert told(label, story) == []


def test_a_labelled_detection_that_the_story_contradicts():
    assert told("検知日時 2024/5/2", "2024年5月7日に不審な通信を検知した。") == [
        ("detection", "date", "2024-05-02", "2024-05-07")
    ]
    assert told("検知日時 2024/5/7", "2024年5月7日に不審な通信を検知した。") == []


def test_a_disclosure_dated_before_its_detection():
    text = "株式会社甲山商事は2024年5月2日、不正アクセスを公表した。同社は2024年5月7日、不審な通信を検知した。\n"
    (conflict,) = extract_document(text.encode(), "t.txt").conflicts
    assert (conflict.field, conflict.kind, conflict.value_a, conflict.value_b) == (
        "disclosure",
        "date",
        "2024-05-02",
        "2024-05-07",
    )


def test_a_day_shared_with_the_attack_contradicts_nothing():
    text = "2024年6月3日、株式会社甲山商事は、5月30日にサーバが不正アクセスを受け、顧客情報が流出したと発表した。同社は5月31日に異常を検知した。\n"
    assert extract_document(text.encode(), "t.txt").conflicts == ()
