"""Which of its writer's reports on an incident a text is: its number, the last one, a correction of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tenmatsu.read.words import words
from tenmatsu.records import Line

_KINDS = ("correction", "final", "interim", "follow_up")
_LONGEST = 40  # a line beside the title that says which report this is; a longer one tells something
_KANJI = "〇一二三四五六七八九"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        r"第\s?(?P<number>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s?(?:報|回報告)(?![でをがはのと、])"
    )


def report_of(text: str, lines: Sequence[Line]) -> str | None:
    """Return ``2`` for 第2報, ``correction``, ``final``, ``interim``, ``follow_up``, or None where the head does not say.

    Only the title and the short lines around it are asked: the story names earlier reports. Quoted titles are those of others.
    A correction of a numbered report is a correction, a numbered report that says that it is the last one is final.
    """
    filled = [line for line in lines if line.role != "blank"][:12]
    title = next((place for place, line in enumerate(filled) if line.role == "title"), None)
    if title is None:
        return None
    heads = [text[filled[title].start : filled[title].end]]
    for line in filled[max(0, title - 2) : title + 2]:
        body = text[line.start : line.end].strip()
        if line.role in ("furniture", "heading", "history", "paragraph") and len(body) <= _LONGEST and "。" not in body:
            heads.append(body)
    quoted = [re.sub(r"「[^「」]*」", "「」", head) for head in heads]
    for kind in _KINDS[:2]:
        if any(words(f"report_{kind}").search(head.strip()) for head in quoted):
            return kind
    for head in quoted:
        hit = _number().search(head)
        if hit:
            return str(_value(hit["number"]))
    return next((kind for kind in _KINDS[2:] if any(words(f"report_{kind}").search(head) for head in quoted)), None)


def _value(written: str) -> int:
    """The number of a report in figures of any kind (３, 十二)."""
    if not re.fullmatch(f"[{_KANJI}十]+", written):
        return int(written)
    if "十" not in written:
        return int("".join(str(_KANJI.index(sign)) for sign in written))
    tens, _, ones = written.partition("十")
    return 10 * (_KANJI.index(tens) if tens else 1) + (_KANJI.index(ones) if ones else 0)
