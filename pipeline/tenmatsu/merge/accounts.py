"""What merging asks of one document: its cards, its dated events and counts with their places, the names of its victims."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from tenmatsu.cues import grouped
from tenmatsu.incidents import singly
from tenmatsu.merge.days import yearless
from tenmatsu.organisations.register import institution, likeness
from tenmatsu.records import Conflict, DocumentRow, Event, Incident, Mention, Quantity, Timex

Place = tuple[str, int, int]  # doc_id, start, end: half-open, in code points of that document's text


@dataclass(frozen=True, slots=True)
class Told:
    """A dated event of a card; ``place`` is where its date stands, or its trigger where the date is elsewhere."""

    card: str
    type: str
    date: str
    factuality: str
    place: Place


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that measures the incident of a card; ``head`` is the noun before it, what it counts (サーバー7台).

    ``earlier`` is true of a figure of an earlier report that this one only tells again (第1報では1,200件とお知らせしましたが).
    """

    card: str
    text: str
    min: float | None
    max: float | None
    unit: str
    of: str
    data_kind: str | None
    factuality: str
    place: Place
    head: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One document as merging sees it. ``cards`` are its incidents with the ids that they have there.

    ``names`` lists for each card the folded spellings of its victim, the surest first; ``report`` is the number of a
    report in its series (第3報: 3, 最終報: 99), 0 where it is none; ``series`` its folded title without that number.
    ``days`` are its time expressions as (timex_id, start, end, value, value_raw), ``leaks`` its claims about a leak as (card id,
    factuality, place of the trigger), ``open`` its events whose date prints no year as (event_id, date), ``open_days`` its
    time expressions that print none as (timex_id, value, anchor, anchor_id), ``disputed`` its contradictions of itself as
    (card id, start_a, start_b, field, value_a, value_b, likely), ``slips`` the ids of its time expressions
    whose printed year it shows to be wrong itself, ``chains`` its pairs of cards of which one is the way into the other,
    ``elsewhere`` the days of which it says that they are another affair's, ``seats`` for each card where its victim is said
    to sit (prefecture, city).
    """

    doc_id: str
    published: str | None
    genre: str | None
    publisher: str | None
    series: str
    report: int
    cards: tuple[Incident, ...]
    names: tuple[tuple[str, ...], ...]
    told: tuple[Told, ...]
    leaks: tuple[tuple[str, str, Place], ...]
    counted: tuple[Counted, ...]
    days: tuple[tuple[str, int, int, str, str], ...]
    open: tuple[tuple[str, str], ...] = ()
    open_days: tuple[tuple[str, str, str, str | None], ...] = ()
    disputed: tuple[tuple[str, int, int | None, str, str, str, str | None], ...] = ()
    slips: tuple[str, ...] = ()
    chains: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()
    seats: tuple[tuple[str, ...], ...] = ()

    @property
    def own(self) -> frozenset[str]:
        """The ids of the cards whose victim is also who writes: what a firm says of itself goes before hearsay."""
        writer = likeness(self.publisher) if self.publisher else ""
        return frozenset(
            card.incident_id
            for card, names in zip(self.cards, self.names, strict=True)
            if self.genre == "press_release" and writer and writer in names
        )


class Rows(Protocol):
    """The rows of one document, as extraction or a database gives them."""

    @property
    def document(self) -> DocumentRow:
        """The document's own row."""

    @property
    def text(self) -> str:
        """The text that the offsets point into."""

    @property
    def incidents(self) -> Sequence[Incident]:
        """Its cards, before merging."""

    @property
    def events(self) -> Sequence[Event]:
        """Its events."""

    @property
    def timexes(self) -> Sequence[Timex]:
        """Its time expressions."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """Its namings of organisations."""

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """Its contradictions of itself."""

    @property
    def quantities(self) -> Sequence[Quantity]:
        """Its counts."""


_LEAST_NAME = 3  # letters of a further name of a victim; a shorter one is too often somebody else's
_FIGURES = str.maketrans("０１２３４５６７８９一二三四五六七八九", "0123456789123456789")
_REPORT = re.compile(
    r"第\s?([0-9０-９]{1,2}|[一二三四五六七八九]?十?[一二三四五六七八九]?(?<=[一二三四五六七八九十]))\s?報|(最終報告?|最終のご?報告|調査結果のご?報告)|(続報)"
)
_LAST, _LATER = 99, 98
_TITLE = 200  # code points of a line that can be a title


def report_of(title: str | None) -> tuple[str, int]:
    """Return a title without the number of its report, folded, and that number (最終報 is 99, 続報 98, else 0)."""
    if not title:
        return "", 0
    title = title[:_TITLE]
    hit = _REPORT.search(title)
    bare = re.sub(r"[（(\[【][^（）()\[\]【】]{0,12}[)）\]】]|[\W_]", "", _REPORT.sub("", title))
    bare = re.sub(
        r"^(?:お詫びと|お詫び|重要)*|(?:に関する|について|の)?(?:のお?)?(?:お?知らせ|報告|お詫び|説明|と|の|ご)*$",
        "",
        bare,
    )
    if hit is None:
        return likeness(bare), 0
    if hit[1]:
        return likeness(bare), _number(hit[1])
    return likeness(bare), _LAST if hit[2] else _LATER


def _number(figure: str) -> int:
    """The value of 12, １２ or 十二."""
    tens, ten, ones = figure.translate(_FIGURES).partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def account_of(rows: Rows) -> Account:
    """Return what merging asks of one document's rows. Ids and offsets are those of the rows."""
    document = rows.document
    spans = {timex.timex_id: (timex.start, timex.end) for timex in rows.timexes}
    first = rows.incidents[0].incident_id if rows.incidents else ""
    told = []
    leaks = []
    elsewhere: dict[str, None] = {}
    of_victim = {card.victim: card.incident_id for card in rows.incidents}
    for event in singly(rows.events):
        if event.date and _elsewhere(rows.text, event):
            elsewhere.setdefault(event.date)
        elif event.date and event.incident_id:
            start, end = spans.get(event.timex_id or "", (event.start, event.end))
            card = of_victim.get(event.org) if event.dated_by == "each" else None
            told.append(
                Told(card or event.incident_id, event.type, event.date, event.factuality, (document.doc_id, start, end))
            )
    for event in rows.events:
        if event.type == "data_leak" and event.incident_id:
            leaks.append((event.incident_id, event.factuality, (document.doc_id, event.start, event.end)))
    # a claim in the text shows more than the one in its title
    leaks.sort(key=lambda one: one[2][2] <= len(document.title or ""))
    counted = [
        Counted(
            one.card_id or first,
            one.text,
            one.min,
            one.max,
            one.unit,
            one.of,
            one.data_kind,
            one.factuality,
            (document.doc_id, one.start, one.end),
            _head(rows.text, one.start),
            _told_earlier(rows.text, one),
        )
        for one in rows.quantities
        if first
    ]
    series, report = report_of(document.title)
    return Account(
        document.doc_id,
        document.published,
        document.genre,
        document.publisher,
        series,
        report,
        tuple(rows.incidents),
        tuple(_names(card, rows.mentions) for card in rows.incidents),
        tuple(told),
        tuple(leaks),
        tuple(counted),
        tuple((t.timex_id, t.start, t.end, t.value, t.value_raw) for t in rows.timexes if t.type in ("DATE", "TIME")),
        tuple((event.event_id, event.date) for event in rows.events if event.date and "XXXX-" in event.date),
        tuple((t.timex_id, t.value, t.anchor, t.anchor_id) for t in rows.timexes if yearless(t.value)),
        tuple(
            (each.incident_id, each.start_a, each.start_b, each.field, each.value_a, each.value_b, each.likely)
            for each in rows.conflicts
        ),
        _slips(rows),
        _chains(rows),
        tuple(elsewhere),
        tuple(_seats(card, rows) for card in rows.incidents),
    )


