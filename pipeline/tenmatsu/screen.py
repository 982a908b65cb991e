"""Which of many patterns can match in a text at all, told by one pass of an automaton over the literals that they need.

Every pattern of a lexicon is asked of every sentence, and nearly all say no. From a regular expression follow strings of
which each match must hold one (``required``), as RE2's FilteredRE2 and Rust's regex-syntax derive them, and the characters
that a match can begin with (``openers``). A ``Screen`` looks for all of these at once; only patterns whose strings are
there are then asked. What cannot be derived is asked always, so a screen never changes what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

_MOST_EXACT = 48  # strings that a part of a pattern is spelt out into
_MOST_STRINGS = 400  # alternatives that one pattern may need before it is not worth a screen
_LONGEST = 8  # code points of a required string that are looked for
_MOST_OPENERS = 400

# the exact strings a part of a pattern can match (None: too many to list) and a set of which every match holds one
_Exact = frozenset[str] | None
_Parsed = Any  # the parsed form of a pattern is private to the library


def _parser() -> Any:
    """The library's parser of patterns; None where this Python keeps it elsewhere, and then nothing is screened."""
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:
        try:
            import sre_parse as _parser
        except ImportError:
            return None
    return _parser


@cache
def required(pattern: str | re.Pattern[str]) -> frozenset[str] | None:
    """Return strings of which every match of ``pattern`` holds at least one inside its span; None where none are known.

    What a lookaround asks for is not counted, since it stands outside the match. Raises re.error for a bad pattern.
    """
    parser = _parser()
    if parser is None:
        return None
    written, flags = (pattern, 0) if isinstance(pattern, str) else (pattern.pattern, pattern.flags)
    parsed = parser.parse(written, flags)
    if parsed.state.flags & re.IGNORECASE:
        return None
    found = _better(*_strings(parsed))
    return None if found is None else frozenset(one[:_LONGEST] for one in found)


@cache
def openers(pattern: str | re.Pattern[str]) -> frozenset[str] | None:
    """Return the characters that a match of ``pattern`` can begin with; None where they are unknown or it may be empty.

    Raises re.error for a bad pattern.
    """
    parser = _parser()
    if parser is None:
        return None
    written, flags = (pattern, 0) if isinstance(pattern, str) else (pattern.pattern, pattern.flags)
    parsed = parser.parse(written, flags)
    if parsed.state.flags & re.IGNORECASE:
        return None
    found, empty = _first(parsed)
    return None if empty else found


def _worth(strings: frozenset[str]) -> tuple[int, int]:
    """How well a set of strings tells texts apart: by its shortest string, then by how few there are."""
    if not strings or "" in strings or len(strings) > _MOST_STRINGS:
        return (0, 0)
    length = min(map(len, strings))
    if length == 1 and any(len(one) == 1 and _common(one) for one in strings):
        length = 0
    return (length, -len(strings))


def _common(character: str) -> bool:
    """Whether a character is in nearly every sentence."""
    return "ぁ" <= character <= "ん" or character in "、。ー・()（）「」 0123456789"


