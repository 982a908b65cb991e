"""Labels and their values: what a card's line, a colon line or two cells of a table say together (漏えい人数：なし).

The label names the happening (``models/event-labels.jsonl``), its value says whether it happened: なし denies it, 調査中
claims nothing (the ``value_`` kinds of ``models/layout-words.jsonl``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice

import msgspec

from tenmatsu.events.ontology import attack_side
from tenmatsu.events.triggers import FoundTrigger, find
from tenmatsu.knowledge import load
from tenmatsu.read.rows import is_day_value
from tenmatsu.read.words import value_of
from tenmatsu.records import Line, Sentence


class LabelRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of labels; ``says`` is the type of event that ``hit`` in it names, or slip, attack, doubt, outage or back.

    It is found in each of ``positive`` and in none of ``negative``.
    """

    id: str
    says: str
    pattern: str
    positive: list[str]
    negative: list[str]


@cache
def rules() -> tuple[tuple[LabelRule, re.Pattern[str]], ...]:
    """Return the rules in file order with their compiled patterns."""
    return tuple((rule, re.compile(rule.pattern)) for rule in load("event-labels", LabelRule))


@cache
def _saying(what: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.pattern})" for rule, _ in rules() if rule.says == what))


def of_slip(text: str) -> bool:
    """Whether a text tells of a slip (a loss, a wrong address) and of no attack: then what a card dates is an error."""
    return _saying("slip").search(text) is not None and _saying("attack").search(text) is None


def hits(line: Line, text: str, sentence: Sentence, found: list[FoundTrigger], slip: bool) -> list[FoundTrigger]:
    """Return the triggers of a sentence: in a card's line of label and value, only the label names the happening.

    In a table's row a label that names a leak adds to what ``found`` has, where the cell beside it says yes or no of it.
    ``slip`` is what ``of_slip`` says of the whole text.
    """
    if opens_row(line, text) and sentence.cell == 0:
        label = (line.cells[0].start, line.cells[0].end)
        return [
            *_named(text, label, sentence.start, slip),
            *(hit for hit in found if sentence.start + hit.start >= label[1]),
        ]
    if line.role == "row":
        told = _value_beside(line, text, (sentence.start, sentence.end))
        if _of_outages(line, sentence):
            found = [replace(hit, type="disruption") if hit.rule in _STOPS else hit for hit in found]
        return found or (
            _named(text, (sentence.start, sentence.end), sentence.start, False, ("data_leak",)) if told else []
        )
    if line.role in ("item", "heading", "paragraph") and sentence.start <= line.content <= sentence.end:
        opened = _OPENS.match(text, line.content, sentence.end)
        named = _named(text, opened.span("label"), sentence.start, slip, _PERIODS) if opened else []
        return [*named, *(hit for hit in found if hit.start >= named[0].end)] if named else found
    if line.role != "label" or sentence.cell != 0:
        return found
    label = (line.cells[0].start, line.cells[0].end)
    named = _named(text, label, sentence.start, slip)
    if named or not _value_beside(line, text, label):
        return named
    return [hit for hit in found if hit.type in attack_side() and sentence.start + hit.end <= label[1]]


# 攻撃期間：5月19日から…, （１）公開期間　6月1日から…: a line that opens with its label
_OPENS = re.compile(
    r"(?:[（(][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．)）]|[①-⑳])?\s*(?P<label>[^：:。、\s]{2,16})(?:[：:]|[ \u3000\t]+)"
)
_PERIODS = ("intrusion", "data_leak")
_WIDEST = 24  # columns of a table that people read; keeps the time linear


def opens_row(line: Line, text: str) -> bool:
    """Whether a row of two cells is a label and its value (発生日時 | 6月16日): the label names a dated happening."""
    if line.role != "row" or len(line.cells) != 2 or line.cells[0].end - line.cells[0].start > _LONGEST_LABEL:
        return False
    return any(
        rule.says in _DATED and pattern.search(text, line.cells[0].start, line.cells[0].end) is not None
        for rule, pattern in rules()
    )


