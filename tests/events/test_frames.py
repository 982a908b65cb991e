"""Every case frame finds its participant in its own examples, and leaves the others alone."""

import re

import pytest

from tenmatsu.events import frames
from tenmatsu.events.phrases import Party, phrases
from tenmatsu.knowledge import load

FRAMES = load("frames", frames.Frame)
MARK = re.compile(r"\[(?P<wanted>!?)(?P<kind>[@#]?)(?P<name>[^\]]+)\]|\{(?P<trigger>[^}]+)\}")
KINDS = {"": "company", "@": "police", "#": "media"}


def read(example):
    """The sentence, its parties, the span of its trigger and the entity that is to be found ("" for none)."""
    own, parties, trigger, wanted, at = "", [], None, "", 0
    for mark in MARK.finditer(example):
        own += example[at : mark.start()]
        at = mark.end()
        start = len(own)
        if mark["trigger"]:
            own += mark["trigger"]
            trigger = (start, len(own))
        else:
            own += mark["name"]
            parties.append(Party(start, len(own), mark["name"], KINDS[mark["kind"]]))
            if mark["wanted"]:
                wanted = mark["name"]
    return own + example[at:], parties, trigger, wanted


def alone(frame, monkeypatch, example):
    """What the frame finds when it is the only one: (whether it fires, the entity or "")."""
    own, parties, trigger, wanted = read(example)
    kinds = frames._types(frame)
    monkeypatch.setattr(frames, "_of_type", lambda kind: tuple(r for r in frames._ready() if r.frame is frame))
    sentence = phrases(own, parties, [trigger] if trigger else [], None)
    if trigger is None:
        return False, "", wanted
    filled = frames.fill(sentence, sentence.place(trigger[0]), sentence.place(trigger[1]), min(kinds))
    return filled is not None, filled.unit.entity if filled and filled.unit else "", wanted


@pytest.mark.parametrize(
    ("frame", "example"), [pytest.param(f, e, id=f"{f.id}-{n}") for f in FRAMES for n, e in enumerate(f.positive)]
)
def test_a_frame_finds_its_participant(frame, example, monkeypatch):
    fires, entity, wanted = alone(frame, monkeypatch, example)
    assert fires
    assert entity == wanted
    assert bool(wanted) == (frame.gives == "party")


@pytest.mark.parametrize(
    ("frame", "example"), [pytest.param(f, e, id=f"{f.id}-{n}") for f in FRAMES for n, e in enumerate(f.negative)]
)
def test_a_frame_leaves_other_sentences_alone(frame, example, monkeypatch):
    fires, _, _ = alone(frame, monkeypatch, example)
    assert not fires


def test_every_frame_has_an_id_of_its_own_and_examples():
    assert len({frame.id for frame in FRAMES}) == len(FRAMES)
    assert all(frame.positive and frame.negative for frame in FRAMES)


def test_slots_are_all_used():
    text = " ".join(str(frame) for frame in FRAMES) + " ".join(s.pattern for s in load("frame-slots", frames.FrameSlot))
    assert [s.name for s in load("frame-slots", frames.FrameSlot) if f"<{s.name}>" not in text] == []


@pytest.mark.parametrize(
    ("own", "names", "text", "entities"),
    [
        ("青葉（以下「当社」）は公表", ["青葉"], "\ue000は公表", ["青葉"]),
        ("「青葉」と北斗が公表", ["青葉", "北斗"], "\ue000が公表", ["青葉|北斗"]),
        ("青葉、北斗が公表", ["青葉", "北斗"], "\ue000、\ue000が公表", ["青葉", "北斗"]),
        ("青葉社内で公表", ["青葉"], "\ue000社内で公表", ["青葉"]),
        ("青葉社が公表", ["青葉"], "\ue000が公表", ["青葉"]),
    ],
)
def test_a_name_and_what_belongs_to_it_are_one_sign(own, names, text, entities):
    parties = [Party(own.index(n), own.index(n) + len(n), n, "company") for n in names]
    folded = phrases(own, parties, [], None)
    assert folded.text == text
    assert [unit.entity for unit in folded.units] == entities
    assert folded.text[folded.place(own.index("公表")) :] == "公表"
