import re

import pytest

from tenmatsu.cues import Cue, grouped
from tenmatsu.knowledge import load

FILES = ("card-cues", "leak-cues", "cause-cues", "background-cues")
CUES = [cue for name in FILES for cue in load(name, Cue)]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_every_cue_holds_for_its_examples(cue):
    pattern = re.compile(cue.pattern)
    assert cue.positive
    assert cue.negative
    for text in cue.positive:
        assert pattern.search(text), text
    for text in cue.negative:
        assert not pattern.search(text), text


def test_ids_are_unique():
    assert len({cue.id for cue in CUES}) == len(CUES)


@pytest.mark.parametrize("name", FILES)
def test_a_group_is_one_pattern(name):
    for group, pattern in grouped(name).items():
        assert any(pattern.search(text) for cue in load(name, Cue) if cue.group == group for text in cue.positive)
