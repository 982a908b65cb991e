"""Events of a document: triggers dated, judged, given an organisation and a source, one record a trigger.

Line roles decide where events may stand (annotation guide, section 2): bookkeeping, citations, contact blocks and
advice hold none; titles and headings hold claims and dated events.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from tenmatsu.events import dates, factuality, triggers
from tenmatsu.events.attribution import credited, passages
from tenmatsu.events.ontology import attack_side
from tenmatsu.events.participants import Party, survey, topic_of, whose
from tenmatsu.records import Citation, Document, Event, Line, Sentence
from tenmatsu.times.edtf import bounds

SILENT = frozenset(
    (
        "blank",
        "history",
        "source",
        "furniture",
        "contact",
        "advice",
        "byline",
        "header_row",
        "addressee",
        "date_line",
        "greeting",
        "issuer",
        "toc",
    )
)
SILENT_SECTIONS = frozenset(("history", "sources", "contact", "advice", "glossary", "toc"))
# 確認, 発見, 把握 establish something, whatever type their object gives them; 検知 notices it
ESTABLISHING = ("E.confirm", "E.discover", "E.grasp")
OBJECTS = ("finding", "disclosure", "notification", "press_report", "investigation", "consequence")
SYSTEMS = re.compile(
    r"(?:電子カルテ|基幹|会計|予約|受注|メール|社内|業務|公式|認証|顧客管理|販売管理)?(?:システム|サーバー?|ネットワーク|データベース|ウェブサイト|ホームページ|クラウド|アカウント|端末|パソコン|PC|VPN機器|VPN装置|メールサーバー?|オンラインショップ|ECサイト)"
)


class Parser(Protocol):
    """What a dependency parser is asked: the subject of the predicate at a span of a sentence."""

    def subject(self, sentence: str, start: int, end: int) -> tuple[int, int] | None:
        """Return the subject's span in ``sentence`` or None."""


