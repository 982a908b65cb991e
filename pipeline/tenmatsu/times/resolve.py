"""Resolution: an underspecified time gets what it leaves open from an anchor that is named, or stays open.

The anchors, strongest first: the other end of a range, an earlier date of the same line, the same month and day
printed with its year elsewhere, a heading, the list that the line goes on, the document's date (past preferred), the
year of the narrative. No year is invented: where none of them speaks, XXXX stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from tenmatsu.times.calendar import (
    compose,
    day_of,
    is_day,
    move,
    nth_business_day,
    parts,
    shift_business_days,
    shift_day,
    shift_month,
    weekday_fits,
)
from tenmatsu.times.edtf import bounds, event_date
from tenmatsu.times.find import FoundTime
from tenmatsu.times.normalise import half_to
from tenmatsu.times.vocabulary import alternatives, meaning


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time's resolved value and how it came about.

    ``anchor`` is explicit, context_year, document_date, previous_mention, range_partner, linked_document or none;
    ``anchor_index`` the place in the list of the time used as anchor, None when it is no time of the list; ``note``
    says in words what the value rests on.
    """

    value: str
    anchor: str
    anchor_index: int | None = None
    note: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "reference": re.compile(
            r"REF:((?:year|month|week|day|fy)[+-]\d|(?:same|prev2?|next2?|compared)_(?:year|month|week|day|business_day|fy)|next_business_day"
            r"|year_end|new_year|year_turn|weekend|week_start|season|gw_end|holiday_end|obon|nth_business_day|half_to|same_time|(?:before|after):[PB][0-9A-Z.]+)(.*)$"
        ),
        "rest": re.compile(r"((?:-\d{2})*)(-(?:SP|SU|FA|WI|Q\d|H\d|W[1-7]))?(T.*)?$"),
        "short": re.compile(r"(FY)?XX(\d\d)(.*)$"),
        "note_before": re.compile(r"[ \u3000#*・■●]{0,4}[【〔［\[（(＜<※]?\s?(?:追記|追加(?:情報)?)?\s?[:：(（]?\s?"),
        "note_behind": re.compile(
            r"\s?(?:付け?)?(?:に)?\s?(?P<word>追記|追加)?(?:情報)?(?:しました)?\s?[)）]?[】〕］\]）)＞>:：]{0,2}(?=[ \t\u3000\r]*\n|(?<=[】〕］\]）)＞>:：]))"
        ),
        "indent": re.compile(
            r"[\s　・•\-*■□◆◇●○▪▼>＞~～〜|｜]*(?:[(（]?[0-9０-９]{1,2}[)）.．]\s*|[①-⑳]\s*)?(?:【[^】\n]{1,20}】\s*)?"
        ),
        "planned": re.compile(
            r"[うくぐすつぬぶむる]ことと(?:し(?:て(?:い|お)|ま)|いたし)|予定(?!(?:して|されて)(?:いた|いました|おりました|おった))|見込|目指|見通し|めど|目途|目処|(?:開始|再開|実施|新設|廃止|設置|送付|発送|公開|停止)(?:する|(?:いたし|致し|し)(?!まし|た|て|[、，]))|締め?切|期限|を目標|完了させ"
            r"|(?<!知らせ)(?<!報告)(?<!説明)(?<!連絡)(?:いたし|致し|し)ます(?!た)|(?:て|して)(?:まいり|参り)ます"
            r"|(?:始め|行い|進め|設け|定め|開き|送り|続け|取り組み|努め|講じ|切り替え|改め|図り|義務付け|受け)ます(?!た)"
        ),
        # 5月10日にお知らせした漏えいについて、…いたします: what was made known is past, whatever the sentence goes on to plan
        "made_known": re.compile(
            r"(?:付け?)?(?:の|で|に)?(?:[^、。「」\n]{0,10}[「『][^「」『』\n]{0,120}[」』](?:[(（][^()（）\n]{0,40}[)）])?)?(?:(?!予定|方針|する|れる|いる)[^、。\n]){0,20}?(?<!と)(?:お?知らせ|公表|発表|ご?報告|ご?案内|お伝え|ご?説明|記載|掲載|公開|開示|リリース)(?:を)?(?:(?:いた|致)?し|申し上げ|され)(?:て(?:い|お)り)?(?:まし)?た(?![らい])"
        ),
        # 2017年9月に登録された甲社は, 2019年4月設立の: what a firm did long ago is no year of the story
        "background": re.compile(
            r"(?:\s*に|の|、|\s*に、)?[^、。\n0-9]{0,18}?(?:設立|創業|創立|創設|開業|発足|入社|入庁|入職|入行|上場|就任|竣工|(?:業者|会社|法人|団体|機関|医療機関|事業者)(?:に|として)(?:登録|認定|指定)|登録され(?:た|ている|ていた))(?!時|手続|記念|予定|準備)"
        ),
        "announces": re.compile(r"[^。\n]{0,120}?(?:発表|公表|明らかに)(?:し|され)(?:た|まし|てい)"),
        "adnominal": re.compile(r"に[^、。]{1,12}[ただ](?=[一-龠ァ-ヶA-Za-z])"),
        "noted": re.compile(r"[【\[(（]?(?:追記|更新|追加|加筆)[^】\])）\n]{0,4}$"),
        "compared": re.compile(r"\s*(?:の(?:もの|とき|時))?と(?:同じ|同様|同一)"),
        "sentence_end": re.compile(r"[。\n]"),
        "second_half": re.compile(r"午\s*後|夜|夕|晩|[Pp][Mm]"),
        "small_hours": re.compile(r"深夜|夜中|夜半|未明"),
        "era": re.compile(alternatives("era")),
        "past_end": re.compile(r"(?:ました|でした|[っいしきちりびみれけせえ]た|んだ)$"),
        "happened": re.compile(r"した|れた|った|いた|ました|でした|検知|確認|判明|発覚|発生|受けた|あった"),
    }


