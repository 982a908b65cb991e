"""The layout of a disclosure: what each line is for, with offsets into the unchanged text.

Roles decide what may be an event (annotation guide, section 2) and who is credited; a role is read from
marks (bullets, numbers, brackets, pipes, blanks) and from heading words (``models/layout-sections.jsonl``).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tenmatsu.knowledge import load
from tenmatsu.records import Cell, Line, Sentence

BLANK = " \t\u3000\u00a0"
_NUMBER = r"(?:[(（]\s?[0-9０-９]{1,2}\s?[)）]|[①-⑳]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])|[0-9０-９]{1,2}\u3000(?=\S)|第[0-9０-９一二三四五六七八九十]{1,2}\s|[ア-コ]\s)"
_BULLET = r"(?:[・•■□●◆◇▼▽○◯〇⚫◎▪‣★☆▶►]|[※*＊>＞-](?![0-9*]))"


LONGEST = 600  # code points: text without full stops is cut at a comma or blank behind these, so that no rule scans far


class SectionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading pattern and the kind of section that it opens."""

    id: str
    section: str
    pattern: str
    positive: list[str]
    negative: list[str]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    blank = f"[{BLANK}]*"
    return {
        "marker": re.compile(f"{blank}(?:(?:{_BULLET}{blank})?{_NUMBER}|{_BULLET}){blank}"),
        "numbered": re.compile(rf"\s*(?:{_BULLET}\s*)?{_NUMBER}"),
        "bare": re.compile(rf"\s*(?:(?:{_BULLET}\s*)?{_NUMBER}|[■□●◆◇▼▽◎])"),
        "footnote": re.compile(
            r"[ \t]*(?P<mark>[*＊][0-9]{1,2}|※[0-9０-９]{1,2}|\[[0-9]{1,2}\]|注[0-9]{1,2}|\(注[0-9]?\))\s*[:：]?\s*(?=\S)"
        ),
        "date_only": re.compile(
            r"[<＜【\[(（■●・]?\s*[~〜～]?\s*(?:(?:令和|平成|R|H)?\s*(?:[0-9０-９元]{1,4})\s*[年./-]\s*)?[0-9０-９]{1,2}\s*[月./-]\s*"
            r"(?:[0-9０-９]{1,2}\s*日?)?\s*(?:[(（][^)）]{1,4}[)）])?\s*(?:(?:午前|午後)?\s*[0-9０-９]{1,2}\s*[時:：]\s*(?:[0-9０-９]{1,2}\s*分?)?\s*(?:頃|ごろ)?)?\s*[>＞】\])）:：]?$"
        ),
        "row_date": re.compile(
            r"[~〜～]?(?:(?:令和|平成|昭和)\s?[0-9０-９元]{1,2}\s?年\s?|[0-9０-９]{4}\s?[年/.-]\s?)?[0-9０-９]{1,2}\s?[月/.-]\s?(?:[0-9０-９]{1,2}\s?日?)?(?:\s?[(（][月火水木金土日祝・]{1,3}[)）])?(?=[ \t\u3000:：]|$)"
        ),
        "tag": re.compile(r"【([^】]{1,30})】"),
        "label": re.compile(r"([^。、:：\s]{2,12})(?:\s*[:：]\s*|[ \t\u3000]+)(\S.{0,60})$"),
        "label_name": re.compile(
            r"(?:日時|発生日|発覚日|判明日|公表日|確認日|時期|人数|件数|業種|会社|企業|組織|氏名|場所|対象|原因|媒体|内容|担当|電話|住所|機関|種別|年月日)$"
        ),
        "url": re.compile(r"(?:https?://\S+|(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+){1,4}(?:/\S*)?|f:id:\S+)$"),
        "citation_end": re.compile(
            r"(?:について|お知らせ|お詫び|ご報告|公表|発表|会見|[ぁ-ん一-龠ァ-ヶー」）)])?\s*[(（]?(?:[0-9]{4}[年/.-]\s?)?[0-9]{1,2}[月/.-]\s?[0-9]{1,2}日?[)）]?$"
        ),
        "predicate": re.compile(
            r"(?:ます|です|した|ました|ません|する|いる|ある|ない|った|れた|せん|ください|でした|れる)[。．]?$"
        ),
    }