@dataclass(frozen=True, slots=True)
class TimeIn:
    """A resolved time expression as events need it: span, TIMEX3 value and modifier, its row's id and place."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None
    timex_id: str
    index: int


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "object": re.compile(
            r"(?:し|さ|の|が|は|を|による|等)?[^、。]*?(?:を|が|と|こと|事|旨|について|に関し|に関する[^、。]{1,16}|に係る[^、。]{1,16})[^、。]{0,18}$|^(?:被害|事案|事件|等の?被害|の?(?:可能性|疑い|痕跡|事実|発生|被害|おそれ))?(?:の|を|が)[^、。]{0,12}$|^(?:被害|等)?$"
        ),
        "sender": re.compile(r"(?:から|より)(?:は)?、"),
        "past": re.compile(r"[^、。]{0,14}?(?:た|ました|でした)(?:[。、」と]|が|こと|ところ|ほか|$)"),
        "clausal": re.compile(r"(?:た|る|い)(?:こと|事|の|旨|と|との|という|恐れ|おそれ|可能性)"),
        "later": re.compile(r"^(?:その後|後日|のちに|後に)"),
        "later_here": re.compile(r"(?:後日|その後)、?$"),
        # 復旧したことを確認, 検出できることを確認: what a finding is about is no event of its date
        "established": re.compile(
            r"(?:し|さ|でき)?(?:れ)?(?:た|る|ている|ていた)(?:こと|の|旨|かどうか|か)(?:を|が|は|も)[^、。]{0,12}(?:確認|確かめ|判明|分か|検証)"
        ),
        # 自動で検知する仕組みを導入: what a thing is for is no event
        "function": re.compile(
            r"(?:を)?(?:する|できる|させる|した)?(?:ため|際)?の?(?:仕組み|機能|システム|ソフト|製品|ツール|サービス|装置|体制|手順|方法|規程|ルール|プログラム)(?!に|へ(?:の)?不正|が|から)"
        ),
        "onward": re.compile(r"^(?:以降|以後)"),
        "listed": re.compile(
            r"(?:以下|下記|次)の[^。]{0,40}(?:確認されて(?:おり|い)ま?せ?ん?な?い?|確認されておりません|ございません|ありません)"
        ),
        "denying": re.compile(r"含まれ(?:て(?:おらず|いな|おりません|いません)|ません|ない)"),
        "list_claim": re.compile(r"流出|漏えい|漏洩|閲覧|窃取"),
    }


def extract(
    document: Document,
    times: list[TimeIn],
    parties: list[Party],
    citations: list[Citation],
    *,
    main: str | None,
    writer: str | None,
    published: str | None,
    entity_ids: dict[str, str],
    parser: Parser | None = None,
) -> list[Event]:
    """Return the events of ``document`` in order of place.

    ``times`` and ``parties`` are sorted by start, a time's ``index`` is its place in ``times``; ``main`` is the organisation that the document is about, ``writer``
    who publishes it, ``published`` its date (EDTF) or None. ``parser``, where given, is asked for the subject of events whose organisation
    the rules leave to the document as a whole. Dates are EDTF days, intervals or sets; ``date_begin`` and
    ``date_end`` their calendar bounds.
    """
    text = document.text
    patterns = _patterns()
    by_number = {line.number: line for line in document.lines}
    by_mark = {c.mark: c.publisher for c in citations if c.mark and c.publisher}
    covered = passages(document.lines, text, citations)
    starts = [t.start for t in times]
    party_starts = [p.start for p in parties]
    headers = _headers(document, parties, party_starts)
    known = survey(text, document.lines, parties, main)
    under = known.sections | _heading_orgs(document, parties, party_starts)
    article_end = _article_end(document)
    found: list[Event] = []
    detected = False
    group_date: dict[int, dates.When] = {}
    standing: dates.When | None = None
    standing_section = -1
    last_line, topic = -1, None
    previous: list[dates.When | None] = []
    denial_from = -1
    body_begun = False
    for sentence in document.sentences:
        line = by_number[sentence.line]
        if line.role == "label":
            if sentence.cell != 0:
                continue
            sentence = Sentence(line.cells[0].start, line.cells[-1].end, sentence.line, 0)
        inside = [
            t
            for t in times[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            if t.type in ("DATE", "TIME")
        ]
        if line.role == "date_line" and inside and not body_begun and not _tells_a_step(line, by_number, published):
            continue  # the dateline above the title is the day of the text, not of what follows
        body_begun = (
            body_begun
            or line.section == "timeline"
            or line.role in ("item", "row", "label")
            or (line.role == "paragraph" and text[line.content : line.end].rstrip().endswith("。"))
        )
        if line.role == "date_line" and inside:
            offered = dates.whens(text[sentence.start : sentence.end], sentence.start, _plain(inside), published)
            standing, standing_section = (offered[-1] if offered else None), line.heading
            continue
        if line.role == "heading" or line.heading != standing_section:
            standing = None
        if line.role in SILENT or (
            line.section in SILENT_SECTIONS and line.role not in ("footnote", "heading", "title")
        ):
            continue
        if line.role == "footnote" and any(c.start == line.start for c in citations):
            continue
        own = text[sentence.start : sentence.end]
        if line.number != last_line:
            topic, previous = (
                (
                    topic
                    if topic not in known.bystanders
                    and line.role == "paragraph"
                    and by_number.get(last_line, line).role == "paragraph"
                    else None
                ),
                [],
            )
            if line.role != "item":
                denial_from = -1
        last_line = line.number
        near = parties[max(0, bisect_left(party_starts, sentence.start)) : bisect_left(party_starts, sentence.end)]
        if line.dated and line.group not in group_date:
            told = _dated(text, line.dated, times, starts, published)
            if told is not None:
                group_date[line.group] = dates.carried_on(told)
        carried = group_date.get(line.group) if line.group else None
        last_date = next((when for when in reversed(previous) if when is not None), None) or carried
        offered = dates.whens(own, sentence.start, _plain(inside), published, last_date.edtf if last_date else None)
        later = patterns["later"].match(own) is not None
        if line.group and offered and (line.group not in group_date):
            if (line.cells and sentence.cell == 0 and len(line.cells) > 1) or _leads(own, offered[0]):
                group_date[line.group] = dates.carried_on(offered[0])
        if line.cells and len(line.cells) == 1 and offered and line.group and line.group not in group_date:
            group_date[line.group] = dates.carried_on(offered[0])
        if carried is None and standing is not None:
            carried = dates.carried_on(standing)
        hits = triggers.find(own, detected)
        hits = _label_hits(line, own, sentence, hits, text)
        if any(hit.type == "attack_pause" for hit in hits):
            hits = [replace(hit, type="attack_resume") if hit.rule == "E.resume.service" else hit for hit in hits]
        titled = [match.span() for match in re.finditer(r"「[^「」]{0,120}」(?=と題|というタイトル)", own)]
        hits = [hit for hit in hits if not any(a <= hit.start < b for a, b in titled)]
        if patterns["listed"].search(own):
            denial_from = line.number
        if not hits:
            topic = topic_of(text, (sentence.start, sentence.end), near) or topic
            continue
        if patterns["onward"].match(own) and not (offered and offered[0].start < 4):
            base = next((when for when in reversed(previous) if when is not None), carried)
            if base is not None:
                carried = dates.When(0, 0, f"{dates.last(base.edtf)}/..", base.timex, "onward")
        spans = [(hit.start, hit.end, hit.type) for hit in hits]
        assigned = dates.assign(own, spans, offered, None if later else carried)
        if line.role == "label" and offered:
            assigned = [replace(offered[0], how="label") for _ in spans]
        spoken = topic_of(text, (sentence.start, sentence.end), near)
        column = _column(line, sentence, headers)
        tag = _tag(line, text, parties, party_starts)
        item_span = (line.start, line.end)
        headline = line.role in ("title", "heading") or (line.role in ("item", "row") and not own.endswith("。"))
        for number, hit in enumerate(hits):
            if hit.type == "drop":
                continue
            chronicle = _chronicle(line, own, offered)
            judged = factuality.judge(own, hit.start, hit.end, kind=hit.type, headline=headline, chronicle=chronicle)
            value, cue = judged.value, judged.cue
            if (
                denial_from == line.number - 1
                or (denial_from > 0 and line.role == "item" and line.number > denial_from and hit.type in attack_side())
            ) and line.role == "item":
                value, cue, denial_from = "negated", "F.list_denial", line.number
            if hit.rule == "E.label.leak":
                value, cue = (
                    ("negated", "F.zero") if re.search(r"(?<![0-9])0\s*(?:人|名|件)?$", own) else ("asserted", None)
                )
            if value == "none":
                continue
            if value == "negated" and hit.type in ("finding", "detection"):
                continue
            if (
                value == "asserted"
                and line.section == "leaked_possible"
                and line.role != "heading"
                and hit.type == "data_leak"
            ):
                value, cue = "possible", "F.section"
            if (
                line.section == "plan"
                and value == "asserted"
                and hit.type in ("remediation", "mobilisation")
                and not re.search(r"(?:た|済)", own[hit.end : hit.end + 6])
            ):
                value, cue = "planned", "F.section"
            if hit.type not in attack_side() and patterns["established"].match(own[hit.end : hit.end + 40]):
                continue
            if hit.type in ("detection", "finding", "investigation", "containment") and patterns["function"].match(
                own[hit.end : hit.end + 24]
            ):
                continue
            when = assigned[number]
            if when is not None and when.how == "carried" and patterns["later_here"].search(own[: hit.start]):
                when = None
            if when is not None and own[hit.end : hit.end + 3] == "を経て":
                when = None  # 約1か月半の調査を経て: its end is dated by what follows
            if value == "negated" and when is None and hit.type not in attack_side():
                continue  # 報告は受けていない: what did not happen on no day is no step
            if value != "negated" and hit.type in attack_side() and _is_object(own, hits, number, when, assigned):
                if hit.type != "data_leak":
                    if when is None or _own_time(own, offered, hit, hits, number) is False:
                        if number + 1 >= len(hits) or not _coordinated(own[hit.end : hits[number + 1].start]):
                            continue
                        when = None
                elif _own_time(own, offered, hit, hits, number) is False:
                    when = None
            if (
                hit.type not in attack_side()
                and when is not None
                and (_announced(own, hits, number, offered) or _taken(own, hits, number, when, assigned, offered))
            ):
                when = carried if carried is not None and when.how != "carried" and not later else None
            if (
                hit.type == "data_leak"
                and when is not None
                and (
                    value == "negated"
                    or when.how == "document_date"
                    or (value == "possible" and not _tied(own, when, hit, hits, chronicle))
                )
            ):
                when = None
            if line.role in ("title", "heading") and when is None and hit.type != "data_leak":
                continue
            start, end = sentence.start + hit.start, sentence.start + hit.end
            value, cue = _against_calendar(value, cue, hit.type, when, published, own[hit.end : hit.end + 24])
            org, org_by = whose(
                text,
                (sentence.start, sentence.end),
                (start, end, hit.type),
                near,
                column=column,
                tag=tag,
                topic=spoken if spoken and line.role != "heading" else topic,
                main=None
                if line.number > article_end
                else under.get(line.heading, main)
                if line.role not in ("title", "heading")
                else known.sections.get(line.number, main),
                known=known,
            )
            if org_by == "main" and line.heading in under:
                org_by = "section"
            if parser is not None and org_by == "main" and hit.type not in attack_side() and len(near) > 0:
                span = parser.subject(own, hit.start, hit.end)
                if span is not None:
                    asked = [
                        p for p in near if sentence.start + span[0] <= p.start and p.end <= sentence.start + span[1]
                    ]
                    if asked:
                        org, org_by = asked[-1].entity, "parser"
            source = credited(
                text,
                item_span,
                (sentence.start, sentence.end),
                (start, end, hit.type),
                near,
                by_mark=by_mark,
                passage=covered.get(line.number),
                writer=writer,
            )
            date = when.edtf if when else None
            begin, stop = bounds(date) if date else (None, None)
            system = None
            for match in SYSTEMS.finditer(own[max(0, hit.start - 40) : hit.start]):
                system = match[0]
            found.append(
                Event(
                    document.doc_id,
                    f"{document.doc_id}-e{start}",
                    None,
                    start,
                    end,
                    text[start:end],
                    hit.type,
                    date,
                    begin,
                    stop,
                    times_id(times, when),
                    org,
                    "|".join(entity_ids[o] for o in org.split("|") if o in entity_ids) or None if org else None,
                    value,
                    source,
                    system,
                    sentence.start,
                    sentence.end,
                    hit.rule,
                    _confidence(when, org_by, value),
                    cue,
                    when.how if when else None,
                    org_by,
                )
            )
            if hit.type == "detection" and value == "asserted":
                detected = True
        previous = assigned
        if line.role in ("item", "row") and line.group:
            ending = next(
                (when for when in reversed(assigned) if when is not None and when.how not in ("carried", "bracket")),
                None,
            )
            if ending is not None and offered and _leads(own, offered[0]) and "/" not in ending.edtf.rstrip("./"):
                group_date[line.group] = dates.carried_on(ending)
        topic = spoken or topic
    return _first_notice(found)


def _chronicle(line: Line, own: str, offered: list[dates.When]) -> bool:
    """Whether the sentence is a row of a chronology, which may tell the past in the present tense."""
    dated = bool(offered) and _leads(own, offered[0])
    if line.section == "plan":
        return False
    return line.section == "timeline" or line.role == "row" or (line.role == "item" and dated)


def _tells_a_step(line: Line, by_number: dict[int, Line], published: str | None) -> bool:
    """Whether a date line at the head of a text that shows no day of its own dates the step right below it."""
    below = by_number.get(line.number + 1)
    return published is None and below is not None and below.role in ("paragraph", "item")


def _dated(
    text: str, span: tuple[int, int], times: list[TimeIn], starts: list[int], published: str | None
) -> dates.When | None:
    """The date in the cell that dates a row, whichever column it stands in."""
    inside = times[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
    told = [t for t in inside if t.type in ("DATE", "TIME")]
    return next(iter(dates.whens(text[slice(*span)], span[0], _plain(told), published)), None)


def _against_calendar(
    value: str, cue: str | None, kind: str, when: dates.When | None, published: str | None, behind: str
) -> tuple[str, str | None]:
    """A step dated before the text was published is no plan, one dated after it is no fact unless a past tense tells it.

    ``behind`` is what follows the trigger. Pages are added to after their first day: the tense is the surer witness.
    """
    if when is None or published is None or kind in attack_side() or when.how == "document_date":
        return value, cue
    first, last = bounds(when.edtf)
    begin, end = bounds(published)
    if value == "planned" and last and begin and last < begin:
        return "asserted", "F.calendar"
    ahead = first > end if first and end else bool(last and end and last > end and when.edtf.startswith("../"))
    if value == "asserted" and ahead and not _patterns()["past"].match(behind):
        return "planned", "F.calendar"
    return value, cue


def _first_notice(events: list[Event]) -> list[Event]:
    """確認, 発見 and 把握 are a detection only when nothing was noticed, reported or disclosed before, by date and place."""
    out = []
    for event in events:
        if event.type == "detection" and event.rule in ESTABLISHING and event.date_begin and "新た" not in event.text:
            for other in events:
                if (
                    other is event
                    or other.factuality != "asserted"
                    or not other.date_begin
                    or not _same(event.org, other.org)
                ):
                    continue
                earlier = other.date_begin < event.date_begin
                same_day = (
                    other.type == "detection" and other.date_begin == event.date_begin and other.start < event.start
                )
                if same_day or (earlier and other.type in ("detection", "notification", "disclosure")):
                    event = replace(event, type="finding")
                    break
        elif event.type == "detection" and event.rule in ESTABLISHING and event.date is None:
            event = replace(event, type="finding")
        out.append(event)
    return out


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or bool(set(one.split("|")) & set(other.split("|")))


def _tied(
    own: str, when: dates.When, hit: triggers.FoundTrigger, hits: list[triggers.FoundTrigger], chronicle: bool
) -> bool:
    """Whether a possible leak is itself dated: the time stands in its clause with no other happening between."""
    if when.how == "carried":
        return chronicle and not any(other.start < hit.start for other in hits)
    if when.how not in ("in_sentence", "range", "from", "until", "set") or when.end > hit.start:
        return when.how in ("tied", "bracket")
    between = own[when.end : hit.start]
    return len(between) <= 40 and not any(when.end <= other.start < hit.start for other in hits)


def _taken(
    own: str,
    hits: list[triggers.FoundTrigger],
    number: int,
    when: dates.When,
    assigned: list[dates.When | None],
    offered: list[dates.When],
) -> bool:
    """Whether the date belongs to what was found (4月から侵入があったことが分かった), not to the finding."""
    if number == 0 or hits[number].type not in OBJECTS or hits[number - 1].type not in attack_side():
        return False
    before = assigned[number - 1]
    return (
        before is not None
        and before.timex == when.timex
        and _is_object(own, hits, number - 1, before, assigned)
        and _own_time(own, offered, hits[number - 1], hits, number - 1)
    )


def _announced(own: str, hits: list[triggers.FoundTrigger], number: int, offered: list[dates.When]) -> bool:
    """Whether a step is only told of in an announcement (確認したと発表) and so has no date of its own there."""
    hit = hits[number]
    for other in hits[number + 1 :]:
        if other.type not in ("disclosure", "press_report", "notification"):
            continue
        between = own[hit.end : other.start]
        if any(hit.end <= when.start < other.start for when in offered):
            return False
        return (
            re.search(r"(?:た|る|ます|ました)(?:こと|事|旨)?(?:と|との|という|を|の)[^、。]{0,8}$", between) is not None
            and "。" not in between
        )
    return False


def _leads(own: str, when: dates.When) -> bool:
    """Whether a date stands at the head of an item, so that it dates the item's other sentences too."""
    return re.fullmatch(r"[\s~〜～【】(（<＜「・-]*(?:【[^】]*】)?", own[: when.start]) is not None


