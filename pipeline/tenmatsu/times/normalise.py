"""The second layer: from the parts that a rule has read to an underspecified TIMEX3 value and mod.

What the words leave open stays ``XXXX``/``XX``; a two-digit year is ``XX16``. What refers to another time is written
``REF:<base><rest>``: ``<rest>`` is what the words add (``-06-28``, ``-20``, ``T10:30``), ``<base>`` is one of

- ``year±N``, ``month±N``, ``week±N``, ``day±N``, ``fy±N``: counted from the document's date (昨年 ``year-1``);
- ``same_year``, ``prev_year``, ``next_year`` and the same for month, week, day (``same_day``, ``next2_day``,
  ``next_business_day``): counted from the mention before (同日, 翌月);
- ``before:P2Y``, ``after:P10M``: a distance from a time that is not named; ``after:B3``: three working days;
- ``year_end``, ``new_year``, ``year_turn``, ``weekend``, ``week_start``, ``season-SP``: 年末, 年明け, 年末年始, 週末, 週明け, 春;
- ``gw_end``, ``holiday_end``, ``obon``: GW明け, 休み明け, お盆; ``nth_business_day-10-03``: the third working day of October;
- ``half_to-09``: the half year of business that ends in September; ``same_time``: 同時刻.

``-W5`` behind a week or a day is its Friday (先週金曜日 ``REF:week-1-W5``, 翌金曜日 ``REF:next_day-W5``); a weekday alone is
``XXXX-WXX-5``. Centuries are ``10XX``, years before Christ ``BC0202``.

An hour past midnight (``T26:00``) is kept as printed and rolls over when it is resolved; ``TXX:06`` is a minute whose hour
the start of its range gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

from tenmatsu.times.calendar import WEEKDAYS, compose, is_day, last_day, nth_business_day, shift_month
from tenmatsu.times.vocabulary import meaning, number, old_eras

Groups = Mapping[str, str | None]

# The units of durations, each greater than the next.
_UNITS = ("Y", "M", "W", "D", "TH", "TM", "TS")

# The year from which Japan's months are those of the calendar in use; of what is dated before only the year is known.
_SOLAR = 1873


class Impossible(ValueError):
    """What was read is no date of the calendar or no time of the clock (2月30日, 25:10)."""


def _number(written: str | None) -> int | None:
    return None if not written else number(written)


def _word(kind: str, written: str | None) -> str:
    return (meaning(kind, written) or "") if written else ""


def _clock(groups: Groups) -> str:
    """Return the time of day (``T13:05``, ``TMO``, ``T12:00``) or an empty string."""
    part = groups.get("p") or groups.get("p3") or groups.get("p2")
    sense = groups.get("sense") or _word("part", part)
    hour_text = groups.get("h") or groups.get("h2")
    if hour_text is None and groups.get("mi"):
        return f"TXX:{_number(groups['mi']) or 0:02d}"
    if hour_text is None:
        return f"T{sense}" if sense else ""
    hour = number(hour_text)
    minute = 30 if groups.get("half") else _number(groups.get("mi") or groups.get("mi2")) or 0
    # 26時 and 25:10 after its day are how broadcasters and operators count on past midnight, up to 29
    counted_on = groups.get("h") is not None or groups.get("d") or groups.get("d2") or groups.get("dw")
    most = 24 if "翌" in f"{groups.get('pre') or ''}{groups.get('dw') or ''}" or not counted_on else 29
    if hour > most or minute > 59 or (hour == 24 and minute and not counted_on):
        raise Impossible(f"{hour}:{minute:02d}")
    # The hours at which a word means the second half of the day: 午後3時, 夕方5時, 夜9時, 昼1時; 深夜1時 stays 1.
    second_half = {"AF": range(12), "EV": range(3, 8), "NI": range(5, 12), "MI": range(1, 5)}
    if sense == "MO" and hour == 12:
        hour = 0
    elif hour in second_half.get(sense, ()) and part not in ("未明", "深夜", "夜半", "夜中"):
        hour += 12
    # of the zones only universal time changes what the figures mean; Japanese time is the time of the text
    zone = "Z" if re.search(r"(?:UTC|GMT|[0-9]Z)\)?", groups.get("text") or "") else ""
    if groups.get("band"):
        return f"T{hour:02d}"  # 6時台: some time in that hour
    return f"T{hour:02d}:{minute:02d}{zone}"


def _era(groups: Groups) -> tuple[int, str]:
    """Return the year before the era's first, and the ISO day on which the era began."""
    written = groups.get("era") or ""
    base, _, begin = (meaning("era", written) or meaning("era_letter", written) or "0|").partition("|")
    return int(base), begin