@cache
def section_rules() -> tuple[tuple[SectionRule, re.Pattern[str]], ...]:
    """Return the heading rules in file order with their compiled patterns."""
    return tuple((rule, re.compile(rule.pattern)) for rule in load("layout-sections", SectionRule))


def section_of(heading: str) -> str:
    """Return the kind of section that a heading opens, "" when no rule knows it.

    The first rule in the file that matches wins, save that a rule for a delay's explanation (comment) and
    for leaked data stands before the general words through its own pattern.
    """
    plain = heading.strip(BLANK + "<>＜＞【】[]■□◆●▼▽◎:：()（）")
    hits = [rule.section for rule, pattern in section_rules() if pattern.search(plain)]
    if {"leaked", "leaked_possible"} <= set(hits):
        return "impact"  # one heading over both lists says nothing of either
    for narrow in ("comment", "leaked_possible", "plan"):
        if narrow in hits:
            return narrow
    return hits[0] if hits else ""


_TITLE = re.compile(
    r"(?:お詫び|お知らせ|ご報告|について|まとめ|に関する|経緯|被害|流出|漏え?い|漏洩|不正|攻撃|感染|お願い"
    "|ランサム|ウイルス|マルウェア|サイバー|障害|改ざん|乗っ取|紛失|盗難|誤送信|誤送付|誤配|誤公開|おそれ|恐れ|可能性|調査結果|最終報|続報)"
)
_HISTORY = re.compile(
    r"(?:新規作成|予約投稿|続報反映|追記(?:しました)?$|更新(?:しました)?$|公開日|掲載日|最終更新|更新日|投稿日)"
)
_FURNITURE = re.compile(
    r"(?:ご来訪ありがと|Thank you for|イラスト$|Google Analytics|ご入会|会費|コメントを書く|読者になる|シェア|ツイート|^PR$|有料会員|残り[0-9]+文?字|Copyright|©|All Rights|プライバシーポリシー$|サイトマップ|ページトップ|広告を非表示)"
)
_ADDRESSEE = re.compile(r"(?:各\s*位|皆様|関係者の皆様|御中)$")
_BYLINE = re.compile(r"^(?:《.+》|[(（].{2,30}より引用[)）]|引用元.*|出典[:：].*|\(?(?:文|記者|編集)[:：].*)$")
_CREDIT = re.compile(
    r"[0-9０-９]{4}[年/.-]\s?[0-9０-９]{1,2}[月/.-]\s?[0-9０-９]{1,2}日?(?:\s?[(（][月火水木金土日][)）])?"
    r"(?:\s*[0-9０-９]{1,2}[時:：][0-9０-９]{1,2}分?)?(?:\s*(?:配信|公開|掲載))?\s+\S{2,16}(?:新聞|通信|ニュース|放送|テレビ|オンライン|編集部|NEWS|News)社?$"
)
_HEADER = re.compile(
    r"^\s*(?:日時|日付|年月日|時期|日程|月日|No\.?|項番)(?=[ \t\u3000|｜])|^\s*(?:日時|日付|年月日|月日)\s*[|｜]?\s*$"
)
_SOURCE_HEADER = re.compile(r"^\s*(?:No\.?|項番)?\s*(?:発表ソース|ソース|媒体|記事タイトル)")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end


def _pipe_cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cells, at = [], start
    for index in range(start, end + 1):
        if index == end or text[index] in "|｜\t":
            if index > at or index < end:
                cells.append(_trim(text, at, index))
            at = index + 1
    if cells and cells[0][0] == cells[0][1] and text[start] in "|｜":
        cells = cells[1:]
    return cells


