"""The words of HTML pages (``models/page-words.jsonl``): names of classes, headings of lists, lines that lead elsewhere."""

from __future__ import annotations

import re
from functools import cache

from tenmatsu.knowledge import load
from tenmatsu.read.words import WordRule


@cache
def page_rules() -> tuple[WordRule, ...]:
    """Return the rules in file order."""
    return load("page-words", WordRule)


@cache
def page_words(kind: str) -> re.Pattern[str]:
    """Return one pattern for all rules of a kind."""
    return re.compile("|".join(f"(?:{rule.pattern})" for rule in page_rules() if rule.kind == kind))
