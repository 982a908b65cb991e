"""The steps taken against the incident: one row a step, with its phase and whether it is done.

In a section of prevention or plans every item and sentence is a step, in one of responses those that name one
(``measure`` of models/card-cues.jsonl); apologies, notices and lead-ins (``no_measure``) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tenmatsu.cues import grouped
from tenmatsu.records import Document, Incident, Line, Measure

_SECTIONS = frozenset(("response", "plan", "cause"))


@cache
def _step_end() -> re.Pattern[str]:
    """The end of a clause behind which another step may begin (…を強化し、|…を見直します)."""
    return re.compile(r"(?:し|め|え|い|り|き|せ|れ|て|ほか|とともに|上で|うえで)、(?:また、|さらに、|加えて、)?")


def measures(document: Document, incidents: list[Incident], main: str | None) -> list[Measure]:
    """Return the steps of ``document`` in order; they belong to the first of ``incidents`` and to ``main``."""
    text = document.text
    headings = {line.number: text[line.content : line.end] for line in document.lines if line.role == "heading"}
    incident = incidents[0].incident_id if incidents else None
    sentences: dict[int, list[tuple[int, int]]] = {}
    for sentence in document.sentences:
        sentences.setdefault(sentence.line, []).append((sentence.start, sentence.end))
    found = []
    for line in document.lines:
        if line.role not in ("item", "row", "paragraph") or line.section not in _SECTIONS:
            continue
        heading = headings.get(line.heading, "")
        if line.section == "cause" and not grouped("card-cues")["later"].search(heading):
            continue
        for start, end in _steps(text, line, sentences.get(line.number, [])):
            body = text[start:end]
            found.append(
                Measure(
                    document.doc_id,
                    incident,
                    start,
                    end,
                    body,
                    _phase(line, heading),
                    _status(line, body),
                    main,
                    f"{document.doc_id}-s{start}",
                )
            )
    return found


def _steps(text: str, line: Line, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of the steps that a line tells of."""
    cues = grouped("card-cues")
    for start, end in sentences:
        start = max(start, line.content)
        while start < end and text[start] in " \t　\n・":
            start += 1
        while end > start and text[end - 1] in " \t　\n\r":
            end -= 1
        body = text[start:end]
        told = cues["measure"].search(body) is not None
        if len(body) < 4 or cues["no_measure"].search(body):
            continue
        if not told and not (line.section == "plan" and (line.role == "item" or _predicate(body))):
            continue
        yield from _clauses(text, start, end)


def _predicate(body: str) -> bool:
    """Whether a sentence says that something is or will be done."""
    return re.search(r"を[^。]{0,40}(?:ます|ました|する|した|です|います|参ります)。?$", body) is not None


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence where one step ends and another begins: both sides name a step and its object."""
    at = start
    for cut in _step_end().finditer(text, start, end):
        if _is_step(text[at : cut.start() + 1]) and _is_step(text[cut.end() : end]):
            yield at, cut.end()
            at = cut.end()
    yield at, end


def _is_step(clause: str) -> bool:
    hits = list(grouped("card-cues")["measure"].finditer(clause))
    return bool(hits) and re.search(r"[をも]", clause[: hits[-1].start()]) is not None


def _phase(line: Line, heading: str) -> str:
    cues = grouped("card-cues")
    if cues["later"].search(heading):
        return "after the cause was known"
    if cues["first"].search(heading):
        return "first response"
    return "lasting" if line.section == "plan" or cues["lasting"].search(heading) else "first response"


def _status(line: Line, body: str) -> str:
    """Done or planned, by the tense; a step worded as a noun is planned where the section is about plans."""
    cues = grouped("card-cues")
    if cues["planned"].search(body):
        return "planned"
    if cues["done"].search(body):
        return "done"
    finite = re.search(r"(?:ます|する|です)。?$", body) is not None
    return "planned" if finite or line.section == "plan" else "done"
