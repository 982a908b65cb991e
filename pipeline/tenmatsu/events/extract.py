"""Events of a document: triggers dated, judged, given an organisation and a source, one record a trigger.

Line roles decide where events may stand (annotation guide, section 2): bookkeeping, citations, contact blocks and
advice hold none; titles and headings hold claims and dated events.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from tenmatsu import background
from tenmatsu.events import affected, dates, embedding, factuality, labels, places, reported, triggers
from tenmatsu.events.attribution import credited, passages
from tenmatsu.events.flow import Flow, flow
from tenmatsu.events.gapping import Shared, days, shared
from tenmatsu.events.notice import first_notice
from tenmatsu.events.ontology import attack_side
from tenmatsu.events.participants import OF_SYSTEMS, Concerned, Setting, topic_of, whose
from tenmatsu.events.phrases import Party, Phrases, phrases
from tenmatsu.events.survey import survey
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
_WIDEST = 24  # columns of a table that people read; keeps the time linear
SILENT_SECTIONS = frozenset(("history", "sources", "contact", "advice", "glossary", "toc"))
SYSTEMS = re.compile(
    r"(?<![A-Za-z])(?:電子カルテ|基幹|会計|予約|受注|メール|社内|業務|公式|認証|顧客管理|販売管理)?(?:システム|サーバー?|ネットワーク|データベース|ウェブサイト|ホームページ|クラウド|アカウント|端末|パソコン|PC|VPN機器|VPN装置|メールサーバー?|オンラインショップ|ECサイト)"
)


class Parser(Protocol):
    """What a dependency parser is asked: the subject of the predicate at a span of a sentence."""

    def prepare(self, sentences: Iterable[str]) -> None:
        """Hear which sentences it will be asked about."""

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
        "past": re.compile(r"[^、。]{0,14}?(?:た|ました|でした)(?:[。、」と]|が|こと|ところ|ほか|$)"),
        "titled": re.compile(r"「[^「」]{0,120}」(?=と題|というタイトル)"),
        # 2月13日付「システム障害の発生について」, 「…に関するお知らせ（第2報）」: the title of an earlier notice
        "recalled": re.compile(
            r"(?<=付)け?(?:の|で)?[^、。「」『』]{0,10}[「『][^「」『』\n]{0,120}[」』]|[「『][^「」『』。\n]{0,120}(?:について|お知らせ|お詫び|おわび|ご報告|ご案内)(?:[(（]?(?:続報|第.{1,2}報)[)）]?)?[」』]"
        ),
        "later_here": re.compile(r"(?:後日|その後)、?$|[（(](?:後日|その後|のちに|後に)[^（）()]*$"),
        # 侵入（ログ解析による）: what shows it is no step of its day
        "source": re.compile(r"(?:結果)?(?:による|によると|に基づく|(?:により|で)(?:後日)?(?:判明|確認))[）)]"),
        "afterwards": re.compile(r"が、(?:その後|後日|のちに)の?"),
        "bare_head": re.compile(
            r"(?:等|など)?(?:の(?:状況|範囲|内容|件))?(?:について|に関して|に関する[^。]{0,8})?[\s:：]*"
        ),
        # 公表は16日に予定されていたが: planned for a day that is past, and not said to have been done
        "was_planned": re.compile(r"予定(?:して|されて)(?:いた|いました|おりました|おった)"),
        # 分析を行うX社, 調査を担う部署: what somebody does for a living is no step of the day
        "trade": re.compile(
            r"(?:など)?を(?:行う|行なう|実施する|担う|担当する|営む|手がける|手掛ける|提供する|行っている|担っている|得意とする)(?=[^、。はがをにで]{0,30}(?:会社|企業|機関|業者|部署|部門|チーム|委員会|団体|法人|ベンダー|[一-龠ァ-ヴA-Za-z]社))"
        ),
        # 「通知が届いた」とのご連絡: what a message says is no step of the one who passes it on
        "message": re.compile(
            r"[^「」]{0,60}」(?:と(?:の|いう|いった)|旨の)?(?:ご|お)?(?:連絡|問い?合わせ|指摘|申告|相談|申し?出|電話|メール|投稿|書き込み)"
        ),
        # 復旧したことを確認, 検出できることを確認: what a finding is about is no event of its date
        "established": re.compile(
            r"(?:し|さ|でき)?(?:れ)?(?:た|る|ている|ていた)(?:こと|の|旨|かどうか|か)(?:を|が|は|も)[^、。]{0,12}(?:確認|確かめ|判明|分か|検証)"
        ),
        # 自動で検知する仕組みを導入: what a thing is for is no event
        "function": re.compile(
            r"(?:を)?(?:する|できる|させる|した)?(?:ため|際)?の?(?:仕組み|機能|システム|ソフト|製品|ツール|サービス|装置|体制|手順|方法|規程|ルール|プログラム)(?!に|へ(?:の)?不正|が|から)"
        ),
        "note": re.compile(
            r"[ \u3000#*・■●]{0,4}[【〔［\[（(＜<](?=[^】〕］\]）)＞>]{0,24}追記)[^】〕］\]）)＞>]{4,24}[】〕］\]）)＞>]"
        ),
        "suspect": re.compile(
            r"(?:が|の)(?:疑われる|疑いの?(?:が)?ある|おそれの?(?:が)?ある|可能性の?(?:が)?ある)(?!こと|事|と|旨|もの|ため|の)(?=[一-龠ァ-ヶA-Za-z])"
        ),
        "outcome": re.compile(
            r"の?(?:最終|中間)?(?:結果|報告書?)(?:を|の|について|に関する)[^、。はが]{0,12}(?:公表|発表|報告|お知らせ|受領|受け取)"
        ),
        # 監視を11月から始めております: under way among the plans
        "under_way": re.compile(
            r"[^、。]{0,30}?(?:始め|開始し|実施し|運用し|適用し|導入し|行っ|終え|完了し)(?:て(?:い|お)(?:る|ます|ります)|(?:まし)?た)(?:。|$)"
            r"|し?て(?:い|お)(?:る|ます|ります)(?:。|$)|し?て(?:い|お)(?:り)?(?:まし)?たが、"
        ),
        # what a body without a leak word says of the leak that its heading names
        "doubted": re.compile(
            r"(?:可能性|おそれ|恐れ|懸念)(?:は|が|を|も)[^、。]{0,12}(?:否定|排除|払拭|あり|ある|ござい|残)|調査中|確認中|調査を(?:進め|続け|継続)"
        ),
        "regime": re.compile(r"[0-9]{4}-[0-9]{2}/\.\."),
        # 窃取したと主張するファイルが掲載された: the day is that of the posting
        "claimed": re.compile(
            r"(?:し|され|れ|っ)?たと(?:(?:主張|称)(?:する|している)|する|される)(?=[^、。]{1,20}(?:が|を|は|も))"
        ),
        "posted": re.compile(
            r"(?:し|され|さ|れ|られ|っ)?[ただ]と?(?:みられる|見られる|思われる|考えられる|疑われる|推(?:測|定)される|される|する|主張する|称する|いう)?(?!こと|事|旨|の)[^、。はがを]{1,24}(?:が|を|は|も)(?:、)?[^。、]{0,40}?(?:掲載|公開|公表|投稿|販売|出品|売買|出回|流通|売りに出)"
        ),
        # a time that stands apart, or a place between it and the trigger
        "elsewhere": re.compile(
            r"(?:に|には|夜|朝|未明|頃|ごろ)?(?:、|[^、。]{0,24}?(?:サイト|ウェブ|掲示板|フォーラム|SNS|ネット|Telegram|X)[^、。]{0,6}(?:に|で|へ|上))"
        ),
        "listed": re.compile(
            r"(?:以下|下記|次)の[^。]{0,40}(?:確認されて(?:おり|い)ま?せ?ん?な?い?|確認されておりません|ございません|ありません)"
        ),
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
    about: list[Event] | None = None,
) -> list[Event]:
    """Return the events of ``document`` in order of place.

    ``times`` and ``parties`` are sorted by start, a time's ``index`` is its place in ``times``; ``main`` is the
    organisation that the document is about, ``writer`` who publishes it, ``published`` its date (EDTF) or None.
    ``parser``, where given, is asked for the subject of events whose organisation the rules leave to the document as a
    whole. Dates are EDTF days, intervals or sets; ``date_begin`` and ``date_end`` their calendar bounds.
    ``about``, where given, takes what an announcement or a finding is about without a day of its own (Xがメールを誤送信したと
    発表): no events, but they say whom it befell.
    """
    reader = _Reader(document, times, parties, citations, main, writer, published, entity_ids, parser)
    for sentence in document.sentences:
        reader.read(sentence)
    if about is not None:
        about += reader.about
    belonging = affected.dependents(document.text, parties, main)
    found = affected.by_system(document.text, _headed(reader.found, document), parties, main, entity_ids)
    struck = affected.titled(document.text, parties, document.lines)
    found = affected.reassign(found, belonging, main, entity_ids, struck)
    return first_notice(found, document.text)


def _headed(events: list[Event], document: Document) -> list[Event]:
    """Let a heading that only names a leak (２．情報の流出について) be no surer than what stands below it."""
    starts = [line.start for line in document.lines]
    below: dict[int, list[str]] = {}
    for event in events:
        line = document.lines[bisect_right(starts, event.start) - 1]
        if event.type == "data_leak" and line.role != "heading":
            below.setdefault(line.heading, []).append(event.factuality)
    doubt = _patterns()["doubted"]
    doubted = {line.heading for line in document.lines if doubt.search(document.text, line.start, line.end)}
    out = []
    for event in events:
        line = document.lines[bisect_right(starts, event.start) - 1]
        told = below.get(line.number, []) if line.role == "heading" and event.type == "data_leak" else []
        bare = _patterns()["bare_head"].fullmatch(document.text, event.end, line.end) is not None
        if told and bare and event.factuality == "asserted" and "asserted" not in told:
            value = "possible" if "possible" in told else told[0]
            event = replace(event, factuality=value, cue="F.section_body")
        elif bare and not told and line.role == "heading" and event.type == "data_leak":
            if event.factuality == "asserted" and line.number in doubted:
                event = replace(event, factuality="possible", cue="F.section_body")
        out.append(event)
    return out


@dataclass(frozen=True, slots=True)
class _Clause:
    """One sentence at hand: its line and words, the triggers in it, the dates it offers and those its triggers take."""

    line: Line
    sentence: Sentence
    own: str
    read: Flow
    near: list[Party]
    phrases: Phrases
    gapped: list[Shared]
    hits: list[triggers.FoundTrigger]
    offered: list[dates.When]
    assigned: list[dates.When | None]
    carried: dates.When | None
    later: bool
    chronicle: bool
    headline: bool


class _Reader:
    """Reads the sentences in order; what a line, heading or sentence leaves standing holds for those behind it."""

    def __init__(
        self,
        document: Document,
        times: list[TimeIn],
        parties: list[Party],
        citations: list[Citation],
        main: str | None,
        writer: str | None,
        published: str | None,
        entity_ids: dict[str, str],
        parser: Parser | None,
    ) -> None:
        self.document, self.text = document, document.text
        self.times, self.parties = times, parties
        self.main, self.writer, self.published = main, writer, published
        self.entity_ids, self.parser = entity_ids, parser
        self.by_number = {line.number: line for line in document.lines}
        self.by_mark = {c.mark: c.publisher for c in citations if c.mark and c.publisher}
        self.cited = {c.start for c in citations}
        self.covered = passages(document.lines, document.text, citations)
        self.starts = [t.start for t in times]
        self.party_starts = [p.start for p in parties]
        self.headers = places.headers(document, parties, self.party_starts)
        self.known = survey(document.text, document.lines, parties, main)
        self.under = {**self.known.sections, **places.heading_orgs(document, parties, self.party_starts)}
        self.article_end = places.article_end(document)
        self.slip = labels.of_slip(document.text)
        self.written = self._written()
        self.found: list[Event] = []
        self.about: list[Event] = []
        self.detected = self.body_begun = False
        self.group_date: dict[int, dates.When] = {}
        self.standing: dates.When | None = None
        self.standing_section = -1
        self.last_line = -1
        self.topic: str | None = None
        self.struck: str | None = None
        self.previous: list[dates.When | None] = []
        self.denial_from = -1

    def read(self, sentence: Sentence) -> None:
        """Add the events of one sentence, and remember what it leaves to the next."""
        line = self.by_number[sentence.line]
        if line.role == "label" or labels.opens_row(line, self.text):
            if sentence.cell != 0:
                return
            sentence = Sentence(line.cells[0].start, line.cells[-1].end, sentence.line, 0)
        inside = self._times(sentence.start, sentence.end)
        if self._date_line(line, sentence, inside) or not self._speaks(line):
            return
        self._turn_line(line)
        read = flow(self.text, sentence.start, sentence.end)
        hits = self._hits(line, sentence, read.text)
        if _lists_denials(read.text):
            self.denial_from = line.number
        if not hits:
            self._pass_on(line, sentence, read, inside)
            return
        clause = self._clause(line, sentence, inside, read, hits)
        spoken = topic_of(clause.phrases)
        topic = spoken if spoken and line.role != "heading" else self.topic
        self.struck = None
        for number, hit in enumerate(clause.hits):
            self._event(clause, number, hit, topic)
        self._remember(clause)
        self.topic = spoken or self.topic

    def _written(self) -> str | None:
        """The last day on which the text was written: that of its publication, or the latest of its update history."""
        days = [self.published] if self.published else []
        for line in self.document.lines:
            if line.role == "history":
                until = 0 if re.search("予定|次回", self.text[line.start : line.end]) else line.end
            else:  # 【10月4日追記】 above or before what was added then
                note = _patterns()["note"].match(self.text, line.start, line.end)
                until = note.end() if note else 0
            if until:
                days += [t.value for t in self._times(line.start, until) if t.value[:1] in "12" and len(t.value) >= 10]
        return max(day[:10] for day in days) if days and not days[0].startswith("[") else self.published

    # -- where events may stand ------------------------------------------------------------------------------------

    def _times(self, start: int, end: int) -> list[TimeIn]:
        inside = self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [t for t in inside if t.type in ("DATE", "TIME")]

    def _date_line(self, line: Line, sentence: Sentence, inside: list[TimeIn]) -> bool:
        """Take a line that is a date alone: the day of the text above its title, of what stands below it elsewhere."""
        dated = line.role == "date_line" and bool(inside)
        if dated and not self.body_begun and not _tells_a_step(line, self.by_number, self.published):
            return True
        self.body_begun = (
            self.body_begun
            or line.section == "timeline"
            or line.role in ("item", "row", "label")
            or (line.role == "paragraph" and self.text[line.content : line.end].rstrip().endswith("。"))
        )
        if dated:
            own = self.text[sentence.start : sentence.end]
            offered = dates.whens(own, sentence.start, _plain(inside), self.published)
            self.standing, self.standing_section = (offered[-1] if offered else None), line.heading
            return True
        if line.role == "heading" or line.heading != self.standing_section:
            self.standing = None
        return False

    def _speaks(self, line: Line) -> bool:
        """Whether events may stand in a line of that role and section."""
        if line.role in SILENT:
            return False
        if line.section == "sources" and line.role == "heading":
            return False  # 【参考】情報流出について
        if line.section in SILENT_SECTIONS and line.role not in ("footnote", "heading", "title"):
            return False
        return not (line.role == "footnote" and line.start in self.cited)

    def _turn_line(self, line: Line) -> None:
        """Forget at a new line what held within the one before."""
        if line.number != self.last_line:
            before = self.by_number.get(self.last_line, line)
            goes_on = line.role == "paragraph" and before.role == "paragraph"
            parts = self.known.parts
            # a paragraph that stands apart goes on about whom the text is about, not about who came up last
            blank = line.number > self.last_line + 1 and self.topic != self.main
            apart = blank or parts.get(line.number) != parts.get(before.number)
            if not goes_on or apart or self.topic in self.known.bystanders:
                self.topic = None
            self.previous = []
            if line.role != "item":
                self.denial_from = -1
        self.last_line = line.number

    # -- what a sentence offers ------------------------------------------------------------------------------------

    def _pass_on(self, line: Line, sentence: Sentence, read: Flow, inside: list[TimeIn]) -> None:
        """Take from a sentence without a trigger what it leaves to those behind it: the date of its row, its topic."""
        carried = self._row_date(line)
        if inside and line.group and line.group not in self.group_date:
            self._open_row(line, sentence, read.text, self._offered(read, inside, carried))
        near = self._near(sentence)
        if near:
            self.topic = topic_of(phrases(read.text, _parties_in(near, read), (), self._whole(line))) or self.topic

    def _offered(self, read: Flow, inside: list[TimeIn], carried: dates.When | None) -> list[dates.When]:
        """The dates that a sentence offers to its triggers."""
        if not inside:
            return []
        last_date = next((when for when in reversed(self.previous) if when is not None), None) or carried
        return dates.whens(read.text, 0, _flowing(inside, read), self.published, last_date.edtf if last_date else None)

    def _near(self, sentence: Sentence) -> list[Party]:
        """The mentions of organisations in a sentence."""
        starts = self.party_starts
        return self.parties[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]

    def _clause(
        self, line: Line, sentence: Sentence, inside: list[TimeIn], read: Flow, hits: list[triggers.FoundTrigger]
    ) -> _Clause:
        own = read.text
        carried = self._row_date(line)
        offered = self._offered(read, inside, carried)
        self._open_row(line, sentence, own, offered)
        if carried is None and self.standing is not None:
            carried = dates.carried_on(self.standing)
        if own.startswith(_ONWARD) and not (offered and offered[0].start < 4):
            since = next((when for when in reversed(self.previous) if when is not None), carried)
            if since is not None:
                carried = dates.When(0, 0, f"{dates.last(since.edtf)}/..", since.timex, "onward")
        later = own.startswith(_LATER)
        spans = [(hit.start, hit.end, hit.type) for hit in hits]
        assigned = dates.assign(own, spans, offered, None if later else carried)
        assigned = reported.framed(own, spans, offered, assigned, self.published)
        if line.role == "row" and hits[0].text == own and hits[0].rule.startswith("E.label."):
            assigned = [replace(offered[0], how="label") if offered else None for _ in spans]
        elif line.role == "label" and offered:
            assigned = [_value_of_label(line, sentence, read, offered) for _ in spans]
        elif offered and hits[0].rule.startswith("E.label.") and assigned[0] is None:
            assigned = [replace(offered[0], how="label"), *assigned[1:]]
        headline = line.role in ("title", "heading") or (line.role in ("item", "row") and not own.endswith("。"))
        chronicle = _chronicle(line, own, offered)
        near = self._near(sentence)
        folded = phrases(own, _parties_in(near, read), [(hit.start, hit.end) for hit in hits], self._whole(line))
        return _Clause(
            line, sentence, own, read, near, folded, shared(folded), hits, offered, assigned, carried, later, chronicle,
            headline,
        )  # fmt: skip

    def _row_date(self, line: Line) -> dates.When | None:
        """The date that the row or list item carries from its date cell or its head."""
        if line.dated and line.group not in self.group_date:
            told = _dated(self.text, line.dated, self.times, self.starts, self.published)
            if told is not None:
                self.group_date[line.group] = dates.carried_on(told)
        return self.group_date.get(line.group) if line.group else None

    def _open_row(self, line: Line, sentence: Sentence, own: str, offered: list[dates.When]) -> None:
        """Let the date at the head of a row or item date what stands behind it."""
        if not line.group or not offered or line.group in self.group_date:
            return
        first_cell = bool(line.cells) and sentence.cell == 0 and len(line.cells) > 1
        if first_cell or len(line.cells) == 1 or _leads(own, offered[0]):
            self.group_date[line.group] = dates.carried_on(offered[0])

    def _hits(self, line: Line, sentence: Sentence, own: str) -> list[triggers.FoundTrigger]:
        if self._heads_columns(line, sentence):
            return []
        found = triggers.find(own, self.detected)
        label = "" if any(hit.type in attack_side() for hit in found) else self._label(line, sentence)
        told = labels.of_cell(self.text, (sentence.start, sentence.end), label, self.slip) if label else []
        hits = told or labels.hits(line, self.text, sentence, found, self.slip)
        if not hits:
            return []
        if any(hit.type == "attack_pause" for hit in hits):
            hits = [replace(hit, type="attack_resume") if hit.rule == "E.resume.service" else hit for hit in hits]
        if "「" in own or "『" in own:
            titled = [match.span() for match in _patterns()["titled"].finditer(own)]
            # a title makes its claim of a leak, it tells of nothing else
            recalled = [match.span() for match in _patterns()["recalled"].finditer(own)]
            hits = [
                hit
                for hit in hits
                if not any(a <= hit.start < b for a, b in titled)
                and not (hit.type != "data_leak" and any(a <= hit.start < b for a, b in recalled))
            ]
        if hits and line.role != "title" and background.of_sentence(own, self._names_somebody(sentence)) is not None:
            return []
        return [hit for hit in hits if hit.type in attack_side() or not background.advised(own, hit.end)]

    def _heads_columns(self, line: Line, sentence: Sentence) -> bool:
        """Whether a cell is the label of its row in a table with a column for each organisation, which tell for themselves."""
        if line.role != "row" or sentence.cell != 0 or line.dated is not None:
            return False
        own = places.headed(line, 0, self.headers)
        return own is None and any(
            places.headed(line, place, self.headers) and cell.end > cell.start
            for place, cell in enumerate(line.cells[1:_WIDEST], 1)
        )

    def _label(self, line: Line, sentence: Sentence) -> str:
        """What names the happening of a cell in a table of organisations: its row's first cell, or its column's head."""
        if line.role != "row" or sentence.cell < 1 or len(line.cells) < 2:
            return ""
        cell, first = line.cells[sentence.cell], line.cells[0]
        if (sentence.start, sentence.end) != (cell.start, cell.end):
            return ""
        if places.column(line, sentence, self.headers) is not None:
            return self.text[first.start : first.end]
        named = places.row(line, sentence, self.parties, self.party_starts)
        return cell.header if named is not None else ""

    def _names_somebody(self, sentence: Sentence) -> bool:
        """Whether a sentence names an organisation that is no medium, authority or police."""
        return any(party.kind not in ("media", "blog", "authority", "police") for party in self._near(sentence))

    # -- one event -------------------------------------------------------------------------------------------------

    def _event(self, clause: _Clause, number: int, hit: triggers.FoundTrigger, topic: str | None) -> None:
        """Add the event of one trigger, unless the sentence makes it none."""
        if hit.type == "drop":
            return
        value, cue = self._factuality(clause, hit)
        if value == "none" or (value == "negated" and hit.type in ("finding", "detection") and hit.rule != _NOT_YET):
            return
        if _serves(clause.own, hit):
            return
        stands, when = self._when(clause, number, hit, value)
        if not stands:
            if hit.type in attack_side() and value in ("asserted", "possible"):
                self.about.append(self._made(clause, hit, topic, None, value, cue)[0])
            return
        if clause.line.role in ("title", "heading") and when is None and hit.type != "data_leak":
            return
        if hit.type == "containment" and when is not None and _patterns()["regime"].fullmatch(when.edtf):
            hit = replace(hit, type="remediation")  # 今年2月からは接続を遮断し: a rule that has held since
        behind = clause.own[hit.end : hit.end + 24]
        value, cue = _against_calendar(value, cue, hit.type, when, (self.published, self.written), behind)
        self._add(clause, hit, topic, when, value, cue)

    def _factuality(self, clause: _Clause, hit: triggers.FoundTrigger) -> tuple[str, str | None]:
        """How surely the words, the list and the section state it, and the cue that says so."""
        line, own = clause.line, clause.own
        judged = factuality.judge(
            own,
            hit.start,
            hit.end,
            kind=hit.type,
            headline=clause.headline,
            chronicle=clause.chronicle,
            following=self.text[clause.sentence.end : _end_of_cell(line, clause.sentence)],
        )
        value, cue = judged.value, judged.cue
        if value == "negated" and (hit.rule == _LEFT or (hit.type not in attack_side() and _closed(own, hit))):
            value, cue = "asserted", None
        within = self.denial_from > 0 and line.number > self.denial_from and hit.type in attack_side()
        # all that an item names is denied, not its first word alone
        again = self.denial_from == line.number and hit.type in attack_side() and not _lists_denials(own)
        if line.role == "item" and (self.denial_from == line.number - 1 or within or again):
            value, cue, self.denial_from = "negated", "F.list_denial", line.number
        if hit.rule == "E.label.leak":
            value, cue = "asserted", None
        told = labels.judged(line, self.text, clause.sentence, hit)
        if told is not None:
            value, cue = told
        if value != "asserted":
            return value, cue
        if line.section == "leaked_possible" and line.role != "heading" and hit.type == "data_leak":
            return "possible", "F.section"
        if line.section == "plan" and hit.type in ("remediation", "mobilisation"):
            behind = own[hit.end : hit.end + 48]
            if not re.search(r"(?:た|済)", behind[:6]) and not _patterns()["under_way"].match(behind):
                return "planned", "F.section"
        return value, cue

    def _when(
        self, clause: _Clause, number: int, hit: triggers.FoundTrigger, value: str
    ) -> tuple[bool, dates.When | None]:
        """Whether a trigger is an event of its own, and its date, None where it has none."""
        own, hits, offered, assigned = clause.own, clause.hits, clause.offered, clause.assigned
        attack = hit.type in attack_side()
        when = assigned[number]
        if when is not None and when.how == "carried" and _patterns()["later_here"].search(own[: hit.start]):
            when = None
        if when is not None and when.how in ("in_sentence", "carried"):
            # 10月3日に発表したが、その後の調査により…判明した: what came later has no day
            since = when.end if when.how == "in_sentence" else 0
            if _patterns()["afterwards"].search(own, since, hit.start):
                when = None
        if when is not None and hit.type == "investigation" and own.startswith("を経て", hit.end):
            when = None  # 約1か月半の調査を経て: its end is dated by what follows
        if when is not None and when.how in ("carried", "in_sentence") and _patterns()["suspect"].match(own, hit.end):
            if hit.type in ("infection", "intrusion", "tampering") or hit.type == "finding":
                when = None  # 感染が疑われる端末を隔離した: which one, not when
        if hit.type == "investigation" and when is not None and _patterns()["outcome"].match(own, hit.end):
            when = None  # 調査の最終結果を公表
        if value == "negated" and when is None and not attack:
            return False, None  # 報告は受けていない: what did not happen on no day is no step
        if value != "negated" and attack and embedding.is_object(own, hits, number, when, assigned):
            behind = hits[number + 1] if number + 1 < len(hits) else None
            seen = behind is not None and embedding.noticed(hit, behind, own[hit.end : behind.start], when)
            # 侵入が8月25日には始まっていたことが分かった: a time tied behind its subject is the subject's
            ahead = when is not None and when.how in ("tied", "relative") and when.start >= hit.end
            if seen and behind is not None and when is not None and when.start >= behind.end:
                ahead = False  # 攻撃を検知したのは12月25日
            timed = when is not None and (ahead or embedding.own_time(own, offered, hit, hits, number))
            told = number + 1 < len(hits) and embedding.coordinated(own[hit.end : hits[number + 1].start])
            if not timed and hit.type != "data_leak" and not told:
                # 不正アクセスを検知: told of, on a day that is not known
                return seen and hit.type == "intrusion", None
            when = when if timed else None
        if not attack and when is not None:
            announced = embedding.announced(own, hits, number, offered, assigned)
            if announced or embedding.taken(own, hits, number, when, assigned, offered):
                head = clause.carried or _head_date(clause, when)
                same = head is not None and head.timex == when.timex  # 7月18日　甲社から、…が判明したとの報告
                when = None if when.how == "carried" or clause.later or same else head
        if value == "negated" and attack and when is not None and when.how in ("in_sentence", "until", "from"):
            # 15日に復旧し、不正利用は確認されていない: what did not happen is so at the time of writing
            if any(other.type not in attack_side() and when.end <= other.start < hit.start for other in hits):
                when = None
        if hit.type == "data_leak" and when is not None:
            if _patterns()["claimed"].match(own, hit.end):
                when = None
        if attack and value != "negated" and when is not None and when.how in ("in_sentence", "document_date"):
            if own[when.start : when.end].endswith(_NOW):
                when = None  # 現在、流出の可能性は否定できない: so it stands today, it did not happen today
        if hit.type in ("data_leak", "intrusion") and when is not None and when.how == "in_sentence":
            between = own[when.end : hit.start]
            if _patterns()["posted"].match(own, hit.end) and _patterns()["elsewhere"].match(between):
                when = (
                    None  # 12月30日、リークサイトに当社から窃取された情報が掲載された: the day is that of the posting
                )
        if hit.type == "data_leak" and when is not None:
            loose = (
                value == "possible"
                and when.how != "label"
                and not embedding.tied(own, when, hit, hits, clause.chronicle)
            )
            if value == "negated" or when.how == "document_date" or loose:
                when = None
        return True, when

    def _add(
        self,
        clause: _Clause,
        hit: triggers.FoundTrigger,
        topic: str | None,
        when: dates.When | None,
        value: str,
        cue: str | None,
    ) -> None:
        event, self.struck = self._made(clause, hit, topic, when, value, cue)
        self.found.append(event)
        if hit.type == "detection" and value == "asserted":
            self.detected = True

    def _made(
        self,
        clause: _Clause,
        hit: triggers.FoundTrigger,
        topic: str | None,
        when: dates.When | None,
        value: str,
        cue: str | None,
    ) -> tuple[Event, str | None]:
        """The event of one trigger, and in whose systems the attack of its sentence is known to have begun."""
        struck = self.struck
        text, sentence = self.text, clause.sentence
        start, end = clause.read.place(hit.start), clause.read.place(hit.end, closing=True)
        concerned = self._org(clause, hit, topic)
        if hit.type in OF_SYSTEMS:
            # Xへの侵入は9月とみられ、10月から社内の探索が…: on through the sentence in whose systems it began
            if concerned.how == "victim":
                struck = concerned.org
            elif concerned.how in ("topic", "main") and struck and hit.type != "data_leak":
                concerned = Concerned(struck, "victim", None)
        concerned, when = self._each(clause, hit, concerned, when)
        org = concerned.org
        source = credited(
            text,
            (clause.line.start, clause.line.end),
            (sentence.start, sentence.end),
            (start, end, hit.type),
            clause.near,
            by_mark=self.by_mark,
            passage=self.covered.get(clause.line.number),
            writer=self.writer,
            main=self._whole(clause.line),
        )
        if hit.type == "press_report" and source == org:
            source = None  # a paper that reports is credited with what it reports, not with its reporting
        date = when.edtf if when else None
        begin, stop = bounds(date) if date else (None, None)
        ids = "|".join(self.entity_ids[o] for o in org.split("|") if o in self.entity_ids) if org else ""
        return (
            Event(
                self.document.doc_id,
                f"{self.document.doc_id}-e{start}",
                None,
                start,
                end,
                text[start:end],
                hit.type,
                date,
                begin,
                stop,
                times_id(self.times, when),
                org,
                ids or None,
                value,
                source,
                _system(clause.own, hit.start),
                sentence.start,
                sentence.end,
                hit.rule,
                _confidence(when, concerned.how, value),
                cue,
                when.how if when else None,
                concerned.how,
                concerned.frame,
            ),
            struck,
        )

    def _each(
        self, clause: _Clause, hit: triggers.FoundTrigger, concerned: Concerned, when: dates.When | None
    ) -> tuple[Concerned, dates.When | None]:
        """Whose it is and when, where conjuncts share the verb (甲は2日に、乙は4日に検知した): all of theirs, in their order."""
        at = clause.phrases.place(hit.start)
        row = next((one for one in clause.gapped if one.start <= at < one.end), None)
        if row is None or concerned.org != row.units[-1].entity:
            return concerned, when
        if when is not None:
            offered = [(clause.phrases.place(one.start), one.edtf) for one in clause.offered]
            told = days(row, offered, clause.phrases.place(when.start))
            if told and len(told) == len(row.org.split("|")):
                when = replace(when, edtf="{" + ",".join(told) + "}", how="each")
        return replace(concerned, org=row.org), when

    def _whole(self, line: Line) -> str | None:
        """Whom the section or the document is about, as far as a line of it goes."""
        if line.number > self.article_end:
            return None
        if line.number in self.known.parts:
            return self.known.parts[line.number]
        if line.role in ("title", "heading"):
            return self.known.sections.get(line.number, self.main)
        return self.under.get(line.heading, self.main)

    def _org(self, clause: _Clause, hit: triggers.FoundTrigger, topic: str | None) -> Concerned:
        """The organisation concerned and how it was found: words and layout first, the document as a whole last."""
        line, sentence = clause.line, clause.sentence
        setting = Setting(
            column=places.column(line, sentence, self.headers)
            or places.row(line, sentence, self.parties, self.party_starts),
            tag=places.tag(line, self.text, self.parties, self.party_starts),
            topic=topic,
            main=self._whole(line),
        )
        found = whose(clause.phrases, (hit.start, hit.end, hit.type), setting, self.known)
        if found.how == "main" and (line.heading in self.under or line.number in self.known.parts):
            found = replace(found, how="section")
        if self.parser is not None and found.how == "main" and hit.type not in attack_side() and clause.near:
            asked = self._asked(self.parser, clause, hit)
            if asked is not None:
                return Concerned(asked, "parser", None)
        return found

    def _asked(self, parser: Parser, clause: _Clause, hit: triggers.FoundTrigger) -> str | None:
        """The organisation in the subject that the parser finds."""
        span = parser.subject(clause.own, hit.start, hit.end)
        if span is None:
            return None
        start, end = clause.read.place(span[0]), clause.read.place(span[1], closing=True)
        inside = [p for p in clause.near if start <= p.start and p.end <= end]
        return inside[-1].entity if inside else None

    def _remember(self, clause: _Clause) -> None:
        """Keep the dates of this sentence for the next of its line."""
        self.previous = clause.assigned
        line = clause.line
        if line.role not in ("item", "row") or not line.group:
            return
        told = (
            when for when in reversed(clause.assigned) if when is not None and when.how not in ("carried", "bracket")
        )
        ending = next(told, None)
        heads = bool(clause.offered) and _leads(clause.own, clause.offered[0])
        if ending is not None and heads and "/" not in ending.edtf.rstrip("./"):
            self.group_date[line.group] = dates.carried_on(ending)


def _parties_in(near: list[Party], read: Flow) -> list[Party]:
    """The mentions of a sentence with their places in what is read."""
    return [Party(read.offset(p.start), read.offset(p.end - 1) + 1, p.entity, p.kind) for p in near]


def _lists_denials(own: str) -> bool:
    """Whether a sentence opens a list of what did not happen (以下の…は確認されておりません)."""
    return ("確認されて" in own or "ません" in own) and _patterns()["listed"].search(own) is not None


def _value_of_label(line: Line, sentence: Sentence, read: Flow, offered: list[dates.When]) -> dates.When:
    """The date beside a label; a value on lines of its own may hold several times (2月9日~2月27日 ⏎ 3月11日~3月12日)."""
    value = line.cells[-1]
    behind = [when for when in offered if when.start >= read.offset(max(value.start, sentence.start))] or offered
    if value.start <= line.end or len(behind) == 1 or any(when.edtf[0] in "{[" for when in behind):
        return replace(behind[0], how="label")
    return replace(behind[0], edtf="{" + ",".join(dict.fromkeys(when.edtf for when in behind)) + "}", how="label")


# 全容の把握には至っておりません is told as it stands; 流出は確認されていない speaks of the leak, not of the looking
_NOW = ("現在", "現時点")
_LATER = ("その後", "後日", "のちに", "後に")
_ONWARD = ("以降", "以後")
_NOT_YET = "E.find.not_yet"
_LEFT = "E.error.left"  # 設定を戻さないまま: not having done it is the slip


def _closed(own: str, hit: triggers.FoundTrigger) -> bool:
    """Whether a verb's clause ends right behind it (袋がないことに気付き、…発見できず): a denial further on is not its own."""
    return own.startswith("、", hit.end) and hit.text[-1] in "いきぎしちみびりえけげせてねべめれ" and len(hit.text) > 1


