"""The card of each incident that one document is about, its measures, and where the document contradicts itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from tenmatsu.events.ontology import attack_side
from tenmatsu.records import Conflict, Document, Event, Incident, Measure, Timex
from tenmatsu.times.edtf import bounds

BREAK_IN = frozenset(
    [
        "reconnaissance",
        "intrusion",
        "infection",
        "command_and_control",
        "lateral_movement",
        "encryption",
        "error",
        "tampering",
        "data_leak",
    ]
)
SILENT_KINDS = frozenset(("media", "blog", "authority", "police", "vendor"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "actor": re.compile(
            r"((?:中国|北朝鮮|ロシア|イラン|ベトナム)(?:系|政府)?)(?:の関与|の?ハッカー|の?攻撃者|が関与|の集団)|「([^」]{2,30})」(?:を名乗る|と名乗る|と称する)|(?:ハッカー集団|攻撃グループ|犯罪集団|ランサムウェアグループ)「([^」]{2,30})」"
        ),
        "item": re.compile(r"(?:した|する|して|ます|です|でした|いる|られ|され|ない|こと)[。]?$"),
        "measure": re.compile(
            r"遮断|停止|隔離|駆除|点検|強化|見直し|導入|設置|新設|策定|徹底|教育|研修|変更|閉鎖|無効|修正|調査|解析|監視|対策|整備|配備|制限|厳格化|再発防止"
        ),
        "another": re.compile(
            r"以前(?:にも|から|の|、)|過去(?:にも|の|に)|かつて|前回|同様の(?:事案|事件|被害|攻撃|不正)|別の(?:事案|事件|件)|[年月](?:[0-9]{1,2}月)?にも|余談|ちなみに|[12１２一二]度目|再び"
        ),
        "first": re.compile(r"初動|応急|緊急|直ちに|一次対応"),
        "later": re.compile(r"原因(?:の)?(?:判明|特定|究明)後|判明後"),
        "planned": re.compile(
            r"予定|してまいります|して参ります|ていく|図る|図り|努め|検討|方針|する(?:。|$)|していきます"
        ),
    }


def incident_id(doc_id: str, victim: str | None) -> str:
    """Return a stable id of the incident of ``victim`` in a document."""
    return "inc-" + hashlib.sha256(f"{doc_id}\n{victim or ''}".encode()).hexdigest()[:12]


def victims(events: list[Event], main: str | None, kind_of: Callable[[str], str | None]) -> list[str | None]:
    """Return the organisations that a card is made for, the main one first; [None] when none is named.

    An organisation other than the main one gets a card when something happened to it (attack side) or it noticed an
    incident of its own, and it is no authority, medium or vendor.
    """
    score: Counter[str] = Counter()
    for event in events:
        if event.org and event.type in attack_side() | {"detection", "disclosure"} and event.factuality != "negated":
            for name in event.org.split("|"):
                if event.org_by in ("column", "tag", "subject", "victim", "section") or name == main:
                    score[name] += 2 if event.type in attack_side() else 1
    chosen: list[str | None] = []
    for name, points in score.most_common():
        if kind_of(name) in SILENT_KINDS and name != main:
            continue
        dated = any(
            e.date and e.org and name in e.org.split("|") for e in events if e.type in attack_side() | {"detection"}
        )
        if name == main or (points >= 3 and dated):
            chosen.append(name)
    if main and main in score:
        chosen = [main, *[name for name in chosen if name != main]]
    if not chosen:
        chosen = [main] if events else []
    return chosen


APART = 180  # days; a long dwell is real, so a distance alone tells nothing: the words must speak of another case


def _of_one_affair(document: Document, dated: list[Event]) -> list[Event]:
    """Drop what happened long before all the rest in a sentence that speaks of an earlier case (2016年にも…)."""
    others = {
        e.event_id
        for e in dated
        if _patterns()["another"].search(document.text, e.sentence_start, e.sentence_end) and e.date_begin
    }
    begun = [
        parsed
        for e in dated
        if e.event_id not in others and e.date_begin and (parsed := _day(e.date_begin)) is not None
    ]
    if not others or not begun:
        return dated
    first = min(begun)
    return [
        e
        for e in dated
        if e.event_id not in others or (day := _day(e.date_begin or "")) is None or (first - day).days <= APART
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def cards(
    document: Document,
    title: str | None,
    events: list[Event],
    leaks: list[tuple[Event, str]],
    listed: dict[str, list[str]],
    vectors: list[str],
    root_causes: list[str],
    main: str | None,
    kind_of: Callable[[str], str | None],
    entity_ids: dict[str, str],
    suspect: frozenset[str] = frozenset(),
    notice_of: tuple[str, str] | None = None,
) -> list[Incident]:
    """Return one card a victim. ``leaks`` pairs leak claims with short phrases; ``listed`` has phrases from lists by claim.

    ``notice_of`` is (organisation, day) of a notice that the victim itself published: it discloses the incident where no
    earlier disclosure is told of. ``suspect`` holds the ids of events whose printed year contradicts the story; they set no date of a card.
    """
    found = []
    chosen = victims(events, main, kind_of)
    for number, victim in enumerate(chosen):
        own = [e for e in events if victim is None or (e.org and victim in e.org.split("|"))]
        dated = [e for e in own if e.date and e.event_id not in suspect and e.factuality in ("asserted", "possible")]
        dated = _of_one_affair(document, dated)
        phrases: dict[str, list[str]] = {"asserted": [], "possible": [], "negated": []}
        for event, phrase in leaks:
            if (
                (victim is None or (event.org and victim in event.org.split("|")))
                and event.factuality in phrases
                and phrase not in phrases[event.factuality]
                and len(phrase) > 2
                and phrase[0] not in "のがをはにも"
            ):
                phrases[event.factuality].append(phrase)
        if number == 0:
            for claim, items in listed.items():
                phrases[claim] += [item for item in items if item not in phrases[claim]]
        noticed = [e for e in dated if e.type == "detection"] or [
            e for e in dated if e.type == "notification" and e.factuality == "asserted"
        ]
        intrusion = _earliest(
            [e for e in dated if e.type in BREAK_IN - {"data_leak", "encryption"}]
            or [e for e in dated if e.type in BREAK_IN]
        )
        detection = _earliest(noticed)
        stops = [e for e in dated if e.type == "containment" and e.factuality == "asserted"]
        containment = _latest(stops)
        disclosure = _earliest([e for e in dated if e.type == "disclosure" and e.factuality == "asserted"])
        if disclosure is None and notice_of is not None and notice_of[0] == victim:
            disclosure = notice_of[1]
        hit = _patterns()["actor"].search(document.text)
        if hit is not None:
            line = next(line for line in document.lines if line.start <= hit.start() <= line.end)
            whose = next(
                (i for i, name in enumerate(chosen) if name and line.tag and (line.tag in name or name in line.tag)), 0
            )
            hit = hit if whose == number else None
        found.append(
            Incident(
                incident_id(document.doc_id, victim),
                title or (victim or ""),
                victim,
                entity_ids.get(victim or ""),
                tuple(vectors) if number == 0 and vectors else ("unknown",),
                tuple(root_causes) if number == 0 and root_causes else ("unknown",),
                intrusion,
                detection,
                containment,
                disclosure,
                next((group for group in hit.groups() if group), None) if hit else None,
                tuple(phrases["asserted"]),
                tuple(phrases["possible"]),
                tuple(phrases["negated"]),
                delay(intrusion, detection),
                delay(detection, containment),
                delay(detection, disclosure),
                (document.doc_id,),
            )
        )
    return found


def _begin(edtf: str) -> str | None:
    if edtf.startswith("../"):
        return None
    return bounds(edtf)[0]


def _earliest(events: list[Event]) -> str | None:
    """The date of the earliest event; of an interval that runs on, the day it began."""
    known = [
        (e.date_begin or e.date_end or "", e.start, e.date) for e in events if e.date and (e.date_begin or e.date_end)
    ]
    if not known:
        open_year = [e.date for e in events if e.date]
        return _start(min(open_year)) if open_year else None
    return _start(min(known)[2] or "")


def _start(edtf: str) -> str:
    if edtf.startswith("{"):
        return edtf.strip("{}").split(",")[0]
    if "/" in edtf and not edtf.startswith(".."):
        return edtf.split("/")[0]
    return edtf


def _latest(events: list[Event]) -> str | None:
    known = [
        (e.date_end or e.date_begin or "", e.start, e.date) for e in events if e.date and (e.date_begin or e.date_end)
    ]
    if not known:
        dates = [e.date for e in events if e.date]
        return max(dates) if dates else None
    # an open end (…/..) says when it held, not when it was done
    chosen = max([one for one in known if not (one[2] or "").endswith("/..")] or known)[2] or ""
    return (
        chosen.split("/")[-1] if "/" in chosen and not chosen.startswith("..") and not chosen.endswith("..") else chosen
    )


def delay(first: str | None, last: str | None) -> str | None:
    """Return the whole days from one EDTF date to another, ``12`` or ``10..31`` when coarse, None when open or unknown."""
    if not first or not last:
        return None
    a, b = bounds(first), bounds(last)
    if not all((a[0], a[1], b[0], b[1])):
        return None
    days = [(date.fromisoformat(y) - date.fromisoformat(x)).days for x, y in ((a[1], b[0]), (a[0], b[1])) if x and y]
    if len(days) != 2 or days[1] < 0:
        return None
    return str(days[0]) if days[0] == days[1] else f"{max(0, days[0])}..{days[1]}"


def conflicts(document: Document, events: list[Event], timexes: list[Timex], incident: str | None) -> list[Conflict]:
    """Return year typos: a card's labelled date with the month and day of a dated event of the story, another year."""
    found = []
    for event in events:
        if not event.rule.startswith("E.label.") or not event.date or len(event.date) != 10:
            continue
        for other in events:
            if other.rule.startswith("E.label.") or not other.date or other.type not in attack_side():
                continue
            value = _start(other.date)
            if len(value) == 10 and value[5:] == event.date[5:] and value[:4] != event.date[:4]:
                timex = next((t for t in timexes if t.timex_id == event.timex_id), None)
                place = next((t for t in timexes if t.timex_id == other.timex_id), None)
                if timex is None or place is None:
                    continue
                found.append(
                    Conflict(
                        incident or "",
                        "first_intrusion",
                        "year_typo",
                        event.date,
                        document.doc_id,
                        timex.start,
                        timex.end,
                        value,
                        document.doc_id,
                        place.start,
                        place.end,
                        value,
                    )
                )
                break
    return found


