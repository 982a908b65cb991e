"""The cues held against the phrasebook of factuality (where it is at hand): each is put where it can stand beside a trigger."""

from __future__ import annotations

import csv
from pathlib import Path

from tenmatsu.events import factuality, triggers

HERE = Path(__file__).parent
LEAKS = (
    "個人情報が流出した{}。",
    "個人情報の流出は{}。",
    "個人情報の流出の{}。",
    "個人情報が流出{}。",
    "個人情報が流出{}",
    "個人情報の流出が{}。",
    "個人情報の流出を{}。",
    "個人情報が流出したことは{}。",
    "個人情報が流出した事実は{}。",
    "{}個人情報が流出した。",
    "{}、個人情報が流出した。",
    "個人情報が流出したと{}。",
    "個人情報の流出に{}。",
    "{}個人情報の流出。",
)
PLANS = (
    "4月に監視を強化{}。",
    "4月に監視を強化する{}。",
    "4月に監視の強化を{}。",
    "4月に監視を強化し{}。",
    "4月に監視を強化して{}。",
    "4月にサービスを再開{}。",
    "4月にサービスを再開する{}。",
    "4月に再開を{}。",
    "4月に再開の{}。",
)
TYPES = {"data_leak", "remediation", "recovery"}


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


EXCEPTIONS = {row["cue"] for row in _rows(HERE / "factuality-phrasebook-exceptions.tsv")}


def _values(sentence):
    return {
        factuality.judge(sentence, hit.start, hit.end, kind=hit.type, headline=not sentence.endswith("。")).value
        for hit in triggers.find(sentence)
        if hit.type in TYPES
    }


def _right(cue, effect):
    carriers = PLANS if effect == "planned" else LEAKS
    return any(_values(carrier.format(cue)) == {effect} for carrier in carriers)


def test_cues_have_their_effect_beside_a_trigger(phrasebook):
    # attributed cues say who claims it, not how surely: tests/events/test_attribution.py
    asked = [
        row
        for row in _rows(phrasebook("factuality.tsv"))
        if row["effect"] != "attributed" and row["cue"] not in EXCEPTIONS
    ]
    wrong = [(row["cue"], row["effect"]) for row in asked if not _right(row["cue"], row["effect"])]
    print(wrong)
    assert 1 - len(wrong) / len(asked) >= 0.97


def test_the_carriers_tell_right_from_wrong():
    assert _right("可能性がある", "possible")
    assert not _right("可能性がある", "negated")
    assert not _right("ことを確認した", "possible")