def _elsewhere(text: str, event: Event) -> bool:
    """Whether the sentence of an event says that it is another affair's (3月に公表した件とは別の事案です)."""
    return grouped("affair-cues")["elsewhere"].search(text, event.sentence_start, event.sentence_end) is not None


_PLACE = re.compile(
    r"\s*(?:[（(](?:(?:本社|本店|所在地|住所)[:：は]?\s?)?|(?:本社|本店|所在地|住所)[:：]\s*)(?:〒?[0-9０-９-]{8}\s?)?"
    r"(?P<prefecture>東京都|北海道|(?:京都|大阪)府|[一-龠]{2,3}県)?(?P<city>[一-龠ぁ-んァ-ヶ]{1,5}?[市区町村])?"
    r"(?=[（）()、,。・\s0-9０-９一-龠]|$)"
)
_MOST_PLACES = 40  # namings of a victim in which its seat is looked for; keeps the work linear


def _seats(card: Incident, rows: Rows) -> tuple[str, ...]:
    """The prefectures and cities that stand in brackets right behind the victim's name."""
    found: dict[str, None] = {}
    named = (one for one in rows.mentions if one.kind == "name" and one.entity == card.victim)
    for one in islice(named, _MOST_PLACES):
        hit = _PLACE.match(rows.text, one.end, one.end + 40)
        if hit is not None:
            found.update(dict.fromkeys(place for place in (hit["prefecture"], hit["city"]) if place))
    return tuple(sorted(found))


