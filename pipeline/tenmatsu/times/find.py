"""The third layer and its engine: rules from ``models/time-rules.jsonl`` tried where a time expression may begin.

A cheap scan names the places; there every rule for that kind of beginning is tried and the longest match is taken.
What ``models/time-not.jsonl`` covers (telephone numbers, versions, articles, opening hours) is no time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from tenmatsu import knowledge
from tenmatsu.screen import Openers
from tenmatsu.times.folding import fold
from tenmatsu.times.normalise import normalise, weekday
from tenmatsu.times.vocabulary import alternatives, old_eras, words


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression as the words give it; ``text`` is ``text[start:end]`` of the original, in code points.

    ``type`` is DATE, TIME, DURATION or SET; ``value_raw``, TIMEX3's ``valueFromSurface``, is underspecified
    (notation: ``tenmatsu.times.normalise``).
    ``role`` says which end of a range it is ("start", "end", or ""), ``particle`` is what follows it outside the span
    (から, まで, までに, 以降, ~ ...), ``weekday`` one of 月火水木金土日 when it names one, ``numeric`` whether the date is
    written in figures and separators only.
    """

    start: int
    end: int
    text: str
    type: str
    value_raw: str
    mod: str | None
    rule: str
    role: str = ""
    particle: str = ""
    weekday: str = ""
    numeric: bool = False


class Slot(msgspec.Struct, frozen=True):
    """A part of a pattern that rules share, written ``<NAME>`` in them."""

    id: str
    name: str
    pattern: str


class Rule(msgspec.Struct, frozen=True):
    """One way to write a time. ``start`` tells with what it begins: d digit, k kanji numeral, w word, e English.

    ``next``, where given, are the characters one of which follows the figures with which it begins: others need no try.
    ``positive`` pairs a text, the expression in 〔〕, with its underspecified value; in ``negative`` texts it finds nothing.
    """

    id: str
    type: str
    kind: str
    start: str
    pattern: str
    positive: list[tuple[str, str]]
    negative: list[str]
    next: str = ""


class Exclusion(msgspec.Struct, frozen=True):
    """What looks like a time and is none; every ``positive`` text is excluded somewhere, no ``negative`` one is.

    ``begins`` are the characters with which a match may begin, as in ``[...]``: the others are passed over at the speed
    of a scan.
    """

    id: str
    begins: str
    pattern: str
    positive: list[str]
    negative: list[str]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in file order."""
    return knowledge.load("time-rules", Rule)


@cache
def exclusions() -> tuple[Exclusion, ...]:
    """Return what is no time, in file order."""
    return knowledge.load("time-not", Exclusion)


@cache
def _slots() -> dict[str, str]:
    return {slot.name: slot.pattern for slot in knowledge.load("time-slots", Slot)}


def expand(pattern: str) -> str:
    """Return a rule's pattern with its slots (``<MONTH>``) and vocabulary (``<era>``) filled in."""
    slots = _slots()

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return expand(slots[name]) if name in slots else alternatives(name)

    return re.sub(r"(?<!\?P)<([A-Za-z][A-Za-z0-9_]*)>", fill, pattern)


@cache
def _pattern(number: int) -> re.Pattern[str]:
    """The pattern of a rule, made when it is first tried."""
    return re.compile(expand(rules()[number].pattern))


@cache
def _tried(start: str, follows: str) -> tuple[int, ...]:
    """Return the numbers of the rules to try at a beginning of that kind; ``follows`` is a character that rules name in ``next``, or empty."""
    of_start = ((number, rule) for number, rule in enumerate(rules()) if start in rule.start)
    return tuple(
        number for number, rule in of_start if start != "d" or not rule.next or (follows and follows in rule.next)
    )


@cache
def _openers(start: str, follows: str) -> Openers:
    return Openers(expand(rules()[number].pattern) for number in _tried(start, follows))


@cache
def _followers() -> frozenset[str]:
    return frozenset("".join(rule.next for rule in rules()))


