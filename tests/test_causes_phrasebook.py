"""The phrasebook's causes, each read in the sentences in which its class is told of; skipped where it is not at hand."""

import csv
from pathlib import Path

import pytest

from tenmatsu.causes import find

HERE = Path(__file__).resolve().parent
FLOOR = 0.95
# a cause is a noun or a clause, so each class has several ways to be told of; none names a cause itself
CARRIERS = (
    "原因は{}です。",
    "攻撃者は{}から侵入しました。",
    "{}により侵入されました。",
    "{}て侵入されました。",
    "{}して侵入されました。",
)
OF_CLASS = {
    "supply_chain": ("{}が不正アクセスを受けました。",),
    "vulnerability": ("システムの{}を突かれて侵入されました。",),
    "web_skimming": ("決済画面に{}が埋め込まれました。", "{}により入力されたカード情報が流出しました。"),
    "phishing": ("{}SMSの指示に従いました。", "{}され、画面を操作しました。"),
    "misconfiguration": ("{}に誤りがありました。", "原因は「{}」が有効だったことです。"),
    "missing_segmentation": ("原因は、サーバが{}だったことです。",),
    "insider": ("{}が顧客情報を持ち出しました。", "{}し、情報を持ち出しました。"),
    "human_error": ("{}を削除していなかったため漏えいしました。", "{}に保管していました。"),
}
QUIET = (
    "再発防止策として、{}への対策を検討しています。",
    "一般的に、{}による被害が増えています。",
    "{}ではありませんか。",
)


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def values(sentence):
    vectors, roots = find(sentence, [(0, len(sentence))])
    for one in (*vectors, *roots):
        assert sentence[one.start : one.end] == one.text
    return {one.value for one in (*vectors, *roots)}


def right(row):
    found = [values(one.format(row["phrase"])) for one in (*CARRIERS, *OF_CLASS.get(row["category"], ()))]
    if row["category"] == "unknown":  # what names nothing leaves the card's unknown
        return all(one <= {"unknown"} for one in found)
    return any(row["category"] in one for one in found)


def test_the_carriers_name_nothing_themselves():
    for carrier in (*CARRIERS, *QUIET, *(one for group in OF_CLASS.values() for one in group)):
        assert values(carrier.format("これ")) <= {"unknown"}, carrier


def test_the_phrasebooks_causes_have_their_class(phrasebook):
    rows = table(phrasebook("cause.tsv"))
    excepted = {row["phrase"]: row["reason"] for row in table(HERE / "causes-phrasebook-exceptions.tsv")}
    wrong = {row["phrase"] for row in rows if not right(row)}
    assert all(excepted.values())
    assert wrong == excepted.keys()
    assert 1 - len(wrong) / len(rows) >= FLOOR


@pytest.mark.parametrize("carrier", QUIET)
def test_plans_talk_and_questions_name_no_cause(carrier, phrasebook):
    rows = table(phrasebook("cause.tsv"))
    loud = [row["phrase"] for row in rows if values(carrier.format(row["phrase"])) - {"unknown"}]
    assert len(loud) / len(rows) <= 0.05, loud
