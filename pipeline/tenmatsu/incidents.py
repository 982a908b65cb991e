"""The card of each incident that one document is about."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from tenmatsu import causes
from tenmatsu.actors import Actor
from tenmatsu.conflicts import first_day
from tenmatsu.cues import grouped
from tenmatsu.delays import between
from tenmatsu.events.ontology import attack_side
from tenmatsu.quantities.kinds import attributes, data_kinds
from tenmatsu.records import Document, Event, Incident, Mention, Timex
from tenmatsu.scopes import Scopes
from tenmatsu.times.edtf import bounds

# what an attacker did to get in or inside; a slip of the victim's own (error) is no intrusion
BREAK_IN = frozenset(
    ("reconnaissance", "intrusion", "infection", "command_and_control", "lateral_movement", "tampering")
)
TAKEN = frozenset(("encryption", "data_leak"))  # dates the intrusion only where no way in is told of
SLIPS = frozenset(("misconfiguration", "human_error", "loss_or_theft"))
SILENT_KINDS = frozenset(("media", "blog", "authority", "police", "vendor"))
_SAID = 80  # code points before a notification in which its sender is looked for
_SENTENCE = 200  # code points of a sentence in which its topic is looked for
APART = 180  # days; a long dwell is real, so a distance alone tells nothing: the words must speak of another case
_Told = TypeVar("_Told")
_CLAUSE = re.compile(r"。|^[、 　\t|｜]|^に[^、]*から、|(?:し|され|せ|て|り|が|ため|おり)、")
_SCHOOL_OWNER = re.compile("^学校法人|教育委員会$|教育庁$")
_DONE_TO = frozenset(("column", "tag", "subject", "victim", "affected", "section"))


@dataclass(frozen=True, slots=True)
class Claim:
    """Data said to be out (asserted), perhaps out (possible) or not out (negated), a short phrase at ``start``.

    ``org`` joins the organisations whose data they are with ``|``, "" where the text says none; None leaves it to the
    place in the text.
    """

    kind: str
    start: int
    text: str
    org: str | None = None


def incident_id(doc_id: str, victim: str | None) -> str:
    """Return a stable id of the incident of ``victim`` in a document."""
    return "inc-" + hashlib.sha256(f"{doc_id}\n{victim or ''}".encode()).hexdigest()[:12]


_FALLOUT = frozenset(("disruption", "extortion", "data_leak"))
_OWN_SLIPS = frozenset(("misconfiguration", "human_error"))
_OURS = re.compile("(?:本|当|弊)[社校院市県町村区学園行店会庁]|自社")  # 本校のデータ, whoever held them
_SENT = re.compile("誤(?:って)?(?:送|配|添付|封入|交付)|宛先|送信|BCC|Bcc|ＢＣＣ")
_LOST = re.compile("紛失|置き忘れ|[な無失]くし|落とし|見当たら")
_THEFT = re.compile("盗|置引|車上")
_COMMENT = "E.disclose.comment"
_TOWN = "municipality"  # whose school it is: 市立山手中学校
_HARMS = BREAK_IN | {"error", "encryption"}
_PLAIN = 3  # a way in and what came of it, of somebody's whom no day tells of
_STEPS = frozenset(("detection", "notification", "finding", "containment"))
_PLACED = ("victim", "affected", "column", "tag", "subject")


def victims(
    events: Sequence[Event],
    main: str | None,
    kind_of: Callable[[str], str | None],
    about: Sequence[Event] = (),
) -> list[str | None]:
    """Return the organisations that a card is made for, the main one first; [None] when none is named.

    An organisation other than the main one gets a card when something happened to it (attack side) or it noticed an
    incident of its own, and it is no authority, medium or vendor. ``about`` are the harms that announcements are about.
    """
    score: Counter[str] = Counter()
    dated: set[str] = set()
    broken_into: set[str] = set()
    own_part: Counter[str] = Counter()
    direct: Counter[str] = Counter()
    struck: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    suffered: dict[str, None] = {}
    own_harm: set[str] = set()
    tells: set[str] = set()
    robbed: set[str] = set()
    default: Counter[str] = Counter()
    hurt: Counter[str] = Counter()
    subsidiary: set[str] = set()
    for event in events:
        if not event.org or event.factuality == "negated":
            continue
        attack = event.type in attack_side()
        for name in event.org.split("|"):
            # a step that several take together does not say whose incident it is
            own_step = attack or ("|" not in event.org and event.type != "consequence")
            direct[name] += event.org_by != "main" and own_step
            default[name] += attack and event.org_by == "main"
            hurt[name] += attack and event.org_by in (*_PLACED, "section")
            if attack and event.org_by == "affected":
                subsidiary.add(name)
            # work that stops, or a threat, may come of what befell another; data get out of another's hands
            told = event.date is not None or event.org_by in _PLACED
            if told and event.type not in _FALLOUT and (attack or event.type == "detection"):
                own_harm.add(name)
            # but who tells of it is one whom it befell
            if event.type in ("disclosure", "notification") and event.org_by != "main":
                tells.add(name)
            if event.type == "data_leak":
                robbed.add(name)
            # whoever noticed it in systems of its own, and shut them, was hit as well
            struck[name] += attack or (event.type == "containment" and event.org_by not in ("affected", "main"))
            placed[name] += attack and event.org_by in _PLACED
            if event.date and event.type in BREAK_IN and event.org_by == "victim":
                suffered[name] = None
            if event.date and event.org_by in ("tag", "column"):
                # whoever has a column of its own and tells the public of what befell it is a victim of its own
                own_part[name] += 10 if event.type == "disclosure" else 1
            if event.date and (attack or event.type in ("detection", "disclosure", "containment")):
                dated.add(name)
            # anybody may comment; who makes public what befell it is a victim
            if attack or (event.type in ("detection", "disclosure") and event.rule != "E.disclose.commented"):
                if event.org_by in _DONE_TO or name == main:
                    # one of several who share the verb and have each a day of its own is as much a victim as the others
                    score[name] += 3 if event.dated_by == "each" else 2 if attack else 1
                elif event.org_by == "topic":
                    score[name] += 1
                if event.date and event.type in BREAK_IN and event.org_by in ("tag", "column"):
                    broken_into.add(name)
    plainly = _plainly(events, about, main)
    struck.update(name for event in about for name in (event.org or "").split("|"))
    score.update({name: 0 for name in plainly if name not in score})
    chosen: list[str | None] = [
        name
        for name, points in score.most_common()
        if name == main
        or (
            kind_of(name) not in SILENT_KINDS
            and (name in own_harm or own_part[name] or name in tells & robbed or name in plainly)
            and not _runs_school(name, main, kind_of)
            and (name in plainly or (points >= 3 and name in dated) or name in broken_into or own_part[name] >= 12)
        )
    ]
    if main and not hurt[main] and not default[main] and any(name != main and name in subsidiary for name in chosen):
        # a parent tells of its subsidiary
        chosen = [name for name in chosen if name != main]
        score.pop(main, None)
    if (
        main
        and not struck[main]
        and any(name in plainly or (placed[name] and name in dated) for name in chosen if name and name != main)
    ):
        # a parent's or client's notice: steps of its own, and nothing that befell it
        chosen = [name for name in chosen if name != main]
        score.pop(main, None)
    if main and main in score and not direct[main]:
        # the text says of another, and never of this one, that something was done to it
        hit = [name for name in chosen if name != main] or [
            name for name in suffered if name in dated and kind_of(name) not in SILENT_KINDS
        ]
        attacks = Counter(
            name for e in events if e.type in attack_side() and e.date and e.org for name in e.org.split("|")
        )
        if hit and default[main] < 3 * attacks[hit[0] or ""]:
            return [hit[0], *[name for name in chosen if name not in (main, hit[0])]]
    if main and main in score:
        chosen = [main, *[name for name in chosen if name != main]]
    if not chosen:
        chosen = [main] if events else []
    return chosen


def singly(events: Sequence[Event]) -> list[Event]:
    """Return the events with those of several organisations that have each its own day (dated_by each) one by one."""
    out: list[Event] = []
    for event in events:
        names, days = (event.org or "").split("|"), (event.date or "").strip("{}").split(",")
        if event.dated_by != "each" or len(names) != len(days):
            out.append(event)
            continue
        for name, day in zip(names, days, strict=True):
            begin, end = bounds(day)
            out.append(replace(event, org=name, date=day, date_begin=begin, date_end=end))
    return out


def _plainly(events: Sequence[Event], about: Sequence[Event], main: str | None) -> dict[str, None]:
    """Return those of whom a text says in words, without a day, that harm was done to them, and what harm.

    Beside somebody whose harm has a day, others without one are met in passing. What an announcement is about (Xは、Yが
    メールを誤送信したと発表した) is enough by itself, and so is what befell one together with ``main`` (AとBで情報が流出した),
    else a way in and what came of it are.
    """
    points: Counter[str] = Counter()
    together: dict[str, None] = {}
    dated: set[str] = set()
    harmed: set[str] = set()
    for number, event in enumerate((*events, *about)):
        names = [name for name in (event.org or "").split("|") if name]
        harm = event.type in attack_side() and event.factuality != "negated"
        if harm:
            harmed.update(names)
        if event.date and (harm or event.type == "detection"):
            dated.update(names)
        if harm and event.org_by in ("subject", "victim", "affected"):
            weight = (2 + (number >= len(events))) if event.type in _HARMS else 1
            points.update(dict.fromkeys(names, weight))
            together |= dict.fromkeys(names if len(names) > 1 and main in names else ())
    return together if dated & harmed else {name: None for name, n in points.items() if n >= _PLAIN or name in together}


def _runs_school(name: str, main: str | None, kind_of: Callable[[str], str | None]) -> bool:
    """Whether an organisation only runs the school that the text is about (教育委員会, 学校法人)."""
    return main is not None and name != main and kind_of(main) == "school" and bool(_SCHOOL_OWNER.search(name))


# 当社のお客様情報が漏えいしたおそれ: whose people's data a contractor lost is its client
_OWN_PEOPLE = re.compile(
    "の[^、。]{0,8}(?:お客[様さ]ま?|顧客|会員|利用者|従業員|職員|組合員|患者|学生|生徒|児童|市民|町民|県民|契約者|購入者|応募者|受講者|お取引先)"
)


def partners(
    document: Document,
    vectors: Sequence[causes.Cause],
    mentions: Sequence[Mention],
    chosen: Sequence[str | None],
    kind_of: Callable[[str], str | None],
    main: str | None = None,
    leaking: frozenset[int] = frozenset(),
    *,
    own: bool = False,
) -> tuple[list[str], list[str]]:
    """Return the clients and the suppliers of a supply chain that have no card yet: the topic before, the name in the words.

    子会社の|甲社|の端末を経由して gives 甲社; in 乙社は、委託先の甲社が感染し the topic 乙社 is the client. So is ``main`` where
    what got out is of its own people (当社のお客様情報), in one of the sentences that begin at ``leaking``, and where it tells
    in a notice of its ``own`` that it came through another.
    """
    known = {name for name in chosen if name}
    clients: list[str] = []
    suppliers: list[str] = []
    starts = sorted(s.start for s in document.sentences)
    ordered = sorted((m for m in mentions if "|" not in m.entity), key=lambda m: m.start)
    places = [m.start for m in ordered]
    named = Counter(m.entity for m in ordered)
    for cause in vectors:
        if cause.value != "supply_chain" or not known:
            continue
        begin = starts[max(0, bisect_right(starts, cause.start) - 1)] if starts else cause.start
        begin = max(begin, cause.start - _SENTENCE)
        # in brackets stands a gloss of a writer's own
        inside = [
            m
            for m in ordered[bisect_left(places, cause.start) : bisect_left(places, cause.end)]
            if document.text[m.start - 1 : m.start] not in ("(", "（")
        ]
        before = ordered[bisect_left(places, begin) : bisect_left(places, cause.start)]
        # somebody named once is asked for an opinion, the client is whom the text is about
        topics = [
            m for m in before if named[m.entity] > 1 and re.match("は|が|では|も", document.text[m.end : m.end + 2])
        ][:1]
        stop = document.text.find("。", cause.end)
        around = ordered[bisect_left(places, begin) : bisect_left(places, stop if stop >= 0 else len(document.text))]
        owners = [m for m in around if _OWN_PEOPLE.match(document.text, m.end)][:1]
        for out, found in ((suppliers, inside[:1]), (clients, topics), (clients, owners)):
            for one in found:
                if one.entity not in known and kind_of(one.entity) not in SILENT_KINDS:
                    known.add(one.entity)
                    out.append(one.entity)
    if main and known and main not in known and kind_of(main) not in SILENT_KINDS:
        owned = (m for m in ordered if m.entity == main and _OWN_PEOPLE.match(document.text, m.end))
        through = own and any(cause.value == "supply_chain" for cause in vectors)
        if through or any(starts[max(0, bisect_right(starts, m.start) - 1)] in leaking for m in owned):
            clients.append(main)
    return clients, suppliers


def _of_one_affair(document: Document, dated: list[Event]) -> list[Event]:
    """Drop what happened long before all the rest in a sentence that speaks of an earlier case (2016年にも…)."""
    another = grouped("card-cues")["another"]
    others = {
        e.event_id for e in dated if another.search(document.text, e.sentence_start, e.sentence_end) and e.date_begin
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


def _bygone(document: Document, events: Sequence[Event]) -> list[tuple[int, int]]:
    """The spans of the sentences that tell of an earlier case: how it came about and what it cost is not this card's."""
    dated = [e for e in events if e.date and e.factuality in ("asserted", "possible")]
    kept = {e.event_id for e in _of_one_affair(document, dated)}
    gone = {(e.sentence_start, e.sentence_end) for e in dated if e.event_id not in kept}
    return sorted(gone - {(e.sentence_start, e.sentence_end) for e in dated if e.event_id in kept})


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, place, key=lambda one: one[0]) - 1
    return at >= 0 and place < spans[at][1]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _periods(document: Document, events: Sequence[Event], timexes: Sequence[Timex]) -> frozenset[str]:
    """The ids of events dated by a period that says whose data are concerned (4月から6月までに購入された方)."""
    by_id = {timex.timex_id: timex for timex in timexes}
    found = set()
    for event in events:
        timex = by_id.get(event.timex_id or "")
        if timex is None or not timex.end <= event.start <= timex.end + 160:
            continue
        for hit in grouped("card-cues")["customers"].finditer(document.text, timex.end, event.start):
            between = document.text[timex.end : hit.start()]
            # a verb in between has taken the time for itself (4月に侵入され、購入された方の…)
            # a day with a comma or a gap behind it (5月20日、…) dates the whole sentence, and who called on it is no customer
            if len(between) <= 60 and not _CLAUSE.search(between):
                found.add(event.event_id)
                break
    return frozenset(found)