def _better(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        best = b if a is None else a
        return best if best is not None and _worth(best)[0] else None
    worth_a, worth_b = _worth(a), _worth(b)
    best, worth = (a, worth_a) if worth_a >= worth_b else (b, worth_b)
    return best if worth[0] else None


def _strings(parsed: _Parsed) -> tuple[_Exact, frozenset[str] | None]:
    """The exact strings of a sequence of parts, and the best strings that it needs."""
    run: frozenset[str] = frozenset([""])  # of the parts since the last one that can be too much
    whole = True
    need: frozenset[str] | None = None
    for op, argument in parsed:
        exact, wants = _part(str(op), argument)
        if wants is not None:
            need = _better(need, wants)
        joined = _joined(run, exact)
        if joined is not None:
            run = joined
            continue
        need, whole = _better(need, run), False
        run = frozenset([""]) if exact is None or len(exact) > _MOST_EXACT else exact
    return (run, need) if whole else (None, _better(need, run))


def _joined(run: frozenset[str], exact: _Exact) -> frozenset[str] | None:
    if exact is None or len(run) * len(exact) > _MOST_EXACT:
        return None
    return frozenset(a + b for a in run for b in exact)


def _part(op: str, argument: Any) -> tuple[_Exact, frozenset[str] | None]:
    """The exact strings of one part of a pattern, and strings that it needs where it has no exact ones."""
    if op == "LITERAL":
        return frozenset([chr(argument)]), None
    if op == "IN":
        return _characters(argument, _MOST_EXACT), None
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return frozenset([""]), None
    if op == "SUBPATTERN":
        _, added, _, inner = argument
        return (None, None) if added & re.IGNORECASE else _strings(inner)
    if op == "ATOMIC_GROUP":
        return _strings(argument)
    if op == "BRANCH":
        return _branches(argument[1])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        exact, need = _strings(inner)
        if least == 0:
            return (exact | {""}, None) if most == 1 and exact is not None else (None, None)
        if least == most == 1:
            return exact, need
        return None, _better(need, exact)
    return None, None


def _branches(branches: Sequence[_Parsed]) -> tuple[_Exact, frozenset[str] | None]:
    parts = [_strings(branch) for branch in branches]
    exacts = [exact for exact, _ in parts]
    if all(exact is not None for exact in exacts):
        joined: frozenset[str] = frozenset().union(*(exact for exact in exacts if exact is not None))
        return (joined, None) if len(joined) <= _MOST_EXACT else (None, joined)
    needs = [_better(need, exact) for exact, need in parts]
    if any(need is None for need in needs):
        return None, None
    return None, frozenset().union(*(need for need in needs if need is not None))


def _characters(items: Any, most: int) -> frozenset[str] | None:
    """The characters of a class; None where it is negated, names a category or has too many."""
    found: set[str] = set()
    for op, argument in items:
        if str(op) == "LITERAL":
            found.add(chr(argument))
        elif str(op) == "RANGE" and argument[1] - argument[0] < most:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= most else None


def _first(parsed: _Parsed) -> tuple[frozenset[str] | None, bool]:
    """The characters that a sequence can begin with (None: unknown), and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for op, argument in parsed:
        one, empty = _first_of(str(op), argument)
        if one is None:
            return None, True
        found |= one
        if len(found) > _MOST_OPENERS:
            return None, True
        if not empty:
            return found, False
    return found, True


def _first_of(op: str, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if op == "LITERAL":
        return frozenset([chr(argument)]), False
    if op == "IN":
        return _characters(argument, _MOST_OPENERS), False
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return frozenset(), True
    if op == "SUBPATTERN":
        return (None, True) if argument[1] & re.IGNORECASE else _first(argument[3])
    if op == "ATOMIC_GROUP":
        return _first(argument)
    if op == "BRANCH":
        parts = [_first(branch) for branch in argument[1]]
        if any(found is None for found, _ in parts):
            return None, True
        return frozenset().union(*(found for found, _ in parts if found is not None)), any(empty for _, empty in parts)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        found, empty = _first(argument[2])
        return found, empty or argument[0] == 0
    return None, True


class Screen:
    """Many patterns, of which a text is told which can match in it.

    ``patterns`` keep their numbers. ``possible(text)`` takes time linear in the text, whatever their count.
    """

    __slots__ = ("_always", "_find", "_owners")

    def __init__(self, patterns: Iterable[str | re.Pattern[str] | None]) -> None:
        """None for a pattern stands for one that is never asked. Raises re.error for a bad one."""
        import ahocorasick_rs

        owners: dict[str, list[int]] = {}
        always = []
        for number, pattern in enumerate(patterns):
            if pattern is None:
                continue
            strings = required(pattern)
            if strings is None:
                always.append(number)
            for one in strings or ():
                owners.setdefault(one, []).append(number)
        self._always = frozenset(always)
        self._owners = tuple(tuple(numbers) for numbers in owners.values())
        machine = ahocorasick_rs.AhoCorasick(list(owners), matchkind=ahocorasick_rs.MatchKind.Standard)
        self._find = machine.find_matches_as_indexes if owners else None

    def possible(self, text: str) -> list[int]:
        """Return the numbers of the patterns that can match somewhere in ``text``, in order; all others cannot."""
        if self._find is None:
            return sorted(self._always)
        found = {hit[0] for hit in self._find(text, overlapping=True)}
        if not found:
            return sorted(self._always)
        owners = self._owners
        return sorted(self._always.union(*[owners[which] for which in found]))

    @property
    def unscreened(self) -> frozenset[int]:
        """The patterns that are always asked, since no strings are known that they need."""
        return self._always


class Openers:
    """Patterns that are matched at a place, by the character that stands there.

    ``at(character)`` gives the numbers of those of which a match can begin with it, in order; "" stands for the end of
    the text. A pattern that may be empty, or begins with anything, is always among them.
    """

    __slots__ = ("_always", "_by_character")

    def __init__(self, patterns: Iterable[str | re.Pattern[str]]) -> None:
        """Raises re.error for a bad pattern."""
        firsts = [openers(pattern) for pattern in patterns]
        always = [number for number, first in enumerate(firsts) if first is None]
        by_character: dict[str, list[int]] = {}
        for number, first in enumerate(firsts):
            for character in first or ():
                by_character.setdefault(character, []).append(number)
        self._always = tuple(always)
        self._by_character = {one: tuple(sorted([*always, *numbers])) for one, numbers in by_character.items()}

    def at(self, character: str) -> tuple[int, ...]:
        """Return the numbers of the patterns that can match where ``character`` stands, in order."""
        return self._by_character.get(character, self._always)
