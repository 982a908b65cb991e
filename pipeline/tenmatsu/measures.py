"""The steps taken against the incident: one row a step, with its phase and whether it is done.

In a section of prevention or plans every item and sentence is a step, in one of responses those that name one
(``measure`` of models/card-cues.jsonl); apologies, notices and lead-ins (``no_measure``) are none. Anywhere else a sentence
is a step when it leads in as one (今後は, 再発防止, 対策として) and names what is done to what; one that goes on from it
(また、…) is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tenmatsu.cues import grouped
from tenmatsu.read.rows import trim
from tenmatsu.records import Document, Incident, Line, Measure

_SECTIONS = frozenset(("response", "plan", "cause"))
# where steps are a reader's to take, another's, or only named
_ELSEWHERE = frozenset(("advice", "contact", "history", "glossary", "sources", "toc", "timeline", "comment", "outlook"))


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
        if line.role not in ("item", "row", "paragraph") or line.section in _ELSEWHERE:
            continue
        heading = headings.get(line.heading, "")
        own = sentences.get(line.number, [])
        listed = line.section in _SECTIONS and (
            line.section != "cause" or grouped("card-cues")["later"].search(heading) is not None
        )
        for start, end in _steps(text, line, own) if listed else _told(text, line, heading, own):
            body = text[start:end]
            found.append(
                Measure(
                    document.doc_id,
                    incident,
                    start,
                    end,
                    body,
                    _phase(line, heading) if listed else _phase_told(text, heading, start, end),
                    _status(
                        line.section == "plan" or (not listed and "今後" in heading),
                        body if listed else _sentence(text, start, own),
                    ),
                    main,
                    f"{document.doc_id}-s{start}",
                )
            )
    return found


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks and the bullet around it."""
    start, end = trim(text, start, end)
    while start < end and text[start] == "・":
        start, end = trim(text, start + 1, end)
    return start, end


def _steps(text: str, line: Line, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of the steps that a line tells of."""
    cues = grouped("card-cues")
    for start, end in sentences:
        start, end = _inner(text, max(start, line.content), end)
        body = text[start:end]
        told = cues["measure"].search(body) is not None
        if len(body) < 4 or cues["no_measure"].search(body):
            continue
        if not told and not (line.section == "plan" and (line.role == "item" or _predicate(body))):
            continue
        yield from _clauses(text, start, end)


def _told(text: str, line: Line, heading: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans of the steps that plain prose tells of, outside the sections that list them."""
    cues = grouped("card-cues")
    headed = cues["step_heading"].search(heading) is not None
    going_on = False
    for start, end in sentences:
        start, end = _inner(text, max(start, line.content), end)
        body = text[start:end]
        lead = cues["step_lead"].search(body) is not None or (going_on and cues["step_on"].search(body) is not None)
        going_on = (
            (lead or headed)
            and (_finite(body) or (headed and line.role == "item"))
            and cues["concrete"].search(body) is not None
            and not cues["no_measure"].search(body)
            and not cues["no_step"].search(body)
        )
        if going_on:
            yield from _clauses(text, start, end)


def _sentence(text: str, start: int, sentences: list[tuple[int, int]]) -> str:
    """What stands from ``start`` to the end of its sentence: a clause that is cut off has the tense of the whole."""
    return next((text[start:end].rstrip() for begin, end in sentences if begin <= start < end), "")


def _finite(body: str) -> bool:
    """Whether a sentence states or plans something, and asks, supposes or denies nothing."""
    return (
        re.search(
            r"(?:ます|ました|する|[たる]|予定(?:です|だ|である)?|方針(?:です|だ|である)?|考え(?:です|だ|である)|という)。?$",
            body,
        )
        is not None
    )


def _phase_told(text: str, heading: str, start: int, end: int) -> str:
    cues = grouped("card-cues")
    if cues["later"].search(heading):
        return "after the cause was known"
    return "first response" if cues["first"].search(text, start, end) else "lasting"


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


def _status(planned: bool, body: str) -> str:
    """Done or planned, by the tense; a step worded as a noun is ``planned`` where the section is about plans."""
    cues = grouped("card-cues")
    if cues["planned"].search(body):
        return "planned"
    if cues["done"].search(body):
        return "done"
    finite = re.search(r"(?:ます|です|[うくすつむる])。?$", body) is not None
    return "planned" if finite or planned else "done"
