"""What a whole document says of its parties: whom its sections are about, who was hired, who only reports or mends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tenmatsu.events.phrases import Party
from tenmatsu.organisations.blocks import Block, blocks
from tenmatsu.organisations.resolve import HARMED, MENDS
from tenmatsu.records import Line


@dataclass(frozen=True, slots=True)
class Survey:
    """What the whole document says of its parties, made once by ``survey``.

    ``bystanders`` are entities that report or judge and suffer nothing, ``contractor`` whose systems were attacked where
    the document is a client's, ``sections`` the organisation of each section of a digest by the heading's line number
    (None where its heading tells of one whom nothing names in full), ``parts`` that of each line in a numbered part whose
    heading opens with a name (事案２ Ｘにおける…), ``board`` the one board of education where the document is about a school.
    """

    bystanders: frozenset[str] = frozenset()
    contractor: str | None = None
    sections: dict[int, str | None] = field(default_factory=dict)
    menders: frozenset[str] = frozenset()
    parts: dict[int, str] = field(default_factory=dict)
    board: str | None = None


_BYSTANDERS = ("media", "blog", "authority", "police")
_INTRODUCED = 48  # code points before a name in which it is said to serve the writer
_SHARED = 4  # letters that a short name and a full one share at their heads


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        # ■ ルナソフト、ソースコードが公開状態: whom the section of a digest is about stands before the comma
        "head": re.compile(r"[^\w「『\n]{0,6}(?P<head>[^\s、。，はがをにで：:][^、。，はがを\n]{0,23})[、，]"),
        "no_name": re.compile(
            r"不正|情報|漏|流出|攻撃|感染|ランサム|マルウェア|ウイルス|サイバー|メール|原因|対策|経緯|概要|影響|今後|再発|調査|対応|被害|件|数|期間|[日月年おご]|ため|など"
        ),
        "quoted": re.compile(r"[「『]([^」』\n]+)[」』]"),
        "form": re.compile(
            r"(?:株式|有限|合同|合資)会社|[（(][株有][）)]|一般(?:社団|財団)法人|(?:学校|医療|社会福祉)法人"
        ),
        "introduced": re.compile(
            r"(?:(?:業務)?(?:再)?委託(?:先|業者|事業者|会社|先企業)(?:名|である|の|、|は|：|:|[ \t\u3000])?|(?:業務を|作業を)?委託(?:している|する|した|しております|していた)"
            r"|受託(?:者|事業者|業者)(?:である|の|：|:|[ \t\u3000])?"
            # 本校が利用している「X」を運営する, 導入しているシステムの提供元である
            r"|(?:利用|使用|導入|契約)(?:して(?:いる|いた|おります|おりました)|する|中の)[^、。\n]{0,24}?"
            r"(?:を(?:運営|提供|運用|開発)(?:する|している)|の(?:運営|提供|運用|開発)(?:会社|元|事業者|企業)(?:である|の)?))「?$"
        ),
        "introduced_after": re.compile(
            r"[（(](?:業務)?(?:再)?(?:委託|受託)(?:先|業者|事業者|者)(?:[。、][^）)\n]*)?[)）]"
        ),
        "attacked": re.compile(
            r"[」』]?(?:グループ|社)?(?:[（(][^（）()\n]{0,40}[）)])?(?:の[^、。\n]{0,16}(?:が|へ|に|で)|が|は|において|で(?:は)?|へ(?:の)?|に(?:対する)?)(?:(?!脆弱|欠陥)[^。\n]){0,40}"
            r"(?:不正アクセス|サイバー攻撃|ランサム|攻撃を受け|感染|侵入|暗号化)"
            # Xより、サーバーが不正アクセスを受けたとの連絡: its own, where it says not whose
            r"|[」』]?(?:より|から)(?:は)?(?:(?![当弊本貴御])[^。\n「]){0,40}?(?:不正アクセス|サイバー攻撃|ランサムウェア|攻撃|感染|侵入)[^、。\n]{0,12}(?:との|という|旨の|と)(?:お?知らせ|ご?連絡|ご?報告|ご?説明)"
        ),
        # 弊社が運営する通販サイトにおきまして…不正アクセスを受け: the client's own, whoever built it
        "ones_own": re.compile(
            r"[」』]?(?:が|の)?(?:(?:運営|管理)(?:する|している|しております|して(?:い|おり)ました))(?:(?!委託|[。\n]).){0,60}"
            r"(?:不正アクセス|サイバー攻撃|ランサム|攻撃を受け|感染|侵入|暗号化|改ざん)"
        ),
        # 乙が倉庫の保守を委託している丙
        "hires": re.compile(r"[」』]?(?:[（(][^（）()\n]{0,40}[）)])?が[^。はが\n]{0,40}"),
        "contractors_affair": re.compile(
            r"(?:委託|受託)(?:先|業者|事業者|者|している(?:事業者|業者|会社|企業))[^。\n]{0,6}(?:の|における|において|で|が|への)[^。\n]{0,24}(?:ランサム|不正アクセス|サイバー攻撃|感染|攻撃|ウイルス|マルウェア)"
        ),
        # 事案１ Ｘにおける…, （2）Ｘ, ■ Ｘへの…: whose affair a numbered part tells of; not whom it was reported to
        "owns_part": re.compile(
            r"[」』]?(?:グループ|社)?(?:[（(][^（）()\n]{0,30}[）)])?(?:[ \t\u3000]*$|(?:における|において|での|で(?!の(?:相談|受付))|の(?!お?(?:問|電話|連絡|窓口|相談))|への(?!報告|連絡|相談|通知|届|依頼|説明|照会|お?問)|[：:、が](?!ら)))",
            re.MULTILINE,
        ),
        # 製造元である米国X社が修正プログラムを公開: whose product had the flaw has no affair of its own by that
        "maker": re.compile(r"(?:製造元|開発元|提供元|販売元|メーカー)(?:である|の|、)?(?:[米英独仏中韓]国の?)?「?$"),
        "board": re.compile(r"(?:教育委員会|教委|教育庁)$"),
        "speaks_for_itself": re.compile(r"[当弊本小]"),
    }


def survey(text: str, lines: Sequence[Line], parties: list[Party], main: str | None) -> Survey:
    """Return what holds for the whole document. ``parties`` are sorted by start; linear in their number."""
    contractor = _contractor(text, parties, main)
    boards = _boards(parties, main)
    return Survey(
        frozenset(p.entity for p in parties if p.kind in _BYSTANDERS and p.entity != main),
        contractor,
        _headed(text, lines, parties, main) | _digest(text, lines, parties),
        (_menders(text, parties, main) | boards) - {contractor},
        _parts(text, lines, parties),
        next(iter(boards)) if len(boards) == 1 else None,
    )


def _menders(text: str, parties: list[Party], main: str | None) -> frozenset[str]:
    """Return those who are introduced as keeping or mending the systems of others (保守会社のX) and never suffer."""
    hired = {p.entity for p in parties if p.entity != main and MENDS.search(text, max(0, p.start - 20), p.start)}
    return frozenset(hired - {p.entity for p in parties if p.entity in hired and HARMED.match(text, p.end)})


def _boards(parties: list[Party], main: str | None) -> frozenset[str]:
    """Return the boards of education that tell of what befell a school (市教委によると、教諭は…)."""
    if not any(p.kind == "school" and p.entity == main for p in parties):
        return frozenset()
    return frozenset(p.entity for p in parties if p.entity != main and _patterns()["board"].search(p.entity))


def _contractor(text: str, parties: list[Party], main: str | None) -> str | None:
    """Return the one contractor that a client's document names, where it was the contractor that was attacked."""
    patterns = _patterns()
    hired = {
        p.entity
        for at, p in enumerate(parties)
        if p.kind not in _BYSTANDERS
        and p.entity != main
        and (
            patterns["introduced"].search(text[max(0, p.start - _INTRODUCED) : p.start])
            or patterns["introduced_after"].match(text, p.end)
        )
        and not _hired_by_another(text, parties[at - 1] if at else None, p, main)
    }
    if main is None or len(hired) != 1:
        return None
    if any(p.entity == main and patterns["ones_own"].match(text, p.end) for p in parties):
        return None
    one = next(iter(hired))
    attacked = any(p.entity == one and patterns["attacked"].match(text, p.end) for p in parties)
    return one if attacked or patterns["contractors_affair"].search(text) else None