def _year(groups: Groups) -> str | None:
    """Return the year as ``2016`` or ``XX16``, None when none is read."""
    if groups.get("y4") or groups.get("g4"):
        return f"{number(groups.get('y4') or groups.get('g4') or ''):04d}"
    if groups.get("era"):
        base, _ = _era(groups)
        since = number(groups["ey"] or "")
        if since < 1:
            raise Impossible("year 0 of an era")
        return f"{base + since:04d}"
    short = groups.get("yy") or groups.get("yy2")
    if short:
        return f"XX{short}"
    return None


def _mod(groups: Groups) -> str | None:
    third = _word("third", groups.get("third"))
    about = _word("about", groups.get("about"))
    return third or about or None


def weekday(groups: Groups) -> str:
    """Return the weekday that the expression names, one of 月火水木金土日, or an empty string."""
    return groups.get("wd") or groups.get("wd2") or ""


def _reference_word(groups: Groups) -> str:
    """Return the base of the reference that the expression makes, an empty string when it makes none."""
    kinds = (("yw", "year_word"), ("mw", "month_word"), ("ww", "week_word"), ("dw", "day_word"))
    for group, kind in kinds:
        if groups.get(group):
            return _word(kind, groups[group])
    prefix = (groups.get("pre") or "").rstrip("の")
    if prefix == "同":
        return "same_year" if groups.get("m") else "same_month" if groups.get("d") else "same_day"
    if prefix == "翌":
        clock_only = _clock(groups) and not groups.get("m")
        return "next_day" if groups.get("d") or clock_only else "next_year"
    return _word("day_word", prefix)


def _date(groups: Groups) -> tuple[str, str, str | None]:
    month = _number(groups.get("m") or groups.get("m2") or groups.get("m3"))
    day = _number(groups.get("d") or groups.get("d2") or groups.get("d3"))
    year, clock, mod = _year(groups), _clock(groups), _mod(groups)
    known_year = int(year) if year and year.isdecimal() else None
    if month is not None and not 1 <= month <= 12:
        raise Impossible(f"month {month}")
    if day is not None and not is_day(known_year, month if month is not None else 1, day):
        raise Impossible(f"day {month}-{day}")
    if groups.get("era") and known_year and month is not None:
        told = compose(known_year, month, day)
        if told < _era(groups)[1][: len(told)]:
            raise Impossible(f"{told} is before the era")
        if known_year < _SOLAR:
            month = day = None
    kind = "TIME" if clock else "DATE"
    base = _reference_word(groups)
    if groups.get("third") == "末日" and month is not None and day is None and (known_year or month != 2):
        day, mod = last_day(known_year or 2001, month), _word("about", groups.get("about")) or None
    season = _word("season", groups.get("season"))
    if year is None and base and groups.get("wd3"):
        return kind, f"REF:{base}-W{_weekday_number(groups)}{clock}", mod
    if year is None and base:
        rest = f"-{month:02d}" if month is not None else ""
        rest += f"-{day:02d}" if day is not None else ""
        return kind, f"REF:{base}{rest}{f'-{season}' if season else ''}{clock}", mod
    if season:
        return kind, f"{year}-{season}", mod
    value = compose(None, month, day, clock) if month is not None or day is not None or clock else "XXXX"
    return kind, (year or "XXXX") + value[4:], mod


