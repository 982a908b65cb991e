"""Sentences of a document: lines and cells split at full stops, hard-wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tenmatsu.read.rows import trim, width
from tenmatsu.read.words import BLANK
from tenmatsu.records import Line, Sentence

LONGEST = 600  # code points: text without full stops is cut at a comma or blank behind these, so that no rule scans far

_OPEN, _CLOSE = "(（「『【[〔", ")）」』】]〕"
_JOINABLE = ("paragraph", "item")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "signs": re.compile(rf"[{re.escape(_OPEN + _CLOSE)}!?.．。！？]"),
        # what a line that breaks off in mid-sentence ends in: a particle or a comma
        "hanging": re.compile(r"(?:[、，,をがにはのもへやで]|(?<!とのこ)と)[ \u3000]*$"),
        # what no sentence begins with
        "goes_on": re.compile(
            r"\s*(?:[がをにはもへ](?=[一-龠ァ-ヶA-Za-z0-9０-９「（、])|(?:いたし|しまし|しました|された|されて|れて|ました|ます|です|でした|した|して|おりま|られ|せて)(?=[^ん]))"
        ),
        # what the row of a chronology begins with
        "step": re.compile(
            r"[0-9０-９]{1,2}(?:[:：時月/／]|日[(（ \u3000])|午[前後]|同[日年月]|翌|(?:令和|平成)|[・■□◆◇○●※]"
        ),
        "closed": re.compile(r"[。．！？!?」）)】:：]$"),
        "broken_left": re.compile(r"(?:(?<![.,/-])[0-9０-９元]|令和|平成|[0-9０-９元]\s?[年月])$"),
        "broken_right": re.compile(r"\s*(?:[0-9０-９]{1,4}\s?)?[年月日時分](?!間)"),
        "marks": re.compile(
            r"(?:[*＊※][0-9０-９]{1,2}\s*|[\[［][0-9０-９]{1,2}[\]］]\s*|[(（]注\s?[0-9０-９]{0,2}[)）]\s*|[¹²³⁴-⁹]{1,2}\s*|[†‡]\s*)+"
        ),
    }


def runs_on(above: str, below: str) -> bool:
    """Whether the line ``below`` can only be the rest of the sentence in ``above``, whatever it looks like itself.

    True where a date is broken over the line end, where a long line breaks off behind a particle or a comma, and where
    the line below begins with a particle or an ending, as no sentence does.
    """
    patterns = _patterns()
    above = above.rstrip(BLANK)
    size = width(above)
    if size < 30 or not below:
        return False
    if patterns["broken_left"].search(above) and patterns["broken_right"].match(below):
        return True
    if patterns["goes_on"].match(below) and not patterns["closed"].search(above):
        return True
    return size >= 60 and patterns["hanging"].search(above) is not None


def split(text: str, lines: Sequence[Line]) -> list[Sentence]:
    """Split lines and cells into sentences; a hard-wrapped line runs on into the next."""
    found: list[Sentence] = []
    for start, end, number, column in _stretches(text, lines):
        _split(text, start, end, number, column, found)
    return found


def _stretches(text: str, lines: Sequence[Line]) -> list[tuple[int, int, int, int]]:
    """Return what is read as one run of text: start, end, number of its first line, its cell."""
    spans: list[tuple[int, int, int, int]] = []
    column = max((width(text[one.start : one.end].rstrip(BLANK)) for one in lines if one.role in _JOINABLE), default=0)
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.role == "blank":
            continue
        if line.cells:
            told = [(c.start, c.end, line.number, place) for place, c in enumerate(line.cells) if c.end > c.start]
            while (
                index < len(lines) and told and line.role == "row" and _row_runs_on(text, line, told[-1], lines[index])
            ):
                told[-1] = (told[-1][0], lines[index].end, *told[-1][2:])
                index += 1
            spans += told
            if line.role == "label":
                while index < len(lines) and told and lines[index].start < told[-1][1]:
                    index += 1  # the value stands on the lines below its label
            continue
        end = line.end
        if line.role in _JOINABLE:
            while index < len(lines) and _wrapped(text, lines[index - 1], lines[index], line.section, column):
                end = lines[index].end
                index += 1
        spans.append((line.content, end, line.number, -1))
    return spans


def _row_runs_on(text: str, row: Line, cell: tuple[int, int, int, int], below: Line) -> bool:
    """Whether a line is the rest of a row's last cell: set under it, or the end of what breaks off there."""
    if below.role != "paragraph" or below.cells:
        return False
    column = width(text[row.start : cell[0]])
    indent = width(text[below.start : below.content])
    if cell[3] and abs(indent - column) <= 2 and indent:
        return True
    return cell[1] == row.end and runs_on(text[row.start : row.end], text[below.content : below.end])


def _wrapped(text: str, above: Line, below: Line, section: str, column: int) -> bool:
    """Whether a line runs on into the line below it; ``column`` is the width of the text's widest line.

    An item (・氏名、住所) goes on in a line set under its words, or where it is as wide as a wrapped line of the text.
    """
    if below.role != "paragraph" or below.cells or below.section != section:
        return False
    body = text[above.start : above.end].rstrip(BLANK)
    if not may_run_on(body, text[below.content : below.end]):
        return False
    if above.role == "item" and below.content == below.start and not runs_on(body, text[below.content : below.end]):
        size = width(body)
        if size * 10 < column * 8 and not _patterns()["hanging"].search(body):
            return False
    return True


def may_run_on(above: str, below: str) -> bool:
    """Whether the line ``below`` is read as the rest of the line ``above`` where nothing stands between the two."""
    body = above.rstrip(BLANK)
    if not body or body[-1] in "。．！？!?」）)】:：":
        return False
    patterns = _patterns()
    ended = (body[-1] > "\u30a0" or body[-1] in "たる") and not patterns["broken_left"].search(body)
    if ended and patterns["step"].match(below):
        return False  # 9:04 below 集計表を誤って添付: the row of a chronology ends with a noun, the next begins with its hour
    return runs_on(body, below) or 24 <= len(body) <= 60


def _ends_sentence(text: str, at: int, end: int) -> bool:
    """Whether a sentence ends with the sign at ``at``: 。, or ! and ? that stand in no word (Yahoo!ニュース, a?b).

    Institutes write ．and . for 。: they end a sentence behind kana, save before a figure.
    """
    if text[at] in "!?":
        return at + 1 >= end or not text[at + 1].isascii() or text[at + 1] == " "
    if text[at] in ".．":
        return "ぁ" <= text[at - 1] <= "ん" and (at + 1 >= end or not text[at + 1].isalnum() or text[at + 1] > "\u3000")
    return text[at] in "。！？"


def _split(text: str, start: int, end: int, number: int, column: int, found: list[Sentence]) -> None:
    """Add the sentences of ``text[start:end]`` to ``found``."""
    at, depth = start, 0
    # only these signs matter, save where a stretch is so long that it is cut without one
    signs = _patterns()["signs"].finditer(text, start, end)
    positions = (sign.start() for sign in signs) if end - start <= LONGEST else range(start, end)
    for position in positions:
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
            found.append(Sentence(*trim(text, at, position + 1), number, column))
            at, depth = position + 1, 0
    if at < end and text[at:end].strip():
        a, b = trim(text, at, end)
        if found and a > start and _patterns()["marks"].fullmatch(text[a:b]):
            last = found.pop()
            found.append(Sentence(last.start, b, last.line, last.cell))
        else:
            found.append(Sentence(a, b, number, column))