def cards(
    document: Document,
    title: str | None,
    events: Sequence[Event],
    claims: Sequence[Claim],
    vectors: Sequence[causes.Cause],
    roots: Sequence[causes.Cause],
    actors: Sequence[Actor],
    main: str | None,
    kind_of: Callable[[str], str | None],
    entity_ids: dict[str, str],
    suspect: frozenset[str] = frozenset(),
    notice_of: tuple[str | None, str] | None = None,
    *,
    mentions: Sequence[Mention] = (),
    timexes: Sequence[Timex] = (),
    about: Sequence[Event] = (),
) -> list[Incident]:
    """Return one card a victim, each with what the text tells of it; what it tells of nobody is the first card's.

    ``vectors``, ``roots``, ``actors`` and ``claims`` are in the order of the text. ``notice_of`` is (organisation, day)
    of a notice that the victim itself published: it discloses the incident where no earlier disclosure is told of.
    ``suspect`` holds the ids of events whose printed year contradicts the story; they set no date of a card. ``about``
    are the harms that announcements are about: they are no events, but say whose affair it is.
    """
    together, events = events, singly(events)
    chosen = victims(events, main, kind_of, about)
    leaking = frozenset(
        e.sentence_start for e in events if e.type == "data_leak" and e.factuality in ("asserted", "possible")
    )
    # a parent that tells of its subsidiary is no client of whom the subsidiary hired
    own_notice = notice_of is not None and notice_of[0] == main and all(e.org_by != "affected" for e in events)
    clients, suppliers_named = partners(document, vectors, mentions, chosen, kind_of, main, leaking, own=own_notice)
    chosen = [*clients, *chosen, *suppliers_named]
    scopes = Scopes(document, together, mentions, chosen)
    by_org: dict[str, list[Event]] = {}
    for event in events:
        for name in (event.org or "").split("|"):
            by_org.setdefault(name, []).append(event)
    barred = suspect | _periods(document, events, timexes)
    planned = {line.number for line in document.lines if line.section == "plan"}
    lines = {s.start: s.line for s in document.sentences}
    incoming, harm, own_report = _incoming(document.text), _of_harm(document.text), _first_report(document.text)
    feared, unsaid = _feared(document.text), _announced(document, events, timexes)
    suppliers = sorted((c for c in vectors if c.value == "supply_chain"), key=lambda c: c.start)
    bygone = _bygone(document, events)
    if len(chosen) == 1:  # of several cards one may be that of the earlier case
        vectors, roots = ([c for c in found if not _within(c.start, bygone)] for found in (vectors, roots))
    claims = [claim for claim in claims if not _within(claim.start, bygone)]
    doors = [_shared(found, lambda c: _door(scopes, c, chosen, suppliers), chosen) for found in (vectors, roots)]
    # whom the text says nothing of but that it is the main name: what is told by default is the first card's
    passed = main if main and main not in chosen else None
    claims = _without_titles(document, claims)
    told = _shared(claims, lambda c: frozenset() if passed and c.org == passed else _owners(c, scopes, chosen), chosen)
    _share_with_client(told, doors[0], len(chosen))
    blamed = _shared(actors, lambda a: scopes.at(a.start), chosen)

    # what is told of a parent, or an owner, that has no card by default is told of the one whose card it is
    parental = by_org.get(passed, []) if passed else []
    steps = [e for e in parental if e.org_by == "main" and e.type in _STEPS] if len(chosen) == 1 else []
    shown_by = [e for e in parental if e.type == "disclosure"]
    if len(chosen) == 1 and chosen[0]:
        # Xは、子会社のYが…を受けたと発表した: X made it public
        told_beside = {
            e.sentence_start
            for e in (*events, *about)
            if e.type in attack_side() and chosen[0] in (e.org or "").split("|") and e.org_by != "main"
        }
        shown_by += [
            e for e in events if e.type == "disclosure" and e.sentence_start in told_beside and e not in shown_by
        ]
    if len(chosen) == 1 and chosen[0] and kind_of(chosen[0]) == "school":
        owners = [
            e
            for e in events
            if _runs_school(e.org or "", chosen[0], kind_of) or ("立" in chosen[0] and kind_of(e.org or "") == _TOWN)
        ]
        shown_by += [e for e in owners if e.type == "disclosure"]
        steps += [e for e in owners if e.type == "detection" and e not in steps]

    found = []
    for number, victim in enumerate(chosen):
        own = list(events) if victim is None else [*by_org.get(victim, []), *steps]
        ways, reasons, why = _reckoned(doors[0].get(number, []), doors[1].get(number, []))
        # what a contractor or a customer of a name tells the victim is a first sign as well
        warned = _warnings(events, victim, chosen, incoming, client="supply_chain" in ways) if victim == main else []
        dated = [
            e
            for e in dict.fromkeys([*own, *warned])
            if e.date and e.event_id not in barred and e.factuality in ("asserted", "possible")
        ]
        slip = bool(SLIPS & {*ways, *reasons}) and not {"insider", "credential_theft", "phishing"} & set(ways)
        days = _days(
            _of_one_affair(document, dated),
            own,
            lambda e: lines.get(e.sentence_start, 0) in planned,
            slip,
            incoming,
            harm,
            own_report,
            feared,
            _posted(document.text),
            _of_traces(document.text),
            unsaid,
            insider="insider" in ways,
        )
        disclosure, shown = days["disclosure"]
        if disclosure is None:
            # the first publication counts, by whomever it was made: the victim, its parent or the authority over it
            disclosed = [e for e in shown_by if e.date and e.event_id not in barred and e.factuality == "asserted"]
            disclosure, shown = _earliest(disclosed, months=False)
        if disclosure is None and notice_of is not None and notice_of[0] == victim:
            disclosure, shown = notice_of[1], True
        if disclosure is None and notice_of is not None and passed and passed == notice_of[0]:
            # who owns or hired the victim made it public
            disclosure, shown = notice_of[1], True
        if "loss_or_theft" in ways and not any(e.type == "data_leak" and e.factuality == "asserted" for e in own):
            # what was lost may have got out, nobody says that it did
            told[number] = [replace(c, kind="possible") if c.kind == "asserted" else c for c in told.get(number, [])]
        phrases = _phrases(told.get(number, []))
        (intrusion, broke), (detection, saw), (containment, held) = (
            days["intrusion"],
            days["detection"],
            days["containment"],
        )
        found.append(
            Incident(
                incident_id(document.doc_id, victim),
                title or (victim or ""),
                victim,
                entity_ids.get(victim or ""),
                tuple(ways) or ("unknown",),
                tuple(reasons) or ("unknown",),
                intrusion,
                detection,
                containment,
                disclosure,
                _named_actor(blamed.get(number, [])),
                tuple(phrases["asserted"]),
                tuple(phrases["possible"]),
                tuple(phrases["negated"]),
                between(intrusion, detection) if broke and saw else None,
                between(detection, containment) if saw and held else None,
                between(detection, disclosure) if saw and shown else None,
                (document.doc_id,),
                _evidence("vectors", ways, doors[0].get(number, [])) + _evidence("root_causes", reasons, why),
            )
        )
    return found