@cache
def _excluded() -> re.Pattern[str]:
    first = "".join(one.begins for one in exclusions())
    guarded = "|".join(f"(?=[{one.begins}])(?:{expand(one.pattern)})" for one in exclusions())
    return re.compile(f"(?=[{first}])(?:{guarded})")


_LISTED = (
    "era",
    "year_word",
    "month_word",
    "week_word",
    "day_word",
    "day_part",
    "part",
    "part_word",
    "named_day",
    "set",
)
_FIRST = "0123456789'’〇一二三四五六七八九十約同翌半現毎〃″おほ最少ま丸数昨今来本前年月週春夏秋冬第上下月火水木金土日紀QMTSHRJFASOND"


@cache
def _beginnings() -> re.Pattern[str]:
    listed = "|".join(alternatives(kind) for kind in _LISTED)
    rate = "に?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|数)(?:[~-][0-9]{1,2})?(?:回|度|日|時間)"
    eras = alternatives("old_era") + "(?=[元0-9一二三四五六七八九十]{1,3}年)"
    months = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    kanji, units = "〇一二三四五六七八九十", "年月日時分秒週世半営個かカヵケヶ箇"
    # The lookahead is a set of single characters: nearly every place fails on it, at the speed of a scan. What follows
    # a figure or one of the short words then tells whether any rule can go on from there (同社, 3件, 約束 and 三菱 cannot).
    listed_first, eras_first = _first_characters()
    first = "".join(sorted(set(_FIRST) | listed_first | eras_first))
    return re.compile(
        rf"(?=[{first}])(?:(?P<d>['’][0-9]|(?<=[~-])[0-9]|(?<![0-9])[0-9](?=[0-9]*(?:[{units}/:.,~、・Q春夏秋冬 -]|\((?=[明大昭平令])|から|泊|st|nd|rd|th)))"
        rf"|(?P<w>同(?=[0-9{kanji}午正朝昼夕夜晩深早未明お時上年の|TAPap])|約(?=[0-9{kanji}数半])|数(?=[{units}])|現(?=在)|半(?=[{units}])"
        rf"|[翌毎〃″]|おお?よそ|ほぼ|最低|最大(?=[0-9])|少なくとも(?=[0-9数])|まる|丸|[昨今来本前][春夏秋冬年]|前日の|(?<![0-9])[年月週](?={rate})|[春夏秋冬]"
        rf"|第(?=[1-4一二三四]四半期|[0-9]{{1,2}}営業日)|[上下](?=期|半期)|[MTSHR](?=[0-9])|Q(?=[1-4])"
        rf"|[月火水木金土日](?=曜)|紀元前|(?=[{''.join(sorted(eras_first))}]){eras}|(?=[{''.join(sorted(listed_first))}])(?:{listed}))"
        rf"|(?P<k>(?<![{kanji}百千])[{kanji}](?=[{kanji}]{{0,3}}[{units}]))"
        rf"|(?P<e>(?<![A-Za-z]){months}))"
    )


def _first_characters() -> tuple[set[str], set[str]]:
    """Return the first characters of the vocabulary's words with which a time may begin, and of the old eras."""
    listed = {form[0] for word in words() if word.kind in _LISTED for form in word.forms}
    return listed, {name[0] for name in old_eras()}


