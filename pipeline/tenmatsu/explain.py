"""Why a row is what it is, as text for a reader: events, times, mentions, quantities, incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenmatsu.records import Event, Incident, Mention, Quantity, Timex
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
    return _facts(facts)


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


def explain_row(extracted: Extracted, row_id: str) -> str | None:
    """Return why the row with that id is what it is, None where the document has no such row.

    ``row_id`` is an event_id, timex_id, mention_id, quantity_id or incident_id. Safe to print on a terminal.
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
        ("ways in", ", ".join(incident.vectors)),
        ("causes", ", ".join(incident.root_causes)),
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
