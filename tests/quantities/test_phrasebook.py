"""The phrasebook's counts, each read in a carrier sentence of its unit; skipped where the phrasebook is not at hand."""

import csv
from pathlib import Path

from tenmatsu.quantities import classify, find

HERE = Path(__file__).resolve().parent
FLOOR = 0.95
# 件 has the unit of the noun it counts, so its carrier names one
CARRIERS = {
    "record": "流出した個人情報は{}。",
    "account": "不正ログインを受けたアカウントは{}。",
    "message": "送信された迷惑メールは{}。",
    "file": "持ち出された文書は{}。",
    "case": "被害は{}。",
}


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def same(wanted, value):
    if wanted == "" or value is None:
        return wanted == "" and value is None
    return abs(float(wanted) - value) <= 1e-3 * max(1.0, abs(float(wanted)))


def right(row):
    text = CARRIERS.get(row["unit"], "{}。").format(row["expression"])
    found = classify(text, find(text), [(0, len(text))], ())
    for one in found:
        assert text[one.start : one.end] == one.text
    if not row["min"] and not row["max"]:
        return not found
    return any(same(row["min"], one.min) and same(row["max"], one.max) and one.unit == row["unit"] for one in found)


def test_the_phrasebooks_counts_have_their_bounds_and_unit(phrasebook):
    rows = table(phrasebook("quantity.tsv"))
    excepted = {row["expression"]: row["reason"] for row in table(HERE / "phrasebook-exceptions.tsv")}
    wrong = {row["expression"] for row in rows if not right(row)}
    assert all(excepted.values())
    assert wrong == excepted.keys()
    assert 1 - len(wrong) / len(rows) >= FLOOR