def times_id(times: list[TimeIn], when: dates.When | None) -> str | None:
    """Return the id of the time expression that dates an event, None for an undated one."""
    return times[when.timex].timex_id if when is not None and 0 <= when.timex < len(times) else None


def _plain(inside: list[TimeIn]) -> list[tuple[int, int, str, str | None, int]]:
    return [(t.start, t.end, t.value, t.mod, t.index) for t in inside]


def _confidence(when: dates.When | None, org_by: str, value: str) -> float:
    """A rank of how direct the evidence is, not a probability: 1.0 for words in the clause itself."""
    score = 1.0
    if when is not None and when.how in ("carried", "onward", "after_detection", "document_date"):
        score -= 0.1
    if org_by in ("topic", "main", "unnamed", "press"):
        score -= 0.2
    if value in ("possible", "planned"):
        score -= 0.05
    return round(score, 2)


def _on(line: Line, parties: list[Party], starts: list[int]) -> list[Party]:
    """The mentions on a line; ``starts`` are those of ``parties``."""
    return parties[bisect_left(starts, line.start) : bisect_left(starts, line.end)]


def _headers(document: Document, parties: list[Party], starts: list[int]) -> dict[str, str]:
    """Column heads that name an organisation, with its entity."""
    found: dict[str, str] = {}
    for line in document.lines:
        if line.role == "header_row":
            for party in _on(line, parties, starts):
                found[document.text[party.start : party.end]] = party.entity
    return found


