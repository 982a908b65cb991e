"""The way through the stages for one document: read, find, resolve, tabulate. One direction, no stage reaching back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import PurePath

from tenmatsu import actors, causes, conflicts, organisations, quantities, times
from tenmatsu import citations as citing
from tenmatsu import claims as claiming
from tenmatsu import incidents as affairs
from tenmatsu import measures as steps
from tenmatsu.cues import grouped, possible_groups
from tenmatsu.events import extract as eventing
from tenmatsu.events.ontology import attack_side
from tenmatsu.events.phrases import Party
from tenmatsu.parse import Asked
from tenmatsu.read.decode import ReadError, read, sha256
from tenmatsu.read.layout import title_words
from tenmatsu.read.reports import report_of
from tenmatsu.records import (
    Block,
    Card,
    Citation,
    Conflict,
    Document,
    DocumentRow,
    Entity,
    Event,
    Incident,
    Line,
    Measure,
    Mention,
    Quantity,
    Text,
    Timex,
    card_of,
)
from tenmatsu.registry import RegisterError, Registry
from tenmatsu.times.find import FoundTime


@dataclass(frozen=True, slots=True)
class Extracted:
    """All rows of one document; ``lines`` are those of its text, ``notes`` say of a timex why it has its year."""

    document: DocumentRow
    timexes: tuple[Timex, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    incidents: tuple[Incident, ...] = ()
    cards: tuple[Card, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    measures: tuple[Measure, ...] = ()
    texts: tuple[Text, ...] = ()
    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The text that the offsets count in; empty for a document that could not be read."""
        return self.texts[0].text if self.texts else ""


def extract_document(
    data: bytes,
    path: str,
    *,
    published: str | None = None,
    parser: eventing.Parser | None = None,
    registry: Registry | None = None,
    media_type: str | None = None,
    charset: str | None = None,
) -> Extracted:
    """Return the rows of one document given as bytes.

    ``published`` (EDTF) overrides what the text shows of its date. ``parser`` (``tenmatsu.parse.GinzaParser``) is asked
    about events whose organisation the rules leave open. ``registry`` is a register of organisations that was imported
    (``tenmatsu register import``): names that the built-in one does not know are linked to it. ``media_type`` and ``charset``
    say what is known of the bytes from outside. Bytes that cannot be read, and a document in which a stage fails, give one row with status ``error`` and the reason; nothing is raised.
    """
    try:
        document = read(data, path, media_type=media_type, charset=charset)
        return _extract(document, published, parser, registry)
    except ReadError as error:
        return unread(path, data, str(error))
    except RegisterError as error:
        return unread(path, data, f"the register could not be asked: {error}")
    except MemoryError:
        return unread(
            path, data, "it needs more memory than a document may have: is it one document? Split it, or give more"
        )
    except Exception as error:
        # a defect met in one document must not take its neighbours along
        return unread(path, data, f"internal error, please report it ({_named(error)})")


def unread(path: str, data: bytes, reason: str) -> Extracted:
    """Return the one row of a document that gave no others; without bytes its id is made from its path."""
    digest = sha256(data or path.encode("utf-8", "replace"))
    return Extracted(DocumentRow(digest[:16], path, digest if data else "", status="error", error=reason))


