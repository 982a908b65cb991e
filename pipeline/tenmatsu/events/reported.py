"""The date of an announcement and the dates of what it tells of, told apart by the frame of the sentence.

甲社は3月1日、2月10日に不正アクセスを受け、情報が流出したと発表した: the time that stands apart at the head is that of the saying,
what stands between it and the saying has that day only where nothing else is possible, and else its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from tenmatsu.events.dates import When, tied_to
from tenmatsu.events.ontology import attack_side
from tenmatsu.times.edtf import bounds

_SAYINGS = ("disclosure", "press_report", "notification")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        # …したと, …したことを, …した旨の: the clause that is told ends right before the verb of saying
        "told": re.compile(
            r"(?:[たるいだすん]|[一-龠](?:か|など)?)」?(?:と|と、[^、。]{1,24}(?:から|より)(?:の)?|との|という|とする|旨の?|(?:こと|事|の|旨)(?:など)?(?:を|が|について))[^、。とを]{0,12}$"
        ),
        # 漏えいについて, 障害に関する第2報を: a noun is told of
        "topic": re.compile(
            r"(?:について|につき(?:まして)?、?|に関して|に関する[^、。をが]{1,16}を?)[^、。をが]{0,10}$"
        ),
        "frame": re.compile(
            r"(?:付け?(?:で|の)?|に|には|夜|夕方?|朝|未明|午[前後])?(?=、)|(?=[一-龠ァ-ヶA-Za-z「『])(?!付|以降|以後|頃|未明|深夜|夜|朝|時点|現在|中)"
        ),
        # 3月1日、; 27日に自らのサイトで、; （6月1日付）は
        "apart": re.compile(
            r"(?:付け?(?:で)?|に|には|夜|夕方?|朝|未明|午[前後]|まで)?、|に[^、。がはを]{0,8}(?:サイト|ホームページ|会見|HP)(?:上)?で、?|付け?[)）](?:は|が|で|に)"
        ),
        "framed": re.compile(r"(?:^|[はがも、|｜（(\s\t])\s*$"),
        # 会見を開き、…と説明した; 会見で…と述べた
        "interview": re.compile(r"(?:夜|夕方?|朝|午[前後])?(?:の|に)?(?:緊急|臨時|定例)?の?(?:記者)?会見"),
        "says": re.compile(
            r"[たるいだ](?:可能性がある|おそれがある|恐れがある|疑いがある)?」?(?:と|こと(?:を|について)|旨を)(?:説明|釈明|コメント|陳述)?(?:述べ|話し|語っ|明かし|認め|説明し|釈明し|コメントし|しゃべっ)(?:た|てい[るた]|ました)"
        ),
        "future": re.compile(
            r"[うくぐすつぬぶむる](?:方針|予定|見通し|計画|考え)?(?:だ|である)?」?(?:と|こと|旨|方針|予定)"
        ),
        # 新規登録を停止し、漏えいについて公表した: what a comma closes is no part of the noun that is told of
        "closed": re.compile(r"(?:し|り|け|れ|び|き|て|受け)、"),
    }


def _saying(sentence: str, triggers: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, bool]]:
    """The triggers of saying (their place, where what they tell of ends, whether it is a mere noun), the last one first."""
    patterns = _patterns()
    for main in range(len(triggers) - 1, -1, -1):
        start, _, kind = triggers[main]
        if kind not in _SAYINGS:
            continue
        before = sentence[max(0, start - 24) : start]
        if patterns["told"].search(before):
            yield main, start, False
        elif patterns["topic"].search(before):
            yield main, start, True


def framed(
    sentence: str,
    triggers: list[tuple[int, int, str]],
    offered: list[When],
    dates: list[When | None],
    published: str | None = None,
) -> list[When | None]:
    """Return ``dates`` with those of sayings and of what they tell of put right.

    The arguments are those of ``dates.assign`` and its answer; ``published`` is the day of the text (EDTF). The frame's date (Xは15日、…を受け、…したと発表した) goes to
    the saying, though a time inside what is told may stand nearer; no trigger that is told of keeps it.
    """
    out = list(dates)
    if not offered and not any(out):
        return out
    patterns = _patterns()
    for main, end, noun in _saying(sentence, triggers):
        frame = _frame(sentence, triggers, offered, out, main)
        if frame is None:
            mine = out[main]
            if triggers[main][2] == "press_report" and mine is not None and mine.how == "in_sentence":
                if patterns["interview"].match(sentence, mine.end):
                    out[main] = None  # 社長が21日の会見で…と述べたと報じた: the day is not that of the report
            if mine is not None and not noun and _of_what_is_told(sentence, triggers, mine, main, published):
                out[main] = None
            continue
        out[main] = frame
        head = frame.end if frame.how == "in_sentence" else 0
        if noun:
            head = max([head, *(m.end() for m in patterns["closed"].finditer(sentence, head, end))])
        for number in range(main):
            told = out[number]
            held = sentence.startswith(("会見を開", "会見で", "会見し"), triggers[number][1] - 2)
            if held and triggers[number][2] == "disclosure":
                continue  # 18日、会見を開き、…と明らかにした: both are of that day
            if told is not None and told.timex == frame.timex and triggers[number][0] >= head:
                out[number] = None
    return _explained(sentence, triggers, offered, out)


_CLOSED = re.compile(
    r"[^、。]{0,16}?(?:(?:[しりけれきみえびち]|て|おり|ため|ところ|たのち|た後)、|(?:し|され|を受け)?た(?=[一-龠ァ-ヶA-Za-z])(?!後|際|時|場合|旨|可能性|疑い|事実))"
)
_FRESH = 1  # days before the text within which a time may be the saying's own


def _of_what_is_told(
    sentence: str, triggers: list[tuple[int, int, str]], mine: When, main: int, published: str | None
) -> bool:
    """Whether the time nearest to a saying is tied to a step in what is told (5月7日に感染を検知し、…流出したと発表した).

    A text of the same day or the next has it from the saying: 甲社は20日に検知し、…と発表した, printed on the 20th.
    """
    if mine.how != "in_sentence" or mine.end > triggers[main][0]:
        return False
    number = tied_to(sentence, mine, triggers)
    if number is None or number >= main or not _CLOSED.match(sentence, triggers[number][1]):
        return False
    end, begin = bounds(mine.edtf)[1], bounds(published)[0] if published else None
    return end is None or begin is None or (date.fromisoformat(begin) - date.fromisoformat(end)).days > _FRESH


def _frame(
    sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], dates: list[When | None], main: int
) -> When | None:
    """The time that frames a saying: the one it has, where that stands apart, or one that stands apart before it."""
    patterns = _patterns()
    start = triggers[main][0]
    mine = dates[main]
    if mine is not None and mine.how == "carried":
        return mine
    if mine is not None and triggers[main][2] == "press_report" and patterns["interview"].match(sentence, mine.end):
        return None
    if mine is not None and mine.start > start:
        return None
    nearest = mine if mine is not None and mine.how == "in_sentence" else None
    if nearest is not None and sentence[nearest.start : nearest.end].endswith("現在"):
        return None  # 8月6日現在、…との連絡はない: as things stood then, nothing was said on that day
    begin = max((triggers[n][1] for n in range(main) if triggers[n][2] in _SAYINGS), default=0)
    for when in offered:
        if when.end > start or when.start < begin or when.how != "in_sentence":
            continue
        if mine is not None and when.start >= mine.start:
            break
        apart = patterns["apart"].match(sentence, when.end) and patterns["framed"].search(
            sentence[max(0, when.start - 8) : when.start]
        )
        if apart and _precedes(sentence, triggers, offered, when, main):
            return when
        break
    if nearest is None:
        return None
    after = patterns["frame"].match(sentence, nearest.end)
    if after is None or not patterns["framed"].search(sentence[max(0, nearest.start - 8) : nearest.start]):
        return None
    return nearest


def _precedes(sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], frame: When, main: int) -> bool:
    """Whether all times between a frame and its saying lie before it, or are told as plans: only then is it the saying's."""
    start = triggers[main][0]
    day = bounds(frame.edtf)[1]
    between = [when for when in offered if frame.end <= when.start and when.end <= start]
    if not between:
        return True
    if triggers[main][2] == "notification" and not re.search("から|より", sentence[frame.end : between[0].start]):
        return False
    if _patterns()["future"].search(sentence[max(0, start - 24) : start]):
        return True
    ends = [bounds(when.edtf)[1] or bounds(when.edtf)[0] for when in between]
    return all(end is not None and day is not None and end <= day for end in ends)


def _explained(
    sentence: str, triggers: list[tuple[int, int, str]], offered: list[When], dates: list[When | None]
) -> list[When | None]:
    """What somebody says on a day (3月1日に会見を開き、…と説明した; Xは3月1日、…と述べた) did not happen on that day."""
    patterns = _patterns()
    said = patterns["says"].search(sentence)
    if said is None:
        return dates
    for when in offered:
        if when.end > said.start() or when.how != "in_sentence":
            continue
        spoken = patterns["interview"].match(sentence, when.end)
        if spoken is None and not (
            patterns["apart"].match(sentence, when.end)
            and re.search(r"[はがも]\s*$", sentence[max(0, when.start - 8) : when.start])
        ):
            continue
        head = spoken.end() if spoken else when.end
        for number, (start, end, kind) in enumerate(triggers):
            told = dates[number]
            if told is None or told.timex != when.timex or not head <= start < end <= said.end():
                continue
            if kind in attack_side() and end <= said.start() + 1:
                dates[number] = None
    return dates