def _article_end(document: Document) -> int:
    """The line of the credit that closes a retold article (引用元 …); what follows is the site's own and about others."""
    for line in document.lines:
        if line.role == "byline" and re.match("引用元|《", document.text[line.content : line.end]):
            return line.number
    return len(document.lines)


_OF_HEADING = re.compile(r"(?:グループ)?(?:の|での|における|において|から|側)|[)）]\s*$")


def _heading_orgs(document: Document, parties: list[Party], starts: list[int]) -> dict[int, str]:
    """Headings that say whose affairs follow (委託先Xでの経緯, …について(X)), by line number."""
    found: dict[int, str] = {}
    text = document.text
    for line in document.lines:
        if line.role != "heading":
            continue
        named = [p for p in _on(line, parties, starts) if p.kind not in ("media", "blog", "authority", "police")]
        if len({p.entity for p in named}) == 1 and _OF_HEADING.match(text[named[-1].end : line.end]):
            found[line.number] = named[-1].entity
    return found


def _column(line: Line, sentence: Sentence, headers: dict[str, str]) -> str | None:
    if sentence.cell < 0 or sentence.cell >= len(line.cells):
        return None
    head = line.cells[sentence.cell].header
    named = [name for name in headers if name in head]
    return headers[max(named, key=len)] if named else None