def _blank_cells(text: str, start: int, end: int, base: int, columns: int) -> list[tuple[int, int]]:
    """Cells of a row whose columns are divided by blanks; the first cell is the date.

    ``base`` is the smallest run of blanks after the date in the table: a longer run stands for an empty cell.
    """
    date = _patterns()["row_date"].match(text, start, end)
    assert date is not None
    rest = date.end()
    first = rest
    while first < end and text[first] in BLANK + ":：":
        first += 1
    cells = [(start, rest)]
    if columns > 2 and first - rest > base:
        cells.append((rest, rest))
    stop = _trim(text, first, end)[1]
    at = first
    for gap in re.finditer(r"(?<=。)[ \u3000]+(?=[^*※\[ ])|[ \u3000\u00a0]{2,}(?=[^*※\[ ])", text[first:stop]):
        if len(cells) >= columns - 1:
            break
        cells.append((at, first + gap.start()))
        at = first + gap.end()
    if at < stop:
        cells.append((at, stop))
    while len(cells) < columns:
        cells.append((end, end))
    return cells


def _is_heading(body: str, before_blank: bool, after_blank: bool, marked: bool) -> bool:
    if not body or len(body) > 46 or body[-1] in "。．、,？?" or _patterns()["predicate"].search(body):
        return False
    if re.fullmatch(r"[<＜【〔].+[>＞】〕]", body):
        return True
    if section_of(body) and len(body) <= 24:
        return True
    return (before_blank and after_blank and len(body) <= 40) or marked


def analyse(text: str) -> tuple[tuple[Line, ...], tuple[Sentence, ...]]:
    """Return the lines of ``text`` with their roles, and its sentences; offsets are code points.

    Lines are split on LF alone; a CR before it belongs to no line. Linear in the length of the text.
    """
    raw: list[tuple[int, int]] = []
    at = 0
    for piece in text.split("\n"):
        raw.append((at, at + len(piece) - (1 if piece.endswith("\r") else 0)))
        at += len(piece) + 1
    lines = _roles(text, raw)
    return tuple(lines), tuple(_sentences(text, lines))


