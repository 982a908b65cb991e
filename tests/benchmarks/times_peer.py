"""The other side of ``times.py``: ja-timex and dateparser behind a protocol of JSON lines, in an environment of their own.

Started by ``times.py`` with the interpreter of that environment; imports nothing of tenmatsu. One request a line on
stdin, one answer a line on stdout:

- ``{"versions": true}``: the versions of both packages;
- ``{"texts": [[text, day], ...]}``: the texts that the requests after it are about, day in ISO format or null;
- ``{"read": tool}``: for each text a list of ``[start, end, value]``, offsets in code points, values in our notation;
- ``{"time": tool}``: the seconds of one pass over the texts, the tool alone, without the mapping to our notation.

Tools: ``ja-timex`` (its tags one by one), ``ja-timex, joined`` (tags that touch and tell one time are one: a date with
its weekday and its clock, 昨年 with 6月28日, since ja-timex takes them apart on purpose), ``dateparser`` (the whole text
at once), ``dateparser, by line``.

How values are mapped. ja-timex: XX at the end is left out (``2020-10-XX`` is ``2020-10``), ``0017`` is ``2017``, an
open year, or year and month, comes from the document's date as in its ``to_datetime``, ``T22-45-XX`` is ``T22:45`` on
the document's day or on that of the date joined to it, a duration before or after now is counted from the document's
date with its own ``to_datetime`` and told in its own unit. dateparser: the day that ``search_dates`` gives, cut to the
period (year, month, day, time) that its own ``DateDataParser`` tells for the words; without a document's date, year and
month that depend on the date of today are X. PREFER_DATES_FROM is left alone: "past" made its values worse on most sets.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any

Read = list[tuple[int, int, str]]
UNKNOWN = (datetime(2004, 6, 15), datetime(2008, 9, 20))  # what differs between these is not told by the words


def attempt(work: Callable[[], Any]) -> Any:
    """Return what a tool returns; what it raises is told on stderr and counts as nothing found."""
    try:
        return work()
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        print(f"times_peer.py: {type(error).__name__}: {error}", file=sys.stderr)
        return None


class JaTimex:
    """ja-timex, its tags as they are or those that touch joined."""

    def __init__(self, joined: bool) -> None:
        """Say whether tags that touch are joined."""
        self.joined = joined

    def _parser(self, day: str | None) -> Any:
        import pendulum
        from ja_timex import TimexParser

        if day is None:
            return TimexParser()
        year, month, number = map(int, day.split("-"))
        return TimexParser(reference=pendulum.datetime(year, month, number, tz="Asia/Tokyo"))

    def run(self, text: str, day: str | None) -> list[Any]:
        """Return the tags of ja-timex."""
        parser = self._parser(day)
        return attempt(lambda: parser.parse(text)) or []

    def read(self, text: str, day: str | None) -> Read:
        """Return spans and values."""
        placed = [(*tag.raw_span, tag) for tag in self.run(text, day)]
        groups = _groups(placed, text) if self.joined else [[one] for one in placed]
        return [(group[0][0], group[-1][1], _value([tag for *_, tag in group], day)) for group in groups]


def _part(tag: Any) -> str:
    """Return what a tag tells: now (今月, 昨年), date, weekday, clock or another thing."""
    if tag.type == "TIME":
        return "clock"
    if tag.type == "DURATION" and tag.mod in ("BEFORE", "AFTER", "NOW") and not re.search("[0-9半]", tag.text):
        return "now"
    if tag.type == "DATE":
        return "weekday" if "weekday" in tag.parsed else "date" if "calendar_day" in tag.parsed else "other"
    return "other"


def _groups(placed: list[tuple[int, int, Any]], text: str) -> list[list[tuple[int, int, Any]]]:
    follows = {
        "now": {"date", "weekday", "clock"},
        "date": {"weekday", "clock"},
        "weekday": {"clock"},
    }
    groups: list[list[tuple[int, int, Any]]] = []
    for one in placed:
        last = groups[-1][-1] if groups else None
        touches = last is not None and last[1] <= one[0] and not text[last[1] : one[0]].strip(" \u3000の")
        if last is not None and touches and _part(one[2]) in follows.get(_part(last[2]), ()):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _value(tags: list[Any], day: str | None) -> str:
    """Return the value of tags that tell one time in our notation; ``day`` fills what the words leave open."""
    if len(tags) == 1 and _part(tags[0]) in ("other", "weekday"):
        return _single(tags[0], day)
    date, clock = "", ""
    for tag in tags:
        part = _part(tag)
        if part == "now":
            date = _single(tag, day)
        elif part == "date":
            date = _filled(tag.value, date or day)
        elif part == "clock":
            clock = _clock(tag.value)
    if clock and not date:
        date = day or "XXXX-XX-XX"
    return date + clock


def _filled(value: str, known: str | None) -> str:
    """``XXXX-10-02`` with the year, ``XXXX-XX-20`` with the year and month of what is known; XX at the end goes."""
    parts = value.split("-")
    if len(parts) == 3 and known and re.match(r"[0-9]{4}", known):
        told = known.split("-")
        if parts[0] == "XXXX":
            parts[0] = told[0]
            if parts[1] == "XX" and len(told) > 1:
                parts[1] = told[1]
    if parts[0].startswith("00"):
        parts[0] = "20" + parts[0][2:]
    while len(parts) > 1 and parts[-1] == "XX":
        parts.pop()
    return "-".join(parts)


def _clock(value: str) -> str:
    hour, minute, _ = value[1:].split("-")
    return f"T{hour}:{'00' if minute == 'XX' and hour != 'XX' else minute}"


def _single(tag: Any, day: str | None) -> str:
    counted = tag.type == "DURATION" and tag.mod in ("BEFORE", "AFTER", "NOW")
    if not counted or not day:
        return "PRESENT_REF" if counted and tag.value == "P0D" else str(tag.value)
    moved = attempt(tag.to_datetime)
    if moved is None:
        return str(tag.value)
    if tag.value.startswith("PT"):
        return str(moved.strftime("%Y-%m-%dT%H:%M"))
    if tag.value.endswith("W"):
        year, week, _ = moved.isocalendar()
        return f"{year}-W{week:02d}"
    form = {"Y": "%Y", "M": "%Y-%m", "D": "%Y-%m-%d"}[tag.value[-1]]
    return str(moved.strftime("%Y-%m" if tag.value == "P0.5Y" else form))


class Dateparser:
    """dateparser's search, told that the text is Japanese and when it was published; the whole text or line by line."""

    def __init__(self, by_line: bool) -> None:
        """Say whether it gets a line at a time."""
        self.by_line = by_line

    def run(self, text: str, day: str | None) -> list[tuple[str, datetime]]:
        """Return the words and moments of dateparser."""
        from dateparser.search import search_dates

        settings: Any = {"RELATIVE_BASE": datetime.fromisoformat(day) if day else UNKNOWN[0]}
        found: list[tuple[str, datetime]] = []
        for part in text.split("\n") if self.by_line else [text]:
            if part.strip():
                found += attempt(lambda part=part: search_dates(part, languages=["ja"], settings=settings)) or []
        return found

    def read(self, text: str, day: str | None) -> Read:
        """Return spans and values; it gives words, not places, and words that stand nowhere count as spurious."""
        read: Read = []
        done = 0
        for words, moment in self.run(text, day):
            words = words.strip()
            start = text.find(words, done)
            if start < 0:
                read.append((-1, -1, ""))
                continue
            done = start + len(words)
            read.append((start, done, self._value(words, moment, day)))
        return read

    def _value(self, words: str, moment: datetime, day: str | None) -> str:
        bases = (datetime.fromisoformat(day),) if day else UNKNOWN
        told = [self._told(words, base) for base in bases]
        period = told[0][1]
        value = moment.strftime({"year": "%Y", "month": "%Y-%m", "time": "%Y-%m-%dT%H:%M"}.get(period, "%Y-%m-%d"))
        if day is None and told[0][0] and told[1][0]:
            if told[0][0].year != told[1][0].year:
                value = "XXXX" + value[4:]
            if len(value) >= 7 and told[0][0].month != told[1][0].month:
                value = value[:5] + "XX" + value[7:]
        return value

    def _told(self, words: str, base: datetime) -> tuple[datetime | None, str]:
        from dateparser.date import DateDataParser

        settings: Any = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True}
        parser = DateDataParser(languages=["ja"], settings=settings)
        data = attempt(lambda: parser.get_date_data(words))
        return (data.date_obj, data.period or "day") if data else (None, "day")


def main() -> None:
    """Answer requests until stdin ends."""
    warnings.simplefilter("ignore")
    answers, sys.stdout = sys.stdout, sys.stderr
    tools: dict[str, Any] = {
        "ja-timex": JaTimex(joined=False),
        "ja-timex, joined": JaTimex(joined=True),
        "dateparser": Dateparser(by_line=False),
        "dateparser, by line": Dateparser(by_line=True),
    }
    texts: list[tuple[str, str | None]] = []
    for line in sys.stdin:
        request = json.loads(line)
        answer: Any = None
        if "versions" in request:
            answer = {name: version(name) for name in ("ja-timex", "dateparser")}
        elif "texts" in request:
            texts = request["texts"]
            answer = len(texts)
        elif "read" in request:
            answer = [tools[request["read"]].read(text, day) for text, day in texts]
        elif "time" in request:
            start = time.perf_counter()
            for text, day in texts:
                tools[request["time"]].run(text, day)
            answer = time.perf_counter() - start
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main()
