"""Whom a text credits: every example of models/attribution.jsonl, and what is no credit."""

import pytest

from tenmatsu.events.attribution import rules
from tenmatsu.pipeline import extract_document


def _credit(marked):
    start = marked.index("〔")
    plain = marked.replace("〔", "").replace("〕", "")
    events = [event for event in extract_document(plain.encode(), "t.txt").events if event.start == start]
    assert events, marked
    return events[0].attributed_to


@pytest.mark.parametrize(
    ("marked", "source"), [pair for rule in rules() for pair in rule.positive], ids=lambda one: one[:12]
)
def test_the_source_is_credited(marked, source):
    assert _credit(marked) == source


@pytest.mark.parametrize("marked", [text for rule in rules() for text in rule.negative])
def test_no_one_is_credited(marked):
    assert _credit(marked) is None