def _hired_by_another(text: str, before: Party | None, one: Party, main: str | None) -> bool:
    """Whether the words say of another than the writer that it hired ``one`` (子会社の乙が保守を委託している丙)."""
    if before is None or before.entity in (main, one.entity) or before.kind in _BYSTANDERS:
        return False
    return _patterns()["hires"].fullmatch(text, before.end, one.start) is not None


def _parts(text: str, lines: Sequence[Line], parties: list[Party]) -> dict[int, str]:
    """Return the organisation of each line that stands in a numbered part, where two parts or more open with a name."""
    by_number = {line.number: line for line in lines}
    starts = [party.start for party in parties]
    found: dict[int, str] = {}
    for row in blocks(text, lines):
        owners = [_owner(text, part, by_number[part.head], parties, starts) for part in row]
        named = [owner for owner in owners if owner]
        if len(set(named)) < 2 or 2 * len(named) < len(row):
            continue
        for part, owner in zip(row, owners, strict=True):
            if owner:
                found.update(dict.fromkeys(range(part.head, part.last + 1), owner))
    return found


def _owner(text: str, part: Block, line: Line, parties: list[Party], starts: list[int]) -> str | None:
    """Return the organisation that the heading of a part opens with, None where it opens with another word."""
    opens = part.opens + (text[part.opens : part.opens + 1] in ("「", "『", "【"))
    at = bisect_left(starts, opens)
    if at == len(parties) or parties[at].start != opens or parties[at].end > line.end:
        return None
    one = parties[at]
    if one.kind in ("media", "blog", "police", "authority") or "|" in one.entity:
        return None
    return one.entity if _patterns()["owns_part"].match(text, one.end, line.end) else None


