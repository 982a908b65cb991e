import re

import pytest

from tenmatsu.read.words import section_of, section_rules, word_rules, words


@pytest.mark.parametrize("rule", [rule for rule, _ in section_rules()], ids=lambda rule: rule.id)
def test_every_heading_rule_holds_for_its_examples(rule):
    for heading in rule.positive:
        assert section_of(heading) == rule.section, heading
    for heading in rule.negative:
        assert section_of(heading) != rule.section, heading


@pytest.mark.parametrize("rule", word_rules(), ids=lambda rule: rule.id)
def test_every_word_rule_holds_for_its_examples(rule):
    assert rule.positive
    assert rule.negative
    for line in rule.positive:
        assert re.search(rule.pattern, line), line
    for line in rule.negative:
        assert not words(rule.kind).search(line), line


def test_ids_are_unique():
    ids = [rule.id for rule in word_rules()] + [rule.id for rule, _ in section_rules()]
    assert len(ids) == len(set(ids))


def test_a_heading_over_both_lists_of_leaked_data_says_nothing_of_either():
    assert section_of("漏えいした可能性のある情報と漏えいした情報") == "impact"
