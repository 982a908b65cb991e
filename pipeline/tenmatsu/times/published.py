"""The day on which a text was first made public, worked out from what it prints; nothing is guessed.

In this order: the oldest entry of an update history, a labelled date (公開日), a date line near the top, a date line
at the foot, the date in brackets that closes a report, none of them older than what the text says was done; else the bounds between the latest announcement that the text looks back on and the first plan it has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from tenmatsu.times.calendar import day_of, is_day, parts, weekday_fits
from tenmatsu.times.find import FoundTime
from tenmatsu.times.resolve import weekday_year


@dataclass(frozen=True, slots=True)
class Published:
    """``value`` is EDTF (a day, or ``[a..b]``) or None; ``basis`` is ``text[start:end]``, the words that show it."""

    value: str | None = None
    basis: str | None = None
    start: int = 0
    end: int = 0


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "history": re.compile(r"(?:更新|改訂|変更|修正)履歴\s*$"),
        "note": re.compile(r"^[【〔［\[（(＜<※]?[^。]{4,24}(?:追記|更新)[】〕］\]）)＞>]?$"),
        "first_entry": re.compile(r"新規(?:作成|公開|掲載|投稿)|初版|初稿|(?:記事)?公開|掲載開始"),
        "label": re.compile(
            r"(?:公開日?時?|掲載日?時?|投稿日?時?|発表日?時?|公表日|配信日?時?|発行日|初版|掲載|作成日|投稿|(?<![A-Za-z])(?:[Dd]ate|DATE|[Pp]osted(?: on)?|[Pp]ublished(?: on)?))\s*[:：|｜]?\s*[(（\[]?\s*$"
        ),
        # a line that labels the day below it as one of the incident
        "step_label": re.compile(
            r"(?:日時|期間|時期|年月日|(?:発生|発覚|判明|認知|検知|覚知|発見|確認|把握|侵入|感染|被害|攻撃|漏え?い|漏洩|流出|紛失|盗難|送信)(?:した)?(?:の)?日)[)）】\]〕>＞]?\s*[:：]?\s*$"
        ),
        # the part of a site that stands beside the day (お知らせ | 2024年5月1日)
        "rubric": re.compile(
            r"[【\[]?(?:(?:重要|緊急|新着)な?)?(?:お知らせ|ニュース(?:リリース)?|プレスリリース|報道(?:発表)?(?:資料)?|トピックス|更新情報|新着情報|NEWS|News)[】\]]?"
        ),
        # a title's day stands at its edge, set off by a blank or a bracket
        "title_before": re.compile(
            r"\s?(?:付け?|掲載|公開|発表|公表|配信)?[)）\]】]?[ \t\u3000|｜]+(?!に|から|より|まで|以降|頃|ごろ|付け?で|時点|発生|実施|開催|現在|[0-9０-９])\S"
        ),
        "title_behind": re.compile(
            r"\s?(?:付け?|掲載|公開|発表|公表|配信|第\s?[0-9０-９一二三四五六七八九十]{1,2}\s?報)?\s?[)）\]】〕]?\s*$"
        ),
        "updated": re.compile(r"(?:最終)?(?:更新|改訂)日?時?\s*[:：]?\s*$"),
        "updated_behind": re.compile(r"\s*(?:最終)?(?:更新|改訂)\s*[)）\]】〕]\s*$"),
        # who signs beside the date in the first line
        "signer": re.compile(
            r"[ \u3000]+[^。、はがをにでも:：\s|｜]{0,20}(?:会社|法人|銀行|証券|病院|大学|学校|組合|協会|機構|財団|連盟)[^。、はがをにでも:：\s|｜]{0,20}\s*$"
        ),
        "delivered": re.compile(r"\s*(?:配信|公開|掲載|投稿|発表|付け?\s*$|作成)(?:\s|$|[)）\]])"),
        "edge": re.compile(
            r"[\s　()（）\[\]【】|｜・/／,，:：〈〉<>\-–—]*(?:(?:各位|付け?|発表|[朝夕]刊|[A-Z]{2,4})[\s　)）】]*)?$"
        ),
        "closing": re.compile(
            r"[(（〔\[][^()（）。、はがをに]{0,20}[)）〕\]]|.{0,16}(?:新聞|通信|ニュース|放送|編集部|記者)[^。、はがをに]{0,8}"
        ),
        # who stands before the date of a byline
        "desk": re.compile(
            r"(?:[発行社局課院学)）|]|新聞|新報|日報|時報|放送|通信|テレビ|ニュース|オンライン|デジタル|電子版|タイム[ズス]|編集部)"
            r"(?:[ \u3000]+(?:社会|経済|政治|国際|地域|地方|事件|科学|総合|全国|企業|IT|ＩＴ|速報|くらし))?$"
        ),
        "plans": re.compile(r"今後|予定|計画|再発防止|スケジュール|見通し"),
        "byline": re.compile(r"^[^。、はがをにでも\n]{0,40}$"),
        "announced": re.compile(
            r"(?:付け?)?(?:で|に|の)?[^。\n]{0,12}?(?:に|で|の)?(?:公表|発表|お知らせ|公開|ご?報告)(?:いた|致)?し(?:ました|た)"
        ),
        "plan": re.compile(r"(?:付け?)?[^。\n]{0,60}?(?:予定|見込み?)(?:です|でお?|であ|と|。|$)?"),
        "own_voice": re.compile(
            r"当社|弊社|当院|当行|当校|本学|本院|当協会|当組合|当財団|本市|当市|本県|当店|当グループ|当センター|当機構|当法人"
        ),
        # what was done by then: the predicate of the clause behind a date
        "past": re.compile(
            r"[^。\n]{0,80}?(?:ました|[しっいきぎちりびみれけせげてべ]た|[んい]だ)(?:。|、|$|と|こと|ため|が)"
        ),
        "done": re.compile(
            r"[^。\n]{0,60}(?:検知|発見|確認|判明|発覚|侵入|感染|相談|公表|報告|停止|遮断|復旧|受領|発生|届出|通報)[。\s]*$"
        ),
        "ahead": re.compile(r"[^。\n]{0,80}?(?:予定|見込|以降|までに|期限|目途|めど|目標|計画|つもり|次第|場合)"),
        "added": re.compile(r"追記|更新|追加(?:情報|報告)|続報|第\s?[0-9０-９一二三四五六七八九十]+\s?報"),
    }


_STORY = ("paragraph", "item", "row")


@dataclass(frozen=True, slots=True)
class _Years:
    """What the weekdays of a text say of its years: the year that they fix, and the years that it prints."""

    fixed: int | None
    printed: frozenset[int]

    def day(self, one: FoundTime) -> date | None:
        """Return the day that a time names, None where it names none.

        A day without a year takes the one that all weekdays together fix. A printed year that its weekday denies gives
        way to the one year printed elsewhere in which the day falls on it (2012年12月13日(月) in a text of 2021).
        """
        year, month, number = parts(one.value_raw)
        if month is None or number is None or one.value_raw.startswith("REF"):
            return None
        if year is None:
            tried = [] if self.fixed is None or not one.weekday else [self.fixed, self.fixed - 1]
            year = next((other for other in tried if weekday_fits(other, month, number, one.weekday)), None)
        elif one.weekday and not weekday_fits(year, month, number, one.weekday):
            fitting = [other for other in self.printed if weekday_fits(other, month, number, one.weekday)]
            year = fitting[0] if len(fitting) == 1 else year
        return date(year, month, number) if year is not None and is_day(year, month, number) else None


def _years(found: Sequence[FoundTime]) -> _Years:
    printed = {parts(one.value_raw)[0] for one in found if one.type in ("DATE", "TIME")}
    return _Years(weekday_year(found), frozenset(year for year in printed if year is not None))


def _days(found: Sequence[FoundTime], start: int, end: int, years: _Years) -> list[tuple[FoundTime, date]]:
    days = []
    for one in found:
        if start <= one.start and one.end <= end and one.type in ("DATE", "TIME"):
            day = years.day(one)
            if day is not None:
                days.append((one, day))
    return days


def infer_published(text: str, found: Sequence[FoundTime], lines: Sequence[tuple[int, int, str]]) -> Published:
    """Return the day on which ``text`` was first made public, and the words that show it.

    ``found`` is what ``find(text)`` gave, ``lines`` are (start, end, role) in code points, blank lines left out; roles
    are those of ``records.Line``. ``value`` is None where the text does not show it. Never raises.
    """
    by_line = _by_line(found, lines)
    return (
        _from_history(text, by_line, lines)
        or _from_label(text, by_line, lines)
        or _from_date_line(text, found, by_line, lines)
        or _from_bounds(text, found)
        or Published()
    )


def _by_line(found: Sequence[FoundTime], lines: Sequence[tuple[int, int, str]]) -> list[list[tuple[FoundTime, date]]]:
    """Return for each line its complete dates."""
    result: list[list[tuple[FoundTime, date]]] = []
    years = _years(found)
    place = 0
    for start, end, _ in lines:
        while place < len(found) and found[place].start < start:
            place += 1
        stop = place
        while stop < len(found) and found[stop].end <= end:
            stop += 1
        result.append(_days(found[place:stop], start, end, years))
        place = stop
    return result


def _line_basis(text: str, one: FoundTime, day: date, end: int) -> Published:
    stop = one.start + len(text[one.start : end].rstrip())
    return Published(day.isoformat(), text[one.start : stop], one.start, stop)


def _from_history(
    text: str, days: list[list[tuple[FoundTime, date]]], lines: Sequence[tuple[int, int, str]]
) -> Published | None:
    inside = False
    entries = []
    for place, (start, end, role) in enumerate(lines):
        line = text[start:end].strip()
        if _patterns()["history"].search(line) and len(line) <= 20:
            inside = True
            continue
        if role == "history" and not inside and place >= 6 and _patterns()["note"].search(line):
            continue  # 10月4日追記, in the middle of the text: it came out before
        if role == "history" or (inside and days[place]):
            entries += [(day, one, end) for one, day in days[place][:1]]
        elif inside:
            inside = False
    if not entries:
        return None
    first = [entry for entry in entries if _patterns()["first_entry"].search(text[entry[1].end : entry[2]])]
    day, one, end = min(first or entries, key=lambda entry: (entry[0], entry[1].start))
    return _line_basis(text, one, day, end)


def _from_label(
    text: str, days: list[list[tuple[FoundTime, date]]], lines: Sequence[tuple[int, int, str]]
) -> Published | None:
    updated: Published | None = None
    for place, (start, end, role) in enumerate(lines):
        if role in ("footnote", "source"):
            continue
        for one, day in days[place]:
            if one.start - start > 40:
                break
            before = text[start : one.start]
            if role == "label" and place and not before.strip(" \u3000・") and lines[place - 1][2] == "label":
                above = text[lines[place - 1][0] : lines[place - 1][1]].strip(" \u3000:：】]")
                if _patterns()["label"].search(above):
                    return Published(day.isoformat(), one.text, one.start, one.end)
                continue
            if _patterns()["label"].search(before):
                return Published(day.isoformat(), text[start : one.end].strip(), *_trim(text, start, one.end))
            if (
                place < 15
                and _patterns()["delivered"].match(text, one.end, end)
                and end - start <= 60
                and len(before) <= 20
            ):
                return Published(day.isoformat(), text[one.start : end].strip(), *_trim(text, one.start, end))
            headed = place < 6 and end - start <= 40 and _patterns()["updated_behind"].match(text, one.end, end)
            if updated is None and (headed or _patterns()["updated"].search(before)) and len(before) <= 20:
                updated = Published(day.isoformat(), text[start : one.end].strip(), *_trim(text, start, one.end))
    return updated


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _from_date_line(
    text: str,
    found: Sequence[FoundTime],
    days: list[list[tuple[FoundTime, date]]],
    lines: Sequence[tuple[int, int, str]],
) -> Published | None:
    alone = []
    closing = None
    story = _story(text, found, lines)
    for place, (start, end, role) in enumerate(lines):
        signed_first = role == "row" and (
            (place == 0 and _signed(text, days[place], end, lines))
            or (
                _byline_row(place, lines)
                and not _was_done(text, max((one.end for one, _ in days[place]), default=start), end, role)
            )
        )
        if not signed_first and role in ("row", "item", "header_row", "label", "footnote", "source", "history"):
            continue
        if not days[place] or (len(days[place]) > 1 and role != "title"):
            continue
        if end - start > (120 if role == "title" else 80):
            continue
        one, day = days[place][-1]  # the title's own day stands behind those that it tells of
        if place and _patterns()["step_label"].search(text, *lines[place - 1][:2]):
            continue
        if story.refutes(place, day):
            continue
        before, after = text[start : one.start].strip(" \u3000(（〔[【"), text[one.end : end]
        beside = _patterns()["rubric"].fullmatch((text[start : one.start] + after).strip(" \u3000|｜/・:："))
        if not beside and _titled(text, start, end, one, role, place):
            alone.append((place, one, day))
            continue
        if beside and place < 6:
            alone.append((place, one, day))
            continue
        if "|" in text[start:end] or "\t" in text[start:end]:
            continue
        rest = text[start : one.start] + after
        if place >= len(lines) - 4 and place and _patterns()["closing"].fullmatch(rest.strip()):
            closing = (place, one, day)  # (2019年11月28日 X新聞) closes a report
        bare = not before and _patterns()["edge"].match(after)
        signed = not before and place < 12 and _patterns()["byline"].match(after) and end - start <= 50
        mirrored = (
            after.strip() in ("", "朝刊", "夕刊")
            and place < 12
            and re.fullmatch(r"[^。、はがをにでもの:：]{0,30}", before)
        )
        # 誤送信について（2024/11/06）: a title that closes with its day
        closes = (
            role in ("title", "heading")
            and place < 4
            and text[max(0, one.start - 1)] in "（("
            and after.strip() in ("）", ")")
        )
        if bare or signed or closes or (mirrored and _patterns()["desk"].search(before)):
            alone.append((place, one, day))
    top = [entry for entry in alone if entry[0] < 6] or (alone if len(alone) == 1 and alone[0][0] < 15 else [])
    if not top and len(alone) == 1 and alone[0][0] >= len(lines) - 5 and _patterns()["own_voice"].search(text):
        top = alone
    if not top and closing is not None and len(alone) <= 1:
        top = [closing]
    if not top:
        return None
    _, one, day = top[0]
    return Published(day.isoformat(), one.text, one.start, one.end)


def _titled(text: str, start: int, end: int, one: FoundTime, role: str, place: int) -> bool:
    """Whether a title's line near the top begins or ends with the day (…のお知らせ 2023年5月9日)."""
    if role != "title" or place >= 6:
        return False
    before = text[start : one.start]
    if not before.strip(" \u3000(（[【"):
        return _patterns()["title_before"].match(text, one.end, end) is not None
    return before[-1] in " \t\u3000(（[【〔|｜" and _patterns()["title_behind"].match(text, one.end, end) is not None


