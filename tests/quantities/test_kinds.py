import pytest

from tenmatsu.knowledge import load
from tenmatsu.quantities.kinds import DataKind, attributes, data_kinds

KINDS = load("data-kinds", DataKind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_kind_holds_for_its_examples(kind):
    for text in kind.positive:
        assert any(name == kind.id for name, _ in data_kinds(text, 0, len(text))), text
    for text in kind.negative:
        assert not any(name == kind.id for name, _ in data_kinds(text, 0, len(text))), text


def test_the_longest_form_wins_and_spans_are_of_the_text():
    text = "漏えいしたのはクレジットカード番号と氏名"
    found = data_kinds(text, 7, len(text))
    assert [(name, text[a:b]) for name, (a, b) in found] == [("card_part", "クレジットカード番号"), ("name", "氏名")]


def test_a_form_has_one_owner():
    forms = [form for kind in KINDS for form in kind.forms]
    assert len(forms) == len(set(forms))
    assert "name" in attributes()
    assert "personal" not in attributes()
