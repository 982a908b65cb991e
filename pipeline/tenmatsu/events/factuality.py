"""Factuality in the manner of medspaCy's ConText: a cue, its direction, its scope and what ends the scope.

The cues are ``models/factuality.jsonl``, in order of priority. Every value names the cue that set it, so that
``explain`` can show it. Japanese states polarity at the end of the clause, so most cues stand behind the trigger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu.events.ontology import response_side
from tenmatsu.knowledge import load


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A factuality cue: category (possible, negated, planned, none), pattern, side, scope and examples.

    ``types``: any, attack or response (the sides of ``models/ontology.jsonl``), or event types joined by ``|``.
    ``where``: after or before the trigger, or inside it. ``scope``: trigger, clause (to the end of the trigger's
    clause), coordinated (through し、 to the end of the sentence unless a past tense closes it), sentence, headline
    (lines without a full stop only).
    """

    id: str
    category: str
    pattern: str
    scope: str
    where: str
    types: str
    positive: list[str]
    negative: list[str]


@dataclass(frozen=True, slots=True)
class Factuality:
    """asserted, negated, possible, planned or none (no claim at all), with the cue and its span in the sentence."""

    value: str
    cue: str | None = None
    start: int = -1
    end: int = -1


@cache
def _cues() -> tuple[tuple[CueRule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rule.pattern)) for rule in load("factuality", CueRule))


@cache
def _boundary() -> re.Pattern[str]:
    # a comma behind a predicate closes the clause; behind a noun it only divides a list
    return re.compile(
        r"(?:(?:た|い|る|す|せん|ん|だ|う|ず)が|ものの|けれども?|(?:し|され|せ|き|って|(?<!とし)て|み|おり|おらず|ず|なく|あり|れ|え|め|け)|ため|ので|ところ|うえ|上で|結果|た後|る際|たことから|ことにより|たことで|とともに|るほか|ほか|一方|によると|によれば)、"
    )


@cache
def _past() -> re.Pattern[str]:
    return re.compile(r"(?:た|ました|ている|ています|ており|たほか|たのち|たうえで|た上で)[、。]")


@cache
def _adnominal() -> re.Pattern[str]:
    # 流出した+noun: the noun carries the predicate, so denials of the main clause are no denials of the leak,
    # unless the noun is one of evidence (事実, 痕跡 ...)
    return re.compile(
        r"(?:し|さ|せ)?(?:れ)?(?:た|ている|ていた|る|する)(?!(?:事実|痕跡|形跡|記録|被害|こと|事|可能性|おそれ|恐れ|疑い|ところ|との|旨|報告|連絡|事例|の))(?=[一-龠々ァ-ヶA-Za-z「『])"
    )


def scope(sentence: str, end: int) -> str:
    """Return what stands behind ``end`` up to and with the boundary of the trigger's clause."""
    tail = sentence[end:]
    depth = 0
    for boundary in _boundary().finditer(tail):
        depth = tail.count("(", 0, boundary.start()) + tail.count("（", 0, boundary.start())
        depth -= tail.count(")", 0, boundary.start()) + tail.count("）", 0, boundary.start())
        if depth <= 0:
            return tail[: boundary.end()]
    return tail


def _concerns(types: str, kind: str) -> bool:
    if types == "any":
        return True
    if types in ("attack", "response"):
        return (kind in response_side()) == (types == "response")
    return kind in types.split("|")


def judge(sentence: str, start: int, end: int, *, kind: str = "", headline: bool = False) -> Factuality:
    """Return how surely the trigger at ``sentence[start:end]`` is stated.

    ``kind`` is the event type: an undated purpose or condition is ``none`` for every type. ``headline`` tells that
    the line is a title or heading (a closing か is a doubt there). The first cue in file order that holds decides.
    """
    clause = scope(sentence, end)
    rest = sentence[end:]
    adnominal = _adnominal().match(clause)
    past = _past().search(rest)
    for rule, pattern in _cues():
        if kind and not _concerns(rule.types, kind):
            continue
        if rule.where == "inside":
            if pattern.search(sentence, start, end):
                return Factuality(rule.category, rule.id, start, end)
            continue
        if rule.where == "before":
            left = sentence[max(0, start - 80) : start]
            hit = pattern.search(left)
            if hit:
                base = max(0, start - 80)
                return Factuality(rule.category, rule.id, base + hit.start(), base + hit.end())
            continue
        if rule.scope == "headline":
            if not headline:
                continue
            hit = pattern.search(rest)
        elif rule.scope == "sentence":
            hit = pattern.search(rest)
            if hit and "double" in rule.id and len(rest[: hit.start()]) > 60:
                hit = None
        elif rule.scope == "coordinated":
            limit = rest[: past.end()] if past else rest
            hit = pattern.search(limit)
        else:
            hit = pattern.search(clause)
        if not hit:
            continue
        if rule.category == "negated" and adnominal and rule.id in ("F.not_happened",):
            continue
        if (
            rule.id == "F.not_confirmed"
            and adnominal
            and not re.match(r"[^、。]{0,30}(?:は|が|も)$", clause[adnominal.end() : hit.start()])
        ):
            continue
        if (
            rule.category == "possible"
            and rule.id == "F.possibility"
            and adnominal
            and (hit.start() > adnominal.end() + 12 or kind in response_side())
        ):
            continue
        if (
            rule.category == "possible"
            and adnominal
            and re.search("流出|漏え|漏洩", clause[adnominal.end() : hit.start()])
        ):
            continue
        if rule.id == "F.purpose" and adnominal and adnominal[0].endswith("た"):
            continue
        if rule.category == "planned" and adnominal and adnominal[0].endswith("た"):
            continue
        return Factuality(rule.category, rule.id, end + hit.start(), end + hit.end())
    return Factuality("asserted")
