"""Why an event's row is what it is, as text for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenmatsu.records import Event, Timex
from tenmatsu.summary import printable

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


def explanation(extracted: Extracted, event: Event) -> str:
    """Return the rule, cues, anchor and evidence of ``event``, one fact a line, safe to print on a terminal."""
    times = {timex.timex_id: timex for timex in extracted.timexes}
    text = extracted.text
    quoted = text[event.sentence_start : event.start] + "【" + event.text + "】" + text[event.end : event.sentence_end]
    line = text.count("\n", 0, event.start) + 1
    facts = [
        ("event", f"{event.event_id}  {event.type}  {event.date or 'no date'}  {event.factuality}"),
        ("trigger", f"「{event.text}」 characters {event.start}-{event.end}, line {line}"),
        ("sentence", " ".join(quoted.split())),
        ("rule", f"{event.rule} (confidence {event.confidence:g})"),
        ("date", _date(event, times)),
        *_anchors(times.get(event.timex_id or ""), times, dict(extracted.notes)),
        ("who", f"{event.org or 'not said'}{_by(event.org_by)}"),
        ("how sure", event.factuality + (f", set by the cue {event.cue}" if event.cue else ", no cue against it")),
        ("credited to", event.attributed_to or "the writer"),
    ]
    return "\n".join(f"{name + ':':<12} {printable(value)}" for name, value in facts)


def _by(how: str | None) -> str:
    return f" (by {how})" if how else ""


def _date(event: Event, times: dict[str, Timex]) -> str:
    if event.date is None:
        return "none"
    bounds = f"{event.date_begin or 'open'} to {event.date_end or 'open'}"
    return f"{event.date}, {bounds}{_by(event.dated_by)}"


def _anchors(timex: Timex | None, times: dict[str, Timex], notes: dict[str, str]) -> list[tuple[str, str]]:
    """Follow the time expression of an event to its anchor, and that one to its own."""
    facts: list[tuple[str, str]] = []
    seen: set[str] = set()
    while timex is not None and timex.timex_id not in seen:
        seen.add(timex.timex_id)
        mod = f" {timex.mod}" if timex.mod else ""
        where = f"「{timex.text}」 characters {timex.start}-{timex.end}"
        words = f"{where}: {timex.value_raw} from the words, {timex.value}{mod} by {timex.anchor}, rule {timex.rule}"
        facts.append(("its anchor" if facts else "time", words))
        if timex.timex_id in notes:
            facts.append(("because", notes[timex.timex_id]))
        timex = times.get(timex.anchor_id or "")
    return facts
