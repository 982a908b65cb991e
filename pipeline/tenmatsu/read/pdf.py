"""PDF to text: the text layer put in order by its geometry, with the page and box that each stretch was read from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tenmatsu.read import limits
from tenmatsu.read.errors import ReadError
from tenmatsu.read.page import Page
from tenmatsu.read.pdf_blocks import Block, Body, Cell, Line, Pool, blocks, goes_on, join, joined
from tenmatsu.read.pdf_characters import UNKNOWN, repaired
from tenmatsu.read.pdf_columns import regions
from tenmatsu.read.pdf_glyphs import Sheet, sheet
from tenmatsu.read.pdf_guard import guard
from tenmatsu.read.pdf_lines import Run, runs
from tenmatsu.read.pdf_running import without_running
from tenmatsu.read.pdf_tables import tables
from tenmatsu.records import About, Part

PAGES = 2_000  # of one file; beyond them it is refused

_Groups = list[tuple[int, list[Run], list[Any]]]


def read_pdf(data: bytes) -> Page:
    """Return the text of a PDF, a paragraph, item, heading or table row a line, with a Part for each (for each cell of a row).

    Wrapped lines are joined, over a page's end too; columns are read one after the other; page numbers and running heads
    and feet are left out. ``Part.place`` is a box in points from the lower left corner of the page. ``About`` holds the
    title that the file gives itself, unless it is a file's name; ``published`` stays None: the day on which a PDF was
    made is near the day it came out, and is not that day. ``notes`` name what a reader of the page sees and the text
    lacks: pages without a text layer, glyphs without a character (each is a 〓), text outside the page.

    Nothing in the file is run or opened, and nothing is fetched. Not for use by several threads at once: pdfium is not made
    for it. A file can be made so that pdfium ends the process (forms that draw themselves many times over): read files from
    strangers in a process that may die.

    Raises ReadError for a file that is damaged, locked with a password, or larger than the limits (``read.limits`` and
    PAGES), and for one without any text.
    """
    if len(data) > limits.BYTES:
        raise ReadError(f"the PDF has {len(data):,} bytes, more than {limits.BYTES:,}: split it first")
    guard(data)
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(_unopened(pypdfium2, error)) from error
    with pdf:
        count = len(pdf)
        if count > PAGES:
            raise ReadError(f"the PDF has {count:,} pages, more than {PAGES:,}: split it first")
        sheets, groups, broken = _sheets(pypdfium2, pdf, count)
        title = _title(pdf)
    return _page(sheets, groups, broken, count, title)


def _unopened(pypdfium2: Any, error: Exception) -> str:
    if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return "the PDF is locked with a password: save a copy without one (e.g. qpdf --decrypt --password=... in.pdf out.pdf)"  # fmt: skip
    return "the PDF is damaged and cannot be opened: save or download it again (or repair it, e.g. qpdf in.pdf out.pdf)"


def _sheets(pypdfium2: Any, pdf: Any, count: int) -> tuple[list[Sheet], list[_Groups], list[int]]:
    """The pages, their runs and rules by direction, and the numbers of the pages that cannot be loaded.

    The glyphs are let go page by page, so that a long file takes no more memory than its runs.
    """
    sheets: list[Sheet] = []
    groups: list[_Groups] = []
    broken: list[int] = []
    characters = 0
    for number in range(1, count + 1):
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        try:
            made = sheet(page, number)
        except pypdfium2.PdfiumError:
            broken.append(number)
            continue
        finally:
            page.close()
        characters += made.characters
        if characters > limits.CHARACTERS:
            raise ReadError(f"the PDF has more than {limits.CHARACTERS:,} characters: split it first")
        groups.append([(one.quarter, runs(one.glyphs, one.rules), one.rules) for one in made.turned])
        for one in made.turned:
            one.glyphs = []
        sheets.append(made)
    return sheets, groups, broken


def _page(sheets: list[Sheet], groups: list[_Groups], broken: list[int], count: int, title: str | None) -> Page:
    told = [any(found for _, found, _ in group) for group in groups]
    if not any(told):
        if broken and len(broken) == count:
            raise ReadError(f"the PDF is damaged: none of its {count} pages can be loaded; save or download it again")
        raise ReadError(f"no text layer (scanned?), {count} page{'s' * (count != 1)}: run OCR first (e.g. ocrmypdf)")
    _drop_running(sheets, groups)
    body = _body(groups)
    pool: Pool = []
    made: list[Block] = []
    for one, group in zip(sheets, groups, strict=True):
        for quarter, found, rules in group:
            _add_page(made, one, quarter, found, rules, body, pool)
    text, parts = _written(made, {one.number: one for one in sheets})
    if not text.strip():
        raise ReadError(f"no text but page numbers and running heads, {count} pages: run OCR first (e.g. ocrmypdf)")
    return Page(text, parts, About(title=title), notes=tuple(_notes(sheets, told, broken)))


def _drop_running(sheets: list[Sheet], groups: list[_Groups]) -> None:
    """Take page numbers and running lines out of each page's main direction."""
    held = [(one, group) for one, group in zip(sheets, groups, strict=True) if group]
    pages = []
    for one, group in held:
        foot, head = (0.0, one.height) if group[0][0] % 2 == 0 else (0.0, one.width)
        if group[0][0] == 2:
            foot, head = -one.height, 0.0
        elif group[0][0] == 3:
            foot, head = -one.width, 0.0
        pages.append((group[0][1], foot, head))
    for (_, group), kept in zip(held, without_running(pages), strict=True):
        group[0] = (group[0][0], kept, group[0][2])


