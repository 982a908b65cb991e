"""Why a row is what it is, as text for a reader: events, times, mentions, quantities, incidents, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenmatsu.records import Event, Incident, Measure, Mention, Quantity, Timex
from tenmatsu.summary import printable

_AROUND = 200  # code points on either side of a span in which its sentence is looked for

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
        ("who", f"{event.org or 'not said'}{_by(event.org_by)}{_frame(event.org_rule)}"),
        ("how sure", event.factuality + (f", set by the cue {event.cue}" if event.cue else ", no cue against it")),
        ("credited to", event.attributed_to or "the writer"),
    ]
    return _facts(facts)


def _by(how: str | None) -> str:
    return f" (by {how})" if how else ""


def _frame(rule: str | None) -> str:
    return f", case frame {rule}" if rule else ""


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


def explain_row(extracted: Extracted, row_id: str) -> str | None:
    """Return why the row with that id is what it is, None where the document has no such row.

    ``row_id`` is an event_id, timex_id, mention_id, quantity_id, incident_id or measure_id. Safe to print on a terminal.
    """
    for event in extracted.events:
        if event.event_id == row_id:
            return explanation(extracted, event)
    for timex in extracted.timexes:
        if timex.timex_id == row_id:
            return _facts(_timex(extracted, timex))
    for mention in extracted.mentions:
        if mention.mention_id == row_id:
            return _facts(_mention(extracted, mention))
    for quantity in extracted.quantities:
        if quantity.quantity_id == row_id:
            return _facts(_quantity(extracted, quantity))
    for incident in extracted.incidents:
        if incident.incident_id == row_id:
            return _facts(_incident(extracted, incident))
    for measure in extracted.measures:
        if measure.measure_id == row_id:
            return _facts(_measure(extracted, measure))
    return None


def _facts(facts: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name + ':':<12} {printable(value)}" for name, value in facts)


def _place(extracted: Extracted, start: int, end: int) -> str:
    line = extracted.text.count("\n", 0, start) + 1
    return f"「{extracted.text[start:end]}」 characters {start}-{end}, line {line}"


def _timex(extracted: Extracted, timex: Timex) -> list[tuple[str, str]]:
    times = {one.timex_id: one for one in extracted.timexes}
    return [
        ("row", f"{timex.timex_id}  {timex.type}  {timex.value}{f' {timex.mod}' if timex.mod else ''}"),
        ("words", _place(extracted, timex.start, timex.end)),
        *_anchors(timex, times, dict(extracted.notes)),
    ]


def _mention(extracted: Extracted, mention: Mention) -> list[tuple[str, str]]:
    names = {entity.name: entity for entity in extracted.entities}
    facts = [
        ("row", f"{mention.mention_id}  {mention.kind}"),
        ("words", _place(extracted, mention.start, mention.end)),
        ("stands for", mention.entity or "nothing that the text names"),
        ("rule", mention.rule),
    ]
    for name in (mention.entity or "").split("|"):
        known = names.get(name)
        if known is not None:
            number = f", corporate number {known.corporate_number}" if known.corporate_number else ""
            facts.append(("linked to", f"{known.name} ({known.entity_id}{number}), from {known.source}"))
    return facts


def _quantity(extracted: Extracted, quantity: Quantity) -> list[tuple[str, str]]:
    bounds = f"{'open' if quantity.min is None else f'{quantity.min:g}'} to {'open' if quantity.max is None else f'{quantity.max:g}'}"
    owner = next((event for event in extracted.events if event.event_id == quantity.event_id), None)
    return [
        ("row", f"{quantity.quantity_id}  {bounds} {quantity.unit}, {quantity.of}, {quantity.factuality}"),
        ("words", _place(extracted, quantity.start, quantity.end)),
        ("counts", f"{quantity.data_kind or 'no kind of data named'}, role {quantity.of}"),
        ("belongs to", f"{owner.event_id} {owner.type} 「{owner.text}」" if owner else "no event of its sentence"),
        ("rule", quantity.rule),
    ]


def _incident(extracted: Extracted, incident: Incident) -> list[tuple[str, str]]:
    """Each date of the card with the events that state it."""
    facts = [
        ("row", f"{incident.incident_id}  {incident.title}"),
        ("victim", incident.victim or "not said"),
        *_causes(extracted, incident, "ways in", "vectors"),
        *_causes(extracted, incident, "causes", "root_causes"),
    ]
    own = [event for event in extracted.events if event.incident_id == incident.incident_id]
    for name in ("first_intrusion", "detection", "containment", "disclosure"):
        date = getattr(incident, name)
        if date is None:
            continue
        shown = [
            f"{e.event_id} {e.type} 「{e.text}」"
            for e in own
            if e.date and e.factuality == "asserted" and date in e.date
        ]
        facts.append((name.replace("_", " "), f"{date}, shown by {'; '.join(shown) or 'the date of publication'}"))
    for name in ("leaked", "possibly_leaked", "denied_leak"):
        phrases = getattr(incident, name)
        if phrases:
            facts.append((name.replace("_", " "), "、".join(phrases)))
    return facts


def _causes(extracted: Extracted, incident: Incident, name: str, column: str) -> list[tuple[str, str]]:
    """The values of a column of causes, then each mention behind them with its place, rule and sentence."""
    facts = [(name, ", ".join(getattr(incident, column)))]
    for one in incident.evidence:
        field, value, span, rule = one.split(" ")
        if field == column:
            start, end = map(int, span.split("-"))
            facts.append(("shown by", f"{value}: {_place(extracted, start, end)}, rule {rule}"))
            facts.append(("sentence", _sentence(extracted.text, start, end)))
    return facts


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, the span marked, cut to what a reader can take in."""
    begin = max(text.rfind(mark, max(0, start - _AROUND), start) + 1 for mark in "。\n")
    stops = [at for mark in ("。", "\n") if (at := text.find(mark, end, end + _AROUND)) >= 0]
    begin, stop = begin or max(0, start - _AROUND), min(stops, default=min(len(text), end + _AROUND))
    return " ".join(f"{text[begin:start]}【{text[start:end]}】{text[end:stop]}".split())


def _measure(extracted: Extracted, measure: Measure) -> list[tuple[str, str]]:
    return [
        ("row", f"{measure.measure_id}  {measure.phase}, {measure.status}"),
        ("words", _place(extracted, measure.start, measure.end)),
        ("taken by", measure.org or "not said"),
        ("answers", measure.incident_id or "no incident that has a card"),
    ]
