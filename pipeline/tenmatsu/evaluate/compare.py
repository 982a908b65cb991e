"""When a span, a date, an organisation or a phrase of the system is the gold's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from tenmatsu.evaluate.gold import Gold

Span = tuple[int, int]


def align(
    gold: Sequence[Span], system: Sequence[Span], alike: Callable[[int, int], bool] = lambda g, s: False
) -> list[tuple[int, int]]:
    """Pair overlapping spans one to one, the best overlap first; returns (gold, system) positions in gold order.

    Overlap is the shared part of both spans (Jaccard). ``alike`` breaks ties, then the order of the spans does.
    """
    candidates = []
    for g, (g_start, g_end) in enumerate(gold):
        for s, (s_start, s_end) in enumerate(system):
            shared = min(g_end, s_end) - max(g_start, s_start)
            if shared > 0:
                together = max(g_end, s_end) - min(g_start, s_start)
                candidates.append((-shared / together, not alike(g, s), g_start, s_start, g, s))
    pairs, gold_taken, system_taken = [], set(), set()
    for *_, g, s in sorted(candidates):
        if g not in gold_taken and s not in system_taken:
            gold_taken.add(g)
            system_taken.add(s)
            pairs.append((g, s))
    return sorted(pairs)


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![0-9X-])([0-9]{4})(?![0-9])")


def date_key(value: str | None) -> str | None:
    """Return an EDTF or TIMEX3 value in one spelling: no blanks, the members of a set sorted; None for none."""
    if not value:
        return None
    squeezed = "".join(value.split())
    return re.sub(r"([{\[])([^{}\[\]]*)([}\]])", lambda m: m[1] + ",".join(sorted(m[2].split(","))) + m[3], squeezed)


class Dates:
    """Compares dates with the gold of one document, which may have taken its years from another document."""

    def __init__(self, gold: Gold) -> None:
        """Note the years that the document prints, when its gold has a ``year_basis``."""
        self._linked = gold.year_basis is not None
        self._printed: set[str] = set()
        if self._linked:
            for timex in gold.timexes:
                self._printed.update(
                    re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", unicodedata.normalize("NFKC", timex.text))
                )

    def full(self, gold: str | None, system: str | None) -> bool:
        """Say whether the dates are the same, year included."""
        return date_key(gold) == date_key(system)

    def alone(self, gold: str | None, system: str | None) -> bool:
        """Say whether the dates are the same, or the same but for a year that the document does not show."""
        if self.full(gold, system):
            return True
        if not self._linked or not gold:
            return False
        return date_key(self._without_years(gold)) == date_key(system)

    def _without_years(self, value: str) -> str:
        return _year_pattern().sub(lambda m: m[1] if m[1] in self._printed else "XXXX", value)


def name_key(name: str) -> str:
    """Return a name after NFKC and without blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def name_keys(names: str | None) -> frozenset[str]:
    """Return the names that ``|`` joins, each as its key."""
    return frozenset(name_key(name) for name in (names or "").split("|") if name.strip())


class Names:
    """Compares organisations within one document, whose gold says which written names are one entity."""

    def __init__(self, gold: Gold) -> None:
        """Take from the gold which name stands for which entity; a name of two entities stands for itself."""
        entities: dict[str, set[str]] = {}
        for mention in gold.mentions:
            if mention["kind"] == "name" and "|" not in mention["entity"]:
                entities.setdefault(name_key(mention.text), set()).add(name_key(mention["entity"]))
        self._entity = {name: next(iter(found)) for name, found in entities.items() if len(found) == 1}

    def same(self, gold: str | None, system: str | None) -> bool:
        """Say whether both name the same set of organisations."""
        return self._resolved(gold) == self._resolved(system)

    def _resolved(self, names: str | None) -> frozenset[str]:
        return frozenset(self._entity.get(key, key) for key in name_keys(names))


def phrases_shared(gold: Iterable[str], system: Iterable[str]) -> int:
    """Return how many phrases pair up, one to one: equal ones first, then those of which one contains the other."""
    left, right = [name_key(phrase) for phrase in gold], [name_key(phrase) for phrase in system]
    paired = 0
    for fits in (lambda a, b: a == b, lambda a, b: bool(a and b) and (a in b or b in a)):
        for phrase in list(left):
            hit = next((other for other in right if fits(phrase, other)), None)
            if hit is not None:
                left.remove(phrase)
                right.remove(hit)
                paired += 1
    return paired