def _without_titles(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Leave out the bare 個人情報 of a title or heading where the text itself says what it was."""
    umbrella = grouped("leak-cues")["umbrella"]
    starts = [line.start for line in document.lines]

    def bare(claim: Claim) -> bool:
        line = document.lines[bisect_right(starts, claim.start) - 1]
        return line.role in ("title", "heading") and umbrella.match(claim.text) is not None

    told = [claim for claim in claims if not bare(claim)]
    return told if any(claim.kind != "negated" and _personal(claim.text) for claim in told) else list(claims)


def _shared(
    found: Sequence[_Told], owners: Callable[[_Told], frozenset[str] | None], chosen: Sequence[str | None]
) -> dict[int, list[_Told]]:
    """What is told of each card, by the card's number: of those whom ``owners`` names, of the first where it names none."""
    numbers = {name: number for number, name in enumerate(chosen)}
    out: dict[int, list[_Told]] = {}
    for one in found:
        names = owners(one)
        if names is None:
            continue
        for number in sorted(numbers[name] for name in names if name in numbers) or [0]:
            out.setdefault(number, []).append(one)
    return out


def _share_with_client(told: dict[int, list[Claim]], ways: dict[int, list[causes.Cause]], size: int) -> None:
    """Give both cards what got out of a supplier that was broken into: the data are the client's, the door is the supplier's."""
    if size != 2:
        return
    values = [{cause.value for cause in ways.get(number, [])} for number in range(2)]
    clients = [number for number in range(2) if "supply_chain" in values[number]]
    if len(clients) == 1:  # what the client calls its own is its own
        silent = not values[1 - clients[0]] - {"unknown", "supply_chain"}
        ours = [c for c in told.get(1 - clients[0], []) if (c.kind != "negated" or silent) and _OURS.match(c.text)]
        told[clients[0]] = sorted({*told.get(clients[0], []), *ours}, key=lambda claim: (claim.start, claim.text))
    if len(clients) != 1 or not values[1 - clients[0]] - {"unknown", "supply_chain"}:
        return
    both = [claim for number in range(2) for claim in told.get(number, []) if claim.kind != "negated"]
    # and so is what was never given to the supplier, unless the text says whose it is
    unowned = [c for c in told.get(1 - clients[0], []) if c.kind == "negated" and c.org is None]
    for number in range(2):
        denied = [claim for claim in told.get(number, []) if claim.kind == "negated" and claim not in unowned]
        denied += unowned if number == clients[0] else []
        told[number] = sorted({*both, *denied}, key=lambda claim: (claim.start, claim.text))


def _named_actor(blamed: Sequence[Actor]) -> str | None:
    """The first actor named, in the fuller form where a later place has one (元従業員, 元従業員の男)."""
    if not blamed:
        return None
    first = blamed[0].text
    return next((one.text for one in blamed if one.text.startswith(first + "の")), first)


def _door(
    scopes: Scopes, cause: causes.Cause, chosen: Sequence[str | None], suppliers: list[causes.Cause]
) -> frozenset[str]:
    """Whose card a cause belongs to: a supplier is the door of whom it supplies, unless a tag says otherwise.

    What befell the supplier (委託先におけるランサムウェア被害) is the supplier's card, named or the only other one.
    """
    tagged = scopes.tagged(cause.start)
    if tagged:
        return tagged
    if cause.value == "supply_chain":
        others = frozenset(name for name in chosen if name) - _supplier(scopes, cause)
        return others if len(others) == 1 else frozenset(name for name in chosen[:1] if name)
    at = bisect_right(suppliers, cause.start, key=lambda one: one.start) - 1
    if at >= 0 and cause.start < suppliers[at].end:
        supplier = _supplier(scopes, suppliers[at])
        if supplier:
            return supplier
        if len(chosen) == 2 and chosen[1]:
            return frozenset((chosen[1],))
    return scopes.at(cause.start)


def _supplier(scopes: Scopes, cause: causes.Cause) -> frozenset[str]:
    """The supplier that the words of a cause name: 委託先の|X, 印刷を委託している|X."""
    word = grouped("card-cues")["supplier"].match(cause.text)
    return scopes.named(cause.start + word.end(), cause.start + word.end() + 1) if word else frozenset()


def _owners(claim: Claim, scopes: Scopes, chosen: Sequence[str | None]) -> frozenset[str] | None:
    """Whose data a claim is about; None where they are somebody's without a card, whose affair is not told here."""
    if claim.org is None:
        return scopes.at(claim.start)
    named = frozenset(claim.org.split("|")) & frozenset(name for name in chosen if name)
    return named or (frozenset() if chosen == [None] else None)


def _reckoned(ways: list[causes.Cause], reasons: list[causes.Cause]) -> tuple[list[str], list[str], list[causes.Cause]]:
    """The vectors and root causes of a card, and the mentions behind its root causes.

    How they got in leaves no room for the slip that let them in, which is a root cause; and some ways are their own
    reason: a hole is, a wrong setting is and is a human error, a loss is a human error, a breach at who held the data is
    the reason of whose data they were.
    """
    how = set(_values(ways)) - {"unknown"}
    if how - _OWN_SLIPS:
        ways = [one for one in ways if one.value not in _OWN_SLIPS]
    elif len(how) > 1:  # of two slips the particular one
        sent = any(_SENT.search(one.text) for one in ways if one.value == "human_error")
        ways = [one for one in ways if one.value != ("misconfiguration" if sent else "human_error")]
    why = list(reasons)
    told = {one.value for one in why} - {"unknown"}

    def add(value: str, behind: Callable[[causes.Cause], bool]) -> None:
        if value not in {one.value for one in why}:
            why.extend(replace(one, value=value) for one in ways if behind(one))

    how = set(_values(ways)) - {"unknown"}
    if "vulnerability" in how and "zero_day" not in how:
        add("vulnerability", lambda one: one.value == "vulnerability")
    if "sql_injection" in how:  # it names the hole that let them in
        ways = [one for one in ways if one.value != "vulnerability"]
    if how == {"misconfiguration"}:
        # a door left open by its setting is no wall that was missing
        why = [one for one in why if one.value != "missing_segmentation"]
        for value in ("misconfiguration", "human_error"):
            add(value, lambda one: one.value == "misconfiguration")
    if "loss_or_theft" in how:
        add("human_error", lambda one: one.value == "loss_or_theft" and _LOST.search(one.text) is not None)
        if any(one.value == "human_error" for one in why) and not any(_THEFT.search(one.text) for one in ways):
            why = [one for one in why if one.value != "loss_or_theft"]
    if not told:
        add("credential_theft", lambda one: one.value == "credential_theft" and "リスト" in one.text)
        add("supply_chain", lambda one: one.rule == "C.supply.occurred")
    why = causes.settled(sorted(why, key=lambda one: one.start))
    return _values(ways), list(dict.fromkeys(one.value for one in why)), why


def _values(found: list[causes.Cause]) -> list[str]:
    return list(dict.fromkeys(cause.value for cause in causes.settled(found)))


def _evidence(column: str, values: Sequence[str], found: Sequence[causes.Cause]) -> tuple[str, ...]:
    """The mentions behind ``values`` as ``column value start-end rule``, in the order of the values and of the text."""
    return tuple(
        f"{column} {value} {cause.start}-{cause.end} {cause.rule}"
        for value in values
        for cause in found
        if cause.value == value
    )


def _phrases(claims: list[Claim]) -> dict[str, list[str]]:
    """The phrases of each kind of claim, without those that say less of the same data than another.

    A phrase that repeats the head of a longer one is left out, and so is a word for a whole record (個人情報,
    カード情報) where what it consists of is told (氏名、住所; カード番号、有効期限).
    """
    out: dict[str, list[str]] = {"asserted": [], "possible": [], "negated": []}
    umbrellas = grouped("leak-cues")["umbrella"], grouped("leak-cues")["umbrella_card"]
    owner = grouped("leak-cues")["owner"]
    for kind, phrases in out.items():
        kept: dict[str, str] = {}
        for claim in claims:
            if claim.kind != kind or len(claim.text) < 2 or claim.text[0] in "のがをはにも":
                continue
            # whose data they are told to be makes no other data of them: お客様のカード情報, カード情報
            held = owner.match(claim.text)
            bare = claim.text[held.end() :] if held else claim.text
            if not any(umbrella.match(bare) for umbrella in umbrellas):
                bare = claim.text
            kept.setdefault(_key(bare), claim.text)
        beside = _beside(claims, kind, umbrellas)
        heads = {key[at:] for key in kept for at in range(1, len(key))}
        told = [_columns(phrase) for phrase in kept.values()]
        parts = any(personal for personal, _ in told), any(card for _, card in told)
        phrases += [
            phrase
            for key, phrase in kept.items()
            if key not in heads
            and (
                phrase in beside
                or not any(has and umbrella.match(phrase) for has, umbrella in zip(parts, umbrellas, strict=True))
            )
        ]
    return out


def _beside(claims: list[Claim], kind: str, umbrellas: Sequence[re.Pattern[str]]) -> set[str]:
    """The words for a whole record that stand in one list with data of another kind (技術情報や個人情報)."""
    told = sorted((c for c in claims if c.kind == kind), key=lambda c: c.start)
    out = set()
    for one, other in pairwise(told):
        if 0 <= other.start - one.start - len(one.text) <= 3:
            whole = [any(umbrella.match(c.text) for umbrella in umbrellas) for c in (one, other)]
            if whole[0] != whole[1]:
                out.add((one if whole[0] else other).text)
    return out


def _columns(phrase: str) -> tuple[bool, bool]:
    """Whether a phrase names columns of a person's record (氏名, 住所), and of a card (有効期限)."""
    columns = attributes()
    kinds = {kind for kind, _ in data_kinds(phrase, 0, len(phrase))} & columns
    return bool(kinds - {"card_part"}), "card_part" in kinds


def _personal(phrase: str) -> bool:
    return any(_columns(phrase))


def _key(phrase: str) -> str:
    """A phrase without kana and marks, so that 防衛省の指定した「X」 and 防衛省が指定した「X」 are one."""
    return re.sub(r"[ぁ-ん\s「」『』（）()、・]", "", phrase) or phrase


def _incoming(text: str) -> Callable[[Event], bool]:
    """Say of a notification of ``text`` whether the victim was told (指摘があり, 顧客から連絡), so that it may be a first sign.

    What the victim reports to the police, a ministry or a commission comes after it knew.
    """
    cues = grouped("card-cues")

    def came(event: Event) -> bool:
        left = text[max(event.sentence_start, event.start - _SAID) : event.start]
        # what was asked for tells of the affair later: 専門機関から報告書を受領
        if cues["asked_for"].search(f"{left}{event.text}"):
            return False
        if cues["received"].match(text, event.end, event.end + 16):
            return True
        if cues["told_from"].search(left) or cues["told_by_other"].search(left):
            return True
        return bool(cues["told_by_nature"].fullmatch(event.text)) and not cues["told_to"].search(left)

    return came


def _of_harm(text: str) -> Callable[[Event], bool]:
    """Say of a finding of ``text`` whether what it establishes is the wrong itself (不正アクセスを確認)."""

    def found(event: Event) -> bool:
        left = text[max(event.sentence_start, event.start - 40) : event.start]
        return event.type == "finding" and bool(grouped("card-cues")["harm"].search(left))

    return found


_LONG_BEFORE = re.compile(
    "(?:する|した|される|された)(?:約|およそ)?[0-9０-９一二三四五六七八九十]+(?:年|か月|カ月|ヶ月|週間)(?:以上|ほど|余り|近く)?前(?:に|の|から)"
)


def _of_traces(text: str) -> Callable[[Event], bool]:
    """Say of a detection of ``text`` whether its day is that of what was noticed: 侵入の痕跡を確認, 検知する2年以上前に."""

    def traced(event: Event) -> bool:
        left = text[max(event.sentence_start, event.start - 12) : event.start]
        if event.type != "detection":
            return False
        return bool(re.search("(?:痕跡|形跡)(?:を|が|も)$", left) or _LONG_BEFORE.match(text, event.end))

    return traced


def _feared(text: str) -> Callable[[Event], bool]:
    """Say of a leak of ``text`` whether somebody only feared it: its day is that of the fear (漏えいの懸念)."""

    def only(event: Event) -> bool:
        return bool(grouped("card-cues")["feared"].search(text, event.start, min(event.end + 6, len(text))))

    return only


_POSTED = re.compile("(?:リーク|闇|暴露|攻撃者[^、。]{0,10}の|グループの)サイト|ダークウェブ|掲示板|Telegram|犯行声明")


def _posted(text: str) -> Callable[[Event], bool]:
    """Say of a leak of ``text`` whether what was stolen before was put up then (リークサイトに公開): that is not the theft."""

    def put_up(event: Event) -> bool:
        shown = re.search("公開|掲載|投稿|販売|出品|アップロード", event.text)
        left = text[max(event.sentence_start, event.start - 40) : event.start]
        return event.type == "data_leak" and bool(shown and _POSTED.search(left))

    return put_up


def _warnings(
    events: Sequence[Event],
    victim: str | None,
    chosen: Sequence[str | None],
    incoming: Callable[[Event], bool],
    *,
    client: bool,
) -> list[Event]:
    """What others of a name told the victim: anybody where it is the only one, its supplier where it is a client.

    Where several stand side by side, who told whom of which affair is not known.
    """
    if len(chosen) > 2 or (len(chosen) == 2 and not client):
        return []
    return [
        e
        for e in events
        if e.type == "notification"
        and e.factuality == "asserted"
        and e.org
        and victim not in e.org.split("|")
        and incoming(e)
    ]


def _announced(document: Document, events: Sequence[Event], timexes: Sequence[Timex]) -> frozenset[str]:
    """The ids of events that share their date with the announcement of them, or with the head of a title line."""
    told_on = {(e.sentence_start, e.timex_id) for e in events if e.type == "disclosure" and e.timex_id}
    by_id = {timex.timex_id: timex for timex in timexes}
    headed = {line.start for line in document.lines if line.role in ("title", "heading")}
    out = set()
    for event in events:
        timex = by_id.get(event.timex_id or "")
        begins = timex is not None and timex.start in headed and timex.end < event.start
        if (event.sentence_start, event.timex_id) in told_on or (
            begins and timex is not None and document.text[timex.end : timex.end + 1] in (" ", "　", "\t")
        ):
            out.add(event.event_id)
    return frozenset(out)


def _books(event: Event) -> bool:
    """Whether an event is dated by a fiscal year, which says which year's work it was about."""
    begin, end = event.date_begin or "", event.date_end or ""
    return begin.endswith("-04-01") and end.endswith("-03-31") and begin[:4].isdigit() and end > begin


def _first_report(text: str) -> Callable[[Event], bool]:
    """Say of a disclosure of ``text`` whether it is the first of the victim's own numbered reports (第1報を公表)."""
    numbered = re.compile(r"第[ 　]?[1１一][ 　]?報")

    def first(event: Event) -> bool:
        return bool(numbered.search(text, max(event.sentence_start, event.start - 10), event.end))

    return first


def _days(
    dated: list[Event],
    told: list[Event],
    planned: Callable[[Event], bool],
    slip: bool,
    incoming: Callable[[Event], bool],
    harm: Callable[[Event], bool],
    own_report: Callable[[Event], bool],
    feared: Callable[[Event], bool],
    posted: Callable[[Event], bool],
    traces: Callable[[Event], bool],
    unsaid: frozenset[str],
    *,
    insider: bool = False,
) -> dict[str, tuple[str | None, bool]]:
    """The dates of a card, each with whether the event behind it is asserted; a ``slip`` of the victim's is no intrusion."""
    # what a day's announcement is about, or what a head line with its date is about, did not happen on that day
    happened = [e for e in dated if e.event_id not in unsaid and not _books(e)]
    # an insider is in already: what he took away is his intrusion
    inside = [e for e in happened if e.type in (TAKEN if insider else BREAK_IN)]
    # somebody who looked around in April and came in in July broke in in July
    inside = [e for e in inside if e.type != "reconnaissance"] or inside
    if not inside and insider:
        inside = [e for e in happened if e.type in BREAK_IN]
    # the day on which the lure arrived is not that on which somebody got in
    inside = [e for e in inside if not e.rule.startswith("E.intrusion.lure")]
    if not inside and not slip and not any(e.type == "error" for e in dated):
        taken = [e for e in happened if e.type in TAKEN and not posted(e)]
        # the day on which somebody feared a leak is not the day of the leak
        inside = [e for e in taken if not (e.factuality == "possible" and feared(e))]
    # a first sign that comes from outside is a notification, and the card's detection takes its day
    noticed = [
        e
        for e in dated
        if e.type == "detection" or (e.type == "notification" and e.factuality == "asserted" and incoming(e))
    ]
    # where nobody is said to have noticed it first, it is known since the first fact was established
    harmed = {e.sentence_start for e in told if e.type in attack_side() or harm(e)}
    mended = {e.sentence_start for e in told if e.type == "recovery"}
    known = [
        e
        for e in dated
        if e.type == "finding" and e.factuality == "asserted" and e.sentence_start in harmed - mended and not planned(e)
    ]
    # an announcement that names nobody may be somebody else's
    shown = [
        e for e in dated if e.type == "disclosure" and e.factuality == "asserted" and e.text not in ("撤回", "否定")
    ]
    # a word taken back is no announcement of the affair, and measures published later are none where another is told of
    # nor is an answer to the press
    shown = [e for e in shown if e.rule != _COMMENT and e.text[:2] not in ("回答", "答え", "応じ")] or shown
    disclosure = _earliest([e for e in shown if e.org_by != "main" or own_report(e)] or shown, months=False)
    # what is told of after the affair was public is not how it came to light
    until = _begin(disclosure[0])
    early = [e for e in noticed if not (until and e.date_begin and e.date_begin > until)]
    # nor is what an audit found two years before anybody broke in
    entered = _begin(_earliest(inside, months=False)[0])
    early = [e for e in early if not (entered and e.date_end and _apart(e.date_end, entered))] or early
    # the day of which traces were found later is not the day on which somebody noticed
    early = [e for e in early if not traces(e)] or early
    detection = _earliest(_points(early) or _points(known) or _points(noticed))
    since = _begin(detection[0])
    stops = [
        e
        for e in dated
        if e.type == "containment"
        and e.factuality == "asserted"
        and not planned(e)
        and not (since and e.date_end and e.date_end < since)
    ]
    # the last cut keeps the attacker out; where nothing was cut, the first stop is what ended it, the rest follows
    cut = [e for e in stops if grouped("card-cues")["contains"].search(e.text)]
    return {
        "intrusion": _earliest(inside, months=False),
        "detection": detection,
        "containment": _latest(cut) if cut else _earliest(stops),
        "disclosure": disclosure,
    }


def _apart(day: str, later: str) -> bool:
    """Whether a day lies so long before another that it belongs to another case."""
    return (date.fromisoformat(later) - date.fromisoformat(day)).days > APART


def _begin(day: str | None) -> str | None:
    return bounds(day)[0] if day else None


def _points(events: list[Event]) -> list[Event]:
    """The events of a moment (a call, a discovery); one dated by a stretch of time has taken it from what it was about."""
    return [e for e in events if "/" not in (e.date or "").replace("../", "")] or events


def _earliest(events: list[Event], *, months: bool = True) -> tuple[str | None, bool]:
    """The date of the earliest event, of an interval that runs on the day it began; and whether it is asserted."""
    known = [e for e in events if e.date and (e.date_begin or e.date_end)] or [e for e in events if e.date]
    if not known:
        return None, False
    # a season or a year says less than a day that lies in it; and so does a month, but a second step may follow in it
    days = sorted(e.date_begin for e in known if e.date_begin and not _span(e))
    # of two tellings of one kind of step the day is the finer (2月に発生した不正アクセスについて; 2月9日 侵入された)
    finer: dict[str, list[str]] = {}
    for e in sorted(known, key=lambda one: one.date_begin or ""):
        if e.date_begin and not _span(e) and not (e.date or "").endswith("~"):
            finer.setdefault(e.type, []).append(e.date_begin)
    # and a card's label (発生時期 2021年1月) sums up the story below it
    sums_up = {e.event_id for e in known if months or len(e.date or "") < 7 or e.rule.startswith("E.label.")}
    known = [e for e in known if not _holds(_span(e), days if e.event_id in sums_up else finer.get(e.type, []))]
    first = min(known, key=lambda e: (e.date_begin or e.date_end or e.date or "", e.factuality != "asserted", e.start))
    return first_day(first.date or ""), first.factuality == "asserted"


def _span(event: Event) -> tuple[str, str] | None:
    """The bounds of a date that is no finer than a month."""
    if not re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?~?", event.date or "") or not event.date_begin or not event.date_end:
        return None
    return event.date_begin, event.date_end


def _holds(span: tuple[str, str] | None, days: list[str]) -> bool:
    """Whether one of ``days``, which are in order, lies in ``span``."""
    return span is not None and bisect_left(days, span[0]) < bisect_right(days, span[1])


def _latest(events: list[Event]) -> tuple[str | None, bool]:
    known = [e for e in events if e.date and (e.date_begin or e.date_end)]
    if not known:
        dates = [e.date for e in events if e.date]
        return (max(dates), True) if dates else (None, False)
    # an open end (…/..) says when it held, not when it was done
    closed = [e for e in known if not (e.date or "").endswith("/..")] or known
    last = max(closed, key=lambda e: (e.date_end or e.date_begin or "", e.start)).date or ""
    return last.split("/")[-1] if "/" in last and not last.startswith("..") and not last.endswith("..") else last, True


def assign(
    events: list[Event], incidents: list[Incident], elsewhere: Callable[[int, int], bool] = lambda start, end: False
) -> list[Event]:
    """Return the events with the card of their organisation; others belong to the first card.

    An event has none where ``elsewhere`` says of its sentence that it belongs to another affair (…とは別の事案です).
    """
    if not incidents:
        return events
    by_victim = {incident.victim: incident.incident_id for incident in incidents}
    out = []
    for event in events:
        if elsewhere(event.sentence_start, event.sentence_end):
            out.append(event if event.incident_id is None else replace(event, incident_id=None))
            continue
        chosen = next(
            (by_victim[name] for name in (event.org or "").split("|") if name in by_victim), incidents[0].incident_id
        )
        out.append(replace(event, incident_id=chosen, card_id=chosen))
    return out
