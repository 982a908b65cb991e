"""Every rule's own examples: a name or word between 〔 and 〕 is what the rule must give, and nothing in a negative."""

import pytest

from tenmatsu.organisations import find
from tenmatsu.organisations.anaphors import anaphor_rules, anaphors
from tenmatsu.organisations.patterns import built_names, pattern_rules, used_as_names


def marked(example: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, start = "", [], -1
    for char in example:
        if char == "〔":
            start = len(text)
        elif char == "〕":
            spans.append((start, len(text)))
        else:
            text += char
    return text, spans


def built(text):
    return [*built_names(text), *used_as_names(text)]


SEARCHED = [rule for rule in pattern_rules() if rule.how not in ("ordinary", "strip", "cut", "tail", "kana")]


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in SEARCHED for e in r.positive], ids=lambda v: getattr(v, "id", v)
)
def test_pattern_finds_what_it_is_for(rule, example):
    text, spans = marked(example)
    assert set(spans) <= {(one.start, one.end) for one in built(text) if one.rule == rule.id}
    assert set(spans) <= {(one.start, one.end) for one in find(text)}


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in SEARCHED for e in r.negative], ids=lambda v: getattr(v, "id", v)
)
def test_pattern_leaves_alone_what_is_no_name(rule, example):
    assert [
        text_of for one in built(example) if one.rule == rule.id and (text_of := example[one.start : one.end])
    ] == []


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in anaphor_rules() for e in r.positive], ids=lambda v: getattr(v, "id", v)
)
def test_anaphor_is_found(rule, example):
    text, spans = marked(example)
    found = {(one.start, one.end) for one in anaphors(text)}
    assert set(spans) <= found


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in anaphor_rules() for e in r.negative], ids=lambda v: getattr(v, "id", v)
)
def test_anaphor_is_not_found_in_other_words(rule, example):
    assert [one.text for one in anaphors(example) if one.rule.id == rule.id] == []


def test_every_searched_rule_has_examples():
    assert [rule.id for rule in (*SEARCHED, *anaphor_rules()) if not (rule.positive and rule.negative)] == []


def test_ids_are_unique():
    ids = [rule.id for rule in (*pattern_rules(), *anaphor_rules())]
    assert len(ids) == len(set(ids))
