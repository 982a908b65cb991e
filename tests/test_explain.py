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


STORY = TEXT + (
    "原因は宛先の確認不足です。攻撃者はVPN機器の脆弱性を悪用して侵入しました。\n\n再発防止策\n・脆弱性診断を毎月実施します。\n"
)


def test_each_cause_of_a_card_has_its_place_rule_and_sentence():
    extracted = extract_document(STORY.encode(), "t.txt")
    (incident,) = extracted.incidents
    kept = {("vectors", value) for value in incident.vectors} | {("root_causes", one) for one in incident.root_causes}
    shown = set()
    for one in incident.evidence:
        column, value, span, rule = one.split(" ")
        start, end = map(int, span.split("-"))
        assert extracted.text[start:end].strip()
        assert rule.startswith("C.")
        shown.add((column, value))
    assert shown == kept
    told = explain_row(extracted, incident.incident_id)
    assert "human_error: 「確認不足」 characters " in told
    assert "rule C.human.neglect" in told
    assert "原因は宛先の【確認不足】です" in told


def test_a_measure():
    extracted = extract_document(STORY.encode(), "t.txt")
    told = _explain(extracted, extracted.measures, "measure_id", "脆弱性診断を毎月実施します。")
    assert "lasting, planned" in told
    assert "taken by:    株式会社青葉精工" in told
    assert len({one.measure_id for one in extracted.measures}) == len(extracted.measures)