def _trusted(found: Sequence[FoundTime], text: str, published_year: int | None) -> tuple[set[int], Counter[int]]:
    """Return the places of the dates whose printed year may speak for others, and how many dates share each year.

    A lone date in figures in a short header line (発生時期 2000/9/7), whose year no other date has, speaks for itself
    only; so does a date whose printed weekday denies its year.
    """
    years = {i: parts(t.value_raw)[0] for i, t in enumerate(found) if t.type in ("DATE", "TIME")}
    # a year of the old eras is told of a founding or a building, never of what goes on
    years = {i: year for i, year in years.items() if year is None or year >= 1873}
    counts = Counter(year for year in years.values() if year is not None)
    places = set()
    for place, year in years.items():
        if year is None:
            continue
        one = found[place]
        if _patterns()["background"].match(text, one.end):
            continue
        _, month, day = parts(one.value_raw)
        if one.weekday and month and day and not weekday_fits(year, month, day, one.weekday):
            continue
        if one.numeric and counts[year] < 2 and year != published_year:
            begin = text.rfind("\n", 0, one.start) + 1
            end = text.find("\n", one.end)
            line = text[begin : end if end >= 0 else len(text)]
            if "。" not in line and "、" not in line and len(line) < 60:
                continue
        places.add(place)
    return places, Counter(year for place, year in years.items() if year is not None and place in places)


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A year that an anchor gives to a month or a day: ``anchor`` and ``place`` as in ``Resolved``, ``note`` in words."""

    year: int
    anchor: str
    place: int | None
    note: str


# The hours that a bare figure may mean after 午後, 夕方 or 夜 of the same sentence.
_HOURS_OF_PART = {"AF": range(1, 12), "EV": range(3, 8), "NI": range(6, 12)}

# The years in which a weekday may fix the year by itself: Japanese incident disclosures begin with the act on personal
# data of 2003 (in force 2005); the end is where the weekdays of a text repeat soonest. No clock is read.
_WEEKDAY_YEARS = range(2003, 2036)


def weekday_year(found: Sequence[FoundTime]) -> int | None:
    """Return the only year that gives all days printed with a weekday and no year their weekday, else None.

    A day may fall in the year before (12月4日 told in January); one at least falls in the year itself.
    """
    days = set()
    for one in found:
        year, month, day = parts(one.value_raw)
        if one.weekday and year is None and month is not None and day is not None:
            days.add((month, day, one.weekday))
    years = [
        year
        for year in _WEEKDAY_YEARS
        if days
        and all(weekday_fits(year, *one) or weekday_fits(year - 1, *one) for one in days)
        and any(weekday_fits(year, *one) for one in days)
    ]
    return years[0] if len(years) == 1 else None


def trusted_years(found: Sequence[FoundTime], text: str, published_year: int | None) -> frozenset[int]:
    """Return the places of the times of ``found`` whose printed year speaks for others, too (see ``_trusted``)."""
    return frozenset(_trusted(found, text, published_year)[0])


class _Narrative:
    """The state of one reading, from the first time expression to the last."""

    def __init__(
        self,
        found: Sequence[FoundTime],
        text: str,
        published: str | None,
        paragraphs: Sequence[tuple[int, int]] | None,
        headings: Sequence[tuple[int, int, int]] | None,
    ) -> None:
        self.found, self.text = found, text
        begin, end = bounds(published)
        self.low = date.fromisoformat(begin) if begin else None
        self.high = date.fromisoformat(end) if end else None
        self.day = self.high if self.high is not None and self.high == self.low else None
        self.year = self.high.year if self.high and self.low and self.high.year == self.low.year else None
        self.trusted, self.counts = _trusted(found, text, self.year)
        starts = sorted(start for start, _ in paragraphs) if paragraphs else []
        if not starts:
            starts = [0] + [m.end() for m in re.finditer("\n", text)]
        at = [bisect_right(starts, one.start) - 1 for one in found]
        # Lines are counted where they hold a time: what stands between them without one moves no time away.
        counted = {line: number for number, line in enumerate(sorted(set(at)))}
        self.line = [counted[line] for line in at]
        self.initial = []
        indent = _patterns()["indent"]
        for place, one in enumerate(found):
            match = indent.match(text, starts[at[place]] if at[place] >= 0 else 0)
            self.initial.append(match is not None and match.end() >= one.start)
        self.listed = [
            self.initial[i] and one.start > (starts[at[i]] if at[i] >= 0 else 0) for i, one in enumerate(found)
        ]
        self.scopes = sorted(headings or [])
        self.scope_starts = [begin for begin, _, _ in self.scopes]
        self.starts = [one.start for one in found]
        self.values: list[str] = [""] * len(found)
        # Month and day printed with their year: the places of each, for the same day named again without it.
        self.printed: dict[tuple[int, int], dict[int, int]] = {}
        for place in sorted(self.trusted):
            year, month, day = parts(found[place].value_raw)
            if year is not None and month is not None and day is not None:
                self.printed.setdefault((month, day), {}).setdefault(year, place)
        self.mentions: list[int] = []
        # Days told without their month that took the document's: the value of each.
        self.bare: dict[int, str] = {}
        self.first_of: dict[int, int] = {}
        for place in sorted(self.trusted):
            year = parts(found[place].value_raw)[0]
            if year is not None:
                self.first_of.setdefault(year, place)
        days = [parts(found[place].value_raw) for place in self.trusted]
        past = [(y, m, d) for y, m, d in days if y is not None and m is not None and d is not None]
        self.latest = max(past) if past else None
        told = {f"20{one.value_raw[2:]}" if one.value_raw.startswith("XX") else one.value_raw for one in found}
        self.months_told = {value for value in told if value[:4].isdecimal() and parts(value)[1] is not None}
        self.weekday_year = weekday_year(found)
        self.distances: dict[tuple[str, str], str | None] = {}
        # The places of the clocks that were moved to the second half of the day by the one before them.
        self.carried: set[int] = set()

    # -- what the surroundings say -------------------------------------------------------------------------------

    def planned(self, place: int) -> bool:
        """Whether the sentence goes on to speak of a plan, and the time is not that of what was made known before."""
        start = self.found[place].end
        if _patterns()["made_known"].match(self.text, start):
            return False
        stop = _patterns()["sentence_end"].search(self.text, start, start + 90)
        return _patterns()["planned"].search(self.text, start, stop.start() if stop else start + 90) is not None

    def ahead(self, place: int, month: int) -> bool:
        """Whether a date just after the document's is meant as such: a limit or an open end with nothing past about it.

        Of a day ten months ago writers print 昨年; 2月上旬まで in a notice of January looks ahead.
        """
        one = self.found[place]
        if self.planned(place):
            return True
        if self.high is None or (month - self.high.month) % 12 > 2:
            return False
        limit = one.particle.startswith(("まで", "以降", "から", "より")) or one.mod in ("START", "MID", "END")
        return limit and one.role == "" and not self._happened(place)

    def _happened(self, place: int) -> bool:
        """Whether the rest of the sentence has anything past about it."""
        start = self.found[place].end
        stop = _patterns()["sentence_end"].search(self.text, start, start + 90)
        return _patterns()["happened"].search(self.text, start, stop.start() if stop else start + 90) is not None

    def _plans_anew(self, before: int, place: int, year: int, month: int) -> bool:
        """Whether a sentence of its own plans something that a year told before it would put behind the document's day.

        2022年11月にも紛失した。8月末までに点検する, in a text of July 2024.
        """
        if self.high is None or not self.ahead(place, month) or self.told_past(place):
            return False
        # 来年4月に必須化する。12月に訓練を行う: the next December, not the one after the plan told before
        beyond = year > self.high.year and 0 <= month - self.high.month <= 3
        if year >= self.high.year and not beyond:
            return False
        return "。" in self.text[self.found[before].end : self.found[place].start]

    def told_past(self, place: int) -> bool:
        """Whether the clause that the time dates is of the past: 甲社は30日、復旧する予定と伝えてきました.

        The end of the sentence speaks for a time that stands apart behind its subject, else a plan in it speaks louder.
        """
        one = self.found[place]
        if re.search("[ただ]のは$", self.text[max(0, one.start - 3) : one.start]):
            return True  # 届け出たのは28日で、…
        stop = _patterns()["sentence_end"].search(self.text, one.end, one.end + 200)
        if stop is None or not _patterns()["past_end"].search(self.text, max(one.end, stop.start() - 8), stop.start()):
            return False
        apart = self.text[one.end : one.end + 1] == "、" and self.text[max(0, one.start - 1) : one.start] in (
            "は",
            "が",
        )
        return apart or not self.planned(place)

    def mention(self, place: int, need: str = "year", same_line: bool = False) -> int | None:
        """Return the nearest earlier mention that reaches down to ``need`` (fy, year, month, day), None when there is none."""
        for other in reversed(self.mentions[-24:]):
            if same_line and self.line[other] != self.line[place]:
                return None
            one = self.found[other]
            if _patterns()["compared"].match(self.text, one.end):
                continue
            year, month, day = parts(self.values[other])
            if need == "day" and day is None:
                continue
            if need == "month" and month is None:
                continue
            if need != "fy" and year is None and month is None and day is None:
                continue
            return other
        return None

    def antecedent(self, place: int, need: str) -> int | None:
        """Return what 同日, 同年 and the like point at; at the head of a list item, the head of the item before."""
        if need == "day" and self.listed[place]:
            for other in reversed(self.mentions[-24:]):
                if self.line[other] < self.line[place] - 4:
                    break
                head = self.line[other] < self.line[place] and (self.initial[other] or self._heads(other))
                if head and parts(self.values[other])[2] is not None:
                    return other
        nearest = self.mention(place, need)
        if need == "day" and nearest is not None and self.found[nearest].role == "end":
            # 7月18日　…、5月19日から25日までの間に…との報告を受け、同日: a stretch of days is no day, the head of the item is
            for other in reversed(self.mentions[-24:]):
                if self.line[other] != self.line[place]:
                    break
                if self.initial[other] and self.found[other].role == "" and parts(self.values[other])[2] is not None:
                    return other
        return nearest

    def _heads(self, place: int) -> bool:
        """Whether the time stands in a heading or date line, under which the lines below begin anew."""
        start = self.found[place].start
        last = bisect_right(self.scope_starts, start) - 1
        return last >= 0 and self.scopes[last][0] <= start < self.scopes[last][1]

    def heading(self, place: int) -> int | None:
        """Return the date of the nearest heading that the expression stands under."""
        start = self.found[place].start
        last = bisect_right(self.scope_starts, start) - 1
        # A heading without a date leaves its lines to the one above it; eight levels are more than documents have.
        for begin, end, scope in reversed(self.scopes[max(0, last - 7) : last + 1]):
            if end <= start < scope:
                other = bisect_left(self.starts, begin)
                if other < place and self.found[other].start < end and any(parts(self.values[other])):
                    return other
        return None

    def late(self, year: int, month: int, day: int | None) -> bool:
        """Whether that time lies so far after the document's date that the year before is meant.

        Notices print 昨年 for a day ten months back, and name the day of next week without more ado; pages are also
        added to after their first day. So the two months that follow the document's date count as its own year's.
        """
        if self.high is None:
            return False
        ahead = (year - self.high.year) * 12 + month - self.high.month
        return ahead > 2 or (ahead == 2 and (day or 1) > self.high.day)

    # -- the year of a month and day ------------------------------------------------------------------------------

    def _beside(self, year: int, other_month: int | None, month: int, place: int, day: int | None) -> int:
        """Return the year of ``month`` told after a date in ``other_month`` of ``year``: the turn of the year both ways."""
        if other_month is not None and other_month >= 10 and month <= 3:
            after = year + 1
            return after if not self.late(after, month, day) or self.planned(place) else year
        if other_month is not None and other_month <= 3 and month >= 10:
            return year - 1
        if self.late(year, month, day) and not self.planned(place):
            return year - 1
        return year

    def _from_document(self, place: int, month: int, day: int | None) -> int | None:
        if self.high is None:
            return None
        year = self.high.year
        if self.ahead(place, month):
            after = year if self.late(year, month, day) else year + 1
            if (after - self.high.year) * 12 + month - self.high.month <= 7:
                return after
        return year - 1 if self.late(year, month, day) else year

    def cluster(self) -> int | None:
        """Return the latest year that two dates share, or the only year printed; None when the text is at odds."""
        shared = [year for year, count in self.counts.items() if count >= 2]
        if shared:
            return max(shared)
        if len(self.counts) != 1:
            return None
        # a lone year without its month (2014年の事件) is as often that of another affair
        only = next(iter(self.counts))
        told = self.first_of.get(only)
        return only if told is not None and parts(self.found[told].value_raw)[1] is not None else None

    def year_of(self, place: int, month: int, day: int | None) -> tuple[int | None, str, int | None, str]:
        """Return (year, anchor, place of the anchor, evidence) for a month, or month and day, without its year.

        Every anchor in reach proposes a year (``_proposals``, strongest first). A printed weekday decides among the
        proposals and the years beside them; without one the strongest stands. The evidence names what agreed.
        """
        proposals = self._proposals(place, month, day)
        weekday = self.found[place].weekday if day is not None else ""
        if not weekday or day is None:
            if not proposals:
                return None, "none", None, "nothing in the text gives the year"
            return self._chosen(proposals[0], proposals, "")
        fitting = [one for one in proposals if weekday_fits(one.year, month, day, weekday)]
        if fitting:
            return self._chosen(fitting[0], proposals, f"the weekday {weekday} agrees")
        for one in proposals:
            for near in (one.year - 1, one.year + 1):
                if weekday_fits(near, month, day, weekday) and self._within_reach(place, one, near, month):
                    note = f"{one.note}; the weekday {weekday} fits {near} only"
                    return near, "context_year", one.place, note
        if proposals:
            return self._chosen(proposals[0], proposals, f"but that day is no {weekday}")
        for near in [] if self.weekday_year is None else [self.weekday_year, self.weekday_year - 1]:
            if weekday_fits(near, month, day, weekday):
                return near, "context_year", None, "the only year whose weekdays are those that the text prints"
        return None, "none", None, "nothing in the text gives the year"

    def _within_reach(self, place: int, one: _Proposal, year: int, month: int) -> bool:
        """Whether a weekday may move a proposal to ``year``: writers leave the year out of what lies within some months.

        Two days after 2024年3月1日, 3月3日(月) is a slip of the weekday, not a day of 2025.
        """
        if one.place is None:
            return self.high is not None and (not self.late(year, month, None) or self.planned(place))
        told, other_month, _ = parts(self.values[one.place] or self.found[one.place].value_raw)
        if told is None or other_month is None:
            return True
        return abs((year - told) * 12 + month - other_month) <= 8

    def _chosen(
        self, chosen: _Proposal, proposals: list[_Proposal], more: str
    ) -> tuple[int | None, str, int | None, str]:
        others = [one.note for one in proposals if one is not chosen and one.year == chosen.year]
        against = [f"{one.note} would give {one.year}" for one in proposals if one.year != chosen.year]
        words = [chosen.note, more, f"so do: {', '.join(others)}" if others else "", *against[:1]]
        return chosen.year, chosen.anchor, chosen.place, "; ".join(word for word in words if word)

    def _proposals(self, place: int, month: int, day: int | None) -> list[_Proposal]:
        """Return the years that the anchors in reach give, strongest first."""
        found = self.found
        out: list[_Proposal] = []
        role = found[place].role
        glossed = self._glossed(place, month)
        if glossed is not None:
            out.append(_Proposal(glossed, "context_year", place - 1, "year of what the bracket explains"))
        if role == "end":
            year, other_month, _ = parts(self.values[place - 1])
            if year is None:
                return []
            turned = other_month is not None and other_month > month
            out.append(_Proposal(year + turned, "range_partner", place - 1, "end of a range"))
        elif role == "start":
            year, other_month, _ = parts(found[place + 1].value_raw)
            if year is not None:
                turned = other_month is not None and other_month < month
                out.append(_Proposal(year - turned, "range_partner", place + 1, "start of a range"))
        need = "day" if self.high and day is not None else "month"
        before = self.mention(place, need, same_line=True)
        if before is not None and self._speaks(before):
            year, other_month, _ = parts(self.values[before])
            if year is not None:
                year = self._beside(year, other_month, month, place, day)
                if self._plans_anew(before, place, year, month):
                    after = self.high.year + (month < self.high.month) if self.high else year
                    out.append(_Proposal(after, "document_date", None, "a plan of the day of publication"))
                else:
                    out.append(_Proposal(year, "context_year", before, "year told before in the line"))
        if day is not None and len(self.printed.get((month, day), ())) == 1:
            ((printed, where),) = self.printed[(month, day)].items()
            if not self.late(printed, month, day) or self.planned(place):
                out.append(_Proposal(printed, "context_year", where, "the same day is printed with its year"))
        head = self.heading(place)
        if head is not None and self._speaks(head):
            year, other_month, _ = parts(self.values[head])
            if year is not None:
                if other_month is not None:
                    year = self._beside(year, other_month, month, place, day)
                proposal = _Proposal(year, "context_year", head, "year of the heading")
                if self._within(head, year, month):
                    out.insert(0, proposal)  # 去年の夏 above, 7月6日 below: the heading names that very time
                else:
                    out.append(proposal)
        previous = self.mention(place, need)
        if previous is not None and not self._speaks(previous):
            previous = None
        if self.high is not None:
            return out + self._against_document(place, month, day, previous)
        if previous is not None:
            told, other_month, _ = parts(self.values[previous])
            if told is not None and (self.counts[told] >= 2 or self.cluster() in (None, told)):
                told = self._beside(told, other_month, month, place, day)
                newest = self._announced_after(place, month, day)
                if newest is not None and newest > told:
                    note = "what is announced lies behind the days told with their year"
                    out.append(_Proposal(newest, "context_year", previous, note))
                out.append(_Proposal(told, "context_year", previous, "year told before"))
        only = self.cluster()
        if only is not None and not self._unknown_now(place):
            note = "year that the dates of the text share"
            out.append(_Proposal(only, "context_year", self.first_of.get(only), note))
        return out

    def _announced_after(self, place: int, month: int, day: int | None) -> int | None:
        """The year of an announcement in a text without a date: the first that puts it behind the days printed with theirs."""
        if day is None or _patterns()["announces"].match(self.text, self.found[place].end) is None:
            return None
        return self.latest[0] + ((month, day) < self.latest[1:]) if self.latest is not None else None

    def _speaks(self, place: int) -> bool:
        """Whether the year of an earlier time may be carried on: not that of a lone header date."""
        return place in self.trusted or parts(self.found[place].value_raw)[0] is None

    def _of_last_year(self, place: int) -> bool:
        """Whether a time is told as one of last year (昨年10月末)."""
        return self.found[place].value_raw.startswith("REF:year-1-")

    def _within(self, head: int, year: int, month: int) -> bool:
        """Whether the time of a heading is a season, quarter, half or week and the month lies in it."""
        value = self.values[head]
        if not re.search("-[SFWQH]", value):
            return False
        begin, end = bounds(event_date(value))
        return begin is not None and end is not None and begin[:7] <= f"{year:04d}-{month:02d}" <= end[:7]

    def _unknown_now(self, place: int) -> bool:
        """Whether the mention before is of 今年, 昨年 of a text whose own year is not known: what follows is as open."""
        before = self.mention(place, "month")
        return (
            before is not None
            and self.values[before].startswith("XXXX")
            and self.found[before].value_raw.startswith("REF:year")
        )

    def _glossed(self, place: int, month: int) -> int | None:
        """昨年下半期(7~12月): what stands in the bracket behind a time explains it and has its year."""
        if not place:
            return None
        before, value = self.found[place - 1], self.values[place - 1]
        if self.text[before.end : self.found[place].start].strip() not in ("(", "（"):
            return None
        if value.startswith("FY") and value[2:6].isdecimal():
            return int(value[2:6]) + (month < 4)
        year, other, _ = parts(value)
        if year is not None and "/" not in value and (other is None or other == month):
            return year
        half = re.match(r"([0-9]{4})-[QH]", value)
        return int(half[1]) if half else None

    def _against_document(self, place: int, month: int, day: int | None, previous: int | None) -> list[_Proposal]:
        """The document's year, and before it the narrative's where a list or a near date goes on: an old affair does not."""
        document = self._from_document(place, month, day)
        assert self.high is not None
        out: list[_Proposal] = []
        if previous is not None and not self.planned(place):
            year, other_month, other_day = parts(self.values[previous])
            near = self.line[place] - self.line[previous] <= 4
            if year is not None and other_month is not None and near and year != document:
                told = self._beside(year, other_month, month, place, day)
                gap = (told - year) * 12 + month - other_month
                listed = self.initial[place] and self.initial[previous]
                shared = self.counts[year] >= 2 or year >= self.high.year - 1
                if 0 <= gap <= (11 if listed else 3) and (listed or shared) and other_day is not None:
                    out.append(_Proposal(told, "context_year", previous, "goes on from the date before"))
        last = self.mention(place, "month")
        if (
            last is not None
            and last != previous
            and self._of_last_year(last)
            and self.line[place] - self.line[last] <= 1
        ):
            year, other_month, _ = parts(self.values[last])
            if year is not None and other_month is not None and not self.planned(place):
                told = self._beside(year, other_month, month, place, day)
                if 0 <= (told - year) * 12 + month - other_month <= 1:
                    out.append(_Proposal(told, "context_year", last, "goes on from the month told of last year"))
        if document is not None:
            out.append(_Proposal(document, "document_date", None, "the document's date, past preferred"))
        return out

    # -- each kind of expression ------------------------------------------------------------------------------------

    def read(self, place: int) -> Resolved:
        """Resolve the expression at ``place``; those before it are resolved."""
        return _rolled(self._read(place))

    def _read(self, place: int) -> Resolved:
        one = self.found[place]
        raw = one.value_raw
        if one.type in ("DURATION", "SET"):
            return Resolved(raw, "none")
        if raw == "PRESENT_REF":
            return self._present(raw)
        short = _patterns()["short"].match(raw)
        if short:
            return Resolved(self._century(place, short), "explicit", None, "two-digit year")
        reference = _patterns()["reference"].match(raw)
        if reference:
            return self._reference(place, reference[1], reference[2])
        if not raw.startswith("XXXX"):
            return Resolved(raw, "explicit")
        if raw.startswith("XXXX-WXX-"):
            return self._weekday(place, raw)
        _, month, day = parts(raw)
        clock = "T" + raw.partition("T")[2] if "T" in raw else ""
        if month is not None:
            year, anchor, other, note = self.year_of(place, month, day)
            if year is not None and day is not None and not is_day(year, month, day):
                return Resolved(raw, "none", None, "the year found has no such day")
            return Resolved(compose(year, month, day, clock), anchor, other, note)
        if day is not None:
            return self._day(place, day, clock)
        if clock:
            return self._clock(place, clock)
        return Resolved(raw, "none")

    def _present(self, raw: str) -> Resolved:
        if self.day is None:
            return Resolved(raw, "none", None, "the day of publication is not known")
        return Resolved(self.day.isoformat(), "document_date", None, "day of publication")

    def _century(self, place: int, match: re.Match[str]) -> str:
        """A two-digit year: of the era beside it in a range, else 20YY; what would lie ahead is a year of Heisei."""
        number = int(match[2])
        limit = self.high.year + 10 if self.high else 2049
        year = 2000 + number
        era = _patterns()["era"].match(self.found[place - 1].text) if self.found[place].role == "end" else None
        if era is not None:
            year = int((meaning("era", era[0]) or "0").partition("|")[0]) + number
        elif year > limit:
            year = 1988 + number if number <= 31 and 1988 + number <= limit else 1900 + number
        value = f"{match[1] or ''}{year}{match[3]}"
        _, month, day = parts(value)
        if month is not None and day is not None and not is_day(year, month, day):
            return f"XXXX{match[3]}"
        return value

    def _day(self, place: int, day: int, clock: str) -> Resolved:
        """A day of the month alone: the month told before, or the document's, past preferred."""
        one = self.found[place]
        if one.role == "end":
            other: int | None = place - 1
        else:
            other = self.mention(place, "day", same_line=True)
            if other is None:
                other = self.mention(place, "month", same_line=True)
                # 7月末の復旧を目指す。10日に…: a vague or planned month is not the month of the days told
                if other is not None and (self.found[other].mod in ("START", "MID", "END") or self.planned(other)):
                    other = None
        if (
            other is not None
            and one.role == ""
            and self.day is not None
            and day <= self.day.day
            and self._aside(place, other)
        ):
            other = None
        if other is not None and one.role == "" and self._of_the_lead(place, other, day):
            return Resolved(
                self.bare[day] + clock, "document_date", None, "the same day was told as one of the document's month"
            )
        if other is None:
            head = self.heading(place)
            other = head if head is not None and parts(self.values[head])[1] is not None else None
        if other is None and self.day is None:
            other = self.mention(place, "month")
        if other is None:
            other = self._in_order(place, day)
        if other is not None and parts(self.values[other])[1] is not None:
            year, month, other_day = parts(self.values[other])
            assert month is not None
            if other_day is not None and day < other_day and (one.role == "end" or other_day - day > 20):
                year, month = shift_month(year, month, 1)
            if self.day is not None and one.role == "" and (year, month) == (self.day.year, self.day.month):
                if day > self.day.day and self.told_past(place):
                    year, month = _month(shift_month(self.day.year, self.day.month, -1))
            if is_day(year, month, day):
                anchor = "range_partner" if one.role == "end" else "previous_mention"
                return Resolved(compose(year, month, day, clock), anchor, other, "month told before")
        if self.high is not None and self.low is not None and (self.high - self.low).days <= 31:
            year, month = self.high.year, self.high.month
            if self.day is not None and day > self.day.day and (not self.ahead(place, month) or self.told_past(place)):
                year, month = _month(shift_month(year, month, -1))
            if is_day(year, month, day):
                self.bare.setdefault(day, compose(year, month, day))
                return Resolved(compose(year, month, day, clock), "document_date", None, "month of the document")
        return Resolved(compose(None, None, day, clock), "none", None, "nothing gives the month")

    def _aside(self, place: int, other: int) -> bool:
        """Whether a month is told of a noun only (8月に公表された乙大の件で、乙大は18日、…した): the bare day is the document's."""
        one = self.found[place]
        if parts(self.values[other])[2] is not None or self.text[one.end : one.end + 1] != "、":
            return False
        noun = _patterns()["adnominal"].match(self.text, self.found[other].end, one.start)
        return noun is not None and self.text[one.start - 1 : one.start] in ("は", "が") and self.told_past(place)

    def _of_the_lead(self, place: int, other: int, day: int) -> bool:
        """Whether a bare day goes back to one told of the document's month, over a date of long before (昨年7月…。同社は19日、…)."""
        if day not in self.bare or self.high is None:
            return False
        year, month, _ = parts(self.values[other])
        if year is None or month is None or (self.high.year - year) * 12 + self.high.month - month < 2:
            return False
        return "。" in self.text[self.found[other].end : self.found[place].start]

    def _in_order(self, place: int, day: int) -> int | None:
        """The date of an item before, where its month puts a bare day between it and the next date of the list.

        ・2月10日 …を検知 ・連休明けの13日に相談 ・2月15日より調査, in a text of March.
        """
        before = self.mention(place, "day")
        if before is None or not 0 < self.line[place] - self.line[before] <= 2 or self.high is None:
            return None
        year, month, told = parts(self.values[before])
        if year is None or month is None or told is None or day < told or self.planned(place):
            return None
        for one in self.found[place + 1 : place + 6]:
            _, after, then = parts(one.value_raw)
            if after is None or then is None or one.value_raw.startswith("REF"):
                continue
            return (
                before
                if (after, then) >= (month, day) and after - month in (0, 1) and month != self.high.month
                else None
            )
        return None

    def _clock(self, place: int, clock: str) -> Resolved:
        """A time of day alone: the day of the line, of the heading, of the mention before."""
        one = self.found[place]
        other: int | None = place - 1 if one.role == "end" else self.mention(place, "day", same_line=True)
        anchor = "range_partner" if one.role == "end" else "previous_mention"
        if other is None:
            head = self.heading(place)
            other = head if head is not None else self.mention(place, "day")
        if other is not None and parts(self.values[other])[2] is not None:
            if clock.startswith("TXX:"):
                clock = f"T{self.found[other].value_raw.rpartition('T')[2][:2]}{clock[3:]}"
            elif one.role == "end":
                clock = _carried(self.values[other].rpartition("T")[2], clock, one.text)
            else:
                clock = self._half_of_day(place, clock)
            clock = self._past_midnight(place, other, clock)
            return Resolved(compose(*parts(self.values[other]), clock), anchor, other, "day told before")
        if self.day is not None and not self.mentions:
            return Resolved(self.day.isoformat() + clock, "document_date", None, "day of publication")
        return Resolved(f"XXXX-XX-XX{clock}", "none", None, "nothing gives the day")

    def _half_of_day(self, place: int, clock: str) -> str:
        """午後8時に始まり、8時半に…: the half of the day that a sentence has named holds for its next bare hour.

        Not for an hour that would then lie before the one told, nor for a clock with its zero (08:30).
        """
        one = self.found[place]
        if ":" not in clock or not place or re.match(r"[0０][0-9０-９]", one.text) or not one.text[0].isdecimal():
            return clock
        before = self.found[place - 1]
        told = self.values[place - 1].rpartition("T")[2] if before.type == "TIME" else ""
        if _patterns()["sentence_end"].search(self.text, before.end, one.start) or not told:
            return clock
        if ":" not in told:
            hour = int(clock[1:3])
            return f"T{hour + 12}{clock[3:]}" if hour in _HOURS_OF_PART.get(told, ()) else clock
        if place - 1 not in self.carried and not _patterns()["second_half"].search(before.text):
            return clock
        moved = _carried(told, clock, one.text)
        if moved != clock:
            self.carried.add(place)
        return moved

    def _past_midnight(self, place: int, other: int, clock: str) -> str:
        """深夜3時 after an evening of the same line, and the end of a range that would lie before its start, are the next day's."""
        hour, colon, minute = clock[1:].partition(":")
        told = self.values[other].rpartition("T")[2]
        if not colon or int(hour) > 12 or self.line[place] != self.line[other]:
            return clock
        evening = told in ("AF", "EV", "NI") or (":" in told and told[:2] >= "12")
        small = int(hour) <= 5 and _patterns()["small_hours"].match(self.found[place].text) and evening
        ends_before = self.found[place].role == "end" and ":" in told and told[:5] > f"{hour}:{minute[:2]}"
        if not small and not (ends_before and evening):
            return clock
        return f"T{int(hour) + 24:02d}:{minute}"

    def _weekday(self, place: int, raw: str) -> Resolved:
        """A weekday alone: the last one up to the day of publication, the next one where the sentence tells a plan."""
        number, mark, clock = raw[9:].partition("T")
        if self.day is None:
            return Resolved(raw, "none", None, "the document's day is not known")
        back = (self.day.isoweekday() - int(number)) % 7
        day = self.day - timedelta(days=back)
        if self.planned(place) and back:
            day += timedelta(days=7)
        return Resolved(
            day.isoformat() + mark + clock, "document_date", None, "the weekday nearest the document's date"
        )

    def _weekday_after(self, place: int, unit: str, by: int, number: int, clock: str) -> Resolved:
        """翌週の金曜, 翌金曜日: the weekday of the week after the day told before, the next one after that day."""
        other = self.mention(place, "day")
        told = day_of(self.values[other]) if other is not None else None
        if told is None:
            return Resolved(f"XXXX-WXX-{number}{clock}", "none", other, "no day told before")
        if unit == "week":
            day = told - timedelta(days=told.weekday()) + timedelta(weeks=by, days=number - 1)
        else:
            day = told + timedelta(days=(number - told.isoweekday() - 1) % 7 + 1)
        return Resolved(day.isoformat() + clock, "previous_mention", other, "the weekday after the mention before")

    def _same_time(self) -> Resolved:
        """同時刻: the last clock told."""
        for other in reversed(self.mentions[-24:]):
            if ":" in self.values[other]:
                return Resolved(self.values[other], "previous_mention", other, "the time told before")
        return Resolved("XXXX-XX-XX", "none", None, "no time of day told before")

    def _half_to(self, place: int, month: int) -> Resolved:
        year, anchor, other, note = self.year_of(place, month, None)
        return Resolved("XXXX" if year is None else half_to(year, month), anchor, other, note)

    def _nth_business_day(self, place: int, numbers: list[int]) -> Resolved:
        """第3営業日: of the month that is named, of the month told in the line, else of the document's, past preferred."""
        count = numbers[-1]
        if len(numbers) == 2:
            year, anchor, other, note = self.year_of(place, numbers[0], None)
            if year is None:
                return Resolved(compose(None, numbers[0], None), "none", None, note)
            return Resolved(nth_business_day(year, numbers[0], count).isoformat(), anchor, other, note)
        before = self.mention(place, "month", same_line=True)
        year, month, _ = parts(self.values[before]) if before is not None else (None, None, None)
        if year is not None and month is not None:
            day = nth_business_day(year, month, count)
            return Resolved(day.isoformat(), "previous_mention", before, "month told before in the line")
        if before is not None or self.day is None:
            return Resolved("XXXX-XX-XX", "none", None, "nothing gives the month")
        day = nth_business_day(self.day.year, self.day.month, count)
        if (day > self.day) != self.planned(place) and day != self.day:
            year, month = _month(shift_month(self.day.year, self.day.month, 1 if self.planned(place) else -1))
            day = nth_business_day(year, month, count)
        return Resolved(day.isoformat(), "document_date", None, "month of the document")

    def _holiday(self, place: int, base: str) -> Resolved:
        """GW明け is the first working day after 5 May, お盆 13 to 16 August: of the year told in the line, else the nearest."""
        before = self.mention(place, "month", same_line=True)
        year, anchor, note = parts(self.values[before])[0] if before is not None else None, "previous_mention", ""
        month = 5 if base == "gw_end" else 8
        if year is None:
            if self.high is None:
                return Resolved("XXXX", "none", None, "the document's year is not known")
            before, anchor, year = None, "document_date", self.high.year
            if self.planned(place):
                year += self.high.month > month
            elif self.high.month < month:
                year -= 1
        note = "year told before in the line" if before is not None else "the document's date"
        if base == "obon":
            return Resolved(f"{year}-08-13/{year}-08-16", anchor, before, note)
        return Resolved(shift_business_days(date(year, 5, 5), 1).isoformat(), anchor, before, note)

    def _holiday_end(self, place: int) -> Resolved:
        """休み明け: the first working day after the free days that follow the day told before, when free days do."""
        other = self.mention(place, "day", same_line=True)
        told = day_of(self.values[other]) if other is not None else None
        if told is not None:
            day = shift_business_days(told, 1)
            if day - told > timedelta(days=1):
                return Resolved(day.isoformat(), "previous_mention", other, "the first working day after the free days")
        return Resolved("XXXX-XX-XX", "none", None, "no free days told before")

    def _reference(self, place: int, base: str, rest: str) -> Resolved:
        match = _patterns()["rest"].match(rest)
        numbers = [int(part) for part in (match[1] if match else "").split("-") if part]
        code, clock = (match[2] or "", match[3] or "") if match else ("", "")
        if base.startswith(("before:", "after:")):
            return self._distance(place, base)
        scope, _, offset = base.partition("+") if "+" in base else base.partition("-")
        by = (-1 if "-" in base else 1) * int(offset) if offset.isdigit() else 0
        if base in ("year_end", "new_year", "year_turn", "season"):
            turned = self._turn(place, base, code)
            return replace(turned, value=f"{turned.value}{match[1]}") if match and numbers else turned
        if base in ("weekend", "week_start"):
            return self._week_edge(place, base)
        if base in ("gw_end", "obon"):
            return self._holiday(place, base)
        if base == "holiday_end":
            return self._holiday_end(place)
        if base == "nth_business_day":
            return self._nth_business_day(place, numbers)
        if base == "half_to":
            return self._half_to(place, numbers[0])
        if base == "same_time":
            return self._same_time()
        if scope == "year":
            return self._document_year(by, numbers, code, clock)
        if scope == "month":
            return self._document_month(by, numbers, clock)
        if scope == "fy":
            known = self.high is not None and self.year is not None
            year = (self.high.year - (self.high.month < 4) + by) if known and self.high else None
            return Resolved(
                f"FY{year:04d}" if year else "XXXX",
                "document_date" if year else "none",
                None,
                "fiscal year of the document",
            )
        if scope == "week":
            return self._document_week(by, numbers, code, clock)
        if scope == "day":
            return self._document_day(place, by, numbers, clock)
        return self._earlier(place, base, numbers, code, clock)

    def _document_year(self, by: int, numbers: list[int], code: str, clock: str) -> Resolved:
        year = self.year + by if self.year is not None else None
        month, day = [*numbers, None, None][:2]
        anchor = "document_date" if year is not None else "none"
        note = "counted from the document's year" if year is not None else "the document's year is not known"
        if code:
            return Resolved(f"{year if year is not None else 'XXXX'}{code}", anchor, None, note)
        return Resolved(_checked(year, month, day, clock), anchor, None, note)

    def _document_month(self, by: int, numbers: list[int], clock: str) -> Resolved:
        day = numbers[0] if numbers else None
        if (
            self.high is None
            or self.low is None
            or (self.low.year, self.low.month) != (self.high.year, self.high.month)
        ):
            return Resolved(
                compose(None, None, day, clock) if day else "XXXX-XX", "none", None, "the document's month is not known"
            )
        year, month = shift_month(self.high.year, self.high.month, by)
        return Resolved(_checked(year, month, day, clock), "document_date", None, "counted from the document's month")

    def _document_week(self, by: int, numbers: list[int], code: str, clock: str) -> Resolved:
        if code and self.day is None:
            return Resolved(f"XXXX-WXX{code.replace('W', '')}{clock}", "none", None, "the document's day is not known")
        if self.day is None:
            return Resolved(
                compose(None, None, numbers[-1], clock) if numbers else "XXXX-WXX",
                "none",
                None,
                "the document's day is not known",
            )
        around = self.day + timedelta(weeks=by)
        if code:
            day = around + timedelta(days=int(code[2]) - around.isoweekday())
            return Resolved(day.isoformat() + clock, "document_date", None, "weekday of the document's week")
        if len(numbers) == 2:
            return Resolved(
                _checked(around.year, numbers[0], numbers[1], clock), "document_date", None, "the document's year"
            )
        if numbers:
            near = [around + timedelta(days=n) for n in range(-7, 8) if (around + timedelta(days=n)).day == numbers[0]]
            if near:
                return Resolved(near[0].isoformat() + clock, "document_date", None, "counted from the document's week")
        year, week, _ = around.isocalendar()
        return Resolved(f"{year}-W{week:02d}", "document_date", None, "counted from the document's week")

    def _document_day(self, place: int, by: int, numbers: list[int], clock: str) -> Resolved:
        if len(numbers) == 2:
            year, anchor, other, note = self.year_of(place, numbers[0], numbers[1])
            if self.day is not None:
                year, anchor, other, note = self.day.year, "document_date", None, "the document's year"
            return Resolved(_checked(year, numbers[0], numbers[1], clock), anchor, other, note)
        if self.day is None:
            if by == 0 and not numbers and not clock:
                return Resolved("PRESENT_REF", "none", None, "the day of publication is not known")
            return Resolved(
                compose(None, None, numbers[0] if numbers else None, clock or "") if numbers or clock else "XXXX-XX-XX",
                "none",
                None,
                "the day of publication is not known",
            )
        moved = (self._noted(place) or self.day) + timedelta(days=by)
        if by == 0 and numbers == [1] and moved.day != 1:
            return Resolved(moved.isoformat() + clock, "document_date", None, "1日 here means all day")
        if numbers and is_day(moved.year, moved.month, numbers[0]):
            moved = moved.replace(day=numbers[0])
        return Resolved(moved.isoformat() + clock, "document_date", None, "counted from the day of publication")

    def _noted(self, place: int) -> date | None:
        """The day of the note that the line opens with (【追記 6月25日】昨日、…): it was written then."""
        other = self.mention(place, "day", same_line=True)
        if (
            other is None
            or _patterns()["noted"].search(self.text, max(0, self.found[other].start - 12), self.found[other].start)
            is None
        ):
            return None
        return day_of(self.values[other])

    def _earlier(self, place: int, base: str, numbers: list[int], code: str, clock: str) -> Resolved:
        """同日, 翌月 and the like: counted from the mention before."""
        which, _, unit = base.partition("_")
        by = {"compared": -1, "same": 0, "prev": -1, "prev2": -2, "next": 1, "next2": 2}[which]
        if code.startswith("-W") and code[2].isdigit():
            return self._weekday_after(place, unit, by, int(code[2]), clock)
        if which == "compared":
            return self._compared()
        if unit == "fy":
            other = self.mention(place, "fy")
            if other is not None and self.values[other].startswith("FY"):
                told = int(self.values[other][2:6]) + by
                return Resolved(f"FY{told:04d}{code}", "previous_mention", other, "fiscal year told before")
            year, month, _ = parts(self.values[other]) if other is not None else (None, None, None)
            if year is None:
                return Resolved(f"XXXX{code}", "none", None, "no year told before")
            return Resolved(
                f"FY{year - (month is not None and month < 4) + by:04d}{code}",
                "previous_mention",
                other,
                "fiscal year told before",
            )
        need = {"year": "year", "month": "month"}.get(unit, "day")
        other = self.antecedent(place, need)
        if base == "next_day" and len(numbers) == 1:
            other = self._eve(place, numbers[0], other)
        if other is None and unit == "day" and numbers:
            other = self.mention(place, "month")
        if other is None:
            return self._unanchored(place, unit, numbers, code, clock)
        year, month, day = parts(self.values[other])
        anchor, note = "previous_mention", "counted from the mention before"
        if unit == "year" and len(numbers) == 1 and not code and re.match("翌[0-9０-９]", self.found[place].text):
            beside = self.mention(place, "month")  # 昨年9月末に退職し、翌10月: the next month of that number
            year, month, _ = parts(self.values[beside]) if beside is not None else (year, None, None)
            if year is not None and month is not None:
                return Resolved(_checked(year + (numbers[0] <= month), numbers[0], None, clock), anchor, beside, note)
        if unit == "year":
            year = year + by if year is not None else None
            if code:
                return Resolved(f"{year if year is not None else 'XXXX'}{code}", anchor, other, note)
            new_month, new_day = [*numbers, None, None][:2]
            if year is None and new_month is None:
                return Resolved("XXXX", "none", other, "the year told before is not known")
            return Resolved(_checked(year, new_month, new_day, clock), anchor, other, note)
        if month is None:
            return self._day_alone(other, by, unit, numbers, day, clock)
        if unit == "month":
            year, month = shift_month(year, month, by)
            return Resolved(_checked(year, month, numbers[0] if numbers else None, clock), anchor, other, note)
        if len(numbers) == 2:
            if year is not None:
                year += (which == "next" and numbers[0] < month) - (which == "prev" and numbers[0] > month)
            return Resolved(_checked(year, numbers[0], numbers[1], clock), anchor, other, note)
        if numbers:
            if which == "next" and day is not None and numbers[0] < day:
                year, month = shift_month(year, month, 1)
            return Resolved(_checked(year, month, numbers[0], clock), anchor, other, note)
        if day is None:
            return Resolved(f"XXXX-XX-XX{clock}", "none", None, "no day told before")
        if unit == "week":
            if year is None:
                return Resolved("XXXX-WXX", "none", other, "the year told before is not known")
            iso = (date(year, month, day) + timedelta(weeks=by)).isocalendar()
            return Resolved(f"{iso[0]}-W{iso[1]:02d}", anchor, other, note)
        if unit == "business_day" and year is not None:
            moved = shift_business_days(date(year, month, day), 1)
            year, month, day = moved.year, moved.month, moved.day
        else:
            year, month, day = shift_day(year, month, day, by)
        return Resolved(compose(year, month, day, clock), anchor, other, note)

    def _eve(self, place: int, day: int, nearest: int | None) -> int | None:
        """翌19日: the day told last that a 19日 follows (…18日に発生。20日より支援。翌19日からは休診), else the nearest."""
        for other in reversed(self.mentions[-24:]):
            if self.line[place] - self.line[other] > 2:
                break
            year, month, told = parts(self.values[other])
            if month is not None and told is not None and shift_day(year, month, told, 1)[2] == day:
                return other
        return nearest

    def _compared(self) -> Resolved:
        """前年同期: the quarter or half told before, of the year before."""
        for other in reversed(self.mentions[-24:]):
            value = self.values[other]
            if value.startswith("FY") and "-" in value:
                told = f"FY{int(value[2:6]) - 1:04d}{value[6:]}"
                return Resolved(told, "previous_mention", other, "the part of the year told before, a year earlier")
        return Resolved("XXXX", "none", None, "no part of a year told before")

    def _day_alone(self, other: int, by: int, unit: str, numbers: list[int], day: int | None, clock: str) -> Resolved:
        """同日, 翌日 after a 19日 whose month nothing gives: the day moves as far as every month allows."""
        if numbers:
            month, number = (numbers[0], numbers[1]) if len(numbers) == 2 else (None, numbers[0])
            return Resolved(_checked(None, month, number, clock), "none", other, "the month told before is not known")
        moved = (day or 0) + by if unit == "day" else 0
        known = moved if 1 <= moved <= 28 or (by == 0 and moved) else None
        anchor = "previous_mention" if known else "none"
        return Resolved(
            compose(None, None, known) + clock if known else f"XXXX-XX-XX{clock}",
            anchor,
            other,
            "counted from the day told before",
        )

    def _unanchored(self, place: int, unit: str, numbers: list[int], code: str, clock: str) -> Resolved:
        """No earlier mention: what the words themselves say, with the year of the text where month and day are told."""
        if (unit == "year" and numbers) or len(numbers) == 2:
            month, day = [*numbers, None][:2]
            assert month is not None
            if unit != "year":
                year, anchor, other, note = self.year_of(place, month, day)
                return Resolved(_checked(year, month, day, clock), anchor, other, note)
            return Resolved(_checked(None, month, day, clock), "none", None, "no year told before")
        if unit == "year":
            return Resolved(f"XXXX{code}", "none", None, "no year told before")
        if unit == "week":
            return Resolved("XXXX-WXX", "none", None, "no week told before")
        if unit == "month" and not numbers:
            return Resolved("XXXX-XX", "none", None, "no month told before")
        return Resolved(
            f"XXXX-XX-{numbers[0]:02d}{clock}" if numbers else f"XXXX-XX-XX{clock}", "none", None, "no day told before"
        )

    def _turn(self, place: int, base: str, code: str) -> Resolved:
        """年末, 年明け, 年末年始 and a bare season: the year told before in the line, else the turn nearest the document."""
        before = self.mention(place, "month", same_line=True)
        year, month, _ = parts(self.values[before]) if before is not None else (None, None, None)
        anchor, note = "previous_mention", "year told before in the line"
        if year is None:
            if self.high is None:
                return Resolved(f"XXXX{code}", "none", None, "the document's year is not known")
            year, month, before = self.high.year, self.high.month, None
            anchor, note = "document_date", "the document's date"
            if base in ("year_end", "year_turn") and not self.planned(place) and month < 11:
                year -= 1
            elif base == "new_year" and (self.planned(place) or (month >= 11 and not self._happened(place))):
                year += 1
            elif base == "season":
                begin = {"-SP": 3, "-SU": 6, "-FA": 9, "-WI": 12}[code]
                year += (begin < month - 2) if self.planned(place) else -(begin > month)
        elif base == "new_year" and month is not None and month >= 10:
            year += 1
        if base == "year_turn":
            return Resolved(f"{year}-12-29/{year + 1}-01-03", anchor, before, note)
        return Resolved(f"{year}{code}", anchor, before, note)

    def _week_edge(self, place: int, base: str) -> Resolved:
        """週末 and 週明け: the one that follows the day told before in the line, else the last before the document, or the next."""
        before = self.mention(place, "day", same_line=True)
        told = day_of(self.values[before]) if before is not None else None
        anchor, note = "previous_mention", "the day told before in the line"
        if told is None:
            if self.day is None:
                return Resolved("XXXX-WXX", "none", None, "the document's day is not known")
            told, before, anchor, note = self.day, None, "document_date", "counted from the day of publication"
            if not self.planned(place):
                told -= timedelta(days=7 if told.weekday() < 5 else told.weekday() - 4)
        if base == "week_start":
            return Resolved((told + timedelta(days=7 - told.weekday())).isoformat(), anchor, before, note)
        iso = told.isocalendar()
        return Resolved(f"{iso[0]}-W{iso[1]:02d}-WE", anchor, before, note)

    def _working_days(self, place: int, count: int) -> Resolved:
        """N営業日後: working days from the day told before, week-ends and public holidays left out."""
        other = self.mention(place, "day")
        told = day_of(self.values[other]) if other is not None else None
        if told is None:
            return Resolved("XXXX-XX-XX", "none", None, "what it is counted from has no day")
        moved = shift_business_days(told, count)
        return Resolved(moved.isoformat(), "previous_mention", other, "working days from the mention before")

    def _distance(self, place: int, base: str) -> Resolved:
        """N前, N後: counted from the mention before; N前 with nothing before it from the document's day."""
        side, _, distance = base.partition(":")
        sign = -1 if side == "before" else 1
        if distance.startswith("B"):
            return self._working_days(place, sign * int(distance[1:]))
        if self.text[: self.found[place].end].endswith("先") and self.day is not None:
            ahead = move(self.day.isoformat(), distance, 1)
            if ahead is not None:
                return Resolved(ahead, "document_date", None, "counted from the day of publication")
        other = self.mention(place, "year")
        if sign > 0 and other is not None:
            moved = move(self.values[other], distance, sign)
            if moved is not None:
                return Resolved(moved, "previous_mention", other, "counted from the mention before")
            told = self._between(self.values[other], distance)
            if told is not None:
                return Resolved(told, "previous_mention", other, "two dates of the text lie that far apart")
        if (
            sign < 0
            and self.day is not None
            and not re.search(r"[るた]\s*$", self.text[: self.found[place].start][-3:])
        ):
            moved = move(self.day.isoformat(), distance, sign)
            if moved is not None:
                return Resolved(moved, "document_date", None, "counted from the day of publication")
        return Resolved("XXXX", "none", None, "what it is counted from has no date")

    def _between(self, coarse: str, distance: str) -> str | None:
        """The start is known by its year only: take the end that the text's own dates, that far apart, agree on."""
        if (coarse, distance) not in self.distances:
            within = [value for value in self.months_told if value.startswith(f"{coarse}-")]
            ends = {moved for value in within if (moved := move(value, distance, 1)) in self.months_told}
            self.distances[coarse, distance] = next(iter(ends)) if len(ends) == 1 else None
        return self.distances[coarse, distance]