def _months(begin: tuple[int, int], groups: Groups, count: int) -> str:
    """Return the months of a part of the business year that begins in ``begin`` and has ``count`` months: ``2023-11/2024-01``."""
    first, last = 0, count - 1
    if groups.get("q"):
        last = 3 * number(groups["q"] or "") - 1
        first = last - 2
    elif groups.get("half_year") == "上" or groups.get("middle"):
        last = 5
    elif groups.get("half_year") == "下":
        first = 6
    if groups.get("cum"):
        first = 0
    start, end = shift_month(*begin, first), shift_month(*begin, last)
    return f"{start[0]:04d}-{start[1]:02d}/{end[0]:04d}-{end[1]:02d}"


def _part(groups: Groups) -> str:
    """Return the quarter or half of a year that is named (``-Q2``, ``-H1``), else an empty string."""
    if groups.get("q") or groups.get("q2") or groups.get("q3"):
        return f"-Q{number(groups.get('q') or groups.get('q2') or groups.get('q3') or '')}"
    if groups.get("half_year") or groups.get("middle"):
        return "-H2" if groups.get("half_year") == "下" else "-H1"
    return ""


def _fiscal_part(groups: Groups) -> tuple[str, str, str | None]:
    return "DATE", "REF:compared_fy" if groups.get("compared") else f"REF:same_fy{_part(groups)}", None


def _fiscal(groups: Groups) -> tuple[str, str, str | None]:
    year = _year(groups) or ""
    return "DATE", f"FY{year}{_part(groups)}", "END" if groups.get("late") else None


def _fiscal_word(groups: Groups) -> tuple[str, str, str | None]:
    word = groups["fw"] or ""
    bases = {"本": "fy+0", "今": "fy+0", "昨": "fy-1", "来": "fy+1", "前": "prev_fy", "同": "same_fy", "翌": "next_fy"}
    return "DATE", f"REF:{bases[word[0]]}", None


def _quarter(groups: Groups) -> tuple[str, str, str | None]:
    year = _year(groups)
    return "DATE", f"{year or 'REF:' + _word('year_word', groups.get('yw'))}{_part(groups)}", None


def _business_year(groups: Groups) -> tuple[str, str, str | None]:
    """The number before 期 names the month in which the business year ends: 2025年3月期 began in April 2024."""
    year, month = _year(groups) or "", number(groups["m"] or "")
    if not year.isdecimal():
        year = f"20{year[2:]}"
    part = any(groups.get(name) for name in ("q", "half_year", "middle"))
    if month == 3 and not (part and groups.get("cum")):
        return "DATE", f"FY{int(year) - 1:04d}{_part(groups)}", None
    begin = (int(year), 1) if month == 12 else (int(year) - 1, month + 1)
    if part:
        return "DATE", _months(begin, groups, 12), None
    return "DATE", f"{begin[0]:04d}-{begin[1]:02d}/{year}-{month:02d}", None


def _clock_only(groups: Groups) -> tuple[str, str, str | None]:
    return "TIME", f"XXXX-XX-XX{_clock(groups)}", _mod(groups)


def _count(written: str | None, half: bool = False) -> str:
    """Return a number as durations have it: 1,000 is 1000, 1.5 stays, 数 is X, no number at all is the 半 of 半年."""
    if not written:
        return "0.5"
    if written == "数":
        return "X"
    whole, _, fraction = written.replace(",", "").partition(".")
    return f"{number(whole)}.{fraction}" if fraction else f"{number(whole)}{'.5' if half else ''}"


def _century_count(count: str, groups: Groups) -> str:
    """Return the years of so many centuries; 四半世紀 is a quarter of one."""
    if groups.get("quarter"):
        return "25"
    return count if count == "X" else f"{float(count) * 100:g}"


def _amount(groups: Groups) -> str:
    """Return the TIMEX3 duration of a number, its unit, a half and smaller units (1年5か月, 1時間30分25秒)."""
    written = groups.get("unit") or groups.get("unit3") or groups.get("unit4")
    count = _count(groups.get("n") or groups.get("n3"), bool(groups.get("half")))
    if groups.get("quarter") or written == "世紀":
        count, unit = _century_count(count, groups), "Y"
    else:
        unit = _word("unit", written) or "M"  # 月 alone counts months only in 半月
    text = ("PT" if unit.startswith("T") else "P") + count + unit[-1]
    for smaller, name in (("n2", "unit2"), ("n5", "unit5")):
        if groups.get(smaller):
            second = _word("unit", groups[name])
            if _UNITS.index(second) <= _UNITS.index(unit):
                raise Impossible(f"{groups[name]} is no part of {written}")
            unit = second
            mark = "T" if second.startswith("T") and "T" not in text else ""
            text += f"{mark}{number(groups[smaller] or '')}{second[-1]}"
    return text


