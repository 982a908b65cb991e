"""The phrasebook's kinds of data, each read as what leaked; skipped where the phrasebook is not at hand."""

import csv
from pathlib import Path

from tenmatsu.knowledge import load
from tenmatsu.leaks import phrases
from tenmatsu.quantities import data_kinds
from tenmatsu.quantities.kinds import DataKind

HERE = Path(__file__).resolve().parent
FLOOR = 0.95
CARRIER = "当社のサーバーから{}が流出しました。"


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def category(sentence):
    found = data_kinds(sentence, 0, len(sentence))
    categories = {kind.id: kind.category for kind in load("data-kinds", DataKind)}
    return categories[found[-1][0]] if found else None


def test_the_phrasebooks_kinds_have_their_category(phrasebook):
    rows = table(phrasebook("data.tsv"))
    excepted = {row["data"]: row["reason"] for row in table(HERE / "kinds-phrasebook-exceptions.tsv")}
    wrong = {row["data"] for row in rows if category(CARRIER.format(row["data"])) != row["category"]}
    assert all(excepted.values())
    assert wrong == excepted.keys()
    assert 1 - len(wrong) / len(rows) >= FLOOR


def test_a_leak_claim_names_the_phrasebooks_data(phrasebook):
    rows = [row for row in table(phrasebook("data.tsv")) if row["category"] != "Other"]
    missed = []
    for row in rows:
        sentence = CARRIER.format(row["data"])
        at = sentence.index("流出")
        if row["data"] not in "".join(text for _, _, text in phrases(sentence, 0, at, at + 2)):
            missed.append(row["data"])
    assert 1 - len(missed) / len(rows) >= FLOOR, missed