@cache
def _context() -> dict[str, re.Pattern[str]]:
    unit = r"(?:間|年|[かカヵケヶ箇個]?月|週|日|時|分|秒)"
    return {
        "particle": re.compile(
            r"より前|までの?間|までに|まで|迄に|迄|以降|以後|以来|以前|から|より|にかけ|時点|付け|付|中に|中|~|をもって|来(?![年月週日場客])"
        ),
        "separator": re.compile(r"(?:\([月火水木金土日]\))?(?:から|より|~|-|ー)(?:の)?"),
        "list": re.compile(r"(?:から|より|~|-|ー|、|,|・|と|及び|および|並びに|ならびに|や|又は|または|/)(?:翌)?"),
        "day_after": re.compile(
            r"(?:付|時点|と(?=[0-9]{1,2}日(?:の|に(?!わた|亘|及)|は|午|夜|朝|未明|、))|以降|以後|から(?!\d)|から(?=[0-9]{1,2}日(?:\([月火水木金土日]\))?(?:にかけ|まで|夜|朝|未明))|まで|より|中に|現在|夜|朝|に(?!わた|亘|及|[0-9一二三]+[回度件通,、])|[、,](?![0-9]+(?:時間|日間))|も終日"
            r"|の(?:夜|朝|昼|夕|未明|公表|発表|会見|段階|時点|催し|終値|操業|営業|診療|取材|新聞|[一-龠ァ-ヶ]{1,4}新聞|[一-龠]{1,3}(?:会|式|講座|試験|大会)(?:に|の|で))|\n|$|[~-][0-9]|ごろ|頃)"
        ),
        # 届け出たのは28日で, 公表は13日だった: what a day is said of
        "topic_before": re.compile(
            r"(?:[ただる]のは|(?:公表|発表|発覚|発生|検知|復旧|再開|会見|侵入|感染|確認|開始|終了|判明|発見|報告)日?は)$"
        ),
        # うち、16日は11店舗が: a day that opens a clause as its topic
        "clause_before": re.compile(r"[、。\n]$"),
        "clause_after": re.compile(r"は(?!かか|掛か|要[しす]|経|待|続|過ぎ|短|長|遅|早|ない|あ[るり]|最|少)"),
        "topic_after": re.compile(r"だ(?:った|。|$)|で(?:ある|した|す|、|。|$)|。|、"),
        "unit": re.compile(unit),
        # what makes a bare 30分 or 3日 a length of time; 3日で may be the day on which
        "lasting": re.compile(
            r"(?:が|も|は)?(?:かか|掛か|を?要[しす]|を?経[てちつ過]|続[いき]|待[ちつた]|過ぎ|遅れ|空[いく]|(?:に)?延期|ずれ)|しか"
        ),
        "within": re.compile(r"で(?:復旧|完了|終了?|解消|収束|停止|検知|対応)"),
        # names of time zones belong to the time that they stand before or behind
        "zone_before": re.compile(
            r"(?:(?:日本|米国|米|現地|英国|欧州|中国|韓国|米国?東部|米国?太平洋|協定世界)(?:標準)?(?:時間|時)|UTC|JST)の?$"
        ),
        # what places a length in time belongs to it (過去約2年)
        "span_before": re.compile(r"(?:過去|直近|ここ)の?$"),
        "zone_after": re.compile(r"\((?:日本|米国|現地|英国|欧州|協定世界)(?:標準)?(?:時間|時)\)"),
        "figures": re.compile(r"['’]?[0-9]+"),
        # what may follow a day in figures; 1/2に減った and the like tell a share
        "day_particle": re.compile(
            r"(?:に(?!減|縮|な[っりる]|下が|割|抑|低下|削|相当|当たる|満た|過ぎ|短|圧|落|とど|留|上|達|絞|及)|から|まで|夜|朝|未明)"
        ),
        "slashed": re.compile(r"(?<![0-9A-Za-z/._%-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12][0-9]|0?[1-9])(?![0-9/%A-Za-z])"),
        "stop": re.compile(r"[。\n]"),
        "fraction": re.compile(r"1/[2-5]$|1/10$|2/3$|3/4$|2/5$|3/5$"),
    }


