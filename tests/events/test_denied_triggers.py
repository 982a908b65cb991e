"""Every happening that a trigger rule shows, told as denied, doubted or imagined: none of them may be stated as fact.

The examples of the rules are put into frames that close the whole clause. Where an example has two clauses the frame may
hold for the second alone (ロックされ、文書が残されたという事実はない), so a share is allowed and not more.
"""

import pytest

from tenmatsu.events.ontology import attack_side
from tenmatsu.events.triggers import TriggerRule
from tenmatsu.knowledge import load
from tenmatsu.pipeline import extract_document

HEAD = "株式会社青葉電機のお知らせ\n\n"
FRAMES = [
    "{}という事実はない。",
    "{}わけではない。",
    "{}との情報は事実ではありません。",
    "{}ことは一度もない。",
    "{}形跡は確認されていない。",
    "{}とは考えていない。",
    "{}おそれがある。",
    "{}かもしれない。",
    "{}ときに備えて訓練を行う。",
]


@pytest.fixture(scope="module")
def told():
    return [
        example
        for rule in load("triggers", TriggerRule)
        if rule.type in attack_side()
        for example in rule.positive
        if example.endswith("た") and len(example) < 40
    ]


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_denied_or_imagined_is_no_fact(frame, told):
    found, facts = 0, []
    for example in told:
        text = HEAD + frame.format(example)
        events = [e for e in extract_document(text.encode(), "").events if e.type in attack_side()]
        events = [e for e in events if len(HEAD) <= e.start < len(HEAD) + len(example)]
        found += bool(events)
        if any(e.factuality == "asserted" for e in events):
            facts.append(text.removeprefix(HEAD))
    # an imagined happening is mostly no event at all
    assert len(told) > 250
    assert len(facts) <= 0.12 * len(told), facts