def _serves(own: str, hit: triggers.FoundTrigger) -> bool:
    """Whether the trigger says what was found to have been done, or what a thing is for: neither is a step of its date."""
    patterns = _patterns()
    if hit.type not in attack_side() and patterns["established"].match(own[hit.end : hit.end + 40]):
        return True
    if hit.type not in attack_side():
        if patterns["source"].match(own, hit.end) or patterns["trade"].match(own, hit.end):
            return True
        if own.rfind("「", 0, hit.start) > own.rfind("」", 0, hit.start) and patterns["message"].match(own, hit.end):
            return True
    functional = hit.type in ("detection", "finding", "investigation", "containment")
    return functional and patterns["function"].match(own[hit.end : hit.end + 24]) is not None


def _system(own: str, start: int) -> str | None:
    """The system named last before the trigger."""
    found = None
    for match in SYSTEMS.finditer(own[max(0, start - 40) : start]):
        found = match[0]
    return found


def _end_of_cell(line: Line, sentence: Sentence) -> int:
    """Where what a sentence goes on to say ends: with its cell in a row, else with its line."""
    return line.cells[sentence.cell].end if line.role == "row" and 0 <= sentence.cell < len(line.cells) else line.end


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
    value: str,
    cue: str | None,
    kind: str,
    when: dates.When | None,
    days: tuple[str | None, str | None],
    behind: str,
) -> tuple[str, str | None]:
    """A step dated before the text was published is no plan, one dated after it is no fact unless a past tense tells it.

    ``behind`` is what follows the trigger; ``days`` are that of publication and the last of the update history. Pages are
    added to after their first day: the tense is the surer witness, and a plan stays one though other lines were added.
    """
    published, written = days
    if when is None or published is None or written is None or kind in attack_side() or when.how == "document_date":
        return value, cue
    first, last = bounds(when.edtf)
    begin, end = bounds(published)
    if value == "planned" and last and begin and last < begin and not _patterns()["was_planned"].search(behind):
        return "asserted", "F.calendar"
    end = bounds(written)[1]
    ahead = first > end if first and end else bool(last and end and last > end and when.edtf.startswith("../"))
    if value == "asserted" and ahead and not _patterns()["past"].match(behind):
        return "planned", "F.calendar"
    return value, cue