def assign(events: list[Event], incidents: list[Incident]) -> list[Event]:
    """Return the events with the incident of their organisation; others belong to the first incident."""
    if not incidents:
        return events
    by_victim = {incident.victim: incident.incident_id for incident in incidents}
    out = []
    for event in events:
        chosen = next(
            (by_victim[name] for name in (event.org or "").split("|") if name in by_victim), incidents[0].incident_id
        )
        out.append(replace(event, incident_id=chosen))
    return out


def measures(document: Document, incidents: list[Incident], main: str | None) -> list[Measure]:
    """Return the steps listed under headings of response and prevention, with their phase and whether they are done."""
    patterns = _patterns()
    headings = {
        line.number: document.text[line.content : line.end] for line in document.lines if line.role == "heading"
    }
    found = []
    for line in document.lines:
        if line.role not in ("item", "row", "paragraph") or line.section not in ("response", "plan", "cause"):
            continue
        heading = headings.get(line.heading, "")
        body = document.text[line.content : line.end].strip()
        if not patterns["measure"].search(body) or (line.role == "paragraph" and len(body) > 160):
            continue
        if line.section == "cause" and not patterns["later"].search(heading):
            continue
        phase = "lasting" if line.section == "plan" else "first response"
        if patterns["later"].search(heading):
            phase = "after the cause was known"
        elif patterns["first"].search(heading):
            phase = "first response"
        planned = patterns["planned"].search(body) if body.endswith("。") else line.section == "plan"
        end = line.content + len(document.text[line.content : line.end].rstrip())
        found.append(
            Measure(
                document.doc_id,
                incidents[0].incident_id if incidents else None,
                line.content,
                end,
                document.text[line.content : end],
                phase,
                "planned" if planned else "done",
                main,
            )
        )
    return found
