"""Any row explains itself; what the words do not say is said to be missing."""

import pytest

from tenmatsu.explain import explain_row
from tenmatsu.pipeline import extract_document

TEXT = "2024年6月3日\n株式会社青葉精工\n\n不正アクセスについて\n\n当社は5月10日に不正アクセスを検知しました。顧客1,200名の情報が流出しました。\n"


@pytest.fixture(scope="module")
def extracted():
    return extract_document(TEXT.encode(), "t.txt")


def _explain(extracted, rows, name, text):
    row = next(row for row in rows if row.text == text)
    return explain_row(extracted, getattr(row, name))


def test_an_event(extracted):
    told = _explain(extracted, extracted.events, "event_id", "検知")
    assert "date:        2024-05-10" in told
    assert "because:" in told


def test_a_time(extracted):
    told = _explain(extracted, extracted.timexes, "timex_id", "5月10日")
    assert "XXXX-05-10 from the words, 2024-05-10" in told
    assert "because:" in told
    assert "its anchor:" in told


def test_a_mention(extracted):
    told = _explain(extracted, extracted.mentions, "mention_id", "当社")
    assert "stands for:  株式会社青葉精工" in told


def test_a_quantity(extracted):
    told = _explain(extracted, extracted.quantities, "quantity_id", "1,200名")
    assert "1200 to 1200 person, leaked, asserted" in told
    assert "belongs to:" in told


def test_an_incident(extracted):
    told = explain_row(extracted, extracted.incidents[0].incident_id)
    assert "detection:   2024-05-10, shown by" in told


def test_no_such_row(extracted):
    assert explain_row(extracted, "nothing") is None