def _rolled(one: Resolved) -> Resolved:
    """An hour past midnight is one of the next day: 2020-09-07T26:00 is 2020-09-08T02:00."""
    head, _, clock = one.value.partition("T")
    if not clock[:2].isdigit() or int(clock[:2]) < 24:
        return one
    clock = f"T{int(clock[:2]) - 24:02d}{clock[2:]}"
    day = day_of(head)
    if day is not None:
        head = (day + timedelta(days=1)).isoformat()
    elif re.fullmatch(r"XXXX-\d\d-\d\d", head):
        head = compose(*shift_day(None, int(head[5:7]), int(head[8:]), 1))
    elif re.fullmatch(r"XXXX-XX-(?:0[1-9]|1\d|2[0-7])", head):
        head = f"XXXX-XX-{int(head[8:]) + 1:02d}"
    elif head.startswith("XXXX-XX-"):
        head = "XXXX-XX-XX"
    else:
        return one
    return replace(one, value=head + clock, note="; ".join(filter(None, (one.note, "past midnight, the next day"))))


def _carried(start: str, clock: str, written: str) -> str:
    """午後6時19分から7時: the afternoon holds for the end of the range when that end would else lie before its start."""
    if written[:1] in "午朝夜昼夕" or ":" not in start or ":" not in clock:
        return clock
    hour, _, minute = clock[1:].partition(":")
    if int(hour) < 12 <= int(start[:2]) and int(hour) + 12 >= int(start[:2]):
        return f"T{int(hour) + 12:02d}:{minute}"
    return clock