def _tag(line: Line, text: str, parties: list[Party], starts: list[int]) -> str | None:
    """The organisation named right behind 【 near the start of the item."""
    for hit in re.finditer("【", text[line.start : line.end]):
        at = line.start + hit.end()
        if at - line.content > 24:
            break
        position = bisect_left(starts, at)
        if position < len(parties) and parties[position].start == at:
            return parties[position].entity
    return None


_LABELS = (
    (re.compile(r"(?:発生|被害発生|事案発生|流出発生)(?:日時?|時期|年月日)"), "発生", "intrusion", "E.label.occurred"),
    (
        re.compile(r"(?:発覚|判明|認知|検知)(?:日時?|時期|年月日)"),
        "発覚|判明|認知|検知",
        "detection",
        "E.label.noticed",
    ),
    (re.compile(r"(?:公表|発表)(?:日時?|時期|年月日)"), "公表|発表", "disclosure", "E.label.disclosed"),
    (re.compile(r"(?:漏えい|漏洩|流出)(?:人数|件数|数)"), "漏えい|漏洩|流出", "data_leak", "E.label.leak"),
)


def _label_hits(
    line: Line, own: str, sentence: Sentence, hits: list[triggers.FoundTrigger], text: str
) -> list[triggers.FoundTrigger]:
    """A card's line of label and value (発生時期 2000/9/7): the label names the happening."""
    if line.role != "label" or sentence.cell != 0:
        return hits
    for pattern, word, kind, rule in _LABELS:
        if pattern.search(own):
            hit = re.search(word, own)
            slip = re.search("誤送|誤って|紛失|誤配|盗難|置き忘れ", text) and not re.search(
                "不正アクセス|攻撃|ウイルス|マルウェア", text
            )
            if kind == "intrusion" and slip:
                kind = "error"
            if hit:
                return [triggers.FoundTrigger(hit.start(), hit.end(), hit[0], kind, rule)]
    return []