def _body(groups: list[_Groups]) -> Body:
    """The size and face of type in which most of the text is set."""
    sizes: Counter[float] = Counter()
    faces: Counter[int] = Counter()
    for group in groups:
        for _, found, _ in group:
            for run in found:
                sizes[round(run.size * 4) / 4] += len(run.text)
                faces[run.face] += len(run.text) if run.face else 0
    return Body(
        max(sizes, key=lambda size: (sizes[size], -size), default=10.5),
        max(faces, key=lambda face: (faces[face], face), default=0),
    )


def _add_page(made: list[Block], one: Sheet, quarter: int, found: list[Run], rules: list[Any], body: Body, pool: Pool) -> None:  # fmt: skip
    """Add what stands in one direction on a page; its first words may be the rest of what is above."""
    if not found:
        return
    ruled, loose = tables(rules, found)
    left, right = {0: (0.0, one.width), 1: (-one.height, 0.0), 2: (-one.width, 0.0), 3: (0.0, one.height)}[quarter]
    for region in regions([*loose, *ruled], left, right):
        new = blocks(region, one.number, quarter, body, pool)
        if new and new[0].cells:
            new = _rows_go_on(made, new, one.number)
        elif new and new[0].kind in ("paragraph", "item", "line"):
            above = next((block for block in reversed(made) if block.kind != "footnote"), None)
            if above is not None and above.lines and above.kind in ("paragraph", "item"):
                if goes_on(above, new[0].lines[0], apart=True):
                    above.lines += new.pop(0).lines
        made += new


def _rows_go_on(made: list[Block], new: list[Block], page: int) -> list[Block]:
    """The rows of a table without a head that was printed again at the top of the page."""
    above = [block for block in made if block.cells]
    if not above or not made[-1].cells:
        return new
    first = next((place for place in range(len(made) - 1, -1, -1) if not made[place].cells), -1) + 1
    head = [cell.text for cell in made[first].cells]
    if [cell.text for cell in new[0].cells] == head and not re.search(r"[0-9０-９]", "".join(head)):
        new = new[1:]
    if new and len(new[0].cells) == len(made[-1].cells):
        filled = [place for place, cell in enumerate(new[0].cells) if cell.text]
        last = made[-1].cells
        if len(filled) == 1 and filled[0] > 0 and last[filled[0]].lines and new[0].cells[filled[0]].lines:
            cell, rest = last[filled[0]], new[0].cells[filled[0]]
            if goes_on(Block("cell", cell.lines[-2:]), rest.lines[0], apart=True) and not cell.text.endswith("。"):
                last[filled[0]] = Cell(join(cell.text, rest.text), [*cell.lines, *rest.lines])
                new = new[1:]
    if new:
        new[0].apart = False
    return new