def _roles(text: str, raw: list[tuple[int, int]]) -> list[Line]:
    patterns = _patterns()
    bodies = [text[slice(*_trim(text, a, b))] for a, b in raw]
    lines: list[Line] = []
    section, heading, group = "", 0, 0
    columns: list[str] = []
    base = 1
    pipe_columns, pipe_seen, pipe_header = 0, 0, False
    title_seen = False
    last_role = ""
    top = 0
    for number, ((start, end), body) in enumerate(zip(raw, bodies, strict=True), 1):
        left, right = _trim(text, start, end)
        if not body:
            lines.append(Line(number, start, end, left, "blank", section, heading))
            continue
        top += 1
        before = number == 1 or not bodies[number - 2]
        after = number == len(bodies) or not bodies[number]
        footnote = patterns["footnote"].match(text, start, end)
        marker = None if footnote else patterns["marker"].match(text, start, end)
        content = (footnote or marker).end() if (footnote or marker) else left  # type: ignore[union-attr]
        rest = text[content:right]
        tag = patterns["tag"].match(text, content, right)
        cells: tuple[Cell, ...] = ()
        role = "paragraph"

        tabbed = "\t" in body and not (marker and "\t" not in rest)
        if "|" in body or "｜" in body or tabbed:
            found = _pipe_cells(text, left, end)
            one = (body.count("|") + body.count("｜") == 1 and body[-1] in "|｜") or body in "|｜"
            if one:
                if not pipe_seen:
                    pipe_header, pipe_columns, columns = True, 0, []
                if pipe_header and (pipe_seen == 0 or not re.match(r"[~〜～]?[0-9０-９令平]", body)) and pipe_seen < 4:
                    pipe_columns += 1
                    columns.append(body.strip("|｜" + BLANK))
                    role = "header_row"
                else:
                    pipe_header = False
                    slot = (pipe_seen - pipe_columns) % max(1, pipe_columns)
                    if slot == 0:
                        group += 1
                    role = "row"
                    a, b = _trim(text, left, right - 1)
                    cells = (Cell(a, b, columns[slot] if slot < len(columns) else ""),)
                pipe_seen += 1
            else:
                group += 1
                texts = [text[a:b] for a, b in found]
                if not columns or not any(re.search("[0-9０-９]", cell) for cell in texts):
                    if not any(re.search("[0-9０-９]", cell) for cell in texts) and not pipe_seen:
                        columns, role = texts, "header_row"
                    else:
                        role = "row"
                else:
                    role = "row"
                if all(re.fullmatch(r"[-:\s]*", cell) for cell in texts):
                    role = "furniture"
                if role == "row":
                    cells = tuple(Cell(a, b, columns[i] if i < len(columns) else "") for i, (a, b) in enumerate(found))
                pipe_seen += 1
            lines.append(
                Line(number, start, end, left, role, section, heading, "", cells, group if role == "row" else 0)
            )
            continue
        pipe_seen = 0

        if _SOURCE_HEADER.match(body):
            role, section, heading = "heading", "sources", number
        elif _HEADER.match(body) and not patterns["row_date"].match(text, left, right):
            columns = [piece for piece in re.split(r"[ \t\u3000]+", body) if piece]
            role = "header_row"
            gaps = []
            for following in range(number, min(number + 40, len(raw))):
                a, b = _trim(text, *raw[following])
                date = patterns["row_date"].match(text, a, b)
                if date and date.end() < b:
                    gaps.append(len(text[date.end() : b]) - len(text[date.end() : b].lstrip(BLANK)))
            base = min(gaps, default=1)
        elif columns and len(columns) > 1 and patterns["row_date"].match(text, left, right):
            role = "row"
            group += 1
            cells = tuple(
                Cell(a, b, columns[i] if i < len(columns) else "")
                for i, (a, b) in enumerate(_blank_cells(text, left, right, base, len(columns)))
            )
        elif footnote:
            role = "footnote"
        elif _BYLINE.match(body) or (top <= 6 and _CREDIT.match(body)):
            role = "byline"
        elif patterns["url"].match(body) or (_FURNITURE.search(body) and len(body) < 160):
            role = "furniture"
        elif re.fullmatch(r"記|以\s*上|敬\s*具", body):
            role = "furniture"
            if body != "記":
                section = ""
        elif _ADDRESSEE.search(body) and len(body) < 30 and top < 15:
            role = "addressee"
        elif patterns["date_only"].match(body):
            role = "history" if section == "history" else "date_line"
        elif section == "history":
            role = "history"
            if not marker and not re.search("[0-9０-９]", body):
                role = ""
        if role in ("paragraph", ""):
            labelled = patterns["label"].match(text, content, right) if len(body) <= 60 and body[-1] != "。" else None
            named = labelled and patterns["label_name"].search(labelled[1])
            bare = bool(marker) and patterns["bare"].match(text, start, right) is not None
            plain = rest if marker else body
            # a short unmarked line behind a list and before a blank or another list opens something new
            behind_list = (
                not marker
                and len(plain) <= 30
                and last_role == "item"
                and (after or patterns["marker"].match(text, *raw[number]) is not None)
            )
            heading_like = _is_heading(plain, before, after, (bare and len(plain) <= 40) or behind_list)
            looks_title = (
                bool(_TITLE.search(body))
                and len(body) <= 90
                and body[-1] != "。"
                and not (section == "timeline" and patterns["row_date"].match(text, content, right))
            )
            if labelled and named and section != "sources":
                role = "label"
                cells = (Cell(content, labelled.end(1)), Cell(labelled.start(2), right, labelled[1]))
            elif (
                section == "sources"
                and body[-1] != "。"
                and len(body) <= 80
                and not bare
                and not (
                    section_of(body) not in ("", "sources") and len(body) <= 16 and not re.search("[0-9０-９]", body)
                )
            ):
                role = "source"
            elif (
                not title_seen and top <= 15 and looks_title and not marker and not patterns["predicate"].search(body)
            ) or (not title_seen and top <= 12 and looks_title and before and after and not marker and len(body) <= 60):
                role, title_seen = "title", True
            elif _HISTORY.search(body) and len(body) < 60 and re.search("[0-9０-９]", body) and body[-1] != "。":
                role = "history"
            elif patterns["row_date"].match(text, content, right) and len(rest) > 8:
                role = "item" if marker else "row"
                if role == "row":
                    group += 1
                    date = patterns["row_date"].match(text, content, right)
                    assert date is not None
                    a = _trim(text, date.end(), right)[0]
                    cells = (Cell(content, date.end()), Cell(a, right))
            elif heading_like and not (
                marker and not bare and section in ("sources", "timeline", "leaked", "leaked_possible")
            ):
                kind = section_of(plain)
                if marker and not bare and not kind:
                    role = "item"
                else:
                    role = "heading"
                    numbered = bare and patterns["numbered"].match(text, start, right) is not None
                    section = kind if kind or not numbered or section == "history" else section
                    heading = number
                    columns = []
            elif marker:
                role = "item"
            elif (section == "sources" and len(body) <= 70 and body[-1] != "。") or (
                section != "sources"
                and re.match(r"[^。]{2,40}[:：]", body)
                and patterns["citation_end"].search(body)
                and body[-1] != "。"
            ):
                role = "source"
            elif not role:
                role = "paragraph"
            if role == "item" and section == "sources":
                role = "source"
            if role == "item" and section == "contact":
                role = "contact"
            if role in ("paragraph",) and section in ("sources",) and body.endswith("。"):
                section = ""
            if (
                role in ("paragraph", "item")
                and not rest.endswith("。")
                and re.search(
                    r"(?:問い?合わ?せ先|TEL|電話|FAX|受付時間|フリーダイヤル|E-?mail)[^、。]{0,6}[:：(（\s]|[0-9０-９]{2,5}[-－‐(（][0-9０-９]{2,4}[-－‐)）][0-9０-９]{3,4}|@",
                    rest,
                )
                and re.search("[0-9０-９@]", rest)
                and len(rest) < 80
            ):
                role = "contact"
        last_role = role
        if role in ("item", "row"):
            group += 1
        lines.append(
            Line(
                number,
                start,
                end,
                content,
                role,
                section,
                heading,
                tag[1] if tag else "",
                cells,
                group if role in ("item", "row") else 0,
            )
        )
    return lines