def _amount_mod(groups: Groups) -> str | None:
    limit = _word("limit", groups.get("limit"))
    if not limit and (groups.get("unit") or "").endswith("級"):
        limit = "APPROX"
    about = groups.get("ap")
    if not limit and about:
        limit = {
            "最低": "EQUAL_OR_MORE",
            "少なくとも": "EQUAL_OR_MORE",
            "最大": "EQUAL_OR_LESS",
            "丸": "",
            "まる": "",
        }.get(about, "APPROX")
    return limit or (_word("about", groups.get("about")) or None)


def _duration(groups: Groups) -> tuple[str, str, str | None]:
    if groups.get("dist"):
        return _distance(groups)
    return "DURATION", _amount(groups), _amount_mod(groups)


def _distance(groups: Groups) -> tuple[str, str, str | None]:
    amount = _amount(groups)
    side = "before" if groups["dist"] == "前" else "after"
    return ("TIME" if "T" in amount or ".5D" in amount else "DATE"), f"REF:{side}:{amount}", _amount_mod(groups)


def _set(groups: Groups) -> tuple[str, str, str | None]:
    if groups.get("set"):
        return "SET", _word("set", groups["set"]), None
    month, day = _number(groups.get("m")), _number(groups.get("d"))
    if day is None or not is_day(None, month if month is not None else 1, day):
        raise Impossible(f"day {month}-{day}")
    return "SET", compose(None, month, day), None


def _set_every(groups: Groups) -> tuple[str, str, str | None]:
    """3日に1回, 2年に1度: the span in which it happens."""
    return "SET", _interval(groups), None


def _interval(groups: Groups, times: int = 1) -> str:
    unit = _word("unit", groups["unit"]) or "W"  # 週 alone counts weeks only here
    count = _count(groups["n"])
    if times != 1:
        count = str(int(count) * times)
    return f"{'PT' if unit.startswith('T') else 'P'}{count}{unit[-1]}"


def _set_interval(groups: Groups) -> tuple[str, str, str | None]:
    """3日おき, 6か月ごと; 1日おき is every other day, whereas 1時間おき comes every hour."""
    other = (
        groups["step"] in ("おき", "置き") and groups["n"] in ("1", "一") and groups["unit"] not in ("時間", "分", "秒")
    )
    return "SET", _interval(groups, 2 if other else 1), None


def _set_half(groups: Groups) -> tuple[str, str, str | None]:
    return "SET", f"P0.5{_word('unit', groups['unit']) or 'M'}", None


def _set_weekday(groups: Groups) -> tuple[str, str, str | None]:
    return "SET", f"XXXX-WXX-{_weekday_number(groups)}", None


def _weekday_number(groups: Groups) -> int:
    return WEEKDAYS.index(groups["wd3"] or "") + 1


def _weekday(groups: Groups) -> tuple[str, str, str | None]:
    clock = _clock(groups)
    named = f"W{_weekday_number(groups)}"
    value = f"REF:next_day-{named}" if groups.get("pre") else f"XXXX-WXX-{named[1:]}"
    return ("TIME" if clock else "DATE"), value + clock, _mod(groups)


def _old_era(groups: Groups) -> tuple[str, str, str | None]:
    """An era before Meiji gives the year only: its months went by the moon. A year past its end is none (文化30年)."""
    era = old_eras()[groups["old_era"] or ""]
    year = era.first - 1 + number(groups["ey"] or "")
    if not era.first <= year <= era.last:
        raise Impossible(f"{era.name} ended in {era.last}")
    return "DATE", f"{year:04d}", _mod(groups)


def _century_name(groups: Groups) -> tuple[str, str, str | None]:
    """11世紀 is 10XX, the years that begin with 10; the 30th is where names of films begin."""
    century = number(groups["n"] or "")
    if not 1 <= century <= (99 if groups.get("bc") else 29):
        raise Impossible(f"century {century}")
    return "DATE", f"{'BC' if groups.get('bc') else ''}{century - 1:02d}XX", _mod(groups)