def _stands_as_day(compact: str, start: int, end: int, previous: _Previous | None) -> bool:
    """Whether a bare N日 names a day: it goes on from a date before it, or what follows treats it as one."""
    context = _context()
    if (
        previous is not None
        and previous[1] <= start <= previous[1] + 4
        and context["list"].fullmatch(compact, previous[1], start)
    ):
        return True
    opens = compact[start : start + 2].isdigit() and context["clause_before"].search(compact, max(0, start - 1), start)
    if opens and context["clause_after"].match(compact, end):
        return True
    if context["topic_after"].match(compact, end) and context["topic_before"].search(compact, max(0, start - 8), start):
        return True
    return context["day_after"].match(compact, end) is not None


def _stands_as_duration(rule: Rule, groups: dict[str, str | None], compact: str, start: int, end: int) -> bool:
    """Whether N年, N日, N分 is a length of time: with 間, with about or a limit; else it may be a date or a count."""
    unit = groups.get("unit") or ""
    if groups.get("n2") or groups.get("dist") or not groups.get("n") or rule.id == "T.ordinal_day":
        return True
    if unit == "日" and groups.get("limit") == "前後" and not groups.get("ap"):
        return False  # 10日前後 is as often a day of the month
    written = groups.get("n") or ""
    marked = bool(groups.get("ap") or groups.get("limit") or groups.get("half")) or "." in written or "," in written
    marked = marked or _context()["lasting"].match(compact, end) is not None
    if unit in ("分", "秒"):
        marked = marked or _context()["within"].match(compact, end) is not None
    if unit in ("日", "分", "秒"):
        return marked or compact[end : end + 2] in ("連続", "ぶり") or compact[end - 1] == "間"
    if unit == "年":
        follows = compact[end : end + 4].startswith(
            ("連続", "ぶり", "にわた", "に亘", "に及", "もの間", "もの長", "ものあ")
        )
        return marked or follows or compact[end - 1] == "間" or (len(written) == 1 and compact[end : end + 1] == "分")
    return True


def _with_sides(rule: Rule, compact: str, match: re.Match[str], done: int) -> tuple[int, int]:
    """The span of a match with what belongs to it at its sides: a time zone (日本時間9月8日), 過去 of a length (過去2年)."""
    start, end = match.span()
    context = _context()
    kind = "span_before" if rule.type == "DURATION" else "zone_before"
    before = context[kind].search(compact, max(done, start - 12), start)
    after = context["zone_after"].match(compact, end)
    return (before.start() if before else start), (after.end() if after else end)


def _candidates(compact: str) -> Iterator[tuple[int, str]]:
    for match in _beginnings().finditer(compact):
        yield match.start(), match.lastgroup or "w"


_Previous = tuple[int, int, Rule]  # span and rule of the expression before


def _among_days(compact: str, start: int, end: int) -> bool:
    """Whether 1/2 names a day: a particle of time follows, and another date in figures stands in the sentence."""
    context = _context()
    if context["day_particle"].match(compact, end) is None:
        return False
    before, after = compact[max(0, start - 100) : start], compact[end : end + 100]
    before = before[max(before.rfind("。"), before.rfind("\n")) + 1 :]
    after = context["stop"].split(after, maxsplit=1)[0]
    others = [one[0] for part in (before, after) for one in context["slashed"].finditer(part)]
    return any(not context["fraction"].match(one) for one in others)


def _second_of_elided(previous: _Previous | None, start: int) -> bool:
    """Whether what begins at ``start`` is the second number of two with one unit (3~5日以内, 1から2日前)."""
    return previous is not None and previous[2].kind == "duration_elided" and 1 <= start - previous[1] <= 2


def _pairs(groups: dict[str, str | None], compact: str, end: int) -> bool:
    """Whether two numbers before one unit are a span of lengths: 1、2日間 are neighbours, the second of 1から2日 is more."""
    first, second = groups.get("n3"), groups.get("to") or groups.get("to2")
    if first is None or second is None or compact[end] in "~-":
        return True
    return int(second) == int(first) + 1 if compact[end] == "、" else int(second) > int(first)


