"""Documents of the corpus typeset as press releases: the rows of the PDF are those of the plain text."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest

from tenmatsu.pipeline import Extracted, extract_document
from tenmatsu.read.layout import analyse
from tenmatsu.read.pdf import read_pdf
from tenmatsu.records import Line

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
DOCUMENTS = sorted((Path(__file__).parents[2] / "corpus" / "documents").glob("*.txt"))

WIDTH, HEIGHT = 595.28, 841.89
SIZE = 10.5
NO_START = "、。，．」』）)】〕］》〉”’・ー：；！？々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
NO_END = "「『（(【〔［《〈“‘"
MARK = re.compile(r"\s*(?:[・•■□●◆◇○※*＊-]|[(（]?[0-9０-９]{1,2}[.．)）]|[①-⑳])[ \u3000]*")


def fonts() -> tuple[str, str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    for name in ("HeiseiMin-W3", "HeiseiKakuGo-W5"):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return "HeiseiMin-W3", "HeiseiKakuGo-W5"


def measured(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return stringWidth(text, font, size)


def wrapped(text: str, font: str, size: float, first: float, rest: float) -> list[str]:
    """Lines no wider than ``first`` and ``rest``: no full stop begins one, no bracket ends one, words and numbers stay whole."""
    units = list(re.findall(r"[A-Za-z0-9][!-'*-~]*|.", text))
    tokens: list[str] = []
    for unit in units:
        if tokens and (unit in NO_START or tokens[-1][-1] in NO_END):
            tokens[-1] += unit
        else:
            tokens.append(unit)
    lines, line = [], ""
    for token in tokens:
        room = rest if lines else first
        if line and measured(line + token, font, size) > room + 0.01:
            lines.append(line)
            line = "" if token == " " else token
            while measured(line, font, size) > rest:  # an address longer than a line
                cut = max(n for n in range(1, len(line)) if measured(line[:n], font, size) <= rest)
                lines.append(line[:cut])
                line = line[cut:]
        else:
            line += token
    return [*lines, line]


def paragraphs(text: str) -> list[tuple[str, Line]]:
    """The lines of a text with their roles; lines that one sentence runs through are one."""
    lines, sentences = analyse(text)
    glued = {at for s in sentences if s.cell < 0 for at in range(s.start, s.end) if text[at] == "\n"}
    out: list[tuple[str, Line]] = []
    open_ = False
    for line in lines:
        said = text[line.start : line.end]
        if open_ and said.strip():
            out[-1] = (out[-1][0] + said.strip(), out[-1][1])
        else:
            out.append((said, line))
        open_ = len(glued) > 2 and line.end in glued and len(said.strip()) >= 20 and "\u3000" * 3 not in said.strip()
    return out


def cells_of(text: str, said: str, line: Line) -> list[str]:
    """The cells of a line that is a table's row: by its bars or tabs, by its layout, or by wide blanks."""
    if "|" in said or "\t" in said:
        cells = re.split(r"[|\t]", said.strip("| "))
    elif re.search(r"\S\u3000{3,}\S", said):
        cells = re.split(r"[ \u3000]{2,}", said.strip())
    else:
        return []
    return [cell.strip() for cell in cells]