def _is_object(
    own: str, hits: list[triggers.FoundTrigger], number: int, when: dates.When | None, assigned: list[dates.When | None]
) -> bool:
    """Whether the trigger is only what a finding, report or announcement behind it is about."""
    hit = hits[number]
    for later in range(number + 1, len(hits)):
        other = hits[later]
        between = own[hit.end : other.start]
        if other.type in ("attack_pause", "attack_resume"):
            return re.match(r"(?:の[^、。]{0,6})?(?:を|が|は)[^、。]{0,4}$", between) is not None
        if other.type not in OBJECTS and other.rule not in ESTABLISHING:
            if _coordinated(between) and other.type in attack_side():
                continue  # 改ざんされ、埋め込まれていたことが判明: what stands behind the last of them is about all
            return False
        if other.type == "consequence" and "。" not in between and re.search(r"(?:疑いで|として|容疑で)", between):
            return True
        if len(between) > 70 or "。" in between:
            return False
        if later == number + 1 and re.search(r"(?:し|され|れ|り|ず|て|が|ため|(?<!も)ので|ところ|結果)、", between):
            return False
        if other.type in ("investigation", "consequence"):
            return (
                bool(re.match(r"(?:[^、。]{0,10})(?:を|の|と|について)[^、。]{0,8}$", between))
                and hit.type != "data_leak"
            )
        return bool(_patterns()["object"].search(between)) or (
            "、" in between and bool(_patterns()["clausal"].search(between))
        )
    return False