def _leads(own: str, when: dates.When) -> bool:
    """Whether a date stands at the head of an item, so that it dates the item's other sentences too."""
    return re.fullmatch(r"[\s~〜～【】(（<＜「・-]*(?:【[^】]*】)?", own[: when.start]) is not None


def _head_date(clause: _Clause, taken: dates.When) -> dates.When | None:
    """The date at the head of an item or row (7月18日　甲社から、5月19日に…との報告を受ける), when another one is taken."""
    head = clause.offered[0]
    if clause.line.role not in ("item", "row") or head.timex == taken.timex or not _leads(clause.own, head):
        return None
    return dates.carried_on(head)


def times_id(times: list[TimeIn], when: dates.When | None) -> str | None:
    """Return the id of the time expression that dates an event, None for an undated one."""
    return times[when.timex].timex_id if when is not None and 0 <= when.timex < len(times) else None


def _plain(inside: list[TimeIn]) -> list[tuple[int, int, str, str | None, int]]:
    return [(t.start, t.end, t.value, t.mod, t.index) for t in inside]


def _flowing(inside: list[TimeIn], read: Flow) -> list[tuple[int, int, str, str | None, int]]:
    """The times of a sentence with their places in what is read."""
    return [(read.offset(t.start), read.offset(t.end), t.value, t.mod, t.index) for t in inside]


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