def of_cell(text: str, span: tuple[int, int], label: str, slip: bool) -> list[FoundTrigger]:
    """Return what a cell at ``span`` says of the happening that its label names, the whole cell as its trigger.

    The label heads the cell's row (検知日 | 10月21日 | 10月24日) or its column. A label of a time needs a time as its value,
    one of a leak or of another happening of the attacker's side a yes, a no or a count. Offsets are counted from the cell.
    """
    value = text[slice(*span)]
    if not value or len(label) > 2 * _LONGEST_LABEL:
        return []
    named = _named(label, (0, len(label)), 0, slip)
    kind, rule = (named[0].type, named[0].rule) if named else ("", "")
    if kind and rule != _OF_LEAK:
        fits = is_day_value(value)
    else:
        if not kind:
            kind, rule = next(((hit.type, hit.rule) for hit in find(label) if hit.type in attack_side()), ("", ""))
        fits = bool(kind) and value_of(value) != ""
    return [FoundTrigger(0, len(value), value, kind, rule)] if fits else []


_DOUBTED = re.compile(
    r"[（(][^（）()\n]{0,16}(?:可能性|おそれ|恐れ|疑い)[^（）()\n]{0,24}[）)]\s*$|(?:可能性|おそれ|恐れ|疑い)(?:あり|がある|を含む)?\s*$"
)
_LONGEST_LABEL = 12
_OF_LEAK = "E.label.leak"
_DATED = ("intrusion", "detection", "disclosure")
_STOPS = ("E.stop", "E.contain.access")


def _of_outages(line: Line, sentence: Sentence) -> bool:
    """Whether a cell tells what stood still: its column is headed 停止 or 影響 and another says when that was over."""
    if not 0 <= sentence.cell < len(line.cells) or not _saying("outage").search(line.cells[sentence.cell].header):
        return False
    others = (cell.header for number, cell in enumerate(line.cells[:_WIDEST]) if number != sentence.cell)
    return any(_saying("back").search(header) for header in others)


def _named(
    text: str, label: tuple[int, int], origin: int, slip: bool, types: tuple[str, ...] = ()
) -> list[FoundTrigger]:
    """Return what a label names, by the first rule that knows it (of ``types`` only); offsets are counted from ``origin``."""
    for rule, pattern in rules():
        if "hit" not in pattern.groupindex or (types and rule.says not in types):
            continue
        match = pattern.search(text, *label)
        if match is not None:
            kind = "error" if rule.says == "intrusion" and slip else rule.says
            return [FoundTrigger(match.start("hit") - origin, match.end("hit") - origin, match["hit"], kind, rule.id)]
    return []


def _labels_next(line: Line, place: int) -> bool:
    """Whether a cell may be the label of the one beside it: the first of its row, or a further pair (有無 | なし | 件数 | 0件).

    What stands under a head of its own, or in a row that has a day, is no label of the cell under the next head.
    """
    if place == 0 or line.role == "label":
        return True
    own = line.cells[place].header
    return line.dated is None and (not own or own == line.cells[0].header)


def _value_beside(line: Line, text: str, span: tuple[int, int]) -> str:
    """Return what the next filled cell says of the label at ``span`` (see ``value_of``), "" where nothing does."""
    place = line.cell_at(*span)
    if place is None or not _labels_next(line, place):
        return ""
    behind = islice(line.cells, place + 1, place + 1 + _WIDEST)
    beside = next((cell for cell in behind if cell.end > cell.start), None)
    value = value_of(text[beside.start : beside.end]) if beside is not None else ""
    if beside is not None and value in ("", "asserted") and _DOUBTED.search(text, beside.start, beside.end):
        return "possible"  # 3,065名（可能性を含む）
    if value == "asserted":
        label = text[line.cells[place].start : line.cells[place].end]
        return "possible" if _saying("doubt").search(label) else value
    return value


def judged(line: Line, text: str, sentence: Sentence, hit: FoundTrigger) -> tuple[str, str] | None:
    """Return the factuality that the value beside a label gives to the happening in it, with the cue; None without one.

    Where the value claims nothing the factuality is ``none``.
    """
    if hit.type not in attack_side() or line.role not in ("label", "row"):
        return None
    if hit.text == text[sentence.start : sentence.end] and sentence.cell > 0:
        told = value_of(hit.text)
        if told:
            return told, "F.label_value"
    value = _value_beside(line, text, (sentence.start + hit.start, sentence.start + hit.end))
    return (value, "F.label_value") if value else None
