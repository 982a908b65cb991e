"""The first layer: words of time and what each stands for, from ``models/time-vocabulary.jsonl``."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenmatsu import knowledge


class Word(msgspec.Struct, frozen=True):
    """Written forms with one meaning. ``kind`` names the slot of a rule (``<kind>``) that they fill.

    ``before``/``after`` are lookarounds that a form must satisfy; ``positive`` pairs a text, the expression in
    〔〕, with its underspecified value, ``negative`` are texts in which the marked words are no time.
    """

    id: str
    kind: str
    forms: list[str]
    value: str
    positive: list[tuple[str, str]]
    negative: list[str]
    after: str = ""


class OldEra(msgspec.Struct, frozen=True):
    """An era before Meiji and the years in which it began and ended, as tables of years have them.

    Their months are those of a calendar that went by the moon, so an old era gives a year and no more.
    """

    id: str
    name: str
    first: int
    last: int


@cache
def old_eras() -> dict[str, OldEra]:
    """Return the eras from Taika (645) to Keio (1868) by name."""
    return {era.name: era for era in knowledge.load("time-eras", OldEra)}


@cache
def words() -> tuple[Word, ...]:
    """Return the vocabulary in file order."""
    return knowledge.load("time-vocabulary", Word)


@cache
def alternatives(kind: str) -> str:
    """Return a pattern for all forms of a kind, longest first, each with its lookahead; ``old_era`` names the old eras."""
    if kind == "old_era":
        return "(?:" + "|".join(sorted(old_eras(), key=lambda name: -len(name))) + ")"
    forms = [(form, word.after) for word in words() if word.kind == kind for form in word.forms]
    forms.sort(key=lambda pair: -len(pair[0]))
    return "(?:" + "|".join(re.escape(form) + after for form, after in forms) + ")"


@cache
def _meanings() -> dict[tuple[str, str], str]:
    return {(word.kind, form): word.value for word in words() for form in word.forms}


def meaning(kind: str, form: str) -> str | None:
    """Return what a form of a kind stands for, None when the vocabulary does not have it."""
    return _meanings().get((kind, form))


@cache
def _digits() -> dict[str, int]:
    return {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "○": 0, "元": 1}


def number(written: str) -> int:
    """Return the value of an integer in digits or kanji numerals, positional (二〇一七) or with 十 (二十七).

    Raises ValueError for anything else.
    """
    if written.isdecimal():
        return int(written)
    digits = _digits()
    if "十" in written:
        tens, _, ones = written.partition("十")
        if len(tens) > 1 or len(ones) > 1 or any(c not in digits for c in tens + ones):
            raise ValueError(f"no number: {written!r}")
        return (digits[tens] if tens else 1) * 10 + (digits[ones] if ones else 0)
    if not written or any(c not in digits for c in written):
        raise ValueError(f"no number: {written!r}")
    return int("".join(str(digits[c]) for c in written))