_NOUN = re.compile(r"([一-龠々ァ-ヴーA-Za-z]{2,16})[ \u3000]?(?:の|は|が|：|:|（|\()?[ \u3000]?$")


def _head(text: str, start: int) -> str:
    """The noun that stands right before a count, "" where none does."""
    hit = _NOUN.search(text, max(0, start - 20), start)
    return hit[1] if hit else ""


_EARLIER = re.compile(
    "(?:第[0-9０-９一二三四五六七八九十]{1,3}報|前回|当初|先般|既報|以前|速報|[月日]付?の?(?:公表|発表|お知らせ)(?:時|資料)?)(?:の公表|の?お知らせ|の発表|資料|時点)?"
    "(?:で|では|には|にて|において|で、|は)(?:(?!調査|その後)[^。]){0,60}\\Z|(?:訂正|修正|変更)前[^。、]{0,20}\\Z"
)
_EARLIER_BEHIND = re.compile(
    "(?:分)?(?:(?:と|で)[^。、]{0,4}(?:お?知らせ|公表|発表|ご?報告|ご?案内|お伝え)|と(?:して(?:い|お)|した)|から[^。、]{0,24}(?:に|へ)(?:訂正|修正|変更|改め))"
)


def _told_earlier(text: str, one: Quantity) -> bool:
    """Whether a count is what an earlier report gave (第1報で1,200件とした), or what is corrected (1,200件から1,850件に訂正)."""
    behind = _EARLIER_BEHIND.match(text, one.end)
    if behind is None:
        return False
    begin = max(text.rfind("。", 0, one.start), text.rfind("\n", 0, one.start)) + 1
    return behind.group().startswith(("から", "分から")) or _EARLIER.search(text, begin, one.start) is not None


_SUPPLY = re.compile(r"vectors supply_chain (\d+)-(\d+) ")


def _chains(rows: Rows) -> tuple[tuple[str, str], ...]:
    """The pairs of cards of which one came about through the other.

    A page with two victims of which one was reached through a supplier tells of that supplier. One with more may list
    affairs that came about each by itself: there the sentence that speaks of the supplier has to name the other.
    """
    supplied = [card for card in rows.incidents if "supply_chain" in card.vectors]
    if len(rows.incidents) == 2:
        return tuple((one.incident_id, two.incident_id) for one in supplied for two in rows.incidents if one != two)
    card_of = {card.victim: card.incident_id for card in rows.incidents if card.victim}
    named = sorted((one.start, card_of[one.entity]) for one in rows.mentions if one.entity in card_of)
    places = [start for start, _ in named]
    sentences = sorted({(event.sentence_start, event.sentence_end) for event in rows.events})
    found: set[tuple[str, str]] = set()
    for card in supplied:
        for hit in filter(None, map(_SUPPLY.match, card.evidence)):
            start, end = int(hit[1]), int(hit[2])
            told = sentences[max(0, bisect_right(sentences, (start, end)) - 1) :][:1]
            if told and told[0][0] <= start < told[0][1]:
                start, end = told[0]
            inside = named[bisect_left(places, start) : bisect_left(places, end)]
            found.update((card.incident_id, other) for _, other in inside if other != card.incident_id)
    return tuple(sorted(found))


def _slips(rows: Rows) -> tuple[str, ...]:
    """The time expressions whose year their own document contradicts, both where nothing shows which of the two is wrong."""
    places = {
        place
        for each in rows.conflicts
        if each.kind == "year_typo"
        for place, value in ((each.start_a, each.value_a), (each.start_b, each.value_b))
        if value != each.likely
    }
    return tuple(timex.timex_id for timex in rows.timexes if timex.start in places)


# A社, Ｂ大学: whom the writer will not name is another in every text
_LETTER = re.compile("[A-ZＡ-Ｚ〇○◯●*＊甲乙丙丁]{1,2}(?:社|大学|病院|市|町|村|校|県|店|団体|組合|協会|法人|銀行)")


def _names(card: Incident, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The spellings by which another document may name the victim: its id, its name, then its other names here.

    Who is named with the corporation that runs it is named without it elsewhere (学校法人青葉学園 みなと大学, みなと大学).
    """
    if not card.victim or _LETTER.fullmatch(card.victim):
        return ()
    own = institution(card.victim)
    spelled = (card.victim_id or "", likeness(card.victim), likeness(own) if own else "")
    names = dict.fromkeys(part for part in spelled if part)
    for mention in mentions:
        if mention.kind == "name" and mention.entity == card.victim:
            folded = likeness(mention.text)
            if len(folded) >= _LEAST_NAME:
                names.setdefault(folded)
    return tuple(names)