def _month(pair: tuple[int | None, int]) -> tuple[int, int]:
    year, month = pair
    assert year is not None
    return year, month


def _checked(year: int | None, month: int | None, day: int | None, clock: str) -> str:
    """Compose a value; a day that the month has not (同年2月29日) leaves the year open, or the day."""
    if month is not None and day is not None and not is_day(year, month, day):
        return compose(None, month, day, clock) if is_day(None, month, day) else compose(year, month, None)
    return compose(year, month, day, clock)


def resolve(
    found: Sequence[FoundTime],
    text: str,
    *,
    published: str | None = None,
    paragraphs: Sequence[tuple[int, int]] | None = None,
    headings: Sequence[tuple[int, int, int]] | None = None,
) -> list[Resolved]:
    """Return for each time of ``found`` its value, in the same order.

    ``published`` is the document's date in EDTF (a day, a month, ``[a..b]``) or None; ``paragraphs`` are spans of lines
    in code points, by default the lines of ``text``; ``headings`` are (start, end, end of scope): a date in the heading
    holds for the scope. What nothing in the text gives stays X. Never raises for times that ``find`` made.
    """
    story = _Narrative(found, text, published, paragraphs, headings)
    resolved: list[Resolved] = []
    notes = _update_notes(found, text, headings or ())
    written, until = (story.low, story.high, story.day, story.year), -1
    for place in range(len(found)):
        if until >= 0 and found[place].start >= until:
            story.low, story.high, story.day, story.year = written
            until = -1
        one = story.read(place)
        if place in notes and (day := day_of(one.value)):
            story.low = story.high = story.day = day
            story.year = day.year
            until = notes[place]
        story.values[place] = one.value
        if found[place].type in ("DATE", "TIME") and (
            any(parts(one.value)) or (one.value.startswith("FY") and "compared" not in found[place].value_raw)
        ):
            story.mentions.append(place)
        resolved.append(one)
    return _appositions(found, text, resolved)