def _headed(text: str, lines: Sequence[Line], parties: list[Party], main: str | None) -> dict[int, str | None]:
    """Return whose affair each section is whose heading opens with a name and a comma (■ X、情報流出), by its line.

    A short name is that of the one organisation of its section that is written so, or the only one that is met there;
    else nobody's. Only where another heading opens with a name that is known, and the main one does not speak itself.
    """
    patterns = _patterns()
    if any(p.entity == main and patterns["speaks_for_itself"].match(text, p.start) for p in parties):
        return {}
    heads: dict[int, re.Match[str]] = {}
    for line in lines:
        hit = patterns["head"].match(text, line.start, line.end) if line.role == "heading" else None
        if hit and not patterns["no_name"].search(hit["head"]):
            heads[line.number] = hit
    met: dict[int, dict[str, None]] = {number: {} for number in heads}
    known: dict[int, str | None] = {}
    at = 0
    for line in lines:
        while at < len(parties) and parties[at].start < line.end:
            one = parties[at]
            at += 1
            if one.kind in _BYSTANDERS or one.start < line.start:
                continue
            if line.number in heads and one.end <= heads[line.number].end("head"):
                known.setdefault(line.number, one.entity)
            elif line.heading in met and line.number not in heads:
                met[line.heading][one.entity] = None
    for number, hit in heads.items():
        if number not in known:
            alike = [entity for entity in met[number] if _alike(hit["head"], entity)]
            if len(alike) == 1:
                known[number] = alike[0]
    if not known:
        return {}
    for number in heads:
        known.setdefault(number, next(iter(met[number])) if len(met[number]) == 1 else None)
    return known


def _alike(head: str, entity: str) -> bool:
    """Tell whether a heading's opening (ルナソフト, 通販「ソラマメ便」) is part of a name or begins as it does."""
    quoted = _patterns()["quoted"].search(head)
    short = quoted[1] if quoted else head
    plain = _patterns()["form"].sub("", entity)
    return len(short) > 1 and (short in plain or (len(short) >= _SHARED and plain.startswith(short[:_SHARED])))


def _digest(text: str, lines: Sequence[Line], parties: list[Party]) -> dict[int, str | None]:
    """Return the organisation of each section where the sections tell of different affairs, by line of the heading.

    A section's organisation is the first that its body names; a document whose writer speaks for itself, or whose
    sections share an organisation, is one affair and has no such sections.
    """
    if any(_patterns()["speaks_for_itself"].match(text, p.start) for p in parties):
        return {}
    leads: dict[int, str | None] = {}
    named: dict[str | None, set[int]] = {}
    at = 0
    for line in lines:
        while at < len(parties) and parties[at].start < line.start:
            at += 1
        while at < len(parties) and parties[at].start < line.end:
            one = parties[at]
            at += 1
            if one.kind in _BYSTANDERS or _patterns()["maker"].search(text, max(0, one.start - 14), one.start):
                continue
            named.setdefault(one.entity, set()).add(line.heading)
            if line.heading and line.role != "heading":
                leads.setdefault(line.heading, one.entity)
    apart = len(set(leads.values())) == len(leads) >= 2
    return leads if apart and all(named[one] == {number} for number, one in leads.items()) else {}
