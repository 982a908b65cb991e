"""Who sends a short notice that never says 当社: the name on a line of its own above a title of a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tenmatsu.organisations.clusters import SUBJECT
from tenmatsu.organisations.resolve import ResolvedMention
from tenmatsu.records import Line

_HEAD = 8  # lines at the head in which the sender stands
_TOLD = 80  # code points behind a name in which it is told of as of another


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = r"(?:第[ \u3000]?[0-9０-９一二三四五六七八九十]{1,3}[ \u3000]?報|最終報告?|続報|中間報告)"
    return {
        "notice": re.compile(
            rf"(?:お知らせ|おしらせ|お詫び|おわび|ご?報告|について|ご説明|ご連絡)[ \u3000]*(?:[（(【［\[]?{number}[)）】］\]]?)?[ \u3000]*$"
            rf"|{number}[)）】］\]]?[ \u3000]*$|^[（(【［\[]?{number}[)）】］\]]"
        ),
        "numbered": re.compile(number),
        # the date beside the sender is no part of its line
        "beside": re.compile(
            r"[0-9０-９元]{1,4}[ 年./-]+[0-9０-９]{1,2}[ 月./-]+[0-9０-９]{1,2}日?|令和|平成|[（(][月火水木金土日][)）]|会[ \u3000]*社[ \u3000]*名|発信|[\s\u3000:：]+"
        ),
        "told": re.compile("[^。\n]{0,60}?(?:発表|公表|明らかに|謝罪|陳謝|コメント|説明|報告)(?:し|を)"),
        "blog": re.compile("所感|まとめてみ|備忘録|独り言|ブログ|はてな|まとめ|感想"),
    }


def sender(
    text: str, lines: Sequence[Line], title: str | None, mentions: Sequence[ResolvedMention], main: str | None
) -> str | None:
    """Return ``main`` where the text is its own notice though it calls itself by no pronoun, None where nothing shows that.

    It stands on a line of its own at the head of a notice; or it is the only organisation of a numbered report of a series.
    Whoever is told of as another (Xは…と発表した), under a byline or in a blog, sends nothing. Linear in the text.
    """
    patterns = _patterns()
    if not main or not title or not patterns["notice"].search(title) or patterns["blog"].search(text):
        return None
    if any(line.role == "byline" for line in lines):
        return None
    named = [one for one in mentions if one.kind == "name"]
    for one in named:
        subject = SUBJECT.match(text, one.end) if one.entity == main else None
        if subject and patterns["told"].match(text, subject.end(), subject.end() + _TOLD):
            return None
    filled = [line for line in lines if line.role != "blank"][:_HEAD]
    for line in filled:
        inside = [one for one in named if line.start <= one.start and one.end <= line.end]
        if len(inside) == 1 and inside[0].entity == main and line.role not in ("addressee", "title"):
            rest = text[line.start : inside[0].start] + text[inside[0].end : line.end]
            if not patterns["beside"].sub("", rest):
                return main
    alone = {one.entity for one in named} == {main}
    return main if alone and patterns["numbered"].search(title) else None
