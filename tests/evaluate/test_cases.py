"""Cases of several documents against their gold: cards joined, incidents linked, contradictions, dates."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tenmatsu.corpus import CorpusError
from tenmatsu.evaluate.cases import CASE_LAYERS, Case, read_cases, score_cases
from tenmatsu.pipeline import Extracted, extract_document
from tenmatsu.records import DocumentRow, Text

JOINED, LINKED, CONTRADICTIONS, DATES = CASE_LAYERS
ROOT = Path(__file__).parents[2]
TEXTS = {
    "first": """サーバーへの不正アクセスについて（第1報）

2022年5月13日
株式会社アオバネ精機

2022年5月10日、当社の社内サーバーに不正アクセスがありました。
2022年5月12日、当社は社内サーバーの異常を検知しました。
""",
    "second": """サーバーへの不正アクセスについて（第2報）

2022年6月20日
株式会社アオバネ精機

2022年4月28日、当社の社内サーバーに不正アクセスがありました。
2022年5月12日、当社は社内サーバーの異常を検知しました。
""",
    "other": """不正アクセスについて

2023年2月6日
ミナトガワ商会株式会社

当社は、2023年2月1日に当社のサーバーがランサムウェアに感染したことを検知しました。
""",
}
VICTIM, OTHER = "株式会社アオバネ精機", "ミナトガワ商会株式会社"
REVISED = {
    "field": "first_intrusion",
    "kind": "revision",
    "a": {"doc": "first", "line": 6, "text": "2022年5月10日"},
    "b": {"doc": "second", "line": 6, "text": "2022年4月28日"},
    "value_a": "2022-05-10",
    "value_b": "2022-04-28",
}
GOLD = {
    "case": "aobane",
    "documents": ["first", "second"],
    "incidents": [
        {
            "id": "aobane",
            "victim": VICTIM,
            "cards": [["first", VICTIM], ["second", VICTIM]],
            "first_intrusion": "2022-04-28",
            "detection": "2022-05-12",
            "disclosure": "2022-05-13",
        }
    ],
    "conflicts": [REVISED],
}
STRANGER = {
    "case": "minatogawa",
    "documents": ["other"],
    "incidents": [{"id": "minatogawa", "victim": OTHER, "cards": [["other", OTHER]], "detection": "2023-02-01"}],
}


@pytest.fixture(scope="module")
def extracted():
    return {name: extract_document(text.encode(), f"{name}.txt") for name, text in TEXTS.items()}


def scored(extracted, *cases):
    """The counts of each layer, a tuple a case."""
    return score_cases([msgspec.convert(case, Case) for case in cases], extracted)


def test_what_is_right_counts_in_full(extracted):
    found = scored(extracted, GOLD)
    assert found == {JOINED: [(1, 1, 1)], LINKED: [(0, 0, 0)], CONTRADICTIONS: [(1, 1, 1)], DATES: [(3, 3, 3)]}


def test_each_case_has_counts_of_its_own(extracted):
    found = scored(extracted, GOLD, STRANGER)
    assert found[JOINED] == [(1, 1, 1), (0, 0, 0)]
    assert found[DATES] == [(3, 3, 3), (1, 2, 1)]


def test_cards_joined_that_are_two_incidents_are_wrong(extracted):
    one, two = ({**GOLD["incidents"][0], "id": name, "cards": [[name, VICTIM]]} for name in ("first", "second"))
    found = scored(extracted, {**GOLD, "incidents": [one, two], "conflicts": []})
    assert found[JOINED] == [(0, 1, 0)]
    assert found[CONTRADICTIONS] == [(0, 1, 0)]
    assert found[DATES] == [(3, 3, 6)]  # of the two only one is told of


def test_cards_not_joined_are_missed(extracted):
    """A third document of another victim that the gold counts to the incident."""
    gold = {**GOLD, "documents": ["first", "second", "other"]}
    gold["incidents"] = [{**GOLD["incidents"][0], "cards": [["first", VICTIM], ["second", VICTIM], ["other", OTHER]]}]
    assert scored(extracted, gold)[JOINED] == [(1, 1, 3)]


def test_a_card_of_another_case_joined_to_this_one_is_wrong(extracted):
    alone = [{**GOLD["incidents"][0], "cards": [[name, VICTIM]]} for name in ("first", "second")]
    cases = [
        {**GOLD, "case": name, "documents": [name], "incidents": [one], "conflicts": []}
        for name, one in zip(("first", "second"), alone, strict=True)
    ]
    assert scored(extracted, *cases)[JOINED] == [(0, 1, 0), (0, 1, 0)]


def test_a_card_that_the_gold_does_not_know_is_itself(extracted):
    gold = {**GOLD, "incidents": [{**GOLD["incidents"][0], "cards": [["first", VICTIM]]}]}
    assert scored(extracted, gold)[JOINED] == [(0, 1, 0)]


def test_a_link_that_is_missing(extracted):
    gold = {
        "case": "both",
        "documents": ["first", "second", "other"],
        "incidents": [*GOLD["incidents"], *STRANGER["incidents"]],
        "linked": [["aobane", "minatogawa"]],
    }
    assert scored(extracted, gold)[LINKED] == [(0, 0, 1)]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "date"},
        {
            "a": {"doc": "first", "line": 7, "text": "2022年5月12日"},
            "b": {"doc": "second", "line": 7, "text": "2022年5月12日"},
        },
    ],
)
def test_a_contradiction_of_another_kind_or_place_is_missed(extracted, changed):
    assert scored(extracted, {**GOLD, "conflicts": [{**REVISED, **changed}]})[CONTRADICTIONS] == [(0, 1, 1)]


def test_a_contradiction_counts_once(extracted):
    assert scored(extracted, {**GOLD, "conflicts": [REVISED, REVISED]})[CONTRADICTIONS] == [(1, 1, 2)]


@pytest.mark.parametrize(
    "place",
    [
        {"doc": "first", "line": 6, "text": "2022年5月11日"},
        {"doc": "first", "line": 6, "text": "2022年5月10日", "nth": 2},
        {"doc": "first", "line": 6, "text": "2022年5月12日"},  # it stands in the next line
        {"doc": "first", "line": 99, "text": "2022年5月12日"},
        {"doc": "first", "line": 0, "text": "サーバー"},
    ],
)
def test_a_place_that_is_not_there_is_an_error(extracted, place):
    with pytest.raises(CorpusError, match=r"aobane: first, line \d+: no "):
        scored(extracted, {**GOLD, "conflicts": [{**REVISED, "a": place}]})


def test_the_nth_of_a_line(extracted):
    twice = replace(
        extracted["first"], texts=(Text("first", extracted["first"].text.replace("当社の社内", "社内の社内")),)
    )
    place = {"doc": "first", "line": 6, "text": "社内", "nth": 2}
    assert scored({**extracted, "first": twice}, {**GOLD, "conflicts": [{**REVISED, "a": place}]})[CONTRADICTIONS] == [
        (1, 1, 1)
    ]


def test_a_case_whose_documents_are_not_all_there_is_not_scored(extracted):
    assert scored({"first": extracted["first"]}, GOLD) == {layer: [] for layer in CASE_LAYERS}
    assert scored({"first": extracted["first"], "other": extracted["other"]}, GOLD, STRANGER)[JOINED] == [(0, 0, 0)]


def test_documents_of_no_case_stay_out(extracted):
    copy = extract_document((TEXTS["first"] + "\n以上\n").encode(), "copy.txt")
    assert scored({**extracted, "copy": copy}, GOLD) == scored(extracted, GOLD)


def test_a_document_that_could_not_be_read(extracted):
    unread = Extracted(DocumentRow("d", "first.txt", "d", status="error", error="none"))
    assert scored({**extracted, "first": unread}, {**GOLD, "conflicts": []})[JOINED] == [(0, 0, 1)]


def test_the_order_of_the_documents_changes_nothing(extracted):
    assert scored(dict(reversed(extracted.items())), GOLD, STRANGER) == scored(extracted, GOLD, STRANGER)


def test_reading_cases(tmp_path):
    assert read_cases(tmp_path / "none.json") == ()
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([GOLD, STRANGER]), encoding="utf-8")
    assert [case.case for case in read_cases(path)] == ["aobane", "minatogawa"]
    assert read_cases(path)[0].conflicts[0].a.nth == 1
    for wrong in ("{", "{}", json.dumps([{"case": "x"}]), json.dumps([{**GOLD, "sort": 1}])):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(CorpusError, match=r"cases\.json: no cases"):
            read_cases(path)


def test_the_cases_of_the_corpus_name_what_is_there():
    """Documents of the corpus (other people's apart, which are fetched), cards of its gold, incidents that they link."""
    gold = ROOT / "corpus" / "gold"
    for case in read_cases(ROOT / "corpus" / "cases.json"):
        ids = [one.id for one in case.incidents]
        assert len(ids) == len(set(ids))
        assert {name for pair in case.linked for name in pair} <= set(ids)
        cards = [card for one in case.incidents for card in one.cards]
        assert len(cards) == len(set(cards))
        assert {doc for doc, _ in cards} <= set(case.documents)
        for doc in case.documents:
            assert (gold / f"{doc}.json").exists()
        for one in case.conflicts:
            for place in (one.a, one.b):
                text = ROOT / "corpus" / "documents" / f"{place.doc}.txt"
                if text.exists():
                    line = text.read_text(encoding="utf-8").split("\n")[place.line - 1]
                    assert line.count(place.text) >= place.nth, place
