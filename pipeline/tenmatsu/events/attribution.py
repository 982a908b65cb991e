"""Whom the text credits, when it credits someone other than its writer.

Footnote marks of the sentence or list item are followed to their citations; a 引用元 line credits the passage
above it; によると, と報じた and a reported content clause credit their source.
"""

from __future__ import annotations

import re
from functools import cache

from tenmatsu.citations import marks
from tenmatsu.events.participants import Party
from tenmatsu.records import Citation, Line


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "source": re.compile(
            r"(?:の?(?:報道|記事|発表|説明|調べ|取材|広報|担当者|プレスリリース))?(?:によると|によれば|によりますと|の調べで|が報じ|は報じ|が伝え|の取材に)"
        ),
        "reported": re.compile(
            r"(?:(?:と|との|という|こと(?:を|が)|事(?:を|が)|旨(?:を|の))[^、。]{0,24}?)(?:発表|公表|明らかに|説明|回答|コメント|主張|報じ|伝え)(?:し|を|。|が|さ|、|$)"
        ),
        "unnamed": re.compile(
            r"((?:外部の?)?(?:専門(?:業者|機関|会社|家)|調査会社|調査機関|第三者調査機関|捜査関係者|関係者|警察))(?:によると|によれば|によりますと)"
        ),
        "lead": re.compile(r"\s*(?:[*＊※]\s?[0-9０-９]{1,2}\s*|\[[0-9]{1,2}\]\s*)+"),
        "tail": re.compile(r"(?:\s*[*＊※]\s?[0-9０-９]{1,2}|\s*\[[0-9]{1,2}\])+\s*$"),
        "content": re.compile(r"(?:と|との|という|ことを|事を|旨を?)"),
    }


def passages(lines: tuple[Line, ...], text: str, citations: list[Citation]) -> dict[int, str]:
    """Return for line numbers the publisher of the 引用元 / …より引用 line that covers them.

    A …より引用 line covers the paragraph right above it; a 引用元 line covers the paragraphs up to the heading above.
    """
    covered: dict[int, str] = {}
    by_start = {citation.start: citation for citation in citations}
    for position, line in enumerate(lines):
        if line.role != "byline" or line.start not in by_start:
            continue
        publisher = by_start[line.start].publisher
        if not publisher:
            continue
        whole = "引用元" in text[line.start : line.end] or text[line.start : line.end].startswith(("出典", "《"))
        at = position - 1
        taken = 0
        while at >= 0:
            above = lines[at]
            if above.role in ("heading", "title", "header_row", "label", "byline", "footnote", "source"):
                break
            if above.role in ("paragraph", "item", "row"):
                covered[above.number] = publisher
                taken += 1
                if not whole and taken == 1:
                    break
            at -= 1
    return covered


def credited(
    text: str,
    span: tuple[int, int],
    sentence: tuple[int, int],
    trigger: tuple[int, int, str],
    parties: list[Party],
    *,
    by_mark: dict[str, str],
    passage: str | None,
    writer: str | None,
) -> str | None:
    """Return the credited source or None; several are joined by ``|`` in order of their marks.

    ``span`` is the list item or row of the sentence (its marks count for all its sentences).
    """
    patterns = _patterns()
    start, end, kind = trigger
    own = text[sentence[0] : sentence[1]]
    # a mark behind the full stop belongs to the sentence before it
    lead = patterns["lead"].match(own)
    follow = patterns["lead"].match(text, sentence[1], span[1])
    found = [
        by_mark[mark]
        for mark in marks(own[lead.end() if lead else 0 :] + (follow[0] if follow else ""))
        if mark in by_mark
    ]
    if not found:
        # marks at the end of an item, set off from its last sentence, credit the whole item
        tail = patterns["tail"].search(text, max(span[0], span[1] - 60), span[1])
        if tail and (tail[0][0] in " \u3000\u00a0" or text[tail.start() - 1] != "。"):
            found = [by_mark[mark] for mark in marks(tail[0]) if mark in by_mark]
    if found:
        return "|".join(dict.fromkeys(found))
    if passage:
        return passage if passage != writer else None
    for party in parties:
        if (
            sentence[0] <= party.start
            and party.end <= start
            and patterns["source"].match(text, party.end)
            and party.entity != writer
        ):
            return party.entity
    unnamed = patterns["unnamed"].search(own[: start - sentence[0]])
    if unnamed:
        return unnamed[1]
    reported = patterns["reported"].search(own, end - sentence[0])
    if reported and kind not in ("disclosure", "press_report"):
        between = own[end - sentence[0] : reported.start()]
        if "。" not in between:
            speakers = [
                p
                for p in parties
                if sentence[0] <= p.start < sentence[0] + reported.end()
                and re.match(r"(?:は|が|では)", text[p.end : p.end + 2])
            ]
            if speakers and speakers[0].entity != writer:
                return speakers[0].entity
    return None