def _update_notes(found: Sequence[FoundTime], text: str, headings: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Return the times that head what was added to a text later (【10月4日追記】), each with the end of what it heads.

    昨日 and 現在 in it are counted from that day. A note on a line of its own heads what stands up to the next heading.
    """
    notes: dict[int, int] = {}
    scopes = sorted(headings)
    starts = [start for start, _, _ in scopes]
    for place, one in enumerate(found):
        if one.type != "DATE":
            continue
        begin = text.rfind("\n", max(0, one.start - 13), one.start) + 1
        if one.start - begin > 12 or not _patterns()["note_before"].fullmatch(text, begin, one.start):
            continue
        behind = _patterns()["note_behind"].match(text, one.end)
        if behind is None or not ("追" in text[begin : one.start] or behind["word"]):
            continue
        stop = text.find("\n", behind.end())
        stop = len(text) if stop < 0 else stop
        if text[behind.end() : stop].strip():
            notes[place] = stop
        else:
            following = bisect_right(starts, one.start)
            notes[place] = starts[following] if following < len(starts) else len(text)
    return notes


def _appositions(found: Sequence[FoundTime], text: str, resolved: list[Resolved]) -> list[Resolved]:
    """2年以上前の16年4月 names one time twice: the distance takes the date's value, and so does its repetition."""
    named: dict[str, int] = {}
    for place in range(len(found) - 1):
        one, after = found[place], found[place + 1]
        distance = one.value_raw.startswith(("REF:before:", "REF:after:", "REF:holiday_end")) and after.type in (
            "DATE",
            "TIME",
        )
        beside = distance and text[one.end : after.start].strip() == "の"
        if beside and "X" not in resolved[place + 1].value:
            resolved[place] = Resolved(
                resolved[place + 1].value, "previous_mention", place + 1, "the date named beside it"
            )
            named.setdefault(one.text, place + 1)
    for place, one in enumerate(found):
        if resolved[place].anchor == "none" and one.value_raw.startswith("REF:") and one.text in named:
            source = named[one.text]
            resolved[place] = Resolved(
                resolved[source].value, "previous_mention", source, "the same words, dated elsewhere"
            )
    return resolved
