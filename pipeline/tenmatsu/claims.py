"""What a document says of data that got out, may have got out or did not, as claims with a short phrase each.

A claim is made by a leak event, by a denial, by a sentence that tells what was in what got out, by a line of a list that
a heading or a sentence opens, and by a row of a table that gives a verdict.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from tenmatsu import leaks
from tenmatsu.cues import grouped
from tenmatsu.incidents import Claim
from tenmatsu.quantities.kinds import data_kinds
from tenmatsu.records import Document, Event, Line

# 個人情報の流出について、市は「確認していない」と説明する: the topic is what is denied
_DENIED_LATER = re.compile(
    r"(?:の(?:有無|事実))?(?:について|に関して)(?:は|も)?、[^。]{0,40}?"
    r"(?:確認(?:され|し)て(?:は)?(?:い|お)(?:な|りませ|ませ|ら)|(?:事実|形跡|痕跡)は(?:な|確認されて(?:い|お)(?:な|りませ|ら)))"
)

_NUMBER = "(?:約|最大|計|合計|延べ|およそ)?[0-9０-９][0-9０-９,，.．万千億]*(?:件|人|名|世帯|口座|アカウント)(?:分|以上|余り)*"
_COUNT = re.compile(f"^[^、。のはがを]{{0,10}}?{_NUMBER}の")
_OTHERS_COUNT = re.compile(f"{_NUMBER}(?:の[^、。はが]{{1,16}})?(?:を|が)?、[^、。]{{2,40}}?(?:は|が|で|では)\\Z")


def claims(document: Document, events: list[Event]) -> list[Claim]:
    """Return what the text says got out, may have got out or did not: of its events, its lists, and denials without a leak word."""
    text = document.text
    found: list[Claim] = []
    guess = grouped("affair-cues")["guess"]
    leaking = [
        event
        for event in events
        # what a writer wonders about is nobody's data
        if event.type == "data_leak" and not guess.search(text, event.sentence_start, event.sentence_end)
    ]
    for event in leaking:
        told = text[event.sentence_start : event.sentence_end]
        spans = leaks.phrases(told, event.sentence_start, event.start, event.end)
        kind = event.factuality
        if kind == "asserted" and _DENIED_LATER.match(text, event.end, event.sentence_end):
            kind = "negated"
        if kind == "negated":
            spans = leaks.as_denied(text, spans)
        for start, _, phrase in spans:
            org = event.org or ""
            if "|" in org and _OTHERS_COUNT.search(text, event.sentence_start, start):
                # 甲は300件、乙は20件の個人情報が流出した: the data are everybody's, the count is not
                bare = _COUNT.sub("", phrase)
                org, phrase = (org.split("|")[-1], phrase) if leaks.generic(bare) else (org, bare)
            found.append(Claim(kind, start, phrase, org))
    telling = {event.sentence_start for event in leaking}
    denied: list[Claim] = []
    absent: list[Claim] = []
    for sentence in document.sentences:
        line = document.lines[sentence.line - 1]
        if prose(line) or line.role == "footnote":
            words = text[sentence.start : sentence.end]
            spans = leaks.as_denied(text, leaks.denials(words, sentence.start))
            denied += [Claim("negated", start, phrase) for start, _, phrase in spans]
            held = leaks.as_denied(text, leaks.unheld(words, sentence.start))
            absent += [Claim("negated", start, phrase) for start, _, phrase in held]
            own = sentence.start in telling
            told_kind = _told_before(leaking, sentence.start) if prose(line) and not own else None
            if told_kind and not spans:
                found += [Claim(told_kind, start, phrase) for start, _, phrase in leaks.contents(words, sentence.start)]
    refused = {claim.start for claim in denied}
    found = [claim for claim in found if claim.start not in refused] + denied
    found += _listed(document, leaking)
    return sorted([*found, *_never_there(absent, found)], key=lambda claim: claim.start)


def _never_there(absent: list[Claim], found: list[Claim]) -> list[Claim]:
    """The data said not to be held, without those denied already and those that got out by another way.

    弊社ではカード情報を保有しておりません says of a shop whose payment page was forged only where the data were taken.
    """
    denied = {claim.start for claim in found if claim.kind == "negated"}
    out = {kind for claim in found if claim.kind in ("asserted", "possible") for kind in _families(claim.text)}
    return [claim for claim in absent if claim.start not in denied and not _families(claim.text) & out]


def _families(phrase: str) -> set[str]:
    """The kinds of data that a phrase names; a card and its parts are one, and so are an account and its."""
    return {kind.removesuffix("_part") for kind, _ in data_kinds(phrase, 0, len(phrase))} - {"personal", "customer"}


def _told_before(leaking: list[Event], place: int) -> str | None:
    """Whether the last claim of a leak before a place is one of fact or of a possibility; None where there is none."""
    kinds = [event.factuality for event in leaking if event.start < place and event.factuality != "planned"]
    return kinds[-1] if kinds and kinds[-1] in ("asserted", "possible") else None


_LIST_CLAIM = {"leaked": "asserted", "leaked_possible": "possible"}
_REMARK = re.compile(r"[※＊*]|対象")


def _listed(document: Document, leaking: list[Event]) -> list[Claim]:
    """Lines that name data and say nothing, one kind of data or one record a line: below a heading of leaked data, or
    below a claim that points to them (漏えいした情報は以下のとおりです); and rows of a table with a verdict of their own.
    """
    text = document.text
    starts = [line.start for line in document.lines]
    pointing = {
        _number(starts, event.sentence_end - 1): event.factuality
        for event in leaking
        if event.factuality in ("asserted", "possible")
        and grouped("leak-cues")["pointer"].search(text, event.sentence_start, event.sentence_end)
    }
    told: dict[int, list[tuple[int, int]]] = {}
    for sentence in document.sentences:
        told.setdefault(sentence.line, []).append((sentence.start, sentence.end))
    out: list[Claim] = []
    opened = ""
    for line in document.lines:
        if line.role == "blank":
            continue
        row = leaks.verdict([(cell.start, cell.end) for cell in line.cells], text) if line.cells else None
        if row is not None:
            out += [Claim(row[0], start, phrase) for start, _, phrase in row[1]]
            continue
        claim = _LIST_CLAIM.get(line.section) or opened
        spans = leaks.listed(text[line.content : line.end], line.content) if claim and line.role in _LISTING else []
        if claim in _LIST_CLAIM.values() and line.role == "paragraph" and not spans:
            spans = [one for start, end in told.get(line.number, ()) for one in leaks.stated(text[start:end], start)]
        out += [Claim(claim, start, phrase) for start, _, phrase in spans]
        if line.number in pointing:
            opened = pointing[line.number]
        elif not spans and not _REMARK.match(text, line.content):
            opened = ""
    return _in_records(document, out)


_LISTING = frozenset(("item", "paragraph", "heading"))


def _in_records(document: Document, claims: list[Claim]) -> list[Claim]:
    """Join columns of one record that stand on a line each (・氏名 ・住所), and a kind of data with its columns below."""
    starts = [line.start for line in document.lines]
    out: list[Claim] = []
    last = 0
    single = False
    for claim in claims:
        number = _number(starts, claim.start)
        below = bool(out) and out[-1].kind == claim.kind and number - last == 1
        if below and single and leaks.column(claim.text):
            out[-1] = replace(out[-1], text=f"{out[-1].text}、{claim.text}")
        elif below and _WHOLE.search(out[-1].text) and leaks.columns(claim.text):
            out[-1] = replace(out[-1], text=f"{out[-1].text}（{claim.text}）")
            single = False
        else:
            out.append(claim)
            single = leaks.column(claim.text)
        last = number
    return out


_WHOLE = re.compile("(?:情報|データ)$")


def _number(starts: list[int], place: int) -> int:
    return bisect_right(starts, place)


def prose(line: Line) -> bool:
    """Say whether a line tells of this incident: no history, source, contact, advice, glossary or plan."""
    return line.role in ("paragraph", "item", "row", "title", "heading") and line.section not in (
        "history",
        "sources",
        "contact",
        "advice",
        "glossary",
        "plan",
    )
