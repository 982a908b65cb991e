"""The layout of a disclosure: what each line is for, with offsets into the unchanged text.

Roles decide what may be an event (annotation guide, section 2) and who is credited; a role is read from
marks (bullets, numbers, brackets, bars, blanks), from heading words (``models/layout-sections.jsonl``) and from the
words of ``models/layout-words.jsonl``. Each kind of line has its own small reader; the first that knows a line says what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from tenmatsu.read import rows
from tenmatsu.read.rows import trim
from tenmatsu.read.sentences import runs_on, split
from tenmatsu.read.words import BLANK, section_of, value_of, words
from tenmatsu.records import Cell, Line, Sentence

__all__ = ["analyse", "section_of", "title_words"]

_NUMBER = (
    r"(?:[(（]\s?[0-9０-９]{1,2}\s?[)）]|[①-⑳]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])|[0-9０-９]{1,2}\u3000(?=\S)"
    r"|第[0-9０-９一二三四五六七八九十]{1,2}\s|[ア-コ]\s)"
)
_BULLET = r"(?:[・•■□●◆◇▼▽○◯〇⚫◎▪‣★☆▶►➢✓✔]|[※*＊>＞-](?![0-9*])|\+ )"
_FULL_DAY = (
    r"(?:(?:令和|平成|[RH])\s?[0-9０-９元]{1,2}|[0-9０-９]{4})\s?[年./-]\s?[0-9０-９]{1,2}\s?[月./-]\s?[0-9０-９]{1,2}\s?日?"
    r"(?:\s?[(（][月火水木金土日祝・]{1,3}(?:曜日?)?[)）])?(?:\s?(?:付け?|掲載|公開|発表|公表|配信|第\s?[0-9０-９一二三四五六七八九十]{1,2}\s?報))?"
)
_SUPERSCRIPT = "¹²³⁴⁵⁶⁷⁸⁹"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    blank = f"[{BLANK}]*"
    return {
        "marker": re.compile(f"{blank}(?:(?:{_BULLET}{blank})?{_NUMBER}|{_BULLET}){blank}"),
        "numbered": re.compile(rf"\s*(?:{_BULLET}\s*)?{_NUMBER}"),
        "bare": re.compile(rf"\s*(?:(?:{_BULLET}\s*)?{_NUMBER}|[■□●◆◇▼▽◎])"),
        "quote": re.compile(rf"{blank}(?:> ?)+(?=\S)"),
        "hash": re.compile(rf"{blank}(?P<level>#{{1,6}})[ \u3000]+"),
        "bold": re.compile(r"(\*\*|__)(?P<body>[^*_]{1,46})\1[:：]?$"),
        "footnote": re.compile(
            rf"[{BLANK}]*(?P<mark>[*＊][0-9]{{1,2}}(?![0-9年月日/])|※[0-9０-９]{{1,2}}(?![0-9０-９年月日/])|[\[［][0-9０-９]{{1,2}}[\]］]|[\[［]注釈?\s?[0-9０-９]{{1,2}}[\]］]"
            rf"|注\s?[0-9０-９]{{1,2}}[)）]?|[(（]注\s?[0-9０-９]{{0,2}}[)）]|[(（]※\s?[0-9０-９]{{0,2}}[)）]|注[)）]|[†‡]|[{_SUPERSCRIPT}]{{1,2}})\s*[:：]?\s*(?=\S)"
        ),
        "date_only": re.compile(
            # blanks follow what they belong to, so that a run of them is read in one way only and in linear time
            r"[<＜【\[(（〔■●・]?\s*(?:[~〜～]\s*)?(?:(?:(?:令和|平成|R|H)\s*)?[0-9０-９元]{1,4}\s*[年./-]\s*)?[0-9０-９]{1,2}\s*(?:月|[./-](?=\s*[0-9０-９]))\s*"
            r"(?:[0-9０-９]{1,2}\s*(?:日\s*)?)?(?:(?:[(（][月火水木金土日祝休振替・曜]{1,5}[)）]|[月火水木金土日]曜日?)\s*)?"
            r"(?:(?:(?:午前|午後)\s*)?[0-9０-９]{1,2}\s*[時:：]\s*(?:[0-9０-９]{1,2}\s*(?:分\s*)?)?(?:(?:頃|ごろ)\s*)?)?[>＞】\])）〕:：]?$"
        ),
        "boxed": re.compile(rf"【([^】：:\s]{{2,12}})】[{BLANK}]*(\S.{{0,60}})$"),
        "tag": re.compile(r"【([^】]{1,30})】"),
        "bracketed": re.compile(r"【([^】0-9０-９]{2,12})】[ \u3000\t]*(\S.{0,80})$"),
        "label": re.compile(r"([^。、:：\s]{2,12})(?:\s*[:：]\s*|[ \t\u3000]+)(\S.{0,60})$"),
        # the same with any label, for a value that says yes or no of it (個人情報の漏えい：なし)
        "pair": re.compile(rf"([^。、:：|｜{BLANK}]{{2,30}})(?:\s*[:：|｜]\s*|[{BLANK}]+)(\S[^|｜]{{0,40}})$"),
        # a line that is one token of machine text: an address, a file, an image's mark
        "token": re.compile(r"(?=[!-~]*[A-Za-z])(?=[!-~]*[:/.])(?:[!-?A-~]{5,})$"),
        "citation_end": re.compile(
            r"(?:について|お知らせ|お詫び|ご報告|公表|発表|会見|[ぁ-ん一-龠ァ-ヶー」）)])?\s*[(（]?(?:[0-9]{4}[年/.-]\s?)?[0-9]{1,2}[月/.-]\s?[0-9]{1,2}日?[)）]?$"
        ),
        "asked": re.compile(
            r"(?:[QＱ][0-9０-９]{0,3}|[AＡ問答][0-9０-９]{1,3}|[AＡ問答])\s?(?:[.．:：、)）]|(?<=[QＱ0-9０-９ 　])(?=[^!-~]))"
        ),
        "day_first": re.compile(r"[~〜～]?[0-9０-９令平]"),
        # a title in brackets with no word beside it but a day, an address or who published it
        "quoted_title": re.compile(
            r"[「『][^\n]{2,120}[」』](?P<day>\s*[(（]?[0-9０-９令平][0-9０-９和成元年月日./-]{5,14}[)）]?)?\s*(?P<url>https?://\S{1,200})?$"
        ),
        "quoted_end": re.compile(
            r"(?:お詫び|おわび|お知らせ|ご?報告(?:書)?|について|に関して|経過|報)(?:[(（][^()（）]{1,20}[)）])?[」』]"
        ),
        # a title's line that begins or ends with its day, set off by blanks or a bracket
        "day_before": re.compile(
            rf"(?:(?:[Dd]ate|DATE)[ :：]+)?(?P<day>{_FULL_DAY})[)）\]】]?(?:[{BLANK}|｜]+|(?<=[)）\]】]))(?=[^{BLANK}])"
        ),
        "counted": re.compile(r"([0-9０-９]{1,2}) (?=[^\s!-~0-9０-９])"),
        "full_day": re.compile(_FULL_DAY),
        "day_behind": re.compile(rf"(?:[{BLANK}|｜]+[(（\[【〔]?|[(（\[【〔])(?P<day>{_FULL_DAY})\s?[)）\]】〕]?$"),
        "page_of": re.compile(r"[-–—―]?\s?([0-9]{1,3})\s?[/／]\s?([0-9]{1,3})\s?[-–—―]?$"),
        "rule_cells": re.compile(r"[-:\s]*$"),
        "step": re.compile(r"[をへに](?:順次|再度|随時|正式に|新たに|全て|すべて)?[一-龠]{2,4}$"),
        "underline": re.compile(r"[=-]{3,}$"),
        "leaders": re.compile(r"[\s.．・…‥·-]*[0-9０-９]{0,3}$"),
        "digit": re.compile(r"[0-9０-９]"),
    }


def analyse(text: str) -> tuple[tuple[Line, ...], tuple[Sentence, ...]]:
    """Return the lines of ``text`` with their roles, and its sentences; offsets are code points.

    Lines are split on LF alone; a CR before it belongs to no line. Linear in the length of the text.
    """
    raw: list[tuple[int, int]] = []
    at = 0
    for piece in text.split("\n"):
        raw.append((at, at + len(piece) - (1 if piece.endswith("\r") else 0)))
        at += len(piece) + 1
    plain = text.translate(_radicals()) if any("\u2f00" <= c <= "\u2fd5" for c in text) else text
    lines = _Reader(plain, raw).read()
    return tuple(lines), tuple(split(plain, lines))


@cache
def _radicals() -> dict[int, str]:
    """Kangxi radicals as copies from PDF carry them (⽉ for 月), one character for one."""
    return {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


def _is_heading(body: str, before_blank: bool, after_blank: bool, marked: bool) -> bool:
    if not body or len(body) > 46 or body[-1] in "。．、,？?" or words("predicate").search(body):
        return False
    if re.fullmatch(r"[<＜【〔].+[>＞】〕]|【[0-9０-９]{1,2}】.+", body):
        return True
    if _patterns()["step"].search(body) and not marked:
        return False  # 調査結果の報告を受領 is a step of a chronology, told without its verb
    if section_of(body) and len(body) <= 24:
        return True
    return (before_blank and after_blank and len(body) <= 40) or marked


# sections that are said to somebody or of something else: nothing below their siblings belongs to them
_AIMED = ("advice", "contact", "history", "glossary", "sources")


def _shape(body: str) -> str:
    """The marks that a heading opens with, its figures left open: 【0】, 0．"""
    opened = re.match(r"[^\w「『]*(?:[0-9０-９]{1,2}|[①-⑳])?[^\w「『]*", body)
    return re.sub(r"[0-9０-９①-⑳]+", "0", opened[0]).strip() if opened else ""


class _Current:
    """The line at hand: its place, its words, its marks, and what its readers found besides the role."""

    __slots__ = ("after", "before", "body", "cells", "content", "dated", "end", "footnote", "hash", "left", "marker", "number", "quoted", "rest", "right", "start")  # fmt: skip

    def __init__(self, reader: _Reader, number: int) -> None:
        text, patterns = reader.text, _patterns()
        self.number = number
        self.start, self.end = reader.raw[number - 1]
        self.left, self.right = trim(text, self.start, self.end)
        quote = patterns["quote"].match(text, self.start, self.end)
        self.quoted = quote is not None
        if quote:
            self.left = quote.end()
        self.body = text[self.left : self.right]
        bodies = reader.bodies
        self.before = number == 1 or not bodies[number - 2]
        self.after = number == len(bodies) or not bodies[number] or bool(patterns["underline"].match(bodies[number]))
        begin = self.left if quote else self.start
        self.footnote = patterns["footnote"].match(text, begin, self.end)
        self.hash = patterns["hash"].match(text, begin, self.end)
        bold = patterns["bold"].match(text, self.left, self.right)
        self.marker = None if self.footnote or self.hash else patterns["marker"].match(text, begin, self.end)
        mark = self.footnote or self.hash or self.marker
        self.content = mark.end() if mark else self.left
        if bold:
            self.content = bold.start("body")
        self.rest = text[self.content : bold.end("body") if bold else self.right]
        if bold or self.hash:
            self.body = self.rest
        self.cells: tuple[Cell, ...] = ()
        self.dated: tuple[int, int] | None = None

    @property
    def plain(self) -> str:
        """The words without a bullet or number."""
        return self.rest if self.marker else self.body


class _Reader:
    """Reads the lines of one text in order; what a line opens (a section, a table) holds for those below it."""

    def __init__(self, text: str, raw: list[tuple[int, int]]) -> None:
        self.text, self.raw = text, raw
        self.bodies = [text[slice(*trim(text, a, b))] for a, b in raw]
        self.lines: list[Line] = []
        self.section, self.heading, self.group = "", 0, 0
        self.columns: list[str] = []
        self.table: rows.BlankTable | None = None
        self.dates = rows.DatesOfRows()
        self.block: dict[int, tuple[str, tuple[Cell, ...], int, tuple[int, int] | None]] = {}
        self.block_end = 0
        self.values: set[int] = set()  # lines that give the value of a label above them
        self.title_seen = self.begun = self.closed = False
        self.last_role = ""
        self.top = 0
        self.opener = ""
        self.pages = _pages(self.bodies)
        self.counted = _counted(self.bodies)
        self.counts = Counter(_bare_words(body) for body in self.bodies if body and len(body) <= 60)

    def read(self) -> list[Line]:
        """Return the lines with their roles."""
        for number in range(1, len(self.raw) + 1):
            if not self.bodies[number - 1]:
                start, end = self.raw[number - 1]
                left = trim(self.text, start, end)[0]
                self.lines.append(Line(number, start, end, left, "blank", self.section, self.heading))
                continue
            self.top += 1
            self._line(number)
        return self.lines

    def _line(self, number: int) -> None:
        line = _Current(self, number)
        role = self._bars(line)
        if role is not None:
            group = self.group if role == "row" else 0
            if role == "row" and number in self.block:
                group = self.block[number][2]
            self._add(line, role, line.left, group)
            return
        role = self._marked_off(line) or self._in_section(line) or self._by_words(line)
        role = self._settled(line, role)
        self.last_role = role
        self.begun = self.begun or (role == "paragraph" and "。" in line.body)
        if role in ("item", "row"):
            self.group += 1
        self._add(line, role, line.content, self.group if role in ("item", "row") else 0)

    def _add(self, line: _Current, role: str, content: int, group: int) -> None:
        tag = _patterns()["tag"].match(self.text, line.content, line.right)
        self.lines.append(
            Line(
                line.number,
                line.start,
                line.end,
                content,
                role,
                self.section,
                self.heading,
                tag[1] if tag else "",
                line.cells,
                group,
                line.dated,
            )
        )

    # -- tables that bars or tabs divide ---------------------------------------------------------------------------

    def _bars(self, line: _Current) -> str | None:
        """The role of a line of a table with bars or tabs, None for any other line."""
        if line.number > self.block_end:
            self._open_block(line.number)
        if line.number not in self.block:
            return None
        role, line.cells, _, line.dated = self.block[line.number]
        return role

    def _barred(self, number: int) -> bool:
        """Whether a line (from 1) has the marks of a table's row."""
        body = self.bodies[number - 1]
        if "|" in body or "｜" in body:
            return True
        if "\t" not in body:
            return False
        start, end = self.raw[number - 1]
        marker = _patterns()["marker"].match(self.text, start, end)
        footnote = _patterns()["footnote"].match(self.text, start, end)
        return not (marker and not footnote and "\t" not in self.text[marker.end() : end].rstrip(BLANK))

    def _open_block(self, number: int) -> None:
        """Read the table that begins with a line, as far as it goes; blank lines may stand between its rows."""
        self.block, self.block_end = {}, number
        numbers: list[int] = []
        at = number
        while at <= len(self.bodies):
            if self.bodies[at - 1]:
                if not self._barred(at):
                    break
                numbers.append(at)
            at += 1
        self.block_end = max(number, at - 1)
        if not numbers or (len(numbers) == 1 and self._lone(numbers[0])):
            return
        self.dates = rows.DatesOfRows()
        single = [one for one in numbers if _one_cell(self.bodies[one - 1])]
        if single and single[0] == numbers[0]:
            self._cells_below_each_other(single)
            numbers = [one for one in numbers if one not in self.block]
        self._rows_of_bars(numbers)

    def _lone(self, number: int) -> bool:
        """Whether a single line with a bar is no table: a page's title with its site (お知らせ | 甲社)."""
        start, end = trim(self.text, *self.raw[number - 1])
        body = self.text[start:end]
        told = [self.text[a:b] for a, b in rows.bar_cells(self.text, start, end)]
        # お知らせ | 2024年5月1日 is a part of the site and a day
        others = told if len(told) != 2 or not any(words("rubric").search(cell) for cell in told) else []
        return (
            body[0] not in "|｜"
            and not _one_cell(body)
            and not any(rows.is_date(told) for told in others)
            and ("\t" not in body and not self.columns)
        )

    def _cells_below_each_other(self, numbers: list[int]) -> None:
        """A table with one cell a line: the heads come first, then row by row."""
        places = [trim(self.text, *self.raw[one - 1]) for one in numbers]
        spans = [trim(self.text, a, b - 1) for a, b in places]
        told = [self.text[a:b].strip("|｜" + BLANK) for a, b in spans]
        first = next(
            (place for place, body in enumerate(told) if place and _patterns()["day_first"].match(body)), len(told)
        )
        column = rows.date_column(told[: min(first, 4)])
        wide = max(1, min(first - (column or 0), 4))
        self.columns = told[:wide]
        self.dates = rows.DatesOfRows(column, column is not None)
        for one in numbers[:wide]:
            self.block[one] = ("header_row", (), 0, None)
        for begin in range(wide, len(numbers), wide):
            self.group += 1
            dated = self.dates.of(self.text, spans[begin : begin + wide])
            for slot, one in enumerate(numbers[begin : begin + wide]):
                cell = Cell(*spans[begin + slot], self.columns[slot] if slot < len(self.columns) else "")
                self.block[one] = ("row", (cell,), self.group, dated)

    def _rows_of_bars(self, numbers: list[int]) -> None:
        """The rows of a table with a row a line; its heads are a first row without figures."""
        for place, number in enumerate(numbers):
            start, end = self.raw[number - 1]
            if "|" in self.bodies[number - 1] or "｜" in self.bodies[number - 1]:
                start, end = trim(self.text, start, end)
            cells = rows.bar_cells(self.text, start, end, len(self.columns))
            told = [self.text[a:b] for a, b in cells]
            if all(_patterns()["rule_cells"].match(cell) for cell in told):
                self.block[number] = ("furniture", (), 0, None)
            elif place == 0 and self._are_heads(told, numbers):
                self.columns = told
                column = rows.date_column(told)
                self.dates = rows.DatesOfRows(column, column is not None)
                self.block[number] = ("header_row", (), 0, None)
            else:
                self.group += 1
                heads = self.columns
                made = tuple(Cell(a, b, heads[i] if i < len(heads) else "") for i, (a, b) in enumerate(cells))
                self.block[number] = ("row", made, self.group, self.dates.of(self.text, cells))

    def _are_heads(self, told: list[str], numbers: list[int]) -> bool:
        below = self.bodies[numbers[1] - 1] if len(numbers) > 1 else ""
        ruled = "-" in below and re.fullmatch(r"[-:|｜\s]+", below) is not None
        plain = not any(
            _patterns()["digit"].search(cell) or cell.endswith("。") or len(cell) > 40 or value_of(cell)
            for cell in told
        )
        return ruled or plain

    # -- lines that their marks or a few fixed words tell ----------------------------------------------------------

    def _marked_off(self, line: _Current) -> str | None:
        """The first of the readers for lines outside the running text that knows the line."""
        readers = (self._page, self._value, self._label_above, self._continued, self._hash_heading, self._table_head, self._table_row, self._toc, self._footnote, self._byline, self._furniture, self._letter, self._issuer, self._date_line)  # fmt: skip
        for reader in readers:
            role = reader(line)
            if role is not None:
                return role
        return None

    def _page(self, line: _Current) -> str | None:
        return "furniture" if line.number in self.pages else None

    def _value(self, line: _Current) -> str | None:
        return "label" if line.number in self.values else None

    def _label_above(self, line: _Current) -> str | None:
        """A label of a time on a line of its own, its value on the next: read like the two on one line (発生日時：5月1日).

        A date alone goes on for as many lines as there are. A date with a story under it tells a step of a chronology.
        """
        if self.section in ("sources", "history") or len(line.plain) > 30:
            return None
        counted = re.match(r"[0-9０-９]{1,2}[.．]?[ \u3000]", line.plain)
        label = line.plain[counted.end() if counted else 0 :].strip(BLANK + "<>＜＞【】[]〔〕:：*_")
        if not words("when_label").search(label) or _patterns()["digit"].search(label):
            return None
        numbers: list[int] = []
        at = line.number + 1
        while at <= len(self.bodies) and at - (numbers[-1] if numbers else line.number) <= 2 and len(numbers) < 12:
            body = self.bodies[at - 1].lstrip("・-－:：" + BLANK)
            if body and not rows.is_day_value(body) and not (numbers and body in ("~", "〜", "～", "から")):
                break
            if body:
                numbers.append(at)
                if len(body) > 2 and not rows.is_date(body):
                    break
            at += 1
        if not numbers:
            return None
        below = self.bodies[numbers[-1]] if numbers[-1] < len(self.bodies) else ""
        if below.endswith("。") and not _patterns()["marker"].match(below):
            return None
        first, last = self.raw[numbers[0] - 1], self.raw[numbers[-1] - 1]
        begin = trim(self.text, *first)[0]
        while self.text[begin] in "・-－:：" + BLANK:
            begin += 1
        end = trim(self.text, *last)[1]
        head = self.text.index(label, line.start, line.right)
        line.cells = (Cell(head, head + len(label)), Cell(begin, end, label))
        self.values.update(range(numbers[0], numbers[-1] + 1))
        if line.marker or counted or line.before or line.hash:
            self._open_section(line, "")
        return "label"

    def _continued(self, line: _Current) -> str | None:
        """The rest of a hard-wrapped line is a paragraph, whatever it begins with."""
        if not self.lines or self.lines[-1].role not in ("paragraph", "item") or line.hash or line.quoted:
            return None
        above = self.lines[-1]
        if re.fullmatch(r"【[^】]{1,30}】", line.body):
            return None
        if (line.marker and not line.marker[0][-1].isdigit()) or line.footnote:
            return None
        return "paragraph" if runs_on(self.text[above.start : above.end], line.body) and not line.marker else None

    def _hash_heading(self, line: _Current) -> str | None:
        """# heading: the first at the head of the text is its title."""
        if line.hash is None:
            return None
        if _patterns()["date_only"].match(line.rest):
            return "date_line"
        if len(line.hash["level"]) == 1 and not self.title_seen and self.top <= 6:
            self.title_seen = True
            return "title"
        self._open_section(line, section_of(line.rest))
        return "heading"

    def _open_section(self, line: _Current, section: str) -> None:
        self.section, self.heading, self.columns, self.table = section, line.number, [], None

    def _table_head(self, line: _Current) -> str | None:
        """The head of a table that blanks divide, or of a list of sources."""
        if words("source_head").search(line.body):
            self.section, self.heading = "sources", line.number
            return "heading"
        if self.table is not None and line.number - 1 <= self.table.last:
            return None  # inside a table that is read already
        if words("table_head").search(line.body) and rows.date_end(self.text, line.left, line.right) is None:
            heads = [piece for piece in re.split(rf"[{BLANK}]+", line.body) if piece]
            self.table = rows.blank_table(self.text, self.raw, line.number - 1, heads)
            if not self.table.rows:
                self.table = rows.late_date_table(self.text, self.raw, line.number - 1) or self.table
        elif len(line.body) <= 60 and (late := rows.late_date_table(self.text, self.raw, line.number - 1)):
            self.table = late
        else:
            return None
        self.columns = self.table.heads
        column = rows.date_column(self.columns)
        self.dates = rows.DatesOfRows(0 if column is None and not self.table.rows else column, column is not None)
        return "header_row"

    def _table_row(self, line: _Current) -> str | None:
        if self.table is None or line.number - 1 not in self.table.rows:
            return None
        spans = self.table.rows[line.number - 1]
        heads = self.columns
        line.cells = tuple(Cell(a, b, heads[i] if i < len(heads) else "") for i, (a, b) in enumerate(spans))
        line.dated = self.dates.of(self.text, spans)
        self.group += 1
        return "row"

    def _toc(self, line: _Current) -> str | None:
        """An entry of a table of contents: its words come again as a heading, or a page number follows them."""
        if self.section != "toc":
            return None
        bare = _bare_words(line.body)
        led = re.search(r"[.．・…‥·]{3,}\s*[0-9０-９]{1,3}$", line.body)
        if len(line.body) <= 60 and "。" not in line.body and (led or self.counts[bare] > 1):
            self.counts[bare] -= 1
            return "toc"
        self.section = ""
        return None

    def _footnote(self, line: _Current) -> str | None:
        return "footnote" if line.footnote else None

    def _byline(self, line: _Current) -> str | None:
        credited = words("byline").search(line.body) or (self.top <= 6 and words("credit").match(line.body))
        return "byline" if credited else None

    def _furniture(self, line: _Current) -> str | None:
        body = line.body
        if _patterns()["date_only"].match(body):
            return None  # R5.4.12 is a date, whatever machine text looks like
        bare = _undated(body)
        if bare != body and len(bare) <= 20 and words("rubric").search(bare.strip("|｜/・:：" + BLANK)):
            return "furniture"  # お知らせ | 2024年5月1日: the part of the site and the day
        if _patterns()["token"].match(body) or (len(body) < 160 and words("furniture").search(body)):
            return "furniture"
        return None

    def _letter(self, line: _Current) -> str | None:
        """記, 以上, those addressed, and the polite opening."""
        if words("end").search(line.body):
            self.section, self.closed = "", True
            return "furniture"
        if words("separator").search(line.body):
            return "furniture"
        if len(line.body) < 30 and self.top < 15 and words("addressee").search(line.body):
            return "addressee"
        return "greeting" if words("greeting").search(line.body) else None

    def _issuer(self, line: _Current) -> str | None:
        """The block that says who issues the text: at its head, or behind 以上."""
        if len(line.body) > 60 or "。" in line.body or line.marker or self.section in ("contact", "sources"):
            return None
        zone = (self.top <= 16 and not self.begun) or self.closed
        if zone and words("issuer").search(line.body) and not rows.is_date(line.body):
            return "issuer"
        if len(line.body) <= 36 and (zone or self.last_role not in ("item", "row")) and words("head").search(line.body):
            return "issuer"
        return None

    def _date_line(self, line: _Current) -> str | None:
        body = line.body.strip("*_ ")
        if _patterns()["date_only"].match(body):
            return "history" if self.section == "history" else "date_line"
        if line.marker and self._deeper_below(line) and _patterns()["date_only"].match(line.rest.strip("*_ ")):
            return "date_line"
        return None

    def _deeper_below(self, line: _Current) -> bool:
        """Whether the next line is indented further, as the list under an item is."""
        if line.number >= len(self.raw) or not self.bodies[line.number]:
            return False
        start, end = self.raw[line.number]
        return trim(self.text, start, end)[0] - start > line.left - line.start

    # -- lines of an update history --------------------------------------------------------------------------------

    def _in_section(self, line: _Current) -> str | None:
        """A line of an update history; a line without a mark or a figure may open something new."""
        if self.section != "history" or not (line.marker or _patterns()["digit"].search(line.body)):
            return None
        return "history"

    # -- the running text ------------------------------------------------------------------------------------------

    def _by_words(self, line: _Current) -> str:
        """The role of a line of the running text: what it says and how it is set off."""
        readers = (
            self._reference,
            self._label,
            self._source,
            self._title,
            self._history,
            self._dated_item,
            self._heading,
            self._cited,
        )
        for reader in readers:
            role = reader(line)
            if role is not None:
                return role
        return "item" if line.marker else "paragraph"

    def _bare(self, line: _Current) -> bool:
        """Whether the mark is one that headings have: a number or a filled sign."""
        return bool(line.marker) and _patterns()["bare"].match(self.text, line.start, line.right) is not None

    def _reference(self, line: _Current) -> str | None:
        """A line that only names another text: its title in brackets, or what 参照 and the like lead to."""
        body = line.rest.lstrip("※*＊" + BLANK)
        if len(body) > 300 or body.endswith("。"):
            return None
        named = _patterns()["quoted_title"].match(body)
        if named and (named["url"] or ((line.marker or named["day"]) and _patterns()["quoted_end"].search(body))):
            return "source"
        referred = len(body) <= 100 and words("reference").search(body) and not words("predicate").search(body)
        return "source" if referred else None

    def _label(self, line: _Current) -> str | None:
        """A card's line of label and value (業種 小売), and any pair whose value says yes or no (流出：なし)."""
        if self.section == "sources":
            return None
        pair = _patterns()["pair"].match(self.text, line.content, line.right)
        value = value_of(pair[2]) if pair else ""
        # a list of data tells how many of each there are (顧客の氏名　1,240名分): a count alone makes no label
        counted = _patterns()["digit"].search(pair[2]) is not None if pair else False
        told = value and (value != "asserted" or not counted)
        if pair and told and rows.date_end(self.text, *pair.span(1)) is None:
            line.cells = (Cell(line.content, pair.end(1)), Cell(pair.start(2), line.right, pair[1]))
            return "label"
        if len(line.body) > 60 or line.body[-1] == "。":
            return None
        bracketed = _patterns()["bracketed"].match(self.text, line.content, line.right)
        if bracketed and self._in_card(line.number, bracketed[1]):
            line.cells = (Cell(*bracketed.span(1)), Cell(bracketed.start(2), line.right, bracketed[1]))
            return "label"
        boxed = _patterns()["boxed"].match(self.text, line.left, line.right)
        if boxed and (
            (words("when_label").search(boxed[1]) and rows.is_day_value(boxed[2]))
            or (words("counted_label").search(boxed[1]) and _patterns()["digit"].search(boxed[2][:4]))
        ):
            line.cells = (Cell(boxed.start(1), boxed.end(1)), Cell(boxed.start(2), line.right, boxed[1]))
            return "label"
        hit = _patterns()["label"].match(self.text, line.content, line.right)
        timed = hit is not None and words("when_label").search(hit[1]) and rows.is_day_value(hit[2])
        if hit is None or not (timed or words("label").search(hit[1])):
            return None
        if self._may_head(line) and words("title_end").search(_undated(hit[2])):
            return None  # 甲山株式会社　不正アクセスに関するお知らせ: whose title it is
        line.cells = (Cell(line.content, hit.end(1)), Cell(hit.start(2), line.right, hit[1]))
        return "label"

    def _in_card(self, number: int, name: str) -> bool:
        """Whether a line that opens with its label in brackets (【発生時期】2021年1月) stands among others of its kind."""
        if self.lines and self.lines[-1].role == "label" and self.bodies[number - 2].startswith("【"):
            return True
        below = self.bodies[number] if number < len(self.bodies) else ""
        named = words("label").search(name) or words("when_label").search(name)
        return bool(named and _patterns()["bracketed"].match(below))

    def _source(self, line: _Current) -> str | None:
        """A line in a list of sources, until a short line opens another section."""
        if self.section != "sources" or line.body[-1] == "。" or len(line.body) > 80 or self._bare(line):
            return None
        opens = section_of(line.body) not in ("", "sources") and len(line.body) <= 16
        return None if opens and not _patterns()["digit"].search(line.body) else "source"

    def _may_head(self, line: _Current) -> bool:
        """Whether a title may still come: near the top, and behind a greeting or a teaser only set off by blank lines."""
        if self.title_seen or self.top > 15:
            return False
        if not self.begun:
            return True
        above = self.lines[-1] if self.lines else None
        set_off = line.before or (above is not None and above.role not in ("paragraph", "item", "heading"))
        return self.top <= 6 and set_off and len(line.body) <= 60 and not re.fullmatch(r"【[^】]*】", line.body)

    def _title(self, line: _Current) -> str | None:
        body = line.body
        if not self._may_head(line) or line.marker or len(body) > 120 or body[-1] in "。、，,":
            return None
        if _patterns()["asked"].match(body):
            return None  # a question of a list heads its answer alone
        dated = self._edge_day(line)
        told = _undated(body)
        if self._is_step(line, told):
            return None
        if len(told) > 90 or not words("title").search(told):
            return None
        if self.section == "timeline" and rows.date_end(self.text, line.content, line.right) is not None:
            return None
        if len(told) <= 8 and section_of(told) and not re.search("お|ご|報告|開示", told):
            return None  # 経緯, 被害状況 head a part of the text
        label = re.match(r"([^:：\s]{2,12})[:：]", told)
        if label and (words("label").search(label[1]) or words("when_label").search(label[1])):
            return None
        if words("rubric").search(told) and self._title_below(line.number):
            return "furniture"
        if words("unit").search(told) and len(told) <= 24 and self._title_below(line.number):
            return None  # サイバー事案調査委員会: whose title stands below
        alone = self.top <= 12 and line.before and line.after and len(body) <= 60
        if words("predicate").search(body) and not alone:
            return None
        line.cells = dated
        self.title_seen = True
        return "title"

    def _is_step(self, line: _Current, told: str) -> bool:
        """Whether a line that opens with a date is a row of a chronology: such rows stand beside it, and it heads nothing."""
        if words("title_end").search(told) or rows.date_end(self.text, line.content, line.right) is None:
            return False
        below = next((place for place in range(line.number, len(self.bodies)) if self.bodies[place]), None)
        return self.last_role == "row" or (
            below is not None and rows.date_end(self.text, *trim(self.text, *self.raw[below])) is not None
        )

    def _title_below(self, number: int) -> bool:
        """Whether one of the next lines is a title, so that this one names the page's part that it stands in."""
        near = (self.bodies[at] for at in range(number, min(len(self.bodies), number + 8)))
        return any(
            len(body) <= 90
            and body[-1] not in "。、，,"
            and not words("rubric").search(_undated(body))
            and words("title").search(_undated(body)) is not None
            and words("predicate").search(body) is None
            for body in near
            if body
        )

    def _edge_day(self, line: _Current) -> tuple[Cell, ...]:
        """The day at the head or the end of a title's line and its words, as two cells; the day dates the text alone."""
        day = _patterns()["day_before"].match(self.text, line.content, line.right)
        if day and not words("dated_by").search(self.text[day.end() : line.right]):
            return (Cell(*day.span("day")), Cell(day.end(), line.right))
        day = _patterns()["day_behind"].search(self.text, line.content, line.right)
        if day and day.start() > line.content:
            return (Cell(line.content, day.start()), Cell(*day.span("day")))
        return ()

    def _history(self, line: _Current) -> str | None:
        """Bookkeeping outside an update history: 公開日 …, … 追記."""
        body = line.body
        if len(body) >= 60 or "。" in body or not _patterns()["digit"].search(body):
            return None
        return "history" if words("history").search(body) else None

    def _dated_item(self, line: _Current) -> str | None:
        """A line that opens with a date, blanks and what happened."""
        stop = rows.date_end(self.text, line.content, line.right, relative=self.section == "timeline")
        if stop is None or len(line.rest) <= 8:
            return None
        below = self.bodies[line.number] if line.number < len(self.bodies) else ""
        if not line.marker and runs_on(line.body, below):
            return None  # a sentence that begins with its date and goes on below
        if line.marker:
            return "item"
        self.group += 1
        begin = stop
        while begin < line.right and self.text[begin] in BLANK + "*:：":
            begin += 1
        line.cells = (Cell(line.content, stop), Cell(begin, line.right))
        return "row"

    def _heading(self, line: _Current) -> str | None:
        counted = _patterns()["counted"].match(line.plain) if line.number in self.counted else None
        bare = self._bare(line) or counted is not None
        plain = line.plain[counted.end() if counted else 0 :]
        if _is_contact(plain) and re.search("[0-9０-９]{3}|@", plain):
            return None  # a telephone number heads nothing; the number of a heading (4 お問い合わせ先) may
        # a short unmarked line behind a list and before a blank or another list opens something new
        behind_list = (
            not line.marker
            and len(plain) <= 30
            and self.last_role == "item"
            and (line.after or _patterns()["marker"].match(self.text, *self.raw[line.number]) is not None)
        )
        bold = self.text.startswith(("**", "__"), line.left) and line.content > line.left
        marked = bare and len(plain) <= (24 if counted else 40)
        if not _is_heading(plain, line.before, line.after, marked or behind_list or bold):
            return None
        if line.marker and not bare and self.section in ("sources", "timeline", "leaked", "leaked_possible"):
            return None
        kind = section_of(plain)
        if line.marker and not bare and not kind:
            return "item"
        numbered = bare and (counted or _patterns()["numbered"].match(self.text, line.start, line.right)) is not None
        # a heading of the same marks as the one that opened the section (【３】, 【４】) is its sibling and ends it
        sibling = self.section in _AIMED and _shape(line.body) == self.opener
        keeps = not kind and numbered and self.section != "history" and not sibling
        if not keeps:
            self.opener = _shape(line.body)
        self._open_section(line, self.section if keeps else kind)
        return "heading"

    def _cited(self, line: _Current) -> str | None:
        """A line that points to an official release."""
        body = line.body
        if line.marker or body[-1] == "。":
            return None
        if self.section == "sources":
            return "source" if len(body) <= 70 else None
        if re.match(r"[^。]{2,40}[:：]", body) and _patterns()["citation_end"].search(body):
            return "source"
        return None

    def _settled(self, line: _Current, role: str) -> str:
        """What the section makes of a role, and telephone numbers and addresses wherever they stand."""
        if role == "item" and self.section in ("sources", "contact"):
            role = "source" if self.section == "sources" else "contact"
        if role == "paragraph" and self.section == "sources" and line.body.endswith("。"):
            self.section = ""
        if role in ("paragraph", "item") and not line.rest.endswith("。") and len(line.rest) < 80:
            # 電話連絡を開始 is a step of a chronology; only a number or an address makes it a desk there
            told = self.section == "timeline" and not re.search("[0-9０-９]{3}[-－ー‐―]|@", line.rest)
            if _is_contact(line.rest) and not told:
                return "contact"
        return role


