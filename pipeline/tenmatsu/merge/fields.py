"""One incident from its cards: for each field the value of the best source, never a mean of several.

The victim's own word goes before others', a later report before an earlier one, a full date before one without a year.
What became public first became public once: of the disclosures the earliest stands. What was noticed was noticed once: of
the days on which the victim says so, the one that most of its reports give, else that of the last; a day behind its first
report, or one on which it only established more, is none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tenmatsu.merge.days import exact, relation, yearless
from tenmatsu.merge.evidence import Facts
from tenmatsu.organisations.register import likeness
from tenmatsu.times.edtf import bounds

DATES = ("first_intrusion", "detection", "containment", "disclosure")
CLAIMS = ("leaked", "possibly_leaked", "denied_leak")


def rank(facts: Facts) -> tuple[bool, str, int, str]:
    """Return how good a source a card is, the best last: the victim's own, the day, the report's number, the id.

    A report without a day follows those that have one: it has a number because others went before it.
    """
    account = facts.account
    day = bounds(account.published)[1] or ("9999" if account.report else "")
    return facts.id in account.own, day, account.report, facts.id


def first(cards: Sequence[Facts]) -> Facts:
    """Return the card that came first, by the day of its document: the incident keeps its id when others follow."""
    return min(cards, key=lambda one: (bounds(one.account.published)[0] or "9999", one.id))


def dates(cards: Sequence[Facts]) -> dict[str, str | None]:
    """Return the dates of the incident, by field."""
    found = {field: _best(cards, field) for field in DATES}
    shown = [str(value) for one in cards if exact(value := one.card.disclosure)]
    begun = bounds(found["first_intrusion"])[0] or ""
    if shown:  # nothing became public before it happened: such a day is a slip or another affair's
        found["disclosure"] = min([day for day in shown if day >= begun] or shown)
    own = _noticing([one for one in cards if one.id in one.account.own and exact(one.card.detection)], cards)
    if own:
        votes = Counter(one.card.detection for one in own)
        found["detection"] = max(own, key=lambda one: (votes[one.card.detection], rank(one))).card.detection
    return found


def _noticing(own: Sequence[Facts], cards: Sequence[Facts]) -> Sequence[Facts]:
    """The cards of the victim's own that tell of the first notice, as far as they can be told from those that do not.

    What it notices when its first report is out (…の情報が掲載されたことを確認) is another thing, and a fact established on
    a day says less of the first notice than a detection.
    """
    known = first_report(cards)
    early = [one for one in own if not behind(one.card.detection, known)] or own
    return [one for one in early if _noticed(one)] or early


def _noticed(one: Facts) -> bool:
    return any(
        told.card == one.id and told.date == one.card.detection and told.type in ("detection", "notification")
        for told in one.account.told
    )


def first_report(cards: Sequence[Facts]) -> str | None:
    """Return the last day on which the victim's first report can have come out, None where no report of its own is dated."""
    days = [bounds(one.account.published)[1] for one in cards if one.id in one.account.own and one.account.published]
    return min((day for day in days if day), default=None)


def behind(day: str | None, known: str | None) -> bool:
    """Whether an exact day lies behind the day on which the incident was known to all."""
    return day is not None and known is not None and exact(day) and day > known


def _best(cards: Sequence[Facts], field: str) -> str | None:
    told = [(getattr(one.card, field), one) for one in cards if getattr(one.card, field)]
    if not told:
        return None
    full = [each for each in told if "X" not in each[0]] or told
    own = [each for each in full if each[1].id in each[1].account.own]
    if own:
        chosen = _finest([value for value, _ in own], max(own, key=lambda each: rank(each[1]))[0])
        return _finest([value for value, _ in full], chosen)  # what it leaves coarse others may say to the day
    votes = Counter(value for value, _ in full)
    chosen = max(full, key=lambda each: (votes[each[0]], rank(each[1])))[0]
    return _finest([value for value, _ in full], chosen)


def _finest(values: Sequence[str], chosen: str) -> str:
    """The value that says the same as the chosen one more exactly, where there is just one."""
    if exact(chosen) or yearless(chosen):
        return chosen
    finer = {value for value in values if exact(value) and relation(value, chosen) == "compatible"}
    return finer.pop() if len(finer) == 1 else chosen


def words(cards: Sequence[Facts], field: str) -> tuple[str, ...]:
    """Return the vectors or root causes that the cards tell of, the best source's first; unknown where none tells any."""
    ordered = sorted(cards, key=rank, reverse=True)
    found = dict.fromkeys(word for one in ordered for word in getattr(one.card, field) if word != "unknown")
    return tuple(found) or ("unknown",)


def claims(cards: Sequence[Facts]) -> dict[str, tuple[str, ...]]:
    """Return what leaked, may have leaked and did not, each thing once, under what the best source says of it.

    A series of reports is one source: its last word on a thing stands (第1報 denies, 最終報 confirms).
    """
    ordered = sorted(cards, key=rank, reverse=True)
    out: dict[str, list[str]] = {field: [] for field in CLAIMS}
    said: list[str] = []
    latest = next(
        (one.id for one in ordered if one.id in one.account.own and any(getattr(one.card, f) for f in CLAIMS)), ""
    )
    for one in ordered:
        keys = []
        # what the victim could not say, or denied, in an earlier report is not what it says now
        superseded = latest != one.id and latest != "" and one.id in one.account.own
        for field in CLAIMS[:1] if superseded else CLAIMS:
            for phrase in getattr(one.card, field):
                key = thing(phrase)
                # what one document tells apart (card data out, other personal data not) are two things
                if not any(_same(each, key) for each in said):
                    if phrase not in out[field]:
                        out[field].append(phrase)
                    keys.append(key)
        said += dict.fromkeys(keys)
    return {field: tuple(phrases) for field, phrases in out.items()}


def alike(one: str, other: str) -> bool:
    """Whether two phrases name one kind of data, or one the other's among more."""
    return _same(thing(one), thing(other))


def thing(phrase: str) -> str:
    """Return what two ways of writing a kind of data have in common: no kana between its words, no long bar at an end."""
    return re.sub(r"(?<=[ァ-ヴ])ー(?![ァ-ヴ])|[ぁ-ん]", "", likeness(phrase)) or likeness(phrase)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 4 and (one in other or other in one))
