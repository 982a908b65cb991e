"""What the layout knows of words: ``models/layout-sections.jsonl`` (headings) and ``models/layout-words.jsonl`` (lines)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenmatsu.knowledge import load

BLANK = " \t\u3000\u00a0\f"
LONGEST_VALUE = 40


class SectionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading pattern and the kind of section that it opens."""

    id: str
    section: str
    pattern: str
    positive: list[str]
    negative: list[str]


class WordRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that show what a line, a cell or a label is for; ``kind`` names the question that they answer.

    ``pattern`` is searched in the line without its outer blanks: it is found in every ``positive``, in no ``negative``.
    """

    id: str
    kind: str
    pattern: str
    positive: list[str]
    negative: list[str]


@cache
def section_rules() -> tuple[tuple[SectionRule, re.Pattern[str]], ...]:
    """Return the heading rules in file order with their compiled patterns."""
    return tuple((rule, re.compile(rule.pattern)) for rule in load("layout-sections", SectionRule))


@cache
def word_rules() -> tuple[WordRule, ...]:
    """Return the word rules in file order."""
    return load("layout-words", WordRule)


@cache
def words(kind: str) -> re.Pattern[str]:
    """Return one pattern for all rules of a kind."""
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in word_rules() if rule.kind == kind))


VALUES = ("negated", "none", "possible", "asserted")


def value_of(told: str) -> str:
    """Return what a value says of what its label names: ``negated``, ``none`` (nothing yet), ``possible``, ``asserted``.

    "" for any other value (氏名, 東京都): the words of the label hold as they stand.
    """
    plain = told.strip(BLANK + "*_|｜")
    if not plain or len(plain) > LONGEST_VALUE:
        return ""
    return next((value for value in VALUES if words(f"value_{value}").search(plain)), "")


def section_of(heading: str) -> str:
    """Return the kind of section that a heading opens, "" when no rule knows it.

    The first rule in the file that matches wins, save that a rule for a delay's explanation (comment) and
    for leaked data stands before the general words through its own pattern.
    """
    plain = heading.strip(BLANK + "<>＜＞【】[]〔〕■□◆●▼▽◎:：()（）*#_")
    hits = [rule.section for rule, pattern in section_rules() if pattern.search(plain)]
    if {"leaked", "leaked_possible"} <= set(hits):
        return "impact"  # one heading over both lists says nothing of either
    if {"sources", "timeline"} <= set(hits):
        return "timeline"  # <参考:経緯> heads a chronology, whatever it is for
    for narrow in ("comment", "leaked_possible", "plan"):
        if narrow in hits:
            return narrow
    return hits[0] if hits else ""