def _written(made: Sequence[Block], sheets: dict[int, Sheet]) -> tuple[str, tuple[Part, ...]]:
    """The text and its parts: a block a line, a blank line where one stands apart, set in as on the page."""
    text: list[str] = []
    parts: list[Part] = []
    at = 0
    before: Block | None = None
    for block in made:
        lead = "" if before is None else "\n"
        if before is not None and (block.apart or "heading" in (block.kind, before.kind) or bool(block.cells) != bool(before.cells)):  # fmt: skip
            lead = "\n\n"
        text.append(lead)
        at += len(lead)
        if block.cells:
            for place, cell in enumerate(block.cells):
                said = ("\t" if place else "") + cell.text
                begin = at + (1 if place else 0)
                text.append(said)
                at += len(said)
                if cell.text:
                    parts += _parts(sheets, "cell", begin, cell.text, cell.lines)
        else:
            said = joined(block.lines)
            first = block.lines[0]
            inset = (
                0
                if first.at_right or (first.centred and first.indent > 3) or block.kind == "heading"
                else min(3, max(0, round(first.indent)))
            )
            text.append("\u3000" * inset + said)
            at += inset
            parts += _parts(sheets, block.kind, at, said, block.lines)
            at += len(said)
        before = block
    return "".join(text) + "\n", tuple(parts)


def _parts(sheets: dict[int, Sheet], kind: str, start: int, said: str, lines: Sequence[Line]) -> list[Part]:
    """One part for each page that a block was read from, and for each column of a page."""
    out: list[Part] = []
    held: list[Line] = []
    text, begin = "", start
    for line in [*lines, None]:
        if line is not None and (not held or (line.page == held[-1].page and line.base < held[-1].base + 1)):
            held.append(line)
            text = join(text, line.text)
            continue
        end = start + len(said) if line is None else min(start + len(text), start + len(said))
        boxes = [one.box for one in held]
        box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        while begin < end and said[begin - start].isspace():
            begin += 1
        if end > begin:
            place = sheets[held[0].page].place(held[0].quarter, *box)
            out.append(Part(begin, end, kind, held[0].page, place))
        begin = end
        if line is not None:
            held = [line]
            text = join(text, line.text)
    return out


_JUNK = re.compile(
    r"(?i)microsoft \w+ ?[-–]|\.(?:docx?|xlsx?|pptx?|jtd|indd|ai|pdf|odt|rtf|txt|html?|eps|qxd)\b|untitled|名称未設定|無題|^(?:document|文書|print|title|slide|スライド|powerpoint|プレゼンテーション|pdf)\s*[0-9１-９]*$|^[\w.-]{0,40}$(?<=[0-9A-Za-z_.-])"
)


def _title(pdf: Any) -> str | None:
    """The title that the file gives itself; None for a file's name or a program's own words."""
    said = str(pdf.get_metadata_dict().get("Title") or "")
    title = " ".join("".join(repaired(char) for char in said).split())
    if len(title) < 4 or len(title) > 200 or UNKNOWN in title or _JUNK.search(title):
        return None
    return title


def _notes(sheets: Sequence[Sheet], told: Sequence[bool], broken: Sequence[int]) -> list[str]:
    out = []
    bare = [one.number for one, has in zip(sheets, told, strict=True) if not has and one.images]
    if bare:
        out.append(f"no text layer (scanned?) on {_pages(bare)}: run OCR first (e.g. ocrmypdf) to read what is there")
    if broken:
        out.append(f"damaged, not read: {_pages(broken)}")
    unknown = sum(one.unknown for one in sheets)
    if unknown:
        out.append(
            f"{unknown} glyphs have no character, {UNKNOWN} stands for each: {_pages([one.number for one in sheets if one.unknown])}"
        )
    outside = [one.number for one in sheets if one.outside]
    if outside:
        out.append(f"text outside the page was left out: {_pages(outside)}")
    return out


def _pages(numbers: Sequence[int]) -> str:
    """page 3; pages 1-4, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    listed = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans[:20]) + (", …" if len(spans) > 20 else "")
    return f"page{'s' * (len(numbers) != 1)} {listed}"