def _named(error: Exception) -> str:
    """The exception, its message in one line, and the line of code that raised it."""
    message = " ".join(str(error).split())[:200]
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {PurePath(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"{type(error).__name__}{': ' if message else ''}{message}{where}"


_OWN = re.compile(
    r"当社|弊社|小社|当院|本学|本院|本校|当行|本市|当市|本県|本町|当町|本村|当村|本区|当区|当県|当協会|当組合|当法人|当財団|当機構|当店|当校|当園|当センター|当グループ|当所|当会|本会|当署|当庁"
)
_QUOTED_VOICE = re.compile(rf"「[^「」\n]{{0,80}}(?:{_OWN.pattern})[^「」\n]{{0,120}}」")
_NOTICE = re.compile(
    r"お知らせ|おしらせ|お詫び|おわび|ご報告|ご連絡|第[0-9０-９一二三四五六七八九十]+報|最終報|続報|について|に関して|に関するご?説明"
)
# how the one concerned speaks to those concerned
_TO_READERS = re.compile(
    r"(?:お?詫び|おわび|陳謝|お知らせ|ご?報告|ご?説明|お願い|ご?連絡|御礼)(?:を?(?:いた|致)し|(?:を)?申し?上げ|させて)|申し訳(?:ござい|あり)ません"
)
_BLOGGING = re.compile(r"所感|まとめてみ|備忘録|独り言|ブログ|はてな")


def _genre(document: Document, title: str | None, issuer: str | None) -> str:
    """accident_card, press_release, blog or news: by its parts, its title and who speaks."""
    roles = {line.role for line in document.lines}
    if "label" in roles and "byline" in roles:
        return "accident_card"
    own = len(_OWN.findall(document.text))
    if issuer and not _BLOGGING.search(document.text) and (own >= 4 or (own and title and _NOTICE.search(title))):
        return "press_release"
    addressed = own > 1 and "byline" not in roles and _TO_READERS.search(document.text)
    if addressed and not _BLOGGING.search(document.text) and own > 1 + len(_QUOTED_VOICE.findall(document.text)):
        return "press_release"  # the one concerned speaks, though it gives no name
    if _BLOGGING.search(document.text) or ("row" in roles and "footnote" in roles):
        return "blog"
    return "news"


def _own_notice(title: str | None, main: str | None, publisher: str | None, genre: str, text: str) -> bool:
    """Whether the text is the notice of whom it is about, or of one without a name who says 本校, 当社 of it."""
    if main == publisher and main:
        return genre == "press_release" or _OWN.search(text) is not None
    speaks = len(_OWN.findall(text)) >= 2 and not _BLOGGING.search(text)
    return publisher is None and speaks and bool(title and _NOTICE.search(title))


def _extract(
    document: Document, published: str | None, parser: eventing.Parser | None, registry: Registry | None
) -> Extracted:
    text = document.text
    found = times.find(text)
    published_row = times.infer_published(
        text, found, [(line.start, line.end, line.role) for line in document.lines if line.role != "blank"]
    )
    day, basis = _published(document, published, published_row)
    resolved = times.resolve(
        found,
        text,
        published=day,
        paragraphs=[(line.start, line.end) for line in document.lines if line.role != "blank"],
        headings=_heading_scopes(document),
    )
    timexes, notes = [], []
    for one, value in zip(found, resolved, strict=True):
        anchor_id = _timex_id(document.doc_id, found[value.anchor_index]) if value.anchor_index is not None else None
        timex = Timex(
            document.doc_id,
            _timex_id(document.doc_id, one),
            one.start,
            one.end,
            text[one.start : one.end],
            one.type,
            value.value,
            one.value_raw,
            one.mod,
            value.anchor,
            anchor_id,
            one.rule,
        )
        timexes.append(timex)
        if value.note:
            notes.append((timex.timex_id, value.note))
    names = organisations.find(text, document.lines)
    linker = partial(organisations.link, text, names, registry=registry, at=day)
    linked, entities, main, publisher = organisations.resolve(
        text, names, document.lines, document.sentences, linker=linker
    )
    kinds = {entity.name: entity.kind for entity in entities}
    # a linked organisation is written in the document's own way, not in the register's
    imported = {entity.entity_id: entity.kind for entity in entities if entity.link_evidence}
    kinds |= {m.entity: imported[m.entity_id] for m in linked if m.entity_id in imported}
    mentions = [
        Mention(
            document.doc_id,
            f"{document.doc_id}-m{m.start}",
            m.start,
            m.end,
            text[m.start : m.end],
            m.kind,
            m.entity,
            m.entity_id,
            m.rule,
        )
        for m in linked
    ]
    entity_ids = {
        part: mention_id
        for m in linked
        if m.entity_id
        for part, mention_id in zip(m.entity.split("|"), m.entity_id.split("|"), strict=False)
    }
    parties = sorted(
        (Party(m.start, m.end, m.entity, _kind(m.entity, kinds, organisations.role_of)) for m in linked),
        key=lambda p: p.start,
    )
    if main and _kind(main, kinds, organisations.role_of) in ("media", "blog") and not organisations.struck(text, main):
        main = _most_named(parties)
    cited = citing.find(document.doc_id, text, document.lines, [citing.Named(m.start, m.end, m.entity) for m in linked])
    title = next((title_words(text, line) for line in document.lines if line.role == "title"), document.about.title)
    about: list[Event] = []
    sent = None if publisher else organisations.sender(text, document.lines, title, linked, main)
    publisher = publisher or sent
    found_by = partial(
        eventing.extract,
        document,
        [eventing.TimeIn(t.start, t.end, t.type, t.value, t.mod, t.timex_id, i) for i, t in enumerate(timexes)],
        parties,
        cited,
        main=main,
        writer=publisher,
        published=day,
        entity_ids=entity_ids,
    )
    if parser is not None:
        # what is left open is gathered first, and parsed together
        asked = Asked()
        found_by(parser=asked)
        parser.prepare(asked.sentences)
    events = found_by(parser=parser, about=about)
    genre = "press_release" if sent else _genre(document, title, publisher)
    claims = claiming.claims(document, events)
    elsewhere = _elsewhere(text)
    vectors, roots = _causes(document, elsewhere)
    suspects = _suspects(document, events, timexes, elsewhere)
    cards = (
        affairs.cards(
            document,
            title,
            events,
            claims,
            vectors,
            roots,
            actors.find(document),
            main,
            lambda name: _kind(name, kinds, organisations.role_of),
            entity_ids,
            suspects,
            (main, day) if day and _own_notice(title, main, publisher, genre, text) else None,
            mentions=mentions,
            timexes=timexes,
            about=about,
        )
        if _of_an_affair(events, claims, vectors, roots)
        else []
    )
    events = affairs.assign(events, cards, elsewhere)
    counted = _measured(quantities.rows(document, events), events, cards, mentions)
    row = DocumentRow(
        document.doc_id,
        document.path,
        document.sha256,
        document.media_type,
        document.encoding,
        title,
        publisher or document.about.site,
        genre,
        report_of(text, document.lines),
        day,
        basis,
        len(text),
        replaced=document.replaced,
        notes=document.notes,
    )
    return Extracted(
        row,
        tuple(timexes),
        tuple(events),
        tuple(mentions),
        tuple(entities),
        tuple(counted),
        tuple(cited),
        tuple(cards),
        tuple(card_of(document.doc_id, one) for one in cards),
        _conflicts(
            document, events, timexes, times.contradictions(found, resolved, text, day), cards, counted, suspects
        ),
        tuple(replace(step, card_id=step.incident_id) for step in steps.measures(document, cards, main)),
        (Text(document.doc_id, text),),
        tuple(
            Block(document.doc_id, f"{document.doc_id}-b{p.start}", p.start, p.end, p.kind, p.page, p.place)
            for p in document.parts
        ),
        document.lines,
        tuple(notes),
    )


def _published(document: Document, given: str | None, shown: times.Published) -> tuple[str | None, str | None]:
    """The day of publication and what shows it: as given, as the text shows it, else as the page says of itself.

    The day of the page's metadata also takes the place of mere bounds in the text that hold it.
    """
    if given:
        return given, "given"
    told = document.about.published
    begin, end = times.bounds(shown.value)
    if told and (shown.value is None or (shown.value[0] == "[" and (begin or told) <= told <= (end or told))):
        return told, document.about.published_basis
    return shown.value, shown.basis


def _kind(name: str, known: dict[str, str | None], guess: Callable[[str], str | None]) -> str:
    """The kind of an organisation, of the first where several are joined."""
    first = name.split("|")[0]
    return known.get(first) or guess(first) or ""


def _most_named(parties: list[Party]) -> str | None:
    """The organisation that a report by the press is about: the one named most often that is no medium or authority."""
    count = Counter(
        p.entity for p in parties if p.kind not in ("media", "blog", "authority", "police") and "|" not in p.entity
    )
    return count.most_common(1)[0][0] if count else None


def _of_an_affair(events: Sequence[Event], *told: Sequence[object]) -> bool:
    """Whether anything happened: on a page about other things a word of finding out (…ことが分かります) makes no affair."""
    return any(told) or any(one.factuality != "planned" or one.type in attack_side() for one in events)


def _elsewhere(text: str) -> Callable[[int, int], bool]:
    """What tells of a sentence (start, end) whether it says that it belongs to another affair (…とは別の事案です)."""
    if "elsewhere" not in possible_groups("affair-cues", text):
        return lambda start, end: False
    cue = grouped("affair-cues")["elsewhere"]
    return cache(lambda start, end: cue.search(text, start, end) is not None)


def _measured(
    counted: list[Quantity], events: list[Event], cards: list[Incident], mentions: Sequence[Mention]
) -> list[Quantity]:
    """The counts with the card of the event that they go with, or else the first of the document.

    Of an event of several, a count is that of whom the sentence named last before it (甲は300件、乙は20件が流出した).
    """
    if not cards:
        return counted
    of_event = {event.event_id: event for event in events}
    of_name = {card.victim: card.incident_id for card in cards}
    ordered = sorted(mentions, key=lambda one: one.start)
    places = [one.start for one in ordered]
    out = []
    for one in counted:
        event = of_event.get(one.event_id or "")
        card = event.card_id if event else None
        if event and "|" in (event.org or ""):
            first = bisect_left(places, event.sentence_start)
            named = ordered[max(first, bisect_left(places, one.start) - 1) : bisect_left(places, one.start)]
            card = next((of_name[each.entity] for each in named if each.entity in of_name), card)
        out.append(replace(one, card_id=card or cards[0].incident_id, incident_id=card or cards[0].incident_id))
    return out


def _conflicts(
    document: Document,
    events: list[Event],
    timexes: list[Timex],
    told: list[times.Contradiction],
    cards: list[Incident],
    counted: list[Quantity],
    suspects: frozenset[str],
) -> tuple[Conflict, ...]:
    """Contradictions of labels and story and those of the printed times, one a place, in the order of the text."""
    incident = cards[0].incident_id if cards else None
    out = conflicts.years(document, events, timexes, incident)
    out += conflicts.counts(document, counted, incident)
    out += conflicts.dates(document, events, timexes, cards, suspects)
    seen = {conflict.start_a for conflict in out}
    for one in told:
        a, b = timexes[one.place], timexes[one.against]
        if one.kind == "year_typo" and a.start in seen:
            continue
        field, kind = ("weekday", "date") if one.kind == "weekday" else ("date", one.kind)
        sides = (one.value, document.doc_id, a.start, a.end, one.other, document.doc_id, b.start, b.end)
        out.append(Conflict(incident or "", field, kind, *sides, one.likely))
    return tuple(sorted(out, key=lambda conflict: (conflict.start_a, conflict.kind)))


def _timex_id(doc_id: str, one: FoundTime) -> str:
    return f"{doc_id}-t{one.start}"


def _heading_scopes(document: Document) -> list[tuple[int, int, int]]:
    """Headings with the end of the stretch they govern, in code points."""
    heads = [line for line in document.lines if line.role in ("heading", "date_line")]
    out = []
    for position, line in enumerate(heads):
        end = heads[position + 1].start if position + 1 < len(heads) else len(document.text)
        out.append((line.start, line.end, end))
    return out


def _causes(document: Document, elsewhere: Callable[[int, int], bool]) -> tuple[list[causes.Cause], list[causes.Cause]]:
    cues = grouped("affair-cues")
    guessed = "guess" in possible_groups("affair-cues", document.text)
    spans = [
        (s.start, s.end)
        for s in document.sentences
        if claiming.prose(document.lines[s.line - 1])
        and not elsewhere(s.start, s.end)
        and not (guessed and cues["guess"].search(document.text, s.start, s.end))
    ]
    return causes.find(document.text, spans)


def _suspects(
    document: Document, events: list[Event], timexes: list[Timex], elsewhere: Callable[[int, int], bool]
) -> frozenset[str]:
    """Events that date no card: their year is a slip, or their sentence says that they are another affair's."""
    typos = {conflict.start_a for conflict in conflicts.years(document, events, timexes, None)}
    by_id = {t.timex_id: t.start for t in timexes}
    return frozenset(
        e.event_id
        for e in events
        if (e.rule.startswith("E.label.") and by_id.get(e.timex_id or "") in typos)
        or elsewhere(e.sentence_start, e.sentence_end)
    )