def _undated(body: str) -> str:
    """Return the words of a title's line without the day at its head or its end."""
    return _patterns()["day_behind"].sub("", _patterns()["day_before"].sub("", body, count=1), count=1)


def title_words(text: str, title: Line) -> str:
    """Return the words of a title's line without the day that stands beside them in a cell of its own."""
    cells = [text[cell.start : cell.end].strip() for cell in title.cells]
    told = [cell for cell in cells if not _patterns()["full_day"].fullmatch(cell)]
    return told[0] if told else text[title.content : title.end].strip()


def _is_contact(body: str) -> bool:
    """Whether a line gives a telephone number, an address or hours."""
    return words("contact").search(body) is not None and re.search("[0-9０-９@]", body) is not None


def _one_cell(body: str) -> bool:
    return body in ("|", "｜") or (body.count("|") + body.count("｜") == 1 and body[-1] in "|｜")


def _bare_words(body: str) -> str:
    """Return a line's words without number, leaders and page number, to know an entry of the contents again."""
    mark = _patterns()["marker"].match(body)
    return _patterns()["leaders"].sub("", body[mark.end() if mark else 0 :]).strip()


def _pages(bodies: list[str]) -> set[int]:
    """Return the numbers of lines that count pages (2/5) and of the headers that pages repeat beside them.

    2/5 is a page where other lines count to the same total in order, else it may be a day.
    """
    counted: dict[str, list[tuple[int, int]]] = {}
    marks: set[int] = set()
    for number, body in enumerate(bodies, 1):
        hit = _patterns()["page_of"].match(body) if 0 < len(body) <= 12 else None
        if hit:
            counted.setdefault(hit[2], []).append((number, int(hit[1])))
        elif body and len(body) <= 16 and words("page").search(body):
            marks.add(number)
    for total, found in counted.items():
        steps = [step for _, step in found]
        if (len(steps) > 1 or total == "1") and steps == sorted(set(steps)) and steps[-1] <= int(total):
            marks.update(number for number, _ in found)
    beside: Counter[str] = Counter()
    where: dict[str, list[int]] = {}
    for number in sorted(marks):
        for near in _filled_beside(bodies, number):
            beside[bodies[near - 1]] += 1
            where.setdefault(bodies[near - 1], []).append(near)
    for body, count in beside.items():
        if count > 1 and len(body) <= 60 and "。" not in body:
            marks.update(where[body])
    return marks


def _counted(bodies: list[str]) -> set[int]:
    """Return the numbers of short lines that count 1, 2, 3 with a blank behind the figure, as headings do (2 経緯).

    A line with a blank above, or whose words head a part of the text; figures that skip are quantities or days.
    """
    found: set[int] = set()
    expected = 1
    for number, body in enumerate(bodies, 1):
        hit = _patterns()["counted"].match(body) if 0 < len(body) <= 30 and body[-1] not in "。、" else None
        if hit is None or int(hit[1]) not in (expected, 1):
            continue
        if (number > 1 and bodies[number - 2]) and not section_of(body[hit.end() :]):
            continue
        found.add(number)
        expected = int(hit[1]) + 1
    return found if expected > 2 or len(found) > 1 else set()


def _filled_beside(bodies: list[str], number: int) -> list[int]:
    """Return the nearest lines with words above and below a line, at most three lines away."""
    found = []
    for step in (-1, 1):
        for distance in range(1, 4):
            near = number + step * distance
            if not 1 <= near <= len(bodies):
                break
            if bodies[near - 1]:
                found.append(near)
                break
    return found
