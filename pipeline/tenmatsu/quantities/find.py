"""Counts and amounts in a text: number, counter and the qualifiers around them, with the bounds that the words give.

The counters are ``models/counters.jsonl``, the qualifiers ``models/quantity-qualifiers.jsonl``. A number without a
known counter is no quantity, which keeps out dates, versions, telephone and article numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from tenmatsu.knowledge import load
from tenmatsu.quantities import numerals
from tenmatsu.screen import Openers


class CounterRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of counters of one unit; ``item`` is 件, whose unit the noun decides.

    ``tight``: no blank before the counter; ``kanji``: kanji numerals count too; ``whole``: only behind 全, 計 or for つ;
    ``near``/``not_near``: what must, or must not, stand in the eight characters before the number.
    """

    id: str
    unit: str
    forms: list[str]
    positive: list[str]
    negative: list[str]
    not_after: str = ""
    near: str = ""
    not_near: str = ""
    factor: float = 1.0
    kanji: bool = False
    tight: bool = False
    whole: bool = False


class QualifierRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word before or after the count; ``bound`` is exact, at_least, at_most or below."""

    id: str
    side: str
    bound: str
    inside: bool
    pattern: str
    positive: list[str]
    negative: list[str]


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A count in a text: half-open span in code points, bounds (None where open), unit, rule.

    ``unit`` is ``item`` for 件 as long as its noun has not been read (``classify`` does that). ``counter`` is the
    span of the counter, ``vague`` says that the number itself is a range (数百).
    """

    start: int
    end: int
    text: str
    min: float | None
    max: float | None
    unit: str
    rule: str
    counter: str = ""
    vague: bool = False


