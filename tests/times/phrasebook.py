"""Reads the phrasebook of time expressions and judges how tenmatsu reads each of its rows.

The phrasebook (TSV: expression, kind, reading, note) is not part of the repository. Its readings are notes for people:
an assumed context (``DCT=2020-12-12``, ``prev=…``, ``heading=…``), then a value in EDTF or TIMEX3. A row is right when,
in one of two carrier sentences, one that tells the past and one that tells a plan,

- span: no time found crosses the edges of the expression, and what none of them covers is particles, range signs and
  the words beside a time that the annotation guide keeps out of the span (から, まで, 中, 付, 時点);
- value: reading and resolved values mean the same. Both become hulls on the calendar, the first and the last day that
  they cover, so that a range of months equals the range of its days, 上旬 the days 1 to 10 and FY2021 its April to
  March. An edge is open (None) where から, まで and the like leave it so. Clocks and modifiers belong to the edges and
  must agree; what the reading leaves open (a year, the day of a clock) may be anything. Durations are compared apart.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

from tenmatsu import times
from tenmatsu.times.calendar import last_day, shift_month
from tenmatsu.times.edtf import bounds, event_date

# What may stand in the expression beside the times found: words that the guide keeps outside the span.
PARTICLES = r"から|より|まで|にかけて?|の間|を以て|をもって|をもちまして|以降|以前|に|で|の|は|も|と"
RANGE_SIGNS = r"および|及び|、|,|[~〜～/()（）]|[-–─—]"
BOUNDARY_WORDS = r"時点|付け?|(?<!午前)中|終日|来|(?<=[日年])分"
# what the time is the time of, or is told beside: 退職直前の〔2023年6月ごろ〕, 〔20日〕付朝刊
COMPANIONS = (
    "朝刊|配信|最終更新|前回|退職直前|復旧|事件発生|発災|感染|超大型連休|連続|ぶり|わたり|わずか|単月|直近|過去|さらに"
    "|その|この|経った"
)
GLUE = re.compile(rf"(?:{PARTICLES}|{RANGE_SIGNS}|{BOUNDARY_WORDS}|{COMPANIONS})*")

TAILS = ("、社内で不正アクセスを確認した。", "、再開する予定です。")
DEFAULT_DCT, DEFAULT_PREV = "2020-12-09", "2020-10-02T10:30"
ANY_DAY = "XXXX-XX-XX"

OPENED = ("から", "より", "以降", "~", "来")
CLOSED = ("まで", "以前")
NARROWING = ("START", "MID", "END")
NARROWED = "NARROWED"  # the modifier of an edge that one of these has moved
# the hours of a part of the day (the weather service's terms), which the readings write out
HOURS = {
    ("00:00", "03:00"): "NI", ("03:00", "06:00"): "MO", ("05:00", "08:00"): "MO", ("15:00", "18:00"): "EV",
    ("22:00", "02:00"): "NI", ("23:00", "01:00"): "NI",
}  # fmt: skip

_DAY = (
    r"(?:FY\d{4}|(?:\d{4}|XXXX)(?:-(?:W\d\d(?:-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI|(?:\d\d|XX)(?:-(?:\d\d|XX))?))?"
    r"|\d\d-(?:\d\d|XX))"
)
_CLOCK = r"T(?:\d\d:\d\d(?:Z|\+09:00)?|MO|AF|EV|NI|MI)"
_POINT = rf"(?:{_DAY}(?:{_CLOCK})?|{_CLOCK})(?: mod=[A-Z_]+)?~?"
_DURATION = r"P(?:\d|T\d|X)[0-9XTYMWDHS.]*(?: mod=[A-Z_]+)?"
TOKEN = re.compile(
    rf"(?<![\w.-])(?:(?P<duration>{_DURATION})|(?<!/)(?P<time>\.\./{_POINT}|{_POINT}(?:/\.\.|/{_POINT})?))"
)
POINT = re.compile(rf"(?P<day>{_DAY})?(?:(?P<clock>{_CLOCK}))?(?: mod=(?P<mod>[A-Z_]+))?(?P<about>~)?")


@dataclass(frozen=True)
class Row:
    """A line of the phrasebook; ``seen`` tells that it was met in a real document ([A])."""

    expression: str
    kind: str
    reading: str
    seen: bool


@dataclass(frozen=True)
class Edge:
    """One side of a hull: a day (X where it is left open), a clock or part of the day, a modifier.

    In a reading the modifier ``~`` wants any sign of vagueness, ``?`` allows APPROX.
    """

    day: str
    clock: str = ""
    mod: str = ""


@dataclass(frozen=True)
class Hull:
    """What a time covers, from its first day to its last; a side that is open is None."""

    begin: Edge | None
    end: Edge | None


@dataclass(frozen=True)
class Meaning:
    """The times, in order, and the durations with their modifiers that a reading states or the reader gave."""

    times: tuple[Hull, ...] = ()
    durations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Carrier:
    """A text with the expression at ``start`` and the document's date; ``value`` is the reading with its terms filled in."""

    text: str
    start: int
    published: str | None
    value: str


