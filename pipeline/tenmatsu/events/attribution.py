"""Whom the text credits, when it credits someone other than its writer.

Footnote marks of the sentence or list item are followed to their citations; a 引用元 line credits the passage
above it; によると, と報じた and a reported content clause credit their source (``models/attribution.jsonl``).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenmatsu.citations import marks
from tenmatsu.events.phrases import Party
from tenmatsu.knowledge import load
from tenmatsu.records import Citation, Line


class AttributionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text credits someone: ``by`` follows the name (によると), ``said`` and ``told`` follow what is credited.

    Of ``said`` (と発表した) the speaker is the subject, of ``told`` (との報告を受けた) the one from whom it came; ``unnamed``
    are those who speak without a name. ``positive`` pairs a text, the trigger in 〔〕, with the source; a ``negative`` has none.
    """

    id: str
    kind: str
    pattern: str
    positive: list[tuple[str, str]]
    negative: list[str]


_AUTHOR_WITHIN = 3000  # code points before a report in which its committee is looked for; keeps the time linear


@cache
def rules() -> tuple[AttributionRule, ...]:
    """Return the rules in file order."""
    return load("attribution", AttributionRule)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    kinds: dict[str, list[str]] = {}
    for rule in rules():
        kinds.setdefault(rule.kind, []).append(rule.pattern)
    found = {kind: re.compile("|".join(f"(?:{one})" for one in patterns)) for kind, patterns in kinds.items()}
    unnamed, by = found["unnamed"].pattern, found["by"].pattern
    found["unnamed_by"] = re.compile(rf"({unnamed})(?:{by})")
    found["unnamed_subject"] = re.compile(rf"(?:^|[、。「\s])({unnamed})(?:は|が|では|(?=「))")
    # 外部専門会社による解析の中間報告によりますと: whose work it is
    found["unnamed_work"] = re.compile(
        rf"({unnamed})による[^。、]{{0,20}}?(?:調査|解析|分析)[^。、]{{0,24}}?(?:によると|によれば|によりますと)"
    )
    found["self_styled"] = re.compile(
        r"「([^「」]{2,24})」(?:を|と)(?:名乗る|名のる|自称する)[^。、「」]{0,16}?(?:集団|グループ|人物|ハッカー|組織|者)(?:は|が)"
    )
    # 発表によると: of the one whom the article is about
    found["announcement"] = re.compile(
        r"(?:^|[、。\s]|日の|日付の)(?:(?:会社側?の)?(?:発表|公表文|公表資料|発表資料|リリース|プレスリリース|お知らせ)(?:資料)?)(?:によると|によれば|によりますと|では、)"
    )
    # 隣社によると…とのことですが、: what comes behind the contrast is the writer's own
    found["turn"] = re.compile(
        r"(?:とのこと|という(?:こと)?|としてい|と説明してい|と話してい)[^。、]{0,6}(?:が|ものの|けれども?)、"
    )
    found["paper"] = re.compile(r"(?:^|[、。\s])((?:調査|最終|中間)?報告書|判決|起訴状|訴状)(?:では|は)、")
    found["committee"] = re.compile(r"(?:第三者|外部|特別|社内|独立)調査委員会|第三者委員会|調査委員会")
    # 出荷は止まったままで、同社は…としている: the speaker comes with the next clause
    found["own_clause"] = re.compile(r"(?:[でがしりずくれえけめ]|(?<!につい)(?<!に関し)て|ため|ので)、")
    found["gloss"] = re.compile(r"[（(][^（）()]{0,40}[）)]")
    found["unnamed_from"] = re.compile(rf"({unnamed})(?:から|より)")
    found["lead"] = re.compile(r"\s*(?:[*＊※]\s?[0-9０-９]{1,2}\s*|\[[0-9]{1,2}\]\s*)+")
    found["tail"] = re.compile(r"(?:\s*[*＊※]\s?[0-9０-９]{1,2}|\s*\[[0-9]{1,2}\])+[\s|]*$")
    return found


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
    main: str | None = None,
) -> str | None:
    """Return the credited source or None; several are joined by ``|`` in order of their marks.

    ``span`` is the list item or row of the sentence (its marks count for all its sentences), ``main`` the organisation
    that the text is about.
    """
    patterns = _patterns()
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
    if trigger[2] in ("disclosure", "press_report"):
        return None
    return _spoken(text, sentence, trigger, parties, writer, main)