def _stands_as_rate(groups: dict[str, str | None], compact: str, start: int, previous: _Previous | None) -> bool:
    """Whether 3日に1回 is a rate: one of its numbers is 1, and it does not go on from a date (15日に2回 may tell a day)."""
    if not (groups.get("unit") or "").startswith("日"):
        return True
    if previous is not None and previous[1] <= start <= previous[1] + 4:
        if _context()["list"].fullmatch(compact, previous[1], start):
            return False
    return groups["n"] in ("1", "一") or groups.get("times") in ("1", "一")


def _half_of_day(groups: dict[str, str | None], before: FoundTime | None, between: str) -> dict[str, str | None]:
    """Return the parts of 同3時半 with the 午後 that it repeats from the time just before it."""
    written = None if before is None or len(between) > 4 else re.search("午前|午後", before.text)
    return {**groups, "p": written[0]} if written and not groups.get("p") else groups


def _usable(rule: Rule, match: re.Match[str], compact: str, previous: _Previous | None, spaced: frozenset[int]) -> bool:
    start, end = match.span()
    if rule.kind == "day":
        if _second_of_elided(previous, start):
            return False
        return bool(match.groupdict().get("wd")) or _stands_as_day(compact, start, end, previous)
    if rule.kind == "duration_elided":
        return _pairs(match.groupdict(), compact, end)
    if rule.kind == "set_every":
        return _stands_as_rate(match.groupdict(), compact, start, previous)
    if rule.kind in ("duration", "distance"):
        return _second_of_elided(previous, start) or _stands_as_duration(rule, match.groupdict(), compact, start, end)
    if rule.kind == "slash":
        # 1/3 and the like are as often fractions: a weekday, a clock or a range has to speak for a date
        groups = match.groupdict()
        bare = _context()["fraction"].match(compact[start:end]) and not (groups.get("wd") or groups.get("h2"))
        return not bare or compact[end : end + 1] == "~" or _among_days(compact, start, end)
    if rule.kind == "clock":
        groups = match.groupdict()
        if groups.get("p3"):
            edge = compact[start - 1 : start] in ("", "\n")
            if compact[start - 1 : start] in ("|", "\t") and compact[end : end + 1] in ("|", "\t"):
                return True  # a cell of its own
            if edge and end in spaced:
                return True  # the head of a line, set off by a blank
            return compact.startswith(("に", "ごろ", "頃", "から", "より", "まで", "の段階", "、"), end) or bool(
                groups.get("about")
            )
        if groups.get("h") and groups["h"] in ("一", "十", "二") and not groups.get("p") and not groups.get("mi"):
            return False
        if groups.get("h2") and compact[max(0, start - 2) : start].endswith(("比率は", "対")):
            return False
    return True


def _read(
    compact: str, position: int, start: str, previous: _Previous | None, spaced: frozenset[int]
) -> tuple[Rule, re.Match[str]] | None:
    """Return the longest rule that reads a time at ``position``; ``spaced`` are the offsets at which blanks were taken out."""
    best: tuple[Rule, re.Match[str]] | None = None
    follows = ""
    if start == "d":
        figures = _context()["figures"].match(compact, position)
        behind = compact[figures.end() : figures.end() + 1] if figures else ""
        follows = behind if behind in _followers() else ""
    tried = _tried(start, follows)
    for place in _openers(start, follows).at(compact[position : position + 1]):
        rule, pattern = rules()[tried[place]], _pattern(tried[place])
        match = pattern.match(compact, position)
        longer = match and match.end() > match.start() and (best is None or match.end() > best[1].end())
        if match and longer and _usable(rule, match, compact, previous, spaced):
            best = (rule, match)
    return best