class Setter:
    """Sets one document: ``design`` is release (a letter in Mincho), notice (Gothic heads, spaced out) or newsletter."""

    def __init__(self, design: str) -> None:
        self.design = design
        self.mincho, self.gothic = fonts()
        self.file = io.BytesIO()
        self.canvas = canvas.Canvas(self.file, pagesize=(WIDTH, HEIGHT), invariant=1)
        self.columns = 2 if design == "newsletter" else 1
        self.left = 60.0 if design == "newsletter" else 85.0
        self.size = 9.0 if design == "newsletter" else SIZE
        chars = {"release": 40, "notice": 38, "newsletter": 25}[design]
        self.wide = chars * self.size
        self.step = self.size * (1.75 if design == "release" else 1.6)
        self.page, self.column = 1, 0
        self.top = HEIGHT - 80
        self.y = self.top

    def x(self) -> float:
        return self.left + self.column * (self.wide + 2.2 * self.size)

    def full(self) -> float:
        return self.columns * self.wide + (self.columns - 1) * 2.2 * self.size

    def room(self, need: float = 0.0) -> None:
        if self.y - need < 75:
            if self.column + 1 < self.columns:
                self.column += 1
                self.y = self.top
            else:
                self.turn()

    def turn(self) -> None:
        self.finish_page()
        self.page += 1
        self.column = 0
        self.top = self.y = HEIGHT - 80

    def finish_page(self) -> None:
        self.canvas.setFont(self.gothic, 8)
        self.canvas.drawString(self.left, HEIGHT - 45, "ニュースリリース 広報室")
        if self.design == "release":
            self.canvas.drawCentredString(WIDTH / 2, 40, f"- {self.page} -")
        elif self.design == "notice":
            self.canvas.drawRightString(WIDTH - self.left, 40, f"{self.page} / 9")
        else:
            self.canvas.drawString(self.left, 40, "情報だより")
            self.canvas.drawRightString(WIDTH - self.left, 40, f"P.{self.page}")
        self.canvas.showPage()

    def put(self, text: str, x: float, font: str, size: float, spaced: float = 0.0) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y - size, text, charSpace=spaced)

    def down(self, size: float) -> None:
        self.y -= size * self.step / self.size

    def prose(self, text: str) -> None:
        mark = MARK.match(text)
        blank = re.match(r"[ \u3000]*", text)
        assert blank is not None
        lead = measured(blank[0], self.mincho, self.size)
        hang = measured(mark[0], self.mincho, self.size) if mark and self.design != "notice" else 0.0
        body = text[blank.end() :]
        for number, line in enumerate(wrapped(body, self.mincho, self.size, self.wide - lead, self.wide - hang)):
            self.room(self.step)
            self.put(line.rstrip(" "), self.x() + (hang if number else lead), self.mincho, self.size)
            self.down(self.size)

    def head(self, text: str, title: bool) -> None:
        size = self.size * (1.35 if title else 1.0 if self.design == "release" else 1.15)
        wide = self.full() if title and self.y > HEIGHT - 200 and self.column == 0 else self.wide
        self.room(3 * size)
        short = self.design == "notice" and not title and re.fullmatch(r"[ぁ-んァ-ヶ一-龠々]{2,8}", text)
        for line in wrapped(text.strip(), self.gothic, size, wide * 0.9, wide * 0.9):
            at = self.x() + (wide - measured(line, self.gothic, size)) / 2 if title else self.x()
            self.put(line, at, self.gothic, size, size * 0.8 if short else 0.0)
            self.down(size)
        if title and self.columns > 1 and self.column == 0:
            self.top = self.y = self.y - self.step / 2

    def at_right(self, text: str) -> None:
        self.room(self.step)
        self.put(text, self.x() + self.wide - measured(text, self.mincho, self.size), self.mincho, self.size)
        self.down(self.size)

    def table(self, rows: list[list[str]]) -> None:
        count = max(len(row) for row in rows)
        rows = [row + [""] * (count - len(row)) for row in rows]
        size = self.size * 0.95
        longest = [max(measured(row[c], self.mincho, size) for row in rows) + 10 for c in range(count)]
        spare = self.wide - sum(min(w, self.wide / count) for w in longest)
        widths = [min(w, self.wide / count) for w in longest]
        wanting = [max(0.0, w - self.wide / count) for w in longest]
        for c in range(count):
            widths[c] += spare * (wanting[c] / sum(wanting) if sum(wanting) else 1 / count)
        for row in rows:
            cells = [wrapped(cell, self.mincho, size, widths[c] - 10, widths[c] - 10) for c, cell in enumerate(row)]
            high = max(len(cell) for cell in cells) * size * 1.4 + 8
            self.room(high)
            x = self.x()
            for c, cell in enumerate(cells):
                self.canvas.rect(x, self.y - high, widths[c], high)
                for number, line in enumerate(cell):
                    self.canvas.setFont(self.mincho, size)
                    self.canvas.drawString(x + 5, self.y - 4 - size - number * size * 1.4, line)
                x += widths[c]
            self.y -= high
        self.y -= self.step / 3

    def set(self, text: str) -> bytes:
        told = paragraphs(text)
        rows = [cells_of(text, said, line) for said, line in told]
        table: list[list[str]] = []
        for number, (said, line) in enumerate(told):
            beside = [other for other in rows[max(0, number - 1) : number + 2] if len(other) > 1]
            if re.fullmatch(r"[-:|\s]+", said) and "|" in said:
                continue
            if len(rows[number]) > 1 and (len(beside) > 1 or "|" in said):
                table.append(rows[number])
                continue
            if table and said.strip():
                self.table(table)
                table = []
            self.line(said, line, number)
        if table:
            self.table(table)
        self.finish_page()
        self.canvas.save()
        return self.file.getvalue()

    def line(self, said: str, line: Line, number: int) -> None:
        if not said.strip():
            self.y -= self.step * 0.9
        elif line.role == "title":
            self.head(said, True)
        elif line.role == "heading":
            self.head(said, False)
        elif said.strip() == "記":
            self.put("記", self.x() + self.wide / 2, self.mincho, self.size)
            self.down(self.size)
        elif len(said.strip()) <= 24 and (
            (number < 8 and line.role in ("date_line", "issuer")) or said.startswith("\u3000" * 8)
        ):
            self.at_right(said.strip())
        else:
            self.prose(said)


def times(rows: Extracted) -> Counter[tuple[str, ...]]:
    return Counter((t.type, t.value, "".join(t.text.split())) for t in rows.timexes)


def events(rows: Extracted) -> Counter[tuple[str, ...]]:
    return Counter((e.type, e.date or "", e.factuality, "".join(e.text.split())) for e in rows.events)


def f1(pairs: list[tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]]) -> float:
    right = sum((a & b).total() for a, b in pairs)
    return 2 * right / sum(a.total() + b.total() for a, b in pairs)


@pytest.mark.parametrize(("design", "first"), [("release", 0), ("notice", 1), ("newsletter", 2)])
def test_the_rows_of_a_typeset_document_are_those_of_its_plain_text(design: str, first: int) -> None:
    told, found = [], []
    for path in DOCUMENTS[first::4]:
        data = path.read_bytes()
        plain = extract_document(data, path.name)
        page = read_pdf(Setter(design).set(plain.text))
        again = extract_document(page.text.encode(), path.name)
        told.append((times(plain), times(again)))
        found.append((events(plain), events(again)))
    assert f1(told) >= 0.98
    assert f1(found) >= 0.98