def _spoken(
    text: str,
    sentence: tuple[int, int],
    trigger: tuple[int, int, str],
    parties: list[Party],
    writer: str | None,
    main: str | None,
) -> str | None:
    """Whom the words of the sentence credit: によると before the trigger, a verb or noun of telling behind it."""
    patterns = _patterns()
    begin, stop = sentence
    start, end, kind = trigger
    near = [p for p in parties if begin <= p.start and p.end <= stop]
    for party in near:
        by = patterns["by"].match(text, party.end) if party.end <= start else None
        if by is not None and party.entity != writer and not patterns["turn"].search(text, by.end(), start):
            return party.entity
    left, right = text[begin:start], text[end:stop]
    for way in ("unnamed_by", "unnamed_work", "paper"):
        unnamed = patterns[way].search(left)
        if unnamed and not patterns["turn"].search(left, unnamed.end()):
            return _author(text, begin) if unnamed[1].endswith("報告書") else unnamed[1]
    if main is not None and main != writer and patterns["announcement"].search(left):
        return main
    quoted = _whose_quote(text, sentence, start, near)
    if quoted is not None and quoted != writer:
        return quoted
    for how, sign, named, nameless in (
        ("told", r"(?:から|より)", "", "unnamed_from"),
        (
            "said",
            r"(?:側|の?(?:広報|担当者|広報担当者|広報担当|社長|幹部|代表))?(?:は|が|では|も)",
            "first",
            "unnamed_subject",
        ),
    ):
        hit = patterns[how].search(right)
        if hit is None or "。" in right[: hit.start()] or len(right[: hit.start()]) > 120:
            continue
        if how == "told" and left.rfind("「") > left.rfind("」") and "」" not in right[: hit.start() + 1]:
            continue  # 「…と甲社から連絡を受けた」と証言する: the one who says it all is credited
        limit = end + hit.end()
        speakers = [
            p
            for p in near
            if p.start < limit
            and re.match(sign, text[_behind(text, p) : p.end + 60])
            and not patterns["own_clause"].search(text, end, min(p.start, end + hit.start()))
        ]
        if speakers:
            speaker = speakers[0] if named else speakers[-1]
            if speaker.entity != writer:
                return speaker.entity
            continue
        nameless_one = patterns[nameless].search(left) or patterns[nameless].search(text[end + hit.start() : limit])
        if nameless_one is None and named and kind != "extortion":
            nameless_one = patterns["self_styled"].search(left)
        if nameless_one:
            return nameless_one[1]
    return _in_headline(text, sentence, start, near, writer)


def _whose_quote(text: str, sentence: tuple[int, int], start: int, near: list[Party]) -> str | None:
    """Whose words the quotation marks around a trigger hold: 甲は「…した」、乙は「…」と話す has two speakers."""
    opened = text.rfind("「", sentence[0], start)
    if opened < 0 or opened < text.rfind("」", sentence[0], start):
        return None
    closed = text.find("」", start, sentence[1])
    if closed < 0 or text[closed + 1 : closed + 2] not in ("、", "と"):
        return None
    return next((p.entity for p in near if text[_behind(text, p) : opened] in ("は", "も", "側は", "では")), None)


def _in_headline(text: str, sentence: tuple[int, int], start: int, near: list[Party], writer: str | None) -> str | None:
    """Who says what a headline quotes right behind a name (乙銀行「情報の漏えいない」)."""
    begin, stop = sentence
    opened = text.rfind("「", begin, start)
    if opened < 0 or opened < text.rfind("」", begin, start) or "。" in text[begin:stop]:
        return None
    speaker = next((p for p in near if _behind(text, p) == opened), None)
    return speaker.entity if speaker is not None and speaker.entity != writer else None


def _author(text: str, before: int) -> str:
    """Whose report 報告書 is: of the committee that the text named last, by name where it named none."""
    named = _patterns()["committee"].findall(text, max(0, before - _AUTHOR_WITHIN), before)
    return str(named[-1]) if named else "報告書"


def _behind(text: str, party: Party) -> int:
    """Where a name ends with the gloss in brackets behind it: 三葉醸造（長野県須坂市）は."""
    gloss = _patterns()["gloss"].match(text, party.end)
    return gloss.end() if gloss is not None else party.end