def _year_before_christ(groups: Groups) -> tuple[str, str, str | None]:
    year = number(groups["n"] or "")
    if year < 1:
        raise Impossible("there is no year 0")
    return "DATE", f"BC{year:04d}", _mod(groups)


def _year_turn(groups: Groups) -> tuple[str, str, str | None]:
    """2018/2019年の年末年始 names the turn by both its years."""
    first, to = number(groups["y4"] or ""), groups["to"] or ""
    if f"{first + 1}"[-len(to) :] != to or len(to) not in (2, 4):
        raise Impossible(f"{first} and {to} do not meet")
    return "DATE", f"{first}-12-29/{first + 1}-01-03", None


def _business_half(groups: Groups) -> tuple[str, str, str | None]:
    """9月中間期 is the half year of business that ends in September: April to September."""
    month, year = number(groups["m"] or ""), _year(groups)
    if year is None:
        return "DATE", f"REF:half_to-{month:02d}", None
    number_of_year = int(year) if year.isdecimal() else 2000 + int(year[2:])
    return "DATE", half_to(number_of_year, month), None


def half_to(year: int, month: int) -> str:
    """Return the six months that end in a month: ``2024-04/2024-09``."""
    begin_year, begin_month = shift_month(year, month, -5)
    return f"{begin_year:04d}-{begin_month:02d}/{year:04d}-{month:02d}"


def _business_day_nth(groups: Groups) -> tuple[str, str, str | None]:
    """第3営業日: the third working day of the month that is named, or of the one spoken of."""
    count, month, year = number(groups["n"] or ""), _number(groups.get("m")), _number(groups.get("y4"))
    if not 1 <= count <= 20:
        raise Impossible(f"{count} working days in a month")
    if year is not None and month is not None:
        return "DATE", nth_business_day(year, month, count).isoformat(), None
    return "DATE", f"REF:nth_business_day{'' if month is None else f'-{month:02d}'}-{count:02d}", None


def _same_time(groups: Groups) -> tuple[str, str, str | None]:
    return "TIME", "REF:same_time", _mod(groups)


def _seconds(groups: Groups) -> tuple[str, str, str | None]:
    return "DURATION", f"PT{number(groups['n'] or '')}.{groups['hundredths']}S", None


def _set_rate(groups: Groups) -> tuple[str, str, str | None]:
    return "SET", {"年": "P1Y", "月": "P1M", "週": "P1W"}[groups["per"] or ""], None


def _present(groups: Groups) -> tuple[str, str, str | None]:
    return "DATE", "PRESENT_REF", None


def _season_word(groups: Groups) -> tuple[str, str, str | None]:
    base = {"昨": "year-1", "今": "year+0", "来": "year+1"}[groups["rel"] or ""]
    return "DATE", f"REF:{base}-{_word('season', groups['season'])}", None


def _month_week(groups: Groups) -> tuple[str, str, str | None]:
    """The N-th week of a month is read as the week of its N-th Monday."""
    year, month = int(_year(groups) or 0), number(groups["m"] or "")
    if not 1 <= month <= 12 or year < 1:
        raise Impossible(f"month {year}-{month}")
    first = date(year, month, 1)
    monday = first + timedelta(days=-first.weekday() % 7 + 7 * (number(groups["wk"] or "") - 1))
    iso = monday.isocalendar()
    return "DATE", f"{iso[0]}-W{iso[1]:02d}", None


def _business_days(groups: Groups) -> tuple[str, str, str | None]:
    count = number(groups["n"] or "")
    about = "APPROX" if groups.get("ap") or groups.get("about") else None
    if groups.get("dist"):
        return "DATE", f"REF:{'before' if groups['dist'] == '前' else 'after'}:B{count}", about
    return "DURATION", f"P{count}D", _word("limit", groups.get("limit")) or about


def _part_word(groups: Groups) -> tuple[str, str, str | None]:
    base, _, mod = _word("part_word", groups["pw"]).partition("|")
    return "DATE", f"REF:{base}", mod or None