def find(text: str) -> list[FoundTime]:
    """Return the time expressions of ``text``, sorted by start and never overlapping, offsets in code points of it.

    Values are underspecified: nothing outside the expression is used. Dates that the calendar lacks are no times.
    Time linear in the length of ``text``. Never raises.
    """
    folded = fold(text)
    compact, spaced = folded.compact, frozenset(folded.starts)
    excluded = [match.span() for match in _excluded().finditer(compact) if match.end() > match.start()]
    starts = [start for start, _ in excluded]
    found: list[FoundTime] = []
    spans: list[tuple[int, int]] = []
    previous: _Previous | None = None
    done = 0
    for position, start in _candidates(compact):
        if position < done:
            continue
        place = bisect_right(starts, position) - 1
        if place >= 0 and position < excluded[place][1]:
            continue
        read = _read(compact, position, start, previous, spaced)
        if read is None:
            continue
        rule, match = read
        if place + 1 < len(starts) and starts[place + 1] < match.end():
            continue
        span = _with_sides(rule, compact, match, done)
        done = span[1]
        groups = match.groupdict()
        if rule.id == "T.clock_same" and groups.get("pre") == "同" and found:
            groups = _half_of_day(groups, found[-1], compact[spans[-1][1] : span[0]])
        try:
            kind, value, mod = normalise(rule.kind, {**groups, "text": compact[slice(*span)]})
        except ValueError:  # Impossible, or numerals that make no number
            continue
        begin, end = folded.span(*span)
        numeric = groups.get("sep") is not None or rule.kind == "slash"
        found.append(
            FoundTime(begin, end, text[begin:end], kind, value, mod, rule.id, "", "", weekday(groups), numeric)
        )
        spans.append(span)
        previous = (*span, rule)
    return _with_particles(found, spans, compact)


def _next_day(first: FoundTime, second: FoundTime) -> bool:
    """Whether a range runs into the day after (10月2日から3日にかけて): one stretch over midnight, of which no end is a limit."""
    if second.text.startswith("翌"):
        return True
    days = [
        one.value_raw[-2:] for one in (first, second) if one.type == "DATE" and one.rule in ("T.day", "T.month_day")
    ]
    return len(days) == 2 and all(day.isdigit() for day in days) and int(days[1]) == int(days[0]) + 1


def _with_particles(found: list[FoundTime], spans: list[tuple[int, int]], compact: str) -> list[FoundTime]:
    """Give each expression its particle, its end of a range, and the mod that an open end means."""
    context = _context()
    roles = [""] * len(found)
    for place in range(len(found) - 1):
        between = (spans[place][1], spans[place + 1][0])
        dated = found[place].type in ("DATE", "TIME") and found[place + 1].type in ("DATE", "TIME")
        if dated and between[1] - between[0] <= 8 and context["separator"].fullmatch(compact, *between):
            roles[place], roles[place + 1] = "start", "end"
    result = []
    for place, one in enumerate(found):
        match = context["particle"].match(compact, spans[place][1])
        particle = match[0] if match else ""
        mod = one.mod
        if mod is None and one.type in ("DATE", "TIME") and one.value_raw != "":
            before = compact[max(0, spans[place][0] - 1) : spans[place][0]]
            if particle == "より前":
                mod = "BEFORE"
            elif particle.startswith(("まで", "迄", "以前")) or (
                particle == "にかけ" and roles[place] == "end" and not _next_day(found[place - 1], one)
            ):
                mod = "ON_OR_BEFORE"
            elif particle in ("以降", "以後", "以来") or (particle == "来" and one.value_raw.startswith("REF:")):
                mod = "ON_OR_AFTER"
            elif (roles[place] == "" and before == "~") or (roles[place] == "end" and before in ("~", "-")):
                mod = "ON_OR_BEFORE"
            elif (
                particle in ("から", "より", "~")
                and roles[place] != "start"
                and not one.value_raw.startswith("REF:before")
            ):
                mod = "ON_OR_AFTER"
        if roles[place] or particle or mod != one.mod:
            one = FoundTime(
                one.start,
                one.end,
                one.text,
                one.type,
                one.value_raw,
                mod,
                one.rule,
                roles[place],
                particle,
                one.weekday,
                one.numeric,
            )
        result.append(one)
    return result
