"""Every example in models/time-*.jsonl runs: rules, vocabulary and exclusions."""

import re

import pytest

from tenmatsu.times.find import exclusions, expand, find, rules
from tenmatsu.times.folding import fold
from tenmatsu.times.vocabulary import words


def _plain(marked):
    return marked.replace("〔", "").replace("〕", "")


def _marked(marked):
    return marked[marked.index("〔") + 1 : marked.index("〕")]


RULE_POSITIVE = [(rule.id, text, value) for rule in rules() for text, value in rule.positive]
RULE_NEGATIVE = [(rule.id, text) for rule in rules() for text in rule.negative]
WORD_POSITIVE = [(word.id, text, value) for word in words() for text, value in word.positive]
WORD_NEGATIVE = [(word.id, text) for word in words() for text in word.negative]


@pytest.mark.parametrize(("rule", "text", "value"), RULE_POSITIVE)
def test_rule_reads_its_positive(rule, text, value):
    assert (rule, _marked(text), value) in [(one.rule, one.text, one.value_raw) for one in find(_plain(text))]


@pytest.mark.parametrize(("rule", "text"), RULE_NEGATIVE)
def test_rule_leaves_its_negative(rule, text):
    assert rule not in [one.rule for one in find(text)]


@pytest.mark.parametrize(("word", "text", "value"), WORD_POSITIVE)
def test_word_is_read(word, text, value):
    assert (_marked(text), value) in [(one.text, one.value_raw) for one in find(_plain(text))]


@pytest.mark.parametrize(("word", "text"), WORD_NEGATIVE)
def test_word_is_left_inside_other_words(word, text):
    assert find(text) == []


@pytest.mark.parametrize("exclusion", exclusions(), ids=lambda one: one.id)
def test_exclusion(exclusion):
    pattern = re.compile(expand(exclusion.pattern))
    for text in exclusion.positive:
        assert pattern.search(fold(text).compact), text
    for text in exclusion.negative:
        assert not pattern.search(fold(text).compact), text


def test_ids_are_unique():
    for records in (rules(), words(), exclusions()):
        ids = [record.id for record in records]
        assert len(ids) == len(set(ids))