def _byline_row(place: int, lines: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a line of a date and words beside it stands alone near the top (2023年9月21日 5時12分　会員限定記事)."""
    beside = [*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]]
    return place < 6 and all(role != "row" for _, _, role in beside)


def _signed(text: str, days: list[tuple[FoundTime, date]], end: int, lines: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the first line is a date with a name beside it (2021年9月3日　株式会社…), and no chronology begins with it."""
    alone = len(days) == 1 and (len(lines) < 2 or lines[1][2] != "row")
    return alone and _patterns()["signer"].match(text, days[0][0].end, end) is not None


@dataclass(slots=True)
class _Story:
    """The lines whose bare date tells a step, the last day on which something was done, and such days without a year."""

    steps: set[int] = field(default_factory=set)
    last: date = date.min
    yearless: set[tuple[int, int]] = field(default_factory=set)

    def refutes(self, place: int, day: date) -> bool:
        """Whether a text with this story cannot have been published by the date on a line."""
        return place in self.steps or self.last > day or any(_soon_after(day, *one) for one in self.yearless)


def _soon_after(day: date, month: int, number: int) -> bool:
    """Whether a day without a year falls into the three months behind a day; else it is of the year before."""
    return is_day(day.year, month, number) and timedelta(0) < date(day.year, month, number) - day <= timedelta(92)


def _story(text: str, found: Sequence[FoundTime], lines: Sequence[tuple[int, int, str]]) -> _Story:
    """Return what the text says was done, and when.

    A date line above the text is no older than the steps below it: where the first of several date lines with a story
    under each is older than a later one, all of them tell steps. What was added to the text later (追記) tells
    nothing of its day, nor what stands below a heading of plans. A day without a year is of the year that the last thing
    done was told with.
    """
    story = _Story()
    steps: list[tuple[int, date]] = []
    year: int | None = None
    at = 0
    planned = False
    for place, (start, end, role) in enumerate(lines):
        if role == "heading":
            planned = _patterns()["plans"].search(text, start, end) is not None
        while at < len(found) and found[at].start < start:
            at += 1
        step = role == "date_line" and place + 1 < len(lines) and _tells(text, *lines[place + 1])
        told = role in _STORY and not planned and not _patterns()["added"].search(text[start : min(end, start + 60)])
        while at < len(found) and found[at].end <= end:
            one = found[at]
            at += 1
            own, month, number = parts(one.value_raw)
            if one.type not in ("DATE", "TIME") or one.value_raw.startswith("REF") or not (step or told):
                continue
            if month is None or number is None:
                continue
            if step:
                dated = own or (steps[-1][1].year if steps else None)
                if dated is not None and is_day(dated, month, number):
                    steps.append((place, date(dated, month, number)))
            elif _was_done(text, one.end, end, role):
                year = own or year
                if year is None:
                    story.yearless.add((month, number))
                elif is_day(year, month, number):
                    story.last = max(story.last, date(year, month, number))
    if len(steps) > 1 and any(steps[0][1] < day for _, day in steps[1:]):
        story.steps = {place for place, _ in steps}
        story.last = max(story.last, *(day for _, day in steps))
    return story


def _tells(text: str, start: int, end: int, role: str) -> bool:
    """Whether a line under a date tells what happened; a name there signs the text."""
    if role != "paragraph":
        return role in _STORY
    return "。" in text[start:end] or _patterns()["past"].match(text, start, end) is not None


def _was_done(text: str, at: int, end: int, role: str) -> bool:
    """Whether the clause behind a date says that something was done then."""
    patterns = _patterns()
    if patterns["ahead"].match(text, at, end):
        return False
    if patterns["past"].match(text, at, end):
        return True
    return role != "paragraph" and patterns["done"].match(text, at, end) is not None


def _from_bounds(text: str, found: Sequence[FoundTime]) -> Published | None:
    """Bounds, when an organisation in its own voice both looks back on an announcement and has a dated plan."""
    if not _patterns()["own_voice"].search(text):
        return None
    plans = [
        (day, one)
        for one in found
        if one.type == "DATE" and (day := day_of(one.value_raw)) and _patterns()["plan"].match(text, one.end)
    ]
    if not plans:
        return None
    latest = min(day for day, _ in plans)
    past = []
    for one in found:
        year, month, number = parts(one.value_raw)
        if one.type != "DATE" or one.value_raw.startswith("REF") or month is None or number is None:
            continue
        match = _patterns()["announced"].match(text, one.end)
        if match is None:
            continue
        if year is None:
            year = latest.year if (month, number) <= (latest.month, latest.day) else latest.year - 1
        if is_day(year, month, number) and date(year, month, number) <= latest:
            past.append((date(year, month, number), one, match.end()))
    if not past or latest - max(entry[0] for entry in past) > timedelta(days=366):
        return None
    earliest, one, end = max(past, key=lambda entry: (entry[0], -entry[1].start))
    basis = text[one.start : end]
    return Published(f"[{earliest.isoformat()}..{latest.isoformat()}]", basis, one.start, end)