@dataclass(frozen=True)
class Verdict:
    """Whether span and value are right in the same carrier, and what was read."""

    span: bool
    value: bool
    shown: str

    @property
    def right(self) -> bool:
        """Whether both are."""
        return self.span and self.value


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def load(path: Path) -> list[Row]:
    """Return the rows of ``time.tsv``."""
    return [Row(r["expression"], r["kind"], r["reading"], r["note"].startswith("[A]")) for r in _table(path)]


def load_not_time(path: Path) -> list[str]:
    """Return the expressions of ``not-time.tsv``."""
    return [row["expression"] for row in _table(path)]


def load_exceptions(path: Path) -> dict[str, str]:
    """Return the reason for each expression that is not to be read as the phrasebook has it."""
    return {row["expression"]: row["reason"] for row in _table(path)}


# --- the calendar


def day_bounds(value: str) -> tuple[str, str] | None:
    """Return the first and last day of a value in EDTF or TIMEX3 without a clock, X kept where it has X; None for others."""
    week = re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value)
    if week:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return (monday + timedelta(days=5 if week[3] else 0)).isoformat(), (monday + timedelta(days=6)).isoformat()
    plain = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?", value)
    if plain and "X" in value:
        return _masked_bounds(plain[1], plain[2], plain[3])
    begin, end = bounds(event_date(value))
    return (begin, end) if begin and end else None


def _masked_bounds(year: str, month: str | None, day: str | None) -> tuple[str, str]:
    if month in (None, "XX") or day not in (None, "XX"):
        one = f"{year}-{month or 'XX'}-{day or 'XX'}"
        return one, one
    last = last_day(2000 if year == "XXXX" else int(year), int(month))
    return f"{year}-{month}-01", f"{year}-{month}-{last:02d}"