def _coordinated(between: str) -> bool:
    """Whether two happenings are told in one breath (改ざんされ、…): the first only leans on the verb of the second."""
    return (
        "。" not in between
        and re.match(
            r"(?:し|さ|せ)?(?:れ|られ)?(?:て(?:おり)?|ており)?、|(?:が)?(?:生じ|発生し)(?:て(?:おり)?)?、", between
        )
        is not None
    )


def _own_time(
    own: str, offered: list[dates.When], hit: triggers.FoundTrigger, hits: list[triggers.FoundTrigger], number: int
) -> bool:
    """Whether an embedded trigger has a time of its own: two times in the sentence, or one tied by に to its clause."""
    before = [when for when in offered if when.end <= hit.start]
    chain = number + 1
    while chain < len(hits) and hits[chain].type in attack_side() and chain + 1 < len(hits):
        chain += 1
    later = hits[chain] if chain < len(hits) else None
    between = [when for when in offered if later and hit.end <= when.start and when.end <= later.start]
    clausal = bool(later and _patterns()["clausal"].search(own[hit.end : later.start]))
    if not before:
        return False
    nearest = before[-1]
    for other in hits[:number]:
        if nearest.end <= other.start and not (
            other.type in attack_side() and _coordinated(own[other.end : hit.start])
        ):
            return False
    if (
        later is not None
        and later.type == "notification"
        and _patterns()["sender"].search(own[nearest.end : hit.start])
    ):
        return False  # 10月下旬に専門会社から、…侵入していたとの報告を受けた: the day of the report
    direct = (
        re.match(
            r"\s*(?:頃|ごろ)?(?:に(?!は)|から|より|まで|以降|未明|深夜|夜|朝)(?!、)", own[nearest.end : nearest.end + 4]
        )
        is not None
    )
    return clausal and direct and (bool(between) or len(before) > 1 or direct)
