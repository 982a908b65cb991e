"""The lexicon held against the phrasebook of triggers (where it is at hand), and the harness against itself."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tenmatsu.events.ontology import event_types

HERE = Path(__file__).parent


def _harness():
    spec = importlib.util.spec_from_file_location("tests_events_phrasebook", HERE / "phrasebook.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


pb = _harness()
EXCEPTIONS = pb.load_exceptions(HERE / "phrasebook-triggers-exceptions.tsv")


def _judged(path, silent):
    """The rows that are (or are not) to be silent, with the type of the guide, and their verdicts."""
    judged = []
    for row in pb.load(path):
        kind = EXCEPTIONS.get(row.item, (row.type, ""))[0]
        if kind != "-" and (kind == "none") is silent:
            judged.append((row, kind, pb.judge(row, kind)))
    return judged


def _rate(judged):
    for row, kind, verdict in judged:
        if not verdict.right:
            print(kind, row.item, verdict.shown)
    return sum(verdict.right for *_, verdict in judged) / len(judged)


def test_items_have_their_type_in_a_sentence(phrasebook):
    assert _rate(_judged(phrasebook("trigger.tsv"), silent=False)) >= 0.95


def test_look_alikes_are_silent(phrasebook):
    assert _rate(_judged(phrasebook("trigger.tsv"), silent=True)) >= 0.95


def test_every_exception_is_about_a_row_and_still_one(phrasebook):
    rows = {row.item: row for row in pb.load(phrasebook("trigger.tsv"))}
    assert [item for item in EXCEPTIONS if item not in rows] == []
    assert [item for item, (kind, _) in EXCEPTIONS.items() if kind == rows[item].type] == []


def test_exceptions_name_types_and_reasons():
    assert {kind for kind, _ in EXCEPTIONS.values()} <= {"-", "none", *event_types()}
    assert all(reason for _, reason in EXCEPTIONS.values())


def test_there_are_carriers_for_every_type():
    assert set(pb.CARRIERS) == {"none", *event_types()}
    for kind in event_types():
        assert pb.sentences(pb.Row("停止", kind, ""), kind)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("盗み取", "盗み取られた"),
        ("気付", "気付いた"),
        ("塞い", "塞いだ"),
        ("閲覧できない", "閲覧できない状態となった"),
        ("誤送信", None),
    ],
)
def test_fragments_are_completed(item, said):
    assert pb.whole(item) == said


def test_a_row_is_wrong_under_another_type_and_silence_is_asked_of_look_alikes():
    assert pb.judge(pb.Row("誤送信", "error", "")).right
    assert not pb.judge(pb.Row("誤送信", "disclosure", "")).right
    assert pb.judge(pb.Row("感染症", "none", "")).right
    assert not pb.judge(pb.Row("誤送信", "none", "")).right