def narrowed(begin: str, end: str, mod: str) -> list[tuple[str, str]]:
    """Return the third of a span that START, MID or END names (of a month 1–10, 11–20, 21–end); END may be its last day."""
    if begin[:7] == end[:7] and begin.endswith("-01"):
        month = begin[:7]
        thirds = {"START": ("01", "10"), "MID": ("11", "20"), "END": ("21", end[8:])}
        found = [(f"{month}-{thirds[mod][0]}", f"{month}-{thirds[mod][1]}")]
    elif "X" in begin + end:
        return [(begin, end)]
    else:
        first, last = date.fromisoformat(begin), date.fromisoformat(end)
        third = timedelta(days=((last - first).days + 1) // 3)
        cut, place = (first, first + third, last - third, last), NARROWING.index(mod)
        found = [(cut[place].isoformat(), cut[place + 1].isoformat())]
    return [*found, (end, end)] if mod == "END" else found


def point(day: str | None, clock: str | None, mod: str) -> list[Hull]:
    """Return what one value may cover: one hull, two where END may be the last day, none for what is no date."""
    if clock:
        hours = clock.removeprefix("T").removesuffix("+09:00")
        edge = Edge(day or ANY_DAY, hours, mod)
        return [Hull(edge, edge)]
    found = day_bounds(day or ANY_DAY)
    if found is None:
        return []
    spans = [found]
    if mod in NARROWING and found[0] != found[1]:
        spans, mod = narrowed(*found, mod), NARROWED
    return [Hull(Edge(begin, "", mod), Edge(end, "", mod)) for begin, end in spans]


def moved(base: str, unit: str, by: int) -> str:
    """Return a date or a date with clock moved by days, weeks, months, years, hours (TH) or minutes (TM), as coarse."""
    if unit in ("TH", "TM"):
        step = timedelta(hours=by) if unit == "TH" else timedelta(minutes=by)
        return (datetime.fromisoformat(base) + step).strftime("%Y-%m-%dT%H:%M")
    day = date.fromisoformat(base[:10])
    if unit in ("D", "W"):
        return (day + timedelta(days=by * (7 if unit == "W" else 1))).isoformat()
    if unit == "M":
        year, month = shift_month(day.year, day.month, by)
        return f"{year:04d}-{month:02d}"
    return f"{day.year + by:04d}"


# --- readings: context and value


def _context(reading: str) -> tuple[dict[str, str], str]:
    """Return the assumed context and the value of a reading, terms not yet filled in."""
    literal = re.match(r"literal ([^;]+);", reading)
    if literal:  # values stay as printed
        return {}, literal[1]
    bare = re.sub(r"\((?!DCT)[^()]*\)", lambda m: m[0].replace(";", ","), reading)
    assumed, _, value = bare.rpartition(";")
    found = dict(re.findall(r"(DCT|doc year|prev year|prev|heading|date|event)=(FY\d+|DCT|[0-9][0-9T:-]*)", assumed))
    if re.search(r"\bprev date", assumed):
        found["prev"] = DEFAULT_PREV
    ends = re.search(r"end day (\d+)", assumed)
    if ends:
        value = f"../XXXX-XX-{int(ends[1]):02d} {value}"
    return found, value.strip()


def _weeks(base: str, by: int) -> str:
    year, week, _ = (date.fromisoformat(base[:10]) + timedelta(weeks=by)).isocalendar()
    return f"{year}-W{week:02d}"


def _fiscal(base: str, back: str | None, day: str | None) -> str:
    year = int(base[:4]) - (base[5:7] < "04") - int(back or 0)
    return f"{year + (day < '04')}-{day}" if day else f"FY{year}"


def _next_weekday(base: str) -> str:
    day = date.fromisoformat(base[:10]) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def _filled(value: str, name: str, base: str) -> str:
    """Return a reading's value with its terms about ``name`` (DCT, prev, event) worked out from ``base``."""
    value = re.sub(rf"(?:ending at|nearest) (?:{name})", "", value)
    value = re.sub(rf"week after (?:{name})", lambda m: _weeks(base, 1), value)
    value = re.sub(rf"week before (?:{name})", lambda m: _weeks(base, -1), value)
    value = re.sub(rf"week of (?:{name})", lambda m: _weeks(base, 0), value)
    value = re.sub(rf"FY of (?:{name})(?: - (\d))?(?:, (\d\d-\d\d))?", lambda m: _fiscal(base, m[1], m[2]), value)
    value = re.sub(rf"\((?:{name}) year-1\)", lambda m: moved(base, "Y", -1), value)
    value = re.sub(rf"(?:{name})/YYYY", lambda m: f"{base[:10]}/{base[:4]}", value)
    value = re.sub(rf"next business day after (?:{name})", lambda m: _next_weekday(base), value)
    step = rf"\(?(?:{name})([+-])P?(\d+|T\d+)([DMYWH])\)?"
    value = re.sub(step, lambda m: moved(base, "T" * ("T" in m[2]) + m[3], int(m[1] + m[2].lstrip("T"))), value)
    value = re.sub(rf"\b(?:{name})\b(?! (?:range|clock|interval|fiscal|time))", base[:10], value)
    return re.sub(r"(\d) (T[A-Z]{2}\b)", r"\1\2", value)


def _words(stamp: str) -> str:
    """Return a date as a notice prints it: 2020年10月2日10時30分, 2021年度."""
    if stamp.startswith("FY"):
        return f"{stamp[2:]}年度"
    day, _, clock = stamp.partition("T")
    figures = [int(part) for part in day.split("-")]
    printed = "".join(f"{figure}{unit}" for figure, unit in zip(figures, "年月日", strict=False))
    return printed + (f"{int(clock[:2])}時{int(clock[3:5])}分" if clock else "")


def _document_year(row: Row, value: str) -> str | None:
    """Return a date in the year that a reading presupposes and the expression does not have."""
    year = re.search(r"\b(20\d\d|19\d\d)\b", value)
    return f"{year[1]}-12-31" if year and not re.search(r"\d{4}|[令平昭]", row.expression) else None


def carriers(row: Row) -> list[Carrier]:
    """Return the texts to read the expression in, each with the context that the reading assumes."""
    assumed, value = _context(row.reading)
    named = [
        assumed[key] for key in ("prev", "heading", "date", "event", "prev year") if assumed.get(key, "DCT") != "DCT"
    ]
    before = named[0] if named else None
    if before is None and re.search(r"\bprev\b|\bevent\b", value):
        before = DEFAULT_PREV
    published = assumed.get("DCT", "").partition("T")[0] or assumed.get("doc year")
    if published is None and ("DCT" in value or "DCT" in assumed.values()):
        published = DEFAULT_DCT
    if published and len(published) == 10:
        value = _filled(value, "DCT", published)
    if before and len(before) >= 10:
        value = _filled(value, "prev date|prev|day of event|event", before)
    if published is None and before is None:
        published = _document_year(row, value)
    anchor = before or (published if assumed.get("date") == "DCT" else None)
    if anchor and len(anchor) >= 10:
        value = re.sub(r"(?:^|(?<=\.\./))(?=T(?:\d\d:|[A-Z]{2}))", anchor[:10], value)
    head = f"{_words(before)}に検知した。" if before else ""
    return [Carrier(f"{head}{row.expression}{tail}", len(head), published, value) for tail in TAILS]


# --- what a reading states


def stated(value: str) -> list[Meaning]:
    """Return what the value of a reading may mean: the value, and what ``=`` or a bracket beside it gives as the same."""
    same = [re.sub(r"^(?:ISO|EDTF) ", "", bracket) for bracket in re.findall(r"\(([^()]*)\)", value)]
    same = [one for one in same if TOKEN.fullmatch(one)]
    texts = [*re.sub(r"\([^()]*\)", " ", value).split(" = "), *same]
    return [meaning for text in texts for meaning in _meanings(text)]


def _meanings(text: str) -> Iterator[Meaning]:
    text = re.sub(rf"\bbefore (?={_DAY})", "../", text)
    text = re.sub(rf"\babout ({_POINT})", r"\1~", text)
    text = re.sub(r"(\d{4}-\d\d-)(\d\d)\.\.(\d\d)\b", r"\1\2/\1\3", text)
    hulls: list[list[Hull]] = []
    durations = []
    for match in TOKEN.finditer(text):
        if match["duration"]:
            length, _, mod = match["duration"].partition(" mod=")
            durations.append((length, mod))
        else:
            hulls.append(_stated_hulls(match["time"]))
    if hulls or durations:
        for chosen in product(*hulls):
            yield Meaning(chosen, tuple(durations))


def _stated_point(text: str, day: str = "") -> list[Hull]:
    match = POINT.fullmatch(text)
    assert match is not None, text
    date_part = match["day"] or day or None
    if date_part and re.match(r"\d\d-", date_part):
        date_part = f"XXXX-{date_part}"
    return point(date_part, match["clock"], match["mod"] or ("~" if match["about"] else ""))


def _stated_hulls(text: str) -> list[Hull]:
    first, slash, last = text.partition("/")
    if not slash:
        return _stated_point(text)
    if first == "..":
        return [Hull(None, hull.end) for hull in _stated_point(last)]
    begins = _stated_point(first)
    if last == "..":
        return [Hull(hull.begin, None) for hull in begins]
    day = begins[0].begin.day if begins and begins[0].begin else ""
    ends = _stated_point(last, day if last.startswith("T") else "")
    return [_part_of_day(Hull(begin.begin, end.end)) for begin, end in product(begins, ends)]


def _part_of_day(hull: Hull) -> Hull:
    """Return the part of the day where a reading writes its hours out (T00:00/T03:00~ is 未明)."""
    assert hull.begin is not None
    assert hull.end is not None
    part = HOURS.get((hull.begin.clock, hull.end.clock))
    edge = replace(hull.begin, clock=part or "", mod="?")
    return Hull(edge, edge) if part else hull


# --- what the reader gave


def _given_point(value: str, mod: str) -> list[Hull]:
    day, mark, clock = value.partition("T")
    return point(day or None, mark + clock, mod)


def _given_hulls(time: times.FoundTime, value: str) -> list[Hull]:
    """Return what a time that stands alone covers: its modifier, or beside another modifier its particle, opens a side."""
    mod = time.mod or ""
    opens = mod == "ON_OR_AFTER" or (mod and mod not in ("BEFORE", "ON_OR_BEFORE") and time.particle.startswith(OPENED))
    closes = mod in ("ON_OR_BEFORE", "BEFORE") or (mod and time.particle.startswith(CLOSED))
    hulls = _given_point(value, "" if mod.startswith("ON_OR_") else mod)
    if opens and time.role != "start":
        return [Hull(hull.begin, None) for hull in hulls]
    if closes and time.role != "end":
        return [Hull(None, hull.end) for hull in hulls]
    return hulls


def given(found: Sequence[tuple[times.FoundTime, str]]) -> list[Meaning]:
    """Return what the times found, each with its resolved value, may mean together.

    The two ends of a range make one hull. A time given twice in a row (3日後の21日) counts once. A duration beside a
    side that is open (今日までの4日間) may be counted off from it, the first day included or not.
    """
    pieces: list[list[Hull]] = []
    durations: list[tuple[str, str]] = []
    place = 0
    while place < len(found):
        time, value = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        if re.match(r"P[T0-9X]", value):
            durations.append((value, time.mod or ""))
        elif time.role == "start" and following and following[0].role == "end":
            ends = _given_hulls(*following)
            pieces.append([Hull(a.begin, b.end) for a, b in product(_given_hulls(time, value), ends)])
            place += 1
        else:
            pieces.append(_given_hulls(time, value))
        place += 1
    meanings = [Meaning(_once(chosen), tuple(durations)) for chosen in product(*pieces)]
    return meanings + [counted for meaning in meanings for counted in _counted(meaning)]


def _once(hulls: Iterable[Hull]) -> tuple[Hull, ...]:
    """Return the hulls without those that repeat the one before; of the two the one with a modifier stays."""
    kept: list[Hull] = []
    for hull in hulls:
        if kept and _bare(kept[-1]) == _bare(hull):
            if hull.begin and hull.begin.mod:
                kept[-1] = hull
        else:
            kept.append(hull)
    return tuple(kept)


def _bare(hull: Hull) -> tuple[Edge | None, Edge | None]:
    return hull.begin and replace(hull.begin, mod=""), hull.end and replace(hull.end, mod="")


def _counted(meaning: Meaning) -> Iterator[Meaning]:
    """Yield the range that one half-open time and one duration make."""
    if len(meaning.times) != 1 or len(meaning.durations) != 1:
        return
    hull, (length, mod) = meaning.times[0], meaning.durations[0]
    span = re.fullmatch(r"P(\d+)([YMWD])", length)
    if span is None or mod:
        return
    edge = hull.begin or hull.end
    if edge is None or (hull.begin and hull.end) or "X" in edge.day or edge.clock:
        return
    for by in (int(span[1]), int(span[1]) - 1) if span[2] != "W" else (7 * int(span[1]), 7 * int(span[1]) - 1):
        unit = span[2] if span[2] != "W" else "D"
        far = day_bounds(moved(edge.day, unit, by if hull.begin else -by))
        if far:
            yield Meaning((Hull(edge, Edge(far[1])) if hull.begin else Hull(Edge(far[0]), edge),))


# --- comparison


def edge_agrees(got: Edge | None, want: Edge | None) -> bool:
    """Whether an edge is the one wanted: open or not, the day where the reading has figures, the clock, the modifier."""
    if got is None or want is None:
        return got is want
    day = len(got.day) == len(want.day) and all(b in ("X", a) for a, b in zip(got.day, want.day, strict=True))
    noon = got.clock == "MI" and got.mod in ("", "APPROX") and want.clock == "12:00" and want.mod == "~"
    return day and (noon or (got.clock == want.clock and mod_agrees(got.mod, want.mod)))


def mod_agrees(got: str, want: str) -> bool:
    """Whether a modifier is the one wanted; where START, MID or END has moved the edge, its day says whether it is right."""
    if want == "~":
        return got in ("APPROX", "BEFORE", "AFTER", NARROWED)
    if want == "?":
        return got in ("", "APPROX")
    return got == want or (not want and got == NARROWED)


def hull_agrees(got: Hull, want: Hull) -> bool:
    """Whether both edges agree."""
    return edge_agrees(got.begin, want.begin) and edge_agrees(got.end, want.end)


def duration_agrees(got: str, want: str) -> bool:
    """Whether a duration is the one wanted; half a year is six months."""
    return got == want or {got, want} == {"P0.5Y", "P6M"}


def agrees(got: Meaning, want: Meaning) -> bool:
    """Whether the reader's meaning is the one stated.

    The times must agree one by one, the durations too with the modifiers among them; a duration is extra only where
    the reading states a date and no duration.
    """
    if len(got.times) != len(want.times) or not all(map(hull_agrees, got.times, want.times)):
        return False
    if want.times and not want.durations:
        return True
    lengths = len(got.durations) == len(want.durations) and all(
        duration_agrees(a, b) for (a, _), (b, _) in zip(got.durations, want.durations, strict=True)
    )
    return lengths and {mod for _, mod in got.durations} - {""} == {mod for _, mod in want.durations} - {""}


def covers(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the spans stay within the expression at ``start`` to ``end`` and leave only glue of it uncovered.

    Blanks do not count. Brackets left over must pair, so that 7日(金 without its bracket is no exact span.
    """
    if not spans or spans[0][0] < start or spans[-1][1] > end:
        return False
    packed = re.sub(r"\s", "", text)
    edges = [len(re.sub(r"\s", "", text[:at])) for at in (start, *(at for span in spans for at in span), end)]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    left = "".join(packed[a:b] for a, b in gaps)
    paired = len(re.findall(r"[(（]", left)) == len(re.findall(r"[)）]", left))
    return paired and all(GLUE.fullmatch(packed, a, b) for a, b in gaps)


def _judge_in(carrier: Carrier, length: int) -> Verdict:
    start, end = carrier.start, carrier.start + length
    found = times.find(carrier.text)
    resolved = times.resolve(found, carrier.text, published=carrier.published)
    mine = [(a, b.value) for a, b in zip(found, resolved, strict=True) if a.end > start and a.start < end]
    span = covers(carrier.text, start, end, [(time.start, time.end) for time, _ in mine])
    value = any(agrees(got, want) for got, want in product(given(mine), stated(carrier.value)))
    shown = " ".join(f"{time.text}={value}{f'({time.mod})' if time.mod else ''}" for time, value in mine)
    return Verdict(span, value, shown)


def judge(row: Row) -> Verdict:
    """Return the verdict on a row: that of the carrier in which it is right, else of the first."""
    verdicts = [_judge_in(carrier, len(row.expression)) for carrier in carriers(row)]
    return next((verdict for verdict in verdicts if verdict.right), verdicts[0])


def silent(expression: str) -> bool:
    """Whether nothing in an expression is read as a time, alone and in a sentence."""
    return not any(times.find(text) for text in (expression, f"当社では{expression}について確認した。"))
