"""An accident card: one incident in the form that those who teach from accidents use (業種, 発生時期, 原因, 対策 …).

It is written from the tables alone, in Japanese, and says 不明 or 記載なし where they say nothing. A cause leads to the
articles of a security checklist, which is data that the user supplies; ``models/checklist-sample.jsonl`` is a sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tenmatsu import knowledge
from tenmatsu.records import Event, Incident, Quantity

if TYPE_CHECKING:
    from tenmatsu.pipeline import Extracted


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The Japanese and English name of a value of a table."""

    id: str
    kind: str
    value: str
    ja: str
    en: str


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article of a security checklist: its number, title, the question it asks and the causes that it is about."""

    id: str
    article: str
    title: str
    question: str
    causes: list[str]


@cache
def labels() -> dict[tuple[str, str], Label]:
    """Return the labels by kind (``cause``, ``factuality``) and value."""
    return {(label.kind, label.value): label for label in knowledge.load("labels", Label)}


def sample_checklist() -> tuple[Article, ...]:
    """Return the sample checklist that ships with the package."""
    return knowledge.load("checklist-sample", Article)


def read_checklist(path: Path) -> tuple[Article, ...]:
    """Return the articles of a JSONL file, one object a line with id, article, title, question and causes.

    Raises OSError for a file that cannot be read, ValueError that names the line where one does not fit or names a cause
    that the tables do not have.
    """
    decoder = msgspec.json.Decoder(Article)
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            one = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise ValueError(f"{path} line {number}: {error}") from error
        strange = [cause for cause in one.causes if ("cause", cause) not in labels()]
        if strange:
            raise ValueError(f"{path} line {number}: no such cause: {', '.join(strange)}")
        found.append(one)
    return tuple(found)


def articles_for(causes: Sequence[str], checklist: Sequence[Article]) -> list[tuple[Article, list[str]]]:
    """Return the articles that a cause leads to, in the checklist's order, each with the causes that lead there."""
    out = []
    for article in checklist:
        leading = [cause for cause in causes if cause in article.causes]
        if leading:
            out.append((article, leading))
    return out


def accident_card(extracted: Extracted, incident: Incident, checklist: Sequence[Article] = ()) -> str:
    """Return the card of one incident as text; every line of its story ends with the characters that show it."""
    events = [event for event in extracted.events if event.incident_id == incident.incident_id]
    counted = [one for one in extracted.quantities if one.incident_id in (incident.incident_id, None)]
    industry = next((e.industry for e in extracted.entities if e.name == incident.victim and e.industry), None)
    causes = list(dict.fromkeys((*incident.root_causes, *incident.vectors)))
    parts = [
        incident.title,
        "",
        f"組織　　　{incident.victim or '記載なし'}",
        f"業種　　　{industry or '不明'}",
        f"発生時期　{incident.first_intrusion or '不明'}",
        f"発覚　　　{incident.detection or '不明'}",
        f"公表　　　{incident.disclosure or extracted.document.published or '不明'}",
        f"漏えい人数　{_people(counted, events)}",
        "",
        "事故概要",
        *(_told(event) for event in sorted(events, key=_order) if event.date or event.type == "data_leak"),
        "",
        "漏えいした情報　" + ("、".join(incident.leaked) or "記載なし"),
        "漏えいの可能性　" + ("、".join(incident.possibly_leaked) or "記載なし"),
        "漏えいを否定　　" + ("、".join(incident.denied_leak) or "記載なし"),
        "",
        "原因　" + ("、".join(labels()["cause", cause].ja for cause in causes if cause != "unknown") or "不明"),
    ]
    for article, leading in articles_for([c for c in causes if c != "unknown"], checklist):
        because = "、".join(labels()["cause", cause].ja for cause in leading)
        parts += [f"　{article.article} {article.title}（{because}）", f"　　{article.question}"]
    done = [m for m in extracted.measures if m.incident_id in (incident.incident_id, None)]
    parts += ["", "対策", *(f"・{m.text}［{'予定' if m.status == 'planned' else '実施'}］" for m in done)]
    if not done:
        parts.append("記載なし")
    return "\n".join(parts) + "\n"


def _order(event: Event) -> tuple[str, int]:
    return event.date_begin or event.date_end or "9999", event.start


def _told(event: Event) -> str:
    sure = "" if event.factuality == "asserted" else f"（{labels()['factuality', event.factuality].ja}）"
    who = f"{event.org}　" if event.org else ""
    return f"・{event.date or '日付なし'}　{who}{event.text}{sure}　[{event.start}-{event.end}]"


# what says how many people a leak concerns, the surest first; who was affected need not have lost anything
_COUNTED = (
    ("leaked", "person", "asserted", ""),
    ("leaked", "record", "asserted", ""),
    ("leaked", "account", "asserted", ""),
    ("leaked", "person", "possible", "（可能性）"),
    ("leaked", "record", "possible", "（可能性）"),
    ("leaked", "account", "possible", "（可能性）"),
    ("affected", "person", "asserted", "（影響を受けた人数）"),
    ("affected", "person", "possible", "（影響の可能性）"),
)


def _people(quantities: Sequence[Quantity], events: Sequence[Event]) -> str:
    """The greatest count of persons, or else of records or accounts, that leaked or may have, with how sure it is; 0 where it is denied."""
    for of, unit, factuality, word in _COUNTED:
        found = [q for q in quantities if (q.of, q.unit, q.factuality) == (of, unit, factuality)]
        most = max(found, key=lambda q: q.max or q.min or 0, default=None)
        if most is not None:
            return f"{most.text}{word}"
    leaks = [event for event in events if event.type == "data_leak"]
    return "0（漏えいを否定）" if leaks and all(event.factuality == "negated" for event in leaks) else "不明"