@cache
def _counters() -> tuple[tuple[CounterRule, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    out = []
    for rule in load("counters", CounterRule):
        stop = f"(?!{rule.not_after})" if rule.not_after else ""
        form = re.compile(rf"(?:{'|'.join(sorted(rule.forms, key=len, reverse=True))}){stop}")
        out.append(
            (
                rule,
                form,
                re.compile(rule.near) if rule.near else None,
                re.compile(rule.not_near) if rule.not_near else None,
            )
        )
    return tuple(out)


@cache
def _counter_openers() -> Openers:
    return Openers(form for _, form, _, _ in _counters())


@cache
def _qualifiers(side: str) -> tuple[tuple[QualifierRule, re.Pattern[str]], ...]:
    rules = [rule for rule in load("quantity-qualifiers", QualifierRule) if rule.side == side]
    return tuple(
        (rule, re.compile(rf"(?:{rule.pattern}) {{0,2}}$" if side == "before" else rf" ?(?:{rule.pattern})"))
        for rule in rules
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?[十百千万億兆]{0,2}"
    return {
        "range": re.compile(rf"(?<![0-9.,:/])({number}) ?~ ?$"),
        # an outline number at the head of a line: "2 個人情報", "3 社内"
        "outline": re.compile(r"(?:^|\n) *[(]?[0-9]{1,2} +$"),
        "ordinal": re.compile(r"(?:第 ?|[※*#§〒]|[Nn]o\. ?|Ver\.? ?|ver\.? ?|CVE-[0-9-]*)$"),
        "glued": re.compile(r"[0-9][.,/:・-]$|[A-Za-z][./-]$"),
        "per": re.compile(r" ?(?:あたり|当たり|当り|ごと|毎(?!日|週|月|年))"),
        # 1件につき500円; 2,986名につき、下記の情報が… speaks of all of them
        "per_one": re.compile(r" ?につき"),
        "ratio": re.compile(
            r"(?<![0-9.])(?P<percent>[0-9]+(?:[.・][0-9]+)?) ?%|(?<![0-9.])(?P<tenth>[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九])割(?!り|れ|引|当|合|愛)"
            r"|(?<![0-9.])(?P<part>[0-9]{1,3})分の(?P<of>[0-9]{1,2})|(?<!大)(?P<half>半数)|(?<![0-9.])(?P<fold>[0-9]+(?:\.[0-9]+)?)倍"
        ),
        "card": re.compile(
            r"(?m)^[ |・■●◆]*(?:漏えい|漏洩|流出|被害|影響|感染|対象)(?:者|等)?(?:人数|件数|台数|数)(?:[ :|\t]+|(?=[約最]))((?:約|最大)?)([0-9][0-9,]*(?:\.[0-9]+)?[千万億]?) *\|?$"
        ),
        "bare": re.compile(r"(?:情報|データ|カード|クレカ|アドレス|名簿|履歴|番号)(?:が|は|の|、|:| )?$"),
        "more": re.compile("余"),
        "over": re.compile("超|以上|余り"),
        "headline": re.compile(r"(?:流出|漏|に|が|$)"),
        "bare_after": re.compile(r"(?:超|以上|余り)?の[^、。\n]{0,12}?(?:情報|データ|カード|アドレス|履歴|名簿)"),
    }


CARD_UNITS = (("人数", "person"), ("件数", "record"), ("台数", "device"), ("数", "case"))


def find(text: str) -> list[FoundQuantity]:
    """Return the counts and amounts of ``text`` in order, none inside another; offsets are code points of ``text``.

    Ranges written with から, 以上…未満 or ~ are one quantity. Linear in the length of the text.
    """
    folded = numerals.fold(text)
    found: list[FoundQuantity] = []
    at = 0
    for match in numerals.pattern().finditer(folded):
        if match.start() < at:
            continue
        one = _counted(text, folded, match)
        if one is not None:
            if found and one.start < found[-1].end:
                one = replace(one, start=found[-1].end, text=text[found[-1].end : one.end])
            found.append(one)
            at = one.end
    found = _joined(text, folded, found)
    starts = [one.start for one in found]
    more: list[FoundQuantity] = []
    for extra in (*_ratios(text, folded), *_card_cells(text, folded)):
        at = bisect_left(starts, extra.end) - 1  # found are apart, so only the last that begins before may overlap
        if at < 0 or found[at].end <= extra.start:
            more.append(extra)
    return sorted([*found, *more], key=lambda one: one.start)


def _counted(text: str, folded: str, match: re.Match[str]) -> FoundQuantity | None:
    patterns = _patterns()
    start, end = match.span()
    left = folded[max(0, start - 12) : start]
    number = match[0]
    if patterns["ordinal"].search(left) or patterns["glued"].search(left):
        return None
    kind = match.lastgroup or ""
    if kind == "kanji" and (left[-1:] in "第同唯統万単均随" and left):
        return None
    if (
        kind == "vague"
        and re.search(r"[件人回台社総多複少半過点指関変整算日月年個口手端無有名者]$", left)
        and number == "数"
    ):
        return None
    numeral = numerals.read(match)
    low, high = numeral.low, numeral.high
    after = end
    while after < len(folded) and folded[after] == " " and after < end + 2:
        after += 1
    # 50余名 counts more than fifty
    more = patterns["more"].match(folded, after)
    place = more.end() if more else after
    blank = after > end
    rule, hit = _counter(folded, start, place, kind, number, blank, left)
    if rule is None or hit is None:
        return _bare(text, folded, match, numeral)
    if blank and patterns["outline"].search(folded[max(0, start - 8) : after]) and not hit[0].startswith("件"):
        return None
    stop = hit.end()
    if patterns["per"].match(folded, stop) or (high <= 1 and patterns["per_one"].match(folded, stop)):
        return None
    begin = start
    ranged = patterns["range"].search(folded[max(0, start - 16) : start])
    if ranged:
        low = numerals.value(ranged[1])
        if low > high:  # 8~10万: the scale stands once
            return None
        begin = start - (len(folded[max(0, start - 16) : start]) - ranged.start(1))
    low, high = low * rule.factor, high * rule.factor
    span = _qualified(folded, begin, stop, low, high, bool(more))
    if span is None:
        return None
    begin, stop, least, most = span
    if kind == "kanji" and number == "一" and folded[stop - 1 : stop] != "分" and rule.unit in ("person", "item"):
        return None  # 受信者の一人, 本件一件
    return FoundQuantity(begin, stop, text[begin:stop], least, most, rule.unit, rule.id, hit[0], kind == "vague")


def _counter(
    folded: str, start: int, place: int, kind: str, number: str, blank: bool, left: str
) -> tuple[CounterRule | None, re.Match[str] | None]:
    best: tuple[CounterRule | None, re.Match[str] | None] = (None, None)
    counters = _counters()
    for which in _counter_openers().at(folded[place : place + 1]):
        rule, form, near, not_near = counters[which]
        if blank and rule.tight and (rule.unit != "device" or "端末" in rule.forms):
            continue
        if kind == "kanji" and not rule.kanji and not (rule.unit == "yen" and len(number) > 1):
            continue
        hit = form.match(folded, place)
        if hit is None:
            continue
        # the noun that is counted may stand before a gloss in brackets, or at the end of a wrapped line
        before = re.sub(r"\([^()\n]*\) *$", "", re.split(r"。|\n *\n", folded[max(0, start - 30) : start])[-1])[-14:]
        if near is not None and not near.search(before):
            continue
        if not_near is not None and (not_near.search(before) or not_near.search(folded[place : place + 3])):
            continue
        if rule.whole and hit[0] != "つ" and not re.search(r"[全計]$", left):
            continue
        # Microsoft 365アカウント, Office365 ID: the number belongs to the product
        if (
            rule.tight
            and rule.unit in ("account", "file", "other")
            and re.search(r"[A-Za-z] ?$", left)
            and "," not in number
        ):
            continue
        if best[1] is None or hit.end() > best[1].end():
            best = (rule, hit)
    return best


def _bare(text: str, folded: str, match: re.Match[str], numeral: numerals.Numeral) -> FoundQuantity | None:
    """個人情報29万超, 約40万超のユーザー情報: a headline leaves the counter out."""
    if not re.search("[万億]$", match[0]) or match.lastgroup != "arabic":
        return None
    left = folded[max(0, match.start() - 12) : match.start()]
    after = _patterns()["bare_after"].match(folded, match.end())
    before = _patterns()["bare"].search(left)
    over = _patterns()["over"].match(folded, match.end())
    if not (after or (before and (over or _patterns()["headline"].match(folded, match.end())))):
        return None
    span = _qualified(folded, match.start(), match.end(), numeral.low, numeral.high, False)
    if span is None:
        return None
    begin, stop, least, most = span
    return FoundQuantity(begin, stop, text[begin:stop], least, most, "record", "Q.bare", "")


def _qualified(
    folded: str, begin: int, stop: int, low: float, high: float, more: bool
) -> tuple[int, int, float | None, float | None] | None:
    bounds = {"at_least"} if more else set()
    moved = True
    edge = begin
    while moved:
        moved = False
        left = folded[max(0, edge - 8) : edge]
        for rule, pattern in _qualifiers("before"):
            hit = pattern.search(left)
            if hit:
                edge -= len(left) - hit.start()
                bounds.add(rule.bound)
                if rule.inside:
                    begin = edge
                moved = True
                break
    moved = True
    end = stop
    while moved:
        moved = False
        for rule, pattern in _qualifiers("after"):
            tail = pattern.match(folded, end)
            if tail:
                end = tail.end()
                bounds.add(rule.bound)
                if rule.inside:
                    stop = end
                moved = True
                break
    least: float | None = low
    most: float | None = high
    if "at_least" in bounds:
        most = None
    if "below" in bounds:
        least, most = None, high - 1
    if "at_most" in bounds:
        least, most = None, high
    return begin, stop, least, most


def _joined(text: str, folded: str, found: list[FoundQuantity]) -> list[FoundQuantity]:
    """Join 100件以上1,000件未満 and 600人から1000人の間 into one range."""
    out: list[FoundQuantity] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and last.rule == one.rule and last.min is not None:
            gap = folded[last.end : one.start]
            closed = gap in ("", "、") and last.max is None and one.min is None and one.max is not None
            between = gap in ("から", "~") and (
                gap == "~" or (last.vague and one.vague) or folded.startswith(("の間", "の範囲"), one.end)
            )
            if (closed or between) and (one.max or 0) >= last.min:
                out[-1] = replace(last, end=one.end, text=text[last.start : one.end], max=one.max)
                continue
        out.append(one)
    return out


def _ratios(text: str, folded: str) -> list[FoundQuantity]:
    out = []
    for hit in _patterns()["ratio"].finditer(folded):
        if hit["percent"]:
            share = float(hit["percent"].replace("・", ".")) / 100
        elif hit["tenth"]:
            share = numerals.value(hit["tenth"]) / 10
        elif hit["part"]:
            share = float(hit["of"]) / float(hit["part"]) if float(hit["part"]) else 0.0
        elif hit["half"]:
            share = 0.5
        else:
            share = float(hit["fold"])
        span = _qualified(folded, hit.start(), hit.end(), share, share, False)
        if span is not None:
            begin, stop, least, most = span
            out.append(FoundQuantity(begin, stop, text[begin:stop], least, most, "other", "Q.ratio", hit[0]))
    return out


def _card_cells(text: str, folded: str) -> list[FoundQuantity]:
    """``漏えい人数 0``: the label of an accident card names the counter, the cell holds the bare number."""
    out = []
    for hit in _patterns()["card"].finditer(folded):
        unit = next(unit for label, unit in CARD_UNITS if label in hit[0])
        amount = numerals.value(hit[2])
        start, end = hit.start(1), hit.end(2)
        least = None if hit[1] == "最大" else amount
        out.append(FoundQuantity(start, end, text[start:end], least, amount, unit, "Q.card", ""))
    return out