def _new_year_day(groups: Groups) -> tuple[str, str, str | None]:
    """年明けの5日: the fifth of January of the year that 年明け opens."""
    day = number(groups["d"] or "")
    if not is_day(None, 1, day):
        raise Impossible(f"day 1-{day}")
    return "DATE", f"REF:new_year-01-{day:02d}", None


def _named_day(groups: Groups) -> tuple[str, str, str | None]:
    """大晦日, 元日: a day of the year that has a name."""
    month, _, day = _word("named_day", groups["nd"]).partition("-")
    return _date({**groups, "m": month, "d": day})


def _ditto(groups: Groups) -> tuple[str, str, str | None]:
    return "DATE", "REF:same_day", None


def _season_bare(groups: Groups) -> tuple[str, str, str | None]:
    return "DATE", f"REF:season-{_word('season', groups['season'])}", _mod(groups)


def _day_part(groups: Groups) -> tuple[str, str, str | None]:
    """今朝, 昨夜, with an hour or without: 今夜6時 is 18:00; 昨夜1時 was counted on past midnight (``T25:00``)."""
    base, _, sense = _word("day_part", groups["day_part"]).partition("T")
    if not (groups.get("h") or groups.get("h2")):
        return "TIME", f"REF:{base}T{sense}", _mod(groups)
    clock = _clock({**groups, "sense": sense, "d": groups.get("day_part")})
    if sense == "NI" and int(clock[1:3]) < 5:
        clock = f"T{int(clock[1:3]) + 24}{clock[3:]}"
    return "TIME", f"REF:{base}{clock}", _mod(groups)


def _english(groups: Groups) -> tuple[str, str, str | None]:
    """Read an English date line with dateparser, complete dates only: it would fill gaps from today's date."""
    import dateparser

    written = groups["text"] or ""
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "MDY"}
    head = re.match(r".*?(?:19|20)[0-9]{2}(?![0-9])", written)
    # folding may have taken blanks out ("April 26,2011")
    spaced = re.sub(r"(?<=[A-Za-z,.])(?=[0-9])", " ", head[0] if head else written)
    parsed = dateparser.parse(spaced, languages=["en"], settings=settings)
    if parsed is None:
        raise Impossible(written)
    clock = _clock(groups)
    return ("TIME" if clock else "DATE"), parsed.strftime("%Y-%m-%d") + clock, None


@cache
def _kinds() -> dict[str, Callable[[Groups], tuple[str, str, str | None]]]:
    return {
        "date": _date,
        "slash": _date,
        "day": _date,
        "clock": _clock_only,
        "fiscal": _fiscal,
        "fiscal_word": _fiscal_word,
        "fiscal_part": _fiscal_part,
        "quarter": _quarter,
        "business_year": _business_year,
        "duration": _duration,
        "distance": _distance,
        "set": _set,
        "set_rate": _set_rate,
        "present": _present,
        "season_word": _season_word,
        "day_part": _day_part,
        "month_week": _month_week,
        "business_days": _business_days,
        "duration_elided": _duration,
        "duration_recent": _duration,
        "part_word": _part_word,
        "new_year_day": _new_year_day,
        "named_day": _named_day,
        "season_bare": _season_bare,
        "ditto": _ditto,
        "english": _english,
        "set_every": _set_every,
        "set_interval": _set_interval,
        "set_half": _set_half,
        "set_weekday": _set_weekday,
        "weekday": _weekday,
        "old_era": _old_era,
        "century": _century_name,
        "year_bc": _year_before_christ,
        "year_turn": _year_turn,
        "business_half": _business_half,
        "business_day_nth": _business_day_nth,
        "same_time": _same_time,
        "seconds": _seconds,
    }


def normalise(kind: str, groups: Groups) -> tuple[str, str, str | None]:
    """Return (type, underspecified value, mod) of an expression whose parts a rule of ``kind`` has read.

    ``groups`` are the rule's named parts and ``text``, the whole expression folded. Raises Impossible where the
    calendar or the clock has no such time, KeyError for a kind that does not exist.
    """
    return _kinds()[kind](groups)
