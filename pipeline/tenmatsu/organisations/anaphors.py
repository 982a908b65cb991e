"""Words that stand for an organisation without naming it: ``models/anaphors.jsonl`` and where they occur."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.knowledge import load


class AnaphorRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are resolved alike. ``how`` is self (the issuer), same (the topic among ``kinds``), reflexive
    (the subject of its sentence), several (two or three that were named together), defined (only where the
    text has said 以下「…」) or affiliate (the one that was introduced as such).

    ``endings`` (of how defined) are what longer words of this kind end in (旧健診事務委託先).
    ``not_before`` and ``not_after`` are regexes for what must not stand on the left and on the right.
    """

    id: str
    how: str
    forms: list[str]
    endings: list[str] = []
    kinds: list[str] = []
    not_before: str = ""
    not_after: str = ""
    after: str = ""
    positive: list[str] = []
    negative: list[str] = []


@dataclass(frozen=True, slots=True)
class Anaphor:
    """An occurrence of such a word."""

    start: int
    end: int
    text: str
    rule: AnaphorRule


@cache
def anaphor_rules() -> tuple[AnaphorRule, ...]:
    """Return the rules of ``models/anaphors.jsonl`` in file order."""
    return load("anaphors", AnaphorRule)


@cache
def _forms() -> frozenset[str]:
    return frozenset(form for rule in anaphor_rules() for form in rule.forms)


@cache
def _endings() -> tuple[tuple[str, ...], AnaphorRule | None]:
    rule = next((rule for rule in anaphor_rules() if rule.endings), None)
    return (tuple(rule.endings), rule) if rule else ((), None)


def is_anaphor(text: str) -> bool:
    """Tell whether ``text`` is a word of this kind, so that a definition by it (以下「当社」) defines no name."""
    return text in _forms() or is_role(text)


def is_role(text: str) -> bool:
    """Tell whether ``text`` says what part somebody has (旧健診事務委託先), which only a definition ties to a name."""
    return text.endswith(_endings()[0])


@cache
def _search() -> tuple[re.Pattern[str], dict[str, tuple[AnaphorRule, re.Pattern[str] | None]]]:
    table = {}
    words = []
    for rule in anaphor_rules():
        left = re.compile(rf"(?:{rule.not_before})\Z") if rule.not_before else None
        right = (f"(?!{rule.not_after})" if rule.not_after else "") + (f"(?={rule.after})" if rule.after else "")
        for form in rule.forms:
            table[form] = (rule, left)
            words.append((form, right))
    words.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return re.compile("|".join(re.escape(form) + right for form, right in words)), table


def anaphors(text: str, roles: Collection[str] = ()) -> Iterator[Anaphor]:
    """Yield the occurrences in order, those of ``roles`` (words that the text defines) among them.

    Whether one stands for anybody is for ``resolve`` to say.
    """
    pattern, table = _search()
    more = _endings()[1]
    new = {role for role in roles if role not in table}
    if new and more:
        table = table | dict.fromkeys(new, (more, None))
        longest = sorted(new, key=lambda word: (-len(word), word))
        pattern = re.compile("|".join(map(re.escape, longest)) + "|" + pattern.pattern)
    for hit in pattern.finditer(text):
        rule, left = table[hit.group()]
        if left is None or not left.search(text, max(0, hit.start() - 12), hit.start()):
            yield Anaphor(hit.start(), hit.end(), hit.group(), rule)