_OPEN, _CLOSE = "(（「『【[〔", ")）」』】]〕"
_JOINABLE = ("paragraph", "item")


def _ends_sentence(text: str, at: int, end: int) -> bool:
    """Whether a sentence ends with the sign at ``at``: 。, or ! and ? that stand in no word (Yahoo!ニュース, a?b)."""
    if text[at] in "!?":
        return at + 1 >= end or not text[at + 1].isascii() or text[at + 1] == " "
    return text[at] in "。！？"


def _sentences(text: str, lines: list[Line]) -> list[Sentence]:
    """Split lines and cells into sentences; a hard-wrapped line runs on into the next."""
    found: list[Sentence] = []
    spans: list[tuple[int, int, int, int]] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.role == "blank":
            index += 1
            continue
        if line.cells:
            for position, cell in enumerate(line.cells):
                if cell.end > cell.start:
                    spans.append((cell.start, cell.end, line.number, position))
            index += 1
            continue
        end = line.end
        if line.role in _JOINABLE:
            while (
                index + 1 < len(lines)
                and lines[index + 1].role == "paragraph"
                and not lines[index + 1].cells
                and 24 <= lines[index].end - lines[index].start <= 60
                and text[lines[index].end - 1] not in "。．！？!?」）)】:："
                and lines[index + 1].section == line.section
            ):
                index += 1
                end = lines[index].end
        spans.append((line.content, end, line.number, -1))
        index += 1
    for start, end, number, column in spans:
        at, depth = start, 0
        for position in range(start, end):
            character, cut = text[position], False
            if character in _OPEN:
                depth += 1
            elif character in _CLOSE:
                depth = max(0, depth - 1)
            elif _ends_sentence(text, position, end) and (depth == 0 or position - at > 400):
                cut = True
            else:
                cut = position - at > (LONGEST if character in "、 \u3000\n" else 2 * LONGEST)
            if cut:
                found.append(Sentence(*_trim(text, at, position + 1), number, column))
                at, depth = position + 1, 0
        if at < end and text[at:end].strip():
            a, b = _trim(text, at, end)
            if found and a > start and re.fullmatch(r"(?:[*＊※][0-9０-９]{1,2}\s*|\[[0-9]{1,2}\]\s*)+", text[a:b]):
                last = found.pop()
                found.append(Sentence(last.start, b, last.line, last.cell))
            else:
                found.append(Sentence(a, b, number, column))
    return found
